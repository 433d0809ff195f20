-- SPDX-License-Identifier: Apache-2.0
-- Few tables with few columns: SQLite reads all of this whenever a file is opened, and every table
-- takes a page.

-- An object's body is the truth. kind: enum signet_record_kind. print: sg_store_print, which tells
-- whether the body is still what was stored. origin: where it came from, a number in known. body: the
-- DER; of a CRL what sqlite_object.c says, its DER being in table crl.
CREATE TABLE object (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    print INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- What objects are found by, all of which can be made again from them: 48-bit numbers cut from
-- hashes of fingerprint, issuer and serial number, subject, key identifier, and of each address that
-- is in a certificate or bound to it: keys.h.
CREATE TABLE key (
    key INTEGER NOT NULL,
    object INTEGER NOT NULL,
    PRIMARY KEY (key, object)
) STRICT, WITHOUT ROWID;

-- The DER of CRLs in parts of 4000 octets, so that octets in the middle are found without walking
-- over those before; and the index of their entries, in pieces. id: sqlite_crl.c.
CREATE TABLE crl (
    id INTEGER PRIMARY KEY,
    octets BLOB NOT NULL
) STRICT;
