#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Private keys in a token, SoftHSM's: signing, decrypting and asking for a certificate with them, and every way in which
that can be denied."""

import glob
import os
import re
import shutil
import subprocess

from desk import NOW, main, rfc3339
from pki import keys
from runner.plan import skip_all

AT = ("--at", rfc3339(NOW), "--offline", "--revocation", "off")
MAIL = b"From: Alice <alice@example.com>\nTo: alice@example.com\nSubject: A test\n\nHello, world.\n"
PIN, WRONG = "246810", "135790"
KINDS = {"rsa": ("rsa2048-05", "0a"), "ec": ("p256:token", "0b")}


def module():
    found = [path for folder in ("/usr/lib/softhsm", "/usr/lib/*/softhsm", "/usr/lib*/pkcs11", "/usr/local/lib/softhsm")
             for path in glob.glob(f"{folder}/libsofthsm2.so")]
    return found[0] if found else None


class Token:
    """A home with a token of its own: two keys with their certificates, and what the token's tools are told by."""

    def __init__(self, desk):
        self.desk, self.home = desk, desk.folder / "home-token"
        self.home.mkdir()
        self.folder = desk.folder / "tokens"
        self.folder.mkdir()
        desk.put("softhsm2.conf", f"directories.tokendir = {self.folder}\nobjectstore.backend = file\nlog.level = ERROR\n".encode())
        self.changes = {"SOFTHSM2_CONF": str(desk.folder / "softhsm2.conf")}
        desk.put("pin", f"{PIN}\n".encode())
        desk.put("wrong", f"{WRONG}\n".encode())
        desk.put("m.eml", MAIL)
        self.tool("softhsm2-util", "--init-token", "--free", "--label", "Al's", "--pin", PIN, "--so-pin", "12345678")
        self.people = {}
        for kind, (key, number) in KINDS.items():
            one = desk.world.end_entity(f"Al {kind}", desk.root, key=key, email="alice@example.com")
            self.people[kind] = one
            desk.put(f"{kind}.crt", one.cert)
            desk.put(f"{kind}.pem", keys.pem("CERTIFICATE", one.cert))
            self.write(one.key.pkcs8(), "privkey", kind, number, *(["--usage-derive"] if kind == "ec" else ["--usage-decrypt"]))
            self.write(one.cert, "cert", kind, number)
        desk.put("root.pem", keys.pem("CERTIFICATE", desk.root.cert))
        self.run("trust", "--yes", "root.crt", "--at", rfc3339(NOW))

    def tool(self, *arguments):
        done = subprocess.run(arguments, cwd=self.desk.folder, env={**os.environ, **self.changes}, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments[0]}: {done.stdout!r} {done.stderr!r}")

    def write(self, octets, what, kind, number, *usage):
        """By the tool of OpenSC. No public key is put in: the certificate's has to do."""
        self.desk.put("object.der", octets)
        self.tool("pkcs11-tool", "--module", module(), "--token-label", "Al's", "--login", "--pin", PIN, "--write-object",
                  "object.der", "--type", what, "--id", number, "--label", f"al {kind}",
                  *(["--usage-sign", *usage] if what == "privkey" else []))
        os.remove(self.desk.folder / "object.der")

    def uri(self, kind="rsa", query=None):
        return f"pkcs11:token=Al%27s;id=%{KINDS[kind][1]}?{query or 'module-path=' + module()}"

    def run(self, *arguments, home=None, **options):
        return self.desk.run(*arguments, home=home or self.home, changes=self.changes, **options)

    def sign(self, kind, *arguments, pin="pin"):
        return self.run("sign", *AT, "--key", self.uri(kind), "--passphrase-file", pin, "--anchor", "root.crt", *arguments, "m.eml")


def openssl(desk, octets, *arguments):
    done = subprocess.run(["openssl", "cms", *arguments], input=octets, cwd=desk.folder, capture_output=True, check=False)
    return done


def verified(desk, octets, kind):
    """What openssl says of a signature by the key of KIND, under the root and at the time of the test."""
    done = openssl(desk, octets, "-verify", "-CAfile", "root.pem", "-attime", str(int(NOW.timestamp())), "-purpose", "any", "-signer", "signer.pem")
    if done.returncode != 0:
        return [f"openssl: {done.stderr!r}"]
    same = (desk.folder / "signer.pem").read_bytes() == (desk.folder / f"{kind}.pem").read_bytes()
    return [] if same and b"Hello, world." in done.stdout else ["openssl: another signer, or another text"]


def declare(plan, desk):
    token = Token(desk)

    for kind in KINDS:
        @plan.add("", f"a key in a token signs what openssl verifies: {kind}")
        def _(kind=kind):
            done = token.sign(kind)
            return desk.ended(done, 0) + verified(desk, done.stdout, kind)

    @plan.add("", "RSASSA-PSS by a token is verified by openssl")
    def _():
        done = token.sign("rsa", "--pss")
        return desk.ended(done, 0) + verified(desk, done.stdout, "rsa")

    @plan.add("C-KEY-3", "a request is signed by a key in a token")
    def _():
        done = token.run("csr", "--email", "alice@example.com", "--key", token.uri("ec"), "--passphrase-file", "pin")
        seen = subprocess.run(["openssl", "req", "-verify", "-noout"], input=done.stdout, capture_output=True, check=False)
        return desk.ended(done, 0) + ([] if seen.returncode == 0 else [repr(seen.stderr)])

    @plan.add("C-KEY-2", "an imported key stays in its token: the database has its URI, list --own its certificate, export nothing")
    def _():
        wrong = []
        for kind in KINDS:
            done = token.run("import", "--key", token.uri(kind), "--passphrase-file", "pin", "--at", rfc3339(NOW))
            wrong += desk.ended(done, 0, out=["1 private key new"])
        listed = token.run("list", "--own", "--at", rfc3339(NOW))
        exported = token.run("export", "--own", "--form", "p12", "--output", "out.p12", "--passphrase-file", "pin")
        held = (token.home / "data" / "signet" / "signet.db").read_bytes()
        wrong += desk.ended(listed, 0, out=["CN=Al rsa", "CN=Al ec"])
        wrong += [] if b"token=Al%27s" in held else ["no URI in the database"]
        wrong += [] if PIN.encode() not in held else ["the PIN is in the database"]
        wrong += [] if "token" in exported.stderr.decode() else [f"export does not tell: {exported.stderr!r}"]
        return wrong

    @plan.add("", "a stored URI signs, and signs again, without being named")
    def _():
        for kind in KINDS:
            done = token.run("sign", *AT, "--signer", token.people[kind].sha256, "--passphrase-file", "pin", "m.eml")
            wrong = desk.ended(done, 0) + verified(desk, done.stdout, kind)
            if wrong:
                return wrong
        return []

    for kind, how in (("rsa", ()), ("ec", ())):
        @plan.add("", f"what openssl encrypts to a key in a token is decrypted: {kind}")
        def _(kind=kind, how=how):
            sealed = openssl(desk, MAIL, "-encrypt", "-aes-256-cbc", "-recip", f"{kind}.pem", *how)
            desk.put("sealed.eml", sealed.stdout)
            done = token.run("decrypt", *AT, "--passphrase-file", "pin", "sealed.eml")
            return desk.ended(done, (0, 4), out=["Hello, world."])

    @plan.add("", "damage of the wrapped key and of the content look alike from a token")
    def _():
        sealed = openssl(desk, MAIL, "-encrypt", "-aes-256-cbc", "-recip", "rsa.pem", "-outform", "DER").stdout
        at = sealed.index(b"\x04\x82\x01\x00") + 4
        texts = set()
        for place in (at + 10, len(sealed) - 20):
            octets = bytearray(sealed)
            octets[place] ^= 1
            desk.put("damaged.p7m", bytes(octets))
            done = token.run("decrypt", *AT, "--passphrase-file", "pin", "damaged.p7m")
            texts.add((done.exit, done.stdout, done.stderr.replace(b"-20", b"")))
        exits = {one[0] for one in texts}
        return [] if exits == {3} and len(texts) == 1 else [repr(texts)]

    @plan.add("C-KEY-2", "a wrong PIN is told, nothing is written, and it is tried once though several keys want it")
    def _():
        done = token.sign("rsa", pin="wrong")
        sealed = openssl(desk, MAIL, "-encrypt", "-aes-256-cbc", "-recip", "rsa.pem", "ec.pem").stdout
        desk.put("both.eml", sealed)
        many = token.run("decrypt", *AT, "--passphrase-file", "wrong", "both.eml")
        wrong = desk.refused(done, "PIN is wrong", "not tried again")
        wrong += desk.ended(many, (2, 3), "PIN is wrong", quiet="out")
        times = len(re.findall(b"PIN is wrong", many.stderr))
        return wrong + ([] if times == 1 else [f"tried {times} times: {many.stderr!r}"])

    @plan.add("C-KEY-2", "without a PIN nothing waits and nothing is tried; a PIN in the URI is refused and not shown")
    def _():
        without = token.run("sign", *AT, "--key", token.uri(), "m.eml")
        spelled = token.run("sign", *AT, "--key", token.uri(query=f"pin-value={PIN}"), "m.eml")
        return (desk.refused(without, "passphrase") + desk.refused(spelled, "list of processes") +
                ([f"shown: {spelled.stderr!r}"] if PIN.encode() in spelled.stderr else []))

    @plan.add("", "the PIN is read from the file that pin-source names, where no option says otherwise")
    def _():
        uri = token.uri() + f"&pin-source=file:{desk.folder}/pin"
        done = token.run("sign", *AT, "--key", uri, "--anchor", "root.crt", "m.eml")
        return desk.ended(done, 0) + verified(desk, done.stdout, "rsa")

    @plan.add("", "the module may be named in signet.conf")
    def _():
        desk.put("token.conf", f"[keys]\npkcs11-module = {module()}\n".encode())
        bare = "pkcs11:token=Al%27s;id=%0a"
        done = token.run("sign", *AT, "--config", "token.conf", "--key", bare, "--passphrase-file", "pin", "--anchor", "root.crt", "m.eml")
        lacking = token.run("sign", *AT, "--key", bare, "--passphrase-file", "pin", "m.eml")
        return desk.ended(done, 0) + verified(desk, done.stdout, "rsa") + desk.refused(lacking, "module-path")

    for title, uri, words in (
            ("no such module", "pkcs11:?module-path=/nonexistent.so", ("no PKCS#11 module",)),
            ("a module that is none", "pkcs11:?module-path=/dev/null", ("cannot be loaded",)),
            ("no such key", "pkcs11:token=Al%27s;id=%7f?module-path=@", ("no such private key",)),
            ("two keys", "pkcs11:token=Al%27s?module-path=@", ("fits 2 private keys", "id=")),
            ("another token", "pkcs11:token=Bo?module-path=@", ("token is not there",)),
            ("an unknown attribute", "pkcs11:colour=red?module-path=@", ("not known",))):
        @plan.add("", f"denied with its reason: {title}")
        def _(uri=uri, words=words):
            done = token.run("sign", *AT, "--key", uri.replace("@", module()), "--passphrase-file", "pin", "m.eml")
            return desk.refused(done, *words)

    @plan.add("", "a token that was taken away is told, for a stored key and a named one")
    def _():
        away = desk.folder / "elsewhere"
        shutil.move(token.folder, away)
        token.folder.mkdir()
        try:
            named = token.sign("rsa")
            stored = token.run("sign", *AT, "--signer", token.people["rsa"].sha256, "--passphrase-file", "pin", "m.eml")
        finally:
            token.folder.rmdir()
            shutil.move(away, token.folder)
        return desk.refused(named, "token is not there") + desk.refused(stored, "token is not there")

    @plan.add("", "a file for --key of import is no URI")
    def _():
        return desk.refused(token.run("import", "--key", "rsa.crt"), "no PKCS#11 URI") + desk.refused(token.run("import"), "no input given")


if module() is None or not shutil.which("softhsm2-util") or not shutil.which("pkcs11-tool"):
    skip_all("softhsm2 and opensc are not here")
main(declare)
