#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No limit sleeps: docs/limits.md lists every one, with its value and the test that shows it at work."""

import os
import re

import tap

PAGE = "docs/limits.md"
NAME = r"(?:[A-Z0-9]+_)*MAX(?:_[A-Z0-9]+)*"
# Where the defaults of limits stand that a caller or a configuration sets: members named max_….
DEFAULTS = ("src/finding/policy.c", "src/retrieve/rules.c", "src/fetch/rules.c")


def plain(value):
    """A value without casts, parentheses and comments: "((size_t)16 * 1024)" is "16 * 1024"."""
    value = re.sub(r"/\*.*", "", value).replace("(size_t)", "").replace("(uint64_t)", "")
    return " ".join(value.replace("(", " ").replace(")", " ").split()).rstrip("uU")


def constants():
    """(name, file) -> value of every limit that the code has as a constant."""
    found = {}
    for path in tap.files(".c", ".h", under=["src/", "cli/", "fetcher/", "include/"]):
        text = tap.read(path)
        for name, value in re.findall(rf"^#define ({NAME})[ \t]+([^\s\\].*)$", text, re.MULTILINE):
            found[name, path] = plain(value)
        for block in re.findall(r"enum\s*(?:\w+\s*)?\{([^}]*)\}", text):
            block = re.sub(r"/\*.*?\*/", "", block, flags=re.DOTALL)
            for name, value in re.findall(rf"\b({NAME})\s*=\s*([^,]+)", block):
                found[name, path] = plain(value)
    return found


def defaults():
    """(name, file) -> the default of every limit that callers set."""
    return {(name, path): plain(value) for path in DEFAULTS
            for name, value in re.findall(r"^\s*\.(max_\w+) = (.*),$", tap.read(path), re.MULTILINE)}


def rows():
    """The cells of every row of the page's tables, without the backticks: limits, and the names of each file's sizes."""
    lines = [line for line in tap.read(PAGE).splitlines() if line.startswith("|") and "`" in line]
    cells = [[cell.strip().replace("`", "") for cell in line.strip("|").split("|")] for line in lines]
    return [one for one in cells if len(one) > 2], [(name, path) for path, names in (one for one in cells if len(one) == 2)
                                                    for name in names.split(", ")]


def sleeping(cells):
    """What is wrong with the last cell, "file: test"."""
    path, _, test = cells[-1].partition(": ")
    if not os.path.isfile(path) or not test or test not in tap.read(path):
        yield f"{cells[0]}: no test {test!r} in {path}"


def main():
    report = tap.Tap()
    found, (listed, sizes) = constants() | defaults(), rows()
    named = {(cells[0], cells[1]): cells[2] for cells in listed}
    both = [*sizes, *((cells[0], cells[1]) for cells in listed)]
    shown = [cells for cells in listed if len(cells) == 5]
    report.check("every limit of the code is on the page",
                 [f"{name} of {path}: not in {PAGE}" for name, path in sorted(found.keys() - set(both))])
    report.check("every limit on the page is in the code, with that value",
                 [f"{name} of {path}: {value!r}, in the code {found.get((name, path))!r}"
                  for (name, path), value in sorted(named.items()) if found.get((name, path)) != value]
                 + [f"{name} of {path}: not in the code" for name, path in sorted(set(sizes) - found.keys())])
    report.check("none stands there twice", sorted({f"{name} of {path}" for name, path in both if both.count((name, path)) > 1}))
    report.check("every limit names its test", [f"{cells[0]} of {cells[1]}" for cells in listed if len(cells) != 5])
    report.check("every test that is named is there", [fault for cells in shown for fault in sleeping(cells)])
    report.note(f"{len(shown)} limits are shown at work")
    report.finish()


main()
