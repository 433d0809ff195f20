# SPDX-License-Identifier: Apache-2.0
"""NIST curves, Ed25519, Ed448 and X25519: just enough arithmetic to sign, and fast enough for tests."""

import hashlib
from functools import lru_cache


class Curve:
    """A short Weierstrass curve with a = -3, multiplying its base point with a table of 4-bit windows."""

    def __init__(self, name, bits, p, b, n, gx, gy):
        self.name, self.bits, self.p, self.b, self.n = name, bits, p, b, n
        self.size = (bits + 7) // 8
        self.base = (gx, gy)

    @lru_cache(maxsize=None)
    def _table(self):
        """table[i][j] = j * 16^i * G, affine."""
        rows, start = [], self.base
        for _ in range((self.n.bit_length() + 3) // 4):
            row = [None, start]
            for _ in range(15):
                row.append(self.add(row[-1], start))
            rows.append(row[:16])
            start = row[16]
        return rows

    def add(self, a, b):
        """Affine addition; None is the point at infinity."""
        if a is None or b is None:
            return b if a is None else a
        p = self.p
        if a[0] == b[0]:
            if (a[1] + b[1]) % p == 0:
                return None
            slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, p) % p
        else:
            slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, p) % p
        x = (slope * slope - a[0] - b[0]) % p
        return x, (slope * (a[0] - x) - a[1]) % p

    def multiply_base(self, k):
        """k * G: one mixed Jacobian addition for each window, one inversion at the end."""
        p, total = self.p, None
        for row in self._table():
            digit, k = k & 15, k >> 4
            if digit:
                total = _mixed_add(total, row[digit], p)
        x, y, z = total
        inverse = pow(z, -1, p)
        square = inverse * inverse % p
        return x * square % p, y * square * inverse % p

    def contains(self, point):
        x, y = point
        return (y * y - x * x * x + 3 * x - self.b) % self.p == 0


def _mixed_add(a, b, p):
    """Jacobian a plus affine b. The windows never hold equal points, so doubling cannot occur."""
    if a is None:
        return b[0], b[1], 1
    x1, y1, z1 = a
    zz = z1 * z1 % p
    h = (b[0] * zz - x1) % p
    r = (b[1] * zz * z1 - y1) % p
    hh = h * h % p
    hhh = h * hh % p
    v = x1 * hh % p
    x3 = (r * r - hhh - 2 * v) % p
    return x3, (r * (v - x3) - y1 * hhh) % p, z1 * h % p


P256 = Curve(
    "p256", 256,
    0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
    0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
P384 = Curve(
    "p384", 384,
    2**384 - 2**128 - 2**96 + 2**32 - 1,
    0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
    0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F)
P521 = Curve(
    "p521", 521,
    2**521 - 1,
    0x0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
    0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
    0x00C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A429BF97E7E31C2E5BD66,
    0x011839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761353C7086A272C24088BE94769FD16650)
CURVES = {curve.name: curve for curve in (P256, P384, P521)}


class Edwards:
    """An Edwards curve of RFC 8032 in projective coordinates; `sign` is PureEdDSA without context."""

    def __init__(self, name, size, p, d, a, order, cofactor_bits, top_bit, base, digest):
        self.name, self.size, self.p, self.d, self.a, self.order = name, size, p, d, a, order
        self.cofactor_bits, self.top_bit, self.base, self.digest = cofactor_bits, top_bit, base, digest

    def _add(self, one, two):
        x1, y1, z1 = one
        x2, y2, z2 = two
        p = self.p
        a = z1 * z2 % p
        b = a * a % p
        c, d = x1 * x2 % p, y1 * y2 % p
        e = self.d * c * d % p
        f, g = (b - e) % p, (b + e) % p
        x = a * f * ((x1 + y1) * (x2 + y2) - c - d) % p
        return x, a * g * (d - self.a * c) % p, f * g % p

    @lru_cache(maxsize=None)
    def _table(self):
        rows, start = [], (self.base[0], self.base[1], 1)
        for _ in range((self.size * 8 + 3) // 4):
            row = [(0, 1, 1), start]
            for _ in range(15):
                row.append(self._add(row[-1], start))
            rows.append(row[:16])
            start = row[16]
        return rows

    def multiply_base(self, k):
        total = (0, 1, 1)
        for row in self._table():
            if k & 15:
                total = self._add(total, row[k & 15])
            k >>= 4
        x, y, z = total
        inverse = pow(z, -1, self.p)
        x, y = x * inverse % self.p, y * inverse % self.p
        return (y | (x & 1) << (self.size * 8 - 1)).to_bytes(self.size, "little")

    def _expand(self, seed):
        hashed = self.digest(seed)
        scalar = int.from_bytes(hashed[:self.size], "little")
        scalar &= (1 << self.top_bit) - (1 << self.cofactor_bits)
        return scalar | 1 << self.top_bit, hashed[self.size:]

    def public(self, seed):
        return self.multiply_base(self._expand(seed)[0])

    def sign(self, seed, message):
        scalar, prefix = self._expand(seed)
        public = self.multiply_base(scalar)
        r = int.from_bytes(self.digest(prefix + message), "little") % self.order
        commitment = self.multiply_base(r)
        challenge = int.from_bytes(self.digest(commitment + public + message), "little") % self.order
        return commitment + ((r + challenge * scalar) % self.order).to_bytes(self.size, "little")


def _ed448_digest(data):
    """SHAKE256 with the dom4 prefix; for expanding the seed RFC 8032 leaves that prefix out."""
    prefix = b"" if len(data) == 57 else b"SigEd448\x00\x00"
    return hashlib.shake_256(prefix + data).digest(114)


ED25519 = Edwards(
    "ed25519", 32, 2**255 - 19, -121665 * pow(121666, -1, 2**255 - 19) % (2**255 - 19), -1,
    2**252 + 27742317777372353535851937790883648493, 3, 254,
    (15112221349535400772501151409588531511454012693041857206046113283949847762202,
     46316835694926478169428394003475163141307993866256225615783033603165251855960),
    lambda data: hashlib.sha512(data).digest())
ED448 = Edwards(
    "ed448", 57, 2**448 - 2**224 - 1, -39081, 1,
    2**446 - 13818066809895115352007386748515426880336692474882178609894547503885, 2, 447,
    (224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710,
     298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660),
    _ed448_digest)
EDWARDS = {curve.name: curve for curve in (ED25519, ED448)}


def x25519_public(scalar_octets):
    """The Montgomery ladder of RFC 7748 on the base point 9."""
    p = 2**255 - 19
    k = int.from_bytes(scalar_octets, "little") & (2**254 - 8) | 2**254
    x1, x2, z2, x3, z3, swap = 9, 1, 0, 9, 1, 0
    for t in range(254, -1, -1):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a, b * b, d * a, c * b
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % p, x1 * (da - cb) ** 2 % p
        x2, z2 = aa * bb % p, e * (aa + 121665 * e) % p
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, -1, p) % p).to_bytes(32, "little")
