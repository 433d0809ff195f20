#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run_cases.py FILE...: makes the files of each case, runs the program, compares (TAP on standard output).

SIGNET is the program (default build/signet), SIGNET_CASE_DIR the folder for the files (default a temporary one).
The files of a failed case always stay, so that the command line it prints can be run again.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from runner import Scene, load, tap  # noqa: E402
from runner.compare import differences  # noqa: E402
from runner.execute import command_line, execute  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="only name the cases")
    parser.add_argument("--only", metavar="TEXT", help="only the cases whose description holds TEXT")
    parser.add_argument("--keep", action="store_true", help="keep the files of good cases, too")
    parser.add_argument("--generate", action="store_true", help="write the files and print the commands, run nothing")
    return parser.parse_args()


def folder_of(base, number, one):
    label = re.sub("[^A-Za-z0-9.]+", "-", one.description)[:60].strip("-")
    return base / one.source.replace("/", "-") / f"{number:03d}-{label}"


def prepare(one, folder):
    """The runs of a case, each with its own folder holding its files."""
    runs = one.build(Scene(one.key_kind))
    runs = runs if isinstance(runs, (list, tuple)) else [runs]
    placed = []
    for number, run in enumerate(runs, 1):
        place = folder if len(runs) == 1 else folder / str(number)
        place.mkdir(parents=True, exist_ok=True)
        for name, octets in run.files.items():
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(octets)
        placed.append((run, place))
    return placed


def judge(one, folder):
    """What went wrong in a case, as lines."""
    wrong = []
    home = folder / "home"
    for run, place in prepare(one, folder):
        home.mkdir(parents=True, exist_ok=True)
        found = differences(run, execute(run.arguments, place, home, run.stdin, run.memory))
        if found:
            wrong += [command_line(run.arguments, place)] + found
    return wrong


def attempt(task):
    """`judge`, with a fault of the case itself reported as its failure."""
    one, folder = task
    try:
        return judge(one, folder)
    except Exception:  # a case is a program, and may fail in any way
        return traceback.format_exc().splitlines()


def run(cases, base, keep):
    failed = 0
    tasks = [(one, folder_of(base, number, one)) for number, one in enumerate(cases, 1)]
    print("TAP version 13")
    print(f"1..{len(cases)}", flush=True)
    for number, ((one, folder), wrong) in enumerate(zip(tasks, tap.in_order(attempt, tasks)), 1):
        print(tap.line(number, not wrong, one.description), flush=True)
        tap.comment(wrong)
        failed += bool(wrong)
        if not wrong and not keep:
            shutil.rmtree(folder, ignore_errors=True)
    return failed


def generate(cases, base):
    for number, one in enumerate(cases, 1):
        print(f"# {one.description}")
        for each, place in prepare(one, folder_of(base, number, one)):
            print(command_line(each.arguments, place))


def main():
    options = arguments()
    cases = [one for file in options.file for one in load(file)]
    if options.only:
        cases = [one for one in cases if options.only in one.description]
    if options.list:
        print("".join(f"{one.source}: {one.description}\n" for one in cases), end="")
        return 0
    given = os.environ.get("SIGNET_CASE_DIR")
    base = Path(given).resolve() if given else Path(tempfile.mkdtemp(prefix="signet-cases-"))
    if options.generate:
        generate(cases, base)
        return 0
    failed = run(cases, base, options.keep)
    if not failed and not options.keep and not given:
        shutil.rmtree(base, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
