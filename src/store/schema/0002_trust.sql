-- SPDX-License-Identifier: Apache-2.0
-- What is known of objects and cannot be derived from them: trust, bindings, own keys, facts.

-- flags: 1 purpose unknown, 2 honour constraints, 4 require explicit policy, 8 inhibit policy
-- mapping, 16 inhibit any-policy. policies: dotted OIDs with blanks between. revocation: enum
-- signet_revocation. distrusted: when trust was taken back; NULL while it is an anchor.
CREATE TABLE anchor (
    object INTEGER PRIMARY KEY REFERENCES object,
    purposes INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    distrust_after INTEGER,
    permitted_subtrees BLOB,
    excluded_subtrees BLOB,
    policies TEXT NOT NULL,
    revocation INTEGER,
    why TEXT NOT NULL,
    origin INTEGER NOT NULL,
    distrusted INTEGER
) STRICT;

-- An address and a certificate that belong together, the former as given and folded as it is
-- compared. kind: enum signet_binding_kind. Found through the address's hash in table key.
CREATE TABLE binding (
    object INTEGER NOT NULL REFERENCES object,
    folded TEXT NOT NULL,
    address TEXT NOT NULL,
    kind INTEGER NOT NULL,
    why TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (object, folded)
) STRICT, WITHOUT ROWID;

-- What correspondents can read (RFC 8551 2.5.2) and prefer (2.5.3).
CREATE TABLE capability (
    folded TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    der BLOB,
    preferred_sha256 BLOB,
    signing_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Own private keys, by the fingerprint of their certificate: they outlive it. uri: a PKCS#11 URI,
-- or '' and pkcs8 is an EncryptedPrivateKeyInfo.
CREATE TABLE own_key (
    sha256 BLOB NOT NULL,
    uri TEXT NOT NULL,
    pkcs8 BLOB,
    since INTEGER NOT NULL,
    PRIMARY KEY (sha256, uri)
) STRICT, WITHOUT ROWID;

-- Keys that signed what is here: they are few, and facts many.
CREATE TABLE signer (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE
) STRICT;

-- This key verified this object's signature.
CREATE TABLE fact (
    object INTEGER NOT NULL REFERENCES object,
    signer INTEGER NOT NULL REFERENCES signer,
    PRIMARY KEY (object, signer)
) STRICT, WITHOUT ROWID;
