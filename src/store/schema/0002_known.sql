-- SPDX-License-Identifier: Apache-2.0
-- This key verified this object's signature. signer: the key's digest, a number in known: keys are
-- few, and facts many.
CREATE TABLE fact (
    object INTEGER NOT NULL,
    signer INTEGER NOT NULL,
    PRIMARY KEY (object, signer)
) STRICT, WITHOUT ROWID;

-- What is known and cannot be derived from objects: trust, bindings, own keys and more. kind, and what
-- each kind has as object, name and value: sqlite_known.h.
CREATE TABLE known (
    kind INTEGER NOT NULL,
    object INTEGER NOT NULL,
    name TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (kind, object, name)
) STRICT, WITHOUT ROWID;
