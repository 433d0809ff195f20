-- SPDX-License-Identifier: Apache-2.0
-- These keys verified this object's signature: a set of them, by its number in known.
CREATE TABLE fact (
    object INTEGER PRIMARY KEY,
    keys INTEGER NOT NULL
) STRICT;

-- What is known and cannot be derived from objects: trust, bindings, own keys and more. kind, and what
-- each kind has as object, name and value: sqlite_known.h.
CREATE TABLE known (
    kind INTEGER NOT NULL,
    object INTEGER NOT NULL,
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (kind, object, name)
) STRICT, WITHOUT ROWID;
