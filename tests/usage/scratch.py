#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where what is decoded from large messages goes: to files in TMPDIR, to memory where there can be none, and nowhere when
it was decrypted."""

import base64
import os
import subprocess

from desk import JUDGED, Skip, main, mime, program, results
from pki import keys
from pki import extensions as x
from runner.execute import environment

LINE = b"A line of text that is signed with all the others.\r\n"
SIZE = 3 << 20
# Working memory in which a message of that size is not to be had.
LITTLE = ("--budget", f"memory={2 << 20}")
LIMIT = ("LIMIT",)


def part(size=SIZE):
    return b"Content-Type: text/plain\r\n\r\n" + LINE * (size // len(LINE))


def declare(plan, desk):
    world = desk.world
    desk.put("big.eml", world.signed_mail(desk.alice, part=part(), form="opaque"))
    place = desk.folder / "place"
    place.mkdir()

    def judge(name, *arguments, tmp=str(place), **options):
        return desk.judge(name, *arguments, changes={"TMPDIR": tmp}, **options)

    def touched(act):
        """Whether a file was made in `place`, and what else is wrong: nothing may be left there."""
        os.utime(place, ns=(0, 0))
        wrong = act()
        return place.stat().st_mtime_ns != 0, wrong + [f"left behind: {one}" for one in os.listdir(place)]

    @plan.add("E-9", "a large message is decoded into a file without a name, and within little memory")
    def _():
        made, wrong = touched(lambda: desk.ended(judge("big.eml", *LITTLE), 0))
        return wrong + ([] if made else ["no file was made"])

    @plan.add("E-9", "a small one is not")
    def _():
        made, wrong = touched(lambda: desk.ended(judge("good.eml"), 0))
        return wrong + (["a file was made"] if made else [])

    @plan.add("E-9", "where no file can be made memory is used, as much as there may be")
    def _():
        wrong = []
        for tmp in (str(desk.folder / "nowhere"), str(desk.folder / "good.eml"), "/" + "x" * 5000, "/proc"):
            wrong += [f"{tmp[:20]}: {line}" for line in desk.ended(judge("big.eml", tmp=tmp), 0) +
                      desk.ended(judge("big.eml", *LITTLE, tmp=tmp), 3, out=LIMIT)]
        return wrong

    @plan.add("E-9", "without TMPDIR, or with one that is no absolute path, the usual folder is used")
    def _():
        if not os.access("/var/tmp", os.W_OK):
            raise Skip("/var/tmp cannot be written to")
        return desk.ended(judge("big.eml", *LITTLE, tmp=None), 0) + desk.ended(judge("big.eml", *LITTLE, tmp="place"), 0)

    @plan.add("E-9", "a file that may not grow is as a full disk: memory is used, as much as there may be")
    def _():
        wrong = []
        for size in (0, 4096, 1 << 20, (3 << 20) - (200 << 10)):
            bound = ("prlimit", f"--fsize={size}")
            wrong += [f"{size}: {line}" for line in desk.ended(judge("big.eml", launcher=bound), 0) +
                      desk.ended(judge("big.eml", *LITTLE, launcher=bound), 3, out=LIMIT)]
        return wrong

    @plan.add("E-9", "on a disk that is really full, too")
    def _():
        small = desk.folder / "small"
        small.mkdir()
        arguments = " ".join(["verify", "big.eml", *JUDGED])
        script = (f"mount -t tmpfs -o size=1500k none {small} || exit 9; {program()} {arguments}; echo first $?; "
                  f"{program()} {arguments} {' '.join(LITTLE)}; echo second $?; df --output=used {small} | tail -1")
        done = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", script], cwd=desk.folder, check=False,
                              env={**environment(desk.folder), "TMPDIR": str(small)}, capture_output=True, text=True)
        if done.returncode == 9 or "unshare" in done.stderr:
            raise Skip("no small file system can be mounted here")
        wrong = [] if "first 0" in done.stdout and "second 3" in done.stdout else [done.stdout, done.stderr]
        return wrong + ([] if done.stdout.split()[-1] == "0" else [f"still used: {done.stdout.split()[-1]}"])

    @plan.add("E-9", "many large parts, one in the other and side by side, need few open files")
    def _():
        inner = world.signed_mail(desk.alice, part=part(2 << 20), form="opaque")
        nested = world.signed_mail(desk.alice, part=b"Content-Type: message/rfc822\r\n\r\n" + inner, form="opaque")
        one = mime.opaque(world.signature(part(2 << 20), desk.alice, detached=False))
        side = mime.message(world.fields("Alice <alice@example.com>"), mime.multipart([one] * 12))
        desk.put("nested.eml", nested)
        desk.put("side.eml", side)
        few = ("prlimit", "--nofile=10")
        outcome = judge("side.eml", "--json", launcher=few)
        wrong = desk.ended(outcome, (0, 1, 3))
        wrong += [] if len(results(outcome)[0]["signers"]) == 12 else ["not twelve signers"]
        outcome = judge("nested.eml", "--json", launcher=few)
        wrong += desk.ended(outcome, (0, 1, 3))
        wrong += [] if len(results(outcome)[0]["signers"]) == 2 else ["not two signers"]
        return wrong + [f"left behind: {one}" for one in os.listdir(place)]

    @plan.add("E-9 C-ENV-9", "what was decrypted goes to no file")
    def _():
        bob = world.end_entity("Bob", desk.root, key="rsa2048-01", ext={"keyUsage": x.key_usage("keyEncipherment")})
        desk.put("bob.crt", bob.cert)
        desk.put("bob.key", keys.pem("PRIVATE KEY", bob.key.pkcs8()))
        (desk.folder / "bob.key").chmod(0o600)
        closed = desk.run("encrypt", "big.eml", "--only-to", "bob@example.com", "--certs", "bob.crt", *JUDGED)
        wrong = desk.ended(closed, 0)
        # As a bare object: of a mail, its base64 is decoded into a file, still encrypted.
        desk.put("closed.p7m", base64.b64decode(closed.stdout.replace(b"\r\n", b"\n").split(b"\n\n", 1)[1]))
        opening = ("decrypt", "closed.p7m", "--key", "bob.key", "--cert", "bob.crt", "--output", "open.eml", *JUDGED)
        made, more = touched(lambda: desk.ended(desk.run(*opening, changes={"TMPDIR": str(place)}), (0, 1, 3), "integrity   GOOD"))
        opened = (desk.folder / "open.eml").stat().st_size
        return wrong + more + (["a file was made"] if made else []) + ([] if opened > SIZE else [f"{opened} octets came out"])


if __name__ == "__main__":
    main(declare)
