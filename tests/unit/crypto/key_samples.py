#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The files of key_files/ as rows of a C table: key_samples.py OUTPUT.

They were made by openssl, all ec-* from one key, what is encrypted with the passphrase "secret": by
`openssl pkcs8 -topk8` with -v2, -scrypt or -v1 and by `openssl ec -aes256` and the like. Nothing is protected by them.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "key_files"


def row(path):
    return f'{{"{path.stem}", (const unsigned char[]){{{",".join(map(str, path.read_bytes()))}}}, {path.stat().st_size}}},\n'


Path(sys.argv[1]).write_text("".join(row(path) for path in sorted(FOLDER.iterdir())))
