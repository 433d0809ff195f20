# SPDX-License-Identifier: Apache-2.0
"""The fixed keys.

`get("rsa2048-03")`, `get("dsa1024-a/2")` and `get("dh2048/1")` read the numbers kept in `keys/*.ini`. Keys that need
no search for primes follow from their name: `get("p256:Alice")`, `get("ed25519:Alice")`, `get("x25519:Alice")`; so
there are as many of them as a test wants. `python3 -m pki.keys NAME` writes the private key as PEM.
"""

import base64
import configparser
import hashlib
from functools import lru_cache
from pathlib import Path

from . import der, elliptic, oids

FOLDER = Path(__file__).parent / "keys"


def algorithm(name, parameters=b""):
    return der.sequence(der.oid(oids.KEYS[name]), parameters)


class Key:
    """What every key has: a name, the octets in its BIT STRING and a SubjectPublicKeyInfo around them."""

    kind = None

    def __init__(self, name):
        self.name = name

    def public_octets(self):
        raise NotImplementedError

    def spki(self, parameters=None):
        """SubjectPublicKeyInfo; `parameters` replaces the algorithm's parameters by the given octets."""
        chosen = self.parameters() if parameters is None else parameters
        return der.sequence(algorithm(self.kind, chosen), der.bit_string(self.public_octets()))

    def parameters(self):
        return b""

    def key_identifier(self):
        """Method (1) of RFC 5280, 4.2.1.2."""
        return hashlib.sha1(self.public_octets()).digest()

    def private_octets(self):
        raise NotImplementedError

    def pkcs8(self):
        return der.sequence(der.integer(0), algorithm(self.kind, self.parameters()),
                            der.octet_string(self.private_octets()))


class RsaKey(Key):
    kind = "rsa"

    def __init__(self, name, e, p=None, q=None, n=None):
        super().__init__(name)
        self.e, self.p, self.q = e, p, q
        self.n = n or p * q
        self.bits = self.n.bit_length()
        self.size = (self.bits + 7) // 8
        if p:
            self.d = pow(e, -1, (p - 1) * (q - 1))
            self.dp, self.dq, self.qinv = self.d % (p - 1), self.d % (q - 1), pow(q, -1, p)

    def public_octets(self):
        return der.sequence(der.integer(self.n), der.integer(self.e))

    def parameters(self):
        return der.null()

    def raw(self, number):
        """number^d mod n, by the Chinese remainder theorem."""
        a, b = pow(number, self.dp, self.p), pow(number, self.dq, self.q)
        return b + self.q * ((a - b) * self.qinv % self.p)

    def private_octets(self):
        numbers = (0, self.n, self.e, self.d, self.p, self.q, self.dp, self.dq, self.qinv)
        return der.sequence(*map(der.integer, numbers))


class DsaKey(Key):
    kind = "dsa"

    def __init__(self, name, p, q, g, x):
        super().__init__(name)
        self.p, self.q, self.g, self.x = p, q, g, x
        self.y = pow(g, x, p)

    def public_octets(self):
        return der.integer(self.y)

    def parameters(self):
        return der.sequence(der.integer(self.p), der.integer(self.q), der.integer(self.g))

    def private_octets(self):
        return der.integer(self.x)


class EcKey(Key):
    kind = "ec"

    def __init__(self, name, curve, d):
        super().__init__(name)
        self.curve, self.d = curve, d

    @lru_cache(maxsize=None)
    def point(self):
        return self.curve.multiply_base(self.d)

    def public_octets(self, form="uncompressed"):
        x, y = (number.to_bytes(self.curve.size, "big") for number in self.point())
        if form == "compressed":
            return bytes([2 | y[-1] & 1]) + x
        return b"\x04" + x + y

    def parameters(self):
        return der.oid(oids.CURVES[self.curve.name])

    def explicit_parameters(self):
        """The curve spelt out (ECParameters), which RFC 5480 forbids."""
        c = self.curve
        number = lambda value: value.to_bytes(c.size, "big")
        field = der.sequence(der.oid("1.2.840.10045.1.1"), der.integer(c.p))
        equation = der.sequence(der.octet_string(number(c.p - 3)), der.octet_string(number(c.b)))
        base = b"\x04" + number(c.base[0]) + number(c.base[1])
        return der.sequence(der.integer(1), field, equation, der.octet_string(base), der.integer(c.n), der.integer(1))

    def private_octets(self):
        return der.sequence(der.integer(1), der.octet_string(self.d.to_bytes(self.curve.size, "big")),
                            der.explicit(1, der.bit_string(self.public_octets())))


class EdwardsKey(Key):
    def __init__(self, name, curve, seed):
        super().__init__(name)
        self.kind, self.curve, self.seed = curve.name, curve, seed

    @lru_cache(maxsize=None)
    def public_octets(self):
        return self.curve.public(self.seed)

    def private_octets(self):
        return der.octet_string(self.seed)


class DhKey(Key):
    """X9.42 Diffie-Hellman; it can sign nothing."""

    kind = "dh"

    def __init__(self, name, p, g, q, x):
        super().__init__(name)
        self.p, self.g, self.q, self.x = p, g, q, x
        self.y = pow(g, x, p)

    def public_octets(self):
        return der.integer(self.y)

    def parameters(self):
        return der.sequence(der.integer(self.p), der.integer(self.g), der.integer(self.q))

    def private_octets(self):
        return der.integer(self.x)


class X25519Key(Key):
    kind = "x25519"

    def __init__(self, name, seed):
        super().__init__(name)
        self.seed = seed

    @lru_cache(maxsize=None)
    def public_octets(self):
        return elliptic.x25519_public(self.seed)

    def private_octets(self):
        return der.octet_string(self.seed)


class PublicKey(Key):
    """A SubjectPublicKeyInfo given as it is, its holder having nothing to sign with."""

    def __init__(self, name, spki):
        super().__init__(name)
        self._spki = spki

    def spki(self, parameters=None):
        return self._spki

    def public_octets(self):
        return der.content(der.children(self._spki)[1])[1:]


# --- finding a key by its name ----------------------------------------------------------------------------

@lru_cache(maxsize=None)
def _numbers(file):
    """{section: {member: number}} of one file."""
    reader = configparser.ConfigParser()
    reader.read(FOLDER / file, encoding="ascii")
    return {name: {member: int(value.replace("\n", ""), 16) for member, value in reader[name].items()}
            for name in reader.sections()}


def names(file="rsa.ini"):
    return list(_numbers(file))


def _derived(name, size):
    """Octets that follow from a name: the 'randomness' of every key that needs no primes."""
    return hashlib.shake_256(b"signet test key " + name.encode()).digest(size)


@lru_cache(maxsize=None)
def get(name):
    """The key of that name; a ready key passes through."""
    if isinstance(name, Key):
        return name
    if ":" in name:
        return _named(name, name.split(":")[0])
    if name.startswith("rsa"):
        return RsaKey(name, **_numbers("rsa.ini")[name])
    group, _, index = name.partition("/")
    numbers = dict(_numbers("dsa.ini" if name.startswith("dsa") else "dh.ini")[group])
    secrets = {member: numbers.pop(member) for member in list(numbers) if member.startswith("x")}
    kind = DsaKey if name.startswith("dsa") else DhKey
    return kind(name, x=secrets["x" + (index or "1")], **numbers)


def _named(name, kind):
    if kind in elliptic.CURVES:
        curve = elliptic.CURVES[kind]
        number = int.from_bytes(_derived(name, curve.size + 8), "big")
        return EcKey(name, curve, number % (curve.n - 1) + 1)
    if kind in elliptic.EDWARDS:
        curve = elliptic.EDWARDS[kind]
        return EdwardsKey(name, curve, _derived(name, curve.size))
    if kind == "x25519":
        return X25519Key(name, _derived(name, 32))
    raise KeyError(name)


def pem(label, octets):
    text = base64.b64encode(octets).decode()
    lines = "\n".join(text[i:i + 64] for i in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n".encode()


def private_pem(key):
    return pem("PRIVATE KEY", get(key).pkcs8())


if __name__ == "__main__":
    import sys
    sys.stdout.write(private_pem(sys.argv[1]).decode())
