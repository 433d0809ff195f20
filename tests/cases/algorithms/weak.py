# SPDX-License-Identifier: Apache-2.0
"""Old digests and short keys: computed, then told (RFC 3850, 4.3; RFC 8550, 4.3)."""

from pki import keys, sign
from pki.certificate import flip
from runner import case

KEYS_BY_SIZE = {512: ("rsa512-1", "rsa512-2"), 1024: ("rsa1024-1", "rsa1024-2"), 1536: ("rsa1536-1", "rsa1536-2"),
                2048: ("rsa2048-01", "rsa2048-02")}


def chain(w, size, scheme, **ee):
    """Root and CA with keys of this size signing under `scheme`, the end entity with a good key."""
    upper, lower = KEYS_BY_SIZE[size]
    root = w.root(key=upper, scheme=scheme)
    root.scheme = scheme
    ca = w.ca("CA", root, key=lower)
    ca.scheme = scheme
    return root, ca, w.end_entity("Alice", ca, key="rsa2048-03", **ee)


def add(ids, digest, size):
    codes = ["WEAK_ALG@0", "WEAK_ALG@1"] + (["WEAK_KEY@1"] if size < 2048 else [])

    @case(ids, f"{digest} with RSA of {size} bits: certificates and CRLs verify, and are weak")
    def _(w):
        root, ca, ee = chain(w, size, sign.named(f"{digest}-rsa"))
        return [w.path(ee, expect="WEAK", codes=codes, forbid=["SIG_BAD", "CRL_INVALID"]),
                w.path(ee, profile="legacy", expect="WARN", codes=codes),
                w.path(ee, profile="strict", expect="BAD", codes=codes, forbid=["SIG_BAD"])]

    @case(ids, f"{digest} with RSA of {size} bits: a bit turned over in a certificate and in a CRL")
    def _(w):
        root, ca, bad = chain(w, size, sign.named(f"{digest}-rsa"), signature_hook=lambda s: flip(s, 9))
        good = w.end_entity("Bob", ca)
        crl = w.crl(ca, signature_hook=lambda s: flip(s, 9))
        return [w.path(bad, crls="off", expect="BAD", codes=["SIG_BAD@0"]),
                w.path(good, crls=[w.crl(root), crl], expect="UNKNOWN", codes=["CRL_INVALID"])]

    @case(ids, f"{digest} with RSA of {size} bits: a CRL lists the signer")
    def _(w):
        root, ca, ee = chain(w, size, sign.named(f"{digest}-rsa"))
        w.crl(ca, [ee])
        return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


for _size in KEYS_BY_SIZE:
    add("A-4.3-2 E-1 E-2", "sha1", _size)
    add("A-4.3-3 E-1 E-2", "md5", _size)


@case("A-4.3-4 A-5-7 E-1 E-4", "MD2: a certificate signed with it is verified and weak, or the algorithm is not supported")
def _(w):
    root = w.root(key="rsa2048-01")
    ee = w.end_entity("Alice", root, scheme="md2-rsa")
    bad = w.end_entity("Bob", root, scheme="md2-rsa", signature_hook=flip)
    return [w.path(ee, expect="WEAK|UNKNOWN", any_codes=["WEAK_ALG@0", "ALG_UNSUPPORTED@0"], forbid=["SIG_BAD"]),
            w.path(bad, expect="BAD|UNKNOWN", any_codes=["SIG_BAD@0", "ALG_UNSUPPORTED@0"])]


@case("A-4.3-4 A-5-7", "MD2: an intermediate with 1024 bits, as roots of the nineties made them")
def _(w):
    root = w.root(key="rsa1024-1", scheme="md2-rsa")
    ca = w.ca("CA", root, key="rsa1024-2", scheme="md2-rsa")
    ee = w.end_entity("Alice", ca)
    return w.path(ee, expect="WEAK|UNKNOWN", any_codes=["WEAK_ALG@1", "ALG_UNSUPPORTED@1"], forbid=["SIG_BAD"])


# --- where the weakness stands ----------------------------------------------------------------------------

@case("B-ALG-10", "a weak digest is told at the certificate it signs")
def _(w):
    root = w.root(key="rsa2048-01")
    leaf = w.end_entity("Alice", w.ca("CA 1", root, key="rsa2048-02"), scheme="md5-rsa")
    middle = w.end_entity("Bob", w.ca("CA 2", root, key="rsa2048-03", scheme="md5-rsa"))
    return [w.path(leaf, expect="WEAK", codes=["WEAK_ALG@0"], forbid=["WEAK_ALG@1"]),
            w.path(middle, expect="WEAK", codes=["WEAK_ALG@1"], forbid=["WEAK_ALG@0"])]


@case("B-ALG-10 E-20", "MD5 in the anchor's self-signature is of no account")
def _(w):
    root = w.root(key="rsa2048-01", scheme="md5-rsa")
    return w.path(w.end_entity("Alice", root), expect="GOOD", forbid=["WEAK_ALG"])


@case("B-ALG-10", "a weak digest of a CRL is told")
def _(w):
    root = w.root(key="rsa2048-01")
    ee = w.end_entity("Alice", root)
    w.crl(root, scheme="md5-rsa")
    return w.path(ee, expect="WEAK", codes=["WEAK_ALG"])


@case("B-ALG-10 D-ALG-1 E-2", "a short key is told at its certificate")
def _(w):
    root = w.root(key="rsa2048-01")
    leaf = w.end_entity("Alice", root, key="rsa1024-1")
    middle = w.end_entity("Bob", w.ca("CA", root, key="rsa1024-2"))
    return [w.path(leaf, purpose="sign", expect="WEAK", codes=["WEAK_KEY@0"]),
            w.path(middle, expect="WEAK", codes=["WEAK_KEY@1"], forbid=["WEAK_KEY@0"])]


@case("B-ALG-10 D-ALG-1", "a short key of the anchor makes everything below it weak")
def _(w):
    root = w.root(key="rsa1024-1")
    return w.path(w.end_entity("Alice", root), expect="WEAK", codes=["WEAK_KEY"])


@case("D-ALG-1 E-2", "keys of 2048 bits are not weak, those below are")
def _(w):
    runs = []
    for name, verdict in (("rsa2048-04", "GOOD"), ("rsa3072-1", "GOOD"), ("rsa1536-1", "WEAK"), ("rsa1024-1", "WEAK"),
                          ("rsa512-1", "WEAK"), ("p256:x", "GOOD"), ("ed25519:x", "GOOD")):
        world = type(w)()
        ee = world.end_entity("Alice", world.root(), key=name)
        runs.append(world.path(ee, purpose="sign", expect=verdict))
    return runs


@case("B-ALG-10 D-ALG-1", "a mail with a weak digest, and one with a short key")
def _(w):
    root = w.root(key="rsa2048-01")
    alice = w.end_entity("Alice", root, key="rsa2048-02")
    bob = w.end_entity("Bob", root, key="rsa1024-1")
    return [w.verify(w.signed_mail(alice, digest="sha1"), anchors=[root], expect="WEAK", codes=["WEAK_ALG"]),
            w.verify(w.signed_mail(alice, digest="md5"), anchors=[root], expect="WEAK", codes=["WEAK_ALG"]),
            w.verify(w.signed_mail(bob), anchors=[root], expect="WEAK", codes=["WEAK_KEY"]),
            w.verify(w.signed_mail(alice, digest="sha1"), anchors=[root], profile="strict", expect="BAD"),
            w.verify(w.signed_mail(alice, digest="sha1"), anchors=[root], profile="legacy", expect="WARN")]


@case("E-3", "weak never hides bad")
def _(w):
    root = w.root(key="rsa1024-1")
    ee = w.end_entity("Alice", root, scheme="md5-rsa")
    w.crl(root, [ee], scheme="md5-rsa")
    return [w.path(ee, profile=one, expect="BAD", codes=["CERT_REVOKED@0"]) for one in ("default", "legacy", "strict")]


# --- sizes ------------------------------------------------------------------------------------------------

@case("C-KEY-4", "keys of 511, 512, 4096 and 8192 bits verify")
def _(w):
    runs = []
    for name, verdict in (("rsa511-1", "WEAK"), ("rsa512-1", "WEAK"), ("rsa4096-1", "GOOD"), ("rsa8192-1", "GOOD")):
        world = type(w)()
        root = world.root(key=name)
        runs.append(world.path(world.end_entity("Alice", root), expect=verdict, forbid=["SIG_BAD"]))
    return runs


@case("C-KEY-4", "mails signed with keys of 511, 4096 and 8192 bits verify")
def _(w):
    root = w.root()
    runs = []
    for name, verdict in (("rsa511-1", "WEAK"), ("rsa4096-1", "GOOD"), ("rsa8192-1", "GOOD")):
        alice = w.end_entity("Alice", root, key=name)
        runs.append(w.verify(w.signed_mail(alice), anchors=[root], expect=verdict, json={"signers.0.signature": "GOOD"}))
    return runs


@case("C-KEY-4", "a modulus above the cap costs no time and is no bad signature in silence")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, key=keys.PublicKey("huge", keys.get("rsa16384").spki()))
    huge = sign.fixed(sign.rsa().identifier, b"\x01" * 2048)
    return w.path(w.end_entity("Alice", ca, scheme=huge), crls="off", expect="BAD|UNKNOWN", any_codes=["LIMIT", "SIG_BAD@0"])


@case("C-KEY-5", "every verdict for people says how strong the keys behind it are")
def _(w):
    root = w.root(key="rsa2048-01")
    alice = w.end_entity("Alice", root, key="rsa2048-02")
    return [w.path(alice, expect="GOOD", reads_json=False, contains=["RSA 2048"]),
            w.verify(w.signed_mail(alice), anchors=[root], expect="GOOD", reads_json=False, contains=["RSA 2048"])]
