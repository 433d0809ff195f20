# SPDX-License-Identifier: Apache-2.0
"""Comparing distinguished names: an issuer field finds its CA by RFC 5280, 7.1 and RFC 4518, not by octets."""

from pki import der, oids
from pki.names import attribute, dn
from runner import case


def chained(w, subject, issuer, **options):
    """A path whose CA is called `subject` and whose end entity says `issuer`."""
    root = w.root()
    ca = w.ca("CA", root, subject=subject)
    ee = w.end_entity("Alice", ca, issuer_name=issuer)
    return w.path(ee, **options)


def add_equal(ids, label, subject, issuer):
    @case(ids, f"equal names: {label}")
    def _(w):
        return [chained(w, subject, issuer, expect="GOOD"), chained(type(w)(), issuer, subject, expect="GOOD")]


def add_different(ids, label, subject, issuer):
    @case(ids, f"different names: {label}")
    def _(w):
        unequal = dict(expect="UNKNOWN", codes=["NO_TRUST_PATH"])
        return [chained(w, subject, issuer, **unequal), chained(type(w)(), issuer, subject, **unequal)]


def cn(value, string_type="utf8"):
    return dn(("CN", value, string_type))


# --- RFC 4518 preparation ---------------------------------------------------------------------------------

EQUAL_TEXTS = {
    "case": ("Foo Bar", "foo bAR"),
    "blanks outside and double inside": ("Foo  Bar", " foo bar "),
    "many blanks inside": ("Foo      Bar", "Foo Bar"),
    "composed and decomposed": ("Jos\u00e9", "Jose\u0301"),
    "fullwidth and ASCII": ("\uff26\uff4f\uff4f", "Foo"),
    "a soft hyphen": ("Fo\u00ado", "Foo"),
    "a ligature": ("o\ufb03ce", "office"),
    "sharp s and ss": ("Stra\u00dfe", "STRASSE"),
    "Greek case with final sigma": ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2"),
    "Cyrillic case": ("\u041f\u043e\u0447\u0442\u0430", "\u043f\u041e\u0427\u0422\u0410"),
    "a no-break space": ("Foo\u00a0Bar", "Foo Bar"),
    "an ideographic space": ("Foo\u3000Bar", "Foo Bar"),
    "a zero-width space": ("Fo\u200bo", "Foo"),
    "a byte-order mark": ("\ufeffFoo", "Foo"),
    "a variation selector": ("Foo\ufe00", "Foo"),
    "superscript two": ("R\u00b2", "R2"),
    "Kelvin sign": ("\u212aelvin", "kelvin"),
}
DIFFERENT_TEXTS = {
    "a blank between letters": ("Foo Bar", "FooBar"),
    "one letter more": ("Foo", "Fooo"),
    "an accent": ("Jose", "Jos\u00e9"),
    "a look-alike letter": ("Foo", "F\u043eo"),
    "punctuation": ("Foo-Bar", "Foo Bar"),
    "nothing and something": ("", "Foo"),
}
for _label, (_one, _two) in EQUAL_TEXTS.items():
    add_equal("B-DN-4 A-2.3-11", _label, cn(_one), cn(_two))
for _label, (_one, _two) in DIFFERENT_TEXTS.items():
    add_different("B-DN-4", _label, cn(_one), cn(_two))

# Private use, non-characters, surrogates' neighbours and replacement: RFC 4518, 2.4.
PROHIBITED = {"private use": "\ue000", "a non-character": "\ufdd0", "the replacement character": "\ufffd",
              "a code point not assigned in Unicode 3.2": "\u0221"}
for _label, _letter in PROHIBITED.items():
    add_different("B-DN-4 E-22", f"{_label} and another case", cn(f"Foo{_letter}"), cn(f"foo{_letter}"))
    add_equal("B-DN-4 E-22", f"{_label} and the same octets", cn(f"Foo{_letter}"), cn(f"Foo{_letter}"))


# --- string types -----------------------------------------------------------------------------------------

TYPES = ("utf8", "printable", "teletex", "bmp", "universal")
for _one in TYPES:
    for _two in TYPES:
        if _one < _two:
            add_equal("B-DN-5 B-DN-3 E-22", f"{_one} and {_two}", cn("Example CA 1", _one), cn("EXAMPLE CA 1", _two))
add_equal("B-DN-5", "accents in UTF8String and BMPString", cn("M\u00fcnchen", "utf8"), cn("M\u00dcNCHEN", "bmp"))
add_equal("B-DN-5", "accents in UTF8String and Latin-1 TeletexString", cn("M\u00fcnchen", "utf8"),
          cn("M\u00fcnchen", "teletex"))
add_equal("B-DN-5", "beyond the basic plane in UTF8String and UniversalString", cn("\U00010400", "utf8"),
          cn("\U00010428", "universal"))
add_equal("B-DN-3", "a TeletexString in T.61, octet by octet", cn(b"M\xc8unchen", "teletex"), cn(b"M\xc8unchen", "teletex"))


# --- sets and sequences -----------------------------------------------------------------------------------

PERSON = [("CN", "Alice"), ("serialNumber", "17")]


def unsorted(*attributes):
    """A multi-valued RDN in the order given, which need not be DER's."""
    return der.set_(*(attribute(*one) for one in attributes))


add_equal("B-DN-6", "a multi-valued RDN in another order", dn(("O", "Example"), unsorted(*PERSON)),
          dn(("O", "Example"), unsorted(*reversed(PERSON))))
add_equal("B-DN-6", "a multi-valued RDN in other case and type", dn([("CN", "Alice", "utf8"), ("OU", "Mail")]),
          dn([("CN", "ALICE", "printable"), ("OU", "mail")]))
add_different("B-DN-6", "RDNs swapped", dn(("O", "Example"), ("CN", "CA")), dn(("CN", "CA"), ("O", "Example")))
add_different("B-DN-6", "an attribute more in the RDN", dn([("CN", "CA")]), dn([("CN", "CA"), ("OU", "Mail")]))
add_different("B-DN-6", "an RDN more at the end", dn(("O", "Example"), ("CN", "CA")),
              dn(("O", "Example"), ("CN", "CA"), ("OU", "Mail")))
add_different("B-DN-6", "an RDN less at the beginning", dn(("C", "XX"), ("O", "Example")), dn(("O", "Example")))
add_different("B-DN-6", "one RDN of two attributes against two RDNs", dn([("CN", "CA"), ("OU", "Mail")]),
              dn(("OU", "Mail"), ("CN", "CA")))
add_different("B-DN-6", "the same value under another type", dn(("CN", "Example")), dn(("O", "Example")))
add_different("B-DN-6", "a pair with no partner", dn([("CN", "A"), ("CN", "B")]), dn([("CN", "A"), ("CN", "C")]))


# --- particular attributes --------------------------------------------------------------------------------

PRIVATE = oids.PRIVATE_ATTRIBUTE
add_equal("B-DN-7", "an unknown attribute in UTF8String", dn((PRIVATE, "Foo  Bar", "utf8")), dn((PRIVATE, "foo bar", "utf8")))
add_equal("B-DN-7", "an unknown attribute in UTF8String and PrintableString", dn((PRIVATE, "Foo", "utf8")),
          dn((PRIVATE, "FOO", "printable")))
add_equal("B-DN-7", "an unknown attribute as OCTET STRING, octet by octet", dn((PRIVATE, b"Foo", "octet")),
          dn((PRIVATE, b"Foo", "octet")))
add_different("B-DN-7", "an unknown attribute as OCTET STRING in other case", dn((PRIVATE, b"Foo", "octet")),
              dn((PRIVATE, b"foo", "octet")))
add_different("B-DN-7", "an unknown attribute as OCTET STRING against UTF8String", dn((PRIVATE, b"Foo", "octet")),
              dn((PRIVATE, "Foo", "utf8")))
add_different("B-DN-7", "an unknown attribute as INTEGER", dn((PRIVATE, der.integer(1), "raw")),
              dn((PRIVATE, der.integer(2), "raw")))
add_equal("B-DN-8", "domain components in other case", dn(("DC", "EXAMPLE"), ("DC", "Org")), dn(("DC", "example"), ("DC", "ORG")))
add_equal("B-DN-8", "an A-label as domain component in other case", dn(("DC", "XN--BCHER-KVA"), ("DC", "example")),
          dn(("DC", "xn--bcher-kva"), ("DC", "example")))
add_different("B-DN-8", "domain components in another order", dn(("DC", "org"), ("DC", "example")),
              dn(("DC", "example"), ("DC", "org")))
add_equal("B-DN-8", "emailAddress in other case", dn(("emailAddress", "CA@Example.ORG")), dn(("emailAddress", "ca@example.org")))
add_different("B-DN-8", "emailAddress of another person", dn(("emailAddress", "ca@example.org")),
              dn(("emailAddress", "cb@example.org")))


# --- what cannot be prepared ------------------------------------------------------------------------------

INVALID = {"invalid UTF-8": b"Foo\xff\xfe", "a truncated UTF-8 sequence": b"Foo\xe2\x82", "an overlong sequence": b"Fo\xc0\xaf",
           "a surrogate": b"Fo\xed\xa0\x80"}
for _label, _octets in INVALID.items():
    add_equal("B-DN-10", f"{_label}, octet by octet", cn(_octets), cn(_octets))
    add_different("B-DN-10", f"{_label} in other case", cn(_octets), cn(_octets.lower()))
for _label, _letter in {"a control character": "\a", "a bidirectional override": "\u202e", "a mark": "\u200f"}.items():
    add_different("B-DN-10", f"{_label} is not passed over", cn(f"Fo{_letter}o"), cn("Foo"))
    add_different("B-DN-10", f"{_label} and another case", cn(f"Fo{_letter}o"), cn(f"fo{_letter}o"))
    add_equal("B-DN-10", f"{_label}, octet by octet", cn(f"Fo{_letter}o"), cn(f"Fo{_letter}o"))
add_different("B-DN-10", "a NUL is no end of the value", cn("Example\0CA"), cn("Example"))
add_different("B-DN-10", "a NUL and different text behind it", cn("Example\0CA"), cn("Example\0CB"))
add_equal("B-DN-10", "a BMPString of odd length, octet by octet", cn(b"\x00F\x00", "bmp"), cn(b"\x00F\x00", "bmp"))


@case("B-DN-9 B-PL-1", "self-issued is who has equal names, not equal octets")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0, subject=dn(("O", "Example"), ("CN", "Top CA")))
    roll = w.ca("New", top, subject=dn(("O", "EXAMPLE", "printable"), ("CN", "top  ca", "printable")))
    ee = w.end_entity("Alice", roll)
    return w.path(ee, expect="GOOD", forbid=["PATHLEN"])


@case("B-DN-9 B-PL-1", "a name that only looks self-issued costs a place in the path")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0, subject=dn(("O", "Example"), ("CN", "Top CA")))
    other = w.ca("New", top, subject=dn(("CN", "Top CA"), ("O", "Example")))
    ee = w.end_entity("Alice", other)
    return w.path(ee, expect="BAD", codes=["PATHLEN@1"])


@case("A-2.3-11", "names alone build the path when there are no key identifiers anywhere")
def _(w):
    bare = {"subjectKeyIdentifier": None, "authorityKeyIdentifier": None}
    root = w.root(ext=bare)
    top = w.ca("Top", root, ext=bare)
    sub = w.ca("Sub", top, ext=bare)
    strangers = [w.ca(f"Stranger {n}", root, ext=bare) for n in range(10)]
    ee = w.end_entity("Alice", sub, ext=bare)
    return w.path(ee, certs=[*strangers, sub, top], anchors=[root], expect="GOOD", path=[ee, sub, top])


@case("A-2.3-11 B-DN-4", "every CA of the path is found though each name is spelt differently")
def _(w):
    root = w.root(subject=cn("Example  Root"))
    top = w.ca("Top", root, subject=cn("Example Top"), issuer_name=cn("example root", "printable"))
    sub = w.ca("Sub", top, subject=cn("Example SUB"), issuer_name=cn("EXAMPLE TOP", "bmp"))
    ee = w.end_entity("Alice", sub, issuer_name=cn(" example  sub "))
    return w.path(ee, expect="GOOD", path=[ee, sub, top])
