# SPDX-License-Identifier: Apache-2.0
"""DSA: parameters inherited step by step, numbers in their range, groups that are none
(RFC 3279, 2.3.2; RFC 5280, 6.1.4 d-f; RFC 3850, 2.3)."""

from pki import der, keys, sign
from pki.certificate import flip
from runner import case

MISSING = "KEY_PARAMS_MISSING"


def bare(name):
    """The public key without its parameters."""
    return dict(key=name, spki=keys.get(name).spki(b""))


def group(letter, size=2048):
    return [f"dsa{size}-{letter}/{n}" for n in range(1, 7)]


A = group("a")
OLD_A, OLD_B = group("a", 1024), group("b", 1024)


@case("A-4.3-1 B-ALG-2", "a DSA chain with SHA-1 and DSA CRLs verifies, and is weak")
def _(w):
    root = w.root(key=OLD_A[0])
    ca = w.ca("CA", root, key=OLD_A[1])
    ee = w.end_entity("Alice", ca, key=OLD_A[2])
    return [w.path(ee, expect="WEAK", codes=["WEAK_ALG"], forbid=["SIG_BAD", "CRL_INVALID"]),
            w.path(ee, profile="legacy", expect="WARN"), w.path(ee, profile="strict", expect="BAD")]


@case("A-4.3-1", "a DSA CRL lists the signer")
def _(w):
    root = w.root(key=OLD_A[0])
    ca = w.ca("CA", root, key=OLD_A[1])
    ee = w.end_entity("Alice", ca)
    w.crl(ca, [ee])
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


@case("A-4.3-1", "one bit turned over in a DSA signature, of certificate and CRL")
def _(w):
    root = w.root(key=A[0])
    broken = w.end_entity("Alice", root, signature_hook=lambda s: flip(s, 12))
    good = w.end_entity("Bob", root)
    crl = w.crl(root, signature_hook=lambda s: flip(s, 12))
    return [w.path(broken, crls="off", expect="BAD", codes=["SIG_BAD@0"]),
            w.path(good, crls=[crl], expect="UNKNOWN|WEAK", codes=["CRL_INVALID"])]


@case("B-ALG-1 A-2.3-10 E-37", "parameters in the root only reach the CA and the end entity")
def _(w):
    root = w.root(key=A[0])
    ca = w.ca("CA", root, **bare(A[1]))
    ee = w.end_entity("Alice", ca, **bare(A[2]))
    return w.path(ee, purpose="sign", expect="GOOD|WEAK", forbid=[MISSING, "SIG_BAD"])


@case("B-ALG-1 A-2.3-10 E-37", "parameters reach down through four CAs")
def _(w):
    issuer = w.root(key=A[0])
    for number in range(1, 5):
        issuer = w.ca(f"CA {number}", issuer, **bare(A[number]))
    return w.path(w.end_entity("Alice", issuer, **bare(A[5])), expect="GOOD|WEAK", forbid=[MISSING, "SIG_BAD"])


@case("B-ALG-1 A-2.3-10", "a mail whose signer's DSA parameters stand in the root only")
def _(w):
    root = w.root(key=A[0])
    ca = w.ca("CA", root, **bare(A[1]))
    ee = w.end_entity("Alice", ca, **bare(A[2]))
    return w.verify(w.signed_mail(ee), anchors=[root], expect="GOOD|WEAK", forbid=[MISSING],
                    json={"signers.0.signature": "GOOD"})


@case("B-ALG-1 A-2.3-10 E-37", "no parameters in the root: nothing below it can be verified")
def _(w):
    root = w.root(**bare(A[0]))
    ee = w.end_entity("Alice", root)
    return w.path(ee, crls="off", expect="UNKNOWN|BAD", codes=[MISSING], forbid=["SIG_BAD"])


@case("B-ALG-1 E-37 B-614cf", "an RSA CA in between cuts the inheritance")
def _(w):
    root = w.root(key=A[0])
    middle = w.ca("Middle", root, key="rsa2048-01")
    ca = w.ca("CA", middle, **bare(A[1]))
    ee = w.end_entity("Alice", ca)
    direct = w.end_entity("Bob", middle, **bare(A[2]))
    return [w.path(ee, crls="off", expect="UNKNOWN|BAD", codes=[f"{MISSING}@1"], forbid=["SIG_BAD"]),
            w.path(direct, crls="off", purpose="sign", expect="UNKNOWN|BAD", codes=[f"{MISSING}@0"])]


@case("B-ALG-1 E-37", "parameters are never taken from an unrelated certificate")
def _(w):
    root = w.root(key="rsa2048-01")
    stranger = w.ca("Stranger", root, key=A[3])
    ca = w.ca("CA", root, **bare(A[1]))
    ee = w.end_entity("Alice", ca)
    return w.path(ee, certs=[stranger, ca], anchors=[root], crls="off", expect="UNKNOWN|BAD", codes=[f"{MISSING}@1"])


@case("B-ALG-1", "own parameters beat inherited ones")
def _(w):
    root = w.root(key=OLD_A[0])
    ca = w.ca("CA", root, key=OLD_B[1])
    ee = w.end_entity("Alice", ca, **bare(OLD_B[2]))
    return w.path(ee, purpose="sign", expect="WEAK", forbid=[MISSING, "SIG_BAD"])


@case("B-ALG-1 E-36", "NULL in place of absent parameters is told and inherits as well")
def _(w):
    root = w.root(key=A[0])
    ca = w.ca("CA", root, key=A[1], spki=keys.get(A[1]).spki(der.null()))
    ee = w.end_entity("Alice", ca)
    return w.path(ee, expect="GOOD|WEAK", codes=["NONCONFORMING"], forbid=[MISSING, "SIG_BAD"])


@case("B-ALG-1 B-CRL-8", "the CRL of a CA with inherited parameters is verified with them")
def _(w):
    root = w.root(key=A[0])
    ca = w.ca("CA", root, **bare(A[1]))
    ee = w.end_entity("Alice", ca)
    w.crl(ca, [ee])
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


# --- numbers and groups -----------------------------------------------------------------------------------

@case("B-ALG-2", "DSA numbers out of their range")
def _(w):
    root = w.root(key=A[0])
    changes = (lambda r, s, q: (0, s), lambda r, s, q: (r, 0), lambda r, s, q: (0, 0), lambda r, s, q: (r + q, s),
               lambda r, s, q: (r, s + q), lambda r, s, q: (r, q), lambda r, s, q: (-r, s), lambda r, s, q: (r, -s))
    schemes = [sign.dsa("sha256", forge=one) for one in changes]
    return [w.path(w.end_entity("Alice", root, scheme=one), crls="off", expect="BAD", codes=["SIG_BAD@0"]) for one in schemes]


@case("B-ALG-2 E-36", "parameters beside id-dsa-with-sha1 are told")
def _(w):
    root = w.root(key=OLD_A[0])
    ee = w.end_entity("Alice", root, scheme=sign.dsa("sha1", parameters=der.null()))
    return w.path(ee, crls="off", expect="WEAK|BAD", any_codes=["NONCONFORMING", "PARSE", "SIG_BAD", "ALG_UNSUPPORTED"])


@case("B-ALG-2 E-36", "a mail that names id-dsa as its signature algorithm")
def _(w):
    root = w.root(key=OLD_A[0])
    alice = w.end_entity("Alice", root, key=OLD_A[1])
    id_dsa = der.sequence(der.oid("1.2.840.10040.4.1"))
    mails = [w.signed_mail(alice, digest="sha1", signature_identifier=one) for one in (None, id_dsa)]
    return [w.verify(one, anchors=[root], expect="WEAK", json={"signers.0.signature": "GOOD"}) for one in mails]


def dsa_spki(p, q, g, y):
    parameters = der.sequence(der.integer(p), der.integer(q), der.integer(g))
    return der.sequence(keys.algorithm("dsa", parameters), der.bit_string(der.integer(y)))


def under_crafted(w, p, q, g, y, signature):
    root = w.root()
    ca = w.ca("CA", root, key=keys.PublicKey("crafted", dsa_spki(p, q, g, y)))
    scheme = sign.fixed(sign.algorithm("sha256-dsa"), signature)
    return w.path(w.end_entity("Alice", ca, scheme=scheme), crls="off", expect="BAD|UNKNOWN")


@case("E-37 B-ALG-1", "a generator of 1 lets everybody sign: refused")
def _(w):
    key = keys.get(A[0])
    return under_crafted(w, key.p, key.q, 1, 1, der.sequence(der.integer(1), der.integer(1)))


@case("E-37 B-ALG-1", "a public value of 1, of 0, and beyond p")
def _(w):
    key = keys.get(A[0])
    signature = der.sequence(der.integer(1), der.integer(1))
    values = (1, 0, key.p, key.p - 1, key.p + key.y)
    return [under_crafted(type(w)(), key.p, key.q, key.g, y, signature) for y in values]


@case("E-37 B-ALG-1", "sizes and orders no group has")
def _(w):
    key = keys.get(A[0])
    signature = der.sequence(der.integer(1), der.integer(1))
    groups = [(key.p, 7, key.g, key.y), (key.p + 1, key.q, key.g, key.y), (key.p, key.q + 2, key.g, key.y),
              (key.p, key.q, key.g + 1, key.y), (0, 0, 0, 0), (key.q, key.q, 2, 2), (key.p, key.p, key.g, key.y),
              (2**20000 + 1, key.q, 2, 2)]
    return [under_crafted(type(w)(), *one, signature) for one in groups]


