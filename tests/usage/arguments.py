#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Words on the command line that are wrong, missing or too many: exit status 2, and a message that helps."""

from desk import JUDGED, main

VERBS = ("verify", "path", "show", "lint")
DATABASE = ("import", "export", "list", "remove", "trust", "distrust", "bind", "check", "backup", "csr")
# Each with arguments that it cannot take.
VALUES = {
    "--at": ("", "yesterday", "2026-06-01T12:00:00", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-06-01T25:00:00Z",
             "2026-06-01T12:00:00Zx", "-1", "99999999999999999999", "2026-06-01T12:00:60.5", "now"),
    "--revocation": ("", "on", "REQUIRE", "require,off", "none"),
    "--profile": ("", "lax", "Default"),
    "--purpose": ("", "signing", "both"),
    "--budget": ("", "0", "-5", "many", "1e9", "99999999999999999999999", "5 ", "0x10"),
    "--crl-max-age": ("", "-1", "soon", "99999999999"),
    "--color": ("", "yes", "ALWAYS"),
    "--policy": ("", "anyPolicy", "1", "1..2", "1.2.", ".1.2", "3.1", "1.40.1", "a.b", "1.2.-3"),
    "--require-eku": ("", "emailProtection", "1.2.", "x"),
    "--permitted-subtree": ("", "email", "phone:5", ":x", "ip:x"),
    "--excluded-subtree": ("", "dns", "ftp:x"),
}


def declare(plan, desk):
    @plan.add("A-4.2-1", "no arguments: how it is used, on standard error")
    def _():
        return desk.ended(desk.run(), 2, "usage", *VERBS, *DATABASE, quiet="out")

    @plan.add("A-4.2-1", "a verb that there is none of, an option in place of a verb, a verb in capitals")
    def _():
        return [line for word in ("frobnicate", "-x", "--json", "VERIFY", "", "verify ", "good.eml") for line in desk.refused(desk.run(word))]

    @plan.add("A-4.2-1", "--help of the program and of each verb: on standard output, exit status 0")
    def _():
        wrong = [line for words in (("--help",), ("-h",), ("help",)) for line in desk.ended(desk.run(*words), 0, out=VERBS, quiet="err")]
        for verb in VERBS + DATABASE:
            for words in ((verb, "--help"), (verb, "-h"), (verb, "good.eml", "--help"), (verb, "--help", "no-such-file")):
                wrong += desk.ended(desk.run(*words), 0, out=("usage", verb, "--json", "exit status"), quiet="err")
        return wrong

    @plan.add("A-4.2-1", "--help names every option, and every option that it names is known")
    def _():
        wrong = []
        for verb in VERBS + DATABASE:
            text = desk.run(verb, "--help").stdout.decode()
            for line in [one.strip() for one in text.splitlines() if one.strip().startswith("--")]:
                outcome = desk.run(verb, line.split()[0])
                wrong += [f"{verb}: {line} is not known"] if b"unknown option" in outcome.stderr else []
        return wrong

    @plan.add("A-4.2-1", "--version")
    def _():
        return desk.ended(desk.run("--version"), 0, out=("signet ", "libcrypto: ", "SQLite: 3."), quiet="err")

    @plan.add("A-4.2-1", "an option that there is none of, also in the form of another tool, and abbreviations that fit two")
    def _():
        return [line for verb in VERBS + DATABASE for word in ("--frob", "-q", "--anch0r", "--CAfile", "--c", "---json", "--json=yes")
                for line in desk.refused(desk.run(verb, "good.eml", word))]

    @plan.add("A-4.2-1", "an option of another verb is not taken in silence")
    def _():
        return desk.refused(desk.run("show", "good.eml", "--anchor", "root.crt")) + desk.refused(desk.run("path", "alice.crt", "--content", "x"))

    @plan.add("A-4.2-1", "an option without its argument")
    def _():
        return [line for word in ("--anchor", "--at", "--certs", "--crls", "--email", "--revocation", "--policy")
                for line in desk.refused(desk.run("verify", "good.eml", word), word)]

    @plan.add("A-4.2-1", "no file")
    def _():
        return [line for verb in VERBS + ("import", "remove", "distrust", "bind", "backup") for line in desk.refused(desk.run(verb), "usage")]

    for option, values in VALUES.items():
        @plan.add("A-4.2-1" + (" A-5-6" if option == "--at" else ""), f"{option} with values that it cannot have")
        def _(option=option, values=values):
            return [f"{value!r}: {line}" for value in values
                    for line in desk.refused(desk.run("verify", "good.eml", *JUDGED, option, value))]

    @plan.add("A-4.2-1 A-3-11", "--email with what is no address: nothing matches, or it is refused")
    def _():
        wrong = []
        for value in ("", "alice", "alice@", "@example.com", "Alice <alice@example.com>", "alice@example.com, bob@example.com", "a@b@c"):
            wrong += [f"{value!r}: {line}" for line in desk.ended(desk.judge("good.eml", "--email", value), (1, 2))]
        return wrong

    @plan.add("A-4.2-1", "options behind the files, between them, and behind --")
    def _():
        wrong = desk.ended(desk.run("verify", *JUDGED, "good.eml"), 0) + desk.ended(desk.run("verify", "good.eml", *JUDGED), 0)
        desk.put("--json", desk.good)
        return wrong + desk.ended(desk.run("verify", *JUDGED, "--", "--json"), 0, out=("GOOD",))

    @plan.add("A-4.2-1", "the same option twice: the last one counts, lists grow")
    def _():
        wrong = desk.ended(desk.judge("good.eml", "--profile", "strict", "--profile", "default"), 0)
        return wrong + desk.ended(desk.judge("good.eml", "--anchor", "root.crt", "--anchor", "alice.crt", "--certs", "alice.crt"), 0)

    @plan.add("A-4.2-1", "thousands of words on the command line")
    def _():
        many = [word for _ in range(2000) for word in ("--anchor", "root.crt")]
        return desk.ended(desk.judge("good.eml", *many), 0) + desk.ended(desk.judge(*["good.eml"] * 500), 0)

    @plan.add("A-4.2-1", "an OID with a very long arc, and one with many: said, or taken")
    def _():
        return [line for oid in ("1.2." + "9" * 5000, "1.2" + ".3" * 5000)
                for line in desk.ended(desk.judge("good.eml", "--policy", oid), (0, 1, 2))]


if __name__ == "__main__":
    main(declare)
