# SPDX-License-Identifier: Apache-2.0
"""Compressed data inside and outside of signatures (RFC 8551, 3.6; RFC 3274): opened wherever it stands."""

import zlib

from pki import cms, der, keys, mime, oids
from runner import case

WHOLE = dict(expect="GOOD", codes=["ANSWER"], only_codes=[], signed="whole", signatures="GOOD", addresses="match")
TEXT = mime.text("Hello, hello, hello.\r\n" * 20)
EVIL = mime.entity([("Content-Type", "text/html")], b"<p>Please pay Mallory.</p>\r\n")


def people(w, *names):
    root = w.root()
    return [root] + [w.end_entity(name, root) for name in names or ("Alice",)]


def squeezed(entity, fields=(), encoding="base64", **options):
    """An application/pkcs7-mime entity with compressed data."""
    return mime.opaque(cms.compressed_data(entity, **options), smime_type="compressed-data", name="smime.p7z",
                       encoding=encoding, fields=fields)


def clear(w, signer, part=TEXT, boundary="signed"):
    return mime.multipart_signed(part, w.signature(mime.canonical(part), signer), boundary=boundary)


def opaque(w, signer, part=TEXT, **options):
    return mime.opaque(w.signature(part, signer, detached=False, **options), encoding="binary")


def mail(w, entity, from_="Alice <alice@example.com>", **more):
    return mime.message(w.fields(from_, **more), entity)


def add(ids, title, build, wanted=WHOLE, **more):
    """`build(w, alice)` gives the entity of a message that says it is from Alice."""
    @case(ids, title)
    def _(w):
        root, alice = people(w)
        return w.verify(mail(w, build(w, alice)), anchors=[root], **{**wanted, **more})


# --- outside of the signature: as if it was not there -----------------------------------------------------------
add("C-ENV-10", "a clear-signed message in compressed data", lambda w, alice: squeezed(clear(w, alice)), parts="1.1")
add("C-ENV-10", "an opaque-signed message in compressed data", lambda w, alice: squeezed(opaque(w, alice)), parts="1.1")
add("C-ENV-10", "compressed data sent as octet-stream with the name smime.p7z",
    lambda w, alice: mime.octet_stream(cms.compressed_data(clear(w, alice)), name="smime.p7z"))
add("C-ENV-10", "compressed data without smime-type", lambda w, alice: mime.opaque(
    cms.compressed_data(clear(w, alice)), smime_type=None))
add("C-ENV-10", "compressed data in compressed data", lambda w, alice: squeezed(squeezed(squeezed(clear(w, alice)))))
add("C-ENV-10", "signed data that is the compressed content itself, without MIME between",
    lambda w, alice: squeezed(cms.inside(w.signature(TEXT, alice, detached=False)), content_type="signedData"))
add("C-ENV-10", "compressed data that is the compressed content itself",
    lambda w, alice: squeezed(cms.inside(cms.compressed_data(clear(w, alice))), content_type="compressedData"))
add("C-ENV-10", "nothing is signed in compressed data", lambda w, alice: squeezed(TEXT), expect="NONE",
    codes=["ANSWER", "NOT_SIGNED"], only_codes=[], signed="none", signatures="", addresses="")
add("C-ENV-10", "compressed data of nothing at all", lambda w, alice: squeezed(b""), expect="NONE",
    codes=["ANSWER", "NOT_SIGNED"], only_codes=[], signed="none", signatures="", addresses="")
add("C-ENV-10 C-MIME-11", "an unsigned text beside the signed one, both compressed together",
    lambda w, alice: squeezed(mime.multipart([EVIL, clear(w, alice)])), expect="UNKNOWN", codes=["PARTLY_SIGNED", "ANSWER"],
    only_codes=["PARTLY_SIGNED"], signed="part", parts="1.2.1")
add("C-ENV-10 C-MIME-11", "an unsigned text beside a compressed part that is signed inside",
    lambda w, alice: mime.multipart([EVIL, squeezed(clear(w, alice))]), expect="UNKNOWN", codes=["PARTLY_SIGNED", "ANSWER"],
    only_codes=["PARTLY_SIGNED"], signed="part", parts="2.1")


# --- inside of the signature: what was signed is the compressed data --------------------------------------------
add("C-ENV-10", "compressed data, clear-signed", lambda w, alice: clear(w, alice, squeezed(TEXT)), parts="1")
add("C-ENV-10", "compressed data, opaque-signed", lambda w, alice: opaque(w, alice, squeezed(TEXT, encoding="binary")), parts="1")
add("C-ENV-10", "compressed data as the signed content itself, without MIME between",
    lambda w, alice: opaque(w, alice, cms.inside(cms.compressed_data(TEXT)), content_type="compressedData"), parts="1")
add("C-ENV-10", "signed, compressed, signed again: each layer is reported",
    lambda w, alice: clear(w, alice, squeezed(clear(w, alice, boundary="inner"))), signatures="GOOD GOOD",
    addresses="match match", parts="1 1.1")
add("C-ENV-10", "signed, compressed, signed again: opaque in opaque",
    lambda w, alice: opaque(w, alice, squeezed(opaque(w, alice))), signatures="GOOD GOOD", addresses="match match")


@case("C-ENV-10", "changed after it was compressed and signed")
def _(w):
    root, alice = people(w)
    part = squeezed(TEXT)
    changed = mime.multipart_signed(squeezed(EVIL), w.signature(mime.canonical(part), alice))
    return w.verify(mail(w, changed), anchors=[root], expect="BAD", codes=["DIGEST_MISMATCH"], signatures="BAD")


@case("C-ENV-10", "the sender of a compressed message is held against its signer")
def _(w):
    root, alice, mallory = people(w, "Alice", "Mallory")
    return [w.verify(mail(w, squeezed(clear(w, mallory))), anchors=[root], expect="BAD", codes=["ADDR_MISMATCH"],
                     addresses="mismatch"),
            w.verify(mail(w, clear(w, mallory, squeezed(TEXT))), anchors=[root], expect="BAD", codes=["ADDR_MISMATCH"],
                     addresses="mismatch")]


@case("C-ENV-10 C-MIME-10", "header fields that were compressed and signed are held against those outside")
def _(w):
    root, alice = people(w)
    inner = mime.rfc822(mime.message(w.fields("Mallory <mallory@example.com>", Subject="Pay"), TEXT))
    options = dict(anchors=[root], expect="WARN", codes=["HEADER_DIFFERS", "ANSWER"], signed="whole", signatures="GOOD")
    return [w.verify(mail(w, clear(w, alice, squeezed(inner)), Subject="Greetings"), **options),
            w.verify(mail(w, opaque(w, alice, squeezed(inner)), Subject="Greetings"), **options),
            w.verify(mail(w, opaque(w, alice, squeezed(squeezed(inner))), Subject="Greetings"), **options)]


@case("C-ENV-10", "a message forwarded, compressed: its own sender counts for its signature")
def _(w):
    root, alice, bob = people(w, "Alice", "Bob")
    forwarded = mime.rfc822(mail(w, squeezed(clear(w, bob)), "Bob <bob@example.com>"))
    return w.verify(mail(w, clear(w, alice, mime.multipart([TEXT, forwarded], boundary="mixed"), "outer")), anchors=[root],
                    expect="GOOD", signed="whole", signatures="GOOD GOOD", addresses="match match")


@case("C-ENV-10", "a signature over what is compressed and then encrypted says nothing of who wrote it")
def _(w):
    root, alice = people(w)
    recipient = w.end_entity("Bob", root, key="rsa2048-01")
    cipher = mime.opaque(cms.enveloped_data(recipient), smime_type="enveloped-data")
    return [w.verify(mail(w, clear(w, alice, squeezed(cipher))), anchors=[root], expect="WARN", codes=["ENCRYPTED", "ANSWER"],
                     signatures="GOOD"),
            w.verify(mail(w, squeezed(cipher)), anchors=[root], expect="NONE", codes=["ENCRYPTED", "ANSWER"], signed="none"),
            w.verify(mail(w, squeezed(cms.inside(cms.enveloped_data(recipient)), content_type="envelopedData")), anchors=[root],
                     expect="NONE", codes=["ENCRYPTED", "ANSWER"], signed="none")]


# --- bare objects -----------------------------------------------------------------------------------------------

@case("C-ENV-10", "a bare compressed object: a mail, an entity, a signed object, as DER, BER, PEM and base64")
def _(w):
    root, alice = people(w)
    whole = mail(w, clear(w, alice))
    wraps = {"message.p7z": lambda octets: octets, "message.pem": lambda octets: keys.pem("CMS", octets),
             "message.b64": lambda octets: mime.base64_lines(octets)}
    runs = [w.verify(wrap(cms.compressed_data(whole, ber=ber)), name=name, anchors=[root], **WHOLE)
            for name, wrap in wraps.items() for ber in (False, True, "long")]
    signed = w.signature(TEXT, alice, detached=False)
    email = {**WHOLE, "options": ["--email", "alice@example.com"]}
    runs += [w.verify(cms.compressed_data(one), name="message.p7z", anchors=[root], **email)
             for one in (signed, keys.pem("PKCS7", signed), clear(w, alice), cms.compressed_data(signed))]
    runs.append(w.verify(cms.compressed_data(cms.inside(signed), "signedData"), name="message.p7z", anchors=[root], **email))
    return runs


@case("C-ENV-10", "a detached signature, compressed, with its content given")
def _(w):
    root, alice = people(w)
    return w.verify(cms.compressed_data(w.signature(TEXT, alice)), name="message.p7z", anchors=[root], content=TEXT,
                    **{**WHOLE, "options": ["--email", "alice@example.com"]})


# --- BER --------------------------------------------------------------------------------------------------------
for form in (True, "long"):
    for size in (1, 7, 1000):
        add("C-ENV-10 C-SD-1", f"BER, {'over-long' if form == 'long' else 'indefinite'} lengths, segments of {size}",
            lambda w, alice, form=form, size=size: squeezed(clear(w, alice), ber=form, segment=size))
for level in (0, 1, 9):
    add("C-ENV-10", f"compressed at level {level}", lambda w, alice, level=level: squeezed(clear(w, alice), level=level))


# --- what cannot be opened may hold anything, so it is never good -----------------------------------------------
def broken(title, expect, code, rule, **options):
    """Outside of a good signature and inside of one."""
    @case("C-ENV-10", f"compressed data that {title}: told, and never good")
    def _(w):
        root, alice = people(w)
        def entity(octets):
            return mime.opaque(cms.compressed_data(octets, **options) if "stream" not in options else cms.compressed_data(
                None, **{**options, "stream": options["stream"](zlib.compress(octets))}), smime_type="compressed-data")
        wanted = dict(anchors=[root], expect=expect, codes=[code], contains=[rule])
        return [w.verify(mail(w, entity(clear(w, alice))), signed="none", **wanted),
                w.verify(mail(w, clear(w, alice, entity(TEXT))), signatures="GOOD", **wanted),
                w.verify(cms.compressed_data(mail(w, entity(clear(w, alice)))), name="message.p7z", **wanted)]


def dictionary(_):
    squeezer = zlib.compressobj(zdict=b"Hello, hello")
    return squeezer.compress(TEXT) + squeezer.flush()


broken("lacks its end", "BAD", "PARSE", "the end of the compressed content", stream=lambda z: z[:-5])
broken("lacks half of its checksum", "BAD", "PARSE", "the end of the compressed content", stream=lambda z: z[:-2])
broken("has another checksum", "BAD", "PARSE", "what its checksum says", stream=lambda z: z[:-4] + bytes(4))
broken("is damaged", "BAD", "PARSE", "is damaged", stream=lambda z: z[:2] + b"\x07" + z[3:])
broken("is followed by octets", "BAD", "PARSE", "octets follow the end of the compressed content", stream=lambda z: z + b"\n")
broken("is followed by a second stream", "BAD", "PARSE", "octets follow the end of the compressed content", stream=lambda z: z + z)
broken("is raw deflate data", "BAD", "PARSE", "does not begin as zlib data does", stream=lambda z: z[2:-4])
broken("is gzip data", "BAD", "PARSE", "does not begin as zlib data does", stream=lambda z: b"\x1f\x8b\x08" + bytes(7) + z[2:-4])
broken("is empty", "BAD", "PARSE", "the end of the compressed content", stream=lambda z: b"")
broken("needs a preset dictionary", "BAD", "PARSE", "preset dictionary", stream=dictionary)
broken("has version 1", "UNKNOWN", "ALG_UNSUPPORTED", "in version 1 of the format", version=1)
broken("is compressed by another algorithm", "UNKNOWN", "ALG_UNSUPPORTED", "is compressed by",
       algorithm=der.sequence(der.oid(oids.PRIVATE_ALGORITHM)))


@case("C-ENV-10", "compressed data without content, or that is none: told, and never good")
def _(w):
    root, alice = people(w)
    objects = {"has no content": cms.compressed_data(None),
               "cannot be read": cms.content_info("compressedData", der.sequence(der.integer(0))),
               "cannot be read: ": cms.content_info("compressedData", None),
               "cannot be read: at": cms.content_info("compressedData", der.octet_string(b"x"))}
    return [w.verify(mail(w, mime.opaque(octets, smime_type="compressed-data")), anchors=[root], expect="BAD", codes=["PARSE"],
                     contains=[words]) for words, octets in objects.items()]


@case("C-ENV-10", "an algorithm identifier with parameters, NULL or others, is read all the same")
def _(w):
    root, alice = people(w)
    return [w.verify(mail(w, squeezed(clear(w, alice), algorithm=der.sequence(der.oid(oids.ZLIB), parameters))), anchors=[root], **WHOLE)
            for parameters in (der.null(), der.integer(9))]


@case("C-ENV-10 C-MIME-5", "octets behind the compressed object are told; a declared type that lies is told")
def _(w):
    root, alice = people(w)
    octets = cms.compressed_data(clear(w, alice))
    return [w.verify(mail(w, mime.opaque(octets + b"junk", smime_type="compressed-data")), anchors=[root], expect="GOOD",
                     codes=["NONCONFORMING"]),
            w.verify(mail(w, mime.opaque(octets, smime_type="signed-data")), anchors=[root], expect="WARN", codes=["TYPE_LIES"])]


@case("C-ENV-10", "compressed data where the signature of a clear-signed message should be is no signature")
def _(w):
    root, alice = people(w)
    signature = w.signature(mime.canonical(TEXT), alice)
    return w.verify(mail(w, mime.multipart_signed(TEXT, cms.compressed_data(signature))), anchors=[root], expect="BAD", codes=["PARSE"],
                    signed="none")


# --- work -------------------------------------------------------------------------------------------------------

@case("C-ENV-10 E-9", "what comes out is bounded by the memory that a verdict may take")
def _(w):
    root, alice = people(w)
    part = mime.text("x" * 1000000)
    return [w.verify(mail(w, squeezed(clear(w, alice, part))), anchors=[root], options=["--budget", "memory=900000"], expect="UNKNOWN",
                     codes=["LIMIT"], contains=["brings what came out of the message to more than 900000 octets"]),
            w.verify(mail(w, clear(w, alice, squeezed(part))), anchors=[root], options=["--budget", "memory=900000"], expect="UNKNOWN",
                     codes=["LIMIT"]),
            w.verify(mail(w, squeezed(clear(w, alice, part))), anchors=[root], **WHOLE)]


@case("C-ENV-10 E-9", "a hundred layers of compression are too deep")
def _(w):
    root, alice = people(w)
    entity, nested = clear(w, alice), cms.compressed_data(mail(w, clear(w, alice)))
    direct = cms.compressed_data(clear(w, alice))
    for _ in range(100):
        entity, nested = squeezed(entity, encoding="binary"), cms.compressed_data(nested)
        direct = cms.compressed_data(cms.inside(direct), "compressedData")
    wanted = dict(anchors=[root], expect="UNKNOWN", codes=["LIMIT"], signed="none")
    return [w.verify(mail(w, entity), **wanted), w.verify(nested, name="message.p7z", **wanted),
            w.verify(direct, name="message.p7z", **wanted),
            w.verify(mail(w, mime.opaque(direct, smime_type="compressed-data")), **wanted)]


# --- show -------------------------------------------------------------------------------------------------------

@case("C-ENV-10", "show: what it is, by which algorithm, how large it was and is, and what is inside")
def _(w):
    root, alice = people(w)
    octets = cms.compressed_data(TEXT, ber=True)
    sizes = ["id-ct-compressedData", "id-alg-zlibCompress", f"{len(zlib.compress(TEXT))}", f"{len(TEXT)}"]
    return [w.show(octets, name="message.p7z", contains=[*sizes, "done", "text", "plain"]),
            w.show(octets, name="message.p7z", json=True, contains=[
                f'"uncompressed_octets":{len(TEXT)}', '"uncompressed":"done"', '"inside":{"type":"message"']),
            w.show(mail(w, clear(w, alice, squeezed(TEXT))), name="message.eml", json=True, contains=[
                f'"uncompressed_octets":{len(TEXT)}', '"media_subtype":"plain"']),
            w.show(mail(w, squeezed(opaque(w, alice))), name="message.eml", json=True, contains=[
                '"inside":{"type":"message"', '"certificate_objects"', '"signers"']),
            w.show(cms.compressed_data(cms.inside(w.signature(TEXT, alice)), "signedData"), name="message.p7z", json=True,
                   contains=['"certificate_objects"', '"signers"']),
            w.show(cms.compressed_data(w.signature(TEXT, alice)), name="message.p7z", json=True, contains=['"signers"']),
            w.show(cms.compressed_data(b"\x00\x01 no mail"), name="message.p7z", json=True, contains=['"inside":{}'])]


@case("C-ENV-10", "show: what cannot be opened, and why; compressed without end")
def _(w):
    stream = zlib.compress(TEXT)
    nested = TEXT
    for _ in range(200):
        nested = cms.compressed_data(nested)
    closed = {"checksum": dict(stream=stream[:-4] + bytes(4)), "truncated": dict(stream=stream[:-5]), "version": dict(version=3),
              "algorithm": dict(algorithm=der.sequence(der.oid(oids.PRIVATE_ALGORITHM))), "trailing octets": dict(stream=stream + b"x"),
              "header": dict(stream=b"PK" + stream), "no content": {}}
    runs = [w.show(cms.compressed_data(None if word == "no content" else TEXT, **options), name="message.p7z", json=True, exit=2,
                   contains=[f'"uncompressed":"{word}"'], lacks=['"inside"']) for word, options in closed.items()]
    runs.append(w.show(cms.content_info("compressedData", der.sequence(der.integer(0))), name="message.p7z", exit=2,
                       contains=["compressionAlgorithm"]))
    return runs + [w.show(nested, name="message.p7z", json=True, contains=['"inside":{"type":"CMS object"'])]
