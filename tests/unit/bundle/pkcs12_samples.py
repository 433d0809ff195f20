#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The files of pkcs12_files/ as rows of a C table: pkcs12_samples.py OUTPUT.

`openssl pkcs12 -export` made them of one key, its certificate and that of its issuer, which are there, too; the passphrase
is "secret", that of utf8.p12 "sécret", that of empty.p12 empty. Nothing is protected by them.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "pkcs12_files"


def row(path):
    return f'{{"{path.name}", (const unsigned char[]){{{",".join(map(str, path.read_bytes()))}}}, {path.stat().st_size}}},\n'


Path(sys.argv[1]).write_text("".join(row(path) for path in sorted(FOLDER.iterdir())))
