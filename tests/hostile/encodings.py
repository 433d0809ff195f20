# SPDX-License-Identifier: Apache-2.0
"""Encodings that are deep, endless or lie about their length."""

from hostile.forge import Forge, Holder, size
from pki import cms, der, mime
from runner import case

DEPTH = size(10000, sanitized=2000)


def people():
    f, root = Forge(), Holder("Root", 1)
    return f.root(root), f.person(root)


def verify(w, octets, anchors, *, name="message.p7m", memory=512, **options):
    run = w.verify(octets, name=name, anchors=anchors, crls="off", **options)
    run.memory = memory
    return run


def deep(depth, identifier, indefinite):
    """`depth` constructed values in each other."""
    if indefinite:
        return bytes([identifier, 0x80]) * depth + b"\x00\x00" * depth
    value = b""
    for _ in range(depth):
        value = der.tlv(identifier, value)
    return value


SHAPES = [(identifier, indefinite) for identifier in (0x30, 0x31, 0x24, 0xA0) for indefinite in (True, False)]


@case("E-9", "values nested ten thousand deep, where a message, a certificate or a CRL should stand")
def _(w):
    root, _ = people()
    runs = []
    for identifier, indefinite in SHAPES:
        octets = deep(DEPTH, identifier, indefinite)
        runs.append(verify(w, octets, [root], expect="ERROR|BAD|UNKNOWN|NONE"))
        for name in ("object.der", "object.crt"):
            run = w.show(octets, name=name, exit=None)
            run.memory = 512
            runs.append(run)
    return runs


@case("E-9", "content in segments nested ten thousand deep, and in a hundred thousand segments")
def _(w):
    root, alice = people()
    content = b"Content-Type: text/plain\r\n\r\nHello\r\n"
    nested = bytes([0x24, 0x80]) * DEPTH + der.octet_string(content) + b"\x00\x00" * DEPTH
    empty = der.indefinite(0x24, der.octet_string(b"") * size(100000, sanitized=10000) + der.octet_string(content))
    single = der.indefinite(0x24, b"".join(der.octet_string(bytes([one])) for one in content * 2000))
    info = cms.signer_info(alice, content)
    runs = []
    for raw, expect in ((nested, "ERROR|BAD|UNKNOWN"), (empty, "WARN|UNKNOWN"), (single, "BAD|WARN|UNKNOWN")):
        octets = cms.signed_data([info], content, raw_content=raw, certificates=[alice.cert], ber=True)
        runs.append(verify(w, octets, [root], email="alice@example.com", expect=expect))
    return runs


@case("E-9", "lengths that promise more than there is, up to more than a machine can address")
def _(w):
    root, alice = people()
    whole = w.signature(mime.canonical(mime.text()), alice, detached=False)
    runs = []
    for octets in (b"\x30\x84\xff\xff\xff\xff", b"\x30\x88" + b"\xff" * 8, b"\x30\x89" + b"\xff" * 9, b"\x30\xff" + b"\xff" * 127,
                   whole[:-1], whole[:len(whole) // 2], b"\x30\x80" * 3, b"\x3f" + b"\xff" * 100000 + b"\x01\x00"):
        runs.append(verify(w, octets, [root], expect="ERROR|BAD|UNKNOWN|NONE"))
        runs.append(w.show(octets, exit=None))
    return runs


@case("E-9", "an object identifier, an integer and a string of a megabyte in a certificate's place")
def _(w):
    big = size(1 << 20, sanitized=1 << 18)
    return [w.show(octets, exit=None) for octets in (
        der.tlv(der.OID, b"\xff" * big + b"\x01"), der.tlv(der.INTEGER, b"\x7f" * big),
        der.sequence(der.tlv(der.UTF8, b"\x1b[31m" * (big // 5))), der.sequence(der.tlv(der.BMP, b"\xd8\x00" * (big // 2))))]
