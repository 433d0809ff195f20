# SPDX-License-Identifier: Apache-2.0
"""W3: a CRL of a million entries, ascending or in no order, and one certificate that it does not name."""

import random

from contest import Contest, Entry, Target
from ground import AT, EPOCH, hashing, split, verification
from pki import crl, der
from pki.times import days
from pki.world import World


def contests(ground, full):
    number = 1000000 if full else 100000
    date = days(-10)
    ascending = crl.many(number, date, first=1 << 64)
    # Random numbers of sixteen octets, in the order in which certificates were revoked.
    draw = random.Random(3)
    moment = der.time(date)
    scattered = b"".join(der.sequence(der.integer(1 << 126 | draw.getrandbits(126)), moment) for _ in range(number))
    return [*cold(ground, "w3", ascending, f"A CRL of {number} entries", number),
            *cold(ground, "w3-scattered", scattered, f"A CRL of {number} entries in no order", None)]


def cold(ground, name, entries, title, number):
    """The CRL read from its file; with `number` also from the database."""
    folder = ground.enter(name)
    w = World("rsa2048")
    root = w.root()
    alice = w.end_entity("Alice", root, serial=7)
    octets = w.crl(root, entries=entries).der
    signed, signature = split(octets)
    ground.write("root.crt", root.cert)
    ground.write("alice.crt", alice.cert)
    ground.write("big.crl", octets)
    ground.write("tbs", signed)
    ground.pem("openssl.pem", [root.cert], [octets])
    ground.write("jobs", verification(root.key, b"", b"")[:0] + hashing(folder / "tbs"))
    ours = [ground.signet, "path", "--anchor", "root.crt", "--offline", *AT]
    found = [
        Entry("limit", [ground.tool("limit"), "jobs", 1], note="one hash over the list"),
        Entry("signet", [*ours, "--no-store", "--crls", "big.crl", "alice.crt"], says="GOOD"),
        Entry("openssl", ["openssl", "verify", "-CAfile", "openssl.pem", "-crl_check", "-attime", str(EPOCH), "alice.crt"],
              says="OK"),
    ]
    if ground.has("inprocess-gnutls"):
        found.append(Entry("gnutls library", [ground.tool("inprocess-gnutls"), "path", "root.crt", EPOCH, 1, 1, "big.crl",
                                              "alice.crt"]))
    targets = [Target("at most 1.5 x limit", 1.5, "limit"), Target("at most 8 MB private", 8, figure="private_mb")]
    label = "W3" if number else "W3 scattered"
    contest = Contest(label, f"{title} ({len(octets) / 1e6:.0f} MB), cold", found, targets, folder=folder)
    return [contest, warm(ground, folder, number, ours)] if number else [contest]


def warm(ground, folder, number, ours):
    """The same CRL from the database, beside a verdict without any CRL: what is between them is the database."""
    ground.run(ground.signet, "import", "--store", "signet.db", "big.crl")
    plain = [*ours[1:], "--no-store", "--revocation", "off", "alice.crt"]
    stored = [*ours[1:], "--store", "signet.db", "alice.crt"]
    entries = [Entry("a process", [ground.signet, *plain], says="WARN", note="without revocation and database"),
               Entry("signet", [ground.signet, *stored], says="GOOD")]
    if ground.shared:
        entries += [Entry("a shared process", [ground.shared, *plain], says="WARN"),
                    Entry("signet shared", [ground.shared, *stored], says="GOOD")]
    return Contest("W3 warm", f"The same CRL of {number} entries from the database", entries,
                   [Target("a process + 0.3 ms", 0.0003, "a process", how="over")],
                   folder=folder)
