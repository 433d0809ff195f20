# SPDX-License-Identifier: Apache-2.0
"""Which addresses a certificate gives its holder, against the From of a message (RFC 3850, 3 and 4.4.3; RFC 8550, 3;
RFC 9598)."""

from pki import names
from pki import extensions as x
from pki import general_names as gn
from runner import case

MATCH = dict(expect="GOOD", only_codes=[], forbid=["ADDR_MISMATCH", "NO_ADDR"], signed="whole", signatures="GOOD",
             addresses="match")
MISMATCH = dict(expect="BAD", only_codes=["ADDR_MISMATCH"], forbid=["NO_ADDR"], signed="whole", signatures="GOOD",
                addresses="mismatch")
NONE = dict(expect="WARN", only_codes=["NO_ADDR"], forbid=["ADDR_MISMATCH"], signed="whole", signatures="GOOD",
            addresses="none", json={"signers.0.address.certificate": []})
ODD = dict(codes=["NONCONFORMING"])
ALICE = "alice@example.com"
PLAIN = names.dn(("O", "Example"), ("CN", "Alice"))
OTHERS = [gn.email(f"other{n}@example.org") for n in range(3)]


def in_dn(address, string_type=None):
    return names.dn(("O", "Example"), ("CN", "Alice"), ("emailAddress", address, string_type))


def add(ids, title, wanted, *sans, from_=ALICE, subject=PLAIN, critical=False, **more):
    """A mail from `from_`, signed by the holder of a certificate with these names."""
    @case(ids, title)
    def _(w):
        root = w.root()
        san = x.subject_alt_name(*sans, critical=critical) if sans else None
        alice = w.end_entity("Alice", root, email=None, subject=subject, ext={"subjectAltName": san})
        return w.verify(w.signed_mail(alice, from_), anchors=[root], **{**wanted, **more})


# --- subjectAltName ---------------------------------------------------------------------------------------
add("A-3-7 A-4.4.3-1", "the address of the subjectAltName", MATCH, gn.email(ALICE))
add("A-3-7 A-4.4.3-2", "the third of several", MATCH, *OTHERS[:2], gn.email(ALICE), OTHERS[2],
    json={"signers.0.address.certificate": ["other0@example.org", "other1@example.org", ALICE, "other2@example.org"]})
for _place in range(3):
    add("A-3-7 A-4.4.3-2", f"any of several: number {_place + 1}", MATCH, *OTHERS, from_=f"other{_place}@example.org")
add("A-3-7", "the last of two thousand", MATCH, *(gn.email(f"u{n}@example.org") for n in range(2000)), gn.email(ALICE))
add("A-3-7", "among names of all other forms", MATCH, gn.dns("example.com"), gn.uri("http://a.example/"), gn.ip("192.0.2.1"),
    gn.directory(PLAIN), gn.registered_id("1.2.3"), gn.other("1.3.6.1.4.1.32473.9", b"\x05\x00"), gn.email(ALICE))
add("A-3-7 A-4.4-4", "a critical subjectAltName beside a full subject", MATCH, gn.email(ALICE), critical=True)
add("A-3-11 A-5-F1", "none of several", MISMATCH, *OTHERS)
add("A-4.4.3-1 A-3-5", "an address hidden in a DNS name", NONE, gn.dns(ALICE))
add("A-4.4.3-1 A-3-5", "an address hidden in a URI", NONE, gn.uri("mailto:alice@example.com"))
add("A-4.4.3-1 A-3-5", "an address in a directory name of the subjectAltName", NONE, gn.directory(in_dn(ALICE)))
add("A-4.4.3-1 A-3-5", "an address in a otherName that nobody knows", NONE, gn.other("1.3.6.1.4.1.32473.9", b"\x0c\x11alice@example.com"))
add("A-4.4.3-1 A-3-5", "the domain alone, as a DNS name", NONE, gn.dns("example.com"))

# --- no address -------------------------------------------------------------------------------------------
add("A-3-5", "a certificate without any address", NONE)
add("A-3-5", "an address as common name is no address", NONE, subject=names.dn(("CN", ALICE)))
add("A-3-5", "an address as user id is no address", NONE, subject=names.dn(("UID", ALICE), ("CN", "Alice")))

# --- emailAddress in the subject --------------------------------------------------------------------------
add("A-3-8", "the address in the subject alone", MATCH, subject=in_dn(ALICE))
add("A-3-8", "inside a multi-valued RDN", MATCH, subject=names.dn(("O", "Example"), [("CN", "Alice"), ("emailAddress", ALICE)]))
add("A-3-8", "two of them, the first counts", MATCH, subject=names.dn(("emailAddress", ALICE), ("emailAddress", "x@example.org")))
add("A-3-8", "two of them, the second counts", MATCH, subject=names.dn(("emailAddress", "x@example.org"), ("CN", "A"), ("emailAddress", ALICE)))
add("A-3-8", "two of them in one RDN", MATCH, subject=names.dn([("emailAddress", "x@example.org"), ("emailAddress", ALICE)]))
add("A-3-8", "first in the subject, before everything", MATCH, subject=names.dn(("emailAddress", ALICE), ("CN", "Alice"), ("C", "XX")))
add("A-3-8 E-14", "in the subject, while the subjectAltName has another: both count", MATCH, OTHERS[0], subject=in_dn(ALICE))
add("A-3-8 E-14", "in the subjectAltName, while the subject has another: both count", MATCH, gn.email(ALICE), subject=in_dn("x@example.org"))
add("A-3-8", "another one in the subject", MISMATCH, subject=in_dn("bob@example.com"))
add("A-3-9", "as UTF8String with pure ASCII: used and told", {**MATCH, **ODD}, subject=in_dn(ALICE, "utf8"))
add("A-3-9", "as PrintableString: used and told", {**MATCH, **ODD}, subject=in_dn(ALICE, "printable"))
add("A-3-9", "as UTF8String beyond ASCII: not used, and told", {**MISMATCH, **ODD}, subject=in_dn("\u00e4lice@example.com", "utf8"),
    from_="\u00e4lice@example.com")
for _type in ("bmp", "universal", "teletex", "octet"):
    add("A-3-9", f"as {_type}: not used, and told", MISMATCH, subject=in_dn(ALICE, _type), expect="BAD|WARN", only_codes=None, addresses=None,
        any_codes=["ADDR_MISMATCH", "NO_ADDR"], forbid=[])
add("E-38", "250 characters are matched", MATCH, subject=in_dn("a" * 64 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + ".ex"),
    from_="a" * 64 + "@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + ".ex")

# --- malformed --------------------------------------------------------------------------------------------
MALFORMED = {**MISMATCH, **ODD}
add("A-3-2 E-15", "a display name around the address", MALFORMED, gn.email("Alice <alice@example.com>"))
add("A-3-2 E-15", "angle brackets alone", MALFORMED, gn.email("<alice@example.com>"))
add("A-3-2 E-15", "a comment", MALFORMED, gn.email("alice@example.com (Alice)"))
add("A-3-2 E-15", "a mailto URI", MALFORMED, gn.email("mailto:alice@example.com"), expect="BAD", codes=[])
add("A-3-2 E-15", "two addresses in one name", MALFORMED, gn.email("alice@example.com,x@example.org"))
add("A-3-2 E-15", "no at sign", MALFORMED, gn.email("alice"))
add("A-3-2 E-15", "an empty name", MALFORMED, gn.email(""), expect="BAD|ERROR", only_codes=None, codes=[], addresses=None,
    signed=None, signatures=None, forbid=[])
add("A-3-2 E-15", "two at signs", MALFORMED, gn.email("alice@example.com@evil.example"))
add("E-15", "a NUL before the true domain", MALFORMED, gn.email("alice@example.com\0.evil.example"))
add("E-15", "a NUL at the end", MALFORMED, gn.email("alice@example.com\0"))
add("E-15", "a blank at the end", MALFORMED, gn.email("alice@example.com "))
add("E-15", "a blank at the beginning", MALFORMED, gn.email(" alice@example.com"))
add("E-15", "a line end", MALFORMED, gn.email("alice@example.com\r\n"))
add("E-15", "a NUL in an emailAddress of the subject", MALFORMED, subject=in_dn("alice@example.com\0.evil.example"))
add("E-15 A-3-2", "a malformed one beside a good one", {**MATCH, **ODD}, gn.email("Alice <x@y.example>"), gn.email(ALICE))
add("E-15 A-3-5", "a malformed one only: a mismatch, not a certificate without address", MALFORMED, gn.email("Alice"))
add("D-ADR-2", "no wildcard for the local part", MALFORMED, gn.email("*@example.com"), expect="BAD", codes=[])
add("D-ADR-2", "no wildcard for the domain", MALFORMED, gn.email("alice@*.com"), expect="BAD", codes=[], from_="alice@x.com")
add("D-ADR-2", "a domain is not an address of everybody in it", MALFORMED, gn.email("example.com"), expect="BAD", codes=[])
add("D-ADR-2", "a domain with a dot in front, as in constraints", MALFORMED, gn.email(".example.com"), expect="BAD", codes=[])

# --- addr-specs of every shape ----------------------------------------------------------------------------
add("A-3-2", "a quoted local part", MATCH, gn.email('"alice smith"@example.com'), from_='"alice smith"@example.com')
add("A-3-2", "a quoted local part with an escaped quote", MATCH, gn.email('"a\\"b"@example.com'), from_='"a\\"b"@example.com')
add("A-3-2", "quotes that are not needed, in the certificate", MATCH, gn.email('"alice"@example.com'))
add("A-3-2", "a domain literal", MATCH, gn.email("alice@[192.0.2.1]"), from_="alice@[192.0.2.1]")
add("A-3-2", "a domain literal of version 6", MATCH, gn.email("alice@[IPv6:2001:db8::1]"), from_="alice@[IPv6:2001:db8::1]")
add("A-3-2", "every character that an atom may have", MATCH, gn.email("a!#$%&'*+-/?=^_`{|}~z@example.com"),
    from_="a!#$%&'*+-/?=^_`{|}~z@example.com")
add("A-3-2", "a domain of one label", MATCH, gn.email("root@localhost"), from_="root@localhost")

# --- case -------------------------------------------------------------------------------------------------
add("D-ADR-2 E-12", "the domain in other case", MATCH, gn.email(ALICE), from_="alice@EXAMPLE.Com")
add("D-ADR-2 E-12", "the local part in other case", MATCH, gn.email(ALICE), from_="ALICE@example.com")
add("D-ADR-2 E-12", "the certificate in other case", MATCH, gn.email("Alice@Example.COM"))
add("D-ADR-2 E-12", "the case of an address in the subject", MATCH, subject=in_dn("ALICE@EXAMPLE.COM"))
add("D-ADR-2", "another subdomain", MISMATCH, gn.email("alice@mail.example.com"))

# --- internationalised (RFC 9598, RFC 8398) ---------------------------------------------------------------
AUMLAUT = "\u00e4lice@example.com"
add("D-ADR-1", "a SmtpUTF8Mailbox", MATCH, gn.smtp_utf8(AUMLAUT), from_=AUMLAUT, json={"signers.0.address.certificate": [AUMLAUT]})
add("D-ADR-1 D-ADR-2", "its domain in other case", MATCH, gn.smtp_utf8(AUMLAUT), from_="\u00e4lice@EXAMPLE.COM")
add("D-ADR-1 D-ADR-2 E-12", "its local part is exact", MISMATCH, gn.smtp_utf8(AUMLAUT), from_="\u00c4lice@example.com")
add("D-ADR-1 D-ADR-2", "another composition of its letters is another mailbox", MISMATCH, gn.smtp_utf8(AUMLAUT), from_="a\u0308lice@example.com")
add("D-ADR-1", "a local part of Chinese letters", MATCH, gn.smtp_utf8("\u7528\u6237@example.com"), from_="\u7528\u6237@example.com")
add("D-ADR-1", "an A-label in the certificate, a U-label in From", MATCH, gn.email("alice@xn--bcher-kva.example"), from_="alice@b\u00fccher.example")
add("D-ADR-1", "an A-label in both", MATCH, gn.email("alice@xn--bcher-kva.example"), from_="alice@XN--BCHER-KVA.example")
add("D-ADR-1", "an A-label in the SmtpUTF8Mailbox, a U-label in From", MATCH, gn.smtp_utf8("\u00e4@xn--bcher-kva.example"), from_="\u00e4@b\u00fccher.example")
add("D-ADR-1", "a U-label in the SmtpUTF8Mailbox, as RFC 8398 wanted it", MATCH, gn.smtp_utf8("\u00e4@b\u00fccher.example"), from_="\u00e4@xn--bcher-kva.example")
add("D-ADR-1", "a SmtpUTF8Mailbox beside a rfc822Name", MATCH, gn.smtp_utf8(AUMLAUT), gn.email("alice@example.org"), from_="alice@example.org")
add("D-ADR-1", "octets beyond ASCII in a rfc822Name are no address", MALFORMED, gn.email(AUMLAUT), from_=AUMLAUT, codes=[],
    only_codes=None, any_codes=["PARSE@0", "ADDR_MISMATCH"], forbid=[], addresses=None)
add("D-ADR-1", "a From in an encoded word is not the mailbox that it spells", MISMATCH, gn.smtp_utf8(AUMLAUT), from_="=?utf-8?Q?=C3=A4lice=40example.com?=")
add("D-ADR-1 D-ADR-4", "a domain of letters that look alike", MISMATCH, gn.email(ALICE), from_="alice@ex\u0430mple.com")
add("D-ADR-1 D-ADR-4", "a local part of letters that look alike", MISMATCH, gn.email(ALICE), from_="\u0430lice@example.com")
add("D-ADR-1", "a SmtpUTF8Mailbox that is broken UTF-8", MISMATCH, gn.other("1.3.6.1.5.5.7.8.9", b"\x0c\x0d\xff\xfe@example.co"), from_=ALICE,
    expect="BAD|WARN", only_codes=None, addresses=None, forbid=[])


# --- constraints on addresses (RFC 9598, 6; RFC 9549) -----------------------------------------------------

def constrained(ids, title, verdict, constraint, *sans, from_=ALICE, subject=PLAIN, **more):
    @case(ids, title)
    def _(w):
        root = w.root()
        ca = w.ca("CA", root, extra=[constraint])
        alice = w.end_entity("Alice", ca, email=None, subject=subject, ext={"subjectAltName": x.subject_alt_name(*sans) if sans else None})
        codes = dict(codes=["NAME_CONSTRAINT@0"]) if verdict == "BAD" else dict(only_codes=[])
        return w.verify(w.signed_mail(alice, from_), anchors=[root], expect=verdict, signatures="GOOD", addresses="match", **codes, **more)


ONLY_COM = x.name_constraints([gn.email("example.com")])
NO_COM = x.name_constraints(None, [gn.email("example.com")])
constrained("D-ADR-3", "a rfc822Name inside what is permitted", "GOOD", ONLY_COM, gn.email(ALICE))
constrained("D-ADR-3", "a rfc822Name outside", "BAD", ONLY_COM, gn.email("alice@example.org"), from_="alice@example.org")
constrained("D-ADR-3", "a SmtpUTF8Mailbox inside", "GOOD", ONLY_COM, gn.smtp_utf8(AUMLAUT), from_=AUMLAUT)
constrained("D-ADR-3", "a SmtpUTF8Mailbox outside", "BAD", ONLY_COM, gn.smtp_utf8("\u00e4@example.org"), from_="\u00e4@example.org")
constrained("D-ADR-3", "a SmtpUTF8Mailbox in what is excluded", "BAD", NO_COM, gn.smtp_utf8(AUMLAUT), from_=AUMLAUT)
constrained("D-ADR-3", "a SmtpUTF8Mailbox whose domain is excluded as A-label", "BAD", x.name_constraints(None, [gn.email("xn--bcher-kva.example")]),
            gn.smtp_utf8("\u00e4@b\u00fccher.example"), from_="\u00e4@b\u00fccher.example")
constrained("E-14 D-ADR-3", "an address in the subject outside, without a subjectAltName", "BAD", ONLY_COM, subject=in_dn("alice@example.org"),
            from_="alice@example.org")
constrained("E-14 D-ADR-3", "an address in the subject outside, beside a subjectAltName inside", "BAD", ONLY_COM, gn.email(ALICE),
            subject=in_dn("boss@example.org"), from_="boss@example.org")
constrained("E-14", "an address in the subject inside", "GOOD", ONLY_COM, subject=in_dn(ALICE))


# --- an empty subject -------------------------------------------------------------------------------------

@case("A-3-15", "an empty subject and a critical subjectAltName: the identity is shown from there")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, email=ALICE, subject=names.EMPTY)
    mail = w.signed_mail(alice, ALICE)
    return [w.verify(mail, anchors=[root], contains=[ALICE], **MATCH),
            w.verify(mail, anchors=[root], expect="GOOD", reads_json=False, first=["GOOD"], contains=[ALICE])]


@case("A-3-16 E-35", "an empty subject and a subjectAltName that is not critical: told, and bad only in strict")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, email=None, subject=names.EMPTY, ext={"subjectAltName": x.subject_alt_name(gn.email(ALICE))})
    mail = w.signed_mail(alice, ALICE)
    return [w.verify(mail, anchors=[root], codes=["NONCONFORMING@0"], **MATCH),
            w.verify(mail, anchors=[root], profile="strict", expect="BAD", codes=["NONCONFORMING@0"], signatures="GOOD")]


@case("A-3-16 E-35", "an empty subject and no subjectAltName: nobody signed this")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, email=None, subject=names.EMPTY)
    return w.verify(w.signed_mail(alice, ALICE), anchors=[root], expect="BAD", codes=["NONCONFORMING@0"], signatures="GOOD")


# --- details with every result ----------------------------------------------------------------------------

@case("A-3-13 A-3-12 D-ADM-1", "every verdict carries subject, issuer, serial, addresses, validity and fingerprint")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, email=ALICE, serial=0x5EED)
    members = {"signers.0.certificate.subject": lambda text: "Alice" in text,
               "signers.0.certificate.issuer": lambda text: "Root" in text,
               "signers.0.certificate.serial": lambda text: text.replace(":", "").lower().endswith("5eed"),
               "signers.0.certificate.sha256": lambda text: text.replace(":", "").lower() == alice.sha256,
               "signers.0.certificate.addresses": [ALICE], "signers.0.certificate.not_before": "2025-06-01T12:00:00Z",
               "signers.0.certificate.not_after": lambda text: text.startswith("2036-")}
    fine, changed = w.signed_mail(alice), w.signed_mail(alice, alter=lambda part: part + b"x")
    return [w.verify(fine, anchors=[root], expect="GOOD", json=members),
            w.verify(w.signed_mail(alice, "<x@y.example>"), anchors=[root], expect="BAD", json=members),
            w.verify(changed, anchors=[root], expect="BAD", json=members),
            w.verify(fine, anchors=[], expect="UNKNOWN", json=members),
            w.verify(fine, anchors=[root], crls="none", expect="UNKNOWN", json=members),
            w.verify(fine, anchors=[root], crls="off", expect="WARN", json=members)]


@case("A-3-13 A-3-12", "text: every verdict carries them, too")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, email=ALICE, serial=0x5EED)
    shown = dict(reads_json=False, contains=["alice", "root", "5eed", ALICE, alice.sha256, "2025-06-01", "2036-"])
    fine, changed = w.signed_mail(alice), w.signed_mail(alice, alter=lambda part: part + b"x")
    return [w.verify(fine, anchors=[root], expect="GOOD", first=["GOOD"], **shown),
            w.verify(w.signed_mail(alice, "<x@y.example>"), anchors=[root], expect="BAD", first=["BAD"], **shown),
            w.verify(changed, anchors=[root], expect="BAD", first=["BAD"], **shown),
            w.verify(fine, anchors=[], expect="UNKNOWN", first=["UNKNOWN"], **shown)]
