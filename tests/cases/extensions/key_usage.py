# SPDX-License-Identifier: Apache-2.0
"""keyUsage and extKeyUsage: what a key may be used for (RFC 5280, 4.2.1.3, 4.2.1.12; RFC 3850, 4.4.2, 4.4.4)."""

from pki import der
from pki import extensions as x
from runner import case

SIGNING = ("digitalSignature", "nonRepudiation")


def with_usage(w, *bits, purposes=("emailProtection",), **changes):
    """An end entity with these key usages (None: no extension) and extended ones."""
    usage = None if bits == (None,) else x.key_usage(*bits)
    extended = x.ext_key_usage(*purposes) if purposes else None
    root, ca, ee = w.line(ee=dict(ext={"keyUsage": usage, "extKeyUsage": extended}, **changes))
    return ee


# --- signing ----------------------------------------------------------------------------------------------

def add_signing(ids, title, bits, good):
    @case(ids, title)
    def _(w):
        ee = with_usage(w, *bits)
        if good:
            return w.path(ee, purpose="sign", expect="GOOD", forbid=["KU_FORBIDS"])
        return w.path(ee, purpose="sign", expect="BAD", codes=["KU_FORBIDS@0"])


add_signing("A-4.4.2-2", "digitalSignature alone allows signing", ("digitalSignature",), True)
add_signing("A-4.4.2-2", "nonRepudiation alone allows signing", ("nonRepudiation",), True)
add_signing("A-4.4.2-2", "both bits allow signing", SIGNING, True)
add_signing("A-4.4.2-4 E-10", "no keyUsage at all allows signing", (None,), True)
add_signing("A-4.4.2-2", "keyEncipherment alone forbids signing", ("keyEncipherment",), False)
add_signing("A-4.4.2-2", "dataEncipherment alone forbids signing", ("dataEncipherment",), False)
add_signing("A-4.4.2-2", "keyAgreement alone forbids signing", ("keyAgreement",), False)
add_signing("A-4.4.2-2", "keyCertSign and cRLSign forbid signing mail", ("keyCertSign", "cRLSign"), False)
add_signing("A-4.4.2-2 B-KU-2", "no bit at all forbids signing", (), False)


@case("A-4.4.2-2 B-EKU-1", "a mail signed with a key for encipherment only is refused")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, ext={"keyUsage": x.key_usage("keyEncipherment")}, key="rsa2048-01")
    return w.verify(w.signed_mail(alice), anchors=[root], expect="BAD", codes=["KU_FORBIDS@0"],
                    json={"signers.0.signature": "GOOD"})


@case("A-4.4.2-2 A-4.4.2-4", "mails signed under either bit, and without keyUsage, are good")
def _(w):
    root = w.root()
    usages = (x.key_usage("digitalSignature"), x.key_usage("nonRepudiation"), None)
    signers = [w.end_entity("Alice", root, ext={"keyUsage": one}) for one in usages]
    return [w.verify(w.signed_mail(one), anchors=[root], expect="GOOD") for one in signers]


@case("A-4.4.2-1 E-18", "a keyUsage that is not critical is enforced all the same, and told")
def _(w):
    usage = x.key_usage("dataEncipherment", critical=False)
    root, ca, ee = w.line(ee=dict(ext={"keyUsage": usage}))
    soft = w.end_entity("Bob", ca, ext={"keyUsage": x.key_usage("digitalSignature", critical=False)})
    return [w.path(ee, purpose="sign", expect="BAD", codes=["KU_FORBIDS@0"]),
            w.path(soft, purpose="sign", expect="GOOD", codes=["NONCONFORMING"])]


# --- encrypting -------------------------------------------------------------------------------------------

def add_encrypting(ids, title, key, bits, good):
    @case(ids, title)
    def _(w):
        ee = with_usage(w, *bits, key=key)
        if good:
            return w.path(ee, purpose="encrypt", expect="GOOD", forbid=["KU_FORBIDS"])
        return w.path(ee, purpose="encrypt", expect="BAD", any_codes=["KU_FORBIDS@0"])


add_encrypting("C-ENV-5", "an RSA key with keyEncipherment may receive", "rsa2048-01", ("keyEncipherment",), True)
add_encrypting("C-ENV-5", "an RSA key without keyUsage may receive", "rsa2048-01", (None,), True)
add_encrypting("C-ENV-5", "an RSA key for signing only may not receive", "rsa2048-01", SIGNING, False)
add_encrypting("C-ENV-5", "an RSA key with keyAgreement alone may not receive", "rsa2048-01", ("keyAgreement",), False)
add_encrypting("C-ENV-5", "an EC key with keyAgreement may receive", "p256:Alice", ("keyAgreement",), True)
add_encrypting("C-ENV-5", "an EC key for signing only may not receive", "p256:Alice", ("digitalSignature",), False)
add_encrypting("B-ALG-6", "an EC key with keyEncipherment alone may not receive", "p256:Alice", ("keyEncipherment",), False)
add_encrypting("C-ENV-5 B-ALG-6", "an X25519 key with keyAgreement may receive", "x25519:Alice", ("keyAgreement",), True)


# Bits beside keyAgreement, and whether the key may then be encrypted to and decrypted with (RFC 2632, 4.4.2.1).
AGREEMENT = [((), True, True), (("encipherOnly",), True, False), (("decipherOnly",), False, True),
             (("encipherOnly", "decipherOnly"), False, False)]


def add_agreement(label, key):
    for bits, encrypting, decrypting in AGREEMENT:
        named = " and ".join(bits) or "neither of the two bits"

        @case("A-4.4.2.1-1 A-4.4.2.1-2 E-17", f"{label} with keyAgreement and {named}, in both directions")
        def _(w, bits=bits, uses=(("encrypt", encrypting), ("decrypt", decrypting))):
            ee = with_usage(w, "keyAgreement", *bits, key=key)
            return [w.path(ee, purpose=purpose, expect="GOOD" if good else "BAD", codes=[] if good else ["KU_FORBIDS@0"])
                    for purpose, good in uses]

    @case("A-4.4.2.1-1 A-4.4.2.1-2 E-17", f"{label} with encipherOnly or decipherOnly but not keyAgreement may do neither")
    def _(w):
        return [w.path(with_usage(type(w)(), bit, key=key), purpose=purpose, expect="BAD", codes=["KU_FORBIDS@0"])
                for bit in ("encipherOnly", "decipherOnly") for purpose in ("encrypt", "decrypt")]


add_agreement("a DH key", "dh2048/1")
add_agreement("an EC key", "p256:Alice")


@case("A-4.4.2.1-1 A-4.4.2.1-2", "a key for transport cannot be agreed with")
def _(w):
    return w.path(with_usage(w, "keyEncipherment", key="rsa2048-01"), purpose="decrypt", expect="BAD", codes=["KU_FORBIDS@0"])


@case("C-ENV-5 B-ALG-6", "keys that can only sign may never receive")
def _(w):
    root = w.root()
    ees = [w.end_entity("Alice", root, key=key, ext={"keyUsage": None})
           for key in ("dsa2048-a/1", "ed25519:Alice", "ed448:Alice")]
    return [w.path(one, purpose="encrypt", expect="BAD", any_codes=["KU_FORBIDS", "NONCONFORMING"]) for one in ees]


@case("A-4.4.4-1", "key usage and extended key usage are intersected")
def _(w):
    signer = with_usage(w, "digitalSignature", key="rsa2048-01")
    plain = with_usage(w, "digitalSignature", purposes=None, key="rsa2048-02")
    return [run for one in (signer, plain) for run in (
        w.path(one, purpose="sign", expect="GOOD"),
        w.path(one, purpose="encrypt", expect="BAD", codes=["KU_FORBIDS@0"]))]


@case("B-EKU-1", "encipherment in keyUsage and emailProtection in extKeyUsage allow no signing")
def _(w):
    ee = with_usage(w, "keyEncipherment", key="rsa2048-01")
    return [w.path(ee, purpose="sign", expect="BAD", codes=["KU_FORBIDS@0"]),
            w.path(ee, purpose="encrypt", expect="GOOD")]


@case("B-EKU-1", "a contradictory pair allows no use")
def _(w):
    ee = with_usage(w, "keyEncipherment", purposes=("codeSigning",), key="rsa2048-01")
    return [w.path(ee, purpose="sign", expect="BAD", codes=["KU_FORBIDS@0", "EKU_FORBIDS@0"]),
            w.path(ee, purpose="encrypt", expect="BAD", codes=["EKU_FORBIDS@0"])]


# --- extended key usage -----------------------------------------------------------------------------------

def add_purposes(ids, title, purposes, good):
    @case(ids, title)
    def _(w):
        ee = with_usage(w, *SIGNING, purposes=purposes)
        recipient = with_usage(type(w)(), "keyEncipherment", purposes=purposes, key="rsa2048-01")
        if good:
            return [w.path(ee, purpose="sign", expect="GOOD", forbid=["EKU_FORBIDS"]),
                    w.path(recipient, purpose="encrypt", expect="GOOD", forbid=["EKU_FORBIDS"])]
        return [w.path(ee, purpose="sign", expect="BAD", codes=["EKU_FORBIDS@0"]),
                w.path(recipient, purpose="encrypt", expect="BAD", codes=["EKU_FORBIDS@0"])]


add_purposes("A-4.4.4-2", "emailProtection allows mail", ("emailProtection",), True)
add_purposes("A-4.4.4-2 E-21", "anyExtendedKeyUsage allows mail", ("any",), True)
add_purposes("A-4.4.4-2", "no extKeyUsage allows mail", None, True)
add_purposes("A-4.4.4-2", "emailProtection among others allows mail", ("clientAuth", "emailProtection", "codeSigning"), True)
add_purposes("A-4.4.4-2", "clientAuth alone forbids mail", ("clientAuth",), False)
add_purposes("A-4.4.4-2", "many other purposes forbid mail", ("serverAuth", "codeSigning", "timeStamping", "OCSPSigning"), False)
add_purposes("A-4.4.4-2", "a purpose nobody knows forbids mail", ("1.3.6.1.4.1.32473.9.9",), False)


@case("A-4.4.4-2", "a critical extKeyUsage without emailProtection forbids mail, a critical one with it does not")
def _(w):
    root, ca, _ = w.line()
    wrong = w.end_entity("Alice", ca, ext={"extKeyUsage": x.ext_key_usage("clientAuth", critical=True)})
    right = w.end_entity("Bob", ca, ext={"extKeyUsage": x.ext_key_usage("emailProtection", critical=True)})
    return [w.path(wrong, purpose="sign", expect="BAD", codes=["EKU_FORBIDS@0"]), w.path(right, purpose="sign", expect="GOOD")]


@case("A-4.4.4-2 E-21", "a critical anyExtendedKeyUsage is accepted")
def _(w):
    root, ca, ee = w.line(ee=dict(ext={"extKeyUsage": x.ext_key_usage("any", critical=True)}))
    return w.path(ee, purpose="sign", expect="GOOD|WARN", forbid=["EKU_FORBIDS"])


@case("A-4.4.4-2", "a mail signed under clientAuth alone is refused")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, ext={"extKeyUsage": x.ext_key_usage("clientAuth")})
    return w.verify(w.signed_mail(alice), anchors=[root], expect="BAD", codes=["EKU_FORBIDS@0"])


@case("E-21 D-PATH-3", "a CA whose extKeyUsage leaves out mail is told, and refused in strict")
def _(w):
    root, ca, ee = w.line(ca=dict(extra=[x.ext_key_usage("serverAuth")]))
    return [w.path(ee, purpose="sign", expect="WARN"), w.path(ee, purpose="sign", profile="strict", expect="BAD")]


@case("E-21 D-PATH-3", "a CA whose extKeyUsage holds mail or any purpose is good")
def _(w):
    root = w.root()
    cas = [w.ca(f"CA {one}", root, extra=[x.ext_key_usage(one)]) for one in ("emailProtection", "any")]
    return [w.path(w.end_entity("Alice", ca), purpose="sign", expect="GOOD") for ca in cas]


# --- CA keys ----------------------------------------------------------------------------------------------

@case("B-KU-1 A-4.4.2-5", "a CA key without keyCertSign verifies no certificates")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"keyUsage": x.key_usage("cRLSign", "digitalSignature")}))
    return w.path(ee, expect="BAD", any_codes=["KU_FORBIDS@1", "NOT_A_CA@1"])


@case("B-KU-1", "the upper of two CA keys without keyCertSign is found, too")
def _(w):
    root = w.root()
    top = w.ca("Top", root, ext={"keyUsage": x.key_usage("cRLSign")})
    ee = w.end_entity("Alice", w.ca("Sub", top))
    return w.path(ee, expect="BAD", any_codes=["KU_FORBIDS@2", "NOT_A_CA@2"])


@case("B-KU-1 A-4.4.2-5 B-CRL-9 E-19", "a CA key without cRLSign verifies no CRLs")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"keyUsage": x.key_usage("keyCertSign")}))
    return w.path(ee, expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-KU-1", "a CA without keyUsage signs certificates")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"keyUsage": None}))
    return w.path(ee, crls="off", expect="WARN", forbid=["KU_FORBIDS", "NOT_A_CA"])


@case("B-KU-1 A-4.4.2-1 E-18", "a CA's keyUsage is enforced though it is not critical")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"keyUsage": x.key_usage("cRLSign", critical=False)}))
    return w.path(ee, expect="BAD", any_codes=["KU_FORBIDS@1", "NOT_A_CA@1"])


@case("B-KU-1 B-IN-3", "the anchor's keyUsage without keyCertSign is not applied")
def _(w):
    root = w.root(ext={"keyUsage": x.key_usage("digitalSignature", "cRLSign")})
    ee = w.end_entity("Alice", root)
    return w.path(ee, crls="off", expect="WARN", forbid=["KU_FORBIDS", "NOT_A_CA"])


@case("B-KU-2", "keyCertSign with cA false makes no CA")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"basicConstraints": x.basic_constraints(False)}))
    return w.path(ee, expect="BAD", codes=["NOT_A_CA@1"])


@case("B-KU-2", "keyCertSign without basicConstraints makes no CA")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"basicConstraints": None}))
    return w.path(ee, expect="BAD", codes=["NOT_A_CA@1"])


@case("B-KU-2", "keyCertSign in an end entity without cA is told")
def _(w):
    root, ca, ee = w.line(ee=dict(ext={"keyUsage": x.key_usage("digitalSignature", "keyCertSign")}))
    return w.path(ee, purpose="sign", expect="GOOD", codes=["NONCONFORMING"])


@case("B-KU-2", "a keyUsage with no bit set allows nothing and is told")
def _(w):
    root, ca, ee = w.line(ee=dict(ext={"keyUsage": x.key_usage()}))
    other = w.ca("Other", root, ext={"keyUsage": x.key_usage()})
    below = w.end_entity("Bob", other)
    return [w.path(ee, purpose="sign", expect="BAD", codes=["KU_FORBIDS@0", "NONCONFORMING"]),
            w.path(ee, purpose="encrypt", expect="BAD", codes=["KU_FORBIDS@0"]), w.path(below, expect="BAD")]


# --- the BIT STRING ---------------------------------------------------------------------------------------

def raw_usage(value):
    return x.Extension("keyUsage", value, critical=True)


@case("B-KU-3", "the ninth bit stands in the second octet")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, ext={"keyUsage": x.key_usage("keyAgreement", "decipherOnly")})
    other = w.end_entity("Bob", root, ext={"keyUsage": x.key_usage("keyAgreement", "encipherOnly")})
    return [w.show(ee, contains=["decipherOnly"], lacks=["encipherOnly"]),
            w.show(other, contains=["encipherOnly"], lacks=["decipherOnly"])]


@case("B-KU-3", "set padding bits are no DER")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, ext={"keyUsage": raw_usage(b"\x03\x02\x06\xc1")})
    return w.path(ee, expect="BAD|ERROR", codes=["PARSE"])


@case("B-KU-3", "unused-bit counts that cannot be")
def _(w):
    root = w.root()
    values = (b"\x03\x02\x08\xc0", b"\x03\x02\xff\xc0", b"\x03\x01\x01", b"\x03\x00", b"\x03\x01\x07")
    return [w.path(w.end_entity("Alice", root, ext={"keyUsage": raw_usage(one)}), expect="BAD|ERROR", codes=["PARSE"])
            for one in values]


@case("B-KU-3", "trailing zero bits are told, and the bits before them count")
def _(w):
    root = w.root()
    spelt = raw_usage(der.named_bits([0], trailing_zeros=7))
    longer = raw_usage(b"\x03\x03\x00\x80\x00")
    forbidding = raw_usage(b"\x03\x02\x00\x10")
    allowed = [w.end_entity("Alice", root, ext={"keyUsage": one}) for one in (spelt, longer)]
    refused = w.end_entity("Bob", root, ext={"keyUsage": forbidding})
    return [w.path(one, purpose="sign", expect="GOOD", codes=["NONCONFORMING"]) for one in allowed] + [
        w.path(refused, purpose="sign", expect="BAD", codes=["KU_FORBIDS@0"])]


@case("B-KU-3", "bits nobody has defined do not disturb those defined")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, ext={"keyUsage": raw_usage(b"\x03\x04\x00\x80\x00\x01")})
    return w.path(ee, purpose="sign", expect="GOOD|WARN", forbid=["KU_FORBIDS"])
