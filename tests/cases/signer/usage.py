# SPDX-License-Identifier: Apache-2.0
"""What a certificate may be used for: key usage and extended key usage of who signs a message (RFC 3850, 4.4.2, 4.4.4)."""

from pki import extensions as x
from runner import case

GOOD = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")


def mail_of(w, key="p256:Alice", ca=None, **ext):
    """(mail, root, signer): the signer's extensions replaced by these."""
    root = w.root()
    issuer = w.ca("CA", root, ext=ca) if ca is not None else root
    alice = w.end_entity("Alice", issuer, key=key, ext=ext)
    return w.signed_mail(alice), root, alice


def forbidden(code):
    return dict(expect="BAD", only_codes=[code], codes=[f"{code}@0"], signed="whole", signatures="GOOD", addresses="match")


def add(ids, title, wanted, key="p256:Alice", ca=None, run=None, **ext):
    @case(ids, title)
    def _(w):
        mail, root, _ = mail_of(w, key, ca, **ext)
        return w.verify(mail, anchors=[root], **wanted, **(run or {}))


def usage(*bits, **options):
    return dict(keyUsage=x.key_usage(*bits, **options))


# --- key usage (A-4.4.2) ----------------------------------------------------------------------------------
add("A-4.4.2-2", "digitalSignature alone", GOOD, **usage("digitalSignature"))
add("A-4.4.2-2", "nonRepudiation alone", GOOD, **usage("nonRepudiation"))
add("A-4.4.2-2", "both", GOOD, **usage("digitalSignature", "nonRepudiation"))
add("A-4.4.2-2", "signing and encrypting with one RSA key", GOOD, key="rsa2048-01", **usage("digitalSignature", "keyEncipherment"))
add("A-4.4.2-4 E-10", "no key usage at all: both bits are presumed", GOOD, keyUsage=None)
for _bit in ("keyEncipherment", "dataEncipherment", "keyCertSign", "cRLSign"):
    add("A-4.4.2-2", f"{_bit} alone forbids signing messages", {**forbidden("KU_FORBIDS"), "only_codes": None}, key="rsa2048-01", **usage(_bit))
add("A-4.4.2-2", "keyAgreement alone forbids signing messages", forbidden("KU_FORBIDS"), **usage("keyAgreement"))
add("A-4.4.2-2", "a key usage that is not critical forbids as well", {**forbidden("KU_FORBIDS"), "codes": ["KU_FORBIDS@0", "NONCONFORMING@0"]},
    key="rsa2048-01", **usage("keyEncipherment", critical=False))
add("A-4.4.2-2", "a key usage without any bit forbids everything", {**forbidden("KU_FORBIDS"), "only_codes": None}, **usage())
add("A-4.4.2-2", "legacy forbids it, too", forbidden("KU_FORBIDS"), key="rsa2048-01", run=dict(profile="legacy"), **usage("keyEncipherment"))
add("A-4.4.2-3", "--require-nonrepudiation: digitalSignature is not enough then", forbidden("KU_FORBIDS"),
    run=dict(options=["--require-nonrepudiation"]), **usage("digitalSignature"))
add("A-4.4.2-3", "--require-nonrepudiation: nonRepudiation is", GOOD, run=dict(options=["--require-nonrepudiation"]), **usage("nonRepudiation"))
add("A-4.4.2-3 A-4.4.2-4", "--require-nonrepudiation: presumed where there is no key usage", {**GOOD, "expect": "GOOD|BAD", "only_codes": None},
    run=dict(options=["--require-nonrepudiation"]), keyUsage=None)

# --- extended key usage (A-4.4.4) -------------------------------------------------------------------------


def purposes(*names, **options):
    return dict(extKeyUsage=x.ext_key_usage(*names, **options))


add("A-4.4.4-2", "emailProtection", GOOD, **purposes("emailProtection"))
add("A-4.4.4-2", "emailProtection among others", GOOD, **purposes("clientAuth", "1.3.6.1.4.1.32473.7", "emailProtection"))
add("A-4.4.4-2 E-21", "any purpose", GOOD, **purposes("any"))
add("A-4.4.4-2 E-21", "any purpose beside another", GOOD, **purposes("clientAuth", "any"))
add("A-4.4.4-2", "no extended key usage at all", GOOD, extKeyUsage=None)
add("A-4.4.4-2", "critical", GOOD, **purposes("emailProtection", critical=True))
for _purpose in ("clientAuth", "serverAuth", "codeSigning", "timeStamping", "OCSPSigning", "1.3.6.1.4.1.32473.7"):
    add("A-4.4.4-2", f"{_purpose} alone forbids mail", forbidden("EKU_FORBIDS"), **purposes(_purpose))
add("A-4.4.4-2", "clientAuth alone and critical forbids mail", forbidden("EKU_FORBIDS"), **purposes("clientAuth", critical=True))
add("A-4.4.4-3", "--require-eku: an absent extension fails", forbidden("EKU_FORBIDS"), extKeyUsage=None,
    run=dict(options=["--require-eku", "1.3.6.1.5.5.7.3.4"]))
add("A-4.4.4-3", "--require-eku: the OID is there", GOOD, run=dict(options=["--require-eku", "1.3.6.1.4.1.32473.7"]),
    **purposes("emailProtection", "1.3.6.1.4.1.32473.7"))
add("A-4.4.4-3", "--require-eku: the OID is not there", forbidden("EKU_FORBIDS"), run=dict(options=["--require-eku", "1.3.6.1.4.1.32473.7"]),
    **purposes("emailProtection"))


@case("A-4.4.4-1 B-EKU-1", "the purposes allowed are those that both extensions allow: signing yes, encrypting no")
def _(w):
    root = w.root()
    signer = w.end_entity("Alice", root, key="rsa2048-01", ext=usage("digitalSignature"))
    plain = w.end_entity("Bob", root, key="rsa2048-02", ext={**usage("digitalSignature"), "extKeyUsage": None})
    return [w.verify(w.signed_mail(one), anchors=[root], **GOOD) for one in (signer, plain)] + [
        w.path(one, purpose="encrypt", expect="BAD", codes=["KU_FORBIDS@0"]) for one in (signer, plain)]


@case("A-4.4.4-1 B-EKU-1", "encrypting yes, signing no")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa2048-01", ext=usage("keyEncipherment"))
    return [w.path(alice, purpose="encrypt", expect="GOOD"), w.verify(w.signed_mail(alice), anchors=[root], **forbidden("KU_FORBIDS"))]


@case("A-4.4.4-1 B-EKU-1", "both forbid it: both are told")
def _(w):
    mail, root, _ = mail_of(w, "rsa2048-01", **usage("keyEncipherment"), **purposes("clientAuth"))
    return w.verify(mail, anchors=[root], expect="BAD", only_codes=["EKU_FORBIDS", "KU_FORBIDS"], signatures="GOOD", addresses="match")


@case("A-4.4.4-1", "a CA certificate that signs a message: as its key usage says")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    both = w.ca("Both", root, ext=usage("keyCertSign", "cRLSign", "digitalSignature"))
    return [w.verify(w.signed_mail(ca, "<ca@example.com>"), anchors=[root], expect="BAD", codes=["KU_FORBIDS@0"], signatures="GOOD"),
            w.verify(w.signed_mail(both, "<ca@example.com>"), anchors=[root], expect="WARN", only_codes=["NO_ADDR"], signatures="GOOD")]


# --- extended key usage of a CA (E-21) --------------------------------------------------------------------
add("E-21", "a CA whose purposes include mail", GOOD, ca=purposes("emailProtection", "clientAuth"))
add("E-21", "a CA of any purpose", GOOD, ca=purposes("any"))
add("E-21", "a CA whose purposes leave mail out: told", dict(GOOD, expect="WARN", only_codes=["EKU_NESTING"], codes=["EKU_NESTING@1"]),
    ca=purposes("clientAuth"))
add("E-21", "a CA whose purposes leave mail out, in strict", dict(expect="BAD", codes=["EKU_NESTING@1"], signatures="GOOD"),
    ca=purposes("serverAuth"), run=dict(profile="strict"))


@case("E-21", "the purposes of an anchor are of no account")
def _(w):
    root = w.root(ext=purposes("serverAuth"))
    return w.verify(w.signed_mail(w.end_entity("Alice", root)), anchors=[root], **GOOD)


@case("A-5-2 A-4.4.2-2", "text: which usage forbids it stands in the first line")
def _(w):
    ku, root, _ = mail_of(w, "rsa2048-01", **usage("keyEncipherment"))
    world = type(w)()
    eku, other, _ = mail_of(world, **purposes("clientAuth"))
    return [w.verify(ku, anchors=[root], expect="BAD", exit=1, reads_json=False, first=["BAD", "KU_FORBIDS"]),
            world.verify(eku, anchors=[other], expect="BAD", exit=1, reads_json=False, first=["BAD", "EKU_FORBIDS"])]
