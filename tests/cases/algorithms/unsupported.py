# SPDX-License-Identifier: Apache-2.0
"""Algorithms nobody here knows, and key types with their own rules (RFC 3279, 5480, 8410)."""

from pki import der, keys, oids, sign
from pki import extensions as x
from pki.times import days
from runner import case

UNKNOWN = der.sequence(der.oid(oids.PRIVATE_ALGORITHM))


@case("B-ALG-8", "a certificate under a signature algorithm nobody knows")
def _(w):
    root, ca, ee = w.line(ee=dict(scheme=sign.fixed(UNKNOWN)))
    return w.path(ee, expect="UNKNOWN", codes=["ALG_UNSUPPORTED@0"], forbid=["SIG_BAD"])


@case("B-ALG-8", "an intermediate under a signature algorithm nobody knows")
def _(w):
    root, ca, ee = w.line(ca=dict(scheme=sign.fixed(UNKNOWN)))
    return w.path(ee, expect="UNKNOWN", codes=["ALG_UNSUPPORTED@1"], forbid=["SIG_BAD"])


@case("B-ALG-8", "a CA whose key nobody knows how to use")
def _(w):
    spki = der.sequence(UNKNOWN, der.bit_string(b"\x01\x02\x03"))
    root = w.root()
    ca = w.ca("CA", root, key=keys.PublicKey("odd", spki))
    ee = w.end_entity("Alice", ca, scheme=sign.fixed(UNKNOWN))
    return w.path(ee, crls="off", expect="UNKNOWN", codes=["ALG_UNSUPPORTED"], forbid=["SIG_BAD"])


@case("B-ALG-8", "a CRL under a signature algorithm nobody knows settles nothing")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, scheme=sign.fixed(UNKNOWN))
    return w.path(ee, expect="UNKNOWN", any_codes=["CRL_INVALID", "ALG_UNSUPPORTED"])


@case("B-ALG-8", "an unknown algorithm beside a fault that is certain: both are told")
def _(w):
    root, ca, ee = w.line(ee=dict(scheme=sign.fixed(UNKNOWN), not_after=days(-1)))
    return w.path(ee, expect="BAD", codes=["ALG_UNSUPPORTED@0", "CERT_EXPIRED@0"])


@case("B-ALG-8 C-SD-3", "a message under a signature algorithm, or a digest, nobody knows")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    return [w.verify(w.signed_mail(alice, signature_identifier=UNKNOWN), anchors=[root], expect="UNKNOWN",
                     codes=["ALG_UNSUPPORTED"], json={"signers.0.signature": "UNKNOWN"}),
            w.verify(w.signed_mail(alice, digest_identifier=UNKNOWN), anchors=[root], expect="UNKNOWN",
                     codes=["ALG_UNSUPPORTED"], json={"signers.0.signature": "UNKNOWN"})]


@case("B-ALG-8 D-ALG-6", "ML-DSA is verified or not supported, never a bad signature")
def _(w):
    ml_dsa_44 = der.sequence(der.oid("2.16.840.1.101.3.4.3.17"))
    root, ca, ee = w.line(ee=dict(scheme=sign.fixed(ml_dsa_44, b"\x00" * 2420)))
    return w.path(ee, expect="UNKNOWN|BAD", any_codes=["ALG_UNSUPPORTED@0", "SIG_BAD@0"])


# --- elliptic curves --------------------------------------------------------------------------------------

def ca_with(w, spki, key="p256:CA"):
    """An end entity under a CA with this public key; the signature is right for `key`."""
    root = w.root()
    ca = w.ca("CA", root, key=key, spki=spki)
    return w.end_entity("Alice", ca)


@case("B-ALG-7", "explicit curve parameters are refused, though they are those of P-256")
def _(w):
    key = keys.get("p256:CA")
    ee = ca_with(w, key.spki(key.explicit_parameters()))
    return w.path(ee, crls="off", expect="BAD|UNKNOWN", forbid=["SIG_BAD"])


@case("B-ALG-7", "an implicit curve is refused, as NULL and as absent parameters")
def _(w):
    key = keys.get("p256:CA")
    return [w.path(ca_with(type(w)(), key.spki(one)), crls="off", expect="BAD|UNKNOWN") for one in (der.null(), b"")]


@case("B-ALG-7 B-ALG-8", "a curve nobody knows is not supported")
def _(w):
    key = keys.get("p256:CA")
    ee = ca_with(w, key.spki(der.oid(oids.PRIVATE_CURVE)))
    return w.path(ee, crls="off", expect="UNKNOWN", codes=["ALG_UNSUPPORTED"], forbid=["SIG_BAD"])


@case("B-ALG-7", "a compressed point is the same key")
def _(w):
    key = keys.get("p256:CA")
    spki = der.sequence(keys.algorithm("ec", key.parameters()), der.bit_string(key.public_octets("compressed")))
    return w.path(ca_with(w, spki), crls="off", expect="WARN|UNKNOWN", forbid=["SIG_BAD"])


def points():
    key = keys.get("p256:CA")
    good = key.public_octets()
    return {
        "off the curve": good[:-1] + bytes([good[-1] ^ 1]), "at infinity": b"\x00", "with no octets": b"",
        "cut short": good[:-1], "with an octet too many": good + b"\x00", "with coordinates beyond the field":
            b"\x04" + b"\xff" * 64, "of zeros": b"\x04" + b"\x00" * 64, "in a form nobody knows": b"\x05" + good[1:],
    }


def add_point(label, octets):
    @case("B-ALG-7", f"a point {label} is no key, in CA and end entity")
    def _(w):
        key = keys.get("p256:CA")
        spki = der.sequence(keys.algorithm("ec", key.parameters()), der.bit_string(octets))
        root = w.root()
        ee = w.end_entity("Bob", root, key=keys.PublicKey("crafted", spki))
        return [w.path(ca_with(w, spki), crls="off", expect="BAD|UNKNOWN"),
                w.path(ee, crls="off", purpose="sign", expect="BAD|UNKNOWN")]


for _label, _octets in points().items():
    add_point(_label, _octets)


# --- keys for agreement -----------------------------------------------------------------------------------

def agreement(w, key, *bits):
    return w.end_entity("Alice", w.root(), key=key, ext={"keyUsage": x.key_usage(*bits)})


@case("B-ALG-7 B-ALG-6", "Diffie-Hellman keys may receive and never sign")
def _(w):
    ees = [agreement(w, key, "keyAgreement") for key in ("dh2048/1", "x25519:Alice")]
    return [run for ee in ees for run in (w.path(ee, purpose="encrypt", expect="GOOD"),
                                          w.path(ee, purpose="sign", expect="BAD", any_codes=["KU_FORBIDS@0"]))]


@case("B-ALG-6", "a Diffie-Hellman key that claims to sign is refused for signing")
def _(w):
    ees = [agreement(w, key, "digitalSignature", "keyAgreement") for key in ("dh2048/1", "x25519:Alice")]
    return [w.path(ee, purpose="sign", expect="BAD|UNKNOWN") for ee in ees]


@case("B-ALG-7 B-ALG-10", "a Diffie-Hellman group of 1024 bits is weak")
def _(w):
    return w.path(agreement(w, "dh1024/1", "keyAgreement"), purpose="encrypt", expect="WEAK", codes=["WEAK_KEY@0"])


@case("B-ALG-7", "Diffie-Hellman groups and values that are none")
def _(w):
    key = keys.get("dh2048/1")
    def spki(p, g, q, y):
        return der.sequence(keys.algorithm("dh", der.sequence(der.integer(p), der.integer(g), der.integer(q))),
                            der.bit_string(der.integer(y)))
    crafted = [spki(key.p, 1, key.q, 1), spki(key.p + 1, key.g, key.q, key.y), spki(key.p, key.g, 7, key.y),
               spki(key.p, key.g, key.q, 0), spki(key.p, key.g, key.q, 1), spki(key.p, key.g, key.q, key.p),
               spki(key.p, key.g, key.q, key.p - 1), spki(0, 0, 0, 0)]
    ees = [w.end_entity("Alice", w.root(), key=keys.PublicKey("crafted", one), ext={"keyUsage": x.key_usage("keyAgreement")})
           for one in crafted]
    return [w.path(ee, purpose="encrypt", crls="off", expect="BAD|UNKNOWN|WEAK") for ee in ees]


@case("B-ALG-6 E-40", "key usage bits that do not suit the kind of key are told")
def _(w):
    root = w.root()
    odd = [("p256:Alice", ("digitalSignature", "keyEncipherment")), ("ed25519:Alice", ("digitalSignature", "keyAgreement")),
           ("rsa2048-01", ("digitalSignature", "keyAgreement")), ("dsa2048-a/1", ("digitalSignature", "keyEncipherment"))]
    ees = [w.end_entity("Alice", root, key=key, ext={"keyUsage": x.key_usage(*bits)}) for key, bits in odd]
    return [w.path(ee, purpose="sign", expect="GOOD|WEAK", codes=["NONCONFORMING@0"]) for ee in ees]


# --- static Diffie-Hellman bits ---------------------------------------------------------------------------

def add_agreement(key, bits, good):
    label = ", ".join(bits) or "no bits"

    @case("A-4.4.2.1-2 E-17", f"encrypting to a {key.split('/')[0].split(':')[0]} key with {label}")
    def _(w):
        ee = agreement(w, key, *bits)
        if good:
            return w.path(ee, purpose="encrypt", expect="GOOD", forbid=["KU_FORBIDS"])
        return w.path(ee, purpose="encrypt", expect="BAD", codes=["KU_FORBIDS@0"])


for _key in ("dh2048/1", "p256:Alice"):
    add_agreement(_key, ("keyAgreement",), True)
    add_agreement(_key, ("keyAgreement", "encipherOnly"), True)
    add_agreement(_key, ("keyAgreement", "decipherOnly"), False)
    add_agreement(_key, ("keyAgreement", "encipherOnly", "decipherOnly"), False)
    add_agreement(_key, ("encipherOnly",), False)
