#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keys and certificates, some of which belong together: key_match_samples.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import der, keys, sign  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root = w.root()
ec, rsa = keys.get("p256:Alice"), keys.get("rsa2048-01")
flipped = bytearray(ec.public_octets("compressed"))
flipped[0] ^= 1  # the other of the two points
certificates = {
    "ec": dict(key="p256:Alice"),
    "ec-compressed": dict(key="p256:Alice", spki=der.sequence(keys.algorithm("ec", ec.parameters()),
                                                              der.bit_string(ec.public_octets("compressed")))),
    "ec-mirrored": dict(key="p256:Alice", spki=der.sequence(keys.algorithm("ec", ec.parameters()), der.bit_string(bytes(flipped)))),
    "ec-short": dict(key="p256:Alice", spki=der.sequence(keys.algorithm("ec", ec.parameters()), der.bit_string(b"\x04"))),
    "ec-other": dict(key="p256:Bob"),
    "ec-other-curve": dict(key="p384:Alice"),
    "rsa": dict(key="rsa2048-01"),
    "rsa-pss": dict(key="rsa2048-01", spki=der.sequence(keys.algorithm("rsassa-pss", sign.pss_parameters()),
                                                        der.bit_string(rsa.public_octets()))),
    "rsa-other": dict(key="rsa2048-02"),
    "ed25519": dict(key="ed25519:Alice"),
}
rows = {f"{name}-cert": w.end_entity("Alice", root, **options).cert for name, options in certificates.items()}
rows |= {"ec-key": ec.pkcs8(), "rsa-key": rsa.pkcs8(), "ed25519-key": keys.get("ed25519:Alice").pkcs8()}


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in rows.items()))
