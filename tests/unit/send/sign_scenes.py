#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Own keys, certificates and what proves them, for the tests of signing: sign_scenes.py OUTPUT writes rows of a C table.

Everything is right unless its name says otherwise.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import attribute_certificate, keys  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki.times import days  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root = w.root()
middle = w.ca("Middle", root)
ca = w.ca("CA", middle)


def alices(label, **changes):
    return w.end_entity(label, ca, email="alice@example.com", **changes)


entities = {
    "root": root, "middle": middle, "ca": ca,
    "alice": alices("Alice"),
    "renewed": alices("Alice renewed", not_before=days(-30)),
    "expired": alices("Alice expired", not_before=days(-900), not_after=days(-100)),
    "early": alices("Alice early", not_before=days(30)),
    "revoked": alices("Alice revoked"),
    "encrypting": alices("Alice encrypting", ext={"keyUsage": x.key_usage("keyAgreement")}),
    "repudiable": alices("Alice digitalSignature", ext={"keyUsage": x.key_usage("digitalSignature")}),
    "web": alices("Alice web", ext={"extKeyUsage": x.ext_key_usage("clientAuth")}),
    "usageless": alices("Alice without usage", ext={"keyUsage": None, "extKeyUsage": None}),
    "nameless": w.end_entity("Nobody", ca, email=None),
    "bob": w.end_entity("Bob", ca),
    "p384": alices("Alice P-384", key="p384:Alice"),
    "ed25519": alices("Alice Ed25519", key="ed25519:Alice"),
    "ed448": alices("Alice Ed448", key="ed448:Alice"),
    "rsa": alices("Alice RSA", key="rsa2048-01", ext={"keyUsage": x.key_usage("digitalSignature", "keyEncipherment")}),
    "short": alices("Alice RSA 1024", key="rsa1024-1"),
    "dsa": alices("Alice DSA", key="dsa2048-a/1"),
    "no-key-id": alices("Alice without key identifier", ext={"subjectKeyIdentifier": None}),
}
again = alices("Alice again", key=entities["alice"].key.name, not_before=days(-300))
elsewhere = w.root("Elsewhere")
entities["again"] = again
entities["stray"] = w.end_entity("Alice astray", elsewhere, email="alice@example.com")
entities["elsewhere"] = elsewhere

# DSA parameters in the root only (RFC 3850 2.3).
dsa_root = w.root("DSA root", key="dsa2048-a/2")
dsa_ca = w.ca("DSA CA", dsa_root, key="dsa2048-a/3", spki=keys.get("dsa2048-a/3").spki(b""))
entities["dsa-root"], entities["dsa-ca"] = dsa_root, dsa_ca
entities["under-dsa"] = w.end_entity("Alice under DSA", dsa_ca, email="alice@example.com")

rows = {}
for name, one in entities.items():
    rows[name] = one.cert
    rows[f"{name}.key"] = one.key.pkcs8()
rows["root.crl"] = w.crl(root).der
rows["middle.crl"] = w.crl(middle).der
rows["ca.crl"] = w.crl(ca, [entities["revoked"]]).der
rows["dsa-root.crl"] = w.crl(dsa_root).der
rows["dsa-ca.crl"] = w.crl(dsa_ca).der
rows["ac"] = w.attribute_certificate(entities["alice"], ca)
rows["ac-v1"] = attribute_certificate.build_v1(subject_name=entities["alice"].subject, issuer_name=ca.subject,
                                               signer_key=ca.key, serial=5, not_before=days(-1), not_after=days(1))


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in rows.items()))
