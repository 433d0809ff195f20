# SPDX-License-Identifier: Apache-2.0
"""Which of several CRLs counts, how hard they are demanded, and judging a moment of the past
(RFC 3850, 4.1 and 5; RFC 5280, 5.2.3)."""

from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import at, days
from runner import case


def both_orders(w, ee, lists, **options):
    rest = [w.crl(ee.issuer.issuer)]
    return [w.path(ee, crls=[*one, *rest], **options) for one in (lists, list(reversed(lists)))]


@case("A-5-4 E-28 B-CRL-7", "an older clean CRL does not hide what the newer one revokes")
def _(w):
    root, ca, ee = w.line()
    lists = [w.crl(ca, number=4, this_update=days(-8)), w.crl(ca, [ee], number=5, this_update=days(-2))]
    return both_orders(w, ee, lists, expect="BAD", codes=["CERT_REVOKED@0"])


@case("E-28 B-CRL-7", "a hold of the older CRL is gone in the newer one")
def _(w):
    root, ca, ee = w.line()
    lists = [w.crl(ca, [w.revocation(ee, days(-9), "certificateHold")], number=4, this_update=days(-8)),
             w.crl(ca, number=5, this_update=days(-2))]
    return both_orders(w, ee, lists, expect="GOOD", forbid=["CERT_REVOKED"])


@case("B-CRL-7 E-28", "the number decides before thisUpdate")
def _(w):
    root, ca, ee = w.line()
    lists = [w.crl(ca, [ee], number=6, this_update=days(-8)), w.crl(ca, number=5, this_update=days(-2))]
    return both_orders(w, ee, lists, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-CRL-7", "numbers of twenty octets are compared as numbers")
def _(w):
    root, ca, ee = w.line()
    big = 0x7F << 152
    lists = [w.crl(ca, number=big - 1, this_update=days(-2)), w.crl(ca, [ee], number=big, this_update=days(-2))]
    small = [w.crl(ca, number=255), w.crl(ca, [ee], number=256)]
    return (both_orders(w, ee, lists, expect="BAD", codes=["CERT_REVOKED@0"])
            + both_orders(w, ee, small, expect="BAD", codes=["CERT_REVOKED@0"]))


@case("B-CRL-7", "the same number with other content is told, and a revocation in either counts")
def _(w):
    root, ca, ee = w.line()
    lists = [w.crl(ca, number=5), w.crl(ca, [ee], number=5)]
    return both_orders(w, ee, lists, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-CRL-7", "without numbers thisUpdate decides")
def _(w):
    root, ca, ee = w.line()
    bare = dict(ext={"cRLNumber": None})
    lists = [w.crl(ca, this_update=days(-8), **bare), w.crl(ca, [ee], this_update=days(-2), **bare)]
    return both_orders(w, ee, lists, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-CRL-7", "numbers of different scopes are not compared")
def _(w):
    point = lambda name: [gn.uri(f"http://crl.example/{name}")]
    root, ca, ee = w.line(ee=dict(extra=[x.crl_distribution_points(x.distribution_point(point("a")))]))
    lists = [w.crl(ca, number=100, extra=[x.issuing_distribution_point(point("b"))]),
             w.crl(ca, [ee], number=5, extra=[x.issuing_distribution_point(point("a"))])]
    return both_orders(w, ee, lists, expect="BAD", codes=["CERT_REVOKED@0"])


@case("E-28 A-5-F4", "a spoilt CRL with the highest number changes nothing")
def _(w):
    root, ca, ee = w.line()
    junk = w.crl(ca, [ee], number=99, signature_hook=flip)
    return both_orders(w, ee, [junk, w.crl(ca, number=5)], expect="GOOD|WARN", forbid=["CERT_REVOKED"])


@case("E-28", "a spoilt clean CRL with the highest number hides no revocation")
def _(w):
    root, ca, ee = w.line()
    junk = w.crl(ca, number=99, signature_hook=flip)
    return both_orders(w, ee, [junk, w.crl(ca, [ee], number=5)], expect="BAD", codes=["CERT_REVOKED@0"])


# --- how hard ---------------------------------------------------------------------------------------------

@case("A-4.1-5 E-27 A-2.1-5", "require, prefer and off, without any CRL")
def _(w):
    root, ca, ee = w.line()
    return [w.path(ee, crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE"]),
            w.path(ee, crls="none", revocation="require", expect="UNKNOWN", codes=["REV_UNAVAILABLE"]),
            w.path(ee, crls="none", revocation="prefer", expect="WARN", codes=["REV_UNAVAILABLE"]),
            w.path(ee, crls="none", revocation="off", expect="WARN", forbid=["REV_UNAVAILABLE"])]


@case("A-4.1-5 E-27 A-2.1-5", "require, prefer and off, with all CRLs")
def _(w):
    root, ca, ee = w.line()
    lists = w.all_crls()
    return [w.path(ee, crls=lists, revocation="require", expect="GOOD"),
            w.path(ee, crls=lists, revocation="prefer", expect="GOOD"),
            w.path(ee, crls=lists, revocation="off", expect="WARN")]


@case("A-4.1-5 E-27", "prefer does not overlook a revocation")
def _(w):
    root, ca, ee = w.line()
    return w.path(ee, crls=[w.crl(ca, [ee])], revocation="prefer", expect="BAD", codes=["CERT_REVOKED@0"])


@case("A-4.1-5", "prefer with an expired CRL warns")
def _(w):
    root, ca, ee = w.line()
    old = w.crl(ca, this_update=days(-40), next_update=days(-10))
    return w.path(ee, crls=[old, w.crl(root)], revocation="prefer", expect="WARN", codes=["CRL_EXPIRED"])


@case("A-2.1-5", "a run without options says something of revocation, whatever the outcome")
def _(w):
    root, ca, ee = w.line()
    return w.path(ee, crls="all", expect="GOOD", reads_json=False, contains=["revo"])


# --- the past ---------------------------------------------------------------------------------------------

MOMENT = at(2024, 1, 10)


def then(w, revoked=None, reason=None, extensions=None, **changes):
    """An end entity with a CRL issued a month after the moment of judgement."""
    root, ca, ee = w.line(root=dict(not_before=at(2020)), ca=dict(not_before=at(2020)),
                          ee=dict(not_before=at(2023), **changes))
    listed = [w.revocation(ee, revoked, reason, extensions)] if revoked else []
    lists = [w.crl(ca, listed, this_update=at(2024, 2, 10), next_update=at(2024, 3, 10)),
             w.crl(root, this_update=at(2024, 2, 10), next_update=at(2024, 3, 10))]
    return ee, lists


@case("E-29 B-IN-5", "revoked before the moment in question is revoked")
def _(w):
    ee, lists = then(w, at(2024, 1, 9))
    return w.path(ee, crls=lists, at=MOMENT, expect="BAD", codes=["CERT_REVOKED@0"])


@case("E-29 B-IN-5", "revoked in that very second is revoked")
def _(w):
    ee, lists = then(w, MOMENT)
    return w.path(ee, crls=lists, at=MOMENT, expect="BAD", codes=["CERT_REVOKED@0"])


@case("E-29 B-IN-5", "revoked after the moment in question was not revoked then")
def _(w):
    ee, lists = then(w, at(2024, 1, 20), "superseded")
    return w.path(ee, crls=lists, at=MOMENT, expect="GOOD|WARN", forbid=["CERT_REVOKED"])


@case("E-29", "a key compromised before the moment in question, though revoked after it")
def _(w):
    early = [x.invalidity_date(at(2024, 1, 1))]
    late = [x.invalidity_date(at(2024, 1, 15))]
    runs = []
    for reason in ("keyCompromise", "cACompromise"):
        ee, lists = then(type(w)(), at(2024, 1, 20), reason, early)
        runs.append(w.path(ee, crls=lists, at=MOMENT, expect="BAD", codes=["CERT_REVOKED@0"]))
    ee, lists = then(type(w)(), at(2024, 1, 20), "keyCompromise", late)
    return runs + [w.path(ee, crls=lists, at=MOMENT, expect="GOOD|WARN", forbid=["CERT_REVOKED"])]


@case("E-29", "a CRL issued after the certificate's expiry proves nothing")
def _(w):
    ee, lists = then(w, not_after=at(2024, 1, 31))
    return w.path(ee, crls=lists, at=MOMENT, expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])


@case("E-29 B-CRL-10", "the key of a later CRL need not have been certified at the moment in question")
def _(w):
    root, ca, ee = w.line(root=dict(not_before=at(2020)), ca=dict(not_before=at(2020)), ee=dict(not_before=at(2023)))
    lists = w.certificate("New lists", root, subject=ca.subject, not_before=at(2024, 2, 1),
                          ext={"basicConstraints": None, "extKeyUsage": None, "keyUsage": x.key_usage("cRLSign")})
    dates = dict(this_update=at(2024, 2, 10), next_update=at(2024, 3, 10))
    upper = w.crl(root, **dates)
    args = dict(certs=[ca, lists], anchors=[root], at=MOMENT)
    return [w.path(ee, crls=[w.crl(lists, **dates), upper], expect="GOOD", **args),
            w.path(ee, crls=[w.crl(lists, [w.revocation(ee, at(2024, 1, 9))], **dates), upper], expect="BAD",
                   codes=["CERT_REVOKED@0"], **args)]


@case("E-29 B-CRL-3", "a CRL signed in advance does not hide what is revoked until then")
def _(w):
    root, ca, ee = w.line()
    advance = w.crl(ca, number=99, this_update=at(2090), next_update=at(2091))
    return both_orders(w, ee, [advance, w.crl(ca, [ee], number=5)], expect="BAD", codes=["CERT_REVOKED@0"])


@case("E-28 A-5-F5", "a revocation on a stale CRL of another scope counts, a hold may have ended since")
def _(w):
    stale = dict(this_update=days(-60), next_update=days(-30), extra=[x.issuing_distribution_point(only_user=True)])
    runs = []
    for reason, wanted in (("keyCompromise", dict(expect="BAD", codes=["CERT_REVOKED@0"])),
                           ("certificateHold", dict(expect="GOOD", forbid=["CERT_REVOKED"]))):
        world = type(w)()
        root, ca, ee = world.line()
        runs += both_orders(world, ee, [world.crl(ca, [world.revocation(ee, days(-70), reason)], **stale), world.crl(ca)], **wanted)
    return runs


@case("A-5-4", "where the newest CRL has expired and an older one has not, that one counts beside it")
def _(w):
    root, ca, ee = w.line()
    stale = dict(number=6, this_update=days(-4), next_update=days(-2))
    older = w.crl(ca, number=5, this_update=days(-5))
    return (both_orders(w, ee, [w.crl(ca, **stale), older], expect="GOOD")
            + both_orders(w, ee, [w.crl(ca, [ee], **stale), older], expect="BAD", codes=["CERT_REVOKED@0"]))


@case("A-4.1-4", "a status found once is not remembered: the next CRL counts")
def _(w):
    root, ca, ee = w.line()
    upper = w.crl(root)
    clean, revoking = w.crl(ca, number=1), w.crl(ca, [ee], number=2)
    return [w.path(ee, crls=[clean, upper], expect="GOOD"),
            w.path(ee, crls=[revoking, upper], expect="BAD", codes=["CERT_REVOKED@0"])]
