#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The files of key_files/ as rows of a C table: key_samples.py OUTPUT.

They were made by openssl, all ec-* from one key, what is encrypted with the passphrase "secret": by
`openssl pkcs8 -topk8` with -v2, -scrypt or -v1 and by `openssl ec -aes256` and the like. Nothing is protected by them.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import keys  # noqa: E402

FOLDER = Path(__file__).resolve().parent / "key_files"
# Kinds for which a file shows nothing more.
MADE = {"p384": "p384:A", "p521": "p521:A", "dh": "dh1024", "dsa": "dsa1024-a"}


def row(name, octets):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, octets))}}}, {len(octets)}}},\n'


rows = [row(path.stem, path.read_bytes()) for path in sorted(FOLDER.iterdir())]
rows += [row(name, keys.get(key).pkcs8()) for name, key in MADE.items()]
Path(sys.argv[1]).write_text("".join(rows))
