#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names, extension values, certificates and CRLs for the unit tests of src/x509: samples.py OUTPUT writes them as rows of
a C table.

A sample is called GROUP:LABEL, and has one thing that is special about it; the label says what. A pair of names is
GROUP:LABEL:1 and GROUP:LABEL:2.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import certificate, crl, der, digests, names, oids, sign  # noqa: E402
from pki import attribute_certificate as ac  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.names import attribute, dn  # noqa: E402
from pki.times import at, days  # noqa: E402
from pki.world import World  # noqa: E402

samples = {}


def add(name, octets):
    assert name not in samples, name
    samples[name] = octets


# --- names ------------------------------------------------------------------------------------------------

def pair(group, label, one, two):
    add(f"{group}:{label}:1", one)
    add(f"{group}:{label}:2", two)


def equal(row, label, one, two):
    pair(f"equal {row}", label, one, two)


def different(row, label, one, two):
    pair(f"different {row}", label, one, two)


def cn(value, string_type="utf8"):
    return dn(("CN", value, string_type))


for label, one, two in (
    ("case", "Foo Bar", "foo bAR"),
    ("blanks at the ends", " foo bar ", "foo bar"),
    ("blanks inside", "Foo   Bar", "Foo Bar"),
    ("tabs and line ends", "Foo\tBar\r\nBaz", "foo bar baz"),
    ("only blanks", "   ", ""),
    ("composed and decomposed", "Jos\u00e9", "JOSE\u0301"),
    ("fullwidth", "\uff26\uff4f\uff4f", "foo"),
    ("soft hyphen", "Fo\u00ado", "Foo"),
    ("zero-width space", "Fo\u200bo", "Foo"),
    ("byte-order mark", "\ufeffFoo", "Foo"),
    ("variation selector", "Foo\ufe0f", "Foo"),
    ("object replacement", "Foo\ufffc", "Foo"),
    ("no-break space", "Foo\u00a0Bar", "Foo Bar"),
    ("ideographic space", "Foo\u3000 Bar", "Foo Bar"),
    ("line separator", "Foo\u2028Bar", "Foo Bar"),
    ("ligature", "o\ufb03ce", "OFFICE"),
    ("sharp s", "Stra\u00dfe", "STRASSE"),
    ("final sigma", "\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2"),
    ("upper case in a compatibility form", "\u2121", "tel"),
    ("Cherokee", "\u13a0", "\u13a0"),
    ("a run longer than any buffer", "Ab " * 300, "aB " * 300),
):
    equal("B-DN-4", label, cn(one), cn(two))

for label, one, two in (
    ("blank or none", "Foo Bar", "FooBar"),
    ("a letter more", "Foo", "Fooo"),
    ("an accent", "Jose", "Jos\u00e9"),
    ("look-alike", "Foo", "F\u043eo"),
    ("a blank before a combining mark", "a \u0301", "a\u0301"),
    ("private use", "Foo\ue000", "foo\ue000"),
    ("non-character", "Foo\ufdd0", "foo\ufdd0"),
    ("last of a plane", "Foo\U0001fffe", "foo\U0001fffe"),
    ("replacement character", "Foo\ufffd", "foo\ufffd"),
    ("unassigned in Unicode 3.2", "Foo\u0221", "foo\u0221"),
    ("assigned after Unicode 3.2", "Foo\U0001f600", "foo\U0001f600"),
    ("grown out of proportion", "X" + "\ufdfa" * 40, "x" + "\ufdfa" * 40),
    ("too long to prepare", "A" * 32769, "a" * 32769),
):
    different("B-DN-4", label, cn(one), cn(two))
    equal("B-DN-4 octets", label, cn(one), cn(one))

TYPES = ("utf8", "printable", "teletex", "bmp", "universal")
for one in TYPES:
    for two in TYPES:
        equal("B-DN-5", f"{one} and {two}", cn("Example CA", one), cn("EXAMPLE  ca", two))
equal("B-DN-5", "umlaut in BMPString", cn("M\u00fcnchen"), cn("M\u00dcNCHEN", "bmp"))
equal("B-DN-5", "umlaut in UniversalString", cn("M\u00fcnchen"), cn("M\u00dcNCHEN", "universal"))
equal("B-DN-5", "beyond the basic plane", cn("\U00010400"), cn("\U00010428", "universal"))
different("B-DN-5", "IA5String is no DirectoryString", cn("Foo", "ia5"), cn("foo", "ia5"))
different("B-DN-5", "IA5String against UTF8String", cn("Foo", "ia5"), cn("Foo", "utf8"))
equal("B-DN-5", "IA5String octet by octet", cn("Foo", "ia5"), cn("Foo", "ia5"))
different("B-DN-5", "NumericString against PrintableString", cn("17", "numeric"), cn("17", "printable"))


def unsorted(*attributes):
    return der.set_(*(attribute(*one) for one in attributes))


PERSON = [("CN", "Alice"), ("serialNumber", "17"), ("OU", "Mail")]
equal("B-DN-6", "another order in the RDN", dn(unsorted(*PERSON)), dn(unsorted(*reversed(PERSON))))
equal("B-DN-6", "another order and another type", dn([("CN", "Alice"), ("OU", "Mail")]),
      dn([("CN", "ALICE", "printable"), ("OU", "mail", "bmp")]))
equal("B-DN-6", "the same pair twice", dn([("CN", "A"), ("CN", "a"), ("CN", "B")]), dn([("CN", "b"), ("CN", "A"), ("CN", "A")]))
different("B-DN-6", "RDNs swapped", dn(("O", "Example"), ("CN", "CA")), dn(("CN", "CA"), ("O", "Example")))
different("B-DN-6", "an attribute more", dn([("CN", "CA")]), dn([("CN", "CA"), ("OU", "Mail")]))
different("B-DN-6", "an RDN more", dn(("CN", "CA")), dn(("CN", "CA"), ("OU", "Mail")))
different("B-DN-6", "one RDN or two", dn([("CN", "CA"), ("OU", "Mail")]), dn(("CN", "CA"), ("OU", "Mail")))
different("B-DN-6", "another type", dn(("CN", "Example")), dn(("O", "Example")))
different("B-DN-6", "partners counted", dn([("CN", "A"), ("CN", "A"), ("CN", "B")]), dn([("CN", "A"), ("CN", "B"), ("CN", "B")]))
different("B-DN-6", "the empty name", dn(), dn(("CN", "")))
different("B-DN-6", "a value that looks like a border", dn(("CN", "a"), ("CN", "b")), dn(("CN", "a\0\0\0\x16b")))
many = [("CN", f"Somebody {n}") for n in range(500)]
equal("B-DN-6", "five hundred attributes", dn(unsorted(*many)), dn(unsorted(*reversed(many))))

PRIVATE = oids.PRIVATE_ATTRIBUTE
equal("B-DN-7", "unknown type, text", dn((PRIVATE, "Foo  Bar", "utf8")), dn((PRIVATE, "foo bar", "printable")))
equal("B-DN-7", "unknown type, octets", dn((PRIVATE, b"Foo", "octet")), dn((PRIVATE, b"Foo", "octet")))
different("B-DN-7", "unknown type, octets in other case", dn((PRIVATE, b"Foo", "octet")), dn((PRIVATE, b"foo", "octet")))
different("B-DN-7", "octets against text", dn((PRIVATE, b"Foo", "octet")), dn((PRIVATE, "Foo", "utf8")))
different("B-DN-7", "numbers", dn((PRIVATE, der.integer(1), "raw")), dn((PRIVATE, der.integer(2), "raw")))

equal("B-DN-8", "domain components", dn(("DC", "EXAMPLE"), ("DC", "Org")), dn(("DC", "example"), ("DC", "ORG")))
equal("B-DN-8", "A-label", dn(("DC", "XN--BCHER-KVA")), dn(("DC", "xn--bcher-kva")))
equal("B-DN-8", "domain component in UTF8String", dn(("DC", "Example")), dn(("DC", "example", "utf8")))
equal("B-DN-8", "emailAddress", dn(("emailAddress", "CA@Example.ORG")), dn(("emailAddress", "ca@example.org", "printable")))
different("B-DN-8", "another address", dn(("emailAddress", "ca@example.org")), dn(("emailAddress", "cb@example.org")))

for label, octets in (("invalid UTF-8", b"Foo\xff\xfe"), ("truncated UTF-8", b"Foo\xe2\x82"), ("overlong UTF-8", b"Fo\xc0\xaf"),
                      ("surrogate", b"Fo\xed\xa0\x80"), ("NUL", b"Example\0CA"), ("bell", b"Fo\ao"), ("delete", b"Fo\x7fo"),
                      ("override", "Fo\u202eo".encode()), ("mark", "Fo\u200fo".encode()), ("C1 control", "Fo\u0090o".encode())):
    equal("B-DN-10", label, cn(octets), cn(octets))
    different("B-DN-10", f"{label}, other case", cn(octets), cn(octets.lower()))
different("B-DN-10", "NUL is no end", cn("Example\0CA"), cn("Example"))
different("B-DN-10", "control is not passed over", cn("Fo\ao"), cn("Foo"))
different("B-DN-10", "mark is not passed over", cn("Fo\u200fo"), cn("Foo"))
different("B-DN-10", "8 bits in a PrintableString", cn(b"F\xd6o", "printable"), cn(b"f\xd6o", "printable"))
equal("B-DN-10", "BMPString of odd length", cn(b"\0F\0", "bmp"), cn(b"\0F\0", "bmp"))

add("name:within", dn(("O", "Example"), ("OU", "Mail"), ("CN", "Alice")))
add("name:base", dn(("O", "EXAMPLE", "printable"), ("OU", "mail")))
add("name:sibling", dn(("O", "Example"), ("OU", "Web")))
add("name:beginning of an RDN", dn(("O", "Example"), ("OU", "Mai")))
add("name:part of an RDN", dn(("O", "Example"), [("OU", "Mail"), ("L", "Here")], ("CN", "Alice")))
add("name:empty", dn())
add("name:relative", dn(("CN", "Alice")))

TEXTS = {
    "CN=Alice,O=Example,C=XX": dn(("C", "XX"), ("O", "Example"), ("CN", "Alice")),
    "CN=A+OU=B": dn([("CN", "A"), ("OU", "B")]),
    "DC=org,DC=example": dn(("DC", "example"), ("DC", "org")),
    "emailAddress=a@example.org": dn(("emailAddress", "a@example.org")),
    "dnQualifier=q,serialNumber=7": dn(("serialNumber", "7"), ("dnQualifier", "q")),
    "title=Dr,surname=S,givenName=G,initials=I,pseudonym=P,generationQualifier=III":
        dn(("generationQualifier", "III"), ("pseudonym", "P"), ("initials", "I"), ("GN", "G"), ("SN", "S"), ("title", "Dr")),
    "L=Town,ST=Land,STREET=Way": dn(("street", "Way"), ("ST", "Land"), ("L", "Town")),
    "CN=M\u00fcnchen \u65e5": cn("M\u00fcnchen \u65e5", "bmp"),
    "CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h": cn('a,b+c"d\\e<f>g;h'),
    "CN=\\ a\\ ": cn(" a "),
    "CN=\\#a#": cn("#a#"),
    "CN=\\ ": cn(" "),
    "CN=": cn(""),
    "CN=good\\x00.evil": cn("good\0.evil"),
    "CN=\\x1b[31m": cn("\x1b[31m"),
    "CN=\\u{202e}evil": cn("\u202eevil"),
    "CN=#0c02fffe": cn(b"\xff\xfe"),
    f"{PRIVATE}=x": dn((PRIVATE, "x")),
    f"{PRIVATE}=#04020102": dn((PRIVATE, b"\1\2", "octet")),
    "(empty)": dn(),
}
for text, octets in TEXTS.items():
    add(f"text:{text}", octets)

BROKEN_NAMES = {
    "no SEQUENCE": der.set_(),
    "RDN is no SET": der.sequence(der.sequence()),
    "empty RDN": der.sequence(der.set_()),
    "attribute is no SEQUENCE": der.sequence(der.set_(der.null())),
    "attribute without a value": der.sequence(der.set_(der.sequence(der.oid("2.5.4.3")))),
    "attribute without a type": der.sequence(der.set_(der.sequence(der.utf8("x"), der.utf8("y")))),
    "attribute with two values": der.sequence(der.set_(der.sequence(der.oid("2.5.4.3"), der.utf8("x"), der.utf8("y")))),
    "malformed OID": der.sequence(der.set_(der.sequence(der.tlv(der.OID, b"\x80\x01"), der.utf8("x")))),
    "indefinite length": der.indefinite(der.SEQUENCE, b""),
    "cut off": cn("Alice")[:-1],
}
for label, octets in BROKEN_NAMES.items():
    add(f"broken name:{label}", octets)

# --- values of extensions ---------------------------------------------------------------------------------

POINT = x.distribution_point([gn.uri("http://crl.example/")])
GOOD_VALUES = [
    x.basic_constraints(), x.basic_constraints(False), x.basic_constraints(True, 0), x.basic_constraints(True, 2**70),
    x.basic_constraints().but(value=der.sequence(der.boolean(False))),
    x.key_usage(), x.key_usage("digitalSignature"), x.key_usage("decipherOnly"), x.key_usage("cRLSign", "encipherOnly"),
    x.key_usage().but(value=der.bit_string(b"\x80\0\0", 0)),
    x.ext_key_usage("emailProtection"), x.ext_key_usage("any", "1.2.3"),
    x.subject_key_identifier(b"\1\2"), x.subject_key_identifier(b""),
    x.authority_key_identifier(b"\1"), x.authority_key_identifier(), x.authority_key_identifier(None, [gn.directory([("CN", "x")])], -5),
    x.subject_alt_name(gn.email("a@b.c"), gn.dns("x"), gn.ip("10.0.0.1"), gn.ip("::1"), gn.directory([]), gn.uri("x:"),
                       gn.registered_id("1.2.3"), gn.x400(), gn.edi_party(), gn.smtp_utf8("\u00fc@b.c")),
    x.issuer_alt_name(gn.uri("http://x/")),
    x.name_constraints([gn.dns("")], None), x.name_constraints(None, [gn.ip("10.0.0.0/8"), gn.ip("::/0"), gn.email("")]),
    x.name_constraints([x.subtree(gn.uri("x.y"), 0), x.subtree(gn.dns("x"), 1, 2)], [gn.directory([("O", "x")])]),
    x.certificate_policies(oids.ANY_POLICY), x.certificate_policies(x.policy("1.2.3", x.cps("http://x"), x.user_notice("y"))),
    x.certificate_policies(x.policy("1.2.3", x.private_qualifier())),
    x.policy_mappings(("1.2.3", "1.2.4")),
    x.policy_constraints(0), x.policy_constraints(None, 5), x.policy_constraints(2**64, 1),
    x.inhibit_any_policy(0), x.inhibit_any_policy(2**63),
    x.crl_distribution_points(POINT, x.distribution_point(relative=names.rdn(("CN", "x")), reasons=["keyCompromise"])),
    x.crl_distribution_points(x.distribution_point(issuer=[gn.directory([("CN", "x")])])), x.crl_distribution_points(der.sequence()),
    x.freshest_crl(POINT),
    x.authority_info_access(("ocsp", gn.uri("http://x/")), ("1.2.3", gn.email("a@b.c"))),
    x.subject_info_access(("caRepository", gn.uri("http://x/"))),
    x.subject_directory_attributes(("1.2.3", der.utf8("x"))),
    x.private_key_usage_period(at(2020), at(2030)), x.private_key_usage_period(None, at(2030)),
    x.no_rev_avail(), x.smime_capabilities(("1.2.3", b""), ("1.2.4", der.integer(40))),
    x.crl_number(0), x.crl_number(2**170), x.delta_crl_indicator(3),
    x.issuing_distribution_point([gn.uri("http://x/")], only_user=True, indirect=True, reasons=["superseded"]),
    x.issuing_distribution_point(), x.issuing_distribution_point(relative=names.rdn(("CN", "x")), only_ca=True, only_attribute=True),
    x.reason_code(0), x.reason_code(10), x.reason_code(300), x.invalidity_date(at(2020)), x.hold_instruction(),
    x.certificate_issuer(gn.directory([("CN", "x")])),
    x.audit_identity(b"\1\2"), x.aa_controls(), x.aa_controls(0, ["1.2.3"], ["1.2.4", "1.2.5"], False), x.aa_controls(excluded=[]),
    x.target_information(x.target_name(gn.uri("http://x/")), x.target_group(gn.dns("x"))), x.target_information(lists=[[], []]),
    x.target_information(x.target_certificate(ac.issuer_serial(dn(("CN", "i")), 5, b"\1"), gn.dns("x"), ac.object_digest(b""))),
]

BAD_VALUES = [
    ("no SEQUENCE", x.basic_constraints().but(value=der.null())), ("no octets", x.basic_constraints().but(value=b"")),
    ("negative pathLen", x.basic_constraints(True, -1)), ("pathLen not minimal", x.basic_constraints(True, b"\0\1")),
    ("more behind", x.basic_constraints().but(value=der.sequence() + der.null())),
    ("more inside", x.basic_constraints().but(value=der.sequence(der.boolean(True), der.null()))),
    ("BOOLEAN 01", x.basic_constraints().but(value=der.sequence(der.tlv(1, b"\1")))),
    ("eight unused bits", x.key_usage().but(value=der.bit_string(b"\x80", 8))),
    ("unused bits set", x.key_usage().but(value=der.bit_string(b"\x81", 1))),
    ("unused bits of nothing", x.key_usage().but(value=der.bit_string(b"", 1))),
    ("no BIT STRING", x.key_usage().but(value=der.octet_string(b"\1"))),
    ("empty", x.ext_key_usage()), ("no OID", x.ext_key_usage().but(value=der.sequence(der.utf8("x")))),
    ("no OCTET STRING", x.subject_key_identifier(b"").but(value=der.utf8("x"))),
    ("more behind", x.subject_key_identifier(b"").but(value=der.octet_string(b"") + b"\5\0")),
    ("serial not minimal", x.authority_key_identifier().but(value=der.sequence(der.context(2, b"\0\1")))),
    ("empty serial", x.authority_key_identifier().but(value=der.sequence(der.context(2, b"")))),
    ("empty issuer", x.authority_key_identifier(None, [], 5)),
    ("unknown field", x.authority_key_identifier().but(value=der.sequence(der.context(3, b"")))),
    ("empty", x.subject_alt_name()), ("empty address", x.subject_alt_name(gn.email(""))), ("empty host", x.subject_alt_name(gn.dns(""))),
    ("empty URI", x.subject_alt_name(gn.uri(""))), ("8 bits", x.subject_alt_name(gn.email(b"\xfc@b.c"))),
    ("five octets of address", x.subject_alt_name(gn.ip(b"12345"))), ("mask outside of constraints", x.subject_alt_name(gn.ip("10.0.0.0/8"))),
    ("empty OID", x.subject_alt_name(der.context(8, b""))), ("unknown form", x.subject_alt_name(der.context(9, b"x"))),
    ("otherName without a value", x.subject_alt_name(der.context(0, der.oid("1.2.3"), True))),
    ("otherName with two values", x.subject_alt_name(gn.other("1.2.3", der.null() + der.null()))),
    ("directoryName that is no name", x.subject_alt_name(der.explicit(4, der.null()))),
    ("implicit directoryName", x.subject_alt_name(der.context(4, der.content(dn(("CN", "x"))), True))),
    ("primitive form constructed", x.subject_alt_name(der.context(1, der.ia5("a@b.c"), True))),
    ("empty", x.issuer_alt_name()),
    ("empty", x.name_constraints()), ("empty list", x.name_constraints([])), ("no subtree", x.name_constraints([der.sequence()])),
    ("five octets of address", x.name_constraints([gn.ip(b"12345")])), ("split mask", x.name_constraints([gn.ip(b"\x0a\0\0\0\xff\0\xff\0")])),
    ("address without a mask", x.name_constraints([gn.ip("10.0.0.1")])), ("negative minimum", x.name_constraints([x.subtree(gn.dns("x"), -1)])),
    ("excluded first", x.name_constraints().but(value=der.sequence(der.context(1, x.subtree(gn.dns("x")), True),
                                                                  der.context(0, x.subtree(gn.dns("x")), True)))),
    ("empty", x.certificate_policies()), ("empty qualifiers", x.certificate_policies(der.sequence(der.oid("1.2.3"), der.sequence()))),
    ("no OID", x.certificate_policies(der.sequence(der.null()))),
    ("empty", x.policy_mappings()), ("half", x.policy_mappings().but(value=der.sequence(der.sequence(der.oid("1.2.3"))))),
    ("empty", x.policy_constraints()), ("negative", x.policy_constraints(-1)), ("negative", x.inhibit_any_policy(-1)),
    ("no INTEGER", x.inhibit_any_policy().but(value=der.boolean(True))),
    ("empty", x.crl_distribution_points()), ("empty name", x.crl_distribution_points(x.distribution_point([]))),
    ("empty relative name", x.crl_distribution_points(der.sequence(der.explicit(0, der.context(1, b"", True))))),
    ("empty issuer", x.crl_distribution_points(x.distribution_point(issuer=[]))), ("empty", x.freshest_crl()),
    ("two names", x.crl_distribution_points(der.sequence(der.explicit(0, der.context(0, gn.uri("x:"), True) * 2)))),
    ("empty", x.authority_info_access()), ("no location", x.authority_info_access(("ocsp", b""))), ("empty", x.subject_info_access()),
    ("empty", x.subject_directory_attributes()), ("no values", x.subject_directory_attributes(("1.2.3", b""))),
    ("no time", x.private_key_usage_period().but(value=der.sequence(der.context(0, b"2020")))),
    ("no NULL", x.no_rev_avail().but(value=der.boolean(True))), ("a flat list", x.smime_capabilities().but(value=der.sequence(der.oid("1.2.3")))),
    ("not minimal", x.crl_number(b"\0\1")), ("no INTEGER", x.delta_crl_indicator(0).but(value=der.null())),
    ("no SEQUENCE", x.issuing_distribution_point().but(value=der.octet_string(b"x"))),
    ("flags out of order", x.issuing_distribution_point().but(value=der.sequence(der.context(2, b"\xff"), der.context(1, b"\xff")))),
    ("negative", x.reason_code(-1)), ("INTEGER", x.reason_code(1).but(value=der.integer(1))),
    ("UTCTime", x.invalidity_date(at(2020)).but(value=der.utc_time(at(2020)))), ("no OID", x.hold_instruction().but(value=der.null())),
    ("empty", x.certificate_issuer()),
    ("no OCTET STRING", x.audit_identity(b"").but(value=der.utf8("x"))), ("negative pathLen", x.aa_controls(-1)),
    ("no OID", x.aa_controls().but(value=der.sequence(der.context(0, der.null(), True)))),
    ("lists out of order", x.aa_controls().but(value=der.sequence(der.context(1, b"", True), der.context(0, b"", True)))),
    ("a Target in place of Targets", x.target_information().but(value=der.sequence(x.target_name(gn.dns("x"))))),
    ("no GeneralName", x.target_information(x.target_name(der.null()))), ("unknown Target", x.target_information(der.explicit(3, gn.dns("x")))),
    ("certificate without a serial", x.target_information(x.target_certificate(der.sequence(der.sequence(gn.dns("x")))))),
]

for number, one in enumerate(GOOD_VALUES):
    add(f"good value:{one.name} {number}", one.but(critical=False, spell_false=False).der())
for number, (label, one) in enumerate(BAD_VALUES):
    add(f"bad value:{one.name} {label} {number}", one.but(critical=False, spell_false=False).der())

EXTENSION_FRAMES = {
    "no SEQUENCE": der.set_(), "no OID": der.sequence(der.octet_string(b"")), "no value": der.sequence(der.oid("1.2.3")),
    "value is no OCTET STRING": der.sequence(der.oid("1.2.3"), der.null()),
    "critical is 01": der.sequence(der.oid("1.2.3"), der.tlv(1, b"\1"), der.octet_string(b"")),
    "more behind": der.sequence(der.oid("1.2.3"), der.octet_string(b""), der.null()),
}
for label, octets in EXTENSION_FRAMES.items():
    add(f"broken extension:{label}", octets)

# --- certificates -----------------------------------------------------------------------------------------

world = World()
root = world.root()
V1 = dict(version=certificate.V1, extensions=None)


def certified(label, **changes):
    """An end entity that somebody could object to."""
    add(f"certificate:{label}", world.end_entity("Alice", root, **changes).cert)


def broken(label, **changes):
    add(f"broken certificate:{label}", world.end_entity("Alice", root, **changes).cert)


add("certificate:root", root.cert)
add("certificate:ca", world.ca("CA", root, path_len=3).cert)
certified("plain")
certified("v1", **V1)
certified("v2", version=certificate.V2, extensions=None, issuer_uid=b"\1\2", subject_uid=b"\3")
certified("v1 written out", version=der.explicit(0, der.integer(0)), extensions=None)
certified("v1 with extensions", version=certificate.V1)
certified("v2 with extensions", version=certificate.V2)
certified("v1 with unique identifiers", issuer_uid=b"\1", **V1)
certified("extensions empty", extensions=[])
for number in (-1, 0, 255, 2**159 - 1, 2**159, 2**400):
    certified(f"serial {'negative' if number < 0 else number.bit_length()}", serial=number)
certified("GeneralizedTime before 2050", not_before=der.generalized_time("20200101000000Z"))
certified("dates far away", not_before=at(1950), not_after=der.generalized_time("99991231235959Z"))
certified("issuer empty", issuer_name=dn())
certified("subject empty, SAN critical", subject=dn())
certified("subject empty, SAN not critical", subject=dn(), ext={"subjectAltName": x.subject_alt_name(gn.email("a@b.c"))})
certified("subject empty, no SAN", subject=dn(), email=None)
add("certificate:ca without a subject", world.ca("CA", root, subject=dn()).cert)
certified("RDN not in order", subject=dn(unsorted(("OU", "x"), ("CN", "a"))))
certified("self-issued", subject=dn(("O", "Example"), ("CN", "x")), issuer_name=dn(("O", "EXAMPLE", "printable"), ("CN", " X ")))
certified("algorithms differ in OID", outer=sign.algorithm("sha384-ecdsa"))
certified("algorithms differ in parameters", outer=sign.algorithm("sha256-ecdsa", der.null()))
certified("signature of half octets", unused_bits=1, signature_hook=lambda octets: octets[:-1] + b"\2")
certified("unknown critical", extra=[x.private(critical=True)])
certified("unknown", extra=[x.private()])
certified("unknown garbage", extra=[x.private(b"\xff\xff")])
certified("repeated known", extra=[x.key_usage("keyAgreement")])
certified("repeated unknown", extra=[x.private(b"\5\0"), x.private(b"\1\1\xff")])
certified("issuerAltName critical", extra=[x.issuer_alt_name(gn.uri("http://x/"), critical=True)])
certified("key usage period critical", extra=[x.private_key_usage_period(at(2020), at(2030)).but(critical=True)])
certified("shown only, garbage", extra=[x.private_key_usage_period().but(value=b"\xff"), x.smime_capabilities().but(value=b"\xff")])
certified("critical FALSE", extra=[x.private().but(spell_false=True)])
for name, members in {
    "keyUsage": dict(keyUsage=x.key_usage("digitalSignature").but(value=b"\xff")),
    "subjectAltName": dict(subjectAltName=x.subject_alt_name()),
    "basicConstraints": dict(basicConstraints=x.basic_constraints(True, -1)),
    "extKeyUsage": dict(extKeyUsage=x.ext_key_usage()),
    "authorityKeyIdentifier": dict(authorityKeyIdentifier=x.authority_key_identifier().but(value=b"")),
    "subjectKeyIdentifier": dict(subjectKeyIdentifier=x.subject_key_identifier(b"").but(value=b"\5\0")),
    "authorityInfoAccess": dict(authorityInfoAccess=x.authority_info_access()),
}.items():
    certified(f"malformed {name}", ext=members)
certified("key usage empty", ext={"keyUsage": x.key_usage()})
certified("key usage trailing", ext={"keyUsage": x.key_usage().but(value=der.bit_string(b"\xc0", 0))})
certified("key usage not critical", ext={"keyUsage": x.key_usage("digitalSignature", critical=False)})
certified("key usage of nine bits", ext={"keyUsage": x.key_usage("keyAgreement", "decipherOnly")})
certified("keyCertSign without cA", ext={"keyUsage": x.key_usage("keyCertSign")})
certified("cA FALSE", ext={"basicConstraints": x.basic_constraints().but(value=der.sequence(der.boolean(False)))})
certified("pathLen without cA", ext={"basicConstraints": x.basic_constraints(False, 2)})
add("certificate:pathLen without keyCertSign", world.ca("CA", root, path_len=2, ext={"keyUsage": x.key_usage("cRLSign")}).cert)
add("certificate:pathLen huge", world.ca("CA", root, path_len=2**70).cert)
add("certificate:cA not critical", world.ca("CA", root, ext={"basicConstraints": x.basic_constraints(critical=False)}).cert)
add("certificate:constraints not critical", world.ca("CA", root, extra=[
    x.name_constraints([gn.dns("x")], critical=False), x.policy_constraints(1, 2, critical=False),
    x.inhibit_any_policy(3, critical=False)]).cert)
certified("critical that must not be", ext={"authorityKeyIdentifier": x.authority_key_identifier(b"\1", critical=True),
                                            "subjectKeyIdentifier": x.subject_key_identifier(b"\1", critical=True)})
certified("half of issuer and serial", ext={"authorityKeyIdentifier": x.authority_key_identifier(b"\1", None, 5)})
certified("policy repeated", extra=[x.certificate_policies("1.2.3", "1.2.4", "1.2.3")])
certified("policies", extra=[x.certificate_policies("1.2.3", "1.2.4", oids.ANY_POLICY, critical=True)])
certified("qualifier unknown, critical", extra=[x.certificate_policies(x.policy("1.2.3", x.private_qualifier()), critical=True)])
certified("qualifier malformed, critical", extra=[x.certificate_policies(
    x.policy("1.2.3", der.sequence(der.oid(oids.NOTICE_QUALIFIER), der.null())), critical=True)])
certified("qualifier unknown", extra=[x.certificate_policies(x.policy("1.2.3", x.private_qualifier()))])
certified("qualifiers known, critical", extra=[x.certificate_policies(x.policy(
    "1.2.3", x.cps("http://x/"), x.user_notice("y"), x.user_notice(None, organization="o", numbers=(1, 2))), critical=True)])
certified("all purposes", ext={"extKeyUsage": x.ext_key_usage("emailProtection", "any", "clientAuth")})
many_faults = [x.Extension(oids.EXTENSIONS[name], b"\xff", critical) for critical, name in enumerate(
    sorted(set(oids.EXTENSIONS) - {"privateKeyUsagePeriod", "smimeCapabilities", "ocspNoCheck", "netscapeComment",
                                   "netscapeCertType", "targetInformation", "auditIdentity", "aaControls"}))]
certified("more faults than notes", extensions=many_faults + [x.private(), x.private()])

certified("addresses", emails=("a@example.org", "b@example.org"), email=None,
          subject=dn(("emailAddress", "c@example.org"), [("CN", "x"), ("emailAddress", "d@example.org")]))


def with_names(label, *members, subject=None):
    certified(label, email=None, ext={"subjectAltName": x.subject_alt_name(*members)}, subject=subject)


with_names("addresses that are none", gn.email("Bob <b@x>"), gn.email("b@x (comment)"), gn.email(" b@x"), gn.email("b@x\0"),
           gn.email("b@" + "x" * 63 + ("." + "y" * 63) * 3), gn.dns("b.x"), gn.uri("mailto:b@x"))
with_names("addresses in UTF-8", gn.smtp_utf8("\u00fc@example.org"), gn.other(oids.SMTP_UTF8_MAILBOX, der.ia5("a@example.org")),
           gn.other("1.2.3", der.utf8("b@example.org")), gn.other(oids.SMTP_UTF8_MAILBOX, der.utf8(b"\xff@example.org")),
           gn.smtp_utf8("\u00fc@b\u00fccher.example"))
certified("subject addresses by type", email=None, subject=dn(*(
    ("emailAddress", value, kind) for value, kind in (
        ("a@example.org", "ia5"), ("b@example.org", "utf8"), ("c@example.org", "printable"), ("d@example.org", "teletex"),
        ("e@example.org", "bmp"), ("\u00fc@example.org", "utf8"), (b"\xff@example.org", "utf8"), ("", "ia5")))))
LONG = "a" * 64 + "@" + "b" * 62 + "." + "c" * 63 + "." + "d" * 60 + "."
certified("address of 255 octets", email=LONG + "x" * (255 - len(LONG)))
certified("address of 256 octets", email=LONG + "x" * (256 - len(LONG)))

everything = [
    x.subject_alt_name(gn.email("a@xn--bcher-kva.example"), gn.dns("xn--bcher-kva.example"), gn.uri("http://x/"), gn.ip("192.0.2.1"),
                       gn.ip("2001:db8::1"), gn.directory([("CN", "x, y")]), gn.registered_id("1.2.3"), gn.x400(), gn.edi_party(),
                       gn.smtp_utf8("\u00fc@b.c"), gn.other("1.2.3", der.integer(5))),
    x.issuer_alt_name(gn.uri("http://ian/")), x.basic_constraints(True, 3), x.key_usage("keyCertSign", "decipherOnly"),
    x.ext_key_usage("emailProtection", "1.2.3"), x.subject_key_identifier(b"\1\2"),
    x.authority_key_identifier(b"\3\4", [gn.directory([("CN", "i")])], 77),
    x.name_constraints([gn.dns("x.y"), gn.ip("10.0.0.0/8")], [x.subtree(gn.email("z"), 1)]),
    x.certificate_policies(x.policy("1.2.3", x.cps("http://cps/"), x.user_notice("Na\u00efve", "bmp"),
                                    x.user_notice(None, organization="Org", numbers=(4, 7)), x.private_qualifier())),
    x.policy_mappings(("1.2.3", "1.2.4")), x.policy_constraints(1, 2), x.inhibit_any_policy(3),
    x.crl_distribution_points(x.distribution_point([gn.uri("http://crl/")], reasons=["keyCompromise"]),
                              x.distribution_point(relative=names.rdn(("CN", "part")), issuer=[gn.directory([("CN", "i")])])),
    x.freshest_crl(POINT), x.authority_info_access(("ocsp", gn.uri("http://ocsp/"))),
    x.subject_info_access(("caRepository", gn.uri("http://repo/"))),
    x.subject_directory_attributes(("1.2.3", der.utf8("value"))), x.private_key_usage_period(at(2020), at(2030)), x.no_rev_avail(),
    x.smime_capabilities(("1.2.4", der.integer(40))), x.private(b"\xde\xad"),
    x.Extension("netscapeCertType", der.bit_string(b"\x20", 5)), x.Extension("netscapeComment", der.ia5("old")),
    x.Extension("1.3.6.1.5.5.7.1.3", der.sequence(der.sequence(der.oid("1.2.5")))),
    x.Extension("1.2.840.113533.7.65.0", der.sequence(der.tlv(der.GENERAL, b"V8.1"), der.bit_string(b""))),
    x.private(b"\xff", oid=f"{oids.TEST}.2.2"),
]
certified("everything", extensions=everything, subject=dn(("CN", "Al\u00eece"), ("emailAddress", "a@b.c")))
add("certificate:rsa", world.end_entity("Rosa", root, key="rsa2048-01", scheme="sha256-ecdsa").cert)
add("certificate:pss", world.certificate("Pss", None, key="rsa2048-01", scheme="sha256-pss").cert)
add("certificate:dsa", world.end_entity("Dora", root, key="dsa2048-a").cert)

broken("version 4", version=certificate.V4)
broken("version negative", version=der.explicit(0, der.integer(-1)))
broken("version huge", version=der.explicit(0, der.integer(2**64 + 2)))
broken("serial not minimal", serial=b"\0\1")
broken("serial empty", serial=b"")
for label, time in (("no seconds", "2001010000Z"), ("offset", "200101000000+0000"), ("month 13", "201301000000Z"),
                    ("30 February", "200230000000Z"), ("hour 24", "200101240000Z"), ("no zone", "200101000000")):
    broken(f"UTCTime {label}", not_before=der.utc_time(time))
for label, time in (("fraction", "20200101000000.5Z"), ("no seconds", "202001010000Z"), ("offset", "20200101000000+0100")):
    broken(f"GeneralizedTime {label}", not_after=der.generalized_time(time))
broken("issuer", issuer_name=BROKEN_NAMES["empty RDN"])
broken("subject", subject=BROKEN_NAMES["attribute without a value"])
broken("key", spki=der.sequence(der.null()))
broken("extension frame", extensions=der.sequence(EXTENSION_FRAMES["no value"]))
broken("extensions are no SEQUENCE", extensions=der.set_())
broken("unused bits of the signature", unused_bits=9)
plain = samples["certificate:plain"]
inner = der.content(plain)
for label, octets in (
    ("no octets", b""), ("cut off", plain[:-1]), ("more behind", plain + b"\0"), ("more inside", der.sequence(inner, der.null())),
    ("length not minimal", der.tlv(der.SEQUENCE, inner, length_octets=4)), ("indefinite length", der.indefinite(der.SEQUENCE, inner)),
    ("a CRL", b""), ("BER in the signed part", der.sequence(der.ber(der.children(plain)[0]), *der.children(plain)[1:])),
    ("signature missing", der.sequence(*der.children(plain)[:2])), ("random", bytes(range(256))),
    ("claims too much", der.tlv(der.SEQUENCE, inner, claimed=2**31)),
):
    if label != "a CRL":
        add(f"broken certificate:{label}", octets)
broken("too many extensions", extensions=[x.private(oid=f"{oids.TEST}.9.{n}") for n in range(129)])
certified("as many extensions as may be", extensions=[x.private(oid=f"{oids.TEST}.9.{n}") for n in range(128)])

# --- CRLs -------------------------------------------------------------------------------------------------

INDIRECT = x.issuing_distribution_point(indirect=True)


def listed(label, entries=None, group="crl", **changes):
    revoked = entries if entries is not None else [world.revocation(n) for n in (7, 5, 300, 2**150)]
    add(f"{group}:{label}", world.crl(root, entries=revoked, **changes).der)


listed("plain")
listed("empty", entries=[])
listed("v1", version=crl.V1)
listed("v1 written out", version=der.integer(0), extensions=None)
listed("v1 with extensions", version=crl.V1, ext={"cRLNumber": x.crl_number(5)})
listed("v1 with entry extensions", version=crl.V1, entries=[world.revocation(9, reason="superseded")])
listed("no next update", next_update=None)
listed("GeneralizedTime before 2050", this_update=der.generalized_time("20260501000000Z"))
listed("dates after 2050", next_update=at(2060), entries=[world.revocation(1, at(2051))])
listed("list present and empty", entries=[], empty_list=True)
listed("no number", ext={"cRLNumber": None})
listed("no key identifier", ext={"authorityKeyIdentifier": None})
listed("issuer empty", issuer_name=dn())
listed("algorithms differ", outer=sign.algorithm("sha384-ecdsa"))
octets = samples["crl:plain"]
parts = der.children(octets)
add("crl:signature of half octets", der.sequence(*parts[:2], der.bit_string(der.content(parts[2])[1:-1] + b"\2", 1)))
listed("unknown critical", extra=[x.private(critical=True)])
listed("unknown", extra=[x.private()])
listed("repeated", extra=[x.crl_number(5)])
listed("malformed number", ext={"cRLNumber": x.crl_number(b"\0\1")})
listed("number odd", number=2**170)
listed("number negative", number=-1)
listed("number critical", ext={"cRLNumber": x.crl_number(1, critical=True)})
listed("extensions empty", extensions=[])
listed("delta", extra=[x.delta_crl_indicator(3)], entries=[world.revocation(7, reason="removeFromCRL"), world.revocation(8)])
listed("delta not critical", extra=[x.delta_crl_indicator(3, critical=False)])
listed("delta with a pointer", extra=[x.delta_crl_indicator(3), x.freshest_crl(POINT)])
listed("pointer", extra=[x.freshest_crl(POINT)])
listed("scope", extra=[x.issuing_distribution_point([gn.uri("http://x/")], only_user=True, reasons=["keyCompromise"])])
listed("scope not critical", extra=[x.issuing_distribution_point(only_ca=True, critical=False)])
listed("scope empty", extra=[x.issuing_distribution_point()])
listed("scope contradicts", extra=[x.issuing_distribution_point(only_user=True, only_ca=True)])
listed("scope contradicts again", extra=[x.issuing_distribution_point(only_ca=True, only_attribute=True)])
listed("scope with FALSE", extra=[x.issuing_distribution_point().but(value=der.sequence(der.context(1, b"\0"), der.context(2, b"\xff")))])
listed("scope malformed", extra=[x.issuing_distribution_point().but(value=b"\4\1x")])
listed("AIA", extra=[x.authority_info_access(("caIssuers", gn.uri("http://x/")))])
listed("entry unknown critical", entries=[world.revocation(5), world.revocation(6, extensions=[x.private(critical=True)])])
listed("entry unknown", entries=[world.revocation(6, extensions=[x.private()])])
listed("entry repeated", entries=[world.revocation(6, extensions=[x.reason_code(1), x.reason_code(1)])])
listed("entry malformed", entries=[world.revocation(6, extensions=[x.reason_code(-1)])])
listed("entry extensions empty", entries=[crl.entry(6, days(-1), [])])
listed("entry reason critical", entries=[world.revocation(6, extensions=[x.reason_code(1, critical=True)])])
listed("remove outside of a delta", entries=[world.revocation(6, reason="removeFromCRL")])
listed("reason unknown", entries=[world.revocation(6, reason=7), world.revocation(7, reason=300)])
listed("certificate issuer misplaced", entries=[world.revocation(6, extensions=[x.certificate_issuer(gn.directory([("CN", "x")]))])])
reasons = [world.revocation(100 + n, reason=n) for n in range(11) if n not in (7, 8)]
listed("reasons", entries=reasons)
listed("dates of invalidity", entries=[
    world.revocation(1, reason=1, extensions=[]), world.revocation(2, extensions=[x.invalidity_date(at(2020, 3, 4))]),
    world.revocation(3, extensions=[x.invalidity_date(at(2020, 3, 4)), x.reason_code(4)]),
    world.revocation(4, extensions=[x.reason_code(4), x.invalidity_date(at(2020, 3, 4))]),
    world.revocation(5, extensions=[x.reason_code(6), x.hold_instruction(), x.invalidity_date(at(2020, 2, 29))])])
ALICE, BOB = gn.directory([("CN", "Alice CA")]), gn.directory([("CN", "Bob CA")])
listed("indirect", extra=[INDIRECT], entries=[
    world.revocation(1), world.revocation(2, extensions=[x.certificate_issuer(ALICE)]), world.revocation(1),
    world.revocation(3, extensions=[x.certificate_issuer(ALICE)]),
    world.revocation(1, reason=4, extensions=[x.certificate_issuer(gn.uri("http://x/"), BOB)]),
    world.revocation(8, extensions=[x.certificate_issuer(gn.directory(root.subject), critical=False)])])
listed("certificate issuer unnamed", extra=[INDIRECT], entries=[
    world.revocation(5), world.revocation(6, extensions=[x.certificate_issuer(gn.uri("http://x/"))]), world.revocation(7)])
listed("serials", entries=[world.revocation(n) for n in (-1, 255, 0, b"\0" + b"\xff" * 20, 2**320, -2**300, 2**159)])
listed("twice", extra=[x.delta_crl_indicator(1)], entries=[
    world.revocation(5, reason="removeFromCRL"), world.revocation(5, days(-3), reason="superseded"), world.revocation(5)])
listed("removed twice", extra=[x.delta_crl_indicator(1)], entries=[
    world.revocation(5, days(-4), reason="removeFromCRL"), world.revocation(5, days(-3), reason="removeFromCRL")])
listed("long entries", entries=[world.revocation(n, extensions=[x.private(b"x" * 200)]) for n in (9, 4, 6)])
listed("29 February", entries=[crl.entry(n, der.utc_time(t)) for n, t in ((1, "240229000000Z"), (2, "240131235959Z"))])


def broken_crl(label, entries=None, **changes):
    listed(label, entries, group="broken crl", **changes)


broken_crl("version 3", version=der.integer(2))
broken_crl("version negative", version=der.integer(-1))
broken_crl("time", this_update=der.utc_time("261301000000Z"))
broken_crl("next update", next_update=der.utc_time("2605010000Z"))
broken_crl("entry is no SEQUENCE", entries=[der.null()])
broken_crl("entry without a date", entries=[der.sequence(der.integer(5))])
broken_crl("entry with more", entries=[der.sequence(der.integer(5), der.time(days(-1)), der.sequence(), der.null())])
broken_crl("entry serial not minimal", entries=[crl.entry(b"\0\x42", days(-1))])
broken_crl("entry serial padded with ones", entries=[crl.entry(b"\xff\x82", days(-1))])
broken_crl("entry serial empty", entries=[crl.entry(b"", days(-1))])
broken_crl("entry serial of 70000 octets", entries=[crl.entry(b"\1" * 70000, days(-1))])
for text in ("260229000000Z", "261301000000Z", "260001000000Z", "260100000000Z", "260132000000Z", "260101240000Z", "260101006000Z",
             "260101000060Z", "26010100000:Z", "2601010000/0Z", "260101000000z", "2601010000Z", "260101000000+0000"):
    broken_crl(f"entry date {text}", entries=[crl.entry(5, der.utc_time(text))])
broken_crl("entry length not minimal", entries=[der.tlv(der.SEQUENCE, der.integer(5) + der.time(days(-1)), length_octets=1)])
broken_crl("entry too long", entries=[der.tlv(der.SEQUENCE, der.integer(5) + der.time(days(-1)), claimed=30)])
broken_crl("entry extension frame", entries=[der.sequence(der.integer(5), der.time(days(-1)), der.sequence(der.null()))])
broken_crl("too many entry extensions", entries=[world.revocation(5, extensions=[x.private(oid=f"{oids.TEST}.9.{n}") for n in range(129)])])
broken_crl("too many extensions", extensions=[x.private(oid=f"{oids.TEST}.9.{n}") for n in range(129)])
whole = samples["crl:plain"]
for label, octets in (("no octets", b""), ("cut off", whole[:-1]), ("more behind", whole + b"\0"), ("a certificate", plain),
                      ("indefinite length", der.indefinite(der.SEQUENCE, der.content(whole)))):
    add(f"broken crl:{label}", octets)


# --- attribute certificates -------------------------------------------------------------------------------

add("certificate:aa controls", world.ca("CA", root, extra=[x.aa_controls(1, [ac.GROUP], [ac.ROLE], False)]).cert)
authority = world.end_entity("Authority", root)
holder = world.end_entity("Holder", root)
BASE, NAMED = ac.issuer_serial(root.subject, 0x2a), [gn.directory([("CN", "Holder")])]


def attributed(label, group="ac", **changes):
    """An attribute certificate that somebody could object to."""
    add(f"{group}:{label}", world.attribute_certificate(holder, authority, **{"serial": 7, **changes}))


def broken_ac(label, **changes):
    attributed(label, "broken ac", **changes)


attributed("plain", extensions=[x.no_rev_avail(), x.authority_key_identifier(b"\1\2")])
attributed("no extensions")
attributed("extensions empty", extensions=[])
attributed("holder by certificate", holder=ac.holder(base=ac.issuer_serial(root.subject, 0x2a, b"\5")))
attributed("holder by name", holder=ac.holder(names=[*NAMED, gn.email("h@example.org")]))
attributed("holder by digest", holder=ac.holder(digest=ac.object_digest(b"x")))
attributed("holder by key", holder=ac.holder(digest=ac.object_digest(b"x", ac.PUBLIC_KEY)))
attributed("holder by other digest", holder=ac.holder(digest=ac.object_digest(b"x", ac.OTHER, other="1.2.3")))
attributed("holder in every way", holder=ac.holder(BASE, NAMED, ac.object_digest(b"x")))
attributed("holder missing", holder=ac.holder())
attributed("holder's issuer empty", holder=ac.holder(base=ac.issuer_serial(dn(), 5)))
attributed("holder's issuer no DN", holder=ac.holder(base=ac.issuer_serial(None, 5, names=[gn.uri("http://x/")])))
attributed("holder's issuer twice", holder=ac.holder(base=ac.issuer_serial(None, 5, names=[gn.directory(root.subject)] * 2)))
attributed("issuer v1Form", issuer=ac.v1_form(authority.subject))
attributed("issuer empty", issuer=ac.v2_form(dn()))
attributed("issuer without a name", issuer=ac.v2_form(names=[]))
attributed("issuer no DN", issuer=ac.v2_form(names=[gn.dns("x")]))
attributed("issuer twice", issuer=ac.v2_form(names=[gn.directory(authority.subject), gn.dns("x")]))
attributed("issuer by certificate too", issuer=ac.v2_form(authority.subject, base=BASE))
attributed("issuer by digest too", issuer=ac.v2_form(authority.subject, digest=ac.object_digest(b"x")))
for number in (-1, 0, 2**159 - 1, 2**159):
    attributed(f"serial {'negative' if number < 0 else number.bit_length()}", serial=number)
attributed("unique identifier", issuer_uid=b"\1\2")
attributed("algorithms differ", outer=sign.algorithm("sha384-ecdsa"))
attributed("no attributes", attributes=[])
attributed("attribute repeated", attributes=[ac.group("a"), ac.group("b")])
attributed("attribute without values", attributes=[ac.attribute("1.2.3")])
attributed("groups twice", attributes=[ac.attribute(ac.GROUP, ac.ietf("a"), ac.ietf("b"))])
attributed("unknown attribute", attributes=[ac.attribute("1.2.3", der.integer(5), der.utf8("text"))])
MALFORMED = {
    "group": ac.attribute(ac.GROUP, der.utf8("staff")),
    "group choice": ac.attribute(ac.GROUP, der.sequence(der.sequence(der.integer(5)))),
    "group UTF-8": ac.attribute(ac.GROUP, ac.ietf(der.utf8(b"\xff"))),
    "charging authority": ac.attribute(ac.CHARGING_IDENTITY, ac.ietf("x", authority=[])),
    "service": ac.authentication_info(der.sequence(gn.dns("x"))),
    "identity": ac.access_identity(der.sequence(gn.dns("x"), gn.dns("y"), der.null())),
    "role": ac.attribute(ac.ROLE, der.sequence(der.context(1, b"x"))),
    "role implicit": ac.attribute(ac.ROLE, der.sequence(der.context(1, b"http://x/", True))),
    "clearance": ac.attribute(ac.CLEARANCE, der.sequence(ac.class_list("secret"))),
    "clearance category": ac.clearance("1.2.3", "secret", categories=[der.null()]),
    "clearance OID": ac.attribute(ac.CLEARANCE_3281, der.sequence(der.context(0, b"\x80"))),
}
for label, one in MALFORMED.items():
    attributed(f"malformed {label}", attributes=[one])
POINTERS = [x.crl_distribution_points(POINT), x.authority_info_access(("ocsp", gn.uri("http://ocsp/")))]
attributed("pointers", extensions=POINTERS)
attributed("no revocation and CRLs", extensions=[x.no_rev_avail(), POINTERS[0]])
attributed("no revocation and OCSP", extensions=[x.no_rev_avail(), POINTERS[1]])
attributed("two points", extensions=[x.crl_distribution_points(POINT, POINT)])
attributed("unknown critical", extensions=[x.private(critical=True)])
attributed("unknown", extensions=[x.private(b"\xff")])
attributed("known elsewhere critical", extensions=[x.key_usage("digitalSignature")])
attributed("malformed targets", extensions=[x.target_information().but(value=b"\xff")])
attributed("malformed identifier", extensions=[x.authority_key_identifier().but(value=b"")])
attributed("repeated", extensions=[x.no_rev_avail(), x.no_rev_avail()])
attributed("targets not critical", extensions=[x.target_information(x.target_name(gn.dns("x")), critical=False)])
attributed("audit not critical", extensions=[x.audit_identity(b"x", critical=False)])
attributed("no revocation critical", extensions=[x.no_rev_avail().but(critical=True)])
attributed("critical FALSE", extensions=[x.private().but(spell_false=True)])
attributed("more faults than notes", extensions=[x.private(oid=f"{oids.TEST}.9.{n}").but(spell_false=True) for n in range(20)])
attributed("everything", holder=ac.holder(BASE, [*NAMED, gn.email("h@x.y")], ac.object_digest(b"x", value=b"\1\2")), serial=0x2b, attributes=[
    ac.authentication_info(ac.service(gn.uri("ldap://x/"), gn.email("a@b.c"), b"\7\x08"), ac.service(gn.dns("y"), gn.registered_id("1.2.3"))),
    ac.access_identity(ac.service(gn.dns("z"), gn.directory([("CN", "A")]))),
    ac.charging_identity("12-34", authority=[gn.uri("http://pay/"), gn.dns("pay")]),
    ac.group("staff", der.oid("1.2.4"), der.octet_string(b"\1\2"), "Na\u00efve"),
    ac.role(gn.uri("urn:role:boss"), authority=[gn.dns("boss.x")]),
    ac.clearance("1.2.5", "restricted", "topSecret", categories=[ac.category("1.2.6", der.utf8("blue"))]),
    ac.clearance_3281("1.2.7", "unmarked"),
    ac.attribute("1.2.8", der.integer(5), der.printable("text"), der.sequence()),
], issuer_uid=b"\x0f", extensions=[
    x.audit_identity(b"\xaa\xbb"), *POINTERS, x.authority_key_identifier(b"\3\4"), x.private(b"\xde\xad"),
    x.target_information(x.target_name(gn.uri("http://t/")), x.target_group(gn.dns("g")),
                         x.target_certificate(BASE, gn.dns("c"), ac.object_digest(b"x", value=b"\3"))),
])
attributed("clearances", attributes=[ac.clearance("1.2.5"), ac.attribute("1.2.9", der.null()), ac.attribute(
    ac.CLEARANCE_3281, der.sequence(der.oid("1.2.3"), der.bit_string(b"")), der.sequence(der.implicit(0, der.oid("1.2.4"))))])
attributed("empty group", attributes=[ac.group(), ac.role(gn.dns("x"))])
OLD = dict(issuer_name=authority.subject, signer_key=authority.key, serial=5, not_before=days(-1), not_after=days(1))
add("ac:v1 by name", ac.build_v1(subject_name=holder.subject, **OLD))
add("ac:v1 by name, explicit", ac.build_v1(subject_name=holder.subject, explicit=True, **OLD))
add("ac:v1 by certificate", ac.build_v1(subject=BASE, **OLD))
add("ac:v1 by certificate, explicit", ac.build_v1(subject=BASE, explicit=True, **OLD))
add("ac:v1 written out", ac.build_v1(subject_name=holder.subject, version=0, **OLD))

broken_ac("version 3", version=2)
broken_ac("version negative", version=-1)
broken_ac("version left out", version=None)
broken_ac("holder out of order", holder=der.sequence(der.context(1, NAMED[0], True), der.implicit(0, BASE)))
broken_ac("holder's names empty", holder=ac.holder(names=[]))
broken_ac("holder without a serial", holder=ac.holder(base=der.sequence(der.sequence(*NAMED))))
broken_ac("holder's digest without a type", holder=ac.holder(digest=der.sequence(digests.identifier("sha256"), der.bit_string(b""))))
broken_ac("holder's type negative", holder=ac.holder(digest=ac.object_digest(b"x", -1)))
broken_ac("holder primitive", holder=der.sequence(der.context(0, b"x")))
broken_ac("issuer missing", issuer=b"")
broken_ac("issuer under [1]", issuer=der.context(1, der.sequence(*NAMED), True))
broken_ac("issuer's names no GeneralName", issuer=ac.v2_form(names=[der.null()]))
broken_ac("serial not minimal", serial=b"\0\1")
broken_ac("UTCTime", not_before=der.utc_time(days(-1)))
broken_ac("time with a fraction", not_after=der.generalized_time("20270101000000.5Z"))
broken_ac("time with an offset", not_after=der.generalized_time("20270101000000+0000"))
broken_ac("attribute is no SEQUENCE", attributes=[der.null()])
broken_ac("attribute without a SET", attributes=[der.sequence(der.oid("1.2.3"))])
broken_ac("too many attributes", attributes=[ac.attribute(f"{oids.TEST}.9.{n}", der.null()) for n in range(129)])
broken_ac("too many extensions", extensions=[x.private(oid=f"{oids.TEST}.9.{n}") for n in range(129)])
broken_ac("extension without a value", extensions=[der.sequence(der.oid("1.2.3"))])
broken_ac("unused bits in the signature", hook=lambda whole: der.sequence(*der.children(whole)[:2], der.bit_string(b"\x80", 7)))
broken_ac("more behind", tbs_hook=lambda info: der.sequence(*der.children(info), der.null()))
whole_ac = samples["ac:plain"]
for label, octets in (("no octets", b""), ("cut off", whole_ac[:-1]), ("more octets", whole_ac + b"\0"), ("a certificate", plain),
                      ("a CRL", whole), ("indefinite length", der.indefinite(der.SEQUENCE, der.content(whole_ac)))):
    add(f"broken ac:{label}", octets)


def write(path):
    with open(path, "w", encoding="ascii") as file:
        for name, octets in samples.items():
            label = "".join(c if " " <= c <= "~" and c not in '"\\?' else "".join(f"\\{b:03o}" for b in c.encode()) for c in name)
            numbers = ",".join(map(str, octets))
            file.write(f'{{"{label}", (const unsigned char[]){{{numbers or 0}}}, {len(octets)}}},\n')


if __name__ == "__main__":
    write(sys.argv[1])
