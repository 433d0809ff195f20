#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Functions that have no place here: some nowhere, some not in the library."""

import re

import tap

NOWHERE = "strcpy strcat sprintf vsprintf gets atoi atol atof strtok alloca strncpy strncat tmpnam mktemp"
# The library does no I/O, reads no clock and no environment, logs nothing and never ends the process.
NOT_IN_LIBRARY = (
    "printf fprintf vprintf puts putchar perror fopen fclose fread fwrite open read write close stat "
    "socket connect system popen fork abort exit _exit assert time clock gettimeofday clock_gettime "
    "localtime gmtime mktime getenv setenv setlocale srand rand random signal longjmp"
)

NOISE = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def calls(path, names):
    code = NOISE.sub(lambda match: "\n" * match.group().count("\n"), tap.read(path))
    pattern = re.compile(rf"(?<![\w.>])({'|'.join(names.split())})\s*\(")
    for number, line in enumerate(code.split("\n"), 1):
        for match in pattern.finditer(line):
            yield f"{path}:{number}: {match.group(1)}()"


def main():
    report = tap.Tap()
    everywhere = tap.files(".c", ".h", under=["include/", "src/", "cli/", "examples/", "fuzz/", "tests/"])
    report.check("no unbounded or unchecked function", [p for f in everywhere for p in calls(f, NOWHERE)])
    library = tap.files(".c", ".h", under=["include/", "src/"])
    report.check(
        "no I/O, clock, environment or end of the process in the library",
        [p for f in library for p in calls(f, NOT_IN_LIBRARY)],
    )
    report.finish()


main()
