# SPDX-License-Identifier: Apache-2.0
"""By what a signed message is recognised: types, parameters, names (RFC 8551, 3.2, 3.5, 3.9)."""

from pki import cms, mime
from runner import case

GOOD = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
LIES = dict(expect="WARN", only_codes=["TYPE_LIES"], signed="whole", signatures="GOOD", addresses="match")
NOT_SIGNED = dict(expect="NONE", signed="none", signatures="", addresses="")


def alice_and_root(w):
    root = w.root()
    return w.end_entity("Alice", root), root


def signed_content(w):
    alice, root = alice_and_root(w)
    return w.signature(mime.text(), alice, detached=False), root


def opaque(w, **options):
    """A message whose one part is an opaque signature, as `mime.opaque` writes it."""
    signature, root = signed_content(w)
    return mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(signature, **options)), root


def add_opaque(ids, title, wanted=GOOD, **options):
    @case(ids, title)
    def _(w):
        mail, root = opaque(w, **options)
        return w.verify(mail, anchors=[root], **wanted)


def value(text):
    return dict(value=text, disposition=False)


# --- application/pkcs7-mime -------------------------------------------------------------------------------
add_opaque("C-MIME-1", "pkcs7-mime with all its parameters")
add_opaque("C-MIME-1", "pkcs7-mime without any parameter", **value("application/pkcs7-mime"))
add_opaque("C-MIME-1", "pkcs7-mime without smime-type", smime_type=None)
add_opaque("C-MIME-1", "a smime-type that nobody knows", smime_type="unheard-of")
add_opaque("C-MIME-1", "type and parameters in capitals", **value('APPLICATION/PKCS7-MIME; SMIME-TYPE=SIGNED-DATA; NAME="SMIME.P7M"'))
add_opaque("C-MIME-1", "a folded field", **value(b'application/pkcs7-mime;\r\n\tsmime-type=signed-data;\r\n name="smime.p7m"'))
add_opaque("C-MIME-1", "folded in odd places", **value(b'application/pkcs7-mime\r\n ;\r\n smime-type=\r\n  signed-data'))
add_opaque("C-MIME-1", "comments in the field", **value("application/pkcs7-mime (as ever); smime-type=signed-data (opaque)"))
add_opaque("C-MIME-1", "blanks around the slash and the equals sign", **value("application / pkcs7-mime ; smime-type = signed-data"))
add_opaque("C-MIME-1", "a semicolon at the end", **value("application/pkcs7-mime; smime-type=signed-data;"))
add_opaque("C-MIME-1", "a quoted smime-type", **value('application/pkcs7-mime; smime-type="signed-data"'))
add_opaque("C-MIME-1", "a name in the form of RFC 2231", **value("application/pkcs7-mime; name*=utf-8''sm%69me.p7m"))
add_opaque("C-MIME-1", "a name in pieces, in the form of RFC 2231", **value('application/pkcs7-mime; name*0="smi"; name*1="me.p7m"'))
add_opaque("C-MIME-1", "a parameter that nobody knows", **value("application/pkcs7-mime; smime-type=signed-data; x-mailer=\"a;b=c\""))
add_opaque("C-MIME-4", "x-pkcs7-mime", content_type="application/x-pkcs7-mime")
add_opaque("C-MIME-4", "x-pkcs7-mime without smime-type", content_type="application/x-pkcs7-mime", smime_type=None)

# --- by the name alone ------------------------------------------------------------------------------------
OCTETS = "application/octet-stream"
for _name in ("smime.p7m", "SMIME.P7M", "message.p7m", "smime.p7s", "x.p7z", "x.p7c"):
    add_opaque("C-MIME-3", f"octet-stream named {_name}", content_type=OCTETS, smime_type=None, name=_name)
add_opaque("C-MIME-3", "octet-stream with a name but no file name", **value(OCTETS + "; name=smime.p7m"))
add_opaque("C-MIME-3", "octet-stream whose name is in the form of RFC 2231", **value(OCTETS + "; name*=us-ascii''smime%2Ep7m"))
add_opaque("C-MIME-3", "octet-stream whose name comes in pieces", **value(OCTETS + '; name*0=smi; name*1="me.p7m"'))


@case("C-MIME-3", "octet-stream with a file name but no name")
def _(w):
    signature, root = signed_content(w)
    fields = [("Content-Type", OCTETS), ("Content-Transfer-Encoding", "base64"),
              ("Content-Disposition", b'attachment;\r\n filename="smime.p7m"')]
    mail = mime.message(w.fields("Alice <alice@example.com>"), mime.entity(fields, mime.base64_lines(signature)))
    return w.verify(mail, anchors=[root], **GOOD)


add_opaque("C-MIME-3 C-MIME-5", "octet-stream under another name is an attachment like any other", NOT_SIGNED,
           content_type=OCTETS, smime_type=None, name="holiday.jpg")
add_opaque("C-MIME-3", "octet-stream without any name is an attachment like any other", NOT_SIGNED, **value(OCTETS))
add_opaque("C-MIME-3", "text is text whatever its name", NOT_SIGNED, **value("text/plain; name=smime.p7m"))

# --- what is inside decides -------------------------------------------------------------------------------
add_opaque("C-MIME-5", "signed data declared as encrypted", LIES, smime_type="enveloped-data")
add_opaque("C-MIME-5", "signed data declared as certificates only", LIES, smime_type="certs-only")
add_opaque("C-MIME-5", "signed data declared as compressed", LIES, smime_type="compressed-data")
add_opaque("C-MIME-5", "signed data under the name of certificates", name="smime.p7c")


@case("C-MIME-5", "encrypted data under the name and type of a signature")
def _(w):
    alice, root = alice_and_root(w)
    enveloped = cms.enveloped_data(alice)
    named = [mime.opaque(enveloped, content_type="application/pkcs7-signature", smime_type=None, name="smime.p7s"),
             mime.opaque(enveloped, smime_type="signed-data"), mime.octet_stream(enveloped, name="smime.p7s")]
    mails = [mime.message(w.fields("Alice <alice@example.com>"), one) for one in named]
    return [w.verify(mails[0], anchors=[root], codes=["ENCRYPTED", "TYPE_LIES"], **NOT_SIGNED),
            w.verify(mails[1], anchors=[root], codes=["ENCRYPTED", "TYPE_LIES"], **NOT_SIGNED),
            w.verify(mails[2], anchors=[root], codes=["ENCRYPTED"], **NOT_SIGNED)]


@case("C-MIME-5 C-CO-2", "certificates only, declared as signed data")
def _(w):
    alice, root = alice_and_root(w)
    mail = mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(cms.certs_only([alice.cert])))
    return w.verify(mail, anchors=[root], codes=["NOT_SIGNED"], **NOT_SIGNED)


@case("C-MIME-5", "the type of a detached signature on an opaque one: its content decides")
def _(w):
    mail, root = opaque(w, content_type="application/pkcs7-signature", smime_type=None, name="smime.p7s")
    return w.verify(mail, anchors=[root], expect="GOOD|WARN", signed="whole", signatures="GOOD", addresses="match")


@case("C-MIME-5", "an opaque type on a detached signature: there is nothing that it could sign")
def _(w):
    alice, root = alice_and_root(w)
    mail = mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(w.signature(mime.text(), alice)))
    return w.verify(mail, anchors=[root], expect="UNKNOWN|BAD", signatures="UNKNOWN")


@case("C-MIME-5", "what is no CMS object at all under the type of a signature")
def _(w):
    _, root = alice_and_root(w)
    runs = []
    for octets in (b"", b"\x30", b"\x30\x80", b"Hello!", b"\x30\x03\x02\x01\x05", b"\x00" * 4000):
        mail = mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(octets))
        runs.append(w.verify(mail, anchors=[root], expect="BAD", codes=["PARSE"], signed="none"))
    return runs


# --- multipart/signed -------------------------------------------------------------------------------------

def clear(w, content_type=None, **options):
    alice, root = alice_and_root(w)
    if content_type is not None:
        options["content_type"] = content_type
    return w.signed_mail(alice, mime_options=options), root


def add_clear(ids, title, wanted=GOOD, **options):
    @case(ids, title)
    def _(w):
        mail, root = clear(w, **options)
        return w.verify(mail, anchors=[root], **wanted)


MARK = f'boundary="{mime.BOUNDARY}"'
PROTOCOL = 'protocol="application/pkcs7-signature"'
add_clear("C-MIME-2", "multipart/signed with protocol, micalg and boundary")
add_clear("C-MIME-2", "the protocol after the boundary", content_type=f"multipart/signed; {MARK}; micalg=sha-256; {PROTOCOL}")
add_clear("C-MIME-2", "the protocol without quotes", content_type=f"multipart/signed; protocol=application/pkcs7-signature; {MARK}")
add_clear("C-MIME-2", "a folded field", content_type=f"multipart/signed;\r\n\t{PROTOCOL};\r\n {MARK};\r\n  micalg=sha-256".encode())
add_clear("C-MIME-2", "type and protocol in capitals", protocol="Application/PKCS7-Signature",
          content_type=f'Multipart/SIGNED; PROTOCOL="APPLICATION/PKCS7-SIGNATURE"; BOUNDARY="{mime.BOUNDARY}"')
add_clear("C-MIME-2", "no protocol at all, but a signature as second part", content_type=f"multipart/signed; {MARK}")
add_clear("C-MIME-2", "the protocol in the form of RFC 2231",
          content_type=f"multipart/signed; protocol*=us-ascii''application%2Fpkcs7-signature; {MARK}")
add_clear("C-MIME-4", "the old protocol with the new signature part", protocol="application/x-pkcs7-signature")


@case("C-MIME-2", "the two forms of one message have the same signer and verdict")
def _(w):
    alice, root = alice_and_root(w)
    expected = dict(GOOD, path=[alice], parts=["1"])
    clear_signed = w.signed_mail(alice)
    opaque_signed = w.signed_mail(alice, form="opaque")
    bad = dict(expect="BAD", signatures="BAD", codes=["DIGEST_MISMATCH"], signed="whole", addresses="match")
    other = w.signature(mime.text("Hello, other\r\n"), alice, detached=False)
    changed = other.replace(b"Hello, other", b"Hello, 0ther")
    return [w.verify(clear_signed, anchors=[root], **expected),
            w.verify(opaque_signed, anchors=[root], **dict(expected, parts=None)),
            w.verify(w.signed_mail(alice, alter=lambda part: part.replace(b"Hello", b"hello")), anchors=[root], **bad),
            w.verify(mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(changed)), anchors=[root], **bad)]


def add_signature_part(ids, title, wanted=GOOD, protocol="application/pkcs7-signature", **options):
    @case(ids, title)
    def _(w):
        alice, root = alice_and_root(w)
        part = mime.text()
        signature = mime.signature_part(w.signature(part, alice), **options)
        body = mime.multipart_signed(part, None, signature=signature, protocol=protocol)
        return w.verify(mime.message(w.fields("Alice <alice@example.com>"), body), anchors=[root], **wanted)


OLD = "application/x-pkcs7-signature"
add_signature_part("C-MIME-4", "the old type of the signature part", content_type=OLD)
add_signature_part("C-MIME-4", "old protocol and old type", content_type=OLD, protocol=OLD)
add_signature_part("C-MIME-3", "a signature part that a gateway made an octet-stream", content_type=OCTETS)
add_signature_part("C-MIME-2", "a signature part of the type of opaque messages", dict(GOOD, expect="GOOD|WARN", only_codes=None),
                   content_type="application/pkcs7-mime", name="smime.p7m")
for _encoding in ("binary", "8bit"):
    add_signature_part("C-MIME-9", f"a signature part in {_encoding}", encoding=_encoding)


@case("C-MIME-9", "a signature part in quoted-printable")
def _(w):
    alice, root = alice_and_root(w)
    part = mime.text()
    body = b"=\r\n".join(b"=%02X" % octet for octet in w.signature(part, alice))
    fields = [("Content-Type", "application/pkcs7-signature"), ("Content-Transfer-Encoding", "Quoted-Printable")]
    mail = mime.message(w.fields("Alice <alice@example.com>"), mime.multipart_signed(part, None, signature=mime.entity(fields, body)))
    return w.verify(mail, anchors=[root], **GOOD)


@case("C-MIME-9", "base64 as it comes: one line, short lines, blanks, empty lines, text behind its end")
def _(w):
    alice, root = alice_and_root(w)
    part = mime.text()
    octets = w.signature(part, alice)
    lines = mime.base64_lines(octets).splitlines()
    bodies = [mime.base64_lines(octets, 10 ** 6), mime.base64_lines(octets, 3), mime.base64_lines(octets) + b"\r\n\r\n\r\n",
              b"\r\n\r\n" + mime.base64_lines(octets), b" \t\r\n".join(lines) + b"\r\n", b"\r\n\r\n".join(lines),
              mime.base64_lines(octets).rstrip()]
    runs = []
    for body in bodies:
        signature = mime.entity([("Content-Type", "application/pkcs7-signature"), ("Content-Transfer-Encoding", "BASE64")], body)
        mail = mime.message(w.fields("Alice <alice@example.com>"), mime.multipart_signed(part, None, signature=signature))
        runs.append(w.verify(mail, anchors=[root], **GOOD))
    return runs


@case("C-MIME-9", "base64 with text behind its end is read up to there, and its list footer is not taken for signed")
def _(w):
    alice, root = alice_and_root(w)
    part = mime.text()
    body = mime.base64_lines(w.signature(part, alice)) + b"\r\n_____________\r\nmailing list footer\r\n"
    signature = mime.entity([("Content-Type", "application/pkcs7-signature"), ("Content-Transfer-Encoding", "base64")], body)
    mail = mime.message(w.fields("Alice <alice@example.com>"), mime.multipart_signed(part, None, signature=signature))
    return w.verify(mail, anchors=[root], expect="GOOD|WARN", signatures="GOOD", lacks=["footer"])


# --- what the signature part must not be ------------------------------------------------------------------
NOT_BELIEVED = dict(expect="WARN|UNKNOWN|BAD|NONE", any_codes=["TYPE_LIES", "PARSE", "SKIPPED", "NOT_SIGNED"])
add_signature_part("C-MIME-5 C-MIME-11", "a second part that a reader would be shown as HTML", NOT_BELIEVED, content_type="text/html",
                   encoding="binary")
add_signature_part("C-MIME-5 C-MIME-11", "a second part that a reader would be shown as text", NOT_BELIEVED, content_type="text/plain")
add_signature_part("C-MIME-5 C-MIME-11", "a second part that is an image", NOT_BELIEVED, content_type="image/png", name="logo.png")
add_signature_part("C-MIME-5", "a protocol of another kind than the signature", NOT_BELIEVED, protocol="application/pgp-signature")


@case("C-MIME-2", "a signature of OpenPGP is not ours to judge, and that is told")
def _(w):
    _, root = alice_and_root(w)
    armour = b"-----BEGIN PGP SIGNATURE-----\r\n\r\niQEzBAABCAAdFiEE\r\n-----END PGP SIGNATURE-----\r\n"
    signature = mime.entity([("Content-Type", "application/pgp-signature")], armour)
    body = mime.multipart_signed(mime.text(), None, signature=signature, protocol="application/pgp-signature", micalg="pgp-sha256")
    mail = mime.message(w.fields("Alice <alice@example.com>"), body)
    return w.verify(mail, anchors=[root], codes=["SKIPPED"], **NOT_SIGNED)


@case("C-MIME-2 C-CO-2", "plain mail of every kind is not signed")
def _(w):
    _, root = alice_and_root(w)
    bodies = [mime.text(), mime.multipart([mime.text(), mime.text("<p>Hi</p>")], "alternative"), mime.entity([], b"Hello\r\n"),
              mime.entity([("Content-Type", "multipart/mixed")], b"Hello\r\n"), mime.entity([("Content-Type", "")], b"Hello\r\n"),
              mime.entity([("Content-Type", "nonsense")], b"Hello\r\n"), mime.rfc822(b"From: a@b.example\r\n\r\nHi\r\n")]
    return [w.verify(mime.message(w.fields("Alice <alice@example.com>"), one), anchors=[root], codes=["NOT_SIGNED"], **NOT_SIGNED)
            for one in bodies]


# --- micalg -----------------------------------------------------------------------------------------------

def add_micalg(title, micalg, digest="sha256", told=False, weak=False):
    codes = (["MICALG_MISMATCH"] if told else []) + (["WEAK_ALG"] if weak else [])
    verdict = "WEAK" if weak else "WARN" if told else "GOOD"

    @case("C-MIME-6", f"micalg: {title}", keys="rsa2048")
    def _(w):
        alice, root = alice_and_root(w)
        mail = w.signed_mail(alice, digest=digest, mime_options=dict(micalg=micalg))
        return w.verify(mail, anchors=[root], expect=verdict, only_codes=codes, signed="whole", signatures="GOOD", addresses="match")


add_micalg("absent", None)
for _spelling in ("sha-256", "sha256", "SHA-256", "Sha256", '"sha-256"', "rsa-sha256", "sha-1,sha-256", '"sha-256, sha-512"'):
    add_micalg(f"{_spelling} for SHA-256", _spelling)
for _digest, _spelling in (("sha384", "sha-384"), ("sha384", "SHA384"), ("sha512", "sha-512"), ("sha512", "sha512")):
    add_micalg(f"{_spelling} for {_digest.upper()}", _spelling, _digest)
for _spelling in ("md5", "rsa-md5", "MD5"):
    add_micalg(f"{_spelling} for MD5", _spelling, "md5", weak=True)
for _spelling in ("sha1", "sha-1", "rsa-sha1", "SHA-1"):
    add_micalg(f"{_spelling} for SHA-1", _spelling, "sha1", weak=True)
add_micalg("another one than was used", "sha-1", told=True)
add_micalg("md5 where SHA-256 was used", "md5", told=True)
add_micalg("one that nobody knows", "blake9", told=True)
add_micalg("unknown, as careless senders write", "unknown", told=True)
add_micalg("sha-256 does not lend its strength to MD5", "sha-256", "md5", told=True, weak=True)


@case("C-MIME-6", "a wrong micalg makes no bad signature right")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, alter=lambda part: part + b"PS\r\n", mime_options=dict(micalg="sha-1"))
    return w.verify(mail, anchors=[root], expect="BAD", codes=["DIGEST_MISMATCH", "MICALG_MISMATCH"], signatures="BAD")


# --- headers as they come (MESSAGES 12) -------------------------------------------------------------------

def add_header(title, change):
    @case("C-MIME-1 C-MIME-2", title)
    def _(w):
        alice, root = alice_and_root(w)
        return [w.verify(change(w.signed_mail(alice, form=form)), anchors=[root], **GOOD) for form in ("detached", "opaque")]


add_header("no MIME-Version", lambda mail: mail.replace(b"MIME-Version: 1.0\r\n", b""))
add_header("a MIME-Version with a comment", lambda mail: mail.replace(b"MIME-Version: 1.0", b"mime-version: 1.0 (made by hand)"))
add_header("raw octets beyond ASCII in header fields", lambda mail: mail.replace(b"Subject: A test", b"Subject: Gr\xfc\xdfe\r\nX-Raw: \xff\xfe\x80"))
add_header("UTF-8 in header fields", lambda mail: mail.replace(b"Subject: A test", "Subject: Gr\u00fc\u00dfe".encode()))
add_header("field names in capitals", lambda mail: mail.replace(b"From:", b"FROM:").replace(b"Content-Type: ", b"CONTENT-TYPE: ", 1))
add_header("no blank behind the colon", lambda mail: mail.replace(b"From: ", b"From:").replace(b"Content-Type: ", b"Content-Type:", 1))
add_header("a hundred Received fields in front", lambda mail: b"Received: from a by b;\r\n Mon, 01 Jun 2026\r\n" * 100 + mail)
add_header("the line that mbox files put in front", lambda mail: b"From alice@example.com Mon Jun  1 11:00:00 2026\r\n" + mail)
add_header("a very long field", lambda mail: b"X-Long: " + b"x" * 200000 + b"\r\n" + mail)


@case("C-MIME-2", "no charset, or one that nobody knows, in the signed part")
def _(w):
    alice, root = alice_and_root(w)
    parts = [mime.entity([("Content-Type", "text/plain")], b"Gr\xfc\xdfe\r\n"),
             mime.entity([("Content-Type", "text/plain; charset=x-klingon")], b"Hello\r\n"), mime.entity([], b"Hello\r\n")]
    return [w.verify(w.signed_mail(alice, part=one), anchors=[root], **GOOD) for one in parts]


# --- structures that two readers read in two ways ---------------------------------------------------------
AMBIGUOUS = dict(expect="WARN|UNKNOWN|BAD|NONE")


@case("C-MIME-11", "two Content-Type fields: what is shown depends on who reads, so it is not simply good")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice)
    other = b"Content-Type: text/html\r\n"
    before = mail.replace(b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\n" + other)
    head, body = mail.split(b"\r\n\r\n", 1)
    return [w.verify(one, anchors=[root], **AMBIGUOUS) for one in (before, head + b"\r\n" + other + b"\r\n" + body)]


@case("C-MIME-11", "two boundary parameters: what is shown depends on who reads, so it is not simply good")
def _(w):
    alice, root = alice_and_root(w)
    runs = []
    for first, second in ((mime.BOUNDARY, "other"), ("other", mime.BOUNDARY)):
        evil = b"--other\r\nContent-Type: text/plain\r\n\r\nYou owe me 100 EUR.\r\n--other--\r\n"
        mail = w.signed_mail(alice, mime_options=dict(
            content_type=f'multipart/signed; {PROTOCOL}; boundary="{first}"; boundary="{second}"', preamble=evil))
        runs.append(w.verify(mail, anchors=[root], **AMBIGUOUS))
    return runs
