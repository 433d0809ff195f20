#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What has no size and need not have an end: pipes, terminals, devices."""

import os

from desk import JUDGED, Skip, main, mime

LINE = b"A line of text that is signed with all the others.\r\n"
LARGE = 3 << 20
# Words before the program's name that give it another standard input.
ENDLESS = ("sh", "-c", 'yes | exec "$0" "$@"')
ZEROS = ("sh", "-c", 'head -c 300000000 /dev/zero | exec "$0" "$@"')


def declare(plan, desk):
    large = desk.world.signed_mail(desk.alice, part=b"Content-Type: text/plain\r\n\r\n" + LINE * (LARGE // len(LINE)))
    place, nowhere = desk.folder / "place", str(desk.folder / "nowhere")
    place.mkdir()

    def piped(octets, *arguments, tmp=str(place), **options):
        return desk.judge("-", *arguments, stdin=octets, changes={"TMPDIR": tmp}, **options)

    def filed(act):
        """Whether a file was made in `place`, and what else is wrong: nothing may be left there."""
        os.utime(place, ns=(0, 0))
        wrong = act()
        return place.stat().st_mtime_ns != 0, wrong + [f"left behind: {one}" for one in os.listdir(place)]

    @plan.add("E-9", "devices that never end, in place of each kind of file")
    def _():
        if not os.path.exists("/dev/zero"):
            raise Skip("there is no /dev/zero")
        told = ("/dev/zero", "1048576 octets", "device")
        wrong = [line for verb in ("verify", "path", "show", "lint") for line in desk.refused(desk.run(verb, "/dev/zero"), *told)]
        for option in ("--anchor", "--certs", "--crls", "--content"):
            wrong += [f"{option}: {line}" for line in desk.refused(desk.judge("good.eml", option, "/dev/zero"), *told)]
        wrong += desk.ended(desk.judge("good.eml", "/dev/zero"), 2, *told, out=["GOOD"])
        wrong += desk.refused(desk.run("verify", "--max-input", "1000", "/dev/zero"), "1000 octets")
        return wrong + desk.refused(desk.judge("/dev/null"), "empty")

    @plan.add("E-9", "no more is taken of a pipe than --max-input says")
    def _():
        wrong = []
        for octets in (desk.good, large):
            size = len(octets)
            wrong += desk.ended(piped(octets, "--max-input", str(size)), 0, out=["GOOD"])
            wrong += desk.refused(piped(octets, "--max-input", str(size - 1)), "standard input", f"{size - 1} octets", "--max-input")
        wrong += desk.ended(piped(large, "--max-input", "4M"), 0) + desk.refused(piped(large, "--max-input", "2M"), "2097152")
        for tmp in (str(place), nowhere):
            wrong += desk.refused(piped(None, "--max-input", "5M", launcher=ENDLESS, tmp=tmp), "5242880")
        return wrong

    @plan.add("E-9", "a maximum of input that is none")
    def _():
        return [line for size in ("0", "-1", "", "5X", "M", "9999G") for line in desk.refused(piped(desk.good, "--max-input", size), "--max-input")]

    @plan.add("E-9", "files may have any size, from standard input, too")
    def _():
        desk.put("large.eml", large)
        wrong = desk.ended(desk.judge("large.eml", "--max-input", "1K"), 0)
        redirected = ("sh", "-c", 'exec "$0" "$@" < large.eml')
        return wrong + desk.ended(desk.judge("-", "--max-input", "1K", launcher=redirected), 0)

    @plan.add("E-9", "what is large goes to a file without a name, within little memory, and what is small does not")
    def _():
        made, wrong = filed(lambda: desk.ended(piped(large), 0, out=["GOOD"]))
        small, more = filed(lambda: desk.ended(piped(desk.good), 0, out=["GOOD"]))
        return wrong + more + ([] if made else ["no file was made"]) + (["a file was made of little"] if small else [])

    @plan.add("E-9", "where no file can be made, or may not grow, memory is used")
    def _():
        wrong = [f"{tmp[:20]}: {line}" for tmp in (nowhere, "/" + "x" * 5000, "/proc") for line in desk.ended(piped(large, tmp=tmp), 0)]
        for size in (0, 4096, 1 << 20, (1 << 20) + 1, (2 << 20) + 4096):
            bound = ("prlimit", f"--fsize={size}")
            wrong += [f"{size}: {line}" for line in desk.ended(piped(large, launcher=bound), 0, out=["GOOD"])]
        return wrong

    @plan.add("E-9", "where nothing can be kept in a file, memory has its bound")
    def _():
        return desk.refused(piped(None, launcher=ZEROS, tmp=nowhere), "268435456 octets", "memory")

    @plan.add("E-9 A-5-1", "nothing that is to be encrypted goes to a file")
    def _():
        desk.put("draft.eml", mime.message(desk.world.fields("Alice <alice@example.com>", to="alice@example.com"),
                                           b"Content-Type: text/plain\r\n\r\n" + LINE * (LARGE // len(LINE))))
        draft = (desk.folder / "draft.eml").read_bytes()

        def encrypt(*words):
            return desk.run("encrypt", "--plan", *words, "-", *JUDGED, stdin=draft, changes={"TMPDIR": str(place)})

        made, wrong = filed(lambda: desk.ended(encrypt(), (0, 1, 2, 3)))
        return wrong + (["a file was made"] if made else []) + desk.refused(encrypt("--max-input", "1M"), "1048576 octets")

    @plan.add("E-9", "certificates and CRLs from pipes, and a pipe with a name")
    def _():
        fifo = desk.folder / "fifo"
        os.mkfifo(fifo)
        feed = ("sh", "-c", 'cat root.crl > fifo & exec "$0" "$@"')
        words = [one.replace("root.crl", "fifo") for one in JUDGED]
        wrong = desk.ended(desk.run("verify", "good.eml", *words, launcher=feed), 0, out=["GOOD"])
        return wrong + desk.ended(desk.run("show", "-", stdin=(desk.folder / "root.crl").read_bytes()), 0, out=["Root"])


main(declare)
