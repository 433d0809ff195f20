#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Functions that have no place anywhere here. What the library must not call, exports.py sees in its symbols."""

import re

import tap

NOWHERE = "strcpy strcat sprintf vsprintf gets atoi atol atof strtok alloca strncpy strncat tmpnam mktemp"

NOISE = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def calls(path, names):
    code = NOISE.sub(lambda match: "\n" * match.group().count("\n"), tap.read(path))
    pattern = re.compile(rf"(?<![\w.>])({'|'.join(names.split())})\s*\(")
    for number, line in enumerate(code.split("\n"), 1):
        for match in pattern.finditer(line):
            yield f"{path}:{number}: {match.group(1)}()"


def main():
    report = tap.Tap()
    everywhere = tap.files(".c", ".h", under=["include/", "src/", "cli/", "examples/", "fetcher/", "fuzz/", "tests/"])
    report.check("no unbounded or unchecked function", [p for f in everywhere for p in calls(f, NOWHERE)])
    report.finish()


main()
