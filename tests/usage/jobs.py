#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`verify --jobs`: what is said is what one process says, in its order, whatever becomes of the processes."""

import json
import os
import signal
import subprocess
import time

from desk import JUDGED, main, mime, program

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

    def start(*words, **streams):
        return subprocess.Popen([program(), "verify", *JUDGED, *words], cwd=desk.folder, start_new_session=True,
                                **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams})

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

    def holds(process, name):
        """It has the file open."""
        folder = f"/proc/{process}/fd"
        return any(os.readlink(f"{folder}/{one}").endswith(f"/{name}") for one in os.listdir(folder) if os.path.islink(f"{folder}/{one}"))

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


    def listed(names, number):
        """The same few files by many names, which are not all of one length."""
        for name in names:
            octets = (desk.folder / name).read_bytes()
            for folder in ("a", "a-longer-folder" * 8, "b/c/d"):
                desk.put(f"{folder}/{name}", octets)
        folders = ("a", "a-longer-folder" * 8, ".", "b/c/d")
        desk.put("list", "".join(f"{folders[at % 4]}/{names[at % len(names)]}\n" for at in range(number)).encode())
        return ["--files-from", "list"]

    @plan.add("A-4.2-1", "thousands of messages of a list, far more than are under way at a time, and names of all lengths")
    def _():
        return differs("--json", *listed(names[:5], 5000), jobs=("2", "7"))

    @plan.add("A-4.2-1", "messages of very different cost: what is quick is judged meanwhile, and shown where it belongs")
    def _():
        desk.put("large.eml", desk.world.signed_mail(desk.alice, mime.text("line\r\n" * 2_000_000)))
        quick = ["good.eml"] * 700
        return differs("--json", "large.eml", *quick, "large.eml", *quick, "large.eml", jobs=("2",))

    @plan.add("A-4.2-1", "results that are longer than what goes through at a time, and short ones behind them")
    def _():
        part = mime.text()
        signed = mime.multipart_signed(part, desk.world.signature(mime.canonical(part), desk.alice))
        desk.put("long.eml", mime.message(desk.world.fields("Alice <alice@example.com>"), mime.multipart([signed] * 400, boundary="outside")))
        length = len(desk.judge("--json", "long.eml").stdout)
        wrong = [] if length > 1 << 19 else [f"a result of {length} octets is none to speak of"]
        return wrong + differs("--json", "good.eml", "long.eml", "bad.eml", "long.eml", "long.eml", *["good.eml"] * 200, jobs=("2", "4"))

    @plan.add("A-4.2-1", "a list without names; names that no file can have")
    def _():
        desk.put("list", b"")
        empty = desk.judge("--jobs", "4", "--files-from", "list")
        wrong = [] if (empty.exit, empty.stdout, empty.stderr) == (0, b"", b"") else [f"{empty}"]
        desk.put("list", b"\n".join([b"good.eml", b"x" * 4095, b"./" * 2042 + b"good.eml", b"bad.eml", b"y/" * 50_000, b"plain.eml"]))
        return wrong + differs("--json", "--files-from", "list")

    @plan.add("A-4.2-1", "a list that comes slowly: each message is answered while nobody knows of the next, by one process")
    def _():
        wrong = []
        for jobs in ("1", "3"):
            with start("--json", "--jobs", jobs, "--files-from", "-", stdin=subprocess.PIPE) as process:
                for name in ("good.eml", "nothere.eml", "folder", "bad.eml", "plain.eml"):
                    process.stdin.write(f"{name}\n".encode())
                    process.stdin.flush()
                    if name.endswith("here.eml") or name == "folder":
                        said = process.stderr.readline()
                    else:
                        said = process.stdout.readline()
                    wrong += [] if name.encode() in said else [f"--jobs {jobs}: {name}: {said!r}"]
                number = len(children(process, 0))
                wrong += [] if number <= 1 else [f"--jobs {jobs}: {number} processes"]
                process.stdin.close()
                wrong += [] if process.wait(PATIENCE_S) == 2 else [f"--jobs {jobs}: exit status {process.returncode}"]
        return wrong

    def inputs(name):
        return [json.loads(line)["input"] for line in (desk.folder / name).read_text().splitlines()]

    @plan.add("A-4.2-1", "a message that waits holds up what is shown, and nothing that is judged")
    def _():
        many = ["good.eml"] * 300
        with open(desk.folder / "out", "wb") as out:
            process = start("--json", "--jobs", "2", fifo("fifo1"), *many, fifo("fifo2"), "bad.eml", stdout=out)
            with open(desk.folder / "fifo2", "wb") as second:  # somebody reads it only when all before it were judged
                wrong = [] if not inputs("out") else ["shown before its turn"]
                second.write((desk.folder / "bad.eml").read_bytes())
            with open(desk.folder / "fifo1", "wb") as first:
                first.write((desk.folder / "good.eml").read_bytes())
            stderr = process.communicate(timeout=PATIENCE_S)[1]
        return wrong + ([] if inputs("out") == ["fifo1", *many, "fifo2", "bad.eml"] and not stderr else [f"{inputs('out')} {stderr!r}"])

    @plan.add("A-4.2-1", "of many that are under way, the process that dies takes its one message; what it judged before is shown")
    def _():
        before, after = ["good.eml", "bad.eml"] * 100, ["plain.eml", "good.eml"] * 100
        with open(desk.folder / "out", "wb") as out:
            process = start("--json", "--jobs", "2", *before, fifo("fifo1"), *after, fifo("fifo2"), stdout=out)
            both = children(process, 2)
            with open(desk.folder / "fifo2", "wb"):  # one of them reads it; the other has fifo1
                os.kill(next(one for one in both if not holds(one, "fifo2")), signal.SIGKILL)
            stderr = process.communicate(timeout=PATIENCE_S)[1]
        wrong = [] if inputs("out") == before + after else [f"{inputs('out')}"]
        told = stderr.count(b"fifo1: the process that judged it was ended by signal 9"), stderr.count(b"process")
        return wrong + ([] if told == (1, 1) and process.returncode == 2 else [f"{process.returncode} {stderr!r}"])

    @plan.add("A-5-2", "a full disk, and a reader that goes away: told, or the end; no process is left")
    def _():
        with open("/dev/full", "wb") as full:
            process = start("--jobs", "2", *listed(names[:5], 3000), stdout=full)
            stderr = process.communicate(timeout=PATIENCE_S)[1]
        wrong = [] if process.returncode == 2 and stderr.count(b"No space left") == 1 else [f"full: {process.returncode} {stderr!r}"]
        process = start("--json", "--jobs", "2", *listed(names[:5], 3000))
        found = children(process, 2)
        process.stdout.readline()
        process.stdout.close()
        return wrong + ([] if process.wait(PATIENCE_S) != 0 else ["nobody read, and all was well"]) + gone(found)

    @plan.add("A-4.2-1", "a reader that takes his time gets all of it; what waits does not grow without end")
    def _():
        alone = desk.judge("--json", *listed(names[:5], 4000))
        process = start("--json", "--jobs", "2", "--files-from", "list", stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        stdout = process.stdout.read()
        process.wait(PATIENCE_S)
        return [] if stdout == alone.stdout else [f"{len(stdout)} octets in place of {len(alone.stdout)}"]


main(declare)
