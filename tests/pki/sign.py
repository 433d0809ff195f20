# SPDX-License-Identifier: Apache-2.0
"""Signature schemes, the right ones and some that a verifier must refuse.

A `Scheme` is what a certificate, CRL or SignerInfo is signed with: its AlgorithmIdentifier, its digest and a
function from (key, octets) to signature octets. Nonces are those of RFC 6979, so nothing here is random.
"""

import functools
import hashlib
import hmac

from . import der, digests, keys, oids


class Scheme:
    def __init__(self, name, digest, identifier, sign):
        self.name, self.digest, self.identifier = name, digest, identifier
        self._sign = sign

    @functools.lru_cache(maxsize=None)
    def sign(self, key, data):
        """Remembered: cases that share a CA share its certificate, and signing is what costs time."""
        return self._sign(key, data)

    def spelt(self, identifier):
        """The same signature under another AlgorithmIdentifier."""
        return Scheme(self.name, self.digest, identifier, self._sign)


def algorithm(name, parameters=b""):
    """AlgorithmIdentifier of a signature algorithm in `oids.SIGNATURES`, or of a dotted OID."""
    return der.sequence(der.oid(oids.SIGNATURES.get(name, name)), parameters)


# --- RSASSA-PKCS1-v1_5 ------------------------------------------------------------------------------------

def digest_info(digest, data, null=True):
    return der.sequence(digests.identifier(digest, null), der.octet_string(digests.digest(digest, data)))


def pad(info, size):
    return b"\x00\x01" + b"\xff" * (size - 3 - len(info)) + b"\x00" + info


def _number(octets):
    return int.from_bytes(octets, "big")


def rsa(digest="sha256", null=True, parameters=None, identifier=None, block=pad):
    """RSASSA-PKCS1-v1_5. `null`: NULL in the DigestInfo; `parameters`: those beside the signature's OID;
    `block(info, size)`: another padding."""
    def sign(key, data):
        return key.raw(_number(block(digest_info(digest, data, null), key.size))).to_bytes(key.size, "big")
    ready = identifier or algorithm(f"{digest}-rsa", der.null() if parameters is None else parameters)
    return Scheme(f"{digest}-rsa", digest, ready, sign)


def pad_with_garbage(info, size):
    """Eight octets of padding, then octets nobody asked for behind the DigestInfo."""
    start = b"\x00\x01" + b"\xff" * 8 + b"\x00" + info
    return start + b"\xaa" * (size - len(start))


def pad_short(info, size):
    """Seven octets of padding where at least eight are due, the rest in front as zeros."""
    block = b"\x00\x01" + b"\xff" * 7 + b"\x00" + info
    return b"\x00" * (size - len(block)) + block


def pad_type_2(info, size):
    """The block type of encryption."""
    return b"\x00\x02" + b"\xff" * (size - 3 - len(info)) + b"\x00" + info


def pad_long_length(info, size):
    """The DigestInfo with a length in long form: BER, not the one DER encoding."""
    return pad(der.tlv(der.SEQUENCE, der.content(info), length_octets=1), size)


def forged_e3(digest="sha256"):
    """Bleichenbacher's forgery: made without the private key, its cube begins like a right block."""
    def sign(key, data):
        wanted = b"\x00\x01\xff\xff\xff\xff\xff\xff\xff\xff\x00" + digest_info(digest, data)
        target = _number(wanted + b"\xff" * (key.size - len(wanted)))
        root = _cube_root(target)
        assert (root ** 3).to_bytes(key.size, "big").startswith(wanted)
        return root.to_bytes(key.size, "big")
    return Scheme(f"{digest}-rsa", digest, algorithm(f"{digest}-rsa", der.null()), sign)


def _cube_root(number):
    """The largest integer whose cube is not above `number`."""
    low, high = 0, 1 << (number.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle ** 3 <= number else (low, middle - 1)
    return low


# --- RSASSA-PSS -------------------------------------------------------------------------------------------

def pss_parameters(digest="sha256", mgf=None, salt=32, trailer=1, null=True):
    """RSASSA-PSS-params, defaults left out as DER wants. `trailer` is written only if it is not 1."""
    mgf = mgf or digest
    parts = []
    if digest != "sha1":
        parts.append(der.explicit(0, digests.identifier(digest, null)))
    if mgf != "sha1":
        parts.append(der.explicit(1, der.sequence(der.oid(oids.MGF1), digests.identifier(mgf, null))))
    if salt != 20:
        parts.append(der.explicit(2, der.integer(salt)))
    if trailer != 1:
        parts.append(der.explicit(3, der.integer(trailer)))
    return der.sequence(*parts)


def pss(digest="sha256", mgf=None, salt=32, trailer=1, parameters=None):
    """RSASSA-PSS. `parameters` are what is written, if that shall differ from what is done."""
    mgf = mgf or digest
    def sign(key, data):
        block = _pss_block(digest, mgf, salt, digests.digest(digest, data), key.bits - 1)
        return key.raw(_number(block)).to_bytes(key.size, "big")
    if parameters is None:
        parameters = pss_parameters(digest, mgf, salt, trailer)
    return Scheme(f"{digest}-pss", digest, algorithm("pss", parameters), sign)


def _pss_block(digest, mgf, salt_size, hashed, bits):
    """EMSA-PSS-ENCODE with a salt that follows from the message."""
    size = (bits + 7) // 8
    salt = hashlib.shake_256(b"salt" + hashed).digest(salt_size)
    h = digests.digest(digest, b"\x00" * 8 + hashed + salt)
    data = b"\x00" * (size - salt_size - len(h) - 2) + b"\x01" + salt
    mask = _mgf1(mgf, h, len(data))
    masked = bytearray(a ^ b for a, b in zip(data, mask))
    masked[0] &= 0xFF >> (size * 8 - bits)
    return bytes(masked) + h + b"\xbc"


def _mgf1(digest, seed, size):
    octets, counter = b"", 0
    while len(octets) < size:
        octets += digests.digest(digest, seed + counter.to_bytes(4, "big"))
        counter += 1
    return octets[:size]


# --- DSA and ECDSA ----------------------------------------------------------------------------------------

def _nonce(digest, order, secret, hashed):
    """RFC 6979, 3.2; its HMAC runs on SHA-256 whatever the digest, for MD2 has none."""
    size = (order.bit_length() + 7) // 8
    seed = secret.to_bytes(size, "big") + (_leftmost(hashed, order) % order).to_bytes(size, "big")
    name = digest if digest in hashlib.algorithms_guaranteed else "sha256"
    width = digests.size(name)
    mac = lambda key, data: hmac.new(key, data, name).digest()
    v, k = b"\x01" * width, b"\x00" * width
    for octet in (b"\x00", b"\x01"):
        k = mac(k, v + octet + seed)
        v = mac(k, v)
    while True:
        octets = b""
        while len(octets) < size:
            v = mac(k, v)
            octets += v
        candidate = _leftmost(octets[:size], order)
        if 0 < candidate < order:
            return candidate
        k = mac(k, v + b"\x00")
        v = mac(k, v)


def _leftmost(octets, order):
    """bits2int of RFC 6979: as many bits as the order has."""
    excess = len(octets) * 8 - order.bit_length()
    return _number(octets) >> excess if excess > 0 else _number(octets)


def _pair(r, s):
    return der.sequence(der.integer(r), der.integer(s))


def dsa(digest="sha1", parameters=b"", identifier=None, forge=None):
    """DSA. `forge(r, s, q)` gives the numbers to write instead of the right ones."""
    def sign(key, data):
        hashed = digests.digest(digest, data)
        k = _nonce(digest, key.q, key.x, hashed)
        r = pow(key.g, k, key.p) % key.q
        s = pow(k, -1, key.q) * (_leftmost(hashed, key.q) + key.x * r) % key.q
        return _pair(*(forge(r, s, key.q) if forge else (r, s)))
    return Scheme(f"{digest}-dsa", digest, identifier or algorithm(f"{digest}-dsa", parameters), sign)


def ecdsa(digest="sha256", parameters=b"", identifier=None, forge=None):
    def sign(key, data):
        n = key.curve.n
        hashed = digests.digest(digest, data)
        k = _nonce(digest, n, key.d, hashed)
        r = key.curve.multiply_base(k)[0] % n
        s = pow(k, -1, n) * (_leftmost(hashed, n) + key.d * r) % n
        return _pair(*(forge(r, s, n) if forge else (r, s)))
    return Scheme(f"{digest}-ecdsa", digest, identifier or algorithm(f"{digest}-ecdsa", parameters), sign)


# --- EdDSA, and no signature at all -----------------------------------------------------------------------

def eddsa(kind="ed25519", parameters=b""):
    """The digest is the one RFC 8419 couples with the curve in CMS."""
    digest = {"ed25519": "sha512", "ed448": "shake256"}[kind]
    return Scheme(kind, digest, algorithm(kind, parameters), lambda key, data: key.curve.sign(key.seed, data))


def fixed(identifier, octets=b"\x00" * 64, digest="sha256"):
    """An AlgorithmIdentifier of choice over octets of choice: unknown algorithms, RFC 9925's unsigned ones."""
    return Scheme("fixed", digest, identifier, lambda key, data: octets)


# --- choosing ---------------------------------------------------------------------------------------------

@functools.lru_cache(maxsize=None)
def named(name):
    """`sha256-rsa`, `sha384-pss`, `sha1-dsa`, `sha512-ecdsa`, `ed25519`, … with everything else as prescribed."""
    if name in ("ed25519", "ed448"):
        return eddsa(name)
    digest, _, kind = name.partition("-")
    if kind == "pss":
        return pss(digest, salt=digests.size(digest))
    return {"rsa": rsa, "dsa": dsa, "ecdsa": ecdsa}[kind](digest)


def default_for(key):
    """What a careful issuer takes for this key today."""
    if isinstance(key, keys.RsaKey):
        return named("sha256-rsa")
    if isinstance(key, keys.DsaKey):
        return named("sha256-dsa" if key.q.bit_length() > 160 else "sha1-dsa")
    if isinstance(key, keys.EcKey):
        return named({256: "sha256", 384: "sha384", 521: "sha512"}[key.curve.bits] + "-ecdsa")
    if isinstance(key, keys.EdwardsKey):
        return named(key.kind)
    raise ValueError(f"{key.name} cannot sign")


def scheme(choice, key):
    """A scheme from a scheme, a name or nothing."""
    if choice is None:
        return default_for(key)
    return named(choice) if isinstance(choice, str) else choice
