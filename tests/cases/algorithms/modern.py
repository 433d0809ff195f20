# SPDX-License-Identifier: Apache-2.0
"""Algorithms of today, each in certificates, CRLs and messages (RFC 8550, 8551, 4055, 5754, 8410, 8419)."""

import hashlib

from pki import cms, der, digests, keys, oids, sign
from pki import cms_attributes as a
from pki.certificate import flip
from runner import case


def whole_chain(w, key_names, scheme):
    """Root, CA and end entity with these keys, every signature under one scheme."""
    root = w.root(key=key_names[0], scheme=scheme)
    root.scheme = scheme
    ca = w.ca("CA", root, key=key_names[1], scheme=scheme)
    ca.scheme = scheme
    return root, ca, w.end_entity("Alice", ca, key=key_names[2], scheme=scheme)


def add(ids, title, key_names, scheme, message=None):
    @case(ids, f"{title}: chain, CRLs and message")
    def _(w):
        chosen = sign.scheme(scheme, keys.get(key_names[0]))
        root, ca, ee = whole_chain(w, key_names, chosen)
        mail = w.signed_mail(ee, digest=chosen.digest, **(message or {}))
        return [w.path(ee, purpose="sign", expect="GOOD", forbid=["WEAK_ALG", "WEAK_KEY"]),
                w.verify(mail, anchors=[root], expect="GOOD", json={"signers.0.signature": "GOOD"})]

    @case(ids, f"{title}: one bit of a signature turned over")
    def _(w):
        chosen = sign.scheme(scheme, keys.get(key_names[0]))
        root, ca, _ = whole_chain(w, key_names, chosen)
        ee = w.end_entity("Mallory", ca, key=key_names[2], scheme=chosen, signature_hook=lambda s: flip(s, len(s) // 2))
        return w.path(ee, expect="BAD", codes=["SIG_BAD@0"])


RSA_2048 = ("rsa2048-01", "rsa2048-02", "rsa2048-03")
for _digest in ("sha256", "sha384", "sha512"):
    add("D-ALG-1 B-ALG-9 D-ALG-4", f"RSA 2048 with {_digest}", RSA_2048, f"{_digest}-rsa")
    add("D-ALG-3 B-ALG-9", f"RSASSA-PSS with {_digest}", RSA_2048, f"{_digest}-pss", dict(scheme=f"{_digest}-pss"))
add("D-ALG-1 B-ALG-9", "RSA 3072", ("rsa3072-1", "rsa3072-1", "rsa2048-04"), "sha256-rsa")
add("D-ALG-1 B-ALG-9 C-KEY-4", "RSA 4096", ("rsa4096-1", "rsa4096-2", "rsa4096-2"), "sha256-rsa")
add("D-ALG-1 B-ALG-9", "RSA with exponent 3", ("rsa2048-e3", "rsa2048-e3", "rsa2048-05"), "sha256-rsa")
add("D-ALG-2 B-ALG-9", "ECDSA P-256 with SHA-256", ("p256:a", "p256:b", "p256:c"), "sha256-ecdsa")
add("D-ALG-2 B-ALG-9", "ECDSA P-384 with SHA-384", ("p384:a", "p384:b", "p384:c"), "sha384-ecdsa")
add("D-ALG-2 B-ALG-9", "ECDSA P-521 with SHA-512", ("p521:a", "p521:b", "p521:c"), "sha512-ecdsa")
add("D-ALG-2 B-ALG-9", "ECDSA P-256 with SHA-512", ("p256:a", "p256:b", "p256:c"), "sha512-ecdsa")
add("D-ALG-2 B-ALG-9", "ECDSA P-384 with SHA-256", ("p384:a", "p384:b", "p384:c"), "sha256-ecdsa")
add("D-ALG-2 B-ALG-9", "Ed25519", ("ed25519:a", "ed25519:b", "ed25519:c"), "ed25519")


@case("B-ALG-9 D-ALG-2", "Ed448: chain and CRLs")
def _(w):
    root, ca, ee = whole_chain(w, ("ed448:a", "ed448:b", "ed448:c"), sign.named("ed448"))
    return w.path(ee, purpose="sign", expect="GOOD")


@case("B-ALG-9 D-ALG-2", "Ed448: a message with SHAKE256 as digest")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, key="ed448:Alice")
    content = b"Content-Type: text/plain\r\n\r\nHello\r\n"
    hashed = hashlib.shake_256(content).digest(64)
    identifier = der.sequence(der.oid(oids.DIGESTS["shake256"]))
    info = cms.signer_info(ee, content, replace={"messageDigest": a.message_digest(hashed)}, digest_identifier=identifier)
    return w.verify(w.signed_mail([info], "Alice <alice@example.com>", part=content, certs=[ee],
                                  mime_options=dict(micalg="shake256")), anchors=[root],
                    expect="GOOD|UNKNOWN", forbid=["SIG_BAD", "DIGEST_MISMATCH"])


@case("D-ALG-1 B-ALG-9", "RSA 8192 verifies")
def _(w):
    root = w.root(key="rsa8192-1")
    ee = w.end_entity("Alice", root)
    return w.path(ee, expect="GOOD")


@case("D-ALG-1 B-ALG-9", "a chain of mixed algorithms")
def _(w):
    root = w.root(key="rsa4096-1")
    top = w.ca("Top", root, key="p384:top")
    sub = w.ca("Sub", top, key="ed25519:sub")
    low = w.ca("Low", sub, key="rsa2048-01", scheme="ed25519")
    ee = w.end_entity("Alice", low, key="p256:Alice", scheme="sha256-pss")
    return w.path(ee, purpose="sign", expect="GOOD")


@case("D-ALG-1", "SHA-224 is taken as it is")
def _(w):
    root = w.root(key="rsa2048-01")
    ee = w.end_entity("Alice", root, scheme="sha224-rsa")
    return w.path(ee, expect="GOOD|WARN|WEAK", forbid=["SIG_BAD"])


# --- RSASSA-PSS parameters --------------------------------------------------------------------------------

def under_rsa(w, scheme, **changes):
    root = w.root(key="rsa2048-01")
    return w.end_entity("Alice", root, scheme=scheme, **changes)


PSS_GOOD = {
    "no salt": sign.pss("sha256", salt=0), "a salt of 222 octets": sign.pss("sha256", salt=222),
    "a salt of 20 octets": sign.pss("sha256", salt=20), "another digest in the mask": sign.pss("sha256", mgf="sha512", salt=32),
}
for _label, _scheme in PSS_GOOD.items():
    @case("D-ALG-3 B-ALG-9", f"RSASSA-PSS with {_label}")
    def _(w, scheme=_scheme):
        return w.path(under_rsa(w, scheme), expect="GOOD|WARN", forbid=["SIG_BAD"])


@case("D-ALG-3 B-ALG-9", "RSASSA-PSS whose digest identifiers lack their NULL")
def _(w):
    scheme = sign.pss("sha256", parameters=sign.pss_parameters("sha256", salt=32, null=False))
    return w.path(under_rsa(w, scheme), expect="GOOD", forbid=["SIG_BAD"])


@case("D-ALG-3 B-ALG-10", "RSASSA-PSS with its defaults is SHA-1, and weak")
def _(w):
    scheme = sign.pss("sha1", salt=20)
    return w.path(under_rsa(w, scheme), expect="WEAK", codes=["WEAK_ALG@0"], forbid=["SIG_BAD"])


PSS_BAD = {
    "another salt length than written": sign.pss("sha256", salt=20, parameters=sign.pss_parameters("sha256", salt=32)),
    "another digest than written": sign.pss("sha256", salt=32, parameters=sign.pss_parameters("sha512", salt=32)),
    "another mask than written": sign.pss("sha256", mgf="sha1", salt=32, parameters=sign.pss_parameters("sha256", salt=32)),
}
for _label, _scheme in PSS_BAD.items():
    @case("D-ALG-3 B-ALG-9", f"RSASSA-PSS with {_label}")
    def _(w, scheme=_scheme):
        return w.path(under_rsa(w, scheme), expect="BAD", codes=["SIG_BAD@0"])


PSS_ODD = {
    "trailer field 2": sign.pss("sha256", parameters=sign.pss_parameters("sha256", trailer=2)),
    "a negative salt length": sign.pss("sha256", parameters=sign.pss_parameters("sha256", salt=-1)),
    "a salt length beyond the key": sign.pss("sha256", parameters=sign.pss_parameters("sha256", salt=100000)),
    "a salt length beyond every integer": sign.pss("sha256", parameters=sign.pss_parameters("sha256", salt=2**70)),
    "no parameters at all": sign.pss("sha256", parameters=b""),
    "NULL as parameters": sign.pss("sha256", parameters=der.null()),
    "an unknown mask": sign.pss("sha256", parameters=der.sequence(
        der.explicit(0, digests.identifier("sha256")),
        der.explicit(1, der.sequence(der.oid(oids.PRIVATE_ALGORITHM), digests.identifier("sha256"))),
        der.explicit(2, der.integer(32)))),
    "garbage as parameters": sign.pss("sha256", parameters=der.octet_string(b"x")),
}
for _label, _scheme in PSS_ODD.items():
    @case("D-ALG-3 B-ALG-9", f"RSASSA-PSS with {_label} is never good")
    def _(w, scheme=_scheme):
        return w.path(under_rsa(w, scheme), expect="BAD|UNKNOWN|ERROR")


def pss_key(name, parameters):
    """A key bound to RSASSA-PSS by its SubjectPublicKeyInfo."""
    key = keys.get(name)
    return der.sequence(sign.algorithm("pss", parameters), der.bit_string(key.public_octets()))


@case("D-ALG-3", "a key bound to RSASSA-PSS, with and without parameters")
def _(w):
    runs = []
    for parameters in (b"", sign.pss_parameters("sha256", salt=32)):
        world = type(w)()
        root = world.root(key="rsa2048-01")
        ca = world.ca("CA", root, key="rsa2048-02", spki=pss_key("rsa2048-02", parameters))
        ca.scheme = sign.named("sha256-pss")
        runs.append(world.path(world.end_entity("Alice", ca), expect="GOOD", forbid=["SIG_BAD"]))
    return runs


@case("D-ALG-3", "a key bound to RSASSA-PSS makes no PKCS#1 1.5 signatures, nor any under other parameters")
def _(w):
    runs = []
    for parameters, scheme in ((b"", "sha256-rsa"), (sign.pss_parameters("sha256", salt=32), "sha512-pss"),
                               (sign.pss_parameters("sha512", salt=64), "sha256-pss")):
        world = type(w)()
        root = world.root(key="rsa2048-01")
        ca = world.ca("CA", root, key="rsa2048-02", spki=pss_key("rsa2048-02", parameters))
        ee = world.end_entity("Alice", ca, scheme=scheme)
        runs.append(world.path(ee, crls="off", expect="BAD|UNKNOWN"))
    return runs


# --- the algorithm and the key must fit -------------------------------------------------------------------

@case("B-ALG-9 D-ALG-2", "an algorithm that does not fit the key is never good")
def _(w):
    rsa, ec, ed = w.root("RSA", key="rsa2048-01"), w.root("EC"), w.root("Ed", key="ed25519:Root")
    wrong = [w.end_entity("Alice", rsa, scheme=sign.fixed(sign.algorithm("sha256-ecdsa"))),
             w.end_entity("Alice", ec, scheme=sign.fixed(sign.algorithm("sha256-rsa", der.null()))),
             w.end_entity("Alice", ed, scheme=sign.fixed(sign.algorithm("sha256-ecdsa"))),
             w.end_entity("Alice", ec, scheme=sign.fixed(sign.algorithm("ed25519")))]
    return [w.path(one, expect="BAD|UNKNOWN", any_codes=["SIG_BAD@0", "ALG_UNSUPPORTED@0", "PARSE@0"]) for one in wrong]


def forged_ecdsa(change):
    return sign.ecdsa(forge=change)


@case("D-ALG-2 B-ALG-2", "ECDSA numbers out of their range")
def _(w):
    root = w.root()
    changes = (lambda r, s, n: (0, s), lambda r, s, n: (r, 0), lambda r, s, n: (0, 0), lambda r, s, n: (r + n, s),
               lambda r, s, n: (r, s + n), lambda r, s, n: (-r, s), lambda r, s, n: (1, 1))
    return [w.path(w.end_entity("Alice", root, scheme=forged_ecdsa(one)), expect="BAD", codes=["SIG_BAD@0"])
            for one in changes]


@case("D-ALG-2 B-ENC-7", "ECDSA values that are no DER")
def _(w):
    root = w.root()
    hooks = (lambda s: s + b"\x00", lambda s: der.tlv(der.SEQUENCE, der.content(s), length_octets=2), lambda s: s[:-1],
             lambda s: b"", lambda s: der.sequence(*(der.integer(b"\x00\x00" + der.content(n)) for n in der.children(s))))
    return [w.path(w.end_entity("Alice", root, signature_hook=hook), expect="BAD|ERROR", any_codes=["SIG_BAD@0", "PARSE"])
            for hook in hooks]


@case("D-ALG-2", "Ed25519 with parameters beside its identifier is told or refused")
def _(w):
    root = w.root(key="ed25519:Root")
    ee = w.end_entity("Alice", root, scheme=sign.eddsa("ed25519", der.null()))
    return w.path(ee, crls="off", expect="BAD|WARN", any_codes=["NONCONFORMING", "PARSE", "SIG_BAD", "ALG_UNSUPPORTED"])


@case("D-ALG-2", "Ed25519 signatures of wrong length or with s beyond the order")
def _(w):
    root = w.root(key="ed25519:Root")
    order = 2**252 + 27742317777372353535851937790883648493
    beyond = lambda s: s[:32] + (int.from_bytes(s[32:], "little") + order).to_bytes(32, "little")
    hooks = (lambda s: s[:-1], lambda s: s + b"\x00", lambda s: b"", beyond)
    return [w.path(w.end_entity("Alice", root, signature_hook=hook), expect="BAD", codes=["SIG_BAD@0"]) for hook in hooks]


@case("D-ALG-4 B-ALG-4", "SHA-2 digests in a message with absent parameters and with NULL")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    return [w.verify(w.signed_mail(alice, digest=name, digest_identifier=digests.identifier(name, null)), anchors=[root],
                     expect="GOOD") for name in ("sha256", "sha384", "sha512") for null in (False, True)]
