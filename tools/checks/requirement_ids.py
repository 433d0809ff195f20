#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A requirement id that a test names in the source exists; see docs/requirements.md."""

import re
import sys

import tap

sys.path.insert(0, "tools")
import requirements

NAMED = re.compile(r'(?:\bSG_TEST\w*|^@case)\(\s*"((?:[^"\\]|\\.)*)"', re.MULTILINE)


def named_ids(path):
    for match in NAMED.finditer(tap.read(path)):
        line = tap.read(path).count("\n", 0, match.start()) + 1
        for ident in requirements.leading_ids(match.group(1)):
            yield ident, f"{path}:{line}"


def main():
    report = tap.Tap()
    rows = requirements.read()
    known = {row.id for row in rows}
    unknown = [
        f"{place}: {ident}"
        for path in tap.files(".c", ".py", under=["tests/unit/", "tests/cases/"])
        for ident, place in named_ids(path)
        if ident not in known
    ]
    report.check("every requirement id that a test names is known", unknown)
    ids = [row.id for row in rows]
    twice = sorted({ident for ident in ids if ids.count(ident) > 1})
    report.check("no requirement id stands twice", twice)
    unread = [ident for ident in ids if not requirements.ID.fullmatch(ident)]
    report.check("every requirement id is written as ids are", unread)
    report.finish()


main()
