#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a process takes of memory does not grow with the messages that it has judged."""

import errno
import os
import re
import subprocess
import time

from desk import JUDGED, main, program

PATIENCE_S = 120
FEW, MANY = 300, 6000
# What may be kept of a message that was judged: its name on the list.
OCTETS_A_MESSAGE = 100
# Pages come by the block, and what is kept of keys and facts has its bounds.
SLACK = 512 * 1024


def opened(path, process):
    """The writing end of a pipe, once somebody reads it; None when the process is gone."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        time.sleep(0.01)
    return None


def declare(plan, desk):
    names = ("good.eml", "bad.eml", "unknown.eml", "plain.eml", "weak.eml", "nothere.eml")

    def peak(number):
        """Octets that the process had at most when it came to the end of the list, where it waits for a pipe."""
        pipe = desk.folder / f"last-{number}"
        os.mkfifo(pipe)
        listed = [names[one % len(names)] for one in range(number)] + [pipe.name]
        desk.put(f"names-{number}", "".join(f"{one}\n" for one in listed).encode())
        process = subprocess.Popen([program(), "verify", *JUDGED, "--json", "--files-from", f"names-{number}"],
                                   cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        writer = opened(pipe, process)
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read(), re.MULTILINE)
            return int(found[1]) * 1024 if writer is not None and found else None
        finally:
            if writer is not None:
                os.close(writer)
            process.wait(PATIENCE_S)

    @plan.add("E-9", "a list twenty times as long takes no more than its names")
    def _():
        if os.environ.get("SIGNET_SANITIZED"):
            return []  # the sanitizers keep what was freed
        few, many = peak(FEW), peak(MANY)
        if few is None or many is None:
            return ["a process ended early"]
        allowed = few + SLACK + (MANY - FEW) * OCTETS_A_MESSAGE
        return [] if many <= allowed else [f"{many} octets after {MANY} messages, {few} after {FEW}"]


main(declare)
