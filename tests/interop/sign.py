#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What signet signs, verified by openssl, gpgsm and NSS's cmsutil: every kind of key, digest and form that both sides have."""

import subprocess
import tempfile

from gpgsm import Gpgsm
from harness import ToolFailure, main, need
from workshop import Workshop

from pki.times import rfc3339
from runner.execute import environment, program

TEXT = b"Hello,\n\nplease transfer 100 EUR to J\xc3\xb6rg.\n"
KEYS = ("rsa2048", "rsa3072", "p256", "p384", "ed25519")
DIGESTS = ("sha256", "sha384", "sha512")
FORMS = {"clear": [], "opaque": ["--opaque"], "bare": ["--bare"], "attached": ["--bare", "--opaque"]}


class Sender:
    """People with keys of each kind, and what signet signs with them."""

    def __init__(self, workshop):
        self.workshop, self.folder, self.made, self.nss = workshop, workshop.folder, {}, None

    def person(self, kind):
        if kind not in self.made:
            self.made[kind] = self.workshop.person(f"Sigrid{kind}", kind)
            self.made[kind].key.chmod(0o600)
        return self.made[kind]

    def signed(self, kind, form, *options):
        """The octets that `signet sign` writes, and the person."""
        one = self.person(kind)
        head = f"From: Sigrid <{one.email}>\nTo: bob@example.org\nSubject: Interop\nMIME-Version: 1.0\n" \
               "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        (self.folder / "message").write_bytes(TEXT if "--bare" in FORMS[form] else head.encode() + TEXT)
        done = subprocess.run([program(), "sign", "--key", one.key.name, "--cert", one.cert.name, "--anchor", self.workshop.ca.cert.name,
                               "--revocation", "off", "--no-store", "--offline", "--at", rfc3339(self.workshop.at), *FORMS[form], *options,
                               "message"], cwd=self.folder, env=environment(self.folder), capture_output=True, timeout=120, check=False)
        if done.returncode != 0:
            raise AssertionError(f"signet sign: {done.stderr.decode('utf-8', 'replace')}")
        (self.folder / "signed").write_bytes(done.stdout)
        return done.stdout

    # --- the others

    def openssl(self, form):
        """The text that openssl got out of what was signed."""
        at = str(int(self.workshop.at.timestamp()))
        shape = ["-inform", "SMIME"] if form in ("clear", "opaque") else ["-inform", "DER", "-binary"]
        content = ["-content", "message"] if form == "bare" else []
        return self.workshop.openssl("cms", "-verify", "-in", "signed", *shape, *content, "-CAfile", self.workshop.ca.cert, "-attime", at,
                                     "-purpose", "smimesign")

    def parts(self, octets, form):
        """(the CMS object, what it signs where that is apart), taken out by openssl or by hand."""
        if form in ("bare", "attached"):
            return octets, TEXT if form == "bare" else None
        object_ = self.workshop.openssl("cms", "-cmsout", "-in", "signed", "-inform", "SMIME", "-outform", "DER")
        if form == "opaque":
            return object_, None
        boundary = octets.split(b'boundary="', 1)[1].split(b'"', 1)[0]
        return object_, octets.split(b"\r\n--" + boundary, 2)[1][2:]

    def cmsutil(self, octets, form):
        if self.nss is None:
            self.nss = self.folder / "nss"
            self.nss.mkdir()
            self.workshop.run("certutil", "-N", "-d", self.nss, "--empty-password")
            self.workshop.run("certutil", "-A", "-d", self.nss, "-n", "ca", "-t", ",C,", "-i", self.workshop.ca.cert, "-a")
        object_, content = self.parts(octets, form)
        (self.folder / "object").write_bytes(object_)
        arguments = ["-D", "-d", self.nss, "-i", "object", "-u", "4", "-h", "0"]
        if content is not None:
            (self.folder / "content").write_bytes(content)
            arguments += ["-c", "content"]
        return self.workshop.run("cmsutil", *arguments).decode("utf-8", "replace")


def told(octets):
    return [] if b"100 EUR" in octets else ["the text did not come out"]


def declare(plan, folder, ending):
    sender, made = Sender(Workshop(folder)), []

    def gpgsm():
        need("gpgsm")
        if not made:
            home = ending.enter_context(tempfile.TemporaryDirectory(prefix="gnupg-"))
            made.append(Gpgsm(sender.workshop, home))
            ending.callback(made[0].close)
        return made[0]

    for kind in KEYS:
        digests = ("sha512",) if kind == "ed25519" else DIGESTS
        schemes = ((), ("--pss",)) if kind.startswith("rsa") else ((),)
        for form in FORMS:
            for digest in digests if form == "clear" else digests[:1]:
                for scheme in schemes:
                    label = " ".join([kind, digest, form, *scheme])

                    @plan.add("A-1-4 C-AT-7", f"openssl verifies {label}")
                    def _(kind=kind, form=form, digest=digest, scheme=scheme):
                        sender.signed(kind, form, "--digest", digest, *scheme)
                        try:
                            text = sender.openssl(form)
                        except ToolFailure as failure:
                            if kind == "ed25519" and "invalid digest" in str(failure):
                                raise  # OpenSSL before 3.2 verifies no EdDSA over signed attributes
                            return [str(failure)]
                        return told(text)

    for options in (("--key-id",), ("--protect-header",), ("--include-root",), ("--no-certs",)):
        @plan.add("", f"openssl verifies with {options[0]}")
        def _(options=options):
            octets = sender.signed("p256", "clear", *options)
            if options == ("--no-certs",):
                one = sender.person("p256")
                return told(sender.workshop.openssl("cms", "-verify", "-in", "signed", "-inform", "SMIME", "-certfile", one.cert, "-CAfile",
                                                    sender.workshop.ca.cert, "-attime", str(int(sender.workshop.at.timestamp()))))
            return told(sender.openssl("clear")) if octets else ["nothing was written"]

    # gpgsm knows no Ed25519 certificates.
    for kind in ("rsa2048", "p256", "p384"):
        for form in ("clear", "bare", "attached"):
            @plan.add("", f"gpgsm verifies {kind} {form}")
            def _(kind=kind, form=form):
                object_, content = sender.parts(sender.signed(kind, form), form)
                signature = sender.folder / "object"
                signature.write_bytes(object_)
                files = [str(signature)]
                if content is not None:
                    (sender.folder / "content").write_bytes(content)
                    files.append(str(sender.folder / "content"))
                status = gpgsm()("--status-fd", "1", "--verify", *files).decode("utf-8", "replace")
                return [] if "[GNUPG:] GOODSIG" in status else [status[-400:]]

    for kind in ("rsa2048", "rsa3072", "p256", "p384"):
        for form in ("clear", "opaque", "bare", "attached"):
            @plan.add("", f"cmsutil verifies {kind} {form}")
            def _(kind=kind, form=form):
                need("cmsutil")
                need("certutil")
                text = sender.cmsutil(sender.signed(kind, form), form)
                return [] if "signer0.status=GoodSignature" in text.replace(" ", "") else [text[-400:]]

    @plan.add("", "what is altered is bad to openssl, too")
    def _():
        octets = sender.signed("p256", "clear")
        (sender.folder / "signed").write_bytes(octets.replace(b"100 EUR", b"900 EUR"))
        try:
            sender.openssl("clear")
        except ToolFailure:
            return []
        return ["openssl took it"]


main(declare, "openssl")
