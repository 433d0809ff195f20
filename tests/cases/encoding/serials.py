# SPDX-License-Identifier: Apache-2.0
"""Serial numbers: any INTEGER must be kept, shown and matched exactly (RFC 5280, 4.1.2.2)."""

from pki import der
from runner import case

TWENTY = 0x7F0102030405060708090A0B0C0D0E0F10111213
FORTY = int("7f" + "5a" * 39, 16)


def shown(number):
    """A test of the JSON serial: hexadecimal in any grouping, with a sign if negative."""
    def good(text):
        digits = text.lower().replace(":", "").replace(" ", "").replace("0x", "")
        negative = digits.startswith("-")
        return int(digits.lstrip("-"), 16) * (-1 if negative else 1) == number
    return good


def revoked(w, serial, listed):
    """The path of an end entity with `serial` under a CA whose CRL lists `listed`."""
    root, ca, ee = w.line(ee=dict(serial=serial))
    w.crl(ca, [w.revocation(listed)])
    return ee


@case("B-SER-1", "a serial of 20 octets is found in the CRL")
def _(w):
    ee = revoked(w, TWENTY, TWENTY)
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"], json={"path.0.serial": shown(TWENTY)})


@case("B-SER-1", "a serial of 20 octets that differs in its last bit is not found")
def _(w):
    ee = revoked(w, TWENTY, TWENTY + 1)
    return w.path(ee, expect="GOOD", forbid=["CERT_REVOKED"])


@case("B-SER-1", "a serial of 20 octets that differs in its first octet is not found")
def _(w):
    ee = revoked(w, TWENTY, TWENTY ^ (1 << 152))
    return w.path(ee, expect="GOOD", forbid=["CERT_REVOKED"])


def add_exact(number, others):
    @case("B-SER-2", f"serial {hex(number)[:12]} is shown and matched exactly")
    def _(w):
        ee = revoked(w, number, number)
        return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"], json={"path.0.serial": shown(number)})

    @case("B-SER-2", f"serial {hex(number)[:12]} is not mistaken for its neighbours")
    def _(w):
        runs = []
        for other in others:
            world = type(w)()
            ee = revoked(world, number, other)
            runs.append(world.path(ee, expect="GOOD", forbid=["CERT_REVOKED"], json={"path.0.serial": shown(number)}))
        return runs


add_exact(-1, (1, 255, -255, 0))
add_exact(255, (-1, 1, 65535))
add_exact(0, (1, 256, -256))
add_exact(-128, (128, -127))
add_exact(FORTY, (FORTY + 1, FORTY >> 8, FORTY & (2**160 - 1)))
add_exact(-FORTY, (FORTY, -FORTY + 1))


@case("B-SER-2", "a serial of a thousand octets is handled")
def _(w):
    number = int("11" * 1000, 16)
    ee = revoked(w, number, number)
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-SER-2", "odd serials are told as not conforming, and the path is good")
def _(w):
    root, ca, _ = w.line()
    return [w.path(w.end_entity("Alice", ca, serial=number), expect="GOOD", codes=["NONCONFORMING"])
            for number in (-5, 0, FORTY)]


@case("B-SER-2 B-ENC-7", "a padded serial in the CRL entry does not hide a revocation")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=0x42))
    w.crl(ca, [w.revocation(b"\x00\x42")])
    return w.path(ee, expect="BAD|UNKNOWN|ERROR", any_codes=["CERT_REVOKED", "CRL_INVALID"])


@case("B-SER-2", "the serial is shown in the dump of certificate and CRL")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=TWENTY))
    crl = w.crl(ca, [ee])
    return [w.show(ee, contains=["13"]), w.show(crl, contains=["13"])]


@case("B-SER-1", "two certificates of one CA with one serial do not confuse the path")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=7))
    twin = w.end_entity("Bob", ca, serial=7)
    return w.path(ee, certs=[twin, ca], anchors=[root], expect="GOOD", path=[ee, ca])


assert der.integer_octets(TWENTY)[0] == 0x7F and len(der.integer_octets(TWENTY)) == 20
