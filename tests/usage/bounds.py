#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program's own bounds, each with just enough and with one too many: told, and never a crash (docs/limits.md)."""

import hashlib
import os
import pty
import subprocess

from desk import Skip, main, program
from runner.execute import environment


def alike(octets, number):
    """So many objects that differ from `octets` in their last four octets alone, and whose SHA-256 begin with the same four
    digits: (those digits, the objects)."""
    found, begun = {}, hashlib.sha256(octets[:-4])
    for last in range(1 << 32):
        digest = begun.copy()
        digest.update(last.to_bytes(4, "big"))
        same = found.setdefault(digest.digest()[:2], [])
        same.append(last)
        if len(same) == number:
            return digest.hexdigest()[:4], [octets[:-4] + one.to_bytes(4, "big") for one in same]
    raise ValueError("there are none")


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

    @plan.add("E-9", "twenty fingerprints that begin alike are listed, and one more is counted")
    def _():
        digits, certificates = alike(desk.alice.cert, 21)
        wrong = []
        for number, more in ((20, False), (21, True)):
            home = desk.folder / f"home-{number}"
            home.mkdir()
            desk.put("alike.der", b"".join(certificates[:number]))
            wrong += desk.ended(desk.run("import", "alike.der", home=home), 0, out=[f"{number} certificates, 0 CRLs new"])
            outcome = desk.run("remove", digits, home=home)
            shown = outcome.stderr.decode().count("CN=Alice")
            wrong += desk.ended(outcome, 2, f"{number} fingerprints begin so", *(["... and 1 more"] if more else []), quiet="out")
            wrong += [] if shown == 20 and (b"... and" in outcome.stderr) == more else [f"{shown} are shown: {outcome.stderr!r}"]
        return wrong

    def typed(home, *lines):
        """(exit status, what stood on the terminal) of an import of typed.key at which `lines` are typed as answers."""
        try:
            controller, terminal = pty.openpty()
        except OSError as reason:
            raise Skip(f"there is no terminal to be had: {reason}") from reason
        process = subprocess.Popen([program(), "import", "typed.key"], cwd=desk.folder, env=environment(home), stdin=terminal,
                                   stdout=subprocess.PIPE, stderr=terminal)
        os.close(terminal)
        shown, asked = b"", 0
        try:
            while more := os.read(controller, 65536):
                shown += more
                while asked < min(len(lines), shown.count(b"passphrase for")):
                    os.write(controller, lines[asked] + b"\n")
                    asked += 1
        except OSError:  # that was all
            pass
        process.communicate(timeout=60)
        os.close(controller)
        return process.returncode, shown.decode("utf-8", "replace")

    @plan.add("E-9", "a passphrase that is mistyped twice, and three times")
    def _():
        home = desk.folder / "home-typed"
        home.mkdir()
        desk.put("pass", b"right\n")
        wrong = desk.ended(desk.run("csr", "--email", "a@example.com", "--new-key", "p256", "--key-out", "typed.key",
                                    "--passphrase-file", "pass"), 0)
        for lines, words in (((b"x", b"y", b"right"), "import the certificate first"),
                             ((b"x", b"y", b"z", b"right"), "private key: the passphrase does not open it")):
            status, shown = typed(home, *lines)
            wrong += [] if status == 2 and shown.count("passphrase for") == 3 and words in shown else [f"{status}: {shown!r}"]
        return wrong

    @plan.add("E-9", "a request for a hundred addresses, and for one more")
    def _():
        return desk.ended(asks(*addresses(100)), 0) + desk.refused(asks(*addresses(101)), "too many addresses")

    @plan.add("E-9", "a request for a name of sixty-four characters, and of one more")
    def _():
        return desk.ended(asks("--name", "ä" * 64, *addresses(1)), 0) + desk.refused(asks("--name", "ä" * 65, *addresses(1)), "64")


main(declare)
