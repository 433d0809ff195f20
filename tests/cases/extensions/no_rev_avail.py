# SPDX-License-Identifier: Apache-2.0
"""noRevAvail: certificates whose revocation nobody will ever announce (RFC 9608)."""

from pki import extensions as x
from pki import general_names as gn
from runner import case

MARK = x.no_rev_avail()
POINTS = {
    "a distribution point": x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/")])),
    "a freshest CRL": x.freshest_crl(x.distribution_point([gn.uri("http://crl.example/")])),
    "an OCSP responder": x.authority_info_access(("ocsp", gn.uri("http://ocsp.example/"))),
}


@case("D-REV-2", "an end entity with noRevAvail needs no CRL")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, extra=[MARK])
    return w.path(ee, crls="none", expect="GOOD", forbid=["REV_UNAVAILABLE"])


@case("D-REV-2", "its issuers still do")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[MARK]))
    return [w.path(ee, crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE@1"], forbid=["REV_UNAVAILABLE@0"]),
            w.path(ee, crls=[w.crl(root)], expect="GOOD"),
            w.path(ee, crls=[w.crl(root, [ca])], expect="BAD", codes=["CERT_REVOKED@1"])]


@case("D-REV-2", "noRevAvail beside a pointer to revocation data contradicts itself")
def _(w):
    root = w.root()
    return [w.path(w.end_entity("Alice", root, extra=[MARK, one]), expect="BAD") for one in POINTS.values()]


@case("D-REV-2", "noRevAvail in a CA certificate contradicts itself")
def _(w):
    root, ca, ee = w.line(ca=dict(extra=[MARK]))
    return w.path(ee, expect="BAD")


@case("D-REV-2 B-EXT-3", "noRevAvail is known when it is critical")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, extra=[MARK.but(critical=True)])
    return w.path(ee, crls="none", expect="GOOD|WARN", forbid=["CRIT_UNKNOWN"])
