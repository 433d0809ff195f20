#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program's own bounds, each with just enough and with one too many: told, and never a crash (docs/limits.md)."""

from desk import main


def declare(plan, desk):
    def asks(*words):
        return desk.run("csr", "--key", "own.key", "--json", *words)

    def addresses(number):
        return [word for one in range(number) for word in ("--email", f"a{one}@example.com")]

    desk.put("own.key", desk.alice.key.pkcs8())
    (desk.folder / "own.key").chmod(0o600)

    @plan.add("E-9", "folders thirty deep, and forty deep")
    def _():
        plain = (desk.folder / "plain.eml").read_bytes()
        desk.put("/".join(["Few"] + ["d"] * 30 + ["plain.eml"]), plain)
        desk.put("/".join(["Many"] + ["d"] * 40 + ["plain.eml"]), plain)
        return desk.ended(desk.judge("--recursive", "Few"), 4, out=["NONE"]) + desk.ended(
            desk.judge("--recursive", "Many"), 2, "too deep")

    @plan.add("E-9", "a line of a configuration file that is too long")
    def _():
        desk.put("fits.conf", b"# " + b"x" * 4000 + b"\n")
        desk.put("long.conf", b"# " + b"x" * 5000 + b"\n")
        return desk.ended(desk.run("config", "--config", "fits.conf"), 0) + desk.ended(
            desk.run("config", "--config", "long.conf"), 2, "long.conf:1", "too long")

    @plan.add("E-9", "more jobs than there may be")
    def _():
        return desk.ended(desk.judge("--jobs", "256", "plain.eml"), 4) + desk.refused(
            desk.judge("--jobs", "257", "plain.eml"), "--jobs", "257")

    @plan.add("E-9", "a passphrase that is too long")
    def _():
        wrong = []
        for length, words in ((1024, []), (1025, ["passphrase", "1024"])):
            desk.put("pass", b"a" * length + b"\n")
            made = f"new-{length}.key"
            outcome = desk.run("csr", "--email", "a@example.com", "--new-key", "p256", "--key-out", made, "--passphrase-file", "pass")
            wrong += desk.ended(outcome, 2 if words else 0, *words)
        return wrong

    @plan.add("E-9", "a request for a hundred addresses, and for one more")
    def _():
        return desk.ended(asks(*addresses(100)), 0) + desk.refused(asks(*addresses(101)), "too many addresses")

    @plan.add("E-9", "a request for a name of sixty-four characters, and of one more")
    def _():
        return desk.ended(asks("--name", "ä" * 64, *addresses(1)), 0) + desk.refused(asks("--name", "ä" * 65, *addresses(1)), "64")


main(declare)
