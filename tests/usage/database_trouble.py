#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A database that is in the way, cannot be read or written, is full, damaged, newer, busy; a process that is killed.
Trouble with it never changes a verdict, and nothing that was acknowledged is lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from contextlib import contextmanager

from database import STORED, Shelf
from desk import Skip, main, program
from runner.execute import environment
from runner.unprivileged import unprivileged

GIVEN = ("--anchor", "root.crt", "--crls", "root.crl", *STORED)
# Each with the words that its message must hold.
READERS = (("list",), ("export", "alice"), ("check",), ("backup", "backup-of-trouble.db"))
WRITERS = (("import", "alice.crt"), ("trust", "--yes", "root.crt"), ("bind", "alice@example.com", "alice.crt"))


@contextmanager
def small_disk(size):
    """A file system of so many octets of its own."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise Skip("only root can mount a small disk")
    folder = tempfile.mkdtemp(prefix="signet-disk-")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False).returncode != 0:
        os.rmdir(folder)
        raise Skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=False)
        os.rmdir(folder)


def many(desk, number):
    """A file with so many certificates."""
    w = desk.world
    made = [w.end_entity(f"Crowd {n}", desk.root, key="p256:Crowd").cert for n in range(number)]
    return desk.put(f"crowd-{number}.der", b"".join(made))


def start(desk, shelf, *arguments):
    return subprocess.Popen([program(), *arguments], cwd=desk.folder, env=environment(shelf.home), stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def declare(plan, desk):
    def verdict_stands(shelf, *words, quiet=None, launcher=()):
        """`verify` with all that it needs beside the database: good, and the warning has these words."""
        return [f"verify: {line}" for line in desk.ended(shelf.run("verify", "good.eml", *GIVEN, launcher=launcher), 0, *words, out=("GOOD",), quiet=quiet)]

    def all_refuse(shelf, *words, verbs=READERS + WRITERS, launcher=()):
        """Trust shows what it is about before it comes to the database."""
        return [f"{verb[0]}: {line}" for verb in verbs
                for line in desk.ended(shelf.run(*verb, launcher=launcher), 2, "signet", *words, quiet=None if verb[0] == "trust" else "out")]

    @plan.add("A-4-6 C-CO-3", "files that are none, empty, cut, forbidden, of another kind: told by name, and the good ones go in")
    def _():
        shelf = Shelf(desk, "files")
        cert, crl = ((desk.folder / name).read_bytes() for name in ("alice.crt", "root.crl"))
        desk.put("empty", b"")
        desk.put("prose", b"Dear Bob,\n\nno certificates today.\n")
        (desk.folder / "nothing").mkdir()
        wrong = []
        for name in ("missing", "empty", "prose", "alice.crt/x"):
            wrong += [f"{name}: {line}" for line in desk.ended(shelf.run("import", name), 2, name, out=("1 could not be read",))]
        wrong += desk.ended(shelf.run("import", "nothing"), 0, out=("0 certificates",))
        desk.put("zeros", bytes(20_000_000))
        wrong += desk.ended(shelf.run("import", "zeros"), 2, "zeros", "expected a certificate")
        for octets in (cert, crl):
            for at in range(1, len(octets), 29):
                desk.put("cut", octets[:at])
                wrong += [f"cut at {at}: {line}" for line in desk.ended(shelf.run("import", "cut"), 2, "cut")]
        wrong += desk.ended(shelf.run("import", "-", stdin=b""), 2) + desk.ended(shelf.run("list"), 0, quiet="out")
        wrong += desk.ended(shelf.run("import", "missing", "alice.crt", "empty"), 2, "missing", "empty", out=("1 certificate,", "2 could not be read"))
        return wrong + desk.ended(shelf.run("list"), 0, out=("CN=Alice",))

    @plan.add("A-4-6 C-CO-3", "a file and a directory that may not be read")
    def _():
        launcher = unprivileged(program(), "--version")
        desk.folder.chmod(0o777)
        desk.put("secret.crt", (desk.folder / "alice.crt").read_bytes())
        (desk.folder / "secret.crt").chmod(0)
        (desk.folder / "closed").mkdir(mode=0)
        wrong = []
        for name in ("secret.crt", "closed"):
            wrong += desk.ended(desk.run("import", name, "--store", "public.db", launcher=launcher), 2, name, "denied")
        (desk.folder / "closed").chmod(0o755)
        return wrong

    @plan.add("A-4-4", "something else where the database should be: a directory, a text, an empty file, another program's database")
    def _():
        wrong = []
        for number, make in enumerate((lambda file: file.mkdir(), lambda file: file.write_text("Dear diary,\n" * 500), foreign)):
            shelf = Shelf(desk, f"else-{number}")
            shelf.file.parent.mkdir(parents=True)
            make(shelf.file)
            wrong += [f"{number}: {line}" for line in all_refuse(shelf, "signet.db") + verdict_stands(shelf, "warning", "signet.db")]
        shelf = Shelf(desk, "empty")
        shelf.file.parent.mkdir(parents=True)
        shelf.file.touch()
        outcome = shelf.run("import", "alice.crt")  # an empty file is what a killed first run may leave
        return wrong + desk.ended(outcome, (0, 2)) + verdict_stands(shelf)

    @plan.add("A-4-4", "a database that may not be read: the verdict stands, the verbs say whose permission is lacking")
    def _():
        launcher = unprivileged(program(), "--version")
        shelf = Shelf(desk, "forbidden").filled()
        desk.folder.chmod(0o755)
        for folder in (shelf.home, shelf.file.parent.parent, shelf.file.parent):
            folder.chmod(0o755)
        for one in shelf.file.parent.iterdir():
            one.chmod(0)
        wrong = all_refuse(shelf, "permission", launcher=launcher) + verdict_stands(shelf, "warning", "permission", launcher=launcher)
        shelf.file.parent.chmod(0)
        return wrong + verdict_stands(shelf, "warning", launcher=launcher)

    @plan.add("A-4-4", "a database that can only be read is used, and nothing is kept")
    def _():
        launcher = unprivileged(program(), "--version")
        shelf = Shelf(desk, "read-only").filled()
        desk.folder.chmod(0o755)
        for one in shelf.file.parent.iterdir():
            one.chmod(0o644)
        for folder in (shelf.home, shelf.file.parent.parent, shelf.file.parent):
            folder.chmod(0o755)
        before = shelf.file.read_bytes()
        wrong = desk.ended(shelf.run("verify", "good.eml", *STORED, launcher=launcher), 0, "signet.db", out=("GOOD",))
        wrong += desk.ended(shelf.run("verify", "good.eml", *STORED, "--no-keep", launcher=launcher), 0, out=("GOOD",), quiet="err")
        wrong += desk.ended(shelf.run("list", launcher=launcher), 0, out=("CN=Alice",))
        wrong += all_refuse(shelf, "signet.db", verbs=WRITERS, launcher=launcher)
        return wrong + ([] if shelf.file.read_bytes() == before else ["it was changed"])

    @plan.add("A-4-4", "a database of a later version is left alone, and the message says so")
    def _():
        shelf = Shelf(desk, "newer").filled()
        base = sqlite3.connect(shelf.file)
        version, = base.execute("PRAGMA user_version").fetchone()
        base.execute(f"PRAGMA user_version = {version + 1}")
        base.commit()
        base.close()
        before = shelf.file.read_bytes()
        wrong = all_refuse(shelf, "later version") + verdict_stands(shelf, "warning", "later version")
        return wrong + ([] if shelf.file.read_bytes() == before else ["it was changed"])

    @plan.add("A-4-4", "cut at every place, or with pages of noise: a word, no crash, and the verdict stands")
    def _():
        shelf = Shelf(desk, "damaged").filled()
        for one in shelf.file.parent.iterdir():
            if one != shelf.file:
                one.unlink()
        whole, wrong = shelf.file.read_bytes(), []
        noise = bytes((n * 7919 + n // 3) % 256 for n in range(4096))
        broken = [whole[:at] for at in (1, 15, 16, 99, 100, 512, 1024, 4095, 4096, 5000, 8192, len(whole) // 2, len(whole) - 1)]
        broken += [whole[:at] + noise + whole[at + 4096:] for at in range(0, len(whole), 4096)]
        for number, octets in enumerate(broken):
            shelf.file.write_bytes(octets)
            for verb in (("list",), ("list", "alice"), ("check",), ("import", "alice.crt"), ("export", "alice")):
                wrong += [f"{number} {verb}: {line}" for line in desk.ended(shelf.run(*verb), (0, 1, 2))]
            wrong += [f"{number}: {line}" for line in desk.ended(shelf.run("verify", "good.eml", *GIVEN), 0, out=("GOOD",))]
        return wrong

    @plan.add("A-4-4", "a disk that is full: what was stored stays, the message says so, and the verdict stands")
    def _():
        octets = many(desk, 3000)
        shelf = Shelf(desk, "full")
        with small_disk("448k") as disk:
            file = f"{disk}/signet.db"
            wrong = desk.ended(shelf.run("import", "alice.crt", "--store", file), 0)
            wrong += desk.ended(shelf.run("import", "crowd-3000.der", "--store", file), 2, "nothing was imported", quiet="out")
            wrong += desk.ended(shelf.run("list", "--store", file), 0, out=("CN=Alice",), lacks=("Crowd",))
            wrong += desk.ended(shelf.run("check", "--store", file), 0)
            with open(f"{disk}/filler", "wb") as filler:
                try:
                    filler.write(octets * 10)
                except OSError:
                    pass
            wrong += desk.ended(shelf.run("verify", "good.eml", *GIVEN, "--store", file), 0, out=("GOOD",))
            wrong += desk.ended(shelf.run("verify", "good.eml", *GIVEN, "--store", f"{disk}/new.db"), 0, "warning", out=("GOOD",))
            return wrong + desk.refused(shelf.run("backup", f"{disk}/copy.db", "--store", file), "no room left")

    @plan.add("A-4-4", "two that write at once: both are done, and nothing is lost")
    def _():
        many(desk, 300)
        many(desk, 301)
        shelf = Shelf(desk, "two")
        running = [start(desk, shelf, "import", name) for name in ("crowd-300.der", "crowd-301.der", "alice.crt", "root.crl")]
        outcomes = [(process, *process.communicate(timeout=120)) for process in running]
        wrong = [f"exit {process.returncode}: {err!r}" for process, _, err in outcomes if process.returncode != 0]
        number = len(shelf.run("list").stdout.splitlines())
        return wrong + ([] if number == 603 else [f"{number} objects"]) + desk.ended(shelf.run("check"), 0)

    @plan.add("A-4-4", "another holds it: a change waits until it is free, a verdict does not wait for long and stands")
    def _():
        shelf = Shelf(desk, "held")
        shelf.run("trust", "--yes", "root.crt")
        base = sqlite3.connect(shelf.file, isolation_level=None)
        base.execute("BEGIN IMMEDIATE")
        wrong = verdict_stands(shelf, "warning", "signet.db")
        waiting = start(desk, shelf, "import", "alice.crt")
        wrong += desk.ended(shelf.run("list"), 0, out=("CN=Root",), quiet="err")
        base.execute("COMMIT")
        base.close()
        _, errors = waiting.communicate(timeout=60)
        wrong += [] if waiting.returncode == 0 else [f"exit {waiting.returncode}: {errors!r}"]
        return wrong + desk.ended(shelf.run("list", "alice"), 0, out=("CN=Alice",))

    @plan.add("A-4-4", "one reads while another writes")
    def _():
        many(desk, 3000)
        shelf = Shelf(desk, "reader").filled()
        writer = start(desk, shelf, "import", "crowd-3000.der")
        wrong, rounds = [], 0
        while writer.poll() is None or rounds == 0:
            wrong += desk.ended(shelf.run("list", "alice@example.com", "--issuer", "Root"), 0, out=("CN=Alice",)) + desk.ended(shelf.run("verify", "good.eml", "--no-keep", *STORED), 0, quiet="err")
            rounds += 1
        writer.communicate()
        return wrong + ([] if writer.returncode == 0 else [f"the writer: exit {writer.returncode}"])

    @plan.add("A-4-4 E-41", "killed in the middle of writing: all that was acknowledged is found again, and nothing half")
    def _():
        many(desk, 3000)
        shelf = Shelf(desk, "killed").filled()
        key_id, serial = desk.alice.ski.hex(), f"{desk.alice.serial:x}"
        wrong = []
        for round_ in range(8):
            writer = start(desk, shelf, "import", "crowd-3000.der")
            time.sleep(0.01 + 0.03 * round_)
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
            for words in (("alice@example.com", "--issuer", "Root"), ("--serial", serial), ("--key-id", key_id), (desk.alice.sha256,)):
                wrong += [f"round {round_}, {words}: {line}" for line in desk.ended(shelf.run("list", *words), 0, out=("CN=Alice",))]
            wrong += [f"round {round_}: {line}" for line in desk.ended(shelf.run("check"), 0, out=("no flaw",))]
            number = shelf.run("list", "--issuer", "Root").stdout.count(b"CN=Crowd")
            wrong += [] if number in (0, 3000) else [f"round {round_}: {number} of one call's certificates"]
        return wrong + desk.ended(shelf.run("verify", "good.eml", *STORED), 0)


def foreign(file):
    """Somebody else's SQLite database."""
    base = sqlite3.connect(file)
    base.execute("CREATE TABLE diary (entry TEXT)")
    base.execute("INSERT INTO diary VALUES ('dear')")
    base.commit()
    base.close()


if __name__ == "__main__":
    main(declare)
