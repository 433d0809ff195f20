#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mail and CMS objects made by `openssl cms` and `openssl smime`, judged by signet."""

import base64

from harness import main
from workshop import Workshop

TEXT = b"Hello,\r\n\r\nplease transfer 100 EUR.\r\n"
KINDS = ("rsa2048", "rsa3072", "p256", "p384", "ed25519")
FORMS = {"multipart": ["-outform", "SMIME"], "opaque": ["-outform", "SMIME", "-nodetach"]}


class Maker:
    """People with keys of each kind, made when they are first asked for."""

    def __init__(self, workshop):
        self.workshop, self.made = workshop, {}

    def person(self, kind, number=1):
        name = f"Alice{kind}{number}"
        if name not in self.made:
            self.made[name] = self.workshop.person(name, kind)
        return self.made[name]

    def signed(self, verb, signers, *options, text=TEXT, from_=None):
        """What `openssl cms -sign` (or smime) writes. `signers`: people, each with options of its own."""
        signers = [one if isinstance(one, tuple) else (one,) for one in signers]
        sender = from_ or f"Alice <{signers[0][0].email}>"
        source = self.workshop.folder / "text"
        source.write_bytes(text)
        named = [word for one, *own in signers for word in ("-signer", one.cert, "-inkey", one.key, *own)]
        return self.workshop.openssl(verb, "-sign", "-in", source, *named, "-from", sender, "-to", "bob@example.org", "-subject", "Interop",
                                     "-text" if "DER" not in options and "PEM" not in options else "-binary", *options)


def altered(message):
    """The text changed behind the signature, in the clear or inside base64."""
    if b"100 EUR" in message:
        return message.replace(b"100 EUR", b"900 EUR")
    gap = b"\r\n\r\n" if b"\r\n\r\n" in message else b"\n\n"
    head, body = message.split(gap, 1)
    octets = base64.b64decode(body)
    assert b"100 EUR" in octets
    return head + gap + base64.encodebytes(octets.replace(b"100 EUR", b"900 EUR"))


GOOD = dict(only_codes=["REV_OFF"], signed="whole", signatures="GOOD", addresses="match")


def both(maker, message, **expected):
    """The message as it is, and with its text altered."""
    wrong = maker.workshop.verify(message, "WARN", **{**GOOD, **expected})
    return wrong + maker.workshop.verify(altered(message), "BAD", signatures="BAD",
                                         any_codes=["DIGEST_MISMATCH", "SIG_BAD"])


def declare(plan, folder, ending):
    maker = Maker(Workshop(folder))

    def add(ids, title, verb, kind, *options, own=(), **expected):
        @plan.add(ids, f"openssl {verb}: {title}")
        def _():
            return both(maker, maker.signed(verb, [(maker.person(kind), *own)], *options), **expected)

    algorithm = {"rsa2048": "D-ALG-1", "rsa3072": "D-ALG-1", "p256": "D-ALG-2", "p384": "D-ALG-2", "ed25519": "D-ALG-2"}
    for kind in KINDS:
        for form, options in FORMS.items():
            add(f"{algorithm[kind]} C-MIME-2", f"{kind}, {form}", "cms", kind, *options)
    for kind in ("rsa2048", "p256"):
        for form, options in FORMS.items():
            add("A-1-4 C-MIME-2", f"{kind}, {form}", "smime", kind, *options)
            add("C-SI-1", f"{kind}, {form}, by key identifier", "cms", kind, *options, "-keyid")
            add("C-SI-6 E-34", f"{kind}, {form}, without attributes", "cms", kind, *options, "-noattr",
                only_codes=["REV_OFF", "SIGNED_ATTRS_ABSENT"])
    for digest in ("sha384", "sha512"):
        add("D-ALG-4", f"rsa2048 with {digest}", "cms", "rsa2048", "-md", digest)
        add("D-ALG-3", f"RSASSA-PSS with {digest}", "cms", "rsa2048", "-md", digest, own=("-keyopt", "rsa_padding_mode:pss"))
    for form, options in FORMS.items():
        add("D-ALG-3", f"RSASSA-PSS, {form}", "cms", "rsa2048", *options, own=("-keyopt", "rsa_padding_mode:pss"))
        add("D-ALG-3", f"RSASSA-PSS with the longest salt, {form}", "cms", "rsa3072", *options,
            own=("-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:max"))
        add("C-SD-1", f"{form}, BER as it is streamed", "cms", "p256", *options, "-stream")
        add("C-MIME-7", f"{form}, with CRLF line ends", "cms", "p256", *options, "-crlfeol")
    declare_weak(plan, maker)
    declare_objects(plan, maker)
    declare_sets(plan, maker)
    declare_mail(plan, maker)


def declare_weak(plan, maker):
    for digest in ("md5", "sha1"):
        @plan.add("C-SI-7 E-1", f"openssl cms: {digest} is verified, and weak")
        def _(digest=digest):
            message = maker.signed("cms", [maker.person("rsa2048")], "-md", digest)
            return maker.workshop.verify(message, "WEAK", codes=["WEAK_ALG", "REV_OFF"], signatures=["GOOD"], addresses=["match"])


def declare_objects(plan, maker):
    verify = maker.workshop.verify

    @plan.add("C-CO-3 C-SD-1", "openssl cms: bare objects, DER and PEM, with their content inside")
    def _():
        one, wrong = maker.person("p256"), []
        for form in ("DER", "PEM"):
            octets = maker.signed("cms", [one], "-outform", form, "-nodetach")
            wrong += verify(octets, "WARN", name="object", email=one.email, **GOOD)
        return wrong

    @plan.add("C-CO-3 C-SI-5", "openssl cms: a detached DER object and its content, right and altered")
    def _():
        one = maker.person("p256")
        octets = maker.signed("cms", [one], "-outform", "DER")
        wrong = verify(octets, "WARN", name="object", content=TEXT, email=one.email, **GOOD)
        wrong += verify(octets, "BAD", name="object", content=TEXT + b"x", email=one.email, signatures=["BAD"], codes=["DIGEST_MISMATCH"])
        return wrong + verify(octets, "UNKNOWN", name="object", email=one.email, signatures=["UNKNOWN"])

    @plan.add("C-CO-2", "openssl cms: encrypted and compressed objects are signed by nobody")
    def _():
        one, wrong = maker.person("rsa2048"), []
        source = maker.workshop.folder / "text"
        source.write_bytes(TEXT)
        sealed = maker.workshop.openssl("cms", "-encrypt", "-in", source, "-aes256", "-from", one.email, one.cert)
        wrong += verify(sealed, "NONE", codes=["ENCRYPTED"], signed="none")
        digested = maker.workshop.openssl("cms", "-digest_create", "-in", source, "-outform", "DER")
        return wrong + verify(digested, "NONE", name="object", codes=["SKIPPED"], signed="none")


def declare_sets(plan, maker):
    verify = maker.workshop.verify

    @plan.add("C-SD-3 E-33", "openssl cms: two signers, each verified; with one text altered both are bad")
    def _():
        message = maker.signed("cms", [maker.person("rsa2048"), maker.person("p256")])
        wrong = verify(message, "BAD|WARN", signatures=["GOOD", "GOOD"])
        return wrong + verify(altered(message), "BAD", signatures=["BAD", "BAD"])

    @plan.add("C-SD-3 D-SIG-2", "openssl cms: a second signer added to a signed object")
    def _():
        one, two = maker.person("rsa2048"), maker.person("rsa2048", 2)
        first = maker.workshop.folder / "first.der"
        first.write_bytes(maker.signed("cms", [one], "-outform", "DER", "-nodetach"))
        octets = maker.workshop.openssl("cms", "-resign", "-in", first, "-inform", "DER", "-outform", "DER", "-signer", two.cert, "-inkey", two.key)
        return verify(octets, "BAD", name="object", email=one.email, codes=["ADDR_MISMATCH"], signatures=["GOOD", "GOOD"])

    @plan.add("A-2.3-4 A-1-2", "openssl cms: without certificates the signer is known only when given")
    def _():
        one = maker.person("p256")
        message = maker.signed("cms", [one], "-nocerts")
        wrong = verify(message, "UNKNOWN", codes=["NO_SIGNER_CERT"], signatures=["UNKNOWN"])
        return wrong + verify(message, "WARN", certs=[one], **GOOD)

    @plan.add("A-2.3-8 A-2.3-1", "openssl cms: the root inside the message changes nothing")
    def _():
        return both(maker, maker.signed("cms", [maker.person("p256")], "-certfile", maker.workshop.ca.cert))

    @plan.add("A-5-F7 A-2.1-4", "openssl ca: a CRL that lists the signer, and one that does not")
    def _():
        one, two = maker.person("p256"), maker.person("rsa2048")
        crl = maker.workshop.crl(two)
        wrong = verify(maker.signed("cms", [one]), "GOOD", crl=crl, only_codes=[], signatures=["GOOD"], addresses=["match"])
        return wrong + verify(maker.signed("cms", [two]), "BAD", crl=crl, codes=["CERT_REVOKED@0"], signatures=["GOOD"])


def declare_mail(plan, maker):
    verify = maker.workshop.verify

    @plan.add("A-3-11 A-5-F1", "openssl cms: a good signature under another From")
    def _():
        message = maker.signed("cms", [maker.person("p256")], from_="Boss <boss@example.com>")
        return verify(message, "BAD", codes=["ADDR_MISMATCH"], signatures=["GOOD"], addresses=["mismatch"])

    @plan.add("C-MIME-8", "openssl cms: a signed message signed again, clear and opaque")
    def _():
        wrong = []
        for form, options in FORMS.items():
            inner = maker.signed("cms", [maker.person("p256")], *options)
            part = inner.split(b"\n", 3)[3] if inner.startswith(b"To:") else inner
            source = maker.workshop.folder / "inner"
            source.write_bytes(part)
            one = maker.person("p256")
            outer = maker.workshop.openssl("cms", "-sign", "-in", source, "-signer", one.cert, "-inkey", one.key, "-from", one.email, *options)
            wrong += verify(outer, "WARN", signatures=["GOOD", "GOOD"], addresses=["match", "match"], signed="whole")
        return wrong

    @plan.add("C-MIME-7", "openssl cms: texts with blank lines, blanks, dots and no line end at their ends")
    def _():
        wrong = []
        for text in (b"", b"\n", b"\n\n\nx\n\n\n", b"blanks  \n\t\n", b".\n..\n", b"no end", b"long " * 20000 + b"\n", b"From here\n"):
            for options in FORMS.values():
                wrong += verify(maker.signed("cms", [maker.person("p256")], *options, text=text), "WARN", **GOOD)
        return wrong


main(declare, "openssl")
