#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asking for a certificate: what stands in the request, as other tools read it, and what is refused."""

import shutil
import stat
import subprocess

from desk import Skip, main, results

KINDS = ("rsa2048", "p256", "p384", "p521", "ed25519")
PASSPHRASE = "correct horse"


def tool(desk, *command, stdin=None):
    """What another tool says, on both streams."""
    if shutil.which(command[0]) is None:
        raise Skip(f"there is no {command[0]}")
    done = subprocess.run(command, cwd=desk.folder, capture_output=True, input=stdin, check=False, timeout=60)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def lacking(text, *words):
    return [f"not said: {word!r}" for word in words if word not in text]


class Maker:
    """Each request has a number; so has its key."""

    def __init__(self, desk):
        self.desk, self.number = desk, 0
        desk.put("passphrase", f"{PASSPHRASE}\n".encode())

    def ask(self, *arguments, kind="p256", key=None):
        """(outcome, the file of the request, the file of the key)"""
        self.number += 1
        request, new = f"{self.number}.csr", f"{self.number}.key"
        given = ["--key", key] if key else ["--new-key", kind, "--key-out", new]
        outcome = self.desk.run("csr", *given, "--passphrase-file", "passphrase", "-o", request, *arguments)
        return outcome, request, key or new

    def made(self, *arguments, **options):
        outcome, request, key = self.ask(*arguments, **options)
        if outcome.exit != 0:
            raise AssertionError(outcome.stderr.decode())
        return request, key

    def refused(self, *arguments, words=(), **options):
        """Exit status 2, a reason, and neither a request nor a key left behind."""
        outcome, request, key = self.ask(*arguments, **options)
        left = [name for name in (request, *(() if options.get("key") else (key,))) if (self.desk.folder / name).exists()]
        return self.desk.ended(outcome, 2, *words) + [f"{name} is left behind" for name in left]


def declare(plan, desk):
    maker = Maker(desk)

    @plan.add("C-KEY-3 A-3-3 A-3-4", "openssl verifies the request and reads the address in subjectAltName, none in the name")
    def _():
        wrong = []
        for kind in KINDS:
            request, _ = maker.made("--email", "alice@example.org", "--name", "Alice Example", kind=kind)
            code, text = tool(desk, "openssl", "req", "-in", request, "-verify", "-noout", "-text")
            wrong += [] if code == 0 else [f"{kind}: {text[:300]}"]
            wrong += lacking(text, "verify OK", "email:alice@example.org", "E-mail Protection", "Digital Signature")
            subject = next(line for line in text.splitlines() if "Subject:" in line)
            wrong += [f"{kind}: {subject}"] if "CN = Alice Example" not in subject or "@" in subject else []
        return wrong

    @plan.add("C-KEY-3", "certtool verifies the request")
    def _():
        wrong = []
        for kind in KINDS:
            request, _ = maker.made("--email", "alice@example.org", "--name", "Alice Example", kind=kind)
            code, text = tool(desk, "certtool", "--crq-info", "--infile", request)
            wrong += [] if code == 0 else [f"{kind}: {text[:300]}"]
            wrong += lacking(text, "Self signature: verified", "alice@example.org", "Email protection")
        return wrong

    @plan.add("C-KEY-3 D-ADR-1", "an address beyond ASCII: a SmtpUTF8Mailbox for the local part, A-labels for the domain")
    def _():
        request, _ = maker.made("--email", "дима@пример.example", "--email", "info@Bücher.example")
        text = desk.run("show", request).stdout.decode()
        return lacking(text, "SmtpUTF8Mailbox", "value: дима@xn--e1afmkfd.example", "rfc822Name: info@xn--bcher-kva.example")

    @plan.add("A-3-4", "an address gets into the name only when that is forced, with a warning")
    def _():
        outcome, request, _ = maker.ask("--email", "alice@example.org", "--address-in-name")
        wrong = desk.ended(outcome, 0, "warning", "RFC 3850 3")
        text = desk.run("show", request).stdout.decode()
        wrong += lacking(text, "subject: emailAddress=alice@example.org", "rfc822Name: alice@example.org")
        return wrong + maker.refused("--email", "alice@example.org", "--name", "CN=Alice,emailAddress=alice@example.org", words=("RFC 3850 3",)) \
            + maker.refused("--email", "дима@example.org", "--address-in-name", words=("IA5String",))

    @plan.add("A-4.4-4", "subjectAltName is critical only where there is no name")
    def _():
        wrong = []
        for more, critical in (((), "critical: yes"), (("--name", "Alice"), "critical: no")):
            request, _ = maker.made("--email", "alice@example.org", *more)
            lines = [line.strip() for line in desk.run("show", request).stdout.decode().splitlines()]
            at = next(number for number, line in enumerate(lines) if "subjectAltName" in line)
            wrong += [] if lines[at + 1] == critical else [f"{more}: {lines[at + 1]}"]
        return wrong

    @plan.add("A-4.4.1-2 A-4.4.2-1", "keyUsage is critical and as asked for; there are no basicConstraints")
    def _():
        wanted = {("rsa2048", "sign"): {"digitalSignature"}, ("rsa2048", "encrypt"): {"keyEncipherment"},
                  ("rsa2048", "both"): {"digitalSignature", "keyEncipherment"}, ("p256", "encrypt"): {"keyAgreement"},
                  ("p256", "both"): {"digitalSignature", "keyAgreement"}, ("ed25519", "sign"): {"digitalSignature"}}
        wrong = []
        for (kind, use), bits in wanted.items():
            request, _ = maker.made("--email", "alice@example.org", "--for", use, kind=kind)
            text = desk.run("show", request).stdout.decode()
            found = {bit for bit in ("digitalSignature", "keyEncipherment", "keyAgreement") if f"- {bit}" in text}
            wrong += [] if found == bits else [f"{kind} {use}: {sorted(found)}"]
            wrong += lacking(text, "2.5.29.15 (keyUsage)\n      critical: yes")
            wrong += ["basicConstraints"] if "basicConstraints" in text else []
        return wrong + maker.refused("--email", "alice@example.org", "--for", "encrypt", kind="ed25519", words=("cannot do",))

    @plan.add("A-4.4-5", "a private extension is asked for when it is not critical, and refused when it is")
    def _():
        request, _ = maker.made("--email", "alice@example.org", "--extension", "1.3.6.1.4.1.32473.2.1=0c026869")
        text = desk.run("show", request).stdout.decode()
        wrong = lacking(text, "1.3.6.1.4.1.32473.2.1")
        for extension, word in (("critical,1.3.6.1.4.1.32473.2.1=0500", "critical"), ("2.5.29.17=3000", "by itself"), ("2.5.29.19=3000", "basicConstraints"),
                                ("1.2.3=0", "OID=HEX"), ("1.2.3=050000", "DER"), ("x=0500", "object identifier"), ("1.2.3", "OID=HEX")):
            wrong += maker.refused("--email", "alice@example.org", "--extension", extension, words=(word,))
        twice = ("--extension", "1.2.3=0500") * 2
        return wrong + maker.refused("--email", "alice@example.org", *twice, words=("twice",))

    @plan.add("C-KEY-2", "RSA below 2048 bits is neither made nor asked for")
    def _():
        code, text = tool(desk, "openssl", "genrsa", "-out", "small.key", "1024")
        wrong = [] if code == 0 else [text]
        return wrong + maker.refused("--email", "alice@example.org", key="small.key", words=("too weak",)) \
            + maker.refused("--email", "alice@example.org", kind="rsa1024", words=("rsa2048",))

    @plan.add("C-KEY-2", "a new key is encrypted, for its owner alone, and never written over another file")
    def _():
        request, key = maker.made("--email", "alice@example.org")
        mode = stat.S_IMODE((desk.folder / key).stat().st_mode)
        wrong = [] if mode == 0o600 else [f"mode {mode:o}"]
        wrong += [] if b"BEGIN ENCRYPTED PRIVATE KEY" in (desk.folder / key).read_bytes() else ["it is not encrypted"]
        before = (desk.folder / key).read_bytes()
        for more in ((), ("--force",)):
            outcome = desk.run("csr", "--email", "a@example.org", "--new-key", "p256", "--key-out", key, "--passphrase-file", "passphrase", *more)
            wrong += desk.refused(outcome, "never overwritten")
        wrong += [] if (desk.folder / key).read_bytes() == before else ["it was written over"]
        desk.put("empty", b"\n")
        outcome = desk.run("csr", "--email", "a@example.org", "--new-key", "p256", "--key-out", "open.key", "--passphrase-file", "empty")
        wrong += desk.refused(outcome, "passphrase") + (["open.key is there"] if (desk.folder / "open.key").exists() else [])
        code, text = tool(desk, "openssl", "pkey", "-in", key, "-passin", f"pass:{PASSPHRASE}", "-pubout")
        _, public = tool(desk, "openssl", "req", "-in", request, "-noout", "-pubkey")
        return wrong + ([] if code == 0 and text == public else ["the key is not that of the request"])

    @plan.add("A-5-1", "a key that everybody can read is refused")
    def _():
        _, key = maker.made("--email", "alice@example.org")
        (desk.folder / key).chmod(0o644)
        return maker.refused("--email", "alice@example.org", key=key, words=("chmod 600", key))

    @plan.add("C-KEY-3", "the key of a file, and of a certificate in the database, is used again")
    def _():
        _, key = maker.made("--email", "alice@example.org")
        request, _ = maker.made("--email", "alice@example.org", key=key)
        wrong = lacking(tool(desk, "openssl", "req", "-in", request, "-verify", "-noout")[1], "verify OK")
        code, text = tool(desk, "openssl", "x509", "-req", "-in", request, "-signkey", key, "-passin", f"pass:{PASSPHRASE}", "-out", "own.crt", "-days", "30")
        wrong += [] if code == 0 else [text]
        wrong += desk.ended(desk.run("import", "own.crt", key, "--passphrase-file", "passphrase"), 0)
        sha256 = tool(desk, "openssl", "x509", "-in", "own.crt", "-noout", "-fingerprint", "-sha256")[1].split("=")[1].strip()
        request, _ = maker.made("--email", "alice@example.net", key=sha256)
        wrong += lacking(tool(desk, "openssl", "req", "-in", request, "-verify", "-noout", "-text")[1], "verify OK", "email:alice@example.net")
        return wrong + maker.refused("--email", "a@example.org", key="00" * 32)

    @plan.add("", "DER on standard output is what show reads; a signature that is not the key's is shown as such")
    def _():
        _, key = maker.made("--email", "alice@example.org")
        outcome = desk.run("csr", "--email", "alice@example.org", "--key", key, "--passphrase-file", "passphrase", "--der")
        wrong = desk.ended(outcome, 0)
        desk.put("der.csr", outcome.stdout)
        wrong += desk.ended(desk.run("show", "der.csr"), 0, out=("certification request", "shown: the request is signed by its key"))
        desk.put("bad.csr", outcome.stdout.replace(b"alice@example.org", b"mallo@example.org"))
        wrong += desk.ended(desk.run("show", "bad.csr"), 0, out=("NOT shown",))
        desk.put("cut.csr", b"-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n")
        return wrong + desk.ended(desk.run("show", "cut.csr"), 2, out=("certification request", "offset"))

    @plan.add("", "--json says what was written; the request itself on standard output stays alone")
    def _():
        outcome, request, key = maker.ask("--email", "alice@example.org", "--json", kind="p384")
        wrong = desk.ended(outcome, 0)
        wrong += [] if results(outcome) == [{"output": request, "key": "EC", "bits": 384}] else [outcome.stdout.decode()]
        outcome = desk.run("csr", "--email", "alice@example.org", "--key", key, "--passphrase-file", "passphrase", "--json")
        return wrong + ([] if outcome.stdout.startswith(b"-----BEGIN") and outcome.stdout.endswith(b"-----\n") else ["not the request alone"])

    @plan.add("", "what is no request: no address, none that is one, no key, both keys, words without an option")
    def _():
        wrong = maker.refused(words=("address",))
        for address in ("alice", "alice@", "Alice <alice@example.org>", "alice@[192.0.2.1]", "a b@example.org", "alice@exa mple", "alice@example.org\n"):
            wrong += maker.refused("--email", address)
        for name, word in (("", "no name"), ("A\nB", "control"), ("A" * 65, "too long"), ("X=", "distinguished name"), ("CN", None)):
            wrong += maker.refused("--email", "a@example.org", "--name", name, words=(word,)) if word else []
        for arguments in (("--email", "a@b.example"), ("--email", "a@b.example", "--new-key", "p256"),
                          ("--email", "a@b.example", "--new-key", "p256", "--key", "x"), ("--email", "a@b.example", "word")):
            wrong += desk.refused(desk.run("csr", *arguments))
        return wrong


if __name__ == "__main__":
    main(declare)
