# SPDX-License-Identifier: Apache-2.0
"""Which octets were signed (RFC 8551, 3.1 and 3.5.3; RFC 1847, 2.1)."""

from pki import mime
from runner import case

GOOD = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
CHANGED = dict(expect="BAD", only_codes=["DIGEST_MISMATCH"], signed="whole", signatures="BAD", addresses="match")
TEXT = mime.text("Hello,\r\n\r\nplease pay 100 EUR.\r\n")


def alice_and_root(w):
    root = w.root()
    return w.end_entity("Alice", root), root


def sent(w, alice, signed, shown, form="crlf", **options):
    """A message that shows the part `shown` and carries a signature over the octets `signed`."""
    body = mime.multipart_signed(shown, w.signature(signed, alice), **options)
    return mime.line_ends(mime.message(w.fields("Alice <alice@example.com>"), body), form)


def add(ids, title, signed, shown, wanted, forms=("crlf",), **options):
    """One run for each stored form: the signature is over `signed`, the message shows `shown`."""
    @case(ids, title)
    def _(w):
        alice, root = alice_and_root(w)
        return [w.verify(sent(w, alice, signed, shown, form, **options), anchors=[root], **wanted) for form in forms]


def same(ids, title, part, forms=("crlf", "lf", "mixed"), wanted=GOOD, **options):
    """The part is shown as it was signed, in its canonical form."""
    add(ids, title, mime.canonical(part), part, wanted, forms, **options)


# --- the octets of the standard's own sample --------------------------------------------------------------
SAMPLE = bytes.fromhex(
    "43 6f 6e 74 65 6e 74 2d 54 79 70 65 3a 20 74 65 78 74 2f 70 6c 61 69 6e 0d 0a 0d 0a 54 68 69 73 20 69 73 20 61 20"
    "63 6c 65 61 72 2d 73 69 67 6e 65 64 20 6d 65 73 73 61 67 65 2e 0d 0a")
LETTER = (b"From: Alice <alice@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed;\r\n"
          b"   protocol=\"application/pkcs7-signature\";\r\n   micalg=sha-256; boundary=boundary42\r\n\r\n--boundary42\r\n"
          b"Content-Type: text/plain\r\n\r\nThis is a clear-signed message.\r\n\r\n--boundary42\r\n"
          b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n"
          b"Content-Disposition: attachment; filename=smime.p7s\r\n\r\n%s\r\n--boundary42--\r\n")


@case("C-MIME-7", "the sample of RFC 3851, 3.4.3.3: exactly the octets listed there are signed")
def _(w):
    alice, root = alice_and_root(w)
    runs = []
    for octets, wanted in ((SAMPLE, GOOD), (SAMPLE + b"\r\n", CHANGED), (SAMPLE[:-2], CHANGED),
                           (SAMPLE.replace(b"\r\n", b"\n"), CHANGED), (SAMPLE.split(b"\r\n\r\n")[1], CHANGED)):
        mail = LETTER % mime.base64_lines(w.signature(octets, alice))
        runs += [w.verify(mime.line_ends(mail, form), anchors=[root], **wanted) for form in ("crlf", "lf", "mixed")]
    return runs


# --- what counts ------------------------------------------------------------------------------------------
same("C-MIME-7", "stored with CRLF, with LF, with both", TEXT)
same("C-MIME-7", "blanks and tabs at the ends of lines are content", mime.text("Hello  \r\n \t\r\nthere\t\r\n-- \r\n"))
same("C-MIME-7", "empty lines, in the middle and at the end, are content", mime.text("\r\n\r\nHello\r\n\r\n\r\n\r\nBob\r\n\r\n\r\n\r\n"))
same("C-MIME-7", "a body that ends without a line end", mime.text("Hello"))
same("C-MIME-7", "a part without header fields begins with an empty line", b"\r\nHello\r\n")
same("C-MIME-7", "a part that is an empty line", b"\r\n")
same("C-MIME-7", "a part with header fields and no body", b"Content-Type: text/plain\r\n\r\n")
same("C-MIME-7", "a part of header fields alone, without the empty line", b"Content-Type: text/plain\r\n", wanted=dict(GOOD, expect="GOOD|WARN", only_codes=None))
same("C-MIME-7", "folded header fields in the part", b"Content-Type: text/plain;\r\n\tcharset=us-ascii;\r\n  format=flowed\r\n\r\nHi\r\n")
same("C-MIME-7", "dots and From at the beginnings of lines", mime.text(".\r\n..\r\nFrom here on\r\n>From there\r\n"))
same("C-MIME-7", "very long lines", mime.text("x" * 100000 + "\r\n" + "y" * 5000 + "\r\n"))
same("C-MIME-7", "a body in quoted-printable is signed as it is sent", mime.text("Gr\u00fc\u00dfe =\r\n", "utf-8", "quoted-printable"))
same("C-MIME-7", "a body in base64 is signed as it is sent", mime.text("Gr\u00fc\u00dfe\r\n", "utf-8", "base64"))
same("C-MIME-7", "a part that is itself a multipart", mime.multipart([TEXT, mime.text("<p>Hi</p>")], "alternative", "inner"))
same("C-MIME-7", "lines that begin like the boundary and are none", mime.text("--signet-boundar\r\n-signet-boundary\r\n signet\r\n"),
     boundary="signet-boundary")
same("C-MIME-7", "a CR inside a line stands for itself", mime.text("one\rtwo\r\n"), forms=("crlf",), wanted=dict(GOOD, expect="GOOD|WARN", only_codes=None))
same("C-MIME-9", "8-bit text", mime.text("Gr\u00fc\u00dfe\r\n", "utf-8", "8bit"))
same("C-MIME-9", "octets that are no text in any charset", mime.text(b"\xff\xfe\x00\x80\r\n", "utf-8", "8bit"),
     wanted=dict(GOOD, expect="GOOD|WARN", only_codes=None))
add("C-MIME-9", "a binary part keeps its bare LF, CR and NUL",
    mime.text(b"\x00\nA\rB\n\nC\r\n\xff", "us-ascii", "binary"), mime.text(b"\x00\nA\rB\n\nC\r\n\xff", "us-ascii", "binary"),
    dict(GOOD, expect="GOOD|WARN", only_codes=None))

# --- boundaries -------------------------------------------------------------------------------------------
for _mark in ("b", "=_b'()+_,-./:=?", "a b", "x" * 70, "--", "----=_Part_1"):
    same("C-MIME-7", f"the boundary {_mark[:20]}", TEXT, boundary=_mark)


@case("C-MIME-7", "blanks behind a delimiter belong to the delimiter")
def _(w):
    alice, root = alice_and_root(w)
    mark = b"--" + mime.BOUNDARY.encode()
    mail = sent(w, alice, TEXT, TEXT)
    return [w.verify(mail.replace(mark + b"\r\n", mark + b" \t \r\n"), anchors=[root], **GOOD),
            w.verify(mail.replace(mark + b"--\r\n", mark + b"-- \t\r\n"), anchors=[root], **GOOD)]


@case("C-MIME-7", "an unquoted boundary, and one in quotes that needs none")
def _(w):
    alice, root = alice_and_root(w)
    return [w.verify(sent(w, alice, TEXT, TEXT, content_type=f"multipart/signed; protocol=application/pkcs7-signature; boundary={one}"),
                     anchors=[root], **GOOD) for one in (mime.BOUNDARY, f'"{mime.BOUNDARY}"')]


@case("C-MIME-7 C-MIME-11", "the closing delimiter is missing: judged, and told")
def _(w):
    alice, root = alice_and_root(w)
    cut = sent(w, alice, TEXT, TEXT, closed=False)
    return [w.verify(cut, anchors=[root], expect="WARN", signed="whole", signatures="GOOD", addresses="match"),
            w.verify(mime.line_ends(cut.rstrip()), anchors=[root], expect="WARN", signatures="GOOD")]


# --- what must not be called right ------------------------------------------------------------------------

def changed(title, change, part=TEXT, ids="C-SI-5 C-MIME-7"):
    add(ids, f"changed after signing: {title}", part, change(part), CHANGED, ("crlf", "lf"))


changed("one letter", lambda part: part.replace(b"100", b"900"))
changed("a line more", lambda part: part + b"PS: hurry.\r\n")
changed("an empty line more at the end", lambda part: part + b"\r\n")
changed("an empty line less at the end", lambda part: part[:-2], mime.text("Hello\r\n\r\n"))
changed("a blank at the end of a line", lambda part: part.replace(b"EUR.\r\n", b"EUR. \r\n"))
changed("blanks at the end of lines taken away", lambda part: part.replace(b" \r\n", b"\r\n"), mime.text("-- \r\nAlice\r\n"))
changed("two blanks made one", lambda part: part.replace(b"  ", b" "), mime.text("Hello  Bob\r\n"))
changed("From at the beginning of a line escaped", lambda part: part.replace(b"From", b">From"), mime.text("From now on\r\n"))
changed("the type of the part", lambda part: part.replace(b"text/plain", b"text/html"))
changed("the charset", lambda part: part.replace(b"us-ascii", b"iso-8859-1"))
changed("the transfer encoding", lambda part: part.replace(b"7bit", b"8bit"))
changed("a header field more in the part", lambda part: b"X-Scanned: yes\r\n" + part)
changed("a header field of the part folded in another way", lambda part: part.replace(b"; charset", b";\r\n charset"))
changed("the case of a header field's name", lambda part: part.replace(b"Content-Type", b"Content-type"))
changed("the whole part", lambda part: mime.text("Something else\r\n"))
changed("everything in it cut", lambda part: b"")
changed("quoted-printable decoded on the way", lambda part: mime.text("Gr\u00fc\u00dfe\r\n", "utf-8", "8bit"),
        mime.text("Gr\u00fc\u00dfe\r\n", "utf-8", "quoted-printable"))

add("C-MIME-7", "signed over lines that end with LF: not what the standard says, stored in any form", TEXT.replace(b"\r\n", b"\n"), TEXT,
    CHANGED, ("crlf", "lf", "mixed"))
add("C-MIME-7", "signed with the line end before the delimiter", TEXT + b"\r\n", TEXT, CHANGED, ("crlf", "lf"))
add("C-MIME-7", "signed without the header of the part", TEXT.split(b"\r\n\r\n", 1)[1], TEXT, CHANGED, ("crlf", "lf"))
add("C-MIME-7", "CRs doubled on the way are not taken out again", TEXT, TEXT.replace(b"\r\n", b"\r\r\n"),
    dict(CHANGED, only_codes=None, codes=["DIGEST_MISMATCH"]))


@case("C-SI-5", "the signature of one message under the text of another")
def _(w):
    alice, root = alice_and_root(w)
    return w.verify(sent(w, alice, mime.text("Yes\r\n"), mime.text("No\r\n")), anchors=[root], **CHANGED)


@case("C-SI-5", "every letter of a short text counts")
def _(w):
    alice, root = alice_and_root(w)
    part = mime.text("Pay 100 EUR\r\n")
    start = part.index(b"Pay")
    shown = [part[:at] + bytes([part[at] ^ 1]) + part[at + 1:] for at in range(start, start + 11)]
    return [w.verify(sent(w, alice, part, one), anchors=[root], **CHANGED) for one in shown]


@case("C-MIME-7", "what is outside the signed part may change on the way")
def _(w):
    alice, root = alice_and_root(w)
    mail = sent(w, alice, TEXT, TEXT)
    changes = [lambda m: m.replace(b"Subject: A test", b"Subject: [list] A test"), lambda m: b"Received: by mx\r\n" + m,
               lambda m: m.replace(b"Message-ID", b"X-Was"), lambda m: m.replace(b"To: bob", b"To: carol")]
    return [w.verify(change(mail), anchors=[root], **GOOD) for change in changes]


# --- opaque -----------------------------------------------------------------------------------------------

@case("C-MIME-7 C-MIME-9", "the content of an opaque signature is taken octet by octet, whatever its line ends")
def _(w):
    alice, root = alice_and_root(w)
    runs = []
    for form in ("crlf", "lf", "mixed"):
        content = mime.line_ends(TEXT, form)
        mail = mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(w.signature(content, alice, detached=False)))
        runs += [w.verify(mime.line_ends(mail, one), anchors=[root], **GOOD) for one in ("crlf", "lf")]
    return runs


@case("C-MIME-9", "an opaque message sent as binary")
def _(w):
    alice, root = alice_and_root(w)
    content = mime.text(b"\x00\r\n\n\xff", "us-ascii", "binary")
    signature = w.signature(content, alice, detached=False)
    mails = [mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(signature, encoding=one)) for one in ("binary", "8bit")]
    return [w.verify(one, anchors=[root], expect="GOOD|WARN", signatures="GOOD", addresses="match") for one in mails]


# --- what stands around -----------------------------------------------------------------------------------

@case("C-MIME-7 C-MIME-11", "text before the first delimiter and behind the last is neither signed nor shown")
def _(w):
    alice, root = alice_and_root(w)
    evil = b"Also pay Mallory.\r\n"
    notice = b"This is a cryptographically signed message in MIME format.\r\n\r\n"
    return [w.verify(sent(w, alice, TEXT, TEXT, preamble=notice), anchors=[root], **GOOD),
            w.verify(sent(w, alice, TEXT, TEXT, preamble=evil), anchors=[root], expect="GOOD|WARN", signatures="GOOD", lacks=["mallory"]),
            w.verify(sent(w, alice, TEXT, TEXT, epilogue=evil), anchors=[root], expect="GOOD|WARN", signatures="GOOD", lacks=["mallory"]),
            w.verify(sent(w, alice, TEXT, TEXT, epilogue=b"\r\n\r\n\r\n"), anchors=[root], **GOOD)]


@case("C-MIME-11", "a whole part hidden behind the last delimiter is not shown as signed")
def _(w):
    alice, root = alice_and_root(w)
    hidden = b"\r\n--" + mime.BOUNDARY.encode() + b"\r\nContent-Type: text/html\r\n\r\nAlso pay Mallory.\r\n"
    mail = sent(w, alice, TEXT, TEXT, epilogue=hidden)
    return w.verify(mail, anchors=[root], expect="GOOD|WARN|UNKNOWN|BAD", signatures="GOOD", lacks=["mallory"])


@case("C-MIME-7", "no text of a message is given out, whatever the verdict")
def _(w):
    alice, root = alice_and_root(w)
    words = dict(lacks=["please pay", "100 eur"], reads_json=False)
    return [w.verify(sent(w, alice, TEXT, TEXT), anchors=[root], expect="GOOD", **words),
            w.verify(sent(w, alice, TEXT, TEXT + b"x"), anchors=[root], expect="BAD", **words),
            w.verify(sent(w, alice, TEXT, TEXT), anchors=[], expect="UNKNOWN", **words)]
