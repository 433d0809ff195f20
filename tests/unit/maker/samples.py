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


def rsa(bits, last=1):
    """A key of so many bits, that nobody has the private half of; its modulus ends with the bits of LAST."""
    return keys.RsaKey(f"rsa{bits}", 65537, n=(1 << bits) - (1 << bits - 2) + last)


def crowd(label, cas, child):
    """CAs by number, the last one's end entity behind them."""
    return {f"{label} {n}": one.cert for n, one in enumerate([*cas, w.end_entity(child, cas[-1])])}


w = World()
root, ca, alice = w.line()
web = w.end_entity("Web", ca, ext={"extKeyUsage": x.ext_key_usage("serverAuth")})
twins = [w.ca(f"Twin {n}", root, subject=names.example("Twin")) for n in range(9)]
line = [w.root("Top", path_len=63)]
for depth in range(64):
    line.append(w.ca(f"Line {depth}", line[-1], path_len=None if depth else 62))
long_keys = {f"key of {bits} bits": w.end_entity("Long", ca, key=rsa(bits, 0)).cert for bits in (8192, 8193)}
rows = {
    "request": csr(),
    "request with more": csr(attributes=[PASSWORD, ASKED]),
    "request of rsa": csr(key=keys.get("rsa2048-01")),
    "request of ed25519": csr(key=keys.get("ed25519:Alice")),
    "request without attributes": csr(attributes=[]),
    "request without field": csr(attributes=None),
    "request of another": csr(signer_key="p256:Mallory"),
    "request of 8192 bits": csr(spki=rsa(8192).spki(), signer_key="rsa2048-01"),
    "request of 8193 bits": csr(spki=rsa(8193).spki(), signer_key="rsa2048-01"),
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
    **crowd("twin", twins, "Child"), **crowd("line", line, "Deep"), **long_keys,
}


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in rows.items()))
