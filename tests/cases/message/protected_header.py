# SPDX-License-Identifier: Apache-2.0
"""Header fields inside the signature against those outside, which are what a reader sees (RFC 8551, 3.1; RFC 9788)."""

from pki import mime
from runner import case

ALICE = "Alice <alice@example.com>"
SIGNED = dict(signed="whole", signatures="GOOD")
EQUAL = dict(expect="GOOD", only_codes=[], forbid=["HEADER_DIFFERS"], addresses="match", **SIGNED)
DIFFERS = dict(expect="WARN", only_codes=["HEADER_DIFFERS"], addresses="match", **SIGNED)


def alice_and_root(w):
    root = w.root()
    return w.end_entity("Alice", root), root


def part_with(fields):
    return mime.text("Hello\r\n", fields=fields)


def add(ids, title, inner, outer, wanted, **more):
    """`inner`: fields of the signed part; `outer`: fields of the message, over the usual ones. Clear and opaque."""
    @case(ids, title)
    def _(w):
        alice, root = alice_and_root(w)
        fields = w.fields(**{"from_": ALICE, **outer})
        mails = [w.signed_mail(alice, part=part_with(inner), form=form, fields=fields) for form in ("detached", "opaque")]
        return [w.verify(one, anchors=[root], **{**wanted, **more}) for one in mails]


# --- fields of the signed part ----------------------------------------------------------------------------
add("E-13", "no header fields repeated inside", [], {}, EQUAL)
add("E-13", "From, Subject and Date repeated as they are outside",
    [("From", ALICE), ("Subject", "A test"), ("Date", "Mon, 01 Jun 2026 11:00:00 +0000")], {}, EQUAL)
add("E-13", "another display name is the same sender", [("From", "A. Lice <alice@example.com>")], {}, EQUAL)
add("E-13", "the same address in other case", [("From", "<Alice@EXAMPLE.com>")], {}, EQUAL)
add("E-13", "the same subject, folded in another way", [("Subject", b"A\r\n test")], {}, EQUAL)
add("E-13", "the same subject in an encoded word", [("Subject", "=?utf-8?Q?A_test?=")], {}, EQUAL)
add("E-13", "the same subject in two encoded words", [("Subject", "=?utf-8?B?QSB0?= =?utf-8?Q?est?=")], {}, EQUAL)
add("E-13 D-HDR-1", "another subject outside", [("Subject", "Yes")], dict(subject="No"), DIFFERS, contains=["yes", "no"])
add("E-13 D-HDR-1", "a subject that a list has marked", [("Subject", "A test")], dict(subject="[list] A test"), DIFFERS)
add("E-13 D-HDR-1", "a subject inside and none outside", [("Subject", "A test")], dict(subject=None), DIFFERS, contains=["a test"])
add("E-13 D-HDR-1", "another sender inside, the certificate is the outer one's", [("From", "Mallory <mallory@evil.example>")], {}, DIFFERS,
    contains=["mallory@evil.example", "alice@example.com"])
add("E-13 D-HDR-1 A-3-11", "the certificate is the inner sender's, but another one is displayed: the displayed one counts",
    [("From", ALICE)], dict(from_="Mallory <mallory@evil.example>"), DIFFERS, expect="BAD",
    only_codes=["ADDR_MISMATCH", "HEADER_DIFFERS"], addresses="mismatch", contains=["mallory@evil.example", "alice@example.com"])
add("E-13", "one sender more inside", [("From", ALICE + ", Bob <bob@example.com>")], {}, DIFFERS)
add("E-13", "one sender more outside", [("From", ALICE)], dict(from_=ALICE + ", Bob <bob@example.com>"), DIFFERS,
    only_codes=["HEADER_DIFFERS", "OTHER_AUTHORS"])
add("E-13", "a sender inside that is no address", [("From", "alice at example")], {}, DIFFERS)
add("E-13", "another date is told", [("Date", "Tue, 02 Jun 2020 11:00:00 +0000")], {}, EQUAL, codes=["HEADER_DIFFERS"], forbid=[],
    only_codes=None, expect="GOOD|WARN", contains=["2020"])
add("E-13", "fields that nobody compares may differ", [("To", "carol@example.com"), ("X-Mailer", "none")], {}, EQUAL)


@case("E-13 D-HDR-1", "a part that says of itself that its header is protected, in the ways of RFC 9788 and before")
def _(w):
    alice, root = alice_and_root(w)
    def part(parameter):
        return mime.entity([("From", ALICE), ("Subject", "A test"), ("Content-Type", f"text/plain; {parameter}")], b"Hello\r\n")
    return [w.verify(w.signed_mail(alice, part=part(one)), anchors=[root], **EQUAL) for one in ('hp="clear"', 'protected-headers="v1"')]


@case("E-13 A-3-12", "text: both subjects and both senders are shown to who reads")
def _(w):
    alice, root = alice_and_root(w)
    part = part_with([("Subject", "Pay nothing"), ("From", "Carol <carol@example.com>")])
    mail = w.signed_mail(alice, part=part, fields=w.fields(ALICE, subject="Pay 100 EUR"))
    return w.verify(mail, anchors=[root], expect="WARN", reads_json=False, first=["WARN", "HEADER_DIFFERS"],
                    contains=["pay nothing", "pay 100 eur", "carol@example.com", "alice@example.com"])


@case("E-13", "a difference is told of a bad signature, too")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, part=part_with([("Subject", "Yes")]), fields=w.fields(ALICE, subject="No"),
                         alter=lambda part: part + b"x\r\n")
    return w.verify(mail, anchors=[root], expect="BAD", codes=["HEADER_DIFFERS", "DIGEST_MISMATCH"], signatures="BAD")


# --- a whole message inside the signature -----------------------------------------------------------------

def wrapped(w, alice, inner_from=ALICE, inner_subject="A test", from_=ALICE, subject="A test", form="detached"):
    inner = mime.rfc822(mime.message(w.fields(inner_from, subject=inner_subject), mime.text("Hello\r\n")))
    return w.signed_mail(alice, part=inner, form=form, fields=w.fields(from_, subject=subject))


@case("C-MIME-10 E-13", "a message wrapped into message/rfc822 and signed: its header is compared")
def _(w):
    alice, root = alice_and_root(w)
    runs = []
    for form in ("detached", "opaque"):
        runs += [w.verify(wrapped(w, alice, form=form), anchors=[root], **EQUAL),
                 w.verify(wrapped(w, alice, inner_subject="Yes", subject="...", form=form), anchors=[root], **DIFFERS),
                 w.verify(wrapped(w, alice, inner_from="Bob <bob@example.com>", form=form), anchors=[root],
                          **{**DIFFERS, "contains": ["bob@example.com", "alice@example.com"]}),
                 w.verify(wrapped(w, alice, from_="Mallory <mallory@evil.example>", form=form), anchors=[root],
                          **{**DIFFERS, "expect": "BAD", "only_codes": ["ADDR_MISMATCH", "HEADER_DIFFERS"],
                             "addresses": "mismatch"})]
    return runs


@case("C-MIME-10", "a wrapped message with a signed message in it: both headers are compared, each with its own")
def _(w):
    alice, root = alice_and_root(w)
    inner = mime.rfc822(w.signed_mail(alice, fields=w.fields(ALICE, subject="Yes")))
    mail = w.signed_mail(alice, part=inner, fields=w.fields(ALICE, subject="No"), mime_options=dict(boundary="outer"))
    return w.verify(mail, anchors=[root], expect="WARN", only_codes=["HEADER_DIFFERS"], signed="whole", signatures="GOOD GOOD",
                    addresses="match match")


@case("E-13", "a signed forward as attachment is no protected header of the mail around it")
def _(w):
    alice, root = alice_and_root(w)
    forward = mime.rfc822(mime.message(w.fields("Bob <bob@example.com>", subject="Other"), mime.text()))
    mail = w.signed_mail(alice, part=mime.multipart([mime.text(), forward], boundary="inner"))
    return w.verify(mail, anchors=[root], **EQUAL)


@case("E-13", "terminal escapes in an inner subject stay text")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, part=part_with([("Subject", b"\x1b[2J\x1b[1;1HGOOD\x07\xe2\x80\xae")]))
    return [w.verify(mail, anchors=[root], lacks=["\x1b", "\x07", "\u202e"], reads_json=json, **(DIFFERS if json else {"expect": "WARN"}))
            for json in (True, False)]
