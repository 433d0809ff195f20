#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Encrypted mail exchanged with the openssl program, gpgsm and NSS's cmsutil, both ways."""

from harness import AT, SECRET, TEXT, Correspondence, Skip, main, need

from pki.times import NOW

MAIL = b"From: Ann <ann@example.com>\r\nTo: you@example.com\r\nSubject: Secret\r\nMIME-Version: 1.0\r\n" + TEXT
KINDS = {"rsa": ("rsa2048-01", "keyEncipherment"), "p256": ("p256:you", "keyAgreement"), "p384": ("p384:you", "keyAgreement"),
         "p521": ("p521:you", "keyAgreement"), "x25519": ("x25519:you", "keyAgreement"), "dh": ("dh2048/1", "keyAgreement")}
LEGACY = ("-provider", "default", "-provider", "legacy")


class Desk(Correspondence):
    def __init__(self, folder):
        super().__init__(folder)
        for kind, (key, usage) in KINDS.items():
            self.join(kind, "You", key, usage)
        self.put("mail.eml", MAIL)
        self.put("text", TEXT)

    def encrypted(self, kind, *options):
        done = self.signet("encrypt", *AT, "--anchor", "root.crt", "--crls", "root.crl", "--cert", f"{kind}.crt", "--no-self", *options, "mail.eml")
        if done.exit != 0:
            raise AssertionError(f"signet encrypt: {done.exit}: {done.stderr.decode()[:500]}")
        self.put("ours.eml", done.stdout)
        return done.stdout

    def open_ours(self, kind):
        """What openssl makes of it: that it cannot is a fault of ours, but for keys that CMS has not in every version."""
        if kind == "x25519":
            return self.openssl(*self._opening(kind))
        try:
            return self.openssl(*self._opening(kind))
        except Skip as refusal:
            raise AssertionError(str(refusal)) from refusal

    @staticmethod
    def _opening(kind):
        return ("cms", "-decrypt", *LEGACY, "-in", "ours.eml", "-recip", f"{kind}.pem", "-inkey", f"{kind}.key")


def declare(plan, folder, ending):
    desk = Desk(folder)
    for kind in KINDS:
        for cipher in ("aes256-gcm", "aes128-gcm", "aes256-cbc", "aes128-cbc", "3des-cbc"):
            @plan.add("C-ENV-1 C-ENV-2 C-ENV-3 D-ALG-5", f"openssl opens what signet encrypts: {kind}, {cipher}")
            def _(kind=kind, cipher=cipher):
                desk.encrypted(kind, "--cipher", cipher)
                return [] if SECRET in desk.open_ours(kind) else ["another text"]

    @plan.add("C-ENV-3", "openssl opens what signet encrypts by RSAES-OAEP, and by key identifier")
    def _():
        wrong = []
        for kind, options in (("rsa", ("--oaep",)), ("rsa", ("--key-id",)), ("p256", ("--key-id",))):
            desk.encrypted(kind, *options)
            wrong += [] if SECRET in desk.open_ours(kind) else [f"another text: {options}"]
        return wrong

    for kind in KINDS:
        for cipher in ("aes-256-gcm", "aes-128-gcm", "aes-256-cbc", "aes-192-cbc", "aes-128-cbc", "des3", "rc2-40", "rc2-64", "rc2-128", "des"):
            @plan.add("C-ENV-1 C-ENV-2 C-ENV-3 C-ENV-7 D-ALG-5", f"signet opens what openssl encrypts: {kind}, {cipher}")
            def _(kind=kind, cipher=cipher):
                name = {"rc2-128": "rc2-cbc", "rc2-40": "rc2-40-cbc", "rc2-64": "rc2-64-cbc", "des": "des-cbc"}.get(cipher, cipher)
                octets = desk.openssl("cms", "-encrypt", *LEGACY, f"-{name}", "-in", "text", "-from", "ann@example.com", f"{kind}.pem")
                return desk.opened(octets, kind)

    @plan.add("A-1-5 C-ENV-3 C-ENV-4", "signet opens what openssl encrypts by RSAES-OAEP, by key identifier, and beside recipients of other kinds")
    def _():
        wrong = []
        for options in (("-keyopt", "rsa_padding_mode:oaep"), ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"),
                        ("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha512", "-keyopt", "rsa_mgf1_md:sha256")):
            octets = desk.openssl("cms", "-encrypt", "-aes-256-cbc", "-in", "text", "-recip", "rsa.pem", *options)
            wrong += desk.opened(octets, "rsa")
        key = "000102030405060708090A0B0C0D0E0F"
        octets = desk.openssl("cms", "-encrypt", "-aes-128-cbc", "-in", "text", "-secretkey", key, "-secretkeyid", "C0FFEE",
                              "-pwri_password", "guess", "p384.pem", "rsa.pem", "p256.pem")
        wrong += desk.opened(octets, "p256") + desk.opened(octets, "rsa")
        return wrong + desk.opened(desk.openssl("cms", "-encrypt", "-aes256", "-keyid", "-in", "text", "p256.pem"), "p256")

    @plan.add("C-ENV-4", "signet opens what openssl encrypts in BER, in pieces, and as a bare object")
    def _():
        wrong = []
        for form in ("DER", "PEM", "SMIME"):
            for options in ((), ("-stream",)):
                wrong += desk.opened(desk.openssl("cms", "-encrypt", "-aes256", *options, "-outform", form, "-in", "text", "rsa.pem"), "rsa")
        return wrong

    declare_gpgsm(plan, desk)
    declare_nss(plan, desk)


def tried(run, may_lack):
    """That another tool does not open ours is a failure, unless it may lack the means."""
    try:
        return run()
    except Skip as refusal:
        if may_lack:
            raise
        raise AssertionError(str(refusal)) from refusal


def declare_gpgsm(plan, desk):
    home = desk.folder / "gnupg"

    def gpgsm(*arguments, stdin=None):
        return desk.tool("gpgsm", "--batch", "--no-tty", "--disable-dirmngr", "--disable-crl-checks", "--faked-system-time",
                    NOW.strftime("%Y%m%dT%H%M%S"), "--pinentry-mode", "loopback", "--passphrase-fd", "0", *arguments,
                    environment={"GNUPGHOME": str(home)}, stdin=stdin)

    def prepare():
        need("gpgsm", "openssl")
        if home.exists():
            return
        home.mkdir(mode=0o700)
        fingerprint = desk.openssl("x509", "-inform", "DER", "-in", "root.crt", "-noout", "-fingerprint", "-sha1").decode()
        (home / "trustlist.txt").write_text(fingerprint.strip().split("=", 1)[1] + " S relax\n", encoding="ascii")
        (home / "gpg-agent.conf").write_text("allow-loopback-pinentry\n", encoding="ascii")
        desk.openssl("pkcs12", "-export", "-legacy", "-inkey", "rsa.key", "-in", "rsa.pem", "-out", "rsa.p12", "-passout", "pass:interop")
        gpgsm("--import", "root.crt", stdin=b"interop\n")
        gpgsm("--import", "rsa.p12", stdin=b"interop\n")

    for cipher in ("aes256-cbc", "aes128-cbc", "3des-cbc", "aes256-gcm"):
        @plan.add("C-ENV-1", f"gpgsm opens what signet encrypts: {cipher}")
        def _(cipher=cipher):
            prepare()
            octets = desk.encrypted("rsa", "--cipher", cipher)
            body = octets.split(b"\r\n\r\n" if b"\r\n\r\n" in octets else b"\n\n", 1)[1]
            desk.put("ours.b64", body)
            # gpgsm 2.2 reads the nonces of GCM only when they are as long as a block.
            found = tried(lambda: gpgsm("--decrypt", "--assume-base64", "ours.b64", stdin=b"interop\n"), cipher.endswith("gcm"))
            return [] if SECRET in found else ["another text"]

    for cipher in ("AES256", "AES", "3DES"):
        @plan.add("C-ENV-1", f"signet opens what gpgsm encrypts: {cipher}")
        def _(cipher=cipher):
            prepare()
            octets = gpgsm("--encrypt", "--cipher-algo", cipher, "-r", "you@example.com", "text", stdin=b"")
            return desk.opened(octets, "rsa")


def declare_nss(plan, desk):
    base = desk.folder / "nss"

    def prepare():
        need("certutil", "pk12util", "cmsutil", "openssl")
        if base.exists():
            return
        base.mkdir()
        where = ("-d", f"sql:{base}")
        desk.tool("certutil", "-N", *where, "--empty-password")
        desk.tool("certutil", "-A", *where, "-n", "root", "-t", "CT,C,C", "-i", "root.crt")
        desk.openssl("pkcs12", "-export", "-inkey", "rsa.key", "-in", "rsa.pem", "-name", "you", "-out", "nss.p12", "-passout", "pass:interop")
        desk.tool("pk12util", "-i", "nss.p12", *where, "-W", "interop")

    for cipher in ("aes256-cbc", "aes128-cbc", "3des-cbc"):
        @plan.add("C-ENV-1", f"NSS opens what signet encrypts: {cipher}")
        def _(cipher=cipher):
            prepare()
            desk.encrypted("rsa", "--cipher", cipher)
            desk.put("ours.der", desk.openssl("cms", "-cmsout", "-in", "ours.eml", "-outform", "DER"))
            found = tried(lambda: desk.tool("cmsutil", "-D", "-d", f"sql:{base}", "-i", "ours.der"), False)
            return [] if SECRET in found else ["another text"]

    @plan.add("C-ENV-1", "signet opens what NSS encrypts")
    def _():
        prepare()
        return desk.opened(desk.tool("cmsutil", "-E", "-d", f"sql:{base}", "-r", "you@example.com", "-i", "text"), "rsa")


main(declare, "openssl")
