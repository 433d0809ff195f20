# SPDX-License-Identifier: Apache-2.0
"""A contest: the same work by several programs, run in turn, several rounds, and what each run cost."""

import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

MEASURE = "measure"  # beside the program, see measure.c
OURS = ("signet", "signet shared")
# What no program that judges can be below; shown beside the peers, and none of them.
BOUNDS = ("limit", "limit, fresh keys", "limit, chain once", "arithmetic", "verifications", "nothing", "a process",
          "a shared process", "a hundredth", "sqlite3")


def is_ours(who):
    """Ours, or what ours is measured by."""
    return who.startswith("signet") or who in BOUNDS


class Wrong(Exception):
    """A program did not do the work, or came to another verdict: its time means nothing."""


@dataclass
class Entry:
    """One program's way to do the work. `command` does it `units` times; `least`, the same command for no or one
    unit, is taken off where only the work itself counts. Without a command it cannot do the work, and `note` says
    why."""
    who: str
    command: list
    units: int = 1
    least: list = None
    least_units: int = 0
    needs: str = ""  # the program that must be there, where a shell starts it
    exits: tuple = (0,)
    says: str = ""  # must be on its standard output or error
    check: object = None  # called with its standard output; what it returns is wrong with it
    quiet: bool = False  # its output is thrown away, being too much
    env: dict = field(default_factory=dict)
    limit_s: float = 300.0
    limit_mb: int = 0  # of address space, for peers that would take all there is; 0: none
    before: object = None  # called before each run, unmeasured
    note: str = ""
    counted: list = None  # instead of `command`, where instructions are counted: fewer units
    counted_units: int = 0


@dataclass
class Target:
    """`who` is to cost at most `most` times what `than` costs, or with `how` "over" at most `most` more; with `than`
    empty, at most `most` itself."""
    text: str
    most: float
    than: str = ""
    figure: str = "cpu_s"  # or wall_s, peak_mb, private_mb
    who: str = "signet"
    how: str = "times"


@dataclass
class Contest:
    name: str
    title: str
    entries: list
    targets: list
    unit: str = "run"
    folder: Path = None
    after: object = None  # called when it is over


@dataclass
class Cost:
    cpu_s: float
    wall_s: float
    peak_mb: float
    private_mb: float
    rounds: int = 1
    instructions: float = None


def arithmetic(who, words, times, units_each=1, **options):
    """As `repeated`, with many units to a time. The first time, which makes keys ready, is taken off."""
    return Entry(who, words(times + 1), units=(times + 1) * units_each, least=words(1), least_units=units_each, counted=words(2),
                 counted_units=2 * units_each, **options)


def repeated(who, words, number, counted=11, **options):
    """An entry whose command, `words(times)`, does the work so many times; a process around it does not count."""
    return Entry(who, words(number), units=number, least=words(1), least_units=1, counted=words(counted),
                 counted_units=counted, **options)


# What programs say when they fail, the most telling first.
TELLING = (re.compile(r"error -?\d+\b.*", re.I), re.compile(r"(?<=error:)\w+:.*"), re.compile(r".*\b(?:error|fail|not |unable|bad).*", re.I),
           re.compile(r".*\S.*"))


def _telling_words(output):
    found = next((match.group() for pattern in TELLING for line in output.splitlines() if (match := pattern.search(line))),
                 "nothing was said")
    return found.strip()[:120]


def explain(status, output):
    """Why a run was no good, in words."""
    if status > 128:
        return f"ended by signal {status - 128}"
    return f"another verdict (exit status {status}): {_telling_words(output)}"


def execute(command, contest, entry):
    """(process, standard output, standard error) of a command; with its time end all that it started."""
    def begin():
        resource.setrlimit(resource.RLIMIT_AS, (entry.limit_mb << 20, entry.limit_mb << 20))
    process = subprocess.Popen([str(word) for word in command], cwd=contest.folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL if entry.quiet else subprocess.PIPE, stderr=subprocess.PIPE,
                               env={**os.environ, "LC_ALL": "C", **entry.env}, start_new_session=True,
                               preexec_fn=begin if entry.limit_mb else None)
    try:
        return process, *process.communicate(timeout=entry.limit_s)
    except subprocess.TimeoutExpired:
        raise Wrong(f"not done after {entry.limit_s:.0f} s") from None
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def _run_once(command, entry, contest, tools):
    report = contest.folder / "cost.txt"
    if entry.before:
        entry.before()
    _, stdout, stderr = execute([tools / MEASURE, report, *command], contest, entry)
    user, system, wall, peak, private, status = map(int, report.read_text().split())
    output = ((stdout or b"") + stderr).decode("utf-8", "replace")
    if status not in entry.exits or (entry.says not in output and not entry.quiet):
        raise Wrong(explain(status, output))
    trouble = entry.check(stdout) if entry.check and command is entry.command else None
    if trouble:
        raise Wrong(trouble)
    return Cost((user + system) / 1e6, wall / 1e6, peak / 1024, private / 1024)


def _run_entry(entry, contest, tools):
    cost = _run_once(entry.command, entry, contest, tools)
    if entry.least is not None:
        least = _run_once(entry.least, entry, contest, tools)
        units = entry.units - entry.least_units
        return Cost((cost.cpu_s - least.cpu_s) / units, (cost.wall_s - least.wall_s) / units, cost.peak_mb,
                    cost.private_mb)
    return Cost(cost.cpu_s / entry.units, cost.wall_s / entry.units, cost.peak_mb, cost.private_mb)


def _median(costs):
    return Cost(*(statistics.median(getattr(one, name) for one in costs)
                  for name in ("cpu_s", "wall_s", "peak_mb", "private_mb")), rounds=len(costs))


def rounds_for(wall_s, rounds, is_peer):
    """The noise of a clock is that of milliseconds: what takes them is run three times as often, what takes long
    less, and slow peers once. Where there are several, the first is not counted: it fills caches, and a database is
    then told for the first time what it keeps."""
    if wall_s < 0.1:
        return 3 * rounds + 1
    if wall_s < 2:
        return rounds + 1
    if wall_s < 15:
        return min(rounds, 2 if is_peer else 3)
    return 1 if is_peer or wall_s > 60 else min(rounds, 2)


def _missing(entry, tools):
    """The reason why an entry cannot run at all, or None."""
    if entry.command is None:
        return f"does not do this: {entry.note}"
    program = entry.needs or str(entry.command[0])
    return None if shutil.which(program) or (tools / program).exists() else "not installed"


def run(contest, rounds, tools, tell=lambda text: None):
    """{who: Cost or the text of what went wrong}; one that failed is not run again."""
    failed = {entry.who: text for entry in contest.entries if (text := _missing(entry, tools))}
    costs, wanted = {entry.who: [] for entry in contest.entries}, {entry.who: 1 for entry in contest.entries}
    number = 0
    while any(number < wanted[entry.who] for entry in contest.entries if entry.who not in failed):
        for entry in contest.entries:
            if entry.who in failed or number >= wanted[entry.who]:
                continue
            tell(f"{contest.name}: round {number + 1}" + (f" of {wanted[entry.who]}" if number else "") + f", {entry.who}")
            try:
                costs[entry.who].append(_run_entry(entry, contest, tools))
            except (Wrong, OSError) as trouble:
                failed[entry.who] = str(trouble)
                continue
            took = costs[entry.who][0].wall_s * entry.units
            wanted[entry.who] = rounds_for(took, rounds, not is_ours(entry.who))
        number += 1
    return {who: failed.get(who) or _median(found[1:] or found) for who, found in costs.items()}


def judge(contest, results):
    """[(target, the value reached or None, met or None when there is nothing to compare)]"""
    lines = []
    for target in contest.targets:
        ours, than = results.get(target.who), results.get(target.than)
        if not isinstance(ours, Cost) or (target.than and not isinstance(than, Cost)):
            lines.append((target, None, None if isinstance(ours, Cost) or target.who not in results else False))
            continue
        value = getattr(ours, target.figure)
        if target.than and target.how == "over":
            value -= getattr(than, target.figure)
        elif target.than:
            value /= max(getattr(than, target.figure), 1e-9)
        lines.append((target, value, value <= target.most))
    return lines


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
