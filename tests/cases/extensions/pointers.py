# SPDX-License-Identifier: Apache-2.0
"""Extensions that point to something: distribution points, authority information, issuerAltName
(RFC 5280, 4.2.1.7, 4.2.1.13, 4.2.2)."""

from pki import extensions as x
from pki import general_names as gn
from pki import names
from runner import case


def partition(w, point, scope):
    """An end entity with one distribution point under a CA whose CRL has the given scope."""
    root, ca, ee = w.line(ee=dict(extra=[x.crl_distribution_points(point)]))
    w.crl(ca, extra=[scope])
    return ee


@case("B-CDP-1 B-CRL-12", "a name relative to the CRL issuer is appended to the certificate issuer's name")
def _(w):
    rdn = names.rdn(("CN", "CRL1"))
    full = names.dn(("O", "Example"), ("CN", "CA"), ("CN", "CRL1"))
    return [w.path(partition(type(w)(), x.distribution_point(relative=rdn), x.issuing_distribution_point([gn.directory(full)])),
                   expect="GOOD"),
            w.path(partition(type(w)(), x.distribution_point([gn.directory(full)]), x.issuing_distribution_point(relative=rdn)),
                   expect="GOOD"),
            w.path(partition(type(w)(), x.distribution_point(relative=rdn), x.issuing_distribution_point(relative=rdn)),
                   expect="GOOD")]


@case("B-CDP-1 B-CRL-12", "another relative name is another distribution point")
def _(w):
    one, two = (names.rdn(("CN", text)) for text in ("CRL1", "CRL2"))
    ee = partition(w, x.distribution_point(relative=one), x.issuing_distribution_point(relative=two))
    return w.path(ee, expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])


@case("B-CDP-1 B-CRL-11", "a relative name is appended to the cRLIssuer where there is one")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    lists = w.ca("Lists", root)
    point = x.distribution_point(relative=names.rdn(("CN", "CRL1")), issuer=[gn.directory(lists.subject)])
    ee = w.end_entity("Alice", ca, extra=[x.crl_distribution_points(point)])
    full = names.dn(("O", "Example"), ("CN", "Lists"), ("CN", "CRL1"))
    scope = x.issuing_distribution_point([gn.directory(full)], indirect=True)
    w.crl(lists, extra=[scope])
    return w.path(ee, certs=[ca, lists], anchors=[root], expect="GOOD")


@case("B-CDP-1", "several names of one distribution point are several ways to one CRL")
def _(w):
    point = x.distribution_point([gn.uri("http://dead.example/a.crl"), gn.uri("http://crl.example/a.crl")])
    ee = partition(w, point, x.issuing_distribution_point([gn.uri("http://crl.example/a.crl")]))
    return w.path(ee, expect="GOOD")


@case("B-CDP-1", "a distribution point does not bar a CRL given by hand that covers everything")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/a")]))]))
    return w.path(ee, expect="GOOD")


@case("B-CDP-1", "without any CRL the distribution point is named as what is missing")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/a")]))]))
    return w.path(ee, crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], contains=["http://crl.example/a"])


@case("B-CDP-1", "distribution points without a URI, or with forms nobody can fetch, do no harm")
def _(w):
    root, ca, _ = w.line()
    points = [x.distribution_point([gn.directory(ca.subject)]), x.distribution_point([gn.email("crl@example.com")]),
              x.distribution_point([gn.uri("urn:x:y")]), x.distribution_point([gn.uri("http://")])]
    ee = w.end_entity("Alice", ca, extra=[x.crl_distribution_points(*points)])
    return w.path(ee, expect="GOOD")


@case("B-AIA-2", "an issuerAltName equal to another CA's name has no effect on chaining")
def _(w):
    root = w.root()
    ca, other = w.ca("CA", root), w.ca("Other", root)
    alias = x.issuer_alt_name(gn.directory(other.subject))
    ee = w.end_entity("Alice", ca, extra=[alias])
    lost = w.end_entity("Bob", ca, issuer_name=names.example("Nobody"), extra=[x.issuer_alt_name(gn.directory(ca.subject))])
    return [w.path(ee, certs=[other, ca], anchors=[root], expect="GOOD", path=[ee, ca]),
            w.path(lost, certs=[other, ca], anchors=[root], expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("B-AIA-2 B-61bc", "an issuerAltName is outside of name constraints")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, extra=[x.name_constraints([gn.email("example.com"), gn.dns("example.com")])])
    ee = w.end_entity("Alice", ca, extra=[x.issuer_alt_name(gn.dns("evil.example"), gn.email("x@evil.example"))])
    return w.path(ee, expect="GOOD")


@case("B-AIA-2", "access methods and issuerAltName are shown")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, extra=[
        x.issuer_alt_name(gn.uri("http://ian.example/")),
        x.authority_info_access(("ocsp", gn.uri("http://ocsp.example/")), ("caIssuers", gn.uri("ldap://ldap.example/x")),
                                ("1.3.6.1.4.1.32473.7.1", gn.uri("http://odd.example/"))),
        x.subject_info_access(("caRepository", gn.uri("http://repo.example/")))])
    return [w.show(ee, contains=["http://ian.example/", "http://ocsp.example/", "ldap://ldap.example/x", "http://odd.example/",
                                 "http://repo.example/"]), w.path(ee, expect="GOOD")]
