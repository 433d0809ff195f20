#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Encrypted objects for the unit tests of src/cms: enveloped_samples.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms, cms_attributes, der, oids  # noqa: E402
from pki import enveloped as e  # noqa: E402
from pki.times import at  # noqa: E402
from pki.world import World  # noqa: E402

world = World()
root = world.root()
alice = world.end_entity("Alice", root)
bob = world.end_entity("Bob", root)
rosa = world.end_entity("Rosa", root, key="rsa2048-01")
samples = {}


def add(name, octets):
    assert name not in samples, name
    samples[name] = octets


dated = der.generalized_time(at(2026)) + der.sequence(der.oid(oids.PRIVATE_ATTRIBUTE))
transport = e.key_transport(rosa)
kinds = {
    "transport": transport,
    "transport-ski": e.key_transport(rosa, "ski"),
    "agreement": e.key_agreement(e.originator(alice, "key"), e.agreed_key(bob), e.agreed_key(alice, "ski", dated)),
    "agreement-static": e.key_agreement(e.originator(alice), e.agreed_key(bob, "ski"), ukm=b"ukm"),
    "agreement-static-ski": e.key_agreement(e.originator(alice, "ski"), e.agreed_key(bob)),
    "shared-key": e.shared_key(b"key 7"),
    "shared-key-dated": e.shared_key(b"key 7", dated),
    "password": e.password(),
    "password-without-derivation": e.password(None),
    "kem": e.encapsulation(bob),
    "kem-ski-ukm": e.encapsulation(bob, "ski", b"ukm"),
    "other": e.other(),
}
for name, recipient in kinds.items():
    add(name, e.enveloped(recipient))
add("all", e.enveloped(*kinds.values(), version=3))

information = cms.originator_info(
    [alice.cert, root.cert, cms.v1_attribute_certificate(alice.cert), cms.other_certificate()],
    [world.crl(root).der, cms.other_crl()])
add("originator", e.enveloped(transport, version=2, originator_info=information))
add("originator-empty", e.enveloped(transport, version=2, originator_info=der.context(0, b"", constructed=True)))
add("no-recipients", e.enveloped())
add("content-absent", e.enveloped(transport, content=e.encrypted_content(octets=None)))
add("content-empty", e.enveloped(transport, content=e.encrypted_content(octets=b"")))
add("content-signed", e.enveloped(transport, content=e.encrypted_content(kind="signedData")))
segments = b"".join(der.octet_string(b"\xc3" * 20) for _ in range(3))
add("content-segmented", e.enveloped(transport, content=e.encrypted_content(field=der.indefinite(0xA0, segments))))
add("attributes", e.enveloped(transport, version=2, attributes=[cms_attributes.unknown()]))
add("authenticated", e.authenticated(transport))
add("authenticated-attributes", e.authenticated(
    transport, attributes=[cms_attributes.content_type(), cms_attributes.signing_time(at(2026))],
    unprotected=[cms_attributes.unknown()]))
add("ber", der.ber(samples["all"]))
add("ber-long", der.ber(samples["authenticated-attributes"], long_lengths=True))

# --- recipients that cannot be read; the other one still counts

parts = der.children(transport)
broken = {
    "version": der.sequence(der.boolean(True), *parts[1:]),
    "identifier": der.sequence(parts[0], der.octet_string(b"x"), *parts[2:]),
    "algorithm": der.sequence(*parts[:2], der.null(), parts[3]),
    "key-missing": der.sequence(*parts[:3]),
    "more": der.sequence(*parts, der.null()),
    "tag": der.context(9, b"x"),
    "agreement-originator": e.key_agreement(der.null(), e.agreed_key(bob)),
    "agreement-key": e.key_agreement(e.originator(alice), der.null()),
    "agreement-rid": e.key_agreement(e.originator(alice), der.sequence(der.null(), e.ENCRYPTED_KEY)),
    "shared-key": der.implicit(2, der.sequence(der.integer(4), der.null())),
    "password-derivation": der.implicit(3, der.sequence(der.integer(0), der.context(0, der.null(), constructed=True))),
    "kem": e.other("1.2.840.113549.1.9.16.13.3", der.sequence(der.integer(0))),
    "other": der.implicit(4, der.sequence(der.null())),
}
for name, recipient in broken.items():
    add(f"broken-{name}", e.enveloped(recipient, transport))

# --- objects that cannot be read

body = der.children(der.children(der.children(samples["transport"])[1])[0])


def again(*fields):
    return cms.content_info("envelopedData", der.sequence(*fields))


add("bad-empty", again())
add("bad-version", again(der.null(), *body[1:]))
add("bad-recipients", again(body[0], der.sequence(), body[2]))
add("bad-recipient-length", again(body[0], b"\x31\x03\x30\x05\x00", body[2]))
add("bad-content", again(*body[:2], der.null()))
add("bad-content-type", again(*body[:2], der.sequence(der.null())))
add("bad-content-algorithm", again(*body[:2], der.sequence(der.oid(oids.CONTENT["data"]), der.null())))
add("bad-content-field", again(*body[:2], e.encrypted_content(field=der.null())))
add("bad-content-more", again(*body[:2], e.encrypted_content(field=der.context(0, b"x") + der.null())))
add("bad-originator", again(body[0], der.context(0, der.null(), constructed=True), *body[1:]))
add("bad-attributes", again(*body, der.context(1, der.null(), constructed=True)))
add("bad-more", again(*body, der.null()))
add("bad-not-a-sequence", cms.content_info("envelopedData", der.octet_string(b"x")))
add("bad-mac-missing", cms.content_info("authEnvelopedData", der.sequence(*body)))
add("bad-mac", cms.content_info("authEnvelopedData", der.sequence(*body, der.null())))


def write(path):
    with open(path, "w", encoding="ascii") as file:
        for name, octets in samples.items():
            numbers = ",".join(map(str, octets))
            file.write(f'{{"{name}", (const unsigned char[]){{{numbers}}}, {len(octets)}}},\n')


if __name__ == "__main__":
    write(sys.argv[1])
