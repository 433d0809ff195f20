#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`verify --recursive`: Maildirs, mbox files, directories, links."""

import os

from desk import main, results


def verdicts(outcome):
    return [(one["input"], one["verdict"]) for one in results(outcome)]


def declare(plan, desk):
    good, bad, plain = ((desk.folder / name).read_bytes() for name in ("good.eml", "bad.eml", "plain.eml"))
    mark = b"From alice@example.com Mon Jun  1 11:00:00 2026\n"

    def judged(*files, exit):
        outcome = desk.judge("--recursive", *files, "--json")
        return verdicts(outcome), desk.ended(outcome, exit)

    @plan.add("A-4.2-1 D-ADM-1", "a Maildir: new and cur, not tmp, not hidden files; sorted; the worst decides")
    def _():
        for name, octets in (("Mail/cur/1:2,S", good), ("Mail/cur/2:2,", plain), ("Mail/new/3", good), ("Mail/tmp/4", bad), ("Mail/cur/.hidden", bad)):
            desk.put(name, octets)
        found, wrong = judged("Mail", exit=4)
        expected = [("Mail/cur/1:2,S", "GOOD"), ("Mail/cur/2:2,", "NONE"), ("Mail/new/3", "GOOD")]
        desk.put("Mail/new/5", bad)
        again, more = judged("Mail", exit=1)
        return wrong + more + ([] if found == expected else [f"{found}"]) + ([] if again == expected + [("Mail/new/5", "BAD")] else [f"{again}"])

    @plan.add("A-4.2-1", "a directory of an empty Maildir, and an empty directory")
    def _():
        for name in ("Empty/cur", "Empty/new", "Empty/tmp"):
            (desk.folder / name).mkdir(parents=True)
        found, wrong = judged("Empty", exit=(0, 2, 4))
        return wrong + ([] if found == [] else [f"{found}"])

    @plan.add("A-4.2-1 C-MIME-7", "an mbox: each message by its number, the From lines between them no content")
    def _():
        desk.put("inbox", mark + good + b"\n" + mark + bad + b"\n" + mark + plain + b"\n")
        found, wrong = judged("inbox", exit=1)
        return wrong + ([] if found == [("inbox#1", "GOOD"), ("inbox#2", "BAD"), ("inbox#3", "NONE")] else [f"{found}"])

    @plan.add("C-MIME-7", "an mbox with CRLF line ends, without the last empty line, with one message")
    def _():
        wrong = []
        crlf = (mark + good + b"\n").replace(b"\n", b"\r\n")
        for octets, number in ((crlf * 2, 2), (mark + good, 1), (mark + good + b"\n", 1), (mark + good + b"\n" + mark + good, 2)):
            desk.put("box", octets)
            found, more = judged("box", exit=0)
            wrong += more + ([] if found == [(f"box#{n + 1}", "GOOD") for n in range(number)] else [f"{found}"])
        return wrong

    @plan.add("C-MIME-7", "From at the beginning of a line within a signed text ends no message unless a blank line is before it")
    def _():
        text = "Hello\r\nFrom here on it is signed.\r\n"
        desk.put("box", mark + desk.world.signed_mail(desk.alice, text=text, line_ends="lf") + b"\n" + mark + good)
        found, wrong = judged("box", exit=0)
        return wrong + ([] if [verdict for _, verdict in found] == ["GOOD", "GOOD"] else [f"{found}"])

    @plan.add("A-4.2-1", "an mbox of two thousand messages")
    def _():
        desk.put("big", (mark + plain + b"\n") * 2000)
        found, wrong = judged("big", exit=4)
        return wrong + ([] if len(found) == 2000 and found[-1] == ("big#2000", "NONE") else [f"{len(found)} results"])

    @plan.add("A-4.2-1", "one message file under --recursive is one message")
    def _():
        found, wrong = judged("good.eml", exit=0)
        return wrong + ([] if found == [("good.eml", "GOOD")] else [f"{found}"])

    @plan.add("A-4.2-1", "links to files are followed, links in a circle end")
    def _():
        desk.put("Links/a/1.eml", good)
        (desk.folder / "Links" / "2.eml").symlink_to("a/1.eml")
        (desk.folder / "Links" / "a" / "up").symlink_to("..")
        (desk.folder / "Links" / "a" / "again").symlink_to("..")
        found, wrong = judged("Links", exit=(0, 2))
        names = [name for name, _ in found]
        return wrong + ([] if "Links/2.eml" in names and "Links/a/1.eml" in names and len(names) == len(set(names)) else [f"{names[:10]}"])

    @plan.add("A-4.2-1", "a link that leads nowhere, a pipe, files of other kinds: told or passed over, and the rest is judged")
    def _():
        desk.put("Odd/1.eml", good)
        (desk.folder / "Odd" / "0.eml").symlink_to("nowhere")
        os.mkfifo(desk.folder / "Odd" / "pipe")
        desk.put("Odd/9.eml", good)
        found, wrong = judged("Odd", exit=(0, 2))
        names = [name for name, _ in found]
        return wrong + ([] if "Odd/1.eml" in names and "Odd/9.eml" in names else [f"judged only {names}"])


if __name__ == "__main__":
    main(declare)
