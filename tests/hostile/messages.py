# SPDX-License-Identifier: Apache-2.0
"""Messages that are deep, wide or long where real ones are not."""

from hostile.forge import Forge, Holder, size
from pki import cms, mime
from runner import case

DEPTH = 1000
MANY = size(100000, sanitized=10000)


def people():
    f, root = Forge(), Holder("Root", 1)
    return f.root(root), f.person(root), f


def verify(w, message, anchors, *, memory=512, **options):
    run = w.verify(message, anchors=anchors, crls="off", **options)
    run.memory = memory
    return run


def mail(w, entity, extra=()):
    return mime.message([*w.fields("Alice <alice@example.com>"), *extra], entity)


# --- depth

def nested(depth, inside, wrap):
    for level in range(depth):
        inside = wrap(level, inside)
    return inside


@case("C-MIME-8 E-9", "MIME parts a thousand deep: unknown or without a signature, and the limit is told")
def _(w):
    root, alice, _ = people()
    signed = mime.multipart_signed(mime.text(), w.signature(mime.canonical(mime.text()), alice))
    wraps = {"multipart": lambda n, part: mime.multipart([part], boundary=f"b{n}"),
             "message": lambda n, part: mime.rfc822(mime.message([("From", "a@example.com")], part))}
    return [verify(w, mail(w, nested(DEPTH, signed, wrap)), [root], expect="UNKNOWN", codes=["LIMIT"])
            for wrap in wraps.values()]


@case("C-MIME-8 E-9", "signed data in signed data, two hundred deep")
def _(w):
    root, alice, _ = people()
    depth = size(200, sanitized=120)
    content = mime.text()
    for _ in range(depth):
        content = mime.opaque(w.signature(content, alice, detached=False, certs="none"), encoding="binary")
    return verify(w, mail(w, content), [root], certs=[alice], expect="UNKNOWN", codes=["LIMIT"])


# --- numbers

@case("C-MIME-8 E-9", "a hundred thousand parts, below the limit and above it")
def _(w):
    root, alice, _ = people()
    signed = mime.multipart_signed(mime.text(), w.signature(mime.canonical(mime.text()), alice), boundary="inner")
    parts = [mime.text("x")] * MANY
    return [verify(w, mail(w, mime.multipart([signed, *parts])), [root], expect="UNKNOWN|NONE")]


@case("E-9 A-2.3-6", "ten thousand signers")
def _(w):
    root, alice, _ = people()
    part = mime.canonical(mime.text())
    info = cms.signer_info(alice, part)
    signature = w.signature(part, [info] * size(10000, sanitized=1000) + [alice], certs=[alice])
    return verify(w, mail(w, mime.multipart_signed(mime.text(), signature)), [root], expect="WARN|UNKNOWN")


@case("E-9 A-2.3-6", "a message that carries a hundred thousand certificates, the signer's among them")
def _(w):
    root, alice, f = people()
    stranger = Holder("Stranger", 50)
    others = [f.issue(Holder(f"Person {n}", 51 + n % 100), stranger, ca=False).cert for n in range(MANY)]
    part = mime.canonical(mime.text())
    signature = w.signature(part, alice, certs=[*others, alice.cert])
    return verify(w, mail(w, mime.multipart_signed(mime.text(), signature, signature=mime.signature_part(
        signature, encoding="binary"))), [root], expect="WARN", forbid=["LIMIT"], memory=256)


# --- headers and addresses

def plain(w, fields):
    return mime.message(fields, mime.text())


@case("E-9 C-MIME-8", "a header line of a megabyte, a hundred thousand fields, ten thousand folded lines")
def _(w):
    root, _, _ = people()
    base = w.fields("Alice <alice@example.com>")
    long = b"a" * (1 << 20)
    fields = {"line": [*base, ("X-Long", long)], "many": [*base, *[("X-Field", "x")] * MANY],
              "folds": [*base, ("X-Folded", b"x" + b"\r\n x" * MANY)], "nulls": [*base, ("X-Null", bytes(1 << 16))]}
    return [verify(w, plain(w, one), [root], expect="NONE") for one in fields.values()]


@case("E-9 D-ADR-1", "an address list of a megabyte, comments nested a hundred thousand deep, groups without end")
def _(w):
    root, alice, _ = people()
    part = mime.canonical(mime.text())
    signed = mime.multipart_signed(mime.text(), w.signature(part, alice))
    froms = {"list": ", ".join(f"a{n}@example.com" for n in range(50000)),
             "comments": "(" * MANY + ")" * MANY + " alice@example.com",
             "open": "(" * MANY, "quotes": '"' + '\\"' * MANY + '" <alice@example.com>',
             "groups": "g:" * MANY + ";" * MANY, "angles": "<" * MANY, "words": " ".join("a" * 50 for _ in range(20000))}
    return [verify(w, mime.message(w.fields(one), signed), [root], expect="WARN|BAD|UNKNOWN") for one in froms.values()]


@case("E-9", "encoded words, boundaries and parameters by the hundred thousand")
def _(w):
    root, _, _ = people()
    words = " ".join("=?utf-8?q?=41?=" for _ in range(MANY))
    parameters = "".join(f"; p{n}=x" for n in range(MANY))
    continued = "".join(f"; name*{n}=x" for n in range(MANY))
    delimiters = b"--b\r\n" * MANY
    almost = b"--" * MANY
    head = w.fields("Alice <alice@example.com>")
    return [verify(w, plain(w, [*w.fields(f"{words} <alice@example.com>")]), [root], expect="NONE"),
            verify(w, mime.message(head, mime.entity([("Content-Type", "text/plain" + parameters)], b"x")), [root],
                   expect="NONE"),
            verify(w, mime.message(head, mime.entity([("Content-Type", "text/plain" + continued)], b"x")), [root],
                   expect="NONE"),
            verify(w, mime.message(head, mime.entity([("Content-Type", "multipart/mixed; boundary=b")], delimiters)),
                   [root], expect="NONE|UNKNOWN"),
            verify(w, mime.message(head, mime.entity([("Content-Type", "multipart/mixed; boundary=b")], almost)),
                   [root], expect="NONE|UNKNOWN")]


# --- transfer encodings

@case("E-9", "base64 that is all line ends, all padding, or junk, and quoted-printable that never ends a line")
def _(w):
    root, _, _ = people()
    value = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    length = size(1 << 23, sanitized=1 << 20)
    head = w.fields("Alice <alice@example.com>")

    def body(octets, how):
        return mime.message(head, mime.entity([("Content-Type", value), ("Content-Transfer-Encoding", how)], octets))
    return [verify(w, body(octets, how), [root], expect="BAD|UNKNOWN|NONE|ERROR")
            for octets, how in ((b"\r\n" * (length // 2), "base64"), (b"=" * length, "base64"), (b"A" * length, "base64"),
                                (b"!" * length, "base64"), (b"=\r\n" * (length // 3), "quoted-printable"),
                                (b" " * length, "quoted-printable"))]
