#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A small PKI and mail for the tests of the public interface: scenes.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms, cms_attributes, mime  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root, ca, alice = w.line()
bob = w.end_entity("Bob", ca)
lists = [w.crl(root), w.crl(ca, [bob])]
part = mime.canonical(mime.text())
counter = cms_attributes.countersignature(cms.countersign(bob, cms.signature_of(cms.signer_info(alice, part))))
objects = {
    "root": root.cert, "ca": ca.cert, "alice": alice.cert, "bob": bob.cert,
    "root.crl": lists[0].der, "ca.crl": lists[1].der,
    "bundle": b"# text before\n" + b"".join(one if isinstance(one, bytes) else one.encode()
                                            for one in (ca.pem, lists[0].pem, lists[1].pem)),
    "clear": w.signed_mail(alice, crls=lists),
    "opaque": w.signed_mail(alice, form="opaque", crls=lists),
    "changed": w.signed_mail(alice, crls=lists, alter=lambda octets: octets.replace(b"Hello", b"Hallo")),
    "mallory": w.signed_mail(alice, "Mallory <mallory@example.net>", crls=lists),
    "revoked": w.signed_mail(bob, crls=lists),
    "countersigned": w.signed_mail(alice, crls=lists, unsigned=[counter]),
    "two": w.signed_mail([alice, bob], crls=lists),
    "plain": mime.message(w.fields("alice@example.com"), mime.text()),
    "squeezed": w.signed_mail(alice, crls=lists, part=mime.opaque(cms.compressed_data(mime.text()), smime_type="compressed-data")),
    "squeezed-bare": cms.compressed_data(w.signed_mail(alice, form="opaque", crls=lists), ber=True),
    "bare": w.signature(b"content\r\n", alice, detached=False, crls=lists),
}


def row(name, octets):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, octets))}}}, {len(octets)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, octets) for name, octets in objects.items()))
