#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keys with their certificates for the tests that sign: signing_samples.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import attribute_certificate  # noqa: E402
from pki.times import days  # noqa: E402
from pki.world import World  # noqa: E402

KINDS = {"rsa": "rsa2048-01", "p256": "p256:Alice", "p384": "p384:Alice", "p521": "p521:Alice", "ed25519": "ed25519:Alice",
         "ed448": "ed448:Alice", "x25519": "x25519:Alice", "dh": "dh2048/1", "dh-sender": "dh2048/2"}

w = World()
root = w.root()
rows = {"root": root.cert, "crl": w.crl(root).der}
for kind, key in KINDS.items():
    one = w.end_entity(f"Alice {kind}", root, key=key)
    rows[f"{kind}-key"] = one.key.pkcs8()
    rows[f"{kind}-cert"] = one.cert
bare = w.end_entity("Bare", root, key=KINDS["p256"], ext={"subjectKeyIdentifier": None})
rows["no-ski-cert"] = bare.cert
rows["attributes"] = w.attribute_certificate(bare, root)
rows["attributes-v1"] = attribute_certificate.build_v1(subject_name=bare.subject, issuer_name=root.subject, signer_key=root.key,
                                                       serial=5, not_before=days(-1), not_after=days(1))


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in rows.items()))
