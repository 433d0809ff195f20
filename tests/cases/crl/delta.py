# SPDX-License-Identifier: Apache-2.0
"""Delta CRLs: when they may be put on a complete one, and what comes out (RFC 5280, 5.2.4, 5.2.6, 6.3.3 c)."""

from pki import extensions as x
from pki import general_names as gn
from pki import names
from pki.certificate import flip
from pki.times import days
from runner import case

POINT = [gn.uri("http://crl.example/delta")]
POINTER = x.freshest_crl(x.distribution_point(POINT))


class Pair:
    """A CA with a complete CRL, number 5, and one person."""

    def __init__(self, w, listed=None, complete=None, ee=None):
        self.w = w
        self.root, self.ca, self.ee = w.line(ee=ee)
        self.upper = w.crl(self.root)
        entries = [w.revocation(self.ee, days(-9), listed)] if listed else []
        fields = {"number": 5, "this_update": days(-5), "extra": [POINTER], **(complete or {})}
        self.complete = w.crl(self.ca, entries, **fields)

    def delta(self, reason="keyCompromise", base=5, number=7, extra=(), indicator=None, **fields):
        """A delta CRL that lists the person with this reason (None: lists nobody)."""
        entries = [self.w.revocation(self.ee, days(-2), reason)] if reason else []
        mark = indicator or x.delta_crl_indicator(base)
        return self.w.crl(self.ca, entries, number=number, extra=[mark, *extra], **fields)

    def judge(self, *deltas, **options):
        return self.w.path(self.ee, crls=[self.complete, self.upper, *deltas], **options)


REVOKED = dict(expect="BAD", codes=["CERT_REVOKED@0"])
UNTOUCHED = dict(expect="GOOD|WARN", forbid=["CERT_REVOKED"])


@case("B-CRL-16", "a revocation in a fitting delta counts")
def _(w):
    p = Pair(w)
    return [p.judge(p.delta(), **REVOKED), p.judge(p.delta(reason=None), expect="GOOD")]


@case("B-CRL-16", "the base number may be lower than the complete CRL's")
def _(w):
    p = Pair(w)
    return p.judge(p.delta(base=3), **REVOKED)


@case("B-CRL-16", "the delta's base is newer than the complete CRL: not applied")
def _(w):
    p = Pair(w)
    return p.judge(p.delta(base=6), **UNTOUCHED)


@case("B-CRL-16", "the delta is not newer than the complete CRL: not applied")
def _(w):
    p = Pair(w)
    return [p.judge(p.delta(base=3, number=4), **UNTOUCHED), p.judge(p.delta(base=3, number=5), **UNTOUCHED)]


@case("B-CRL-16", "a delta of another issuer: not applied")
def _(w):
    p = Pair(w)
    other = w.ca("Other", p.root)
    stray = w.crl(other, [p.ee.serial], number=7, extra=[x.delta_crl_indicator(5)])
    forged = p.delta(issuer_name=names.example("Other"))
    return [p.judge(stray, **UNTOUCHED), p.judge(forged, **UNTOUCHED)]


@case("B-CRL-16", "a delta of another scope: not applied")
def _(w):
    here, there = (x.issuing_distribution_point([gn.uri(f"http://crl.example/{name}")]) for name in ("here", "there"))
    p = Pair(w)
    scoped = Pair(type(w)(), complete={"extra": [POINTER, here]}, ee=dict(extra=[x.crl_distribution_points(
        x.distribution_point([gn.uri("http://crl.example/here")]))]))
    return [p.judge(p.delta(extra=[here]), **UNTOUCHED), scoped.judge(scoped.delta(), **UNTOUCHED),
            scoped.judge(scoped.delta(extra=[there]), **UNTOUCHED), scoped.judge(scoped.delta(extra=[here]), **REVOKED)]


@case("B-CRL-16", "a delta signed with another key of the CA: not applied")
def _(w):
    p = Pair(w)
    new = w.self_issued(p.ca, name="CA new")
    stray = p.delta(signer_key=new.key)
    return w.path(p.ee, certs=[p.ca, new], anchors=[p.root], crls=[p.complete, p.upper, stray], **UNTOUCHED)


@case("B-CRL-16", "a delta indicator that is not critical: never a complete CRL")
def _(w):
    p = Pair(w)
    soft = p.delta(reason=None, indicator=x.delta_crl_indicator(5, critical=False))
    return w.path(p.ee, crls=[soft, p.upper], expect="UNKNOWN", any_codes=["REV_UNAVAILABLE@0", "CRL_INVALID"])


@case("B-CRL-16", "a delta with a broken signature: not applied, and told")
def _(w):
    p = Pair(w)
    return p.judge(p.delta(signature_hook=flip), **UNTOUCHED)


@case("B-CRL-16", "a delta without a number: not applied")
def _(w):
    p = Pair(w)
    return p.judge(p.delta(ext={"cRLNumber": None}), expect="GOOD|WARN|UNKNOWN", forbid=["CERT_REVOKED"])


@case("B-CRL-16", "a complete CRL without a number takes no delta")
def _(w):
    p = Pair(w, complete={"ext": {"cRLNumber": None}})
    return p.judge(p.delta(), expect="GOOD|WARN", forbid=["CERT_REVOKED"])


@case("B-CRL-17", "hold, then removed by the delta")
def _(w):
    p = Pair(w, listed="certificateHold")
    return [p.judge(**REVOKED), p.judge(p.delta("removeFromCRL"), expect="GOOD", forbid=["CERT_REVOKED"])]


@case("B-CRL-17", "removeFromCRL in a delta that does not fit lifts nothing")
def _(w):
    p = Pair(w, listed="certificateHold")
    return [p.judge(p.delta("removeFromCRL", base=6), **REVOKED), p.judge(p.delta("removeFromCRL", base=3, number=5), **REVOKED)]


@case("B-CRL-17", "hold, then revoked for good by the delta: the delta's reason is told")
def _(w):
    p = Pair(w, listed="certificateHold")
    return p.judge(p.delta("keyCompromise"), contains=["compromise"], **REVOKED)


@case("B-CRL-17", "removeFromCRL of somebody the complete CRL does not list")
def _(w):
    p = Pair(w)
    return p.judge(p.delta("removeFromCRL"), **UNTOUCHED)


@case("B-CRL-17", "of several deltas the latest decides")
def _(w):
    p = Pair(w, listed="certificateHold")
    removed, again = p.delta("removeFromCRL", number=7, this_update=days(-3)), p.delta("superseded", number=8, this_update=days(-1))
    q = Pair(type(w)(), listed="certificateHold")
    first, lifted = q.delta("certificateHold", number=7, this_update=days(-3)), q.delta("removeFromCRL", number=8,
                                                                                        this_update=days(-1))
    return [p.judge(removed, again, **REVOKED), p.judge(again, removed, **REVOKED),
            q.judge(first, lifted, expect="GOOD"), q.judge(lifted, first, expect="GOOD")]


@case("B-CRL-17", "a delta never stands alone")
def _(w):
    p = Pair(w)
    return w.path(p.ee, crls=[p.upper, p.delta(reason=None)], expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])


@case("B-CRL-17 A-5-F5", "an expired complete CRL is not made current by an expired delta")
def _(w):
    p = Pair(w, complete={"this_update": days(-60), "next_update": days(-40)})
    old = p.delta(reason=None, this_update=days(-50), next_update=days(-30))
    return p.judge(old, expect="UNKNOWN", codes=["CRL_EXPIRED@0"])


@case("B-CRL-16 B-CRL-17", "the result takes number and times of the delta")
def _(w):
    p = Pair(w, complete={"this_update": days(-60), "next_update": days(-40)})
    fresh = p.delta(reason=None, this_update=days(-1), next_update=days(1))
    return p.judge(fresh, expect="GOOD|UNKNOWN", forbid=["CERT_REVOKED"])


@case("B-CRL-18", "a delta is found by the pointer in the certificate, or in the CRL")
def _(w):
    bare = {"extra": []}
    by_certificate = Pair(type(w)(), complete=bare, ee=dict(extra=[POINTER]))
    by_crl = Pair(type(w)())
    return [by_certificate.judge(by_certificate.delta(), **REVOKED), by_crl.judge(by_crl.delta(), **REVOKED)]


@case("B-CRL-18", "a pointer inside a delta is noted, and the delta is applied")
def _(w):
    p = Pair(w)
    return p.judge(p.delta(extra=[POINTER]), expect="BAD|GOOD|WARN", any_codes=["NONCONFORMING", "CRL_INVALID"])


@case("B-CRL-17", "an intermediate revoked by a delta")
def _(w):
    root, ca, ee = w.line()
    complete = w.crl(root, number=5, this_update=days(-5), extra=[POINTER])
    delta = w.crl(root, [ca], number=6, extra=[x.delta_crl_indicator(5)])
    return w.path(ee, crls=[complete, delta, w.crl(ca)], expect="BAD", codes=["CERT_REVOKED@1"])
