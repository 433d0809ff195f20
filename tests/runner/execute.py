# SPDX-License-Identifier: Apache-2.0
"""Running the program in a folder of its own, with a home of its own and a time limit."""

import os
import shlex
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 60
# Nothing that a test runs asks the network, unless the test says so.
OFFLINE = Path(__file__).resolve().parent / "offline.conf"
# What the sanitizers write when they have found something.
ALARMS = (b"AddressSanitizer", b"LeakSanitizer", b"MemorySanitizer", b"ThreadSanitizer", b"runtime error:")


@dataclass
class Outcome:
    """`trouble` is what no expectation can excuse: a signal, a sanitizer's report, no end in time."""

    exit: int
    stdout: bytes
    stderr: bytes
    trouble: str = None


def program():
    """The program under test, by an absolute path."""
    default = Path(__file__).resolve().parents[2] / "build" / "signet"
    return str(Path(os.environ.get("SIGNET", default)).resolve())


def environment(home):
    """Nothing of the user's own settings reaches the program."""
    kept = {name: value for name, value in os.environ.items()
            if name in ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "MALLOC_PERTURB_")}
    folders = {f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    return {**kept, **folders, "SIGNET_CONFIG": str(OFFLINE), "HOME": str(home), "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1"}


def within(memory, command):
    """`command` with at most `memory` MiB of address space. The address sanitizer reserves far more than it uses."""
    if memory is None or os.environ.get("SIGNET_SANITIZED"):
        return command
    return ["sh", "-c", 'ulimit -v "$0" && exec "$@"', str(memory * 1024), *command]


def execute(arguments, folder, home=None, stdin=None, memory=None, changes=None, launcher=(), stdout=subprocess.PIPE):
    """`changes` to the environment (None takes a variable away), `launcher`: words before the program's name, `stdout`:
    another place for the output."""
    variables = {**environment(home or folder), **(changes or {})}
    variables = {name: value for name, value in variables.items() if value is not None}
    command = within(memory, [*launcher, program(), *arguments])
    try:
        done = subprocess.run(command, cwd=folder, env=variables, input=stdin or b"", stdout=stdout, stderr=subprocess.PIPE,
                              timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired as expired:
        return Outcome(-1, expired.stdout or b"", expired.stderr or b"", f"no end after {TIMEOUT} s")
    except OSError as error:
        return Outcome(-1, b"", b"", f"cannot run {program()}: {error.strerror}")
    return Outcome(done.returncode, done.stdout or b"", done.stderr, _trouble(done))


def _trouble(done):
    if done.returncode < 0:
        return f"ended by {signal.Signals(-done.returncode).name}"
    if any(alarm in done.stderr for alarm in ALARMS):
        return "a sanitizer reports an error"
    return None


def command_line(arguments, folder):
    return f"cd {shlex.quote(str(folder))} && " + shlex.join([program(), *arguments])
