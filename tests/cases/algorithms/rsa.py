# SPDX-License-Identifier: Apache-2.0
"""RSA with PKCS#1 1.5: identifiers, the whole block, and keys that are none (RFC 3279, 3370; RFC 8017)."""

from pki import der, digests, keys, oids, sign
from pki.certificate import flip
from runner import case

RSA_NULL = sign.algorithm("rsa", der.null())


def under(w, scheme, key="rsa2048-01", **changes):
    """An end entity whose certificate a root with `key` signed under `scheme`."""
    return w.end_entity("Alice", w.root(key=key), scheme=scheme, **changes)


# --- identifiers ------------------------------------------------------------------------------------------

@case("B-ALG-3 E-36", "the NULL beside the signature algorithm is missing: told, and verified")
def _(w):
    ee = under(w, sign.rsa(parameters=b""))
    return w.path(ee, expect="GOOD", codes=["NONCONFORMING"])


@case("B-ALG-3 E-36", "the NULL beside the key algorithm is missing: told, and verified")
def _(w):
    root = w.root(key="rsa2048-01")
    ca = w.ca("CA", root, key="rsa2048-02", spki=keys.get("rsa2048-02").spki(b""))
    return w.path(w.end_entity("Alice", ca), expect="GOOD", codes=["NONCONFORMING"])


@case("B-ALG-3 E-36", "something else than NULL beside the signature algorithm is never passed over in silence")
def _(w):
    ee = under(w, sign.rsa(parameters=der.sequence()))
    return w.path(ee, expect="BAD|UNKNOWN|GOOD", any_codes=["NONCONFORMING", "PARSE", "ALG_UNSUPPORTED", "SIG_BAD"])


def add_digest_identifier(name, null):
    @case("B-ALG-4", f"{name} with parameters {'NULL' if null else 'absent'} as the digest of a message")
    def _(w):
        root = w.root(key="rsa2048-01")
        alice = w.end_entity("Alice", root, key="rsa2048-02")
        mail = w.signed_mail(alice, digest=name, digest_identifier=digests.identifier(name, null))
        return w.verify(mail, anchors=[root], expect="WEAK", codes=["WEAK_ALG"], json={"signers.0.signature": "GOOD"})


for _name in ("sha1", "md5"):
    for _null in (False, True):
        add_digest_identifier(_name, _null)


@case("B-ALG-4", "the DigestInfo of SHA-1 with NULL and without verifies")
def _(w):
    return [w.path(under(type(w)(), sign.rsa("sha1", null=null)), expect="WEAK", codes=["WEAK_ALG@0"], forbid=["SIG_BAD"])
            for null in (True, False)]


@case("B-ALG-5 E-36", "rsaEncryption and the combined OID are two spellings of one signature")
def _(w):
    root = w.root(key="rsa2048-01")
    alice = w.end_entity("Alice", root, key="rsa2048-02")
    spellings = (RSA_NULL, sign.algorithm("sha256-rsa", der.null()), sign.algorithm("sha256-rsa"), sign.algorithm("rsa"))
    return [w.verify(w.signed_mail(alice, signature_identifier=one), anchors=[root], expect="GOOD",
                     json={"signers.0.signature": "GOOD"}) for one in spellings]


@case("B-ALG-5", "a combined OID that names another digest than the message's")
def _(w):
    root = w.root(key="rsa2048-01")
    alice = w.end_entity("Alice", root, key="rsa2048-02")
    mail = w.signed_mail(alice, signature_identifier=sign.algorithm("sha512-rsa", der.null()))
    return w.verify(mail, anchors=[root], expect="BAD")


@case("B-ALG-5", "rsaEncryption alone is no signature algorithm for a certificate")
def _(w):
    ee = under(w, sign.rsa(identifier=RSA_NULL))
    return w.path(ee, expect="BAD|UNKNOWN")


# --- the block --------------------------------------------------------------------------------------------

BLOCKS = {
    "garbage behind the DigestInfo": sign.rsa(block=sign.pad_with_garbage),
    "seven octets of padding": sign.rsa(block=sign.pad_short),
    "block type 2": sign.rsa(block=sign.pad_type_2),
    "a length in long form": sign.rsa(block=sign.pad_long_length),
    "no 00 before the DigestInfo": sign.rsa(block=lambda info, size: b"\x00\x01" + b"\xff" * (size - 2 - len(info)) + info),
    "00 amid the padding": sign.rsa(block=lambda info, size: sign.pad(info, size)[:20] + b"\x00" + sign.pad(info, size)[21:]),
    "octets after the digest inside the DigestInfo": sign.rsa(
        block=lambda info, size: sign.pad(der.sequence(der.content(info), der.null()), size)),
    "garbage as the parameters of the digest": sign.rsa(block=lambda info, size: sign.pad(der.sequence(
        der.sequence(der.oid(oids.DIGESTS["sha256"]), der.octet_string(b"x" * 150)), der.children(info)[1]), size)),
    "only the digest": sign.rsa(block=lambda info, size: sign.pad(der.content(der.children(info)[1]), size)),
}
for _label, _scheme in BLOCKS.items():
    @case("B-ALG-3", f"a block with {_label} is no signature")
    def _(w, scheme=_scheme):
        return w.path(under(w, scheme), expect="BAD", codes=["SIG_BAD@0"])


@case("B-ALG-3", "the digest named in the block is another one than the algorithm's")
def _(w):
    mismatched = sign.rsa("sha1", identifier=sign.algorithm("sha256-rsa", der.null()))
    return w.path(under(w, mismatched), expect="BAD", codes=["SIG_BAD@0"])


@case("B-ALG-3", "Bleichenbacher's forgery for exponent 3, in a certificate")
def _(w):
    return [w.path(under(type(w)(), sign.forged_e3(name), key="rsa2048-e3"), expect="BAD", codes=["SIG_BAD@0"])
            for name in ("sha256", "sha1")]


@case("B-ALG-3", "Bleichenbacher's forgery for exponent 3, in a CRL")
def _(w):
    root = w.root(key="rsa2048-e3")
    ee = w.end_entity("Alice", root)
    w.crl(root, scheme=sign.forged_e3())
    return w.path(ee, expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-ALG-3", "Bleichenbacher's forgery for exponent 3, in a message")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa2048-e3")
    mail = w.signed_mail(alice, scheme=sign.forged_e3().spelt(RSA_NULL))
    return w.verify(mail, anchors=[root], expect="BAD", codes=["SIG_BAD"], json={"signers.0.signature": "BAD"})


@case("B-ALG-3", "signature values of the wrong size or not below the modulus")
def _(w):
    key = keys.get("rsa2048-01")
    number = lambda s: int.from_bytes(s, "big")
    hooks = (lambda s: b"\x00" + s, lambda s: s + b"\x00", lambda s: s[:-1], lambda s: b"", lambda s: b"\x00" * 256,
             lambda s: b"\xff" * 256, lambda s: (number(s) + key.n).to_bytes(257, "big"), lambda s: flip(s, 0))
    return [w.path(under(type(w)(), None, signature_hook=hook), expect="BAD|ERROR", any_codes=["SIG_BAD@0", "PARSE"])
            for hook in hooks]


# --- keys -------------------------------------------------------------------------------------------------

def crafted(w, spki, signature):
    """An end entity under a CA whose public key nobody can have made."""
    root = w.root()
    ca = w.ca("CA", root, key=keys.PublicKey("crafted", spki))
    return w.end_entity("Alice", ca, scheme=sign.fixed(sign.algorithm("sha256-rsa", der.null()), signature))


def exponent_one():
    """With e = 1 everybody can sign: the block is the signature."""
    return sign.Scheme("e1", "sha256", sign.algorithm("sha256-rsa", der.null()),
                       lambda key, data: sign.pad(sign.digest_info("sha256", data), 256))


@case("B-ALG-9", "an exponent of 1 verifies nothing")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, key=keys.PublicKey("e1", keys.get("rsa-e1").spki()))
    ee = w.end_entity("Alice", ca, scheme=exponent_one())
    return w.path(ee, crls="off", expect="BAD|UNKNOWN")


@case("B-ALG-9", "an even modulus verifies nothing")
def _(w):
    ee = crafted(w, keys.get("rsa-even").spki(), b"\x01" * 256)
    return w.path(ee, crls="off", expect="BAD|UNKNOWN")


@case("B-ALG-9 C-KEY-4", "a modulus of 16384 bits is beyond the limit, and quickly so")
def _(w):
    ee = crafted(w, keys.get("rsa16384").spki(), b"\x01" * 2048)
    return w.path(ee, crls="off", expect="BAD|UNKNOWN")


def rsa_spki(n, e):
    return der.sequence(keys.algorithm("rsa", der.null()), der.bit_string(der.sequence(der.integer(n), der.integer(e))))


@case("B-ALG-9", "moduli and exponents no key has")
def _(w):
    n = keys.get("rsa2048-01").n
    pairs = [(n, 0), (n, 2), (n, -3), (-n, 65537), (0, 65537), (1, 65537), (n, n), (n, 2**2000 + 1), (3, 3)]
    return [w.path(crafted(type(w)(), rsa_spki(*pair), b"\x01" * 256), crls="off", expect="BAD|UNKNOWN") for pair in pairs]


@case("B-ALG-9", "an end entity with such a key is not called good either")
def _(w):
    root = w.root()
    spkis = [keys.get("rsa-e1").spki(), keys.get("rsa-even").spki(), rsa_spki(1, 65537)]
    return [w.path(w.end_entity("Alice", root, key=keys.PublicKey("crafted", one)), purpose="sign",
                   expect="BAD|UNKNOWN|WEAK") for one in spkis]


@case("B-ALG-9 B-ENC-7", "a public key that is no RSAPublicKey at all")
def _(w):
    root = w.root()
    values = [b"", b"\x00", der.null(), der.sequence(), der.sequence(der.integer(5)), b"\x30\x80"]
    spkis = [der.sequence(keys.algorithm("rsa", der.null()), der.bit_string(one)) for one in values]
    return [w.path(crafted(type(w)(), one, b"\x01" * 256), crls="off", expect="BAD|UNKNOWN") for one in spkis]
