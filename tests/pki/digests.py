# SPDX-License-Identifier: Apache-2.0
"""Digests by name, and their AlgorithmIdentifiers."""

import hashlib

from . import der, md2, oids


def digest(name, data):
    if name == "md2":
        return md2.digest(data)
    if name == "shake256":
        return hashlib.shake_256(data).digest(64)  # the size RFC 8702 gives it in CMS
    return hashlib.new(name, data).digest()


def size(name):
    return len(digest(name, b""))


def identifier(name, null=False):
    """AlgorithmIdentifier; `null` puts a NULL where the parameters may be absent."""
    return der.sequence(der.oid(oids.DIGESTS[name]), der.null() if null else b"")
