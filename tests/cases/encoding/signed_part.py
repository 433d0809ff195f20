# SPDX-License-Identifier: Apache-2.0
"""The signature covers the octets of the to-be-signed part as received (RFC 5280, 4.1.1)."""

from pki import der, sign
from pki.certificate import flip
from runner import case

REFUSED = "BAD|UNKNOWN|ERROR"


def tbs_of(octets):
    return der.children(octets)[0]


def with_tbs(octets, tbs):
    """The certificate with another to-be-signed part under the old signature."""
    return der.sequence(tbs, *der.children(octets)[1:])


@case("B-ENC-1", "a changed letter in the end entity's name breaks its signature")
def _(w):
    root, ca, ee = w.line()
    changed = ee.cert.replace(b"\x0c\x05Alice", b"\x0c\x05Alicf")
    return w.path(changed, certs=[ca], anchors=[root], expect="BAD", codes=["SIG_BAD@0"])


@case("B-ENC-1", "a changed extension value breaks the end entity's signature")
def _(w):
    root, ca, ee = w.line()
    changed = ee.cert.replace(b"alice@example.com", b"mallo@example.com")
    return w.path(changed, certs=[ca], anchors=[root], expect="BAD", codes=["SIG_BAD@0"])


@case("B-ENC-1", "a changed serial in an intermediate breaks its signature")
def _(w):
    root, ca, ee = w.line(ca=dict(serial=0x1234567890))
    changed = ca.cert.replace(b"\x12\x34\x56\x78\x90", b"\x12\x34\x56\x78\x91")
    return w.path(ee, certs=[changed], anchors=[root], expect="UNKNOWN", codes=["SIG_BAD@1", "NO_TRUST_PATH@0"])


@case("B-ENC-1 B-61a1", "a changed bit in the signature value is found, at each place of the path")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    bad_ee = w.end_entity("Alice", ca, signature_hook=flip)
    bad_ca = w.ca("Other CA", root, signature_hook=flip)
    ee = w.end_entity("Bob", bad_ca)
    return [w.path(bad_ee, expect="BAD", codes=["SIG_BAD@0"]), w.path(ee, expect="UNKNOWN", codes=["SIG_BAD@1"])]


@case("B-ENC-1", "no octet of the to-be-signed part can be changed unnoticed")
def _(w):
    root, ca, ee = w.line()
    size = len(tbs_of(ee.cert))
    start = len(ee.cert) - len(der.content(ee.cert))
    changed = [flip(ee.cert, start + at, at % 8) for at in range(0, size, 23)]
    return [w.path(one, certs=[ca], anchors=[root], expect=REFUSED) for one in changed]


@case("B-ENC-1 B-ENC-7", "an equal content in other octets is not what was signed")
def _(w):
    root, ca, ee = w.line()
    tbs = tbs_of(ee.cert)
    longer = der.tlv(der.SEQUENCE, der.content(tbs), length_octets=4)
    endless = der.indefinite(der.SEQUENCE, der.content(tbs))
    true_as_one = tbs.replace(b"\x01\x01\xff", b"\x01\x01\x01")
    return [w.path(with_tbs(ee.cert, one), certs=[ca], anchors=[root], expect=REFUSED)
            for one in (longer, endless, true_as_one)]


@case("B-ENC-2", "outer and inner signature algorithm differ in the OID")
def _(w):
    root, ca, ee = w.line(ee=dict(outer=sign.algorithm("sha384-ecdsa")))
    return w.path(ee, expect="BAD")


@case("B-ENC-2", "outer and inner signature algorithm of an intermediate differ in the OID")
def _(w):
    root, ca, ee = w.line(ca=dict(outer=sign.algorithm("sha384-ecdsa")))
    return w.path(ee, expect="BAD|UNKNOWN")


@case("B-ENC-2 E-36", "outer and inner signature algorithm differ in the parameters alone", keys="rsa2048")
def _(w):
    root, ca, ee = w.line(ee=dict(outer=sign.algorithm("sha256-rsa")))
    other = w.end_entity("Bob", ca, inner=sign.algorithm("sha256-rsa"))
    return [w.path(ee, expect="BAD"), w.path(other, expect="BAD")]


@case("B-ENC-2", "a CRL whose outer and inner signature algorithm differ is not used")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, outer=sign.algorithm("sha384-ecdsa"))
    return w.path(ee, expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-ENC-2", "a CRL whose two algorithms differ in the parameters alone is not used", keys="rsa2048")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, outer=sign.algorithm("sha256-rsa"))
    return w.path(ee, expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-ENC-1", "a signature BIT STRING with unused bits is refused")
def _(w):
    root, ca, ee = w.line(ee=dict(unused_bits=1))
    return w.path(ee, expect="BAD|ERROR", any_codes=["SIG_BAD", "PARSE"])
