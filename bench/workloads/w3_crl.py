# SPDX-License-Identifier: Apache-2.0
"""W3: a CRL of a million entries, and one certificate that it does not name."""

from contest import Contest, Entry, Target
from ground import AT, EPOCH, hashing, split, verification
from pki import crl
from pki.times import days
from pki.world import World


def contests(ground, full):
    folder = ground.enter("w3")
    number = 1000000 if full else 100000
    w = World("rsa2048")
    root = w.root()
    alice = w.end_entity("Alice", root, serial=7)
    entries = crl.many(number, days(-10), first=1 << 64)
    der = w.crl(root, entries=entries).der
    signed, signature = split(der)
    ground.write("root.crt", root.cert)
    ground.write("alice.crt", alice.cert)
    ground.write("big.crl", der)
    ground.write("tbs", signed)
    ground.pem("openssl.pem", [root.cert], [der])
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
    return [Contest("W3", f"A CRL of {number} entries ({len(der) / 1e6:.0f} MB), cold", found, targets, folder=folder),
            warm(ground, folder, number, ours)]


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
