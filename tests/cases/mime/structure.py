# SPDX-License-Identifier: Apache-2.0
"""What a signature covers of what a reader is shown: parts, layers, forwards, lists (RFC 8551, 3.5 to 3.7)."""

from pki import cms, mime
from runner import case

WHOLE = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
PART = dict(expect="UNKNOWN", codes=["PARTLY_SIGNED"], signed="part", signatures="GOOD", addresses="match",
            json={"signers.0.verdict": "GOOD"})
FOOTER = mime.text("_______\r\nmailing list footer\r\n")
EVIL = mime.entity([("Content-Type", "text/html")], b"<p>Please pay Mallory.</p>\r\n")


def people(w, *names):
    root = w.root()
    return [root] + [w.end_entity(name, root) for name in names or ("Alice",)]


def clear(w, signer, part=None, boundary="signed", **options):
    """A multipart/signed entity."""
    part = part or mime.text()
    return mime.multipart_signed(part, w.signature(mime.canonical(part), signer), boundary=boundary, **options)


def opaque(w, signer, part=None, fields=(), **options):
    """An application/pkcs7-mime entity with signed data."""
    return mime.opaque(w.signature(part or mime.text(), signer, detached=False), encoding="binary", fields=fields, **options)


def mail(w, entity, from_="Alice <alice@example.com>", **more):
    return mime.message(w.fields(from_, **more), entity)


def add(ids, title, build, wanted=PART, **more):
    """`build(w, alice)` gives the entity of a message that says it is from Alice."""
    @case(ids, title)
    def _(w):
        root, alice = people(w)
        return w.verify(mail(w, build(w, alice)), anchors=[root], **{**wanted, **more})


# --- parts beside the signed one --------------------------------------------------------------------------
add("C-MIME-11", "a list's footer behind the signed part", lambda w, alice: mime.multipart([clear(w, alice), FOOTER]), parts="1.1")
add("C-MIME-11", "an unsigned text before the signed part", lambda w, alice: mime.multipart([EVIL, clear(w, alice)]), parts="2.1")
add("C-MIME-11", "unsigned text on both sides", lambda w, alice: mime.multipart([EVIL, clear(w, alice), EVIL]), parts="2.1")
add("C-MIME-11", "an unsigned alternative to the signed part",
    lambda w, alice: mime.multipart([clear(w, alice), EVIL], "alternative"), parts="1.1")
add("C-MIME-11", "a signed alternative to an unsigned part",
    lambda w, alice: mime.multipart([EVIL, clear(w, alice)], "alternative"), parts="2.1")
add("C-MIME-11", "an HTML page that shows the signed part by its Content-ID",
    lambda w, alice: mime.multipart([mime.entity([("Content-Type", "text/html")], b'<p>Pay! <img src="cid:x@y"></p>'),
                                     clear(w, alice, fields=[("Content-ID", "<x@y>")])], "related"), parts="2.1")
add("C-MIME-11", "an opaque signature behind an HTML page that refers to it",
    lambda w, alice: mime.multipart([mime.entity([("Content-Type", "text/html")], b'<iframe src="cid:x@y">'),
                                     opaque(w, alice, fields=[("Content-ID", "<x@y>")])], "related"), parts="2")
add("C-MIME-11", "an unsigned text with an opaque signature attached to it",
    lambda w, alice: mime.multipart([EVIL, opaque(w, alice)]), parts="2")
add("C-MIME-11 C-MIME-3", "an unsigned text with an opaque signature attached as octet-stream",
    lambda w, alice: mime.multipart([EVIL, mime.octet_stream(w.signature(mime.text(), alice, detached=False))]), parts="2")
add("C-MIME-11", "the signed part deep among unsigned ones",
    lambda w, alice: mime.multipart([mime.multipart([EVIL, mime.multipart([EVIL, clear(w, alice)], boundary="c")], boundary="b"),
                                     EVIL], boundary="a"), parts="1.2.2.1")
add("C-MIME-11", "two signed parts are two signatures and not one",
    lambda w, alice: mime.multipart([clear(w, alice), clear(w, alice, mime.text("More\r\n"), "two")]), signatures="GOOD GOOD",
    addresses="match match", parts="1.1 2.1")
add("C-MIME-11", "an empty unsigned part is a part", lambda w, alice: mime.multipart([clear(w, alice), mime.text("")]), parts="1.1")
add("C-MIME-11", "an unsigned wrapper around nothing but the signed part",
    lambda w, alice: mime.multipart([clear(w, alice)]), expect="GOOD|UNKNOWN", codes=[], signed=None, parts="1.1")


@case("C-MIME-11", "a bad signature on a part is bad, whatever stands beside it")
def _(w):
    root, alice = people(w)
    signed = clear(w, alice).replace(b"this is signed", b"this was signed")
    return [w.verify(mail(w, mime.multipart([signed, FOOTER])), anchors=[root], expect="BAD",
                     codes=["DIGEST_MISMATCH", "PARTLY_SIGNED"], signatures="BAD", signed="part"),
            w.verify(mail(w, mime.multipart([signed, clear(w, alice, boundary="two")])), anchors=[root], expect="BAD",
                     codes=["DIGEST_MISMATCH"], signatures="BAD GOOD", signed="part")]


@case("C-MIME-11 A-3-12", "text: the person who reads is told that a part only is signed, and which")
def _(w):
    root, alice = people(w)
    return w.verify(mail(w, mime.multipart([EVIL, clear(w, alice)])), anchors=[root], expect="UNKNOWN", reads_json=False,
                    first=["UNKNOWN", "PARTLY_SIGNED"], contains=["2.1"], lacks=["pay mallory"])


# --- multipart/signed of another shape --------------------------------------------------------------------

def signed_of(*parts):
    """A multipart/signed of any number of parts."""
    return mime.multipart(parts, "signed", "odd", '; protocol="application/pkcs7-signature"')


def signature(w, alice, part=None):
    return mime.signature_part(w.signature(mime.canonical(part or mime.text()), alice))


NOT_GOOD = dict(expect="BAD|UNKNOWN", signed=None, signatures=None, addresses=None, codes=[], json={})
add("C-MIME-2 C-MIME-11", "a third part behind the signature", lambda w, alice: signed_of(mime.text(), signature(w, alice), EVIL), NOT_GOOD, codes=["PARSE"], signatures="GOOD", signed="part")
add("C-MIME-2 C-MIME-11", "a third part before the signature", lambda w, alice: signed_of(mime.text(), EVIL, signature(w, alice)), NOT_GOOD, codes=["PARSE"])
add("C-MIME-2 C-MIME-11", "an unsigned part first, then the signed one and its signature", lambda w, alice: signed_of(EVIL, mime.text(), signature(w, alice)), NOT_GOOD, codes=["PARSE"])
add("C-MIME-2", "the signature before what it signs", lambda w, alice: signed_of(signature(w, alice), mime.text()), NOT_GOOD, codes=["PARSE"])
add("C-MIME-2", "a signed part without a signature", lambda w, alice: signed_of(mime.text()), NOT_GOOD, codes=["PARSE"])
add("C-MIME-2", "a signature without a signed part", lambda w, alice: signed_of(signature(w, alice)), NOT_GOOD, codes=["PARSE"])
add("C-MIME-2", "no parts at all", lambda w, alice: signed_of(), NOT_GOOD, expect="BAD|UNKNOWN|NONE")
add("C-MIME-2", "an empty signature", lambda w, alice: signed_of(mime.text(), mime.signature_part(b"")), NOT_GOOD, codes=["PARSE"])
add("C-MIME-2", "a signature part that holds an encrypted object", lambda w, alice: signed_of(mime.text(), mime.signature_part(cms.enveloped_data(alice))), NOT_GOOD)
add("C-MIME-2", "a boundary that never comes", lambda w, alice: mime.entity(
    [("Content-Type", 'multipart/signed; protocol="application/pkcs7-signature"; boundary="never"')], b"Hello\r\n"), NOT_GOOD)
add("C-MIME-2", "no boundary parameter", lambda w, alice: mime.entity(
    [("Content-Type", 'multipart/signed; protocol="application/pkcs7-signature"')], b"Hello\r\n"), NOT_GOOD,
    expect="BAD|UNKNOWN|NONE")
add("C-CO-2 C-MIME-2", "a signature part with certificates and no signer", lambda w, alice: signed_of(mime.text(), mime.signature_part(cms.certs_only([alice.cert]))), NOT_GOOD, expect="NONE", codes=["NOT_SIGNED"],
    signed="none")


@case("C-MIME-2 C-SI-5", "content inside the detached signature counts for nothing: what is shown decides")
def _(w):
    root, alice = people(w)
    true, shown = mime.text("I owe you nothing.\r\n"), mime.text("I owe you 100 EUR.\r\n")
    inside = w.signature(true, alice, detached=False)
    return [w.verify(mail(w, mime.multipart_signed(shown, inside)), anchors=[root], expect="BAD", codes=["DIGEST_MISMATCH"],
                     signatures="BAD"),
            w.verify(mail(w, mime.multipart_signed(true, inside)), anchors=[root], expect="GOOD|WARN", codes=["NONCONFORMING"],
                     signatures="GOOD"),
            w.verify(mail(w, mime.multipart_signed(true, inside)), anchors=[root], profile="strict", expect="BAD",
                     codes=["NONCONFORMING"], signatures="GOOD")]


@case("C-MIME-11", "inner and outer multipart with one boundary: no reader could tell them apart")
def _(w):
    root, alice = people(w)
    signed = clear(w, alice, mime.multipart([mime.text(), EVIL], boundary="same"), boundary="same")
    return w.verify(mail(w, signed), anchors=[root], expect="BAD|UNKNOWN")


# --- forwarded messages -----------------------------------------------------------------------------------

def forwarded(w, alice, from_="Alice <alice@example.com>", entity=None):
    """message/rfc822 around a signed message of Alice."""
    return mime.rfc822(mail(w, entity or clear(w, alice), from_, subject="The inner one"))


@case("C-MIME-11", "a signed message forwarded as attachment: compared with its own From, and the rest is unsigned")
def _(w):
    root, alice = people(w)
    body = mime.multipart([mime.text("See below\r\n"), forwarded(w, alice)])
    members = {"signers.0.address.header": ["alice@example.com"], "signers.0.verdict": "GOOD",
               "signers.0.part": lambda part: part.startswith("2.")}
    return w.verify(mail(w, body, "Mallory <mallory@evil.example>"), anchors=[root], expect="UNKNOWN", codes=["PARTLY_SIGNED"],
                    signed="part", signatures="GOOD", addresses="match", json=members)


@case("C-MIME-11", "a forward and nothing but it, also under the name of the inner sender")
def _(w):
    root, alice = people(w)
    return [w.verify(mail(w, forwarded(w, alice), from_), anchors=[root], expect="UNKNOWN", codes=["PARTLY_SIGNED"], signed="part",
                     signatures="GOOD", addresses="match") for from_ in ("Mallory <mallory@evil.example>", "Alice <alice@example.com>")]


@case("C-MIME-11 A-3-11", "an inner From that is not the signer's is a mismatch, whatever the outer one says")
def _(w):
    root, alice = people(w)
    inner = forwarded(w, alice, "Bob <bob@example.com>")
    return w.verify(mail(w, mime.multipart([mime.text(), inner])), anchors=[root], expect="BAD", codes=["ADDR_MISMATCH"],
                    signed="part", signatures="GOOD", addresses="mismatch")


@case("C-MIME-11", "a forward inside a forward, opaque this time")
def _(w):
    root, alice = people(w)
    inner = mime.rfc822(mail(w, forwarded(w, alice, entity=opaque(w, alice)), "Carol <carol@example.com>"))
    return w.verify(mail(w, inner, "Mallory <mallory@evil.example>"), anchors=[root], expect="UNKNOWN", codes=["PARTLY_SIGNED"],
                    signed="part", signatures="GOOD", addresses="match")


@case("C-MIME-11", "a digest of two signed messages: each by its own sender")
def _(w):
    root, alice, bob = people(w, "Alice", "Bob")
    both = [b"\r\n" + mail(w, clear(w, one), f"<{one.emails[0]}>") for one in (alice, bob)]
    body = mime.multipart(both, "digest")
    return w.verify(mail(w, body, "List <list@example.com>"), anchors=[root], expect="UNKNOWN", codes=["PARTLY_SIGNED"],
                    signatures="GOOD GOOD", addresses="match match", signed="part")


# --- layers -----------------------------------------------------------------------------------------------

@case("C-MIME-8", "a list that signs what it passes on, saying that it is the sender")
def _(w):
    root, alice, members = people(w, "Alice", "List")
    outer = clear(w, members, clear(w, alice), "outer")
    return w.verify(mail(w, outer, Sender="list@example.com"), anchors=[root], expect="WARN", only_codes=["SENDER_ONLY"],
                    signed="whole", signatures="GOOD GOOD", addresses="match match", parts="1 1.1")


@case("C-MIME-8", "a list that signs what it passes on and takes over the From")
def _(w):
    root, alice, members = people(w, "Alice", "List")
    outer = clear(w, members, clear(w, alice), "outer")
    return w.verify(mail(w, outer, "Alice via List <list@example.com>"), anchors=[root], expect="GOOD|WARN|BAD", signed="whole",
                    signatures="GOOD GOOD", addresses="match mismatch")


@case("C-MIME-8 C-MIME-11", "a list that adds its footer and signs the whole: the author's signature is on a part")
def _(w):
    root, alice, members = people(w, "Alice", "List")
    outer = clear(w, members, mime.multipart([clear(w, alice), FOOTER], boundary="mixed"), "outer")
    return w.verify(mail(w, outer, Sender="list@example.com"), anchors=[root], expect="WARN|UNKNOWN", codes=["SENDER_ONLY"],
                    signatures="GOOD GOOD", addresses="match match", parts="1 1.1.1")


@case("C-MIME-8 E-33", "a bad signature of the author inside a good one of somebody else never passes as the author's")
def _(w):
    root, alice, mallory = people(w, "Alice", "Mallory")
    broken = clear(w, alice).replace(b"this is signed", b"pay Mallory")
    outer = clear(w, mallory, broken, "outer")
    return [w.verify(mail(w, outer, Sender="mallory@example.com"), anchors=[root], expect="BAD",
                     codes=["DIGEST_MISMATCH", "SENDER_ONLY"], signatures="GOOD BAD"),
            w.verify(mail(w, outer), anchors=[root], expect="BAD", codes=["DIGEST_MISMATCH", "ADDR_MISMATCH"], signatures="GOOD BAD"),
            w.verify(mail(w, outer, "<mallory@example.com>"), anchors=[root], expect="WARN|BAD",
                     codes=["DIGEST_MISMATCH", "SIGNER_MIXED"], signatures="GOOD BAD")]


@case("C-MIME-8", "opaque in opaque: each layer is reported with its part and signer")
def _(w):
    root, alice, bob = people(w, "Alice", "Bob")
    inner = opaque(w, alice)
    both = dict(anchors=[root], signatures="GOOD GOOD", signed="whole")
    return [w.verify(mail(w, opaque(w, alice, inner)), expect="GOOD", only_codes=[], addresses="match match", **both),
            w.verify(mail(w, opaque(w, bob, inner), Sender="bob@example.com"), expect="WARN", codes=["SENDER_ONLY"],
                     addresses="match match", **both),
            w.verify(mail(w, opaque(w, bob, inner)), expect="BAD", codes=["ADDR_MISMATCH"], addresses="mismatch match", **both)]


@case("C-MIME-8", "opaque in clear, clear in opaque")
def _(w):
    root, alice = people(w)
    both = dict(anchors=[root], expect="GOOD", only_codes=[], signatures="GOOD GOOD", addresses="match match", signed="whole")
    base64 = mime.opaque(w.signature(mime.text(), alice, detached=False))
    return [w.verify(mail(w, clear(w, alice, base64)), **both), w.verify(mail(w, opaque(w, alice, clear(w, alice))), **both)]


@case("C-MIME-8", "the inner content of an opaque layer is walked: a part of it signed again, and unsigned beside it")
def _(w):
    root, alice, bob = people(w, "Alice", "Bob")
    inner = mime.multipart([mime.text(), forwarded(w, bob, "Bob <bob@example.com>")])
    return w.verify(mail(w, opaque(w, alice, inner)), anchors=[root], expect="GOOD", signed="whole", signatures="GOOD GOOD",
                    addresses="match match")


@case("C-MIME-8 C-MIME-11", "the signature over a ciphertext says nothing of who wrote what is inside, and that is told")
def _(w):
    root, alice, mallory = people(w, "Alice", "Mallory")
    recipient = w.end_entity("Bob", root, key="rsa2048-01")
    cipher = mime.opaque(cms.enveloped_data(recipient), smime_type="enveloped-data")
    stripped = mail(w, clear(w, mallory, cipher), "<mallory@example.com>")
    return w.verify(stripped, anchors=[root], expect="WARN|UNKNOWN", codes=["ENCRYPTED"], signatures="GOOD", addresses="match")


@case("C-MIME-8", "an encrypted message: nothing can be said before it is decrypted")
def _(w):
    root, alice = people(w)
    recipient = w.end_entity("Bob", root, key="rsa2048-01")
    return w.verify(mail(w, mime.opaque(cms.enveloped_data(recipient), smime_type="enveloped-data")), anchors=[root], expect="NONE",
                    codes=["ENCRYPTED"], signed="none", signatures="")


@case("C-MIME-8", "an unsigned text beside an encrypted part, and an encrypted part beside a signed one")
def _(w):
    root, alice = people(w)
    recipient = w.end_entity("Bob", root, key="rsa2048-01")
    cipher = mime.opaque(cms.enveloped_data(recipient), smime_type="enveloped-data")
    return [w.verify(mail(w, mime.multipart([EVIL, cipher])), anchors=[root], expect="NONE", codes=["ENCRYPTED"], signed="none"),
            w.verify(mail(w, mime.multipart([clear(w, alice), cipher])), anchors=[root], expect="UNKNOWN",
                     codes=["ENCRYPTED", "PARTLY_SIGNED"], signed="part", signatures="GOOD")]


@case("C-MIME-8", "compressed data: looked into, and told; more in compressed.py")
def _(w):
    root, alice = people(w)
    squeezed = mime.opaque(cms.compressed_data(clear(w, alice)), smime_type="compressed-data", name="smime.p7z")
    return w.verify(mail(w, squeezed), anchors=[root], expect="GOOD", codes=["ANSWER"], only_codes=[], signed="whole")


@case("C-MIME-8", "other content types than signed data are named")
def _(w):
    root, alice = people(w)
    runs = []
    for kind in ("data", "digestedData", "1.3.6.1.4.1.32473.5.9"):
        octets = cms.content_info(kind, b"\x04\x05Hello")
        runs.append(w.verify(mail(w, mime.opaque(octets, smime_type=None)), anchors=[root], expect="NONE", codes=["SKIPPED"], signed="none"))
    return runs


# --- depth ------------------------------------------------------------------------------------------------

def nested(depth, inner):
    """`inner` in so many multiparts, built without recursion."""
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return heads + inner + b"".join(b"\r\n--b%d--\r\n" % n for n in reversed(range(depth)))


@case("C-MIME-8 E-9", "thirty multiparts around a signed part are no trouble")
def _(w):
    root, alice = people(w)
    return w.verify(mail(w, nested(30, clear(w, alice))), anchors=[root], **{**PART, "parts": ".".join(["1"] * 31)})


@case("C-MIME-8 E-9", "a thousand multiparts are too many: told, and never good")
def _(w):
    root, alice = people(w)
    return w.verify(mail(w, nested(1000, clear(w, alice))), anchors=[root], expect="UNKNOWN", codes=["LIMIT"])


@case("C-MIME-8 E-9", "ten thousand multiparts, ten thousand forwards")
def _(w):
    root, alice = people(w)
    forwards = b"Content-Type: message/rfc822\r\n\r\n" * 10000
    return [w.verify(mail(w, nested(10000, mime.text())), anchors=[root], expect="UNKNOWN", codes=["LIMIT"]),
            w.verify(mail(w, forwards + mime.text()), anchors=[root], expect="UNKNOWN", codes=["LIMIT"])]


@case("C-MIME-8 E-9", "signatures in signatures: twenty are judged, three hundred are too many")
def _(w):
    root, alice = people(w)
    def layers(count):
        part = mime.text()
        for _ in range(count):
            part = mime.opaque(w.signature(part, alice, detached=False, certs="none"), encoding="binary")
        return mail(w, part)
    return [w.verify(layers(20), certs=[alice], anchors=[root], expect="GOOD", signatures=" ".join(["GOOD"] * 20), signed="whole"),
            w.verify(layers(300), certs=[alice], anchors=[root], expect="UNKNOWN", codes=["LIMIT"])]


@case("C-MIME-8 E-9", "a hundred and fifty thousand parts beside the signed one")
def _(w):
    root, alice = people(w)
    many = mime.multipart([clear(w, alice)] + [b"\r\n"] * 150000)
    return w.verify(mail(w, many), anchors=[root], expect="UNKNOWN", any_codes=["LIMIT", "PARTLY_SIGNED"])
