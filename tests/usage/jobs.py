#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`verify --jobs`: what is said is what one process says, in its order, whatever becomes of the processes."""

import os
import signal
import subprocess
import time

from desk import JUDGED, main, program

NUM = 200
PATIENCE_S = 20


def declare(plan, desk):
    names = ("good.eml", "bad.eml", "unknown.eml", "plain.eml", "weak.eml", "nothere.eml", "empty.eml", "folder")
    desk.put("empty.eml", b"")
    (desk.folder / "folder").mkdir()
    mixed = [names[number % len(names)] for number in range(NUM)]

    def differs(*words, jobs=("2", "5", "0")):
        """What differs from one process's exit status, standard output and error."""
        alone = desk.judge(*words)
        found = [] if alone.stdout else ["nothing was judged"]
        for number in jobs:
            outcome = desk.judge("--jobs", number, *words)
            found += [f"--jobs {number}: {what} differs" for what in ("exit", "stdout", "stderr")
                      if getattr(outcome, what) != getattr(alone, what)]
        return found

    def start(*words):
        return subprocess.Popen([program(), "verify", *JUDGED, *words], cwd=desk.folder, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, start_new_session=True)

    def children(process, number):
        """Its processes, once there are so many."""
        path = f"/proc/{process.pid}/task/{process.pid}/children"
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            with open(path, encoding="ascii") as listed:
                found = listed.read().split()
            if len(found) >= number:
                return [int(one) for one in found]
            time.sleep(0.01)
        return []

    def fifo(name):
        if not (desk.folder / name).exists():
            os.mkfifo(desk.folder / name)
        return name

    def gone(processes):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if not any(os.path.exists(f"/proc/{one}/exe") for one in processes):
                return []
            time.sleep(0.01)
        return ["a process is left"]

    @plan.add("A-4.2-1", "two hundred messages of all kinds, some of which cannot be read, as text")
    def _():
        return differs(*mixed)

    @plan.add("A-4.2-1", "the same as JSON, and in another order")
    def _():
        return differs("--json", *mixed) + differs("--json", *reversed(mixed), jobs=("3",))

    @plan.add("A-4.2-1", "directories, Maildirs, mbox files and standard input among them")
    def _():
        mark = b"From alice@example.com Mon Jun  1 11:00:00 2026\n"
        octets = {name: (desk.folder / name).read_bytes() for name in names[:5]}
        desk.put("box", b"".join(mark + octets[names[number % 5]] + b"\n" for number in range(50)))
        for number in range(50):
            desk.put(f"Mail/cur/{number:03}:2,S", octets[names[number % 5]])
        return differs("--recursive", "--json", "Mail", "box", "good.eml", "nothere.eml", "Mail/cur/001:2,S")

    @plan.add("A-4.2-1", "fewer messages than processes; one message; an anchor that cannot be read is told once")
    def _():
        lost = desk.judge("--jobs", "3", "--anchor", "lost.crt", "good.eml", "bad.eml", "plain.eml")
        wrong = [] if lost.exit == 2 and lost.stderr.count(b"lost.crt") == 1 else [f"{lost.stderr!r}"]
        return wrong + differs("good.eml", "bad.eml", jobs=("9",)) + differs("good.eml", jobs=("2",))

    @plan.add("A-4.2-1", "standard input among several")
    def _():
        mail = (desk.folder / "bad.eml").read_bytes()
        outcome = desk.judge("--jobs", "2", "good.eml", "-", "good.eml", stdin=mail)
        lines = [line.split()[0] for line in outcome.stdout.splitlines() if line.startswith((b"GOOD", b"BAD"))]
        return [] if lines == [b"GOOD", b"BAD", b"GOOD"] else [f"{outcome.stdout!r}"]

    @plan.add("A-4.2-1", "values that are none are refused")
    def _():
        return [f"--jobs {value}: {outcome.exit}" for value in ("-1", "x", "", "257", "1.5", "99999999999999999999")
                if (outcome := desk.judge("--jobs", value, "good.eml")).exit != 2 or b"--jobs" not in outcome.stderr]

    @plan.add("A-4.2-1", "a process that dies takes one message with it, which is told and is trouble; the others are judged")
    def _():
        process = start("--jobs", "2", fifo("fifo1"), "good.eml", "bad.eml")
        found = children(process, 2)
        time.sleep(0.2)  # so that one of them has the message that never comes
        for one in found:
            os.kill(one, signal.SIGKILL)
        stdout, stderr = process.communicate(timeout=PATIENCE_S)
        verdicts = [line.split()[0] for line in stdout.splitlines() if line.startswith((b"GOOD", b"BAD"))]
        if process.returncode == 2 and verdicts == [b"GOOD", b"BAD"] and stderr.count(b"fifo1: the process that judged it was ended by signal 9") == 1:
            return []
        return [f"{process.returncode} {verdicts} {stderr!r}"]

    @plan.add("A-4.2-1", "an interrupt from the keyboard, and the end of the first process, end all of them")
    def _():
        wrong = []
        for end in (lambda process: os.killpg(process.pid, signal.SIGINT), lambda process: process.kill()):
            process = start("--jobs", "3", fifo("fifo1"), fifo("fifo2"), fifo("fifo3"))
            found = children(process, 3)
            end(process)
            process.communicate(timeout=PATIENCE_S)
            wrong += gone(found) + ([] if found else ["there were no processes"])
        return wrong


main(declare)
