#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bundles for the unit tests of src/bundle: bundle_scenes.py OUTPUT writes them as rows of a C table."""

import base64
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms, enveloped, keys  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root, ca, alice = w.line()
crl = w.crl(root)
octets = lambda one: one if isinstance(one, bytes) else one.encode()  # noqa: E731
pem = lambda one: octets(one.pem)  # noqa: E731
block = lambda label, der: octets(keys.pem(label, der))  # noqa: E731
certs_only = cms.certs_only([root.cert, ca.cert], [crl.der])
attributes = w.attribute_certificate(alice, root)

objects = {
    "certificate": root.cert,
    "crl": crl.der,
    "attribute-certificate": attributes,
    "der-sequence": root.cert + crl.der + ca.cert,
    "der-line-end": root.cert + b"\n",
    "der-junk": root.cert + b"junk",
    "pem": pem(root) + pem(ca) + pem(crl),
    "pem-after-text": b"\n# a comment\n" + pem(root) + b"more\n" + block("PKCS7", certs_only),
    "pem-old-labels": block("X509 CERTIFICATE", root.cert) + block("CRL", crl.der),
    "pem-attributes": block("ATTRIBUTE CERTIFICATE", attributes),
    "pem-key-only": block("PRIVATE KEY", b"\x30\x03\x02\x01\x00"),
    "pem-key-and-certificate": block("PRIVATE KEY", b"\x30\x03\x02\x01\x00") + pem(root),
    "pem-broken": pem(root) + block("CERTIFICATE", b"\x30\x03\x02\x01\x00") + block("X509 CRL", b"\x30\x00") + pem(ca),
    "certs-only": certs_only,
    "certs-only-ber": cms.certs_only([root.cert, ca.cert], [crl.der], ber=True),
    "certs-only-base64": base64.encodebytes(certs_only),
    "base64": base64.encodebytes(root.cert),
    "certs-only-empty": cms.certs_only(),
    "enveloped": enveloped.enveloped(enveloped.password()),
    "text": b"nothing of the kind\n",
    "empty": b"",
    "truncated": root.cert[:100],
}


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data)) or "0"}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in objects.items()))
