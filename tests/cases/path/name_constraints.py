# SPDX-License-Identifier: Apache-2.0
"""Name constraints: each name form, the sets along the path, where they hold and what cannot be processed
(RFC 5280, 4.2.1.10, 6.1.3 b c, 6.1.4 g)."""

from pki import der, names, oids
from pki import extensions as x
from pki import general_names as gn
from pki.world import World
from runner import case


def holder(w, constraints, sans, subject=None, **changes):
    """An end entity with these names under a CA with these constraints (an extension or None)."""
    root = w.root()
    ca = w.ca("CA", root, extra=[constraints] if constraints else [])
    san = x.subject_alt_name(*sans) if sans else None
    return w.end_entity("Alice", ca, email=None, ext={"subjectAltName": san},
                        subject=names.example("Alice") if subject is None else subject, **changes)


def add(ids, title, constraints, sans, inside, subject=None, codes=("NAME_CONSTRAINT@0",)):
    @case(ids, title)
    def _(w):
        ee = holder(w, constraints, sans, subject)
        if inside:
            return w.path(ee, expect="GOOD|WARN", forbid=["NAME_CONSTRAINT"])
        return w.path(ee, expect="BAD", codes=list(codes))


def permit(*bases):
    return x.name_constraints(list(bases))


def exclude(*bases):
    return x.name_constraints(None, list(bases))


def mail(*addresses):
    return [gn.email(one) for one in addresses]


def add_both(ids, title, base, sans, inside, subject=None):
    """A base in both roles: what is inside must be permitted by it and excluded by it, and the reverse."""
    add(ids, f"{title}: permitted", permit(base), sans, inside, subject)
    add(ids, f"{title}: excluded", exclude(base), sans, not inside, subject)


# --- rfc822Name -------------------------------------------------------------------------------------------
add_both("B-NC-2", "a host covers its mailboxes", gn.email("example.com"), mail("a@example.com"), True)
add_both("B-NC-2", "a host in other case covers its mailboxes", gn.email("EXAMPLE.com"), mail("a@example.COM"), True)
add_both("B-NC-2", "a host does not cover the hosts below it", gn.email("example.com"), mail("a@m.example.com"), False)
add_both("B-NC-2", "a host does not cover a host that only ends like it", gn.email("example.com"),
         mail("a@badexample.com"), False)
add_both("B-NC-2", "a domain with a dot covers the hosts below it", gn.email(".example.com"), mail("a@m.example.com"), True)
add_both("B-NC-2", "a domain with a dot covers hosts far below it", gn.email(".example.com"), mail("a@x.y.example.com"), True)
add_both("B-NC-2", "a domain with a dot does not cover the domain itself", gn.email(".example.com"),
         mail("a@example.com"), False)
add_both("B-NC-2 E-25", "a mailbox covers itself", gn.email("alice@example.com"), mail("alice@example.com"), True)
add_both("B-NC-2 E-25", "a mailbox covers no other", gn.email("alice@example.com"), mail("bob@example.com"), False)
add("B-NC-2 E-25 E-26", "a permitted mailbox is exact in its local part", permit(gn.email("Alice@example.com")),
    mail("alice@example.com"), False)
add("B-NC-2 E-25 E-26", "an excluded mailbox is not exact in its local part", exclude(gn.email("Alice@example.com")),
    mail("alice@example.com"), False)
add("B-NC-2", "all addresses must be inside", permit(gn.email("example.com")), mail("a@example.com", "b@example.org"), False)
add("B-NC-2", "one excluded address among many is enough", exclude(gn.email("example.org")),
    mail("a@example.com", "b@example.org", "c@example.net"), False)
add("B-NC-2", "several permitted hosts", permit(gn.email("example.com"), gn.email("example.org")),
    mail("a@example.com", "b@example.org"), True)
add("B-NC-2 E-15", "an address with an at sign in its quoted local part belongs to its real host",
    permit(gn.email("example.com")), mail('"a@example.com"@evil.example'), False)
add("B-NC-2 E-15", "what is no address is not inside of anything", permit(gn.email("example.com")),
    mail("Alice <a@example.com>"), False, codes=())
add("B-NC-2 B-GN-1", "a permitted A-label in other case", permit(gn.email("XN--BCHER-KVA.example")),
    mail("a@xn--bcher-kva.example"), True)
add("B-NC-2", "a host with a dot at its end is not another host", exclude(gn.email("example.com")),
    mail("a@example.com."), False, codes=())
add("D-ADR-3", "a permitted host binds the mailboxes of SmtpUTF8Mailbox", permit(gn.email("example.com")),
    [gn.smtp_utf8("\u00e4@example.org")], False)
add("D-ADR-3", "a SmtpUTF8Mailbox inside a permitted host", permit(gn.email("example.com")),
    [gn.smtp_utf8("\u00e4@example.com")], True)
add("D-ADR-3", "an excluded host binds the mailboxes of SmtpUTF8Mailbox", exclude(gn.email("example.com")),
    [gn.smtp_utf8("\u00e4@example.com")], False)
add("D-ADR-3", "a U-label in a SmtpUTF8Mailbox is its A-label", permit(gn.email("xn--bcher-kva.example")),
    [gn.smtp_utf8("\u00e4@b\u00fccher.example")], True)
add("D-ADR-3", "a U-label in a SmtpUTF8Mailbox does not escape an excluded A-label",
    exclude(gn.email("xn--bcher-kva.example")), [gn.smtp_utf8("\u00e4@b\u00fccher.example")], False)
add("D-ADR-3 E-25", "a mailbox base never permits a SmtpUTF8Mailbox", permit(gn.email("alice@example.com")),
    [gn.smtp_utf8("alice@example.com")], False)
add("D-ADR-3 E-25", "a mailbox base never hits a SmtpUTF8Mailbox when excluded", exclude(gn.email("alice@example.com")),
    [gn.smtp_utf8("\u00e4lice@example.com")], True)

# --- emailAddress in the subject --------------------------------------------------------------------------


def dn_mail(address, string_type=None):
    return names.dn(("CN", "Alice"), ("emailAddress", address, string_type))


add("B-NC-9 E-14", "an address in the subject outside, no subjectAltName", permit(gn.email("example.com")), [], False,
    dn_mail("a@example.org"))
add("B-NC-9 E-14", "an address in the subject outside, a subjectAltName inside", permit(gn.email("example.com")),
    mail("a@example.com"), False, dn_mail("a@example.org"))
add("B-NC-9 E-14", "an address in the subject outside, a subjectAltName without addresses", permit(gn.email("example.com")),
    [gn.uri("http://a.example/")], False, dn_mail("a@example.org"))
add("B-NC-9", "an address in the subject inside", permit(gn.email("example.com")), [], True, dn_mail("a@example.com"))
add("B-NC-9 E-14", "an excluded address in the subject", exclude(gn.email("example.org")), mail("a@example.com"), False,
    dn_mail("a@EXAMPLE.org"))
add("B-NC-9 A-3-9", "an address in the subject as UTF8String is bound, too", permit(gn.email("example.com")), [], False,
    dn_mail("a@example.org", "utf8"))
add("B-NC-9", "one of two addresses in the subject outside", permit(gn.email("example.com")), [], False,
    names.dn(("CN", "Alice"), ("emailAddress", "a@example.com"), ("emailAddress", "a@example.org")))
add("B-NC-9", "an address inside a multi-valued RDN of the subject outside", permit(gn.email("example.com")), [], False,
    names.dn([("CN", "Alice"), ("emailAddress", "a@example.org")]))

# --- directoryName ----------------------------------------------------------------------------------------
BASE = (("C", "XX"), ("O", "Example"))


def subject(*rdns):
    return names.dn(*rdns)


INSIDE = subject(*BASE, ("CN", "Alice"))
add_both("B-NC-1", "a subject below the base", gn.directory(BASE), mail("a@b.c"), True, INSIDE)
add_both("B-NC-1", "a subject equal to the base", gn.directory(BASE), mail("a@b.c"), True, subject(*BASE))
add_both("B-NC-1", "a subject in another string type and case", gn.directory(BASE), mail("a@b.c"), True,
         subject(("C", "xx"), ("O", "EXAMPLE", "printable"), ("CN", "Alice")))
add_both("B-NC-1", "a sibling of the base", gn.directory(BASE), mail("a@b.c"), False,
         subject(("C", "XX"), ("O", "Example 2"), ("CN", "Alice")))
add_both("B-NC-1", "a subject shorter than the base", gn.directory(BASE), mail("a@b.c"), False, subject(("C", "XX")))
add_both("B-NC-1", "the base at the end instead of the beginning", gn.directory(BASE), mail("a@b.c"), False,
         subject(("CN", "Alice"), *BASE))
add_both("B-NC-1", "RDNs of the base joined in one", gn.directory(BASE), mail("a@b.c"), False,
         subject([("C", "XX"), ("O", "Example")], ("CN", "Alice")))
add_both("B-NC-1", "a subjectAltName directoryName below the base", gn.directory(BASE),
         [gn.directory((*BASE, ("CN", "Alias")))], True, INSIDE)
add("B-NC-1", "a subjectAltName directoryName outside, the subject inside", permit(gn.directory(BASE)),
    [gn.directory((("C", "YY"),))], False, INSIDE)
add("B-NC-1", "an excluded subjectAltName directoryName, the subject elsewhere", exclude(gn.directory(BASE)),
    [gn.directory((*BASE, ("CN", "Alias")))], False, subject(("C", "YY")))
add("B-NC-1", "the empty base covers every name", permit(gn.directory(())), mail("a@b.c"), True, INSIDE)
add("B-NC-1", "the empty base excludes every name", exclude(gn.directory(())), mail("a@b.c"), False, INSIDE)

# --- dNSName ----------------------------------------------------------------------------------------------
DNS = gn.dns("x.example")
add_both("B-NC-3", "a DNS name equal to the base", DNS, [gn.dns("x.example")], True)
add_both("B-NC-3", "a DNS name with a label more", DNS, [gn.dns("a.x.example")], True)
add_both("B-NC-3", "a DNS name with many labels more", DNS, [gn.dns("c.b.a.x.example")], True)
add_both("B-NC-3", "a DNS name that only ends like the base", DNS, [gn.dns("ax.example")], False)
add_both("B-NC-3", "a DNS name above the base", DNS, [gn.dns("example")], False)
add_both("B-NC-3", "a DNS name in other case", DNS, [gn.dns("A.X.EXAMPLE")], True)

# --- uniformResourceIdentifier ----------------------------------------------------------------------------
add_both("B-NC-4", "a URI on exactly the host", gn.uri("h.example"), [gn.uri("http://h.example/p?q#f")], True)
add_both("B-NC-4", "a URI with user and port on the host", gn.uri("h.example"), [gn.uri("ftp://u:p@H.EXAMPLE:21/x")], True)
add_both("B-NC-4", "a URI on a host below, the base without a dot", gn.uri("h.example"), [gn.uri("http://a.h.example/")], False)
add_both("B-NC-4", "a URI on a host below, the base with a dot", gn.uri(".h.example"), [gn.uri("http://a.h.example/")], True)
add_both("B-NC-4", "a URI on a host two below, the base with a dot", gn.uri(".h.example"), [gn.uri("http://b.a.h.example/")],
         True)
add_both("B-NC-4", "a URI on the host itself, the base with a dot", gn.uri(".h.example"), [gn.uri("http://h.example/")], False)
add("B-NC-4", "a host hidden behind a user name", permit(gn.uri("h.example")), [gn.uri("http://h.example@evil.example/")], False)
add("B-NC-4", "a host hidden in the path", permit(gn.uri("h.example")), [gn.uri("http://evil.example/h.example")], False)
add("B-NC-4", "a URI with an address instead of a host", permit(gn.uri("h.example")), [gn.uri("http://10.0.0.1/")], False,
    codes=())
add("B-NC-4", "a URI with an IPv6 address instead of a host", permit(gn.uri("h.example")), [gn.uri("http://[::1]/")], False,
    codes=())
add("B-NC-4", "a URI without any host", permit(gn.uri("h.example")), [gn.uri("mailto:a@h.example")], False, codes=())
add("B-NC-4", "a URN under an excluded host", exclude(gn.uri("h.example")), [gn.uri("urn:isbn:1")], False, codes=())
add("B-NC-4", "a URI with an address under an excluded host", exclude(gn.uri("h.example")), [gn.uri("https://10.0.0.1/")],
    False, codes=())

# --- iPAddress --------------------------------------------------------------------------------------------
add_both("B-NC-5", "10.1.2.3 in 10.0.0.0/8", gn.ip("10.0.0.0/8"), [gn.ip("10.1.2.3")], True)
add_both("B-NC-5", "11.0.0.1 in 10.0.0.0/8", gn.ip("10.0.0.0/8"), [gn.ip("11.0.0.1")], False)
add_both("B-NC-5", "one address alone", gn.ip("192.0.2.7/32"), [gn.ip("192.0.2.7")], True)
add_both("B-NC-5", "its neighbour", gn.ip("192.0.2.7/32"), [gn.ip("192.0.2.6")], False)
add_both("B-NC-5", "every IPv4 address", gn.ip("0.0.0.0/0"), [gn.ip("203.0.113.1")], True)
add_both("B-NC-5", "an IPv6 address in its network", gn.ip("2001:db8::/32"), [gn.ip("2001:db8:1::5")], True)
add_both("B-NC-5", "an IPv6 address outside of it", gn.ip("2001:db8::/32"), [gn.ip("2001:db9::5")], False)
add_both("B-NC-5", "a mask in the middle of an octet", gn.ip("10.32.0.0/11"), [gn.ip("10.63.255.255")], True)
add_both("B-NC-5", "just outside of a mask in the middle of an octet", gn.ip("10.32.0.0/11"), [gn.ip("10.64.0.0")], False)
add("B-NC-5", "an IPv6 address is not inside permitted IPv4 networks", permit(gn.ip("0.0.0.0/0")), [gn.ip("::1")], False)
add("B-NC-5", "an IPv6 address is not hit by excluded IPv4 networks", exclude(gn.ip("0.0.0.0/0")), [gn.ip("::1")], True)
add("B-NC-5", "a base of five octets", permit(gn.ip(b"\x0a\x00\x00\x00\xff")), [gn.ip("10.0.0.1")], False, codes=())
add("B-NC-5", "a base of four octets", permit(gn.ip(b"\x0a\x00\x00\x00")), [gn.ip("10.0.0.1")], False, codes=())
add("B-NC-5", "a split mask", permit(gn.ip(b"\x0a\x00\x00\x01\xff\x00\x00\xff")), [gn.ip("10.9.9.1")], False, codes=())
add("B-NC-5", "an excluded split mask", exclude(gn.ip(b"\x0a\x00\x00\x01\xff\x00\x00\xff")), [gn.ip("10.9.9.1")], False, codes=())

# --- both sets, and forms not named -----------------------------------------------------------------------
add("B-NC-6", "a name in both sets is excluded", x.name_constraints(mail("example.com"), mail("example.com")),
    mail("a@example.com"), False)
add("B-NC-6", "a hole in a permitted domain", x.name_constraints(mail(".example.com"), mail("m.example.com")),
    mail("a@m.example.com"), False)
add("B-NC-6", "beside the hole in a permitted domain", x.name_constraints(mail(".example.com"), mail("m.example.com")),
    mail("a@n.example.com"), True)
add("B-NC-6", "a certificate without the constrained form", permit(gn.dns("x.example")), mail("a@example.com"), True)
add("B-NC-6", "a certificate without any name but its subject", permit(gn.email("example.com")), [], True)
add("B-NC-6", "constraints on another form than the certificate's", exclude(gn.dns("example.com"), gn.uri("example.com")),
    mail("a@example.com"), True)
add("B-NC-6", "excluded another mailbox", exclude(gn.email("bob@example.com")), mail("alice@example.com"), True)

# --- forms not implemented --------------------------------------------------------------------------------
OTHER = gn.other(f"{oids.TEST}.8.1", der.utf8("x"))
FORMS = {"otherName": OTHER, "registeredID": gn.registered_id("1.2.3"), "x400Address": gn.x400(), "ediPartyName": gn.edi_party()}
for _label, _form in FORMS.items():
    _ids = "B-NC-7 B-EXT-2"
    add(_ids, f"permitted {_label} with such a name below", permit(_form), [_form], False, codes=())
    add(_ids, f"permitted {_label} without such a name below", permit(_form), mail("a@example.com"), True)
    add(_ids, f"excluded {_label} with such a name below", exclude(_form), [_form], False, codes=())
    add(_ids, f"excluded {_label} without such a name below", exclude(_form), mail("a@example.com"), True)

# --- minimum and maximum ----------------------------------------------------------------------------------
EMAIL = gn.email("example.com")
add("B-NC-8", "minimum 1 with such a name below", permit(x.subtree(EMAIL, minimum=1)), mail("a@example.com"), False, codes=())
add("B-NC-8", "maximum 0 with such a name below", permit(x.subtree(EMAIL, maximum=0)), mail("a@example.com"), False, codes=())
add("B-NC-8", "excluded minimum 1 with such a name below", exclude(x.subtree(EMAIL, minimum=1)), mail("a@example.com"),
    False, codes=())
add("B-NC-8", "minimum 0 written out", permit(x.subtree(EMAIL, minimum=0)), mail("a@example.com"), True)


# --- along the path ---------------------------------------------------------------------------------------

def two_levels(w, upper, lower, *sans, subject=None):
    root = w.root()
    top = w.ca("Top", root, extra=[upper] if upper else [])
    sub = w.ca("Sub", top, extra=[lower] if lower else [])
    changes = {} if subject is None else dict(subject=subject)
    return w.end_entity("Alice", sub, email=None, ext={"subjectAltName": x.subject_alt_name(*sans)}, **changes)


def add_levels(ids, title, upper, lower, sans, inside, subject=None):
    @case(ids, title)
    def _(w):
        ee = two_levels(w, upper, lower, *sans, subject=subject)
        if inside:
            return w.path(ee, expect="GOOD", forbid=["NAME_CONSTRAINT"])
        return w.path(ee, expect="BAD", codes=["NAME_CONSTRAINT@0"])


WIDE, NARROW, ELSEWHERE = permit(*mail(".example.com")), permit(*mail("a.example.com")), permit(*mail("example.net"))
add_levels("B-NC-10", "narrower below wider: inside both", WIDE, NARROW, mail("x@a.example.com"), True)
add_levels("B-NC-10", "narrower below wider: inside the wider only", WIDE, NARROW, mail("x@b.example.com"), False)
add_levels("B-NC-10", "wider below narrower: inside the wider only", NARROW, WIDE, mail("x@b.example.com"), False)
add_levels("B-NC-10", "disjoint sets leave nothing: the upper one's", WIDE, ELSEWHERE, mail("x@a.example.com"), False)
add_levels("B-NC-10", "disjoint sets leave nothing: the lower one's", WIDE, ELSEWHERE, mail("x@example.net"), False)
add_levels("B-NC-10", "excluded sets unite: the upper one's", exclude(*mail("example.com")), exclude(*mail("example.org")),
           mail("x@example.com"), False)
add_levels("B-NC-10", "excluded sets unite: the lower one's", exclude(*mail("example.com")), exclude(*mail("example.org")),
           mail("x@example.org"), False)
add_levels("B-NC-10", "excluded sets unite: neither", exclude(*mail("example.com")), exclude(*mail("example.org")),
           mail("x@example.net"), True)
add_levels("B-NC-10", "a form the lower one does not name stays constrained", WIDE, permit(gn.dns("x.example")),
           mail("x@example.org"), False)
add_levels("B-NC-10", "two forms, each constrained at one level", WIDE, permit(gn.dns("x.example")),
           [gn.email("x@a.example.com"), gn.dns("x.example")], True)
add_levels("B-NC-10", "a lower permission does not lift an upper exclusion", exclude(*mail("example.com")),
           permit(*mail("example.com")), mail("x@example.com"), False)


def position(w, where):
    """A path whose name outside the constraints stands at one position only."""
    base = (("O", "Inside"),)
    root = w.root()
    top = w.ca("Top", root, subject=names.dn(*base), extra=[permit(gn.directory(base))])
    sub = w.ca("Sub", top, subject=names.dn(("O", "Outside" if where == 1 else "Inside"), ("CN", "Sub")))
    return w.end_entity("Alice", sub, subject=names.dn(("O", "Outside" if where == 0 else "Inside"), ("CN", "Alice")))


@case("B-61bc", "a name outside at each position of the path")
def _(w):
    return [w.path(position(World(), None), expect="GOOD"),
            w.path(position(World(), 0), expect="BAD", codes=["NAME_CONSTRAINT@0"]),
            w.path(position(World(), 1), expect="BAD", codes=["NAME_CONSTRAINT@1"])]


@case("B-61bc", "constraints bind the CAs' alternative names, too")
def _(w):
    root = w.root()
    top = w.ca("Top", root, extra=[permit(gn.dns("x.example"))])
    sub = w.ca("Sub", top, extra=[x.subject_alt_name(gn.dns("y.example"))])
    return w.path(w.end_entity("Alice", sub), expect="BAD", codes=["NAME_CONSTRAINT@1"])


@case("B-61bc", "constraints do not bind the certificate that states them, nor those above it")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top, extra=[permit(gn.directory((("O", "Inside"),)))])
    ee = w.end_entity("Alice", sub, subject=names.dn(("O", "Inside"), ("CN", "Alice")))
    return w.path(ee, expect="GOOD")


def self_issued_outside(w):
    """A CA whose own name is outside of what it may certify, and its self-issued successor."""
    root = w.root()
    top = w.ca("Top", root, extra=[permit(gn.directory((("O", "Inside"),)))])
    return top, w.self_issued(top)


@case("B-NC-11 B-61bc", "a self-issued certificate outside is good as an intermediate")
def _(w):
    top, roll = self_issued_outside(w)
    ee = w.end_entity("Alice", roll, subject=names.dn(("O", "Inside"), ("CN", "Alice")))
    return w.path(ee, expect="GOOD", forbid=["NAME_CONSTRAINT"])


@case("B-NC-11 B-61bc", "a self-issued certificate outside is refused as the last one")
def _(w):
    top, roll = self_issued_outside(w)
    return w.path(roll, expect="BAD", codes=["NAME_CONSTRAINT@0"])


@case("B-NC-11", "the constraints in a self-issued certificate hold")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    roll = w.self_issued(top, extra=[permit(*mail("example.org"))])
    return w.path(w.end_entity("Alice", roll), expect="BAD", codes=["NAME_CONSTRAINT@0"])


@case("B-NC-11", "an empty subject escapes constraints on directory names")
def _(w):
    ee = holder(w, permit(gn.directory(BASE)), mail("a@example.com"), subject=names.EMPTY)
    return w.path(ee, expect="GOOD", forbid=["NAME_CONSTRAINT"])


@case("B-NC-11", "an empty nameConstraints sequence, or an empty list in it, is malformed")
def _(w):
    runs = []
    for constraints in (x.name_constraints(), x.name_constraints([]), x.name_constraints(None, []),
                        x.name_constraints([gn.email("example.com")], [])):
        ee = holder(type(w)(), constraints, mail("alice@example.com"))
        runs.append(w.path(ee, expect="BAD|UNKNOWN", codes=["PARSE"]))
    return runs


@case("B-NC-1 A-4.4-3", "constraints that are not critical are processed and told")
def _(w):
    soft = permit(*mail("example.org")).but(critical=False)
    fitting = permit(*mail("example.com")).but(critical=False)
    return [w.path(holder(type(w)(), soft, mail("a@example.com")), expect="BAD", codes=["NAME_CONSTRAINT@0"]),
            w.path(holder(type(w)(), fitting, mail("a@example.com")), expect="GOOD", codes=["NONCONFORMING"])]


@case("B-NC-1 B-IN-3", "constraints in the anchor itself are not applied when it is given by hand")
def _(w):
    root, ca, ee = w.line(root=dict(extra=[permit(*mail("example.org"))]))
    return w.path(ee, expect="GOOD")


@case("B-NC-1", "constraints in an end entity bind nobody")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[permit(*mail("example.org"))]))
    return w.path(ee, expect="GOOD|WARN", forbid=["NAME_CONSTRAINT"])


@case("B-NC-12 E-9", "ten thousand names under ten thousand constraints end in bounded time")
def _(w):
    root = w.root()
    bases = [gn.email(f"h{n}.example") for n in range(10000)]
    ca = w.ca("CA", root, extra=[x.name_constraints(None, bases)])
    sans = [gn.email(f"a@m{n}.example") for n in range(10000)]
    ee = w.end_entity("Alice", ca, email=None, ext={"subjectAltName": x.subject_alt_name(*sans)})
    return w.path(ee, expect="UNKNOWN|GOOD", forbid=["NAME_CONSTRAINT"])


@case("B-NC-12 E-9", "a forbidden name among many is not lost in the limit")
def _(w):
    root = w.root()
    bases = [gn.directory((("O", f"Organisation {n}"),)) for n in range(10000)]
    ca = w.ca("CA", root, extra=[x.name_constraints(None, bases)])
    sans = [gn.directory((("O", f"Other {n}"), ("CN", "x"))) for n in range(9999)] + [gn.directory((("O", "Organisation 9999"),))]
    ee = w.end_entity("Alice", ca, email=None, ext={"subjectAltName": x.subject_alt_name(*sans)})
    return w.path(ee, expect="UNKNOWN|BAD", any_codes=["LIMIT", "NAME_CONSTRAINT@0"])
