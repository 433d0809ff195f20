# SPDX-License-Identifier: Apache-2.0
"""GeneralNames: how each form is compared (RFC 5280, 7.2 to 7.5)."""

from pki import der
from pki import extensions as x
from pki import general_names as gn
from runner import case


def constrained(w, permitted, *names):
    """An end entity with `names` under a CA that may certify only `permitted`."""
    root = w.root()
    ca = w.ca("CA", root, extra=[x.name_constraints([permitted])])
    return w.end_entity("Alice", ca, email=None, ext={"subjectAltName": x.subject_alt_name(*names)})


def add_constrained(ids, title, permitted, name, inside):
    @case(ids, title)
    def _(w):
        ee = constrained(w, permitted, name)
        if inside:
            return w.path(ee, expect="GOOD|WARN", forbid=["NAME_CONSTRAINT"])
        return w.path(ee, expect="BAD", codes=["NAME_CONSTRAINT@0"])


add_constrained("B-GN-1", "DNS names in other case are equal", gn.dns("Mail.Example"), gn.dns("mAIL.eXAMPLE"), True)
add_constrained("B-GN-1", "A-labels in other case are equal", gn.dns("XN--BCHER-KVA.Example"), gn.dns("xn--bcher-kva.example"),
                True)
add_constrained("B-GN-1", "DNS names are compared as a whole", gn.dns("mail.example"), gn.dns("mail.example.org"), False)
add_constrained("B-GN-1", "a DNS name's first label is a whole label", gn.dns("mail.example"), gn.dns("xmail.example"), False)
add_constrained("B-GN-2", "an address with the same local part, its host in other case", gn.email("A@X.org"),
                gn.email("A@x.ORG"), True)
add_constrained("B-GN-2 E-26", "an address whose local part differs in case", gn.email("a@x.org"), gn.email("A@x.ORG"), False)
add_constrained("B-GN-2", "an address at another host", gn.email("a@x.org"), gn.email("a@y.org"), False)


@case("B-GN-1", "an internationalised host is shown as people write it")
def _(w):
    root = w.root()
    san = x.subject_alt_name(gn.dns("xn--bcher-kva.example"), gn.email("a@xn--bcher-kva.example"))
    ee = w.end_entity("Alice", root, ext={"subjectAltName": san})
    return w.show(ee, contains=["b\u00fccher.example"])


def partition(w, point, scope):
    """An end entity that points to `point` under a CA whose CRL says it is for `scope`."""
    pointer = x.crl_distribution_points(x.distribution_point([gn.uri(point)]))
    root, ca, ee = w.line(ee=dict(extra=[pointer]))
    w.crl(ca, extra=[x.issuing_distribution_point([gn.uri(scope)])])
    return ee


def add_uri(title, point, scope, equal):
    @case("B-GN-3 B-CRL-12", title)
    def _(w):
        ee = partition(w, point, scope)
        if equal:
            return w.path(ee, expect="GOOD")
        return w.path(ee, expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])


add_uri("URIs whose hosts differ in case are equal", "http://CRL.Example/a.crl", "http://crl.example/a.crl", True)
add_uri("URIs whose schemes differ in case are equal", "HTTP://crl.example/a.crl", "http://crl.example/a.crl", True)
add_uri("URIs with and without a needless escape are equal", "http://crl.example/%7ealice.crl", "http://crl.example/~alice.crl",
        True)
add_uri("URIs whose escapes differ in case are equal", "http://crl.example/a%2fb.crl", "http://crl.example/a%2Fb.crl", True)
add_uri("URIs with and without the default port are equal", "http://crl.example:80/a.crl", "http://crl.example/a.crl", True)
add_uri("URIs with dot segments and without are equal", "http://crl.example/x/../a.crl", "http://crl.example/a.crl", True)
add_uri("LDAP URIs whose hosts differ in case are equal", "ldap://LDAP.example/cn=CA?certificateRevocationList",
        "ldap://ldap.example/cn=CA?certificateRevocationList", True)
add_uri("URIs whose paths differ in case are different", "http://crl.example/A.crl", "http://crl.example/a.crl", False)
add_uri("URIs with different schemes are different", "https://crl.example/a.crl", "http://crl.example/a.crl", False)
add_uri("URIs with different ports are different", "http://crl.example:81/a.crl", "http://crl.example/a.crl", False)
add_uri("URIs with different paths are different", "http://crl.example/a.crl", "http://crl.example/b.crl", False)
add_uri("an escaped slash is no slash", "http://crl.example/a%2Fb.crl", "http://crl.example/a/b.crl", False)


def add_broken_san(title, extension):
    @case("B-GN-4 A-4.4-6", title)
    def _(w):
        root, ca, ee = w.line(ee=dict(ext={"subjectAltName": extension}))
        return w.path(ee, expect="BAD|ERROR", codes=["PARSE"])


add_broken_san("an empty subjectAltName sequence", x.subject_alt_name())
add_broken_san("an empty rfc822Name", x.subject_alt_name(gn.email("")))
add_broken_san("an empty rfc822Name beside a good one", x.subject_alt_name(gn.email("alice@example.com"), gn.email("")))
add_broken_san("an empty dNSName", x.subject_alt_name(gn.dns("")))
add_broken_san("an empty URI", x.subject_alt_name(gn.uri("")))
add_broken_san("an otherName without a type", x.subject_alt_name(der.context(0, b"", constructed=True)))
add_broken_san("a name form with a tag there is none for", x.subject_alt_name(der.context(9, b"x")))
add_broken_san("an empty registeredID", x.subject_alt_name(der.context(8, b"")))
add_broken_san("a subjectAltName that is no SEQUENCE", x.subject_alt_name().but(value=der.octet_string(b"x")))
add_broken_san("octets behind the subjectAltName", x.subject_alt_name(gn.email("a@b.c")).but(
    value=der.sequence(gn.email("a@b.c")) + b"\x05\x00"))


@case("B-GN-4", "an iPAddress of five octets is told")
def _(w):
    san = x.subject_alt_name(gn.email("alice@example.com"), gn.ip(b"\x0a\x00\x00\x01\x00"))
    root, ca, ee = w.line(ee=dict(ext={"subjectAltName": san}))
    return w.path(ee, expect="GOOD|BAD|ERROR", any_codes=["PARSE", "NONCONFORMING"])
