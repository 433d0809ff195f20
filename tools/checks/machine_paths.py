#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tree names no folder of somebody's machine, and no host that packages came from."""

import re

import tap

PATTERNS = (
    re.compile(r"(?<![\w.*/)])/(?:home|root|work|Users|mnt|srv)/\w[^\s\"')]*"),
    re.compile(r"\b(?:deb|security|snapshot)\.debian\.org\b|\bregistry\.npmjs\.org\b|\bpypi\.org\b"),
)
BINARY = (".der", ".p7m", ".p7s", ".p7c", ".p12", ".crl", ".cer", ".png")


def problems(path):
    try:
        text = tap.read(path)
    except UnicodeDecodeError:
        return
    for number, line in enumerate(text.split("\n"), 1):
        for pattern in PATTERNS:
            for match in pattern.finditer(line):
                yield f"{path}:{number}: {match.group()}"


def main():
    report = tap.Tap()
    own = [path for path in tap.files("") if not path.endswith(BINARY)]
    report.check("no path of a machine, no package host", [p for path in own for p in problems(path)])
    report.finish()


main()
