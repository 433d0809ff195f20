#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keys and signatures, right and wrong, for the unit tests: vectors.py GROUP FILE.

Each row says what the library must answer to the key and to the signature. The arithmetic is tests/pki's, which
shares nothing with the library; published vectors stand in the tests themselves.
"""

import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import der, digests, elliptic, keys, oids, sign  # noqa: E402

MESSAGE = b"sample"


class Row:
    def __init__(self, what, spki, scheme=None, signature=b"", key="OK", answer="VALID", parameters=b"",
                 identifier=None, max_bits=8192):
        self.what, self.key, self.answer, self.max_bits = what, key, answer, max_bits
        self.spans = [spki, parameters, identifier or (scheme.identifier if scheme else b""), signature]


def signed(what, key, scheme, answer="VALID", spki=None, identifier=None, **more):
    """KEY's signature by SCHEME; perhaps shown under another key or another algorithm."""
    return Row(what, spki or key.spki(), scheme, scheme.sign(key, MESSAGE), answer=answer, identifier=identifier, **more)


def forged(what, key, scheme, signature):
    return Row(what, key.spki(), scheme, signature, answer="INVALID")


def bad_key(what, spki, check="MALFORMED", **more):
    return Row(what, spki, key=check, **more)


def spki_of(kind, parameters, public):
    return der.sequence(keys.algorithm(kind, parameters), der.bit_string(public))


# --- RSASSA-PKCS1-v1_5 ------------------------------------------------------------------------------------

def rsa_number(key, number):
    return number.to_bytes(key.size, "big")


def with_exponent(key, least):
    """A key of the same primes whose exponent is the smallest possible from `least`, which is odd, on."""
    while math.gcd(least, (key.p - 1) * (key.q - 1)) != 1:
        least += 2
    return keys.RsaKey(f"e {least}", least, key.p, key.q)


def rsa_rows():
    for size in ("512-1", "511-1", "1024-1", "1536-1", "2048-01"):
        key = keys.get(f"rsa{size}")
        for digest in ("md5", "sha1"):
            yield signed(f"{digest}, {key.bits} bits", key, sign.rsa(digest))
    for size in ("2048-02", "3072-1", "4096-1"):
        key = keys.get(f"rsa{size}")
        for digest in ("sha224", "sha256", "sha384", "sha512"):
            yield signed(f"{digest}, {key.bits} bits", key, sign.rsa(digest))
    yield signed("8192 bits", keys.get("rsa8192-1"), sign.rsa("sha256"))
    yield signed("exponent 3", keys.get("rsa2048-e3"), sign.rsa("sha256"))
    for least in (5, 257, (1 << 31) + 1, (1 << 32) - 127, (1 << 32) + 1, (1 << 64) - 127, (1 << 255) + 1):
        odd = with_exponent(keys.get("rsa1024-1"), least)
        yield signed(f"exponent {odd.e}", odd, sign.rsa("sha256"))
    yield signed("no NULL beside the algorithm", keys.get("rsa1024-2"), sign.rsa("sha256", parameters=b""))
    yield signed("no NULL in the DigestInfo", keys.get("rsa1024-2"), sign.rsa("sha256", null=False))
    yield signed("no NULL in the key", keys.get("rsa1024-2"), sign.rsa("sha256"),
                 spki=keys.get("rsa1024-2").spki(b""))


def md2_rows():
    yield signed("MD2, 1024 bits", keys.get("rsa1024-1"), sign.rsa("md2"))
    yield signed("MD2, 512 bits", keys.get("rsa512-1"), sign.rsa("md2"))


def wrong_digest_info(info, size):
    """Says SHA-1 and holds the first octets of a SHA-256 digest."""
    digest = digests.digest("sha256", MESSAGE)[:20]
    return sign.pad(der.sequence(digests.identifier("sha1", True), der.octet_string(digest)), size)


def parameters_with_room(info, size):
    """Octets to play with inside the AlgorithmIdentifier, as Kühn and others showed."""
    padded = der.sequence(der.oid(oids.DIGESTS["sha256"]), der.octet_string(b"\xaa" * 40))
    return sign.pad(der.sequence(padded, der.octet_string(digests.digest("sha256", MESSAGE))), size)


# 75 octets: room for the DigestInfo of SHA-384, but not for eight octets of padding before it.
TIGHT_KEY = keys.RsaKey("tight", 65537, 0xC96AEF024B228EE3A6D5FF7D8296DC04993C6EAB0AA2C8C7375D04E5EF4EC523B8110CE0A85,
                        0xFA3B6198DBC403834ABDBE456F48DA048083472B4FD9107F3198931FAE007C4BEABDCA09D77)


def rsa_bad_rows():
    key = keys.get("rsa2048-e3")
    for what, block in (
        ("octets behind the DigestInfo", sign.pad_with_garbage),
        ("seven octets of padding", sign.pad_short),
        ("block type 2", sign.pad_type_2),
        ("length in long form", sign.pad_long_length),
        ("another digest in the DigestInfo", wrong_digest_info),
        ("octets in the digest's parameters", parameters_with_room),
        ("a bare digest", lambda info, size: sign.pad(digests.digest("sha256", MESSAGE), size)),
        ("a digest cut short", lambda info, size: sign.pad(info[:-1], size)),
        ("another last octet", lambda info, size: sign.pad(info[:-1] + bytes([info[-1] ^ 1]), size)),
        ("block type 0", lambda info, size: b"\0" * (size - len(info)) + info),
    ):
        yield signed(what, key, sign.rsa("sha256", block=block), answer="INVALID")
    scheme = sign.rsa("sha256")
    yield signed("forgery against exponent 3", key, sign.forged_e3(), answer="INVALID")
    for number in (0, 1, key.n - 1, key.n, key.n + 1):
        yield forged(f"the number n - {key.n - number}" if number > 1 else f"the number {number}", key, scheme,
                     rsa_number(key, number))
    small = keys.get("rsa511-1")
    right = int.from_bytes(sign.rsa("sha1").sign(small, MESSAGE), "big")
    yield forged("the right number plus n", small, sign.rsa("sha1"), rsa_number(small, right + small.n))
    right = scheme.sign(key, MESSAGE)
    yield forged("a zero in front", key, scheme, b"\0" + right)
    yield forged("a zero behind", key, scheme, right + b"\0")
    yield forged("nothing", key, scheme, b"")
    yield forged("no room for the DigestInfo", keys.get("rsa512-1"), sign.rsa("sha512"), b"\1" * 64)
    yield signed("room for five octets of padding", TIGHT_KEY, sign.rsa("sha384"), answer="INVALID")
    yield signed("another key", keys.get("rsa2048-03"), scheme, spki=keys.get("rsa2048-04").spki(), answer="INVALID")


def rsa_key_rows():
    key = keys.get("rsa512-1")
    public = lambda n, e: spki_of("rsa", der.null(), der.sequence(der.integer(n), der.integer(e)))
    for what, n, e in (
        ("even modulus", key.n - 1, key.e), ("modulus 0", 0, key.e), ("modulus 1", 1, key.e),
        ("negative modulus", -key.n, key.e), ("modulus not minimal", b"\0\0" + key.n.to_bytes(64, "big"), key.e),
        ("exponent 0", key.n, 0), ("exponent 1", key.n, 1), ("exponent 2", key.n, 2), ("exponent even", key.n, 65536),
        ("negative exponent", key.n, -3), ("exponent above the modulus", key.n, (1 << 520) + 1),
    ):
        yield bad_key(what, public(n, e))
    yield bad_key("even modulus, kept", keys.get("rsa-even").spki())
    yield bad_key("exponent 1, kept", keys.get("rsa-e1").spki())
    yield bad_key("exponent of 257 bits", public(key.n, (1 << 256) + 1), "TOO_LARGE")
    yield Row("exponent of 256 bits", public(key.n, (1 << 256) - 1), answer="INVALID", scheme=sign.rsa("sha1"),
              signature=b"\1" * 64)
    yield bad_key("504 bits", public((1 << 503) + 1, 3), "UNSUPPORTED")
    yield bad_key("above the caller's maximum", keys.get("rsa16384").spki(), "TOO_LARGE", max_bits=16383)
    yield bad_key("16384 bits", keys.get("rsa16384").spki(), "OK", max_bits=16384)
    yield bad_key("above every maximum", public((1 << 16384) + 1, 3), "TOO_LARGE", max_bits=1 << 40)
    pair = key.public_octets()
    for what, octets in (
        ("nothing", b""), ("a third number", der.sequence(der.content(pair), der.integer(3))),
        ("one number", der.sequence(der.integer(key.n))), ("octets behind", pair + b"\0"), ("cut short", pair[:-1]),
        ("a SET", b"\x31" + pair[1:]), ("indefinite length", der.indefinite(0x30, der.content(pair))),
    ):
        yield bad_key(f"key of {what}", spki_of("rsa", der.null(), octets))
    yield bad_key("parameters of another kind", key.spki(der.sequence()))


# --- RSASSA-PSS -------------------------------------------------------------------------------------------

# 521 bits: one more than whole octets, so that the encoded message is an octet shorter than the modulus.
ODD_KEY = keys.RsaKey("odd", 65537, 0x1BECA270712184CD4C0A6D408A496729FC3D0DE23B3373BE313EB99CB59100D44D,
                      0x1184FC08282DFD53984127EB7B3BFEF4A5DF9F7F22C929ABD0DD7908C30F0D0C0D)


def pss_key(key, parameters=b""):
    return spki_of("rsassa-pss", parameters, key.public_octets())


def pss_rows():
    key = keys.get("rsa1024-1")
    for digest in ("sha1", "sha224", "sha256", "sha384", "sha512"):
        size = digests.size(digest)
        room = 128 - size - 2
        for salt in sorted({0, 1, min(size, room), room}):
            yield signed(f"{digest}, salt of {salt}", key, sign.pss(digest, salt=salt))
    yield signed("2048 bits", keys.get("rsa2048-05"), sign.pss("sha256"))
    yield signed("4096 bits", keys.get("rsa4096-1"), sign.pss("sha512", salt=64))
    yield signed("521 bits", ODD_KEY, sign.pss("sha1", salt=20))
    yield signed("521 bits, longest salt", ODD_KEY, sign.pss("sha1", salt=43))
    yield signed("masks by another hash", key, sign.pss("sha256", "sha1"))
    yield signed("masks by a longer hash", key, sign.pss("sha1", "sha512", salt=20))
    spelt = der.sequence(
        der.explicit(0, digests.identifier("sha1", False)),
        der.explicit(1, der.sequence(der.oid(oids.MGF1), digests.identifier("sha1", True))),
        der.explicit(2, der.integer(20)), der.explicit(3, der.integer(1)))
    yield signed("defaults spelt out", key, sign.pss("sha1", salt=20, parameters=spelt))
    yield signed("hashes without NULL", key, sign.pss("sha256", parameters=sign.pss_parameters(null=False)))

    scheme, longer = sign.pss("sha256", salt=32), sign.pss("sha256", salt=64)
    bound = pss_key(key, sign.pss_parameters("sha256", salt=32))
    yield signed("key for PSS only", key, scheme, spki=pss_key(key))
    yield signed("key bound to these parameters", key, scheme, spki=bound)
    yield signed("salt longer than the key's minimum", key, longer, spki=bound)
    yield signed("key bound to the defaults", key, sign.pss("sha1", salt=20), spki=pss_key(key, der.sequence()))
    for what, other in (
        ("a shorter salt", sign.pss("sha256", salt=31)), ("another hash", sign.pss("sha224", "sha256", salt=32)),
        ("another mask", sign.pss("sha256", "sha224", salt=32)), ("PKCS #1 1.5", sign.rsa("sha256")),
    ):
        yield signed(f"key that forbids {what}", key, other, spki=bound, answer="KEY_MISMATCH")
    yield signed("PKCS #1 1.5 by a key for PSS", key, sign.rsa("sha256"), spki=pss_key(key), answer="KEY_MISMATCH")
    for what, parameters in (
        ("NULL", der.null()), ("an OID", der.oid(oids.MGF1)), ("trailer 2", sign.pss_parameters(trailer=2)),
        ("two salts", der.sequence(der.explicit(2, der.integer(1)), der.explicit(2, der.integer(1)))),
    ):
        yield bad_key(f"key with parameters of {what}", pss_key(key, parameters))


def pss_block(key, change, digest="sha256", salt=32):
    """The number of an encoded message that CHANGE has altered."""
    block = sign._pss_block(digest, digest, salt, digests.digest(digest, MESSAGE), key.bits - 1)
    return rsa_number(key, key.raw(int.from_bytes(change(bytearray(block)), "big")))


def pss_bad_rows():
    key = keys.get("rsa1024-1")
    said = lambda salt, mgf="sha256": sign.pss("sha256", parameters=sign.pss_parameters(mgf=mgf, salt=salt))
    for salt in (0, 31, 33, 94, 95, 127, 128, 1 << 20, (1 << 32) - 1):
        yield signed(f"salt of 32 said to be {salt}", key, said(salt), answer="INVALID")
    yield signed("another mask said", key, said(32, "sha1"), answer="INVALID")
    yield signed("PKCS #1 1.5 inside", key, sign.rsa("sha256"), identifier=said(32).identifier, answer="INVALID")

    def setting(at, mask):
        def change(block):
            block[at] ^= mask
            return block
        return change
    for what, change in (
        ("last octet not BC", setting(-1, 0x70)), ("a bit in front of the message", setting(0, 0x80)),
        ("zeros not zero", setting(1, 0x01)), ("another H", setting(-2, 0x01)), ("no 01 before the salt", setting(62, 1)),
    ):
        number = int.from_bytes(pss_block(key, change), "big")
        yield forged(what, key, sign.pss("sha256"), rsa_number(key, number))
    longest = sign.pss("sha512", salt=62)
    yield forged("key too short for the hash", keys.get("rsa512-1"), longest, b"\1" * 64)
    scheme = sign.pss("sha1", salt=20)
    right = scheme.sign(ODD_KEY, MESSAGE)
    assert right[0] == 0
    yield forged("the leading zero left out", ODD_KEY, scheme, right[1:])
    first = lambda block: b"\x01" + bytes(block)
    yield forged("an octet in front of 521 bits", ODD_KEY, sign.pss("sha1", salt=20),
                 pss_block(ODD_KEY, first, "sha1", 20))


# --- DSA --------------------------------------------------------------------------------------------------

FORGED_PAIRS = (
    ("r = 0", lambda r, s, q: (0, s)), ("s = 0", lambda r, s, q: (r, 0)), ("both 0", lambda r, s, q: (0, 0)),
    ("r = order", lambda r, s, q: (q, s)), ("s = order", lambda r, s, q: (r, q)),
    ("r plus the order", lambda r, s, q: (r + q, s)), ("s plus the order", lambda r, s, q: (r, s + q)),
    ("negative r", lambda r, s, q: (r - q, s)), ("negative s", lambda r, s, q: (r, s - q)),
    ("both 1", lambda r, s, q: (1, 1)), ("exchanged", lambda r, s, q: (s, r)), ("long r", lambda r, s, q: (r << 4096, s)),
)


def wrong_forms(right):
    """Encodings of a right pair that are not its DER."""
    inner, (r, s) = der.content(right), der.children(right)
    number = der.content(r)
    return (
        ("octets behind", right + b"\0"), ("octets inside", der.sequence(inner, der.null())), ("one number", der.sequence(r)),
        ("a third number", der.sequence(r, s, s)), ("length in long form", der.tlv(0x30, inner, length_octets=2)),
        ("indefinite length", der.indefinite(0x30, inner)), ("a SET", der.tlv(0x31, inner)),
        ("r not minimal", der.sequence(der.integer(b"\0" * 2 + number), s)), ("r an OCTET STRING", der.sequence(der.tlv(4, number), s)),
        ("empty sequence", der.sequence()), ("nothing", b""), ("bare numbers", number + der.content(s)),
    )


def pair_rows(key, scheme):
    right = scheme("sha1").sign(key, MESSAGE)
    for what, forge in FORGED_PAIRS:
        yield signed(what, key, scheme("sha1", forge=forge), answer="INVALID")
    for what, octets in wrong_forms(right):
        yield forged(what, key, scheme("sha1"), octets)


def dsa_rows():
    for group in ("dsa1024-a", "dsa2048-a"):
        key = keys.get(group)
        for digest in ("sha1", "sha224", "sha256"):
            yield signed(f"{digest}, {group}", key, sign.dsa(digest))
    key = keys.get("dsa1024-a")
    yield signed("NULL beside the algorithm", key, sign.dsa("sha1", parameters=der.null()))
    inherited = {"parameters": key.parameters()}
    yield signed("parameters inherited", key, sign.dsa("sha1"), spki=key.spki(b""), **inherited)
    yield signed("NULL, and inherited", key, sign.dsa("sha1"), spki=key.spki(der.null()), **inherited)
    yield signed("its own before inherited", key, sign.dsa("sha1"), parameters=keys.get("dsa1024-b").parameters())
    yield signed("another key", key, sign.dsa("sha1"), spki=keys.get("dsa1024-a/2").spki(), answer="INVALID")
    yield signed("inherited from another group", keys.get("dsa1024-b"), sign.dsa("sha1"), answer="INVALID",
                 spki=keys.get("dsa1024-a").spki(b""), **inherited)
    yield from pair_rows(key, sign.dsa)


def is_prime(n):
    return n % 2 and all(pow(base, n - 1, n) == 1 for base in (2, 3, 5, 7))


def small_group(p_bits, q_bits):
    """p, q and g of any size: right but for that."""
    q = next(n for n in range((1 << q_bits - 1) + 1, 1 << q_bits, 2) if is_prime(n))
    first = (1 << p_bits - 1) // q + 1
    p = next(n for n in range((first + first % 2) * q + 1, 1 << p_bits, 2 * q) if is_prime(n))
    assert (p.bit_length(), q.bit_length()) == (p_bits, q_bits)
    return p, q, pow(2, (p - 1) // q, p)


def dsa_key_rows():
    key = keys.get("dsa1024-a")
    p, q, g, y = key.p, key.q, key.g, key.y
    group = lambda p=p, q=q, g=g: der.sequence(*map(der.integer, (p, q, g)))
    made = lambda parameters=group(), y=y: spki_of("dsa", parameters, der.integer(y))
    yield bad_key("no parameters", made(b""), "PARAMS_MISSING")
    yield bad_key("NULL for parameters", made(der.null()), "PARAMS_MISSING")
    yield bad_key("inherited from another group", made(b""), parameters=keys.get("dsa1024-b").parameters())
    yield bad_key("inherited octets that are none", made(b""), parameters=der.sequence())
    other = keys.get("dsa1024-b")
    for what, parameters in (
        ("g = 0", group(g=0)), ("g = 1", group(g=1)), ("g = p", group(g=p)), ("g = p - 1", group(g=p - 1)),
        ("g outside of the group", group(g=g + 1)), ("negative g", group(g=-g)), ("p even", group(p=p + 1)),
        ("q no divisor of p - 1", group(q=other.q)), ("q even", group(q=q + 1)), ("q short", group(q=(q >> 2) | 1)),
        ("q = 1", group(q=1)), ("p = 0", group(p=0)), ("p = q", group(p=q)), ("p short", group(p=(p >> 520) | 1)),
        ("p and q of another group", group(p=other.p, q=other.q)), ("two numbers", der.sequence(*map(der.integer, (p, q)))),
        ("four numbers", der.sequence(*map(der.integer, (p, q, g, g)))), ("an OID", der.oid(oids.MGF1)),
    ):
        yield bad_key(f"parameters: {what}", made(parameters))
    for number in (0, 1, p - 1, p, p + y, -y, y + 1):
        yield bad_key(f"public value {'y' if number == y else str(number)[:6]}", made(y=number))
    for what, octets in (("nothing", b""), ("two numbers", der.integer(y) * 2), ("a SEQUENCE", der.sequence(der.integer(y)))):
        yield bad_key(f"key of {what}", spki_of("dsa", group(), octets))
    yield bad_key("above the caller's maximum", made(), "TOO_LARGE", max_bits=1023)
    for p_bits, q_bits, check in ((512, 160, "OK"), (511, 160, "MALFORMED"), (512, 159, "MALFORMED"),
                                  (512, 161, "MALFORMED"), (600, 256, "OK"), (600, 257, "MALFORMED")):
        small = small_group(p_bits, q_bits)
        yield bad_key(f"p of {p_bits} bits, q of {q_bits}", made(group(*small), small[2]), check)
    yield bad_key("inherited above the caller's maximum", made(b""), "TOO_LARGE", max_bits=1023, parameters=group())


# --- ECDSA ------------------------------------------------------------------------------------------------

def ec_rows():
    for curve in ("p256", "p384", "p521"):
        key = keys.get(f"{curve}:Alice")
        for digest in ("sha1", "sha224", "sha256", "sha384", "sha512"):
            yield signed(f"{digest}, {curve}", key, sign.ecdsa(digest))
        compressed = spki_of("ec", key.parameters(), key.public_octets("compressed"))
        yield signed(f"compressed point, {curve}", key, sign.ecdsa("sha256"), spki=compressed)
        yield signed(f"another key, {curve}", key, sign.ecdsa("sha256"), spki=keys.get(f"{curve}:Bob").spki(),
                     answer="INVALID")
    key = keys.get("p256:Alice")
    yield signed("NULL beside the algorithm", key, sign.ecdsa("sha256", parameters=der.null()))
    agreement = der.sequence(der.sequence(der.oid("1.3.132.1.12"), key.parameters()), der.bit_string(key.public_octets()))
    yield signed("key for agreement only", key, sign.ecdsa("sha256"), spki=agreement, answer="KEY_MISMATCH")
    yield from pair_rows(key, sign.ecdsa)


def ec_key_rows():
    key = keys.get("p256:Alice")
    curve, (x, y), named = key.curve, key.point(), key.parameters()
    number = lambda value: value.to_bytes(curve.size, "big")
    made = lambda octets, parameters=named: spki_of("ec", parameters, octets)
    right = key.public_octets()
    no_point = next(n for n in range(1, 99) if pow((n**3 - 3 * n + curve.b) % curve.p, (curve.p - 1) // 2, curve.p) != 1)
    for what, octets in (
        ("nothing", b""), ("infinity", b"\0"), ("a zeroed point", b"\x04" + bytes(64)), ("off the curve", right[:-1] + bytes([right[-1] ^ 1])),
        ("hybrid", bytes([6 | y & 1]) + right[1:]), ("hybrid, wrong", bytes([7 - (y & 1)]) + right[1:]),
        ("cut short", right[:-1]), ("an octet more", right + b"\0"), ("compressed, an octet more", b"\x02" + right[1:34]),
        ("compressed, no such point", b"\x02" + number(no_point)), ("x not reduced", b"\x04" + number(curve.p) + number(y)),
        ("compressed, x not reduced", b"\x02" + b"\xff" * 32), ("of another form", b"\x05" + right[1:]),
        ("of another curve", keys.get("p384:Alice").public_octets()), ("wrapped in an OCTET STRING", der.octet_string(right)),
    ):
        yield bad_key(f"point: {what}", made(octets))
    for what, parameters in (("explicit", key.explicit_parameters()), ("implicit", der.null()), ("absent", b""),
                             ("an INTEGER", der.integer(7))):
        yield bad_key(f"curve {what}", made(right, parameters))
    yield bad_key("unknown curve", made(right, der.oid(oids.PRIVATE_CURVE)), "UNSUPPORTED")
    yield bad_key("above the caller's maximum", key.spki(), "TOO_LARGE", max_bits=255)


# --- EdDSA, and keys that do not sign ---------------------------------------------------------------------

def edwards_rows():
    for kind in ("ed25519", "ed448"):
        key, scheme = keys.get(f"{kind}:Alice"), sign.eddsa(kind)
        yield signed(kind, key, scheme)
        yield signed(f"NULL in the key, {kind}", key, scheme, spki=key.spki(der.null()))
        yield signed(f"NULL beside the algorithm, {kind}", key, sign.eddsa(kind, der.null()))
        yield signed(f"another key, {kind}", key, scheme, spki=keys.get(f"{kind}:Bob").spki(), answer="INVALID")
        curve, right = key.curve, scheme.sign(key, MESSAGE)
        half = curve.size
        s = int.from_bytes(right[half:], "little") + curve.order
        yield forged(f"S plus the order, {kind}", key, scheme, right[:half] + s.to_bytes(half, "little"))
        yield forged(f"zeros, {kind}", key, scheme, bytes(2 * half))
        yield forged(f"nothing, {kind}", key, scheme, b"")
        yield bad_key(f"parameters, {kind}", key.spki(der.oid(oids.KEYS[kind])))
        for what, octets in (("nothing", b""), ("an octet more", key.public_octets() + b"\0"),
                             ("an octet less", key.public_octets()[:-1]),
                             ("an OCTET STRING", der.octet_string(key.public_octets()))):
            yield bad_key(f"key of {what}, {kind}", spki_of(kind, b"", octets))
    ed25519, ed448 = keys.get("ed25519:Alice"), keys.get("ed448:Alice")
    yield signed("Ed448 under an Ed25519 key", ed448, sign.eddsa("ed448"), spki=ed25519.spki(), answer="KEY_MISMATCH")
    yield signed("Ed25519 under an Ed448 key", ed25519, sign.eddsa(), spki=ed448.spki(), answer="KEY_MISMATCH")
    agreement = keys.get("x25519:Alice")
    yield signed("Ed25519 under an X25519 key", ed25519, sign.eddsa(), spki=agreement.spki(), answer="KEY_MISMATCH")
    yield bad_key("X448", spki_of("x448", b"", b"\x05" * 56), "OK")
    yield bad_key("X448, an octet less", spki_of("x448", b"", b"\x05" * 55))
    yield bad_key("X25519, an octet more", spki_of("x25519", b"", b"\x05" * 33))


def dh_rows():
    key = keys.get("dh2048-256")
    p, q, g, y = key.p, key.q, key.g, key.y
    numbers = lambda *values: der.sequence(*map(der.integer, values))
    x942 = lambda parameters, y=y: spki_of("dh", parameters, der.integer(y))
    pkcs3 = lambda parameters, y=y: spki_of("pkcs3-dh", parameters, der.integer(y))
    for group in ("dh1024", "dh2048", "dh2048-256"):
        yield bad_key(group, keys.get(group).spki(), "OK")
    seed = der.sequence(der.bit_string(b"seed"), der.integer(7))
    yield bad_key("with j and validation", x942(der.sequence(*map(der.integer, (p, g, q, (p - 1) // q)), seed)), "OK")
    yield bad_key("with validation", x942(der.sequence(*map(der.integer, (p, g, q)), seed)), "OK")
    yield bad_key("PKCS #3", pkcs3(numbers(p, g)), "OK")
    yield bad_key("PKCS #3 with a length", pkcs3(numbers(p, g, 256)), "OK")
    yield signed("signs nothing", keys.get("rsa1024-1"), sign.rsa("sha256"), spki=key.spki(), answer="KEY_MISMATCH")
    other = keys.get("dh2048")
    for what, parameters in (
        ("g = 1", numbers(p, 1, q)), ("g = p - 1", numbers(p, p - 1, q)), ("g = p", numbers(p, p, q)),
        ("g = 0", numbers(p, 0, q)), ("g outside of the group", numbers(p, g + 1, q)), ("p even", numbers(p + 1, g, q)),
        ("q no divisor", numbers(p, g, other.q)), ("q short", numbers(p, g, 7)), ("q even", numbers(p, g, q + 1)),
        ("q = p", numbers(p, g, p)), ("p short", numbers(23, 5, 11)), ("no q", numbers(p, g)), ("absent", b""),
        ("NULL", der.null()), ("in the order of DSA", numbers(p, q, g)), ("a fifth element", der.sequence(der.content(numbers(p, g, q)), der.null())),
    ):
        yield bad_key(f"parameters: {what}", x942(parameters))
    for what, number in (("0", 0), ("1", 1), ("p - 1", p - 1), ("p", p), ("outside of the group", y + 1), ("negative", -y)):
        yield bad_key(f"public value {what}", x942(key.parameters(), number))
    for what, number in (("1", 1), ("p - 1", p - 1), ("p", p)):
        yield bad_key(f"PKCS #3, public value {what}", pkcs3(numbers(p, g), number))
    yield bad_key("PKCS #3, q where the length is", pkcs3(der.sequence(der.content(numbers(p, g)), der.null())))
    yield bad_key("octets behind the public value", spki_of("dh", key.parameters(), der.integer(y) + b"\0"))
    for p_bits, q_bits, check in ((512, 160, "OK"), (511, 160, "MALFORMED"), (512, 159, "MALFORMED"), (600, 257, "OK")):
        small_p, small_q, small_g = small_group(p_bits, q_bits)
        yield bad_key(f"p of {p_bits} bits, q of {q_bits}", x942(numbers(small_p, small_g, small_q), small_g), check)
    long = (1 << 4159) + 1
    yield bad_key("a long q that costs too much", x942(numbers(long, 2, (long >> 1) | 1), 3), "TOO_LARGE")
    yield bad_key("above the caller's maximum", key.spki(), "TOO_LARGE", max_bits=2047)


# --- across schemes ---------------------------------------------------------------------------------------

def mixed_rows():
    rsa, dsa, ec, ed = (keys.get(name) for name in ("rsa1024-1", "dsa1024-a", "p256:Alice", "ed25519:Alice"))
    schemes = {rsa: sign.rsa("sha256"), dsa: sign.dsa("sha256"), ec: sign.ecdsa("sha256"), ed: sign.eddsa()}
    for signer, scheme in schemes.items():
        for other in schemes:
            if other is not signer:
                yield signed(f"{scheme.name} under a key of {other.kind}", signer, scheme, spki=other.spki(),
                             answer="KEY_MISMATCH")
    yield signed("RSASSA-PSS under a DSA key", rsa, sign.pss("sha256"), spki=dsa.spki(), answer="KEY_MISMATCH")
    unknown = sign.algorithm(oids.PRIVATE_ALGORITHM)
    right = sign.rsa("sha256").sign(rsa, MESSAGE)
    for key in schemes:
        yield Row(f"unknown algorithm, key of {key.kind}", key.spki(), None, right, answer="UNSUPPORTED", identifier=unknown)
        yield Row(f"unsigned, key of {key.kind}", key.spki(), None, b"", answer="INVALID",
                  identifier=sign.algorithm("unsigned"))
    yield Row("unsigned with a right signature", rsa.spki(), None, right, answer="INVALID", identifier=sign.algorithm("unsigned"))
    other_hash = der.sequence(der.oid(oids.PRIVATE_ALGORITHM))
    for what, parameters in (
        ("hash", der.sequence(der.explicit(0, other_hash))),
        ("mask hash", der.sequence(der.explicit(1, der.sequence(der.oid(oids.MGF1), other_hash)))),
        ("mask", der.sequence(der.explicit(1, other_hash))),
        ("use of SHAKE256", sign.pss_parameters("shake256", "sha256")),
    ):
        yield Row(f"RSASSA-PSS with an unknown {what}", rsa.spki(), None, right, answer="UNSUPPORTED",
                  identifier=sign.algorithm("pss", parameters))
    yield bad_key("unknown key", der.sequence(der.sequence(der.oid(oids.PRIVATE_ALGORITHM)), der.bit_string(b"key")), "UNSUPPORTED")


# --- one of each kind -------------------------------------------------------------------------------------

def memory_rows():
    rsa = keys.get("rsa1024-1")
    yield signed("RSA", rsa, sign.rsa("sha256"))
    yield signed("RSASSA-PSS", rsa, sign.pss("sha256"))
    yield signed("DSA", keys.get("dsa1024-a"), sign.dsa("sha1"))
    ec = keys.get("p256:Alice")
    yield signed("ECDSA", ec, sign.ecdsa("sha256"))
    compressed = spki_of("ec", ec.parameters(), ec.public_octets("compressed"))
    yield signed("ECDSA, compressed point", ec, sign.ecdsa("sha256"), spki=compressed)


def provider_rows():
    yield signed("EdDSA", keys.get("ed25519:Alice"), sign.eddsa())


def refused_rows():
    ec = keys.get("p256:Alice")
    octets = ec.public_octets()
    yield bad_key("off the curve", spki_of("ec", ec.parameters(), octets[:-1] + bytes([octets[-1] ^ 1])))
    ed25519 = keys.get("ed25519:Alice")
    yield forged("EdDSA", ed25519, sign.eddsa(), b"\xff" * 64)
    yield forged("RSA", keys.get("rsa1024-1"), sign.rsa("sha256"), b"\1" * 128)
    yield forged("DSA", keys.get("dsa1024-a"), sign.dsa("sha1"), der.sequence(der.integer(1), der.integer(1)))


GROUPS = {
    "crypto": {"memory_rows": memory_rows, "provider_rows": provider_rows, "refused_rows": refused_rows},
    "rsa": {"rsa_rows": rsa_rows, "md2_rows": md2_rows, "rsa_bad_rows": rsa_bad_rows, "rsa_key_rows": rsa_key_rows},
    "pss": {"pss_rows": pss_rows, "pss_bad_rows": pss_bad_rows},
    "dsa": {"dsa_rows": dsa_rows, "dsa_key_rows": dsa_key_rows},
    "ec": {"ec_rows": ec_rows, "ec_key_rows": ec_key_rows},
    "edwards": {"edwards_rows": edwards_rows},
    "dh": {"dh_rows": dh_rows},
    "signature": {"mixed_rows": mixed_rows},
}


class Writer:
    """C with each string of octets once."""

    def __init__(self):
        self.names, self.lines = {}, ["/* Made by vectors.py. */"]

    def span(self, octets):
        if not octets:
            return "{NULL, 0}"
        if octets not in self.names:
            name = self.names[octets] = f"octets_{len(self.names)}"
            numbers = [f"0x{octet:02x}" for octet in octets]
            self.lines.append(f"static const uint8_t {name}[] = {{{', '.join(numbers)}}};")
        return f"{{{self.names[octets]}, {len(octets)}}}"

    def table(self, name, rows):
        made = []
        for row in rows:
            spans = ", ".join(map(self.span, row.spans))
            made.append(f'    {{"{row.what}", {spans}, {row.max_bits}u, SG_KEY_{row.key}, SG_SIGNATURE_{row.answer}}},')
        self.lines += [f"static const struct vector {name}[] = {{", *made, "};"]

    def text(self):
        return "\n".join(self.lines) + "\n"


def main():
    group, path = sys.argv[1:]
    writer = Writer()
    for name, rows in GROUPS[group].items():
        writer.table(name, rows())
    Path(path).write_text(writer.text(), encoding="utf-8")


main()
