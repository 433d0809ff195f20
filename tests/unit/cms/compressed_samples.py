#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compressed objects for the unit tests of src/cms: compressed_samples.py OUTPUT writes them as rows of a C table."""

import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms, der, oids  # noqa: E402

TEXT = b"Hello, hello, hello.\r\n" * 100
ALGORITHM = der.sequence(der.oid(oids.ZLIB))
VERSION = der.integer(0)
stream = zlib.compress(TEXT)
content = der.sequence(der.oid(oids.CONTENT["data"]), der.explicit(0, der.octet_string(stream)))


def squeezed(*members):
    return cms.content_info("compressedData", der.sequence(*members))


samples = {
    "text": cms.compressed_data(TEXT),
    "empty": cms.compressed_data(b""),
    "signed": cms.compressed_data(TEXT, "signedData"),
    "parameters": cms.compressed_data(TEXT, algorithm=der.sequence(der.oid(oids.ZLIB), der.null())),
    "ber": cms.compressed_data(TEXT, ber=True, segment=5),
    "ber-long": cms.compressed_data(TEXT, ber="long", segment=1),
    "version": cms.compressed_data(TEXT, version=1),
    "algorithm": cms.compressed_data(TEXT, algorithm=der.sequence(der.oid(oids.PRIVATE_ALGORITHM))),
    "no-content": cms.compressed_data(None),
    "truncated": cms.compressed_data(None, stream=stream[:-5]),
    "checksum": cms.compressed_data(None, stream=stream[:-4] + bytes(4)),
    "trailing": cms.compressed_data(None, stream=stream + b"x"),
    "header": cms.compressed_data(None, stream=b"PK" + stream),
    "dictionary": cms.compressed_data(None, stream=b"\x78\xbb" + stream[2:]),
    "corrupt": cms.compressed_data(None, stream=stream[:2] + b"\x07" + stream[3:]),
    "bad-not-a-sequence": cms.content_info("compressedData", der.octet_string(b"x")),
    "bad-version": squeezed(ALGORITHM, content),
    "bad-version-negative": squeezed(der.integer(-1), ALGORITHM, content),
    "bad-algorithm": squeezed(VERSION, der.integer(1), content),
    "bad-algorithm-empty": squeezed(VERSION, der.sequence(), content),
    "bad-algorithm-more": squeezed(VERSION, der.sequence(der.oid(oids.ZLIB), der.null(), der.null()), content),
    "bad-content": squeezed(VERSION, ALGORITHM),
    "bad-content-type": squeezed(VERSION, ALGORITHM, der.sequence(der.null())),
    "bad-content-tag": squeezed(VERSION, ALGORITHM, der.sequence(der.oid(oids.CONTENT["data"]), der.octet_string(stream))),
    "bad-content-string": squeezed(VERSION, ALGORITHM, der.sequence(der.oid(oids.CONTENT["data"]), der.explicit(0, der.utf8("x")))),
    "bad-content-more": squeezed(VERSION, ALGORITHM, der.sequence(
        der.oid(oids.CONTENT["data"]), der.explicit(0, der.octet_string(stream)), der.null())),
    "bad-more": squeezed(VERSION, ALGORITHM, content, der.null()),
}

with open(sys.argv[1], "w", encoding="ascii") as out:
    for name, octets in samples.items():
        numbers = ",".join(map(str, octets))
        out.write(f'{{"{name}", (const unsigned char[]){{{numbers}}}, {len(octets)}}},\n')
