-- SPDX-License-Identifier: Apache-2.0
-- Facts are one for each object that was imported, and their keys few: a key's digest once.

CREATE TABLE signer (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE
) STRICT;

INSERT INTO signer (sha256) SELECT DISTINCT key_sha256 FROM fact;

-- This key verified this object's signature.
CREATE TABLE signed (
    object INTEGER NOT NULL REFERENCES object,
    signer INTEGER NOT NULL REFERENCES signer,
    PRIMARY KEY (object, signer)
) STRICT, WITHOUT ROWID;

INSERT INTO signed SELECT object, signer.id FROM fact JOIN signer ON signer.sha256 = key_sha256;

DROP TABLE fact;
ALTER TABLE signed RENAME TO fact;
