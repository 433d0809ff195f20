# SPDX-License-Identifier: Apache-2.0
"""Showing names: every attribute by its name, and nothing that could deceive the reader."""

from pki import oids
from pki.names import dn
from runner import case


def add_attribute(ids, kind, value):
    @case(ids, f"the attribute {kind} is read in issuer and subject")
    def _(w):
        name = dn(("O", "Example"), (kind, value))
        root = w.root(subject=name)
        ee = w.end_entity("Alice", root, subject=dn(("CN", "Alice"), (kind, value)))
        return [w.show(ee, contains=[value], lacks=[oids.ATTRIBUTES[kind] + "=", "#" + value.encode().hex()]),
                w.path(ee, expect="GOOD", json={"path.0.subject": lambda text: value in text,
                                                "path.0.issuer": lambda text: value in text})]


for _kind, _value in (("C", "XX"), ("O", "Widgets"), ("OU", "Sales"), ("dnQualifier", "Q17"), ("ST", "Province"),
                      ("CN", "Somebody"), ("serialNumber", "N4711"), ("DC", "example")):
    add_attribute("B-DN-1", _kind, _value)
for _kind, _value in (("L", "Town"), ("title", "Dr"), ("SN", "Surname"), ("GN", "Given"), ("initials", "A.B."),
                      ("pseudonym", "Nobody"), ("generationQualifier", "III")):
    add_attribute("B-DN-2", _kind, _value)


def add_type(string_type, octets, text):
    @case("B-DN-3", f"a chain with names in {string_type} is found and displayed: {text}")
    def _(w):
        root = w.root(subject=dn(("CN", octets, string_type)))
        ca = w.ca("CA", root, subject=dn(("O", octets, string_type)))
        ee = w.end_entity("Alice", ca)
        return [w.path(ee, expect="GOOD", json={"path.0.issuer": lambda shown: text in shown}),
                w.show(ee, contains=[text])]


add_type("printable", "Example CA", "Example CA")
add_type("utf8", "M\u00fcnchen \u65e5\u672c", "M\u00fcnchen \u65e5\u672c")
add_type("bmp", "M\u00fcnchen \u65e5\u672c", "M\u00fcnchen \u65e5\u672c")
add_type("universal", "M\u00fcnchen \U0001d11e", "M\u00fcnchen \U0001d11e")
add_type("teletex", "M\u00fcnchen", "M\u00fcnchen")
add_type("teletex", b"M\xc8unchen", "M\u00fcnchen")


@case("B-DN-10", "text behind a NUL is not lost, and the NUL is visible")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, subject=dn(("CN", "good.example\0.evil.example")))
    return [w.show(ee, contains=["good.example", ".evil.example"], lacks=["\0", "good.example.evil"]),
            w.path(ee, expect="GOOD|WARN", json={"path.0.subject": lambda text: ".evil.example" in text})]


@case("B-DN-10", "control characters and bidirectional overrides never reach the terminal")
def _(w):
    root = w.root()
    hostile = ["\x1b[31mred", "line\r\nVerdict: GOOD", "\u202eevil", "\u2066evil\u2069", "\x07bell", "\u200fmark", "\x9b31m"]
    ees = [w.end_entity("Alice", root, subject=dn(("CN", text))) for text in hostile]
    return [w.show(ee, lacks=["\x1b", "\nVerdict: GOOD", "\u202e", "\u2066", "\x07", "\u200f", "\x9b"]) for ee in ees]


@case("B-DN-10", "names in a verdict for people hold no control characters")
def _(w):
    root = w.root(subject=dn(("CN", "Root\x1b[2J\u202e")))
    ee = w.end_entity("Alice", root, subject=dn(("CN", "Alice\x1b[2J\u202e")))
    return w.path(ee, expect="GOOD|WARN", reads_json=False, lacks=["\x1b", "\u202e"])


@case("B-DN-10", "invalid UTF-8 is shown, and the JSON stays valid")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, subject=dn(("CN", b"Ali\xff\xfece")))
    escaped = lambda text: "Ali" in text or "416c69fffe6365" in text
    return [w.path(ee, expect="GOOD|WARN", json={"path.0.subject": escaped}), w.show(ee, lacks=["\ufffd"])]


@case("B-DN-10", "quotes, backslashes and separators in values are escaped")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, subject=dn(("O", 'A\\"B'), ("CN", "Alice, CN=Bob + OU=x")))
    return w.path(ee, expect="GOOD", json={"path.0.subject": lambda text: ", CN=Bob" not in text.replace("\\,", "")})


@case("B-DN-3 B-DN-10", "an empty value, a very long one and an attribute without a known type are shown")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, subject=dn(("O", ""), ("OU", "x" * 5000), (oids.PRIVATE_ATTRIBUTE, b"\x01\x02", "octet")))
    return w.show(ee, contains=["x" * 200, oids.PRIVATE_ATTRIBUTE])
