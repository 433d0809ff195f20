#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Certification requests, right and wrong, certificates and a CRL: samples.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import certification_request as request  # noqa: E402
from pki import der, keys, names  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.certificate import flip  # noqa: E402
from pki.world import World  # noqa: E402

EC = keys.get("p256:Alice")
ASKED = request.extension_request(x.key_usage("digitalSignature"), x.subject_alt_name(gn.email("alice@example.com")))
PASSWORD = request.attribute(request.CHALLENGE_PASSWORD, der.utf8("secret"))


def csr(**changes):
    return request.build(**{"subject": names.example("Alice"), "key": EC, "attributes": [ASKED], **changes})


w = World()
root, ca, alice = w.line()
web = w.end_entity("Web", ca, ext={"extKeyUsage": x.ext_key_usage("serverAuth")})
rows = {
    "request": csr(),
    "request with more": csr(attributes=[PASSWORD, ASKED]),
    "request of rsa": csr(key=keys.get("rsa2048-01")),
    "request of ed25519": csr(key=keys.get("ed25519:Alice")),
    "request without attributes": csr(attributes=[]),
    "request without field": csr(attributes=None),
    "request of another": csr(signer_key="p256:Mallory"),
    "request damaged": flip(csr(), -1),
    "wrong version": csr(version=1),
    "wrong twice": csr(attributes=[ASKED, ASKED]),
    "wrong values": csr(attributes=[request.attribute(request.EXTENSION_REQUEST)]),
    "wrong extensions": csr(attributes=[request.attribute(request.EXTENSION_REQUEST, der.sequence(der.integer(1)))]),
    "wrong two values": csr(attributes=[request.attribute(request.EXTENSION_REQUEST, der.sequence(), der.sequence(der.sequence()))]),
    "wrong attribute": csr(attributes=[der.sequence(der.oid("1.2.3"))]),
    "wrong trailing": csr() + b"\x00",
    "wrong more fields": csr(hook=lambda info: der.sequence(info[info.index(b"\x02\x01\x00"):], der.integer(5))),
    "wrong certificate": alice.cert,
    "root": root.cert, "ca": ca.cert, "alice": alice.cert, "web": web.cert, "crl": w.crl(ca).der,
}


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in rows.items()))
