#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Large files that are changed while the program has them open: it is told what they hold then, or that they changed.

The program reads CRLs first, and then waits for whoever writes the message into a FIFO. Meanwhile the files are changed.
"""

import errno
import os
import shutil
import signal
import subprocess
import time

from desk import JUDGED, days, main, mime, program, results
from pki import crl
from runner.execute import environment

PATIENCE_S = 30
# Files that were written just now are read into memory: those of the tests are to be older. Seconds.
SETTLED = 3.2
NUM_ENTRIES = 40000


class Held:
    """A run of the program that waits at a FIFO."""

    def __init__(self, desk, verb, words, stdin=None):
        self.path = desk.folder / "fifo"
        if not self.path.exists():
            os.mkfifo(self.path)
        self.process = subprocess.Popen([program(), verb, *words], cwd=desk.folder, env=environment(desk.folder),
                                        stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.writer = self.await_reader()
        self.maps = self.read_maps()

    def read_maps(self):
        number = self.process.pid
        children = open(f"/proc/{number}/task/{number}/children", encoding="utf-8").read().split()
        return "".join(open(f"/proc/{one}/maps", encoding="utf-8").read() for one in (number, *children))

    def await_mapped(self, name, number):
        """Not all processes come to it at once."""
        end = time.monotonic() + PATIENCE_S
        while self.maps.count(name) < number and time.monotonic() < end:
            time.sleep(0.01)
            self.maps = self.read_maps()
        return [] if self.maps.count(name) == number else [f"{name}: mapped {self.maps.count(name)} times"]

    def await_reader(self):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                return os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise
            time.sleep(0.01)
        self.process.kill()
        raise AssertionError(f"it does not wait: {self.process.communicate()}")

    def finish(self, octets):
        os.set_blocking(self.writer, True)
        with open(self.writer, "wb") as writer:
            writer.write(octets)
        try:
            self.stdout, self.stderr = self.process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.exit = self.process.returncode
        self.trouble = f"ended by {signal.Signals(-self.exit).name}" if self.exit < 0 else None
        return self


def declare(plan, desk):
    world, alice = desk.world, desk.alice
    entries = crl.many(NUM_ENTRIES, days(-10), first=1 << 64)
    revoking = crl.many(NUM_ENTRIES - 1, days(-10), first=1 << 64) + world.revocation(alice)
    before, after = (world.crl(desk.root, entries=one, register=False).der for one in (entries, revoking))
    part = mime.text("A line of text that is signed.\r\n" * 60000)
    mail = world.signed_mail(alice, part=part)
    bare = world.signature(part, alice)
    certificate = (desk.folder / "alice.crt").read_bytes()
    CRL = ["--anchor", "root.crt", "--crls", "big.crl", *JUDGED[JUDGED.index("--at"):]]
    originals = {"big.crl": before, "shared.crl": before, "foreign.crl": before, "content": part, "big.eml": mail}

    # Every test has its own copies, made beforehand: all of them are old enough then.
    names = ("same", "place", "rename", "rewritten", "gone", "vanished", "several", "jobs", "path", "others", "content", "content-short",
             "content-jobs", "input", "input-short")
    for name in names:
        for file, octets in originals.items():
            desk.put(f"{name}/{file}", octets)
        os.chmod(desk.folder / name / "shared.crl", 0o664)
        if os.geteuid() == 0:
            os.chown(desk.folder / name / "foreign.crl", 65534, -1)
    time.sleep(SETTLED)

    def words(folder, *files, crls="big.crl"):
        return [*files, *(f"{folder}/{crls}" if word == "big.crl" else word for word in CRL)]

    def rewrite(name, octets):
        """In place: what has the file open sees it."""
        with open(desk.folder / name, "r+b") as file:
            file.write(octets)
            file.truncate()

    def truncate(name):
        os.truncate(desk.folder / name, 4096)

    def is_mapped(held, name, expected=True):
        return [] if (name in held.maps) == expected else [f"{name}: mapped is {not expected}"]

    def verdicts(outcome):
        return [one["verdict"] for one in results(outcome)]

    def judged(held, octets, expected, exit):
        held.finish(octets)
        wrong = desk.ended(held, exit)
        found = verdicts(held) if not wrong else expected
        return wrong + ([] if found == expected else [f"verdicts {found}"])

    # --- CRLs -------------------------------------------------------------------------------------------------

    @plan.add("E-9 A-4.2-1", "a large CRL that nobody changes stays in its file")
    def _():
        held = Held(desk, "verify", words("same", "--json", "fifo"))
        return is_mapped(held, "same/big.crl") + judged(held, desk.good, ["GOOD"], 0)

    @plan.add("E-9 A-4.2-1", "no more than 64 files stay open: others are read into memory")
    def _():
        more = [word for _ in range(69) for word in ("--crls", "same/big.crl")]
        held = Held(desk, "verify", [*words("same", "--json", "fifo"), *more])
        found = sum("same/big.crl" in line for line in held.maps.splitlines())
        return judged(held, desk.good, ["GOOD"], 0) + ([] if found == 64 else [f"{found} are mapped"])

    @plan.add("A-4.2-1 B-CRL-22", "a CRL that is written anew in place counts as it is then")
    def _():
        held = Held(desk, "verify", words("place", "--json", "fifo"))
        wrong = is_mapped(held, "place/big.crl")
        rewrite("place/big.crl", after)
        return wrong + judged(held, desk.good, ["BAD"], 1)

    @plan.add("A-4.2-1 B-CRL-22", "a CRL that another takes the place of counts as the new one, or as it was opened")
    def _():
        held = Held(desk, "verify", words("rename", "--json", "fifo"))
        wrong = is_mapped(held, "rename/big.crl")
        desk.put("rename/new", after)
        os.rename(desk.folder / "rename/new", desk.folder / "rename/big.crl")
        held.finish(desk.good)
        return wrong + ([] if verdicts(held) in (["GOOD"], ["BAD"]) else [f"{held.stdout} {held.stderr}"])

    @plan.add("A-4.2-1 B-CRL-22", "a CRL that was cut and written anew")
    def _():
        held = Held(desk, "verify", words("rewritten", "--json", "fifo"))
        wrong = is_mapped(held, "rewritten/big.crl")
        truncate("rewritten/big.crl")
        rewrite("rewritten/big.crl", after)
        return wrong + judged(held, desk.good, ["BAD"], 1)

    @plan.add("A-4.2-1", "a CRL that is cut meanwhile, and one that is gone: a word")
    def _():
        held = Held(desk, "verify", words("gone", "--json", "fifo", "good.eml"))
        truncate("gone/big.crl")
        wrong = desk.ended(held.finish(desk.good), 2, "gone/big.crl", quiet="out")
        held = Held(desk, "verify", words("vanished", "--json", "fifo"))
        os.unlink(desk.folder / "vanished/big.crl")
        return wrong + desk.ended(held.finish(desk.good), 2, "vanished/big.crl", quiet="out")

    @plan.add("A-4.2-1 B-CRL-22", "of several messages each is judged with what the CRL holds then")
    def _():
        held = Held(desk, "verify", words("several", "--json", "good.eml", "fifo", "good.eml", "plain.eml"))
        rewrite("several/big.crl", after)
        return judged(held, desk.good, ["GOOD", "BAD", "BAD", "NONE"], 1)

    @plan.add("A-4.2-1 B-CRL-22", "the same with several processes")
    def _():
        held = Held(desk, "verify", words("jobs", "--json", "--jobs", "2", "fifo", "plain.eml"))
        wrong = held.await_mapped("jobs/big.crl", 2)
        rewrite("jobs/big.crl", after)
        return wrong + judged(held, desk.good, ["BAD", "NONE"], 1)

    @plan.add("A-4.2-1 B-CRL-22", "the same where a path is judged")
    def _():
        held = Held(desk, "path", words("path", "--json", "fifo", "alice.crt"))
        wrong = is_mapped(held, "path/big.crl")
        rewrite("path/big.crl", after)
        return wrong + judged(held, certificate, ["BAD", "BAD"], 1)

    @plan.add("A-4.2-1", "a CRL that others can write to is read into memory, and so is one that was written just now")
    def _():
        wrong = []
        desk.put("others/new.crl", before)
        unsafe = ["shared.crl", "new.crl"] + (["foreign.crl"] if os.geteuid() == 0 else [])
        for name in unsafe:
            held = Held(desk, "verify", words("others", "--json", "fifo", crls=name))
            wrong += is_mapped(held, f"others/{name}", False)
            rewrite(f"others/{name}", after)
            wrong += judged(held, desk.good, ["GOOD"], 0)
        return wrong

    # --- messages ---------------------------------------------------------------------------------------------

    @plan.add("A-4.2-1 E-9", "content of a signature that is changed, and such that becomes shorter, meanwhile: a word")
    def _():
        wrong = []
        for folder, change, word in (("content", lambda name: rewrite(name, part + b"x"), "was changed"),
                                     ("content-short", truncate, "became shorter")):
            held = Held(desk, "verify", ["fifo", "--content", f"{folder}/content", *JUDGED])
            wrong += is_mapped(held, f"{folder}/content")
            change(f"{folder}/content")
            wrong += desk.ended(held.finish(bare), 2, f"{folder}/content", word, quiet="out")
        return wrong

    @plan.add("A-4.2-1 E-9", "a message on standard input that is changed or becomes shorter: what was told before is not lost")
    def _():
        wrong = []
        for folder, change, word in (("input", lambda name: rewrite(name, mail + b"x"), "was changed"),
                                     ("input-short", truncate, "became shorter")):
            with open(desk.folder / folder / "big.eml", "rb") as stdin:
                held = Held(desk, "verify", ["--json", "plain.eml", "fifo", "-", *JUDGED], stdin=stdin)
            wrong += is_mapped(held, f"{folder}/big.eml")
            change(f"{folder}/big.eml")
            wrong += desk.ended(held.finish(desk.good), 2, "standard input", word)
            wrong += [] if verdicts(held) == ["NONE", "GOOD"] else [f"told: {held.stdout}"]
        return wrong

    @plan.add("A-4.2-1 E-9", "with several processes the one that misses an octet ends, and another goes on")
    def _():
        held = Held(desk, "verify", ["--json", "--jobs", "2", "plain.eml", "fifo", "--content", "content-jobs/content", *JUDGED])
        wrong = is_mapped(held, "content-jobs/content")
        truncate("content-jobs/content")
        return wrong + desk.ended(held.finish(bare), 2, "content-jobs/content", "became shorter", "signet: fifo:")

    @plan.add("A-4.2-1", "nothing is left of FIFOs and copies")
    def _():
        for name in names:
            shutil.rmtree(desk.folder / name)
        os.unlink(desk.folder / "fifo")
        return []


if __name__ == "__main__":
    main(declare)
