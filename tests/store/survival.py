#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a store goes through: killed, full, locked out, damaged, shared. survival.py STORE_TOOL SCHEMA_FOLDER"""

import os
import random
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki.world import World  # noqa: E402
from runner.plan import Plan, Skip  # noqa: E402
from runner.unprivileged import NOBODY, unprivileged  # noqa: E402

MISSING, FORBIDDEN, READ_ONLY, FULL, BUSY, NEWER, DAMAGED, FOREIGN = range(1, 9)
PAGE = 8192
NUM = 3000


def make_people(path):
    """NUM certificates that differ in serial number and address; nobody verifies them here."""
    w = World()
    one = w.end_entity("Person", w.root(), email="person00000000@example.com", serial=0x1122334455667788).cert
    number, address = bytes.fromhex("1122334455667788"), b"person00000000@"
    if one.count(number) != 1 or one.count(address) != 1:
        raise ValueError("the template is not what it was")
    with open(path, "wb") as out:
        for i in range(NUM):
            out.write(one.replace(number, (i + (1 << 60)).to_bytes(8, "big")).replace(address, b"person%08d@" % i))


class Bench:
    def __init__(self, tool, schema, folder):
        self.tool, self.schema, self.folder = tool, Path(schema), Path(folder)
        self.people = self.folder / "people.der"
        self.number = 0
        make_people(self.people)

    def file(self):
        """A name for a new store, in a folder of its own."""
        self.number += 1
        place = self.folder / f"place{self.number}"
        place.mkdir()
        return place / "certificates.db"

    def start(self, *arguments, **options):
        return subprocess.Popen([*options.pop("launcher", ()), self.tool, *map(str, arguments)], stdout=subprocess.PIPE,
                                text=True, **options)

    def run(self, *arguments, **options):
        """(exit status, lines)"""
        process = self.start(*arguments, **options)
        out, _ = process.communicate(timeout=300)
        return process.returncode, out.splitlines()

    def write(self, file, first=0, num=200, batch=200, **options):
        return self.run("write", file, self.people, first, num, batch, **options)

    def holds(self, file, acknowledged):
        """What is wrong when FILE must hold at least these, and be sound."""
        exit, lines = self.run("list", file)
        lost = set(acknowledged) - set(lines)
        wrong = [f"list ends with {exit}: {lines[-1:]}"] if exit != 0 else []
        wrong += [f"{len(lost)} of {len(acknowledged)} that were acknowledged are lost"] if lost else []
        exit, flaws = self.run("check", file)
        return wrong + ([f"check: {exit} {flaws[:3]}"] if exit != 0 or flaws else [])


def whole(lines):
    """Fingerprints that were written to the end of their line."""
    return [line for line in lines if len(line) == 64]


def trouble(outcome, number, *words):
    exit, lines = outcome
    last = lines[-1] if lines else ""
    if exit != 1 or not last.startswith(f"trouble {number} "):
        return [f"exit {exit}, {last!r}: expected trouble {number}"]
    return [f"no {word!r} in {last!r}" for word in words if word not in last]


def declare(plan, bench):
    # --- killed -------------------------------------------------------------------------------------------

    @plan.add("A-4-4", "killed at forty moments in the middle of writing, it has every certificate that was acknowledged")
    def _():
        dice, file, acknowledged, first = random.Random(4), bench.file(), set(), 0
        for _ in range(40):
            batch = dice.choice((1, 1, 7, 100, 500))
            process = bench.start("write", file, bench.people, first % NUM, NUM, batch)
            if dice.random() < 0.5:
                for _ in range(dice.randrange(1, 40)):
                    acknowledged.update(whole([process.stdout.readline().strip()]))
            else:
                time.sleep(dice.random() * 0.05)
            process.kill()
            acknowledged.update(whole(process.stdout.read().split("\n")[:-1]))
            process.wait()
            first += dice.randrange(100, 400)
        return bench.holds(file, acknowledged) + ([] if len(acknowledged) > 500 else ["hardly anything was written"])

    @plan.add("A-4-4", "killed while it is being made, it can be made and used")
    def _():
        dice, wrong = random.Random(5), []
        for _ in range(15):
            file = bench.file()
            process = bench.start("write", file, bench.people, 0, 1, 1)
            time.sleep(dice.random() * 0.008)
            process.kill()
            process.communicate()
            exit, lines = bench.write(file, num=3)
            wrong += [f"{exit} {lines}"] if exit != 0 else bench.holds(file, lines)
        return wrong

    @plan.add("A-4-4", "nothing is acknowledged before the disk has it")
    def _():
        if shutil.which("strace") is None:
            raise Skip("there is no strace")
        trace = bench.folder / "trace"
        launcher = ("strace", "-f", "-o", str(trace), "-e", "trace=fsync,fdatasync,pwrite64,write")
        exit, lines = bench.write(bench.file(), num=5, batch=1, launcher=launcher,
                                  env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})  # which does not bear strace
        if not trace.exists() or not trace.read_text():
            raise Skip("strace may not trace here")
        dirty, wrong, told = False, [f"{exit} {lines[-1:]}"] if exit != 0 else [], 0
        for call in trace.read_text().splitlines():
            if "pwrite64(" in call:
                dirty = True
            elif "sync(" in call:
                dirty = False
            elif "write(1, " in call:
                told += 1
                wrong += ["told with something not yet on the disk"] if dirty else []
        return wrong + ([] if told == 5 else [f"{told} lines in the trace"])

    # --- the disk is full ---------------------------------------------------------------------------------

    @plan.add("A-4-4", "when its files may not grow any more it says so, and has what was acknowledged")
    def _():
        wrong = []
        for pages, batch in ((22, 1), (40, 50), (60, 400), (15, 1), (5, 1)):
            file = bench.file()

            def limit(pages=pages):
                resource.setrlimit(resource.RLIMIT_FSIZE, (pages * PAGE, pages * PAGE))

            outcome = bench.write(file, num=NUM, batch=batch, preexec_fn=limit)
            wrong += [f"{pages} pages: {line}" for line in trouble(outcome, FULL, "make room", str(file))]
            if pages > 20:
                wrong += bench.holds(file, whole(outcome[1]))
            exit, lines = bench.write(file, num=10)
            wrong += [f"afterwards: {exit} {lines[-1:]}"] if exit != 0 else bench.holds(file, lines + whole(outcome[1]))
        return wrong

    @plan.add("A-4-4", "on a disk that is really full it says so, and has what was acknowledged")
    def _():
        place = bench.folder / "small"
        place.mkdir()
        script = (f"mount -t tmpfs -o size=1500k none {place} && exec 3>&1; "
                  f"{bench.tool} write {place}/s.db {bench.people} 0 {NUM} 20; echo status $?; "
                  f"{bench.tool} list {place}/s.db; {bench.tool} check {place}/s.db; echo checked $?")
        outcome = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", script], capture_output=True,
                                 text=True, check=False)
        lines = outcome.stdout.splitlines()
        if "status 1" not in lines:
            if "mount" in outcome.stderr or "unshare" in outcome.stderr:
                raise Skip("no small file system can be mounted here")
            return lines[-3:] + [outcome.stderr]
        at = lines.index("status 1")
        wrong = trouble((1, lines[:at]), FULL, "make room")
        lost = set(whole(lines[:at])) - set(lines[at:])
        wrong += [f"{len(lost)} are lost"] if lost else []
        return wrong + ([] if lines[-1] == "checked 0" and "flaw" not in " ".join(lines) else lines[-3:])

    @plan.add("", "a backup that has no room leaves nothing behind")
    def _():
        file = bench.file()
        bench.write(file, num=1000)
        target = file.parent / "copy.db"

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20 * PAGE, 20 * PAGE))

        wrong = trouble(bench.run("backup", file, target, preexec_fn=limit), FULL, str(target))
        return wrong + [f"left behind: {path.name}" for path in file.parent.glob("copy*")]

    # --- permissions --------------------------------------------------------------------------------------

    @plan.add("A-4-4", "its files are for their owner alone, whatever the umask is")
    def _():
        wrong = []
        for umask in (0, 0o022, 0o777):
            file = bench.file()
            process = bench.start("write", file, bench.people, 0, NUM, 1, preexec_fn=lambda umask=umask: os.umask(umask))
            process.stdout.readline()
            names = sorted(path.name for path in file.parent.iterdir())
            wrong += [] if len(names) == 3 else [f"files: {names}"]
            wrong += [f"umask {umask:o}: {path.name} {mode:o}" for path in file.parent.iterdir()
                      for mode in [stat.S_IMODE(path.stat().st_mode)] if mode != 0o600]
            process.kill()
            process.communicate()
        return wrong

    def locked(bench, file_mode, folder_mode):
        """A store, and the words to open it as somebody who may do no more than the modes say."""
        launcher = unprivileged(bench.tool, exits=2)
        file = bench.file()
        _, written = bench.write(file)
        if launcher:
            os.chown(file, NOBODY, NOBODY)
            os.chown(file.parent, NOBODY, NOBODY)
        file.chmod(file_mode)
        file.parent.chmod(folder_mode)
        return file, launcher, written

    @plan.add("A-4-4", "a file that can only be read is read, and not changed")
    def _():
        wrong = []
        for file_mode, folder_mode in ((0o400, 0o700), (0o400, 0o500), (0o600, 0o500)):
            file, launcher, written = locked(bench, file_mode, folder_mode)
            before = file.read_bytes()
            exit, lines = bench.run("list", file, launcher=launcher)
            wrong += [] if exit == 0 and set(lines) == set(written) else [f"{folder_mode:o}: {exit} {lines[-1:]}"]
            wrong += [f"{folder_mode:o}: {line}" for line in
                      trouble(bench.write(file, launcher=launcher, first=500), READ_ONLY, "permissions", str(file))]
            wrong += [] if file.read_bytes() == before else ["the file has changed"]
            file.parent.chmod(0o700)
        return wrong

    @plan.add("", "a file that may not even be read")
    def _():
        file, launcher, _ = locked(bench, 0o000, 0o700)
        return trouble(bench.run("list", file, launcher=launcher), FORBIDDEN, str(file))

    @plan.add("", "a folder in which nothing can be made")
    def _():
        launcher = unprivileged(bench.tool, exits=2)
        file = bench.file()
        file.parent.chmod(0o555)
        return trouble(bench.write(file, launcher=launcher), FORBIDDEN, str(file))

    # --- together -----------------------------------------------------------------------------------------

    @plan.add("A-4-4", "three processes that write at once lose nothing")
    def _():
        file = bench.file()
        writers = [bench.start("write", file, bench.people, i * 300, 300, batch) for i, batch in enumerate((1, 3, 50))]
        outcomes = [(writer.communicate(timeout=300)[0].splitlines(), writer.returncode) for writer in writers]
        wrong = [f"exit {exit}: {lines[-1:]}" for lines, exit in outcomes if exit != 0 or len(lines) != 300]
        return wrong + bench.holds(file, [line for lines, _ in outcomes for line in lines])

    @plan.add("", "eight processes that make it at once make one")
    def _():
        wrong = []
        for _ in range(4):
            file = bench.file()
            writers = [bench.start("write", file, bench.people, i, 1, 1) for i in range(8)]
            outcomes = [(writer.communicate(timeout=300)[0].splitlines(), writer.returncode) for writer in writers]
            wrong += [f"exit {exit}: {lines[-1:]}" for lines, exit in outcomes if exit != 0]
            wrong += bench.holds(file, [line for lines, _ in outcomes for line in whole(lines)])
        return wrong

    @plan.add("A-4-4", "who reads while another writes sees all that was acknowledged before, and backs it up whole")
    def _():
        file, wrong, seen = bench.file(), [], []
        writer = bench.start("write", file, bench.people, 0, 600, 2)
        for i in range(6):
            seen += [writer.stdout.readline().strip() for _ in range(40)]
            exit, lines = bench.run("list", file)
            lost = set(seen) - set(lines)
            wrong += [f"{exit}, {len(lost)} missing of {len(seen)}"] if exit != 0 or lost else []
            copy = file.parent / f"copy{i}.db"
            exit, lines = bench.run("backup", file, copy)
            wrong += [f"backup: {exit} {lines}"] if exit != 0 else bench.holds(copy, seen)
            wrong += [f"mode {copy.stat().st_mode:o}"] if stat.S_IMODE(copy.stat().st_mode) != 0o600 else []
        writer.communicate()
        return wrong

    # --- other files --------------------------------------------------------------------------------------

    @plan.add("", "a database of a later version is left alone")
    def _():
        file = bench.file()
        bench.write(file)
        with sqlite3.connect(file) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
        before = file.read_bytes()
        wrong = trouble(bench.run("list", file), NEWER, "later version", "99", str(file))
        wrong += trouble(bench.write(file), NEWER, "later version")
        return wrong + ([] if file.read_bytes() == before else ["it was changed"])

    @plan.add("", "a database of an earlier version is brought up to date where it can be written")
    def _():
        file = bench.file()
        first = (bench.schema / "0001_objects.sql").read_text()
        database = sqlite3.connect(file)
        database.executescript(first + "PRAGMA user_version = 1; PRAGMA application_id = 0x73676e74;")
        database.close()
        wrong = trouble(bench.run("list", file), READ_ONLY, "earlier version", str(file))
        exit, lines = bench.write(file)
        wrong += [f"{exit} {lines[-1:]}"] if exit != 0 else bench.holds(file, lines)
        database = sqlite3.connect(file)
        version, = database.execute("PRAGMA user_version").fetchone()
        database.close()
        newest = len(list(bench.schema.glob("*.sql")))
        return wrong + ([] if version == newest else [f"schema {version}, not {newest}"])

    @plan.add("", "what is no database of ours is told, and left alone")
    def _():
        wrong = []
        for name, octets in (("text", b"not a database\n" * 2000), ("short", b"x"), ("zeros", bytes(100000))):
            file = bench.file()
            file.write_bytes(octets)
            for outcome in (bench.run("list", file), bench.write(file)):
                wrong += [f"{name}: {line}" for line in trouble(outcome, FOREIGN, str(file))]
            wrong += [] if file.read_bytes() == octets else [f"{name} was changed"]
        file = bench.file()
        database = sqlite3.connect(file)
        database.execute("CREATE TABLE addresses (name)")
        database.close()
        before = file.read_bytes()
        wrong += trouble(bench.write(file), FOREIGN, "another program", str(file))
        wrong += [] if file.read_bytes() == before else ["another program's database was changed"]
        wrong += trouble(bench.run("list", file.parent), FOREIGN, "regular file")
        wrong += trouble(bench.run("list", file.parent / "none.db"), MISSING, "none.db")
        return wrong + trouble(bench.write(file.parent / "none" / "none.db"), MISSING, "none.db")

    @plan.add("", "an empty file is a store in which nothing is yet")
    def _():
        file = bench.file()
        file.touch()
        file.chmod(0o644)
        wrong = trouble(bench.run("list", file), MISSING, str(file))
        exit, lines = bench.write(file)
        wrong += [] if stat.S_IMODE(file.stat().st_mode) == 0o600 else ["others may read it"]
        return wrong + ([f"{exit} {lines}"] if exit != 0 else bench.holds(file, lines))

    # --- damage -------------------------------------------------------------------------------------------

    @plan.add("A-4-4", "a damaged page is told, and the rest is saved")
    def _():
        dice, wrong, saved = random.Random(6), [], 0
        good = bench.file()
        _, written = bench.write(good, num=1500, batch=500)
        octets = good.read_bytes()
        for _ in range(12):
            file = bench.file()
            page = dice.randrange(1, len(octets) // PAGE)
            damaged = bytearray(octets)
            damaged[page * PAGE:page * PAGE + 4000] = dice.randbytes(4000)
            file.write_bytes(damaged)
            exit, lines = bench.run("list", file)
            if exit != 0:
                wrong += [f"page {page}: {line}" for line in trouble((exit, lines), DAMAGED, "check", "backup")]
            exit, flaws = bench.run("check", file)
            wrong += [f"page {page}: check {exit} {flaws[-1:]}"] if exit not in (0, 1) or not flaws else []
            exit, flaws = bench.run("check", file, "mend")
            mended = file.parent / "certificates.db.mended"
            if exit == 0 and mended.exists():
                wrong += [] if file.read_bytes() == damaged else ["the damaged file was changed"]
                wrong += bench.holds(mended, [])
                there = set(bench.run("list", mended)[1])
                wrong += [] if there <= set(written) else ["something else was saved"]
                saved = max(saved, len(there))
            elif exit != 0:
                wrong += trouble((exit, flaws), DAMAGED, "backup")
            else:
                wrong += bench.holds(file, [])
        return wrong + ([] if saved >= 1400 else [f"no more than {saved} were saved"])

    @plan.add("", "a file that is cut short is told")
    def _():
        wrong = []
        good = bench.file()
        bench.write(good, num=1500, batch=500)
        octets = good.read_bytes()
        for len_kept in (PAGE // 2, PAGE, 3 * PAGE + 100, len(octets) // 2, len(octets) - 5000):
            file = bench.file()
            file.write_bytes(octets[:len_kept])
            for outcome in (bench.run("list", file), bench.run("check", file), bench.run("check", file, "mend")):
                exit, lines = outcome
                told = any(line.startswith(("trouble 7 ", "trouble 8 ", "flaw")) for line in lines)
                wrong += [] if exit in (0, 1) and (told or outcome[0] == 0) else [f"{len_kept}: {exit} {lines[-1:]}"]
            exit, lines = bench.run("check", file)
            wrong += [] if lines else [f"{len_kept}: check finds nothing"]
        return wrong

    @plan.add("A-4-4", "an octet changed behind its back is found, and what it belongs to is not used")
    def _():
        file = bench.file()
        _, written = bench.write(file, num=300)
        octets = bytearray(file.read_bytes())
        # In the certificate, as a GeneralName, not in the index.
        at = octets.index(b"\x81\x1aperson00000123@") + 10
        octets[at] ^= 1
        file.write_bytes(octets)
        exit, lines = bench.run("list", file)
        wrong = [] if exit == 0 and lines[-1] == "bad 1" and set(lines[:-1]) < set(written) else [f"{exit} {lines[-1:]}"]
        exit, flaws = bench.run("check", file, "mend")
        wrong += [] if exit == 0 and len(flaws) == 1 and flaws[0].startswith("flaw 1 certificate") else flaws or ["no flaw"]
        exit, lines = bench.write(file, num=300)
        return wrong + bench.holds(file, written)


def main(tool, schema):
    with tempfile.TemporaryDirectory(prefix="signet-store-") as folder:
        os.chmod(folder, 0o755)
        plan = Plan()
        declare(plan, Bench(tool, schema, folder))
        sys.exit(plan.run())


main(*sys.argv[1:])
