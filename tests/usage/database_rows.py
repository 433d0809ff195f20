#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows of the database that somebody or some disk has changed: `check` names each, what cannot be read counts as not
there and never as good, and every verb that passes one over says so."""

import sqlite3
from contextlib import closing

from database import AT, STORED, Shelf
from desk import main, results
from pki import keys

ORIGIN, KEY_SET, ANCHOR, BINDING, CAPABILITIES, OWN_KEY, SOURCE, WAY = range(1, 9)
URL = "http://crl.example.com/root.crl"
WARNING = "not all of it can be read"

# Each is unreadable as a value of any kind.
DAMAGE = {"empty": "x''", "cut": "CAST(substr(value, 1, length(value) - 1) AS BLOB)", "longer": "CAST(value || x'00' AS BLOB)",
          "noise": "CAST(x'00000000ffffffff' || value AS BLOB)"}
# Of each kind the words with which check tells it, and whether it can be mended.
KINDS = {ORIGIN: ("came from", True), KEY_SET: ("keys that verified", True), ANCHOR: ("terms of trust", True),
         BINDING: ("other@example.com", True), CAPABILITIES: ("alice@example.com", True), OWN_KEY: ("private key", False),
         SOURCE: (URL, True), WAY: ("way to keys", True)}


def text(value):
    octets = value.encode() + b"\0"
    return len(octets).to_bytes(4, "big") + octets


def place():
    """The value of a row about a place from which nothing was ever had."""
    never = (-1 << 63).to_bytes(8, "big", signed=True)
    return text(URL) + text("") + text("") + never + never + text("") + b"\xff" * 4


def capabilities():
    """The value of a row about what Alice can decrypt: nothing that she named."""
    return text("alice@example.com") + (2).to_bytes(4, "big") + b"\x30\x00" + b"\xff" * 4 + bytes(8)


def declare(plan, desk):
    desk.put("alice.key", keys.pem("PRIVATE KEY", desk.alice.key.pkcs8()))
    (desk.folder / "alice.key").chmod(0o600)
    desk.put("pass", b"a passphrase\n")

    def filled(name):
        """A database with rows of every kind."""
        shelf = Shelf(desk, name).filled()
        shelf.run("import", "alice.key", "--passphrase-file", "pass", *AT)
        shelf.run("bind", "other@example.com", "alice.crt", *AT)
        shelf.run("verify", "good.eml", *STORED)
        by_hand(shelf, "INSERT INTO known VALUES (?, 0, ?, ?)", (SOURCE, URL, place()))
        by_hand(shelf, "INSERT INTO known VALUES (?, 0, ?, ?)", (CAPABILITIES, "alice@example.com", capabilities()))
        return shelf

    def by_hand(shelf, sql, values=()):
        with closing(sqlite3.connect(shelf.file)) as base:
            base.execute(sql, values)
            base.commit()

    def kinds_of(shelf):
        with closing(sqlite3.connect(shelf.file)) as base:
            return {kind for kind, in base.execute("SELECT kind FROM known")}

    def told(shelf, *words):
        """check finds these, says each with an exit status of 1, and so does --json."""
        wrong = desk.ended(shelf.run("check", *AT), 1, "--mend", out=words)
        flaws = results(shelf.run("check", "--json", *AT))
        return wrong + ([] if flaws and not any(one["mended"] for one in flaws) else [f"flaws: {flaws}"])

    def mended(shelf):
        return desk.ended(shelf.run("check", "--mend", *AT), 0, out=("mended",)) + desk.ended(shelf.run("check", *AT), 0, out=("no flaw",))

    @plan.add("A-4-4", "rows of every kind are there, and nothing is wrong with them")
    def _():
        shelf = filled("rows")
        wrong = desk.ended(shelf.run("check", *AT), 0, out=("no flaw",), quiet="err")
        return wrong + ([] if kinds_of(shelf) == set(KINDS) else [f"kinds: {kinds_of(shelf)}"])

    for kind, (words, mends) in KINDS.items():
        @plan.add("A-4-4 E-41", f"a row that cannot be read is told and mended: {words}")
        def _(kind=kind, words=words, mends=mends):
            wrong = []
            for name, value in DAMAGE.items():
                shelf = filled(f"kind-{kind}-{name}")
                by_hand(shelf, f"UPDATE known SET value = {value} WHERE kind = {kind}")
                outcome = told(shelf, words)
                if mends:
                    outcome += mended(shelf)
                else:
                    outcome += desk.ended(shelf.run("check", "--mend", *AT), 1, out=(words,))
                    outcome += [] if kind in kinds_of(shelf) else ["it was taken out"]
                wrong += [f"{name}: {line}" for line in outcome]
            return wrong

    @plan.add("A-4-4", "numbers that stand for nothing are not taken for something else")
    def _():
        wrong = []
        for kind, value in ((ANCHOR, "x'00000000000000ff' || substr(value, 9)"),
                            (BINDING, "substr(value, 1, 4 + 18) || x'0000000000000009' || substr(value, 31)"),
                            (ORIGIN, "x'0000000000000063' || substr(value, 9)")):
            shelf = filled(f"number-{kind}")
            by_hand(shelf, f"UPDATE known SET value = CAST({value} AS BLOB) WHERE kind = {kind}")
            wrong += [f"{kind}: {line}" for line in told(shelf, KINDS[kind][0]) + mended(shelf)]
        return wrong

    @plan.add("A-4-4", "what speaks of an object that is not there is told by its number, and taken out")
    def _():
        wrong = []
        for name, sql, words in (
                ("anchor", "INSERT INTO known SELECT kind, 4711, name, value FROM known WHERE kind = 3", ("trust", "4711")),
                ("binding", "INSERT INTO known SELECT kind, 4711, name, value FROM known WHERE kind = 4", ("binding", "4711")),
                ("fact", "INSERT INTO fact SELECT 4711, keys FROM fact LIMIT 1", ("verified signature", "4711")),
                ("set", "UPDATE fact SET keys = 4711", ("its signature cannot be read", "certificate ")),
                ("crl", "INSERT INTO crl VALUES ((4711 << 33) + 3, x'00')", ("octets of a CRL", "4711")),
                ("crl-below", "INSERT INTO crl VALUES (-5, x'00')", ("octets of a CRL", "-1")),
                ("key", "INSERT INTO key VALUES (5, 4711)", ("index", "4711")),
                ("own-key", "INSERT INTO key SELECT 5, id FROM object WHERE kind = 0 LIMIT 1", ("found by what it does not hold", "certificate ")),
                ("no-key", "DELETE FROM key WHERE key IN (SELECT print FROM object LIMIT 1)", ("not found by all", "certificate ")),
                ("way", "UPDATE known SET value = x'0000000000001267' WHERE kind = 8", ("way to keys",)),
                ("origin", "UPDATE object SET origin = 4711", ("where it came from", "certificate ")),
                ("whole", "DELETE FROM object WHERE id = (SELECT object FROM known WHERE kind = 3)", ("terms of trust", "index"))):
            shelf = filled(f"orphan-{name}")
            by_hand(shelf, sql)
            wrong += [f"{name}: {line}" for line in told(shelf, *words) + mended(shelf)]
        return wrong

    @plan.add("A-4-4", "a row of no kind that signet writes is told and left, and what its name holds does nothing to a terminal")
    def _():
        shelf = filled("strange")
        by_hand(shelf, "INSERT INTO known VALUES (99, 1, ?, x'00')", ("\x1b[31mred" + "x" * 5000,))
        wrong = told(shelf, "never writes", "\\x1b[31mred") + desk.ended(shelf.run("check", "--mend", *AT), 1, out=("never writes",), lacks=("\x1b", "x" * 300))
        return wrong + ([] if 99 in kinds_of(shelf) else ["it was taken out"])

    @plan.add("A-4-4 A-4-6", "an anchor that cannot be read trusts nobody, and the verdict comes with a warning")
    def _():
        shelf = filled("anchor")
        wrong = desk.ended(shelf.run("verify", "good.eml", *STORED), 0, out=("GOOD",), quiet="err")
        by_hand(shelf, f"UPDATE known SET value = {DAMAGE['cut']} WHERE kind = {ANCHOR}")
        wrong += desk.ended(shelf.run("verify", "good.eml", *STORED), 3, WARNING, "signet check", out=("UNKNOWN  good.eml",))
        wrong += desk.ended(shelf.run("list", *AT), 0, WARNING) + desk.ended(shelf.run("path", "alice.crt", *STORED), 3, WARNING)
        wrong += desk.ended(shelf.run("trust", "--yes", "root.crt", *AT), 0)
        return wrong + desk.ended(shelf.run("verify", "good.eml", *STORED), 0, out=("GOOD",), quiet="err")

    @plan.add("A-4-4 A-4-6", "a binding that cannot be read binds nothing, and the verdict comes with a warning")
    def _():
        desk.put("other.eml", desk.world.signed_mail(desk.alice, "Other <other@example.com>", line_ends="lf"))
        shelf = filled("binding")
        wrong = desk.ended(shelf.run("verify", "other.eml", *STORED), 0, out=("GOOD",), quiet="err")
        by_hand(shelf, f"UPDATE known SET value = {DAMAGE['cut']} WHERE kind = {BINDING}")
        wrong += desk.ended(shelf.run("verify", "other.eml", *STORED), 1, WARNING, out=("BAD  other.eml",))
        wrong += mended(shelf) + desk.ended(shelf.run("bind", "other@example.com", "alice.crt", *AT), 0)
        return wrong + desk.ended(shelf.run("verify", "other.eml", *STORED), 0, out=("GOOD",), quiet="err")


if __name__ == "__main__":
    main(declare)
