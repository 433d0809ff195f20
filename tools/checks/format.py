#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The C sources are as clang-format leaves them (`make format`); other files have clean line ends."""

import re
import shutil
import subprocess

import tap

VERSION = "14"  # Debian 12's; other versions differ in details
TEXT = (".c", ".h", ".def", ".py", ".md", ".scd", "meson.build", "Makefile", ".txt", "run", "setup", "check")


def clang_format_problems(paths):
    run = subprocess.run(
        ["clang-format", "--dry-run", "--Werror", *paths], capture_output=True, text=True, check=False
    )
    places = (line.split(":") for line in run.stderr.splitlines() if ": error:" in line)
    first = {}
    for path, line, *_ in places:
        first.setdefault(path, line)
    return [f"{path}:{line}: not as clang-format leaves it" for path, line in first.items()]


def line_end_problems(path):
    text = tap.read(path)
    if "\r" in text:
        yield f"{path}: carriage return"
    if text and not text.endswith("\n"):
        yield f"{path}: no newline at the end"
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            yield f"{path}:{number}: blank at the end of the line"


def main():
    report = tap.Tap()
    title = "C sources are formatted"
    found = shutil.which("clang-format") and subprocess.run(
        ["clang-format", "--version"], capture_output=True, text=True, check=True
    ).stdout
    if found and re.search(rf"version {VERSION}\.", found):
        report.check(title, clang_format_problems(tap.files(".c", ".h")))
    else:
        report.skip(title, f"no clang-format {VERSION}")
    own = [path for path in tap.files(*TEXT) if not path.startswith("tests/cases/")]
    report.check("line ends are clean", [p for path in own for p in line_end_problems(path)])
    report.finish()


main()
