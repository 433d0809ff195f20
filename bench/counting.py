# SPDX-License-Identifier: Apache-2.0
"""Instructions, counted by callgrind: the same from run to run, where a clock of milliseconds is noisy. Valgrind's
processor is an older one than this machine's, so libcrypto's arithmetic takes other ways: compare such numbers with
each other only."""

import shutil

from contest import Cost, Wrong, execute, is_ours

LONGEST_S = 1.0  # of what is counted: valgrind takes fifty times as long


def available():
    return shutil.which("valgrind") is not None


def _count_once(command, entry, contest):
    out = contest.folder / "callgrind.out"
    if entry.before:
        entry.before()
    process, _, _ = execute(["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}", *command],
                            contest, entry)
    if process.returncode not in entry.exits:
        raise Wrong(f"exit status {process.returncode} under valgrind")
    total = next(line for line in out.read_text().splitlines() if line.startswith(("summary:", "totals:")))
    out.unlink()
    return int(total.split()[1])


def _count_entry(entry, contest):
    if entry.counted is None:
        return _count_once(entry.command, entry, contest) / entry.units
    total, least = _count_once(entry.counted, entry, contest), _count_once(entry.least, entry, contest)
    return (total - least) / (entry.counted_units - entry.least_units)


def _is_countable(entry, cost):
    """A shell's instructions would say nothing of what it starts."""
    if not is_ours(entry.who) or not isinstance(cost, Cost) or str(entry.command[0]) == "sh":
        return False
    return cost.cpu_s * (entry.counted_units or entry.units) < LONGEST_S


def count(contest, results, tell=lambda text: None):
    """Adds the instructions of ours, and of what that is measured by, to `results`."""
    for entry in contest.entries:
        cost = results.get(entry.who)
        if not _is_countable(entry, cost):
            continue
        tell(f"{contest.name}: counting instructions, {entry.who}")
        try:
            cost.instructions = _count_entry(entry, contest)
        except (Wrong, OSError, StopIteration):
            cost.instructions = None
