#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Functions and files stay of a size that a reader sees whole."""

import json
import re
import shutil
import statistics
import subprocess

import tap

MAX_FUNCTION_LINES = 100
MAX_FILE_LINES = 799
MAX_BRANCHES = 15  # decisions in one function; an && chain reads as one line after the other

PLACES = ("include/", "src/", "cli/", "examples/", "fetcher/", "fuzz/", "tests/")
NOISE = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
DECISION = re.compile(r"\b(?:if|for|while|case)\b|\?")


def functions(paths):
    """(path, name, first line, last line) of every function."""
    command = ["ctags", "--output-format=json", "--languages=C", "--langmap=C:.c.h", "--c-kinds=f"]
    command += ["--fields=+ne", "-f", "-", *paths]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    tags = (json.loads(line) for line in run.stdout.splitlines())
    return [(tag["path"], tag["name"], tag["line"], tag["end"]) for tag in tags if "end" in tag]


def branches(lines, first, last):
    return 1 + len(DECISION.findall("\n".join(lines[first - 1 : last])))


def check_functions(report, paths):
    found = functions(paths)
    sources = {path: NOISE.sub(lambda m: "\n" * m.group().count("\n"), tap.read(path)) for path in paths}
    lines = {path: text.split("\n") for path, text in sources.items()}
    too_long = [
        f"{path}:{first}: {name}() has {last - first + 1} lines"
        for path, name, first, last in found
        if last - first + 1 > MAX_FUNCTION_LINES
    ]
    too_branched = [
        f"{path}:{first}: {name}() has {number} branches"
        for path, name, first, last in found
        if (number := branches(lines[path], first, last)) > MAX_BRANCHES
    ]
    report.check(f"no function has more than {MAX_FUNCTION_LINES} lines", too_long)
    report.check(f"no function has more than {MAX_BRANCHES} branches", too_branched)
    own = sorted(last - first + 1 for path, _, first, last in found if path.startswith(("src/", "cli/")))
    if own:
        p90 = own[len(own) * 9 // 10]
        report.note(f"{len(own)} functions in src and cli: median {statistics.median(own):g} lines, 9 of 10 up to {p90}")


def main():
    report = tap.Tap()
    paths = tap.files(".c", ".h", under=PLACES)
    lengths = [(path, tap.read(path).count("\n")) for path in paths]
    too_long = [f"{path} has {number} lines" for path, number in lengths if number > MAX_FILE_LINES]
    report.check(f"no file has more than {MAX_FILE_LINES} lines", too_long)
    if shutil.which("ctags"):
        check_functions(report, paths)
    else:
        report.skip("functions are short", "no ctags")
    report.finish()


main()
