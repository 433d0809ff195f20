# SPDX-License-Identifier: Apache-2.0
"""A contest: the same work by several programs, run in turn, several rounds, and what each run cost."""

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

MEASURE = "measure"  # beside the program, see measure.c


class Wrong(Exception):
    """A program did not do the work, or came to another verdict: its time means nothing."""


@dataclass
class Entry:
    """One program's way to do the work. `command` does it `units` times; `least`, the same command for no or one
    unit, is taken off where only the work itself counts."""
    who: str
    command: list
    units: int = 1
    least: list = None
    least_units: int = 0
    exits: tuple = (0,)
    says: str = ""  # must be on its standard output or error
    env: dict = field(default_factory=dict)
    limit_s: float = 300.0
    before: object = None  # called before each run, unmeasured
    note: str = ""


@dataclass
class Target:
    """`who` is to cost at most `most` times what `than` costs, or with `how` "over" at most `most` more; with `than`
    empty, at most `most` itself."""
    text: str
    most: float
    than: str = ""
    figure: str = "cpu_s"  # or peak_mb, private_mb
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


@dataclass
class Cost:
    cpu_s: float
    wall_s: float
    peak_mb: float
    private_mb: float


def _run_once(command, entry, contest, tools):
    report = contest.folder / "cost.txt"
    if entry.before:
        entry.before()
    env = {**os.environ, "LC_ALL": "C", **entry.env}
    try:
        done = subprocess.run([str(tools / MEASURE), str(report), *map(str, command)], cwd=contest.folder, env=env,
                              capture_output=True, timeout=entry.limit_s, stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        raise Wrong(f"not done after {entry.limit_s:.0f} s") from None
    user, system, wall, peak, private, status = map(int, report.read_text().split())
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    if status not in entry.exits or entry.says not in output:
        raise Wrong(f"exit status {status}: {output.strip()[-200:]}")
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
                  for name in ("cpu_s", "wall_s", "peak_mb", "private_mb")))


def run(contest, rounds, tools, tell=lambda text: None):
    """{who: Cost or the text of what went wrong}; one that failed is not run again."""
    costs, failed = {entry.who: [] for entry in contest.entries}, {}
    for number in range(rounds):
        for entry in contest.entries:
            if entry.who in failed:
                continue
            tell(f"{contest.name}: round {number + 1} of {rounds}, {entry.who}")
            try:
                costs[entry.who].append(_run_entry(entry, contest, tools))
            except (Wrong, OSError) as trouble:
                failed[entry.who] = str(trouble)
    return {who: failed.get(who) or _median(found) for who, found in costs.items()}


def judge(contest, results):
    """[(target, the value reached or None, met or None when there is nothing to compare)]"""
    lines = []
    for target in contest.targets:
        ours, than = results.get(target.who), results.get(target.than)
        if not isinstance(ours, Cost) or (target.than and not isinstance(than, Cost)):
            lines.append((target, None, None if isinstance(ours, Cost) else False))
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
