#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The files of pkcs12_files/ as rows of a C table: pkcs12_samples.py OUTPUT.

`openssl pkcs12 -export` made them of one key, its certificate and that of its issuer, which are there, too; the passphrase
is "secret", that of utf8.p12 "sécret", that of empty.p12 empty. Nothing is protected by them.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import der  # noqa: E402

FOLDER = Path(__file__).resolve().parent / "pkcs12_files"


def row(name, octets):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, octets))}}}, {len(octets)}}},\n'


rows = [row(path.name, path.read_bytes()) for path in sorted(FOLDER.iterdir())]
# As Netscape and Java wrote them: indefinite lengths, strings in segments.
version, safe, mac = der.children((FOLDER / "few.p12").read_bytes())
kind, content = der.children(safe)
octets = der.split(der.children(content)[0])[1]
cut = der.indefinite(0x30, kind + der.indefinite(0xA0, der.segmented(octets, 100)))
rows.append(row("ber.p12", der.indefinite(0x30, version + cut + der.ber(mac))))
# Safes in safes, one more than may be; a certificate in the innermost.
BAG = "1.2.840.113549.1.12.10.1"


def wrapped(oid, content):
    return der.sequence(der.oid(oid), der.context(0, content, constructed=True))


def data(octets):
    return wrapped("1.2.840.113549.1.7.1", der.octet_string(octets))


for depth in (4, 5):
    bags = der.sequence(wrapped(f"{BAG}.3", wrapped("1.2.840.113549.1.9.22.1", der.octet_string((FOLDER / "alice.der").read_bytes()))))
    for _ in range(depth):
        bags = der.sequence(wrapped(f"{BAG}.6", bags))
    rows.append(row(f"nested-{depth}.p12", der.sequence(der.integer(3), data(der.sequence(data(bags))))))
Path(sys.argv[1]).write_text("".join(rows))
