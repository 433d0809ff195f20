#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`check --signatures`: the signatures of what is stored computed anew, and what was remembered of them."""

import sqlite3
from contextlib import closing

from database import AT, STORED, Shelf, at_terminal
from desk import days, main, results
from pki import attribute_certificate

CHECK = ("check", "--signatures", *AT)


def declare(plan, desk):
    w = desk.world
    false_alice = desk.put("false.crt", desk.alice.cert[:-1] + bytes([desk.alice.cert[-1] ^ 1]))
    crl = (desk.folder / "root.crl").read_bytes()
    desk.put("false.crl", crl[:-1] + bytes([crl[-1] ^ 1]))
    other = w.root("Other root", subject=desk.root.subject, key="p256:Other root")
    desk.put("other.crt", other.cert)
    assert false_alice != desk.alice.cert and other.subject == desk.root.subject

    def filled(name, *more):
        shelf = Shelf(desk, name).filled()
        for one in more:
            shelf.run("import", one, "--force", "signature", *AT)
        return shelf

    def by_hand(shelf, *statements):
        with closing(sqlite3.connect(shelf.file)) as base:
            for sql in statements:
                base.execute(sql)
            base.commit()

    def facts(shelf):
        with closing(sqlite3.connect(shelf.file)) as base:
            return sorted(base.execute("SELECT fact.object, hex(value) FROM fact JOIN known ON kind = 2 AND known.object = keys"))

    @plan.add("A-4-4 E-41", "signatures that hold are counted, and nothing is changed")
    def _():
        shelf = filled("hold")
        before = shelf.file.read_bytes()
        wrong = desk.ended(shelf.run(*CHECK), 0, out=("signatures: 3 checked\n", "no flaw"), quiet="err")
        wrong += [] if shelf.file.read_bytes() == before else ["the file was changed"]
        found = results(shelf.run(*CHECK, "--json"))
        wrong += [] if [one["verified"] for one in found] == [3] and found[0]["false"] == 0 else [f"JSON: {found}"]
        return wrong + desk.ended(shelf.run("check", *AT), 0, lacks=("signatures",))

    @plan.add("A-4-4 E-41", "a certificate and a CRL with false signatures are told by fingerprint, subject and issuer, and stay")
    def _():
        shelf = filled("false", "false.crt", "false.crl")
        wrong = desk.ended(shelf.run("check", *AT), 0, out=("no flaw",))
        words = ("certificate ", "CRL ", "CN=Alice,O=Example, issued by CN=Root", "key of CN=Root", "3 checked, 2 false")
        for more in ((), ("--mend",)):
            wrong += desk.ended(shelf.run(*CHECK, *more), 1, "2 flaws, 0 mended", out=words)
        found = results(shelf.run(*CHECK, "--json"))
        wrong += [] if len(found) == 3 and found[2]["false"] == 2 and not found[0]["mended"] else [f"JSON: {found}"]
        return wrong + desk.ended(shelf.run("list", "alice"), 0, out=("CN=Alice",))

    @plan.add("A-4-4", "issuers that are not there or are others, and attribute certificates: counted, and no flaw")
    def _():
        desk.put("v1.ac", attribute_certificate.build_v1(subject_name=desk.alice.subject, issuer_name=desk.root.subject, signer_key=desk.root.key,
                                                         serial=5, not_before=days(-1), not_after=days(1)))
        shelf = Shelf(desk, "alone")
        shelf.run("import", "alice.crt", *AT)
        wrong = desk.ended(shelf.run(*CHECK), 0, out=("0 checked, 1 whose issuer is not known here", "no flaw"))
        shelf.run("import", "other.crt", *AT)
        wrong += desk.ended(shelf.run("import", "v1.ac", *AT), 0, out=("1 attribute certificate",))
        return wrong + desk.ended(shelf.run(*CHECK), 0, out=("1 checked, 1 whose issuer", "1 of attribute certificates", "no flaw"))

    @plan.add("A-4-4 E-41", "what is remembered of a key that has not signed is a flaw, and mending makes it what is so")
    def _():
        shelf = filled("fact", "other.crt")
        right = facts(shelf)
        by_hand(shelf, "UPDATE fact SET keys = (SELECT max(keys) FROM fact) WHERE object = (SELECT min(object) FROM fact)")
        wrong = ["nothing was changed"] if facts(shelf) == right else []
        wrong += desk.ended(shelf.run("check", *AT), 0, out=("no flaw",))
        wrong += desk.ended(shelf.run(*CHECK), 1, "1 flaw", out=("certificate ", "CN=Root", "which is not so", "4 checked"))
        wrong += desk.ended(shelf.run(*CHECK, "--mend"), 0, out=("which is not so (mended)",)) + desk.ended(shelf.run(*CHECK), 0, out=("no flaw",))
        wrong += [] if facts(shelf) == right else ["what is so was not remembered again"]
        return wrong + desk.ended(shelf.run("verify", "good.eml", *STORED), 0, out=("GOOD",))

    @plan.add("A-4-4", "what is remembered of a key that is not there is counted, and no flaw")
    def _():
        shelf = filled("gone", "other.crt")
        shelf.run("remove", "--yes", other.sha256)
        by_hand(shelf, "UPDATE known SET value = zeroblob(32) WHERE kind = 2 AND object = (SELECT keys FROM fact LIMIT 1)",
                f"UPDATE known SET name = '{'0' * 64}' WHERE kind = 8 AND value = (SELECT CAST(x'00000000000000' || char(keys) AS BLOB) FROM fact LIMIT 1)")
        return desk.ended(shelf.run(*CHECK), 0, out=("3 checked", "2 remembered", "no flaw"))

    @plan.add("A-4-4", "a damaged object is told once, and no word of its signature")
    def _():
        shelf = filled("damaged")
        by_hand(shelf, "UPDATE object SET body = CAST(substr(body, 1, 100) AS BLOB) WHERE id = (SELECT max(id) FROM object WHERE kind = 0)")
        return desk.ended(shelf.run(*CHECK), 1, "1 flaw,", out=("octets are not those", "signatures: 2 checked\n"))

    @plan.add("A-4-4", "a terminal is shown how far it is")
    def _():
        shelf = Shelf(desk, "terminal")
        desk.put("crowd.der", b"".join(desk.alice.cert.replace(b"Alice", f"A{n:04d}".encode()) for n in range(300)))
        shelf.run("import", "crowd.der", *AT)
        exit, text = at_terminal(desk, shelf, [*CHECK], b"")
        return [] if exit == 0 and "signatures: 64 of 300" in text and "300 whose issuer" in text else [f"exit {exit}, {text!r}"]


if __name__ == "__main__":
    main(declare)
