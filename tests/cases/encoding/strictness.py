# SPDX-License-Identifier: Apache-2.0
"""Certificates that are not DER: never in silence, never a crash."""

from pki import der, keys, names
from pki import extensions as x
from runner import case

TOLD = ["PARSE", "NONCONFORMING"]


def told(w, ee, **options):
    """Whatever the verdict, the oddity is a finding; or the file is refused as unreadable."""
    return w.path(ee, expect="GOOD|WARN|BAD|ERROR", any_codes=TOLD, **options)


def signed_oddly(w, change, **options):
    """A certificate whose to-be-signed part was changed before it was signed: the signature is right."""
    root, ca, ee = w.line(ee=dict(tbs_hook=change))
    return told(w, ee, **options)


@case("B-ENC-7", "octets behind the certificate")
def _(w):
    root, ca, ee = w.line()
    return [told(w, ee.cert + tail, certs=[ca], anchors=[root]) for tail in (b"\x00", b"\x05\x00", b"\n" * 3 + b"x")]


@case("B-ENC-7", "octets behind the last field inside the to-be-signed part")
def _(w):
    return signed_oddly(w, lambda tbs: der.sequence(der.content(tbs), der.null()))


@case("B-ENC-7", "a fourth field behind the signature value")
def _(w):
    root, ca, ee = w.line(ee=dict(hook=lambda octets: der.sequence(der.content(octets), der.null())))
    return told(w, ee)


@case("B-ENC-7", "the outer length is not minimal")
def _(w):
    root, ca, ee = w.line(ee=dict(hook=lambda octets: der.tlv(der.SEQUENCE, der.content(octets), length_octets=4)))
    return told(w, ee)


@case("B-ENC-7", "the outer length is indefinite")
def _(w):
    root, ca, ee = w.line(ee=dict(hook=lambda octets: der.indefinite(der.SEQUENCE, der.content(octets))))
    return told(w, ee)


@case("B-ENC-7", "the length of the to-be-signed part is not minimal, and signed so")
def _(w):
    return signed_oddly(w, lambda tbs: der.tlv(der.SEQUENCE, der.content(tbs), length_octets=3))


@case("B-ENC-7", "the length of the to-be-signed part is indefinite, and signed so")
def _(w):
    return signed_oddly(w, lambda tbs: der.indefinite(der.SEQUENCE, der.content(tbs)))


@case("B-ENC-7", "a BOOLEAN is true as 01, and signed so")
def _(w):
    return signed_oddly(w, lambda tbs: tbs.replace(b"\x01\x01\xff", b"\x01\x01\x01"))


@case("B-ENC-7", "a BOOLEAN FALSE is written though it is the default")
def _(w):
    san = x.subject_alt_name(b"\x81\x11alice@example.com").but(spell_false=True)
    root, ca, ee = w.line(ee=dict(ext={"subjectAltName": san}))
    return told(w, ee)


@case("B-ENC-7 B-SER-2", "the serial number is not minimal")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=b"\x00\x00\x42"))
    return told(w, ee)


@case("B-ENC-7", "the serial number has no octets")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=b""))
    return w.path(ee, expect="BAD|ERROR", codes=["PARSE"])


@case("B-ENC-7", "a SET OF in a name is not sorted")
def _(w):
    unsorted = der.set_(*sorted((names.attribute("CN", "Alice"), names.attribute("OU", "x")), reverse=True))
    root, ca, ee = w.line(ee=dict(subject=names.dn(unsorted)))
    return told(w, ee)


@case("B-ENC-7", "a certificate cut off at many places")
def _(w):
    root, ca, ee = w.line()
    cuts = [0, 1, 2, 3, 4, 5, 8, 20, 100, len(ee.cert) // 2, len(ee.cert) - 1]
    return [w.path(ee.cert[:cut], certs=[ca], anchors=[root], expect="BAD|ERROR", codes=["PARSE"]) for cut in cuts]


@case("B-ENC-7", "lengths that promise more than there is")
def _(w):
    root, ca, ee = w.line()
    body = der.content(ee.cert)
    promises = [b"\x30\x84\xff\xff\xff\xff", b"\x30\x88" + b"\xff" * 8, b"\x30\x83\x10\x00\x00", b"\x30\x80", b"\x30\xff",
                b"\x30\x89" + b"\x00" * 8 + b"\x10"]
    return [w.path(start + body, certs=[ca], anchors=[root], expect="BAD|ERROR") for start in promises]


@case("B-ENC-7", "values nested a hundred thousand levels deep")
def _(w):
    root, ca, ee = w.line()
    deep = b"\x30\x80" * 100000
    definite = b""
    for _ in range(3000):
        definite = der.sequence(definite)
    holder = w.end_entity("Alice", ca, extra=[x.private(definite)])
    return [w.path(deep, certs=[ca], anchors=[root], expect="BAD|ERROR"),
            w.path(definite, certs=[ca], anchors=[root], expect="BAD|ERROR"),
            w.show(deep, exit=2), w.path(holder, expect="GOOD")]


@case("B-ENC-7", "files that hold no certificate at all")
def _(w):
    root = w.root()
    junk = [b"", b"\n", b"hello", b"\x00" * 1000, b"-----BEGIN CERTIFICATE-----\n", b"\xff" * 10,
            keys.pem("CERTIFICATE", b"hello"), keys.pem("PRIVATE KEY", root.key.pkcs8())]
    return [w.path(one, certs=[], anchors=[root], expect="BAD|ERROR") for one in junk]


@case("B-ENC-7 A-4.2-4", "an unreadable stranger among the certificates changes nothing")
def _(w):
    root, ca, ee = w.line()
    broken = w.end_entity("Stranger", ca, not_after=der.utc_time("991332000000Z")).cert
    return [w.path(ee, certs=[broken, ca], anchors=[root], expect="GOOD|WARN|ERROR"),
            w.verify(w.signed_mail(ee, certs=[broken, ee, broken, ca]), anchors=[root], expect="GOOD|WARN")]


@case("B-ENC-7", "tags of the wrong class, constructed strings and high tag numbers")
def _(w):
    root, ca, _ = w.line()
    constructed = names.dn(("CN", der.tlv(0x2C, der.utf8("Alice")), "raw"))
    high = names.dn(("CN", der.tlv(der.tag(12, long_form=True), b"Alice"), "raw"))
    private = names.dn(("CN", der.tlv(0xCC, b"Alice"), "raw"))
    return [told(w, w.end_entity("Alice", ca, subject=one)) for one in (constructed, high)] + [
        w.path(w.end_entity("Alice", ca, subject=private), expect="GOOD|WARN|BAD|ERROR")]
