-- SPDX-License-Identifier: Apache-2.0
-- Places on the network: what was had from them, and when they failed. Texts are '' and times NULL
-- where there is nothing to tell.
CREATE TABLE source (
    url TEXT PRIMARY KEY,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    fetched INTEGER,
    failed INTEGER,
    reason TEXT NOT NULL,
    sha256 BLOB
) STRICT, WITHOUT ROWID;
