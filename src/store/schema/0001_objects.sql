-- SPDX-License-Identifier: Apache-2.0
-- Objects, and what is derived from them to find them. An object's body is the truth: all that
-- print and key hold can be made again from it.

-- Where objects came from, and since when they are here: a file's name, a Message-ID, a URL. kind:
-- enum signet_origin_kind. What comes together has one row.
CREATE TABLE origin (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    detail TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;

-- kind: enum signet_record_kind. print: the first 48 bits of the fingerprint, which tells whether the
-- body is still what was stored. body: the DER; of a CRL what crl_store.c says, its DER being in
-- crl_part. sha256 and der_len: only of CRLs, whose DER is too long to be read for them.
CREATE TABLE object (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    print INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    sha256 BLOB,
    der_len INTEGER,
    body BLOB NOT NULL
) STRICT;

-- Objects by their prints.
CREATE TABLE print (
    kind INTEGER NOT NULL,
    print INTEGER NOT NULL,
    object INTEGER NOT NULL,
    PRIMARY KEY (kind, print, object)
) STRICT, WITHOUT ROWID;

-- 48-bit hashes of issuer and serial number, subject, key identifier, and of each address that is in
-- a certificate or bound to it: store/keys.h.
CREATE TABLE key (
    key INTEGER NOT NULL,
    object INTEGER NOT NULL,
    PRIMARY KEY (key, object)
) STRICT, WITHOUT ROWID;

-- The DER of CRLs in parts of 4000 octets, so that octets in the middle are found without walking
-- over those before. id: object * 2^20 + the part's number.
CREATE TABLE crl_part (
    id INTEGER PRIMARY KEY,
    octets BLOB NOT NULL
) STRICT;

-- The index of a CRL's entries, in pieces that begin at first_hash.
CREATE TABLE crl_index (
    object INTEGER NOT NULL REFERENCES object,
    first_hash INTEGER NOT NULL,
    octets BLOB NOT NULL,
    PRIMARY KEY (object, first_hash)
) STRICT, WITHOUT ROWID;
