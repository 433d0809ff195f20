# SPDX-License-Identifier: Apache-2.0
"""W3 beside the peers that have a database of CRLs: dirmngr and NSS, cold and warm."""

import peers
from contest import Contest, Entry
from ground import AT
from pki import crl
from pki.times import days
from pki.world import World


def scene(ground, number):
    w = World("rsa2048")
    root = w.root()
    alice = w.end_entity("Alice", root, serial=ground.variety.pick(7, (3, 1 << 70, 12345), "w3 alice"))
    der = w.crl(root, entries=crl.many(number, days(-10), first=1 << 64)).der
    ground.write("root.crt", root.cert)
    ground.write("alice.crt", alice.cert)
    ground.write("big.crl", der)
    return root, alice, der


def signet(ground, *crls):
    return Entry("signet", [ground.signet, "path", "--anchor", "root.crt", "--offline", *AT, *crls, "alice.crt"], says="GOOD")


def emptied(home):
    """Takes dirmngr's cache away before each run."""
    def empty():
        for path in (home / "crls.d").glob("*"):
            path.unlink()
    return empty


def loaded(ground, folder, home, root):
    """Has dirmngr load the CRL; how it calls the issuer."""
    talk = peers.dirmngr_talk(ground, home, "load.txt", peers.dirmngr_load(root.cert, "big.crl"))
    peers.quietly(*talk.command, folder=folder)
    return peers.dirmngr_issuer(home)


def cold(ground, folder, root, alice, number):
    home = peers.dirmngr_home(ground, "cold")
    issuer = loaded(ground, folder, home, root)
    talk = peers.dirmngr_load(root.cert, "big.crl") + peers.dirmngr_ask(issuer, alice.serial)
    entries = [signet(ground, "--no-store", "--crls", "big.crl"),
               peers.dirmngr_talk(ground, home, "cold.txt", talk, before=emptied(home), note="one process that loads it and is asked"),
               Entry("openssl crl", ["openssl", "crl", "-inform", "DER", "-in", "big.crl", "-CAfile", "root.pem", "-noout"],
                     says="verify OK", note="the list's signature only"),
               Entry("certtool", None, note="it cannot be told the date, and today the list is over"),
               Entry("vfychain", None, note="CRLs from its database only")]
    return Contest("W3 peers", f"A CRL of {number} entries, cold, beside GnuPG's and GnuTLS's programs", entries, [], folder=folder)


def warm(ground, folder, root, alice, der, number):
    home = peers.dirmngr_home(ground, "warm")
    issuer = loaded(ground, folder, home, root)
    ours = signet(ground, "--store", "signet.db")
    ground.run(ground.signet, "import", "--store", "signet.db", "big.crl")
    ground.run(*ours.command)
    entries = [ours,
               peers.dirmngr_talk(ground, home, "warm.txt", peers.dirmngr_ask(issuer, alice.serial),
                                  note="one process that is asked for one serial; no path")]
    database = ground.nss_database(root.cert, crls=[der])
    entries.append(peers.vfychain(database, "alice.crt", options=peers.WITH_CRLS, limit_s=120))
    return Contest("W3 warm peers", f"The same CRL of {number} entries, from the peers' databases", entries, [], folder=folder)


def contests(ground, full):
    folder = ground.enter("w3-peers")
    number = ground.variety.size(1000000 if full else 100000, "w3")
    root, alice, der = scene(ground, number)
    ground.pem("root.pem", [root.cert])
    return [cold(ground, folder, root, alice, number), warm(ground, folder, root, alice, der, number)]
