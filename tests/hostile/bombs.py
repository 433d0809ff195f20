# SPDX-License-Identifier: Apache-2.0
"""Compressed data that grows: by a thousand, layer by layer, or in a great number of parts."""

import functools
import zlib

from hostile.forge import Forge, Holder, size
from pki import cms, mime
from runner import case

MEGABYTE = 1 << 20


def people():
    f, root = Forge(), Holder("Root", 1)
    return f.root(root), f.person(root)


def verify(w, message, anchors, *, memory=256, **options):
    run = w.verify(message, anchors=anchors, crls="off", **options)
    run.memory = memory
    return run


def mail(w, entity):
    return mime.message(w.fields("Alice <alice@example.com>"), entity)


@functools.cache
def bomb(octets, start=b""):
    """zlib data of so many octets, made piece by piece."""
    squeezer = zlib.compressobj(9)
    made, piece = squeezer.compress(start), b"x" * MEGABYTE
    for _ in range(octets // MEGABYTE):
        made += squeezer.compress(piece)
    return made + squeezer.flush()


def part(stream, **options):
    return mime.opaque(cms.compressed_data(None, stream=stream, **options), smime_type="compressed-data", encoding="binary")


def squeezed(entity):
    return mime.opaque(cms.compressed_data(entity, level=9), smime_type="compressed-data", encoding="binary")


LIMIT = dict(expect="UNKNOWN", codes=["LIMIT"])


@case("C-ENV-10 E-9", "a megabyte that is more than a gigabyte: a limit, and none of the memory is taken")
def _(w):
    root, alice = people()
    stream = bomb(1100 * MEGABYTE)
    part_of_it = mime.multipart_signed(part(stream), w.signature(mime.canonical(part(stream)), alice))
    return [verify(w, mail(w, part(stream)), [root], signed="none", **LIMIT),
            verify(w, cms.compressed_data(None, stream=stream, ber=True, segment=16), [root], name="message.p7z", signed="none", **LIMIT),
            verify(w, mail(w, mime.multipart_signed(mime.text(), w.signature(mime.canonical(mime.text()), alice))), [root], expect="WARN"),
            verify(w, mail(w, part_of_it), [root], expect="UNKNOWN|BAD", codes=["LIMIT"])]


@case("C-ENV-10 E-9", "a few kilobytes that are a megabyte that is more than a gigabyte")
def _(w):
    root, _ = people()
    inner = part(bomb(1100 * MEGABYTE))
    return [verify(w, mail(w, squeezed(inner)), [root], **LIMIT), verify(w, mail(w, squeezed(squeezed(inner))), [root], **LIMIT),
            verify(w, cms.compressed_data(cms.compressed_data(inner)), [root], name="message.p7z", **LIMIT)]


@case("C-ENV-10 E-9", "what comes out of many parts is counted together")
def _(w):
    root, _ = people()
    one = part(bomb(20 * MEGABYTE, b"Content-Type: text/plain\r\n\r\n"))
    many = mail(w, mime.multipart([one] * 30))
    return [verify(w, many, [root], options=["--budget", f"memory={100 * MEGABYTE}"], **LIMIT),
            verify(w, mail(w, mime.multipart([one] * 3)), [root], options=["--budget", f"memory={100 * MEGABYTE}"], expect="NONE")]


@case("C-ENV-10 E-9", "a message that holds itself: each layer inflates to a larger one of its kind")
def _(w):
    root, _ = people()
    entity = mime.text()
    for level in range(90):
        entity = squeezed(mime.multipart([entity, mime.text("x" * 100000)], boundary=f"b{level}"))
    return verify(w, mail(w, entity), [root], expect="NONE|UNKNOWN")


@case("C-ENV-10 E-9", "a megabyte of empty blocks, of segments of one octet, of parts that are compressed nothing")
def _(w):
    root, _ = people()
    empty = zlib.compress(b"")
    blocks = b"\x78\x01" + b"\x00\x00\x00\xff\xff" * size(200000, sanitized=20000) + b"\x01\x00\x00\xff\xff" + b"\x00\x00\x00\x01"
    segments = zlib.compress(bytes(range(256)) * size(1000, sanitized=100), 0)
    number = size(30000, sanitized=3000)
    return [verify(w, mail(w, part(blocks)), [root], expect="NONE"),
            verify(w, mail(w, part(segments, ber=True, segment=1)), [root], expect="NONE"),
            verify(w, mail(w, mime.multipart([part(empty)] * number)), [root], expect="NONE", memory=512)]


@case("C-ENV-10 E-9", "what is shown is bounded, too")
def _(w):
    shown = w.show(mail(w, squeezed(part(bomb(1100 * MEGABYTE)))), name="message.eml", exit=2, contains=["too large"])
    shown.memory = 256
    return shown
