#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`verify --files-from`: more messages than a command line can hold, named in a file or on standard input."""

from desk import main, results


def declare(plan, desk):
    names = ("good.eml", "bad.eml", "nothere.eml", "plain.eml")

    def judged(listed, *words, exit=0):
        """[(input, verdict)] of a list on standard input, and what is wrong with the outcome."""
        outcome = desk.judge("--json", "--files-from", "-", *words, stdin=listed)
        return [(one["input"], one["verdict"]) for one in results(outcome)], desk.ended(outcome, exit)

    def is_same(listed, *words):
        """What differs from the same names on the command line."""
        desk.put("names", listed)
        there = desk.judge(*(name for name in names * 3))
        wrong = [] if there.stdout else ["nothing was judged"]
        for source, stdin in (("names", b""), ("-", listed)):
            outcome = desk.judge("--files-from", source, *words, stdin=stdin)
            wrong += [f"{source}: {what} differs" for what in ("exit", "stdout", "stderr")
                      if getattr(outcome, what) != getattr(there, what)]
        return wrong

    @plan.add("A-4.2-1", "a list is judged as the same names on the command line, from a file and from standard input")
    def _():
        return is_same("".join(f"{name}\n" for name in names * 3).encode())

    @plan.add("A-4.2-1", "the same with NULs; with --jobs; without the last line's end; with empty lines")
    def _():
        lines = "\n".join(names * 3).encode()
        return (is_same(lines.replace(b"\n", b"\0") + b"\0", "--null") + is_same(lines + b"\n", "--jobs", "3") + is_same(lines)
                + is_same(b"\n" + lines.replace(b"\n", b"\n\n") + b"\n"))

    @plan.add("A-4.2-1", "names with spaces and line ends in them, names that begin with a hyphen, a file named -")
    def _():
        good = (desk.folder / "good.eml").read_bytes()
        odd = ("with space.eml", "line\nend.eml", "--jobs", "./-")
        for name in odd:
            desk.put(name, good)
        found, wrong = judged("\0".join(odd[:3] + ("-",)).encode(), "--null")
        return wrong + ([] if found == [(name.replace("\n", "\\x0a"), "GOOD") for name in odd] else [f"{found}"])

    @plan.add("A-4.2-1", "messages on the command line come first; directories of a list need --recursive as ever")
    def _():
        desk.put("Mail/cur/1", (desk.folder / "good.eml").read_bytes())
        found, wrong = judged(b"Mail\nbad.eml\n", "--recursive", "plain.eml", exit=1)
        flat, more = judged(b"Mail\ngood.eml\n", exit=2)
        return wrong + more + ([] if found == [("plain.eml", "NONE"), ("Mail/cur/1", "GOOD"), ("bad.eml", "BAD")] else [f"{found}"]) + (
            [] if flat == [("good.eml", "GOOD")] else [f"{flat}"])

    @plan.add("A-4.2-1", "ten thousand names, which no single argument could hold")
    def _():
        found, wrong = judged(b"./plain.eml\n" * 9999 + b"./good.eml\n", exit=4)
        return wrong + ([] if len(found) == 10000 and found[-1] == ("./good.eml", "GOOD") else [f"{len(found)} results"])

    @plan.add("A-4.2-1", "a list that cannot be read, NULs without --null, --null alone, standard input named twice: refused")
    def _():
        wrong = desk.refused(desk.judge("--files-from", "nolist"), "nolist")
        wrong += desk.refused(desk.judge("--files-from", "-", stdin=b"good.eml\0bad.eml\0"), "--null")
        wrong += desk.refused(desk.judge("--null", "good.eml"), "--files-from")
        wrong += desk.refused(desk.judge("--files-from", "-", "-", stdin=b"good.eml\n"), "standard input")
        return wrong + desk.ended(desk.judge("--files-from", ".", "good.eml"), 2, "directory", out=["GOOD"])

    @plan.add("A-4.2-1", "an empty list is an empty folder: nothing is judged, and nothing said")
    def _():
        (desk.folder / "Empty").mkdir()
        empty = desk.judge("--recursive", "Empty")
        outcome = desk.judge("--files-from", "-", stdin=b"")
        return [] if (outcome.exit, outcome.stdout, outcome.stderr) == (empty.exit, empty.stdout, empty.stderr) else [f"{outcome} {empty}"]


main(declare)
