# SPDX-License-Identifier: Apache-2.0
"""Certificate versions and the fields that depend on them (RFC 5280, 4.1.2.1, 4.1.2.8, 4.1.2.9)."""

from pki import certificate, der, names
from pki import extensions as x
from runner import case

V1 = dict(version=certificate.V1, extensions=None)
V2 = dict(version=certificate.V2, extensions=None, issuer_uid=b"\x01\x23\x45", subject_uid=b"\xab\xcd\xef")


@case("B-ENC-3 A-2.2-1 E-8", "a v1 end entity under a v3 CA is accepted")
def _(w):
    root, ca, ee = w.line(ee=dict(V1, email=None))
    return w.path(ee, expect="GOOD|WARN", forbid=["PARSE"])


@case("B-ENC-3 A-2.2-1", "a v1 end entity has no key usage and is presumed fit for signing")
def _(w):
    root, ca, ee = w.line(ee=dict(V1, email=None, subject=names.dn(("CN", "Alice"), ("emailAddress", "a@example.com"))))
    return w.path(ee, purpose="sign", expect="GOOD|WARN", forbid=["KU_FORBIDS", "EKU_FORBIDS"])


@case("B-ENC-3 A-2.2-1 E-8", "a v1 anchor over a v3 end entity is good")
def _(w):
    root = w.root(**V1)
    ee = w.end_entity("Alice", root)
    return w.path(ee, expect="GOOD")


@case("B-ENC-3 B-ENC-6", "a v2 end entity is accepted")
def _(w):
    root, ca, ee = w.line(ee=dict(V2, email=None))
    return w.path(ee, expect="GOOD|WARN", forbid=["PARSE"])


@case("B-ENC-3 A-2.2-2 A-1-3 A-4.2-2", "a v3 chain is good")
def _(w):
    root, ca, ee = w.line()
    return w.path(ee, expect="GOOD", path=[ee, ca], json={"findings": lambda f: all(one["severity"] == "info" for one in f)})


@case("B-ENC-3 B-ENC-7", "version 1 written out is parsed, and told as no DER")
def _(w):
    explicit = der.explicit(0, der.integer(0))
    root, ca, ee = w.line(ee=dict(version=explicit, extensions=None, email=None))
    return w.path(ee, expect="GOOD|WARN|BAD", any_codes=["NONCONFORMING", "PARSE"])


@case("B-ENC-3", "version 4 is not read as any known version")
def _(w):
    root, ca, ee = w.line(ee=dict(version=certificate.V4))
    return w.path(ee, expect="BAD|ERROR", codes=["PARSE"])


@case("B-ENC-3", "version numbers no certificate has")
def _(w):
    root, ca, _ = w.line()
    numbers = (-1, 3, 255, 2**31, 2**64 + 2)
    return [w.path(w.end_entity("Alice", ca, version=der.explicit(0, der.integer(number))), expect="BAD|ERROR",
                   codes=["PARSE"]) for number in numbers]


@case("B-ENC-4", "a v1 certificate with extensions is refused")
def _(w):
    root, ca, ee = w.line(ee=dict(version=certificate.V1))
    return w.path(ee, expect="BAD|ERROR")


@case("B-ENC-4", "a v2 certificate with extensions is refused")
def _(w):
    root, ca, ee = w.line(ee=dict(version=certificate.V2))
    return w.path(ee, expect="BAD|ERROR")


@case("B-ENC-4", "the extensions of a v1 certificate make no CA of it")
def _(w):
    root, ca, ee = w.line(ca=dict(version=certificate.V1))
    return w.path(ee, expect="BAD|UNKNOWN")


@case("B-ENC-4", "a v1 certificate with unique identifiers is refused")
def _(w):
    root, ca, _ = w.line()
    issuer = w.end_entity("Alice", ca, version=certificate.V1, extensions=None, issuer_uid=b"\x01")
    subject = w.end_entity("Bob", ca, version=certificate.V1, extensions=None, subject_uid=b"\x01")
    return [w.path(issuer, expect="BAD|ERROR"), w.path(subject, expect="BAD|ERROR")]


@case("B-ENC-6", "unique identifiers are shown")
def _(w):
    root, ca, ee = w.line(ee=V2)
    return w.show(ee, contains=["unique"])


@case("B-ENC-6", "a v3 certificate with both unique identifiers is accepted")
def _(w):
    root, ca, ee = w.line(ee=dict(issuer_uid=b"\x01\x23\x45", subject_uid=b"\xab\xcd\xef"))
    return w.path(ee, expect="GOOD")


@case("B-ENC-6", "different unique identifiers of CA and issuer field do not break the chain")
def _(w):
    root, ca, ee = w.line(ca=dict(subject_uid=b"\x01"), ee=dict(issuer_uid=b"\x02"))
    return w.path(ee, expect="GOOD")


@case("B-ENC-3", "an empty Extensions sequence is no certificate of RFC 5280")
def _(w):
    root, ca, ee = w.line(ee=dict(extensions=[], email=None))
    return w.path(ee, expect="BAD|GOOD|WARN|ERROR", any_codes=["PARSE", "NONCONFORMING"])


@case("B-ENC-5", "two subjectAltNames in an end entity")
def _(w):
    again = x.subject_alt_name(b"\x81\x0fbob@example.com")
    root, ca, ee = w.line(ee=dict(extra=[again]))
    return w.path(ee, expect="BAD|ERROR")


@case("B-ENC-5", "two keyUsages in an end entity")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[x.key_usage("digitalSignature")]))
    return w.path(ee, expect="BAD|ERROR")


@case("B-ENC-5", "the same unknown extension twice in an end entity")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[x.private(b"\x05\x00"), x.private(b"\x01\x01\xff")]))
    return w.path(ee, expect="BAD|ERROR")


@case("B-ENC-5", "two basicConstraints in an intermediate")
def _(w):
    root, ca, ee = w.line(ca=dict(extra=[x.basic_constraints(True, 3)]))
    return w.path(ee, expect="BAD|UNKNOWN")
