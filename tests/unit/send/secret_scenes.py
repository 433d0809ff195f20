#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keys, certificates and CRLs for the tests that encrypt: secret_scenes.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms, mime  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki.times import days  # noqa: E402
from pki.world import World  # noqa: E402

BITS = {"plain": "keyAgreement", "encipher": "keyAgreement encipherOnly", "decipher": "keyAgreement decipherOnly",
        "both": "keyAgreement encipherOnly decipherOnly", "bare": "decipherOnly", "signing": "digitalSignature"}

w = World()
root = w.root()
stranger = w.root("Elsewhere")
rows = {"root": root.cert}


def add(name, **changes):
    issuer = changes.pop("issuer", root)
    one = w.end_entity(changes.pop("title", name.title()), issuer, **changes)
    rows[name] = one.cert
    rows[name + ".key"] = one.key.pkcs8()
    return one


usage = {"keyUsage": x.key_usage("keyAgreement")}
add("bob", ext=usage)
add("alice", ext=usage)
add("receiver", key="dh2048/1", ext=usage)
for name, bits in BITS.items():
    add(name, key="dh2048/2", title=f"Sender {name}", ext={"keyUsage": x.key_usage(*bits.split())})
add("expired", key="dh2048/2", title="Sender expired", ext=usage, not_before=days(-90), not_after=days(-1))
add("untrusted", key="dh2048/2", title="Sender untrusted", ext=usage, issuer=stranger)
gone = add("gone", key="dh2048/2", title="Sender gone", ext=usage)
rows["crl"] = w.crl(root, [gone]).der
squeezed = mime.opaque(cms.compressed_data(mime.text("The password is swordfish.\r\n")), smime_type="compressed-data")
rows["squeezed"] = mime.message([("From", "Alice <alice@example.com>"), ("To", "bob@example.com")], squeezed)


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in rows.items()))
