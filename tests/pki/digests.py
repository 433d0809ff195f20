# SPDX-License-Identifier: Apache-2.0
"""Digests by name, and their AlgorithmIdentifiers."""

import hashlib

from . import der, md2, oids


def digest(name, data):
    return md2.digest(data) if name == "md2" else hashlib.new(name, data).digest()


def size(name):
    return len(digest(name, b""))


def identifier(name, null=False):
    """AlgorithmIdentifier; `null` puts a NULL where the parameters may be absent."""
    return der.sequence(der.oid(oids.DIGESTS[name]), der.null() if null else b"")
