# SPDX-License-Identifier: Apache-2.0
"""Whether a certificate is that of an address: `signet path --email` (RFC 3850, 3; RFC 8550, 3; RFC 9598)."""

from pki import names
from pki import extensions as x
from pki import general_names as gn
from runner import case


def holder(w, *sans, subject=None):
    root = w.root()
    san = x.subject_alt_name(*sans) if sans else None
    return w.end_entity("Alice", root, email=None, ext={"subjectAltName": san},
                        subject=subject or names.dn(("O", "Example"), ("CN", "Alice")))


def in_dn(address, string_type=None):
    return names.dn(("O", "Example"), ("CN", "Alice"), ("emailAddress", address, string_type))


def add(ids, title, address, outcome, *sans, subject=None, codes=()):
    """`outcome`: match, mismatch or none (the certificate holds no address)."""
    @case(ids, title)
    def _(w):
        ee = holder(w, *sans, subject=subject)
        options = dict(email=address, purpose="sign")
        if outcome == "match":
            return w.path(ee, expect="GOOD", forbid=["ADDR_MISMATCH", "NO_ADDR"], codes=codes, **options)
        if outcome == "none":
            return w.path(ee, expect="WARN", codes=["NO_ADDR", *codes], forbid=["ADDR_MISMATCH"], **options)
        return w.path(ee, expect="BAD", codes=["ADDR_MISMATCH", *codes], forbid=["NO_ADDR"], **options)


ALICE = gn.email("alice@example.com")
OTHERS = [gn.email(f"other{n}@example.org") for n in range(3)]

# --- subjectAltName ---------------------------------------------------------------------------------------
add("A-3-7 A-3-11", "the address of the subjectAltName", "alice@example.com", "match", ALICE)
add("A-3-7 A-4.4.3-2", "the third of several addresses", "alice@example.com", "match", OTHERS[0], OTHERS[1], ALICE, OTHERS[2])
add("A-3-11", "another address", "alice@example.org", "mismatch", ALICE)
add("A-3-11", "an address that only begins like it", "alice@example.com.evil.example", "mismatch", ALICE)
add("A-3-11", "an address that only ends like it", "malalice@example.com", "mismatch", ALICE)
add("D-ADR-2 E-12", "the host in other case", "alice@EXAMPLE.Com", "match", ALICE)
add("D-ADR-2 E-12", "the local part in other case", "Alice@example.com", "match", ALICE)
add("D-ADR-2", "no wildcard in the certificate", "alice@example.com", "mismatch", gn.email("*@example.com"))
add("D-ADR-2", "a host alone is no address", "alice@example.com", "mismatch", gn.email("example.com"))
add("A-3-2", "a quoted local part", '"alice smith"@example.com', "match", gn.email('"alice smith"@example.com'))
add("A-3-2", "a quoted local part that needs no quotes", "alice@example.com", "match", gn.email('"alice"@example.com'))
add("A-3-2", "a domain literal", "alice@[192.0.2.1]", "match", gn.email("alice@[192.0.2.1]"))
add("A-3-5", "a certificate without any address", "alice@example.com", "none")
add("A-4.4.3-1 A-3-5", "an address hidden in a DNS name or a URI is none", "alice@example.com", "none",
    gn.dns("alice@example.com"), gn.uri("mailto:alice@example.com"))
add("A-4.4.3-1", "a directory name in the subjectAltName is no place for an address", "alice@example.com", "none",
    gn.directory((("emailAddress", "alice@example.com"),)))

# --- malformed --------------------------------------------------------------------------------------------
add("A-3-2 E-15", "a display name around the address", "alice@example.com", "mismatch", gn.email("Alice <alice@example.com>"),
    codes=["NONCONFORMING"])
add("A-3-2 E-15", "a comment in the address", "alice@example.com", "mismatch", gn.email("alice@example.com (Alice)"),
    codes=["NONCONFORMING"])
add("E-15", "a NUL in the address", "alice@example.com", "mismatch", gn.email("alice@example.com\0.evil.example"),
    codes=["NONCONFORMING"])
add("E-15", "a blank behind the address", "alice@example.com", "mismatch", gn.email("alice@example.com "), codes=["NONCONFORMING"])
add("E-15", "a malformed address beside a good one", "alice@example.com", "match", gn.email("Alice <x@y>"), ALICE,
    codes=["NONCONFORMING"])
add("E-15", "a line end in the address", "alice@example.com", "mismatch", gn.email("alice@example.com\r\nx@y.z"))

# --- emailAddress in the subject --------------------------------------------------------------------------
add("A-3-8", "the address in the subject alone", "alice@example.com", "match", subject=in_dn("alice@example.com"))
add("A-3-8", "the address inside a multi-valued RDN", "alice@example.com", "match",
    subject=names.dn(("O", "Example"), [("CN", "Alice"), ("emailAddress", "alice@example.com")]))
add("A-3-8", "the second of two addresses in the subject", "alice@example.com", "match",
    subject=names.dn(("emailAddress", "x@example.org"), ("CN", "Alice"), ("emailAddress", "alice@example.com")))
add("A-3-8 E-14", "the address in the subject, another one in the subjectAltName", "alice@example.com", "match", OTHERS[0],
    subject=in_dn("alice@example.com"))
add("A-3-8", "another address in the subject", "alice@example.com", "mismatch", subject=in_dn("bob@example.com"))
for _type in ("utf8", "printable"):
    add("A-3-9", f"the address in the subject as {_type} is used and told", "alice@example.com", "match",
        subject=in_dn("alice@example.com", _type), codes=["NONCONFORMING"])
for _type in ("bmp", "universal", "octet"):
    @case("A-3-9", f"the address in the subject as {_type} is not used, and that is told")
    def _(w, string_type=_type):
        ee = holder(w, subject=in_dn("alice@example.com", string_type))
        return w.path(ee, email="alice@example.com", expect="WARN|BAD", any_codes=["NO_ADDR", "ADDR_MISMATCH"])
add("A-3-9", "an address beyond ASCII in the subject is not used", "\u00e4lice@example.com", "mismatch",
    subject=in_dn("\u00e4lice@example.com", "utf8"))
LONG = "a" * 240 + "@b.example"
add("E-38", "an address of 250 characters in the subject", LONG, "match", subject=in_dn(LONG))
add("E-38", "an address of 256 characters in the subject is not matched", "a" * 246 + "@b.example", "mismatch",
    subject=in_dn("a" * 246 + "@b.example"))

# --- internationalised addresses --------------------------------------------------------------------------
add("D-ADR-1", "a SmtpUTF8Mailbox", "\u00e4lice@example.com", "match", gn.smtp_utf8("\u00e4lice@example.com"))
add("D-ADR-1 D-ADR-2", "a SmtpUTF8Mailbox whose host differs in case", "\u00e4lice@EXAMPLE.com", "match",
    gn.smtp_utf8("\u00e4lice@example.com"))
add("D-ADR-1 D-ADR-2 E-12", "a SmtpUTF8Mailbox is exact in its local part", "\u00c4lice@example.com", "mismatch",
    gn.smtp_utf8("\u00e4lice@example.com"))
add("D-ADR-1", "another composition of the same letter is another local part", "a\u0308lice@example.com", "mismatch",
    gn.smtp_utf8("\u00e4lice@example.com"))
add("D-ADR-1", "an A-label in the certificate, the U-label asked for", "alice@b\u00fccher.example", "match",
    gn.email("alice@xn--bcher-kva.example"))
add("D-ADR-1", "a U-label of the older rule in a SmtpUTF8Mailbox, the A-label asked for", "\u00e4lice@xn--bcher-kva.example",
    "match", gn.smtp_utf8("\u00e4lice@b\u00fccher.example"))
add("D-ADR-1", "an A-label in a SmtpUTF8Mailbox, the U-label asked for", "\u00e4lice@b\u00fccher.example", "match",
    gn.smtp_utf8("\u00e4lice@xn--bcher-kva.example"))
add("D-ADR-1 D-ADR-4", "a host of look-alike letters", "alice@ex\u0430mple.com", "mismatch", ALICE)


@case("D-ADR-1 E-15", "octets beyond ASCII in a rfc822Name are no address")
def _(w):
    ee = holder(w, gn.email("\u00e4lice@example.com"))
    return w.path(ee, email="\u00e4lice@example.com", expect="BAD", any_codes=["ADDR_MISMATCH", "PARSE@0"])


@case("A-3-11 B-OUT-2", "a mismatch beside another fault: both are told")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [ee])
    return w.path(ee, email="bob@example.com", purpose="sign", expect="BAD", codes=["ADDR_MISMATCH", "CERT_REVOKED@0"])


@case("A-3-12 A-3-13", "on a mismatch both the address asked for and the certificate's are shown")
def _(w):
    root, ca, ee = w.line()
    shown = ["alice@example.com", "bob@example.com"]
    return [w.path(ee, email="bob@example.com", expect="BAD", contains=shown),
            w.path(ee, email="bob@example.com", expect="BAD", reads_json=False, contains=shown)]


@case("A-3-13 D-ADM-1", "every result names subject, issuer, serial, validity, fingerprint and addresses, good or bad")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=0x5EED))
    members = {"path.0.subject": lambda s: "Alice" in s, "path.0.issuer": lambda s: "CA" in s,
               "path.0.serial": lambda s: s.replace(":", "").lower().endswith("5eed"),
               "path.0.sha256": lambda s: s.replace(":", "").lower() == ee.sha256,
               "path.0.not_before": lambda s: s.startswith("2025-"), "path.0.not_after": lambda s: s.startswith("20"),
               "path.0.addresses": ["alice@example.com"]}
    return [w.path(ee, expect="GOOD", json=members), w.path(ee, email="x@y.example", expect="BAD", json=members)]
