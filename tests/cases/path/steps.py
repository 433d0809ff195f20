# SPDX-License-Identifier: Apache-2.0
"""The basic steps for each certificate of the path, and the preparation for the next (RFC 5280, 6.1.3, 6.1.4)."""

from pki import certificate, names
from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import days
from runner import case

BARE = {"subjectKeyIdentifier": None, "authorityKeyIdentifier": None}


@case("B-61a1", "a CA of the same name with the wrong key is followed by the next candidate")
def _(w):
    root = w.root()
    subject = names.example("CA")
    wrong = [w.ca(f"Wrong {n}", root, subject=subject, ext=BARE) for n in range(5)]
    right = w.ca("Right", root, subject=subject, ext=BARE)
    ee = w.end_entity("Alice", right, ext=BARE)
    return w.path(ee, certs=[*wrong, right], anchors=[root], expect="GOOD", path=[ee, right])


@case("B-61a1", "when no candidate's key verifies the signature is bad")
def _(w):
    root = w.root()
    subject = names.example("CA")
    wrong = [w.ca(f"Wrong {n}", root, subject=subject, ext=BARE) for n in range(3)]
    ee = w.end_entity("Alice", wrong[0], signer_key="p256:Nobody", ext=BARE)
    return w.path(ee, certs=wrong, anchors=[root], expect="BAD", codes=["SIG_BAD@0"])


@case("B-61a1 A-5-3", "a bad signature of the topmost intermediate is found")
def _(w):
    root = w.root()
    top = w.ca("Top", root, signature_hook=flip)
    ee = w.end_entity("Alice", w.ca("Sub", top))
    return w.path(ee, expect="UNKNOWN", codes=["SIG_BAD@2", "NO_TRUST_PATH@1"])


def add_time(place, position, validity, code):
    @case("B-61a2 A-5-F6 A-5-3", f"{code} of the {place} is told with its place")
    def _(w):
        root = w.root()
        top = w.ca("Top", root, **(validity if position == 2 else {}))
        sub = w.ca("Sub", top, **(validity if position == 1 else {}))
        ee = w.end_entity("Alice", sub, **(validity if position == 0 else {}))
        return w.path(ee, expect="BAD", codes=[f"{code}@{position}"])


for _position, _place in enumerate(("end entity", "lower intermediate", "upper intermediate")):
    add_time(_place, _position, dict(not_after=days(-1)), "CERT_EXPIRED")
    add_time(_place, _position, dict(not_before=days(1)), "CERT_NOT_YET_VALID")


@case("B-61a2 A-5-3", "one expired and one future certificate are both told")
def _(w):
    root, ca, ee = w.line(ca=dict(not_before=days(1)), ee=dict(not_after=days(-1)))
    return w.path(ee, expect="BAD", codes=["CERT_EXPIRED@0", "CERT_NOT_YET_VALID@1"])


@case("B-61a2", "validity periods need not nest")
def _(w):
    root, ca, ee = w.line(ca=dict(not_before=days(-10)), ee=dict(not_before=days(-1000), not_after=days(5000)))
    return w.path(ee, expect="GOOD")


@case("B-61a3 A-5-F7", "a revoked end entity")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [ee])
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-61a3 A-5-F7", "a revoked intermediate, at either place")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    ee = w.end_entity("Alice", sub)
    first, second = w.crl(top, [sub]), w.crl(root, [top])
    rest = [w.crl(sub), w.crl(top), w.crl(root)]
    return [w.path(ee, crls=[rest[0], first, rest[2]], expect="BAD", codes=["CERT_REVOKED@1"]),
            w.path(ee, crls=[rest[0], rest[1], second], expect="BAD", codes=["CERT_REVOKED@2"])]


@case("B-61a3 B-IN-3", "the anchor is not looked up, not even in its own CRL")
def _(w):
    root, ca, ee = w.line()
    w.crl(root, [root])
    return w.path(ee, expect="GOOD")


@case("B-61a3 A-5-F7", "all certificates of a path revoked are all told")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [ee])
    w.crl(root, [ca])
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0", "CERT_REVOKED@1"])


@case("B-61a4", "the right signature under the wrong issuer name is no path")
def _(w):
    root, ca, _ = w.line()
    ee = w.end_entity("Alice", ca, issuer_name=names.example("Nobody"))
    return w.path(ee, expect="UNKNOWN", codes=["NO_TRUST_PATH"])


@case("B-61a4", "the right signature under the wrong issuer name in the middle is no path")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, issuer_name=names.example("Nobody"))
    return w.path(w.end_entity("Alice", ca), expect="UNKNOWN", codes=["NO_TRUST_PATH"])


@case("A-3-14", "an empty issuer name is refused")
def _(w):
    root = w.root(subject=names.EMPTY)
    return w.path(w.end_entity("Alice", root), expect="BAD|UNKNOWN")


@case("A-3-14", "a CA with an empty subject is refused")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, subject=names.EMPTY)
    return w.path(w.end_entity("Alice", ca), expect="BAD|UNKNOWN")


@case("A-3-15 A-3-16", "an end entity with an empty subject and a critical subjectAltName is accepted")
def _(w):
    root, ca, ee = w.line(ee=dict(subject=names.EMPTY))
    return w.path(ee, expect="GOOD", contains=["alice@example.com"])


@case("A-3-16 E-35", "an empty subject without any subjectAltName is refused")
def _(w):
    root, ca, ee = w.line(ee=dict(subject=names.EMPTY, email=None))
    return w.path(ee, expect="BAD")


@case("A-3-16 E-35", "an empty subject with a subjectAltName that is not critical is told, and refused in strict")
def _(w):
    san = x.subject_alt_name(gn.email("alice@example.com"))
    root, ca, ee = w.line(ee=dict(subject=names.EMPTY, ext={"subjectAltName": san}))
    return [w.path(ee, expect="GOOD", codes=["NONCONFORMING"]), w.path(ee, profile="strict", expect="BAD")]


@case("E-40", "NONCONFORMING and the path are separate, and strict joins them")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"basicConstraints": x.basic_constraints(True, critical=False)}))
    return [w.path(ee, expect="GOOD", codes=["NONCONFORMING"]), w.path(ee, profile="strict", expect="BAD")]


# --- what makes a CA --------------------------------------------------------------------------------------

@case("B-614k E-8", "a v1 intermediate is not a CA")
def _(w):
    root, ca, ee = w.line(ca=dict(version=certificate.V1, extensions=None))
    return w.path(ee, expect="BAD", codes=["NOT_A_CA@1"])


@case("B-614k E-8", "a v2 intermediate is not a CA")
def _(w):
    root, ca, ee = w.line(ca=dict(version=certificate.V2, extensions=None, subject_uid=b"\x01"))
    return w.path(ee, expect="BAD", codes=["NOT_A_CA@1"])


@case("B-614k A-4.4.1-1 E-16 E-5", "a v3 intermediate without basicConstraints is not a CA")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"basicConstraints": None}))
    return w.path(ee, expect="BAD", codes=["NOT_A_CA@1"])


@case("B-614k", "a v3 intermediate whose basicConstraints say no is not a CA")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"basicConstraints": x.basic_constraints(False)}))
    return w.path(ee, expect="BAD", codes=["NOT_A_CA@1"])


@case("B-614k", "the upper of two intermediates that is not a CA is told with its place")
def _(w):
    root = w.root()
    top = w.ca("Top", root, ext={"basicConstraints": None})
    return w.path(w.end_entity("Alice", w.ca("Sub", top)), expect="BAD", codes=["NOT_A_CA@2"], forbid=["NOT_A_CA@1"])


@case("B-614k", "a person's certificate issues nothing")
def _(w):
    root, ca, mallory = w.line()
    alice = w.end_entity("Victim", mallory)
    return w.path(alice, expect="BAD", codes=["NOT_A_CA@1"])


@case("E-16", "basicConstraints that are not critical make a CA, and are told")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"basicConstraints": x.basic_constraints(True, critical=False)}))
    return w.path(ee, expect="GOOD", codes=["NONCONFORMING@1"])


@case("A-4.4.1-2", "basicConstraints in an end entity are accepted, empty or not")
def _(w):
    root, ca, _ = w.line()
    forms = (x.basic_constraints(False), x.basic_constraints(False, critical=False))
    return [w.path(w.end_entity("Alice", ca, ext={"basicConstraints": one}), expect="GOOD") for one in forms]


@case("A-4-7", "an expired and a valid CA certificate of one name and key: the valid one is taken")
def _(w):
    root = w.root()
    old = w.ca("CA", root, not_after=days(-5))
    new = w.ca("CA", root, key=old.key, not_before=days(-30))
    ee = w.end_entity("Alice", old)
    return [w.path(ee, certs=certs, anchors=[root], expect="GOOD", path=[ee, new]) for certs in ([old, new], [new, old])]


@case("A-4-7", "two valid CA certificates with different constraints: any that works will do")
def _(w):
    root = w.root()
    tight = w.ca("CA", root, extra=[x.name_constraints([gn.email("example.org")])])
    wide = w.ca("CA", root, key=tight.key)
    ee = w.end_entity("Alice", tight)
    return [w.path(ee, certs=certs, anchors=[root], expect="GOOD", path=[ee, wide])
            for certs in ([tight, wide], [wide, tight])]


@case("A-4-7", "a CRL by a key with several CA certificates is accepted")
def _(w):
    root = w.root()
    old = w.ca("CA", root, not_after=days(-5))
    new = w.ca("CA", root, key=old.key, not_before=days(-30))
    alice, bob = w.end_entity("Alice", old), w.end_entity("Bob", new)
    crls = [w.crl(root), w.crl(old, [bob])]
    return [w.path(alice, certs=[old, new], anchors=[root], crls=crls, expect="GOOD"),
            w.path(bob, certs=[old, new], anchors=[root], crls=crls, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("A-4-7 B-61a3", "a revoked CA certificate beside another one of its name and key")
def _(w):
    root = w.root()
    old = w.ca("CA", root)
    new = w.ca("CA", root, key=old.key)
    ee = w.end_entity("Alice", old)
    w.crl(root, [old])
    return w.path(ee, certs=[old, new], anchors=[root], expect="GOOD", path=[ee, new])


@case("B-OUT-2 A-5-3", "three faults in one path are all reported with their places")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0, extra=[x.name_constraints([gn.email("example.org")])])
    sub = w.ca("Sub", top, not_after=days(-1))
    ee = w.end_entity("Alice", sub, extra=[x.private(critical=True)])
    return w.path(ee, expect="BAD", codes=["PATHLEN@1", "CERT_EXPIRED@1", "NAME_CONSTRAINT@0", "CRIT_UNKNOWN@0"])


@case("B-OUT-1 B-OUT-2", "a result names its path, its policies and the rule behind every finding")
def _(w):
    root, ca, ee = w.line(ee=dict(not_after=days(-1)))
    rules = lambda findings: all(one["rule"] for one in findings if one["severity"] == "error")
    return [w.path(ee, expect="BAD", json={"findings": rules, "paths_tried": lambda n: n >= 1}),
            w.path(w.end_entity("Bob", ca), expect="GOOD", policies=[], json={"path.length": lambda n: n >= 2})]
