#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench.py [--full] [--rounds N] [--json FILE] [--svg FILE] [--table FILE] [--only W1,W3] [--shared PROGRAM] SIGNET TOOLS: runs the workloads, ours and
the peers' programs in turn, and prints medians and ratios. Never part of a test: a clock proves nothing."""

import argparse
import importlib
import json
import platform
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

import contest  # noqa: E402
import page  # noqa: E402
import picture  # noqa: E402
from ground import Ground  # noqa: E402
from page import human_time  # noqa: E402


def workloads(only):
    for path in sorted((HERE / "workloads").glob("w*.py")):
        name = path.stem.split("_")[0].upper()
        if not only or name in only:
            yield importlib.import_module(f"workloads.{path.stem}")


def table(one, results, judged):
    base = results.get("signet")
    lines = [f"{one.name}: {one.title}", f"  {'':16} {'CPU / ' + one.unit:>14} {'ratio':>7} {'peak':>9} {'private':>9}"]
    for entry in one.entries:
        cost = results[entry.who]
        if not isinstance(cost, contest.Cost):
            lines.append(f"  {entry.who:16} failed: {cost}")
            continue
        ratio = f"{cost.cpu_s / base.cpu_s:.2f}" if isinstance(base, contest.Cost) and base.cpu_s > 0 else "-"
        note = f"  ({entry.note})" if entry.note else ""
        lines.append(f"  {entry.who:16} {human_time(cost.cpu_s):>14} {ratio:>7} {cost.peak_mb:>6.1f} MB "
                     f"{cost.private_mb:>6.1f} MB{note}")
    for target, value, met in judged:
        state = {True: "met", False: "NOT MET", None: "not compared"}[met]
        lines.append(f"  target {target.text}: {state}" + (f" ({value:.3g})" if value is not None else ""))
    return "\n".join(lines)


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8", errors="replace")
                  if line.startswith("model name")), platform.machine())
    cores = sum(1 for line in open("/proc/cpuinfo", encoding="utf-8", errors="replace") if line.startswith("processor"))
    return {"cpu": model, "cores": cores, "system": platform.platform(terse=True)}


def versions():
    found = {}
    for tool, words in (("openssl", ["version"]), ("gpgsm", ["--version"]), ("certtool", ["--version"])):
        try:
            done = subprocess.run([tool, *words], capture_output=True, text=True, check=False)
            found[tool] = done.stdout.split("\n")[0]
        except OSError:
            pass
    return found


def as_json(rows):
    def cost(value):
        return vars(value) if isinstance(value, contest.Cost) else {"failed": value}
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"), "machine": machine(), "versions": versions(),
        "contests": [{"name": one.name, "title": one.title, "unit": one.unit,
                      "results": {who: cost(value) for who, value in results.items()},
                      "targets": [{"text": t.text, "value": value, "met": met} for t, value, met in judged]}
                     for one, results, judged in rows]}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="the sizes that the targets speak of")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="workloads, such as W1,W3")
    parser.add_argument("--json")
    parser.add_argument("--svg")
    parser.add_argument("--table", help="for docs/performance.md")
    parser.add_argument("--shared", help="our program with libraries of the system")
    parser.add_argument("signet")
    parser.add_argument("tools", help="the folder of measure, limit and the peers' programs")
    return parser.parse_args()


def main():
    options = arguments()
    only = set(filter(None, options.only.upper().split(",")))
    rows = []
    with tempfile.TemporaryDirectory(prefix="signet-bench-") as folder:
        ground = Ground(folder, options.signet, options.tools, options.shared)
        for module in workloads(only):
            contest.progress(f"{module.__name__}: making what it needs")
            for one in module.contests(ground, options.full):
                results = contest.run(one, options.rounds, ground.tools, contest.progress)
                contest.progress("")
                judged = contest.judge(one, results)
                print(table(one, results, judged) + "\n", flush=True)
                rows.append((one, results, judged))
    if options.json:
        Path(options.json).write_text(json.dumps(as_json(rows), indent=1) + "\n")
    if options.svg:
        Path(options.svg).write_text(picture.draw(as_json(rows)))
    if options.table:
        Path(options.table).write_text(page.table(as_json(rows)))
    missed = [f"{one.name}: {target.text}" for one, _, judged in rows for target, _, met in judged if met is False]
    print(f"{len(rows)} contests, {len(missed)} targets not met" + "".join(f"\n  {text}" for text in missed))


if __name__ == "__main__":
    main()
