# SPDX-License-Identifier: Apache-2.0
"""Whom a message says it is from, against the signer's certificate: the fields and the tricks (RFC 3850, 3; RFC 5322, 3.6)."""

from pki import mime
from runner import case

MATCH = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
MISMATCH = dict(expect="BAD", only_codes=["ADDR_MISMATCH"], signed="whole", signatures="GOOD", addresses="mismatch")
SENDER = dict(expect="WARN", only_codes=["SENDER_ONLY"], signed="whole", signatures="GOOD", addresses="match",
              json={"signers.0.address.field": "Sender"})
OTHERS = dict(expect="WARN", only_codes=["OTHER_AUTHORS"], signed="whole", signatures="GOOD", addresses="match",
              json={"signers.0.address.field": "From", "signers.0.address.matched": "alice@example.com"})
NOBODY = dict(expect="UNKNOWN", only_codes=["NO_SENDER"], signed="whole", signatures="GOOD", addresses="none")


def alice_and_root(w):
    root = w.root()
    return w.end_entity("Alice", root), root


def add(ids, title, fields, wanted, **more):
    """`fields`: octets or text of whole header fields. Judged clear-signed and opaque."""
    fields = [fields] if isinstance(fields, (str, bytes)) else fields
    lines = b"".join((one.encode() if isinstance(one, str) else one) + b"\r\n" for one in fields)
    members = {**wanted.get("json", {}), **more.pop("json", {})}

    @case(ids, title)
    def _(w):
        alice, root = alice_and_root(w)
        mails = [w.signed_mail(alice, form=form, fields=lines + b"To: bob@example.org\r\n") for form in ("detached", "opaque")]
        return [w.verify(one, anchors=[root], **{**wanted, **more, "json": members}) for one in mails]


def header(*addresses):
    return {"signers.0.address.header": list(addresses)}


# --- the plain cases --------------------------------------------------------------------------------------
add("A-3-11 E-11", "From is the certificate's address", "From: alice@example.com", MATCH,
    json={"signers.0.address.field": "From", "signers.0.address.matched": "alice@example.com",
          "signers.0.address.certificate": ["alice@example.com"], **header("alice@example.com")})
add("A-3-11", "with a display name", "From: Alice <alice@example.com>", MATCH)
add("A-3-11 A-5-F1", "From is somebody else", "From: Mallory <mallory@evil.example>", MISMATCH, json=header("mallory@evil.example"))
add("A-3-11 E-11", "From is somebody else, Sender is the certificate's address: the sender, and never the author",
    ["From: Boss <boss@example.com>", "Sender: alice@example.com"], SENDER, contains=["on behalf of boss@example.com"])
add("A-3-11 E-11", "From and Sender are the certificate's address", ["From: alice@example.com", "Sender: alice@example.com"], MATCH,
    json={"signers.0.address.field": "From"})
add("A-3-11 E-11", "From is the certificate's address, Sender is somebody else",
    ["From: alice@example.com", "Sender: list@example.org"], MATCH, json={"signers.0.address.field": "From"})
add("A-3-11", "neither From nor Sender is", ["From: x@example.com", "Sender: y@example.com"], MISMATCH,
    json=header("x@example.com", "y@example.com"))
add("E-11", "there is a Sender and no From", "Sender: alice@example.com", dict(SENDER, expect="WARN|UNKNOWN|GOOD", only_codes=None))
add("E-11", "the Sender comes before the From", ["Sender: alice@example.com", "From: boss@example.com"], SENDER)
add("E-11", "field names in capitals", "FROM: ALICE@EXAMPLE.COM", MATCH)
add("E-11", "field names in small letters, no blank", "from:alice@example.com", MATCH)
add("E-11", "a blank before the colon", "From : alice@example.com", MATCH, expect="GOOD|WARN", only_codes=None)
add("E-11", "a folded field", b"From: Alice\r\n\t<alice@example.com>", MATCH)
add("E-11", "folded within the address's angle brackets", b"From: Alice <\r\n alice@example.com\r\n >", MATCH)
add("E-11", "folded right behind the colon", b"From:\r\n alice@example.com", MATCH)

# --- several mailboxes ------------------------------------------------------------------------------------
add("E-11", "two authors, the first is the signer", "From: alice@example.com, bob@example.com", OTHERS,
    json=header("alice@example.com", "bob@example.com"), contains=["bob@example.com too"])
add("E-11", "two authors, the second is the signer", "From: Boss <boss@example.com>, Alice <alice@example.com>", OTHERS,
    contains=["boss@example.com too"])
add("E-11", "three authors, none is the signer", "From: a@x.example, b@x.example, c@x.example", MISMATCH,
    json=header("a@x.example", "b@x.example", "c@x.example"))
add("E-11", "two authors who are not the signer, but the Sender is",
    ["From: a@x.example, b@x.example", "Sender: alice@example.com"], SENDER)
add("E-11", "the same author twice", "From: alice@example.com, Alice <ALICE@example.com>", MATCH,
    expect="GOOD|WARN", only_codes=None)
add("E-11", "a mailbox whose display name holds a comma", 'From: "Lice, Alice" <alice@example.com>', MATCH)
add("E-11", "empty elements in the list", "From: ,, alice@example.com,", MATCH, expect="GOOD|WARN|BAD", only_codes=None, addresses=None)
add("E-15", "a group", "From: Friends: alice@example.com;", MATCH, expect="GOOD|WARN", only_codes=None)
add("E-15", "a group with two", "From: Friends: alice@example.com, bob@example.com;", OTHERS)
add("E-15", "an empty group has no author", "From: undisclosed-recipients:;", NOBODY)
add("E-15", "a group whose name is the address", 'From: "alice@example.com": mallory@evil.example;', MISMATCH)

# --- several fields ---------------------------------------------------------------------------------------
for _title, _fields in (("the signer's second", ["From: boss@example.com", "From: alice@example.com"]),
                        ("the signer's first", ["From: alice@example.com", "From: boss@example.com"]),
                        ("both the signer's", ["From: alice@example.com", "From: alice@example.com"]),
                        ("in another case", ["From: alice@example.com", "FROM: boss@example.com"]),
                        ("an empty one among them", ["From:", "From: alice@example.com"]),
                        ("with a Sender that is the signer", ["From: a@x.example", "From: b@x.example", "Sender: alice@example.com"])):
    add("E-11", f"two From fields: {_title}", _fields, MISMATCH, json={})
add("E-11", "two Sender fields, one the signer's: neither counts",
    ["From: boss@example.com", "Sender: alice@example.com", "Sender: x@example.com"], MISMATCH)
add("E-11", "two Sender fields do no harm to a From that matches",
    ["From: alice@example.com", "Sender: x@example.com", "Sender: y@example.com"], MATCH, expect="GOOD|WARN", only_codes=None)
add("E-15", "the From field in a second header block does not count",
    ["Subject: x", "", "From: alice@example.com"], NOBODY, expect="UNKNOWN|NONE|BAD", only_codes=None, signed=None,
    signatures=None, addresses=None)

# --- no address -------------------------------------------------------------------------------------------
add("E-11 E-15", "no From and no Sender", "Subject: A test", NOBODY)
add("E-11 E-15", "an empty From", "From:", NOBODY, expect="UNKNOWN|BAD", only_codes=None, any_codes=["NO_SENDER", "ADDR_MISMATCH"],
    addresses=None)
add("E-11 E-15", "a From with blanks only", "From:  \t ", NOBODY, expect="UNKNOWN|BAD", only_codes=None,
    any_codes=["NO_SENDER", "ADDR_MISMATCH"], addresses=None)
BROKEN = dict(expect="BAD", only_codes=["ADDR_MISMATCH"], signed="whole", signatures="GOOD", addresses="mismatch")
add("E-11 E-15", "a From with a name only", "From: Alice", BROKEN)
add("E-11 E-15", "a From with a quoted name only", 'From: "alice@example.com"', BROKEN)
add("E-11 E-15", "empty angle brackets", "From: Alice <>", BROKEN)
add("E-11 E-15", "empty angle brackets, and a Sender that is the signer", ["From: Boss <>", "Sender: alice@example.com"], BROKEN)
add("E-11 E-15", "a comment only", "From: (alice@example.com)", BROKEN)

# --- what looks like an address and is none ---------------------------------------------------------------
add("E-15", "a display name that is the signer's address", 'From: "alice@example.com" <mallory@evil.example>', MISMATCH,
    json=header("mallory@evil.example"))
add("E-15", "a display name that is another's address counts for nothing", 'From: "boss@example.com" <alice@example.com>', MATCH,
    json=header("alice@example.com"))
add("E-15", "an unquoted display name that is an address", "From: alice@example.com <mallory@evil.example>", BROKEN)
add("E-15", "an unquoted address before the signer's own", "From: boss@example.com <alice@example.com>", BROKEN)
add("E-15", "two pairs of angle brackets", "From: Alice <alice@example.com> <mallory@evil.example>", BROKEN)
add("E-15", "angle brackets within angle brackets", "From: <mallory@evil.example<alice@example.com>>", BROKEN)
add("E-15", "angle brackets in a quoted name", 'From: "Alice <alice@example.com>" <mallory@evil.example>', MISMATCH)
add("E-15", "a comment that is the address", "From: mallory@evil.example (alice@example.com)", MISMATCH)
add("E-15", "a comment within the address", "From: alice(mallory)@(evil)example.com(.evil)", MATCH, expect="GOOD|WARN", only_codes=None)
add("E-15", "nested comments", "From: (a (b) c) alice@example.com (d (e))", MATCH)
add("E-15", "a comment that does not end", "From: alice@example.com (Alice", BROKEN)
add("E-15", "a quoted string that does not end", 'From: "Alice <alice@example.com>', BROKEN)
add("E-15", "an encoded word that decodes to the address", "From: =?utf-8?Q?alice=40example.com?= <mallory@evil.example>", MISMATCH)
add("E-15", "an encoded word in place of an address", "From: =?utf-8?Q?alice=40example.com?=", BROKEN)
add("E-15", "an encoded word that decodes to an address with angle brackets",
    "From: =?utf-8?Q?Alice_=3Calice=40example.com=3E=2C?= <mallory@evil.example>", MISMATCH)
add("E-15", "an encoded word as the local part", "From: =?utf-8?Q?alice?=@example.com", BROKEN, expect="BAD", only_codes=["ADDR_MISMATCH"])
add("E-15", "an encoded word within angle brackets", "From: Alice <=?utf-8?Q?alice=40example.com?=>", BROKEN)
add("E-15", "an encoded word holding a NUL before the true domain",
    "From: =?utf-8?Q?alice=40example.com=00?=@evil.example", BROKEN)
add("E-15", "an encoded word holding a line end", "From: =?utf-8?Q?alice=40example.com=0A?= <mallory@evil.example>", MISMATCH)
add("E-15", "two at signs", "From: alice@example.com@evil.example", BROKEN)
add("E-15", "two at signs the other way round", "From: mallory@evil.example@example.com", BROKEN)
add("E-15", "two at signs within angle brackets", "From: <alice@example.com@evil.example>", BROKEN)
add("E-15", "a quoted local part with an at sign", 'From: "alice@example.com"@evil.example', MISMATCH)
add("E-15", "a quoted local part that needs no quotes is the same one", 'From: "alice"@example.com', MATCH)
add("E-15", "quotes around all of it", "From: 'alice@example.com'", MISMATCH, expect="BAD", json={})
add("E-15", "a route before the address", "From: <@relay.example,@other.example:alice@example.com>", MATCH,
    expect="GOOD|WARN|BAD", only_codes=None, addresses=None)
add("E-15", "a route that is the signer's domain", "From: <@example.com:mallory@evil.example>", MISMATCH, expect="BAD", json={})
add("E-15", "a percent sign in the local part", "From: alice%example.com@evil.example", MISMATCH)
add("E-15", "an exclamation mark in the local part", "From: example.com!alice@evil.example", MISMATCH)
add("E-15", "a colon before the address", "From: mailto:alice@example.com", MATCH, expect="BAD|WARN|GOOD", only_codes=None, addresses=None)
add("E-15", "a semicolon between two addresses", "From: alice@example.com; mallory@evil.example", BROKEN)
add("E-15", "two addresses with a blank between", "From: alice@example.com mallory@evil.example", BROKEN)
add("E-15", "text behind the address", "From: alice@example.com and friends", BROKEN)
add("E-15", "blanks around the at sign and the dots, as once was allowed", "From: alice @ example . com", MATCH,
    expect="GOOD|WARN", only_codes=None)
add("E-15", "a domain with a dot at its end", "From: alice@example.com.", BROKEN, expect="BAD|GOOD", addresses=None, only_codes=None)
add("E-15", "no domain", "From: alice", BROKEN)
add("E-15", "no local part", "From: @example.com", BROKEN)
add("E-15", "the domain is a subdomain", "From: alice@example.com.evil.example", MISMATCH)
add("E-15", "the local part has a tag", "From: alice+x@example.com", MISMATCH)
add("E-15", "the local part with dots", "From: a.lice@example.com", MISMATCH)

# --- octets that change what is seen ----------------------------------------------------------------------
add("E-15", "a NUL in the From field", b"From: alice@example.com\x00.evil.example", BROKEN, expect="BAD|UNKNOWN", only_codes=None,
    addresses="mismatch")
add("E-15", "a NUL before another address", b"From: alice@example.com\x00, <mallory@evil.example>", BROKEN, expect="BAD|UNKNOWN",
    only_codes=None, addresses="mismatch")
add("E-15", "a CR inside the field", b"From: alice@example.com\rmallory@evil.example", BROKEN, expect="BAD|UNKNOWN", only_codes=None,
    addresses=None)
add("E-15", "terminal escapes in the display name", b"From: \x1b[2J\x1b[31mAlice <alice@example.com>", BROKEN, expect="BAD|GOOD|WARN",
    only_codes=None, addresses=None, lacks=["\x1b"])
add("E-15", "a right-to-left override in the display name",
    "From: \u202eecila <mallory@evil.example>".encode(), MISMATCH, lacks=["\u202e"])
add("E-15 D-ADR-4", "a zero-width space in the domain: UTS 46 takes it out, RFC 5892 forbids it", "From: alice@exa\u200bmple.com".encode(), MATCH,
    expect="GOOD|BAD", only_codes=None, addresses=None, lacks=["\u200b"])
add("E-15", "a display name of ten thousand characters", "From: " + "A" * 10000 + " <mallory@evil.example>", MISMATCH)
add("E-15", "an address of ten thousand characters", "From: " + "a" * 10000 + "@example.com", MISMATCH, json={})
add("E-15", "five thousand mailboxes, the last one the signer's",
    "From: " + ", ".join(f"u{n}@x.example" for n in range(5000)) + ", alice@example.com", OTHERS, expect="WARN|BAD|UNKNOWN",
    only_codes=None, addresses=None, json={"signers.0.address.field": lambda field: True, "signers.0.address.matched": lambda one: True})

# --- Resent, Reply-To and other fields --------------------------------------------------------------------
for _name in ("Resent-From", "Resent-Sender", "Reply-To", "Return-Path", "X-From", "To", "X-Sender", "Errors-To", "From-"):
    add("E-15", f"{_name} is no sender", ["From: mallory@evil.example", f"{_name}: <alice@example.com>"], MISMATCH,
        json=header("mallory@evil.example"))
    add("E-15", f"{_name} does not make a sender where there is none", f"{_name}: <alice@example.com>", NOBODY)


# --- where the matching is told ---------------------------------------------------------------------------

@case("A-3-12 A-3-11 A-5-2", "text: on a mismatch both addresses are shown, and the first line says it")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, "Boss <boss@example.com>")
    return w.verify(mail, anchors=[root], expect="BAD", exit=1, reads_json=False, first=["BAD", "ADDR_MISMATCH"],
                    contains=["boss@example.com", "alice@example.com", "mismatch"])


@case("A-3-11 E-11", "text: a match by Sender alone is told in the first line")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, fields=w.fields("boss@example.com", Sender="alice@example.com"))
    return w.verify(mail, anchors=[root], expect="WARN", exit=0, reads_json=False, first=["WARN", "SENDER_ONLY"],
                    contains=["on behalf of boss@example.com"])


@case("A-3-11 A-5-F1", "the signature's own verdict is kept apart from the sender's")
def _(w):
    alice, root = alice_and_root(w)
    changed = w.signed_mail(alice, "<boss@example.com>", alter=lambda part: part + b"x")
    return [w.verify(w.signed_mail(alice, "<boss@example.com>"), anchors=[root], **MISMATCH),
            w.verify(changed, anchors=[root], expect="BAD", only_codes=["ADDR_MISMATCH", "DIGEST_MISMATCH"], signatures="BAD",
                     addresses="mismatch")]


@case("A-3-11", "--email takes the place of From and Sender, also where they would match")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice)
    return [w.verify(mail, anchors=[root], email="alice@example.com", **{**MATCH, "json": {"signers.0.address.field": "given"}}),
            w.verify(mail, anchors=[root], email="boss@example.com", **MISMATCH),
            w.verify(w.signed_mail(alice, "<x@y.example>"), anchors=[root], email="alice@example.com", **MATCH)]


@case("A-3-11 D-ADR-2", "--exact-local-part: the case of the local part counts then, that of the domain never")
def _(w):
    alice, root = alice_and_root(w)
    exact = dict(anchors=[root], options=["--exact-local-part"])
    return [w.verify(w.signed_mail(alice, "<Alice@example.com>"), anchors=[root], **MATCH),
            w.verify(w.signed_mail(alice, "<Alice@example.com>"), **exact, **MISMATCH),
            w.verify(w.signed_mail(alice, "<alice@EXAMPLE.com>"), **exact, **MATCH)]


@case("E-11 E-33", "two authors who both sign")
def _(w):
    root = w.root()
    alice, bob = w.end_entity("Alice", root), w.end_entity("Bob", root)
    mail = w.signed_mail([alice, bob], "alice@example.com, bob@example.com")
    return w.verify(mail, anchors=[root], expect="GOOD|WARN", signatures="GOOD GOOD", addresses="match match", signed="whole")
