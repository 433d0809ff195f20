#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CMS objects made by gpgsm with fresh keys, put into mail as its users' programs do, judged by signet."""

import os
import subprocess
import tempfile
from pathlib import Path

from harness import main
from workshop import Workshop, mail

from pki import der, keys, mime, oids

PART = mime.text("Hello,\r\n\r\nplease transfer 100 EUR.\r\n")
PASSPHRASE = "interop"
# Each curve as the agent calls it, its OID, and the octets of a point.
CURVES = {"p256": ("NIST P-256", oids.CURVES["p256"], 65), "p384": ("NIST P-384", oids.CURVES["p384"], 97)}
GOOD = dict(only_codes=["REV_OFF"], signed="whole", signatures="GOOD", addresses="match")
# What the agent asks for: not fewer octets than the curve has.
DIGESTS = {"p384": "sha384"}


class Gpgsm:
    """A GnuPG home of its own, with an agent of its own that ends with it."""

    def __init__(self, workshop, home):
        self.workshop, self.home = workshop, Path(home)
        self.home.chmod(0o700)
        self.environment = {**os.environ, "GNUPGHOME": str(self.home)}
        fingerprint = workshop.openssl("x509", "-in", workshop.ca.cert, "-noout", "-fingerprint", "-sha1").decode()
        (self.home / "trustlist.txt").write_text(fingerprint.strip().split("=", 1)[1] + " S relax\n", encoding="ascii")
        (self.home / "gpg-agent.conf").write_text("allow-loopback-pinentry\n", encoding="ascii")
        self.imported = {}
        self("--import", workshop.ca.cert)

    def __call__(self, *arguments, stdin=None):
        reader, writer = os.pipe()
        os.write(writer, PASSPHRASE.encode() + b"\n")
        os.close(writer)
        try:
            return self.workshop.run("gpgsm", "--batch", "--no-tty", "--disable-dirmngr", "--disable-crl-checks", "--pinentry-mode", "loopback",
                                     "--passphrase-fd", str(reader), *arguments, stdin=stdin, environment=self.environment, pass_fds=(reader,))
        finally:
            os.close(reader)

    def person(self, kind):
        """Somebody whose key gpgsm has. It crashes on elliptic keys in PKCS#12, so its agent makes these itself."""
        if kind not in self.imported:
            name = f"Gustav{kind}"
            one = self._made(name, kind) if kind in CURVES else self._brought(name, kind)
            self.imported[kind] = one
        return self.imported[kind]

    def _brought(self, name, kind):
        one = self.workshop.person(name, kind)
        bundle = self.workshop.folder / "bundle.p12"
        self.workshop.openssl("pkcs12", "-export", "-inkey", one.key, "-in", one.cert, "-passout", f"pass:{PASSPHRASE}", "-out", bundle,
                              "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1")
        self("--import", bundle)
        return one

    def _made(self, name, kind):
        """A key that never leaves the agent, and a certificate for it."""
        curve, oid, size = CURVES[kind]
        parameters = self.home / "genkey"
        parameters.write_bytes(b"(6:genkey(3:ecc(5:curve%d:%s)))" % (len(curve), curve.encode()))
        script = f"/definqfile KEYPARAM {parameters}\nGENKEY --no-protection\n/bye\n"
        answer = self.workshop.run("gpg-connect-agent", stdin=script.encode(), environment=self.environment)
        for escaped, octet in ((b"%0A", b"\n"), (b"%0D", b"\r"), (b"%25", b"%")):
            answer = answer.replace(escaped, octet)
        mark = b"1:q%d:" % size
        if mark not in answer:
            raise ToolFailure(f"gpg-agent makes no key on {curve}")
        point = answer.split(mark, 1)[1][:size]
        spki = der.sequence(der.sequence(der.oid(oids.KEYS["ec"]), der.oid(oid)), der.bit_string(point))
        public = self.workshop.folder / "public.pem"
        public.write_bytes(keys.pem("PUBLIC KEY", spki))
        one = self.workshop.person(name, kind, public=public)
        self("--import", one.cert)
        return one

    def sign(self, kind, *options, text=PART):
        one = self.person(kind)
        digest = ["--digest-algo", DIGESTS[kind]] if kind in DIGESTS and "--digest-algo" not in options else []
        return self("--local-user", one.email, *options, *digest, "--output", "-", "--sign", stdin=text)

    def close(self):
        subprocess.run(["gpgconf", "--homedir", str(self.home), "--kill", "all"], env=self.environment, check=False, capture_output=True)


def declare(plan, folder, ending):
    home = ending.enter_context(tempfile.TemporaryDirectory(prefix="sg-"))
    gpgsm = Gpgsm(Workshop(folder), home)
    ending.callback(gpgsm.close)
    verify = gpgsm.workshop.verify

    def clear(kind, *options, shown=PART, boundary="b"):
        one = gpgsm.person(kind)
        octets = gpgsm.sign(kind, "--detach-sign", *options)
        micalg = {"p384": "sha-384"}.get(kind, "sha-256")
        return mail(mime.multipart_signed(shown, octets, boundary=boundary, micalg=micalg), f"<{one.email}>")

    def both(kind, *options, **expected):
        wrong = verify(clear(kind, *options), "WARN", **{**GOOD, **expected})
        return wrong + verify(clear(kind, *options, shown=PART.replace(b"100", b"900")), "BAD", signatures="BAD", codes=["DIGEST_MISMATCH"])

    for kind, row in (("rsa2048", "D-ALG-1"), ("rsa3072", "D-ALG-1"), ("p256", "D-ALG-2"), ("p384", "D-ALG-2"), ("ed25519", "D-ALG-2")):
        @plan.add(f"{row} C-MIME-2", f"gpgsm: {kind}, detached in multipart/signed, right and altered")
        def _(kind=kind):
            return both(kind)

        @plan.add(f"{row} C-MIME-2 C-SD-1", f"gpgsm: {kind}, opaque, as it writes it")
        def _(kind=kind):
            one = gpgsm.person(kind)
            return verify(mail(mime.opaque(gpgsm.sign(kind)), f"<{one.email}>"), "WARN", **GOOD)

    for digest, name in (("sha384", "sha-384"), ("sha512", "sha-512")):
        @plan.add("D-ALG-4", f"gpgsm: rsa2048 with {digest}")
        def _(digest=digest, name=name):
            one = gpgsm.person("rsa2048")
            octets = gpgsm.sign("rsa2048", "--detach-sign", "--digest-algo", digest)
            return verify(mail(mime.multipart_signed(PART, octets, micalg=name), f"<{one.email}>"), "WARN", **GOOD)

    @plan.add("C-SI-7 E-1", "gpgsm: SHA-1 is verified, and weak")
    def _():
        one = gpgsm.person("rsa2048")
        octets = gpgsm.sign("rsa2048", "--detach-sign", "--digest-algo", "sha1")
        return verify(mail(mime.multipart_signed(PART, octets, micalg="sha-1"), f"<{one.email}>"), "WEAK", codes=["WEAK_ALG"], signatures="GOOD")

    @plan.add("A-2.3-4 A-1-2", "gpgsm: no certificates in the message")
    def _():
        message = clear("rsa2048", "--include-certs", "0")
        wrong = verify(message, "UNKNOWN", codes=["NO_SIGNER_CERT"], signatures="UNKNOWN")
        return wrong + verify(message, "WARN", certs=[gpgsm.person("rsa2048")], **GOOD)

    @plan.add("A-2.3-1 A-2.3-8", "gpgsm: the whole chain in the message, root included")
    def _():
        return both("rsa2048", "--include-certs", "-1")

    @plan.add("C-CO-3", "gpgsm: bare objects in DER, PEM and base64")
    def _():
        one, wrong = gpgsm.person("p256"), []
        for options in ((), ("--armor",), ("--base64",)):
            wrong += verify(gpgsm.sign("p256", *options), "WARN", name="object", email=one.email, **GOOD)
        return wrong

    @plan.add("C-SI-5", "gpgsm: a detached object and its content, right and altered")
    def _():
        one = gpgsm.person("p256")
        octets = gpgsm.sign("p256", "--detach-sign", text=b"any octets\x00\n")
        wrong = verify(octets, "WARN", name="object", content=b"any octets\x00\n", email=one.email, **GOOD)
        return wrong + verify(octets, "BAD", name="object", content=b"any octets\x00", email=one.email, signatures="BAD")

    @plan.add("C-SD-3", "gpgsm: two signers in one object")
    def _():
        one, two = gpgsm.person("rsa2048"), gpgsm.person("p256")
        octets = gpgsm("--local-user", one.email, "--local-user", two.email, "--output", "-", "--sign", stdin=PART)
        return verify(mail(mime.opaque(octets), f"<{one.email}>, <{two.email}>"), "WARN", codes=["OTHER_AUTHORS"], signatures="GOOD GOOD",
                      addresses="match match")

    @plan.add("C-CO-2 C-ENV-4", "gpgsm: an encrypted object is signed by nobody")
    def _():
        one = gpgsm.person("sealed")
        octets = gpgsm("--recipient", one.email, "--output", "-", "--encrypt", stdin=PART)
        return verify(octets, "NONE", name="object", codes=["ENCRYPTED"], signed="none")

    @plan.add("A-5-F7 A-2.1-4", "gpgsm: its signature, and a CRL that lists the signer")
    def _():
        one, two = gpgsm.person("rsa2048"), gpgsm.person("p256")
        crl = gpgsm.workshop.crl(two)
        wrong = verify(clear("rsa2048"), "GOOD", crl=crl, only_codes=[], signatures="GOOD")
        return wrong + verify(clear("p256"), "BAD", crl=crl, codes=["CERT_REVOKED@0"], signatures="GOOD")


if __name__ == "__main__":
    main(declare, "openssl", "gpgsm", "gpgconf")
