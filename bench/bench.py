#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the workloads, ours and the peers' programs in turn, and prints medians and ratios. Never part of a test: a
clock proves nothing. With --compare it only compares two results."""

import argparse
import importlib
import json
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

import compare  # noqa: E402
import contest  # noqa: E402
import counting  # noqa: E402
import page  # noqa: E402
import picture  # noqa: E402
import results as found  # noqa: E402
import variety  # noqa: E402
from ground import Ground  # noqa: E402


def workloads(only):
    for path in sorted((HERE / "workloads").glob("w*.py")):
        name = path.stem.split("_")[0].upper()
        if not only or name in only:
            yield importlib.import_module(f"workloads.{path.stem}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="the sizes that the targets speak of")
    parser.add_argument("--rounds", type=int, default=3, help="three times as many for what takes milliseconds")
    parser.add_argument("--only", default="", help="workloads, such as W1,W3")
    parser.add_argument("--seed", type=int, default=0, help="other names, keys, serials, orders and sizes; 0: the usual")
    parser.add_argument("--instructions", action="store_true", help="also count instructions, ours and the limit's")
    parser.add_argument("--ours", action="store_true", help="leave the peers out")
    parser.add_argument("--json", help="write the results there")
    parser.add_argument("--svg", help="draw the results there")
    parser.add_argument("--page", help="put the results into this page, between its marks")
    parser.add_argument("--compare", metavar="OLD.json", help="tell what needs more instructions than it did")
    parser.add_argument("--with", dest="new", metavar="NEW.json", help="of --compare: a result, instead of a run")
    parser.add_argument("--threshold", type=float, default=2.0, help="of --compare, in percent")
    parser.add_argument("--shared", help="our program with libraries of the system")
    parser.add_argument("signet", nargs="?")
    parser.add_argument("tools", nargs="?", help="the folder of measure, limit and the peers' programs")
    options = parser.parse_args()
    if not options.new and not options.tools:
        parser.error("which program, and which folder of tools?")
    return options


def run(options):
    """The results, as they are written to JSON."""
    only, rows, start = set(filter(None, options.only.upper().split(","))), [], time.monotonic()
    chosen = variety.vary(options.seed)
    with tempfile.TemporaryDirectory(prefix="signet-bench-") as folder:
        ground = Ground(folder, options.signet, options.tools, options.shared, chosen)
        for module in workloads(only):
            contest.progress(f"{module.__name__}: making what it needs")
            for one in module.contests(ground, options.full):
                if options.ours:
                    one.entries = [entry for entry in one.entries if contest.is_ours(entry.who)]
                costs = contest.run(one, options.rounds, ground.tools, contest.progress)
                if options.instructions and counting.available():
                    counting.count(one, costs, contest.progress)
                if one.after:
                    one.after()
                contest.progress("")
                rows.append(found.of_contest(one, costs))
                print(found.text(rows[-1]) + "\n", flush=True)
                contest.progress(f"{module.__name__}: making what it needs")
    contest.progress("")
    return found.of_all(rows, options.seed, options.full, time.monotonic() - start)


def write(options, report):
    if options.json:
        Path(options.json).write_text(json.dumps(report, indent=1) + "\n")
    if options.svg:
        Path(options.svg).write_text(picture.draw(report))
    if options.page:
        page.put(Path(options.page), report)


def main():
    options = arguments()
    if options.compare and not options.new:
        options.instructions = True
    report = json.loads(Path(options.new).read_text()) if options.new else run(options)
    write(options, report)
    if not options.new:
        print(found.summary(report))
    if options.compare:
        text, slower = compare.compare(json.loads(Path(options.compare).read_text()), report, options.threshold / 100)
        print(text)
        sys.exit(1 if slower else 0)


if __name__ == "__main__":
    main()
