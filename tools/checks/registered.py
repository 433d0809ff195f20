#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every test that is written is run: its name stands in the meson.build of its folder (for cases, of tests/cases)."""

import os
import re

import tap

# What makes a Python file a test and not something that tests share.
RUNS = re.compile(r"^(main\(|sys\.exit\(|    main\(|    sys\.exit\(|@case\()", re.MULTILINE)


def name_of(path):
    return re.sub(r"^(test|fuzz)_", "", os.path.splitext(os.path.basename(path))[0])


def listed(path, meson):
    """As a word of its own, alone or behind a folder or a prefix: 'ldap', 'crl/scope', 'test_keys.c'."""
    return re.search(rf"(?<![a-z0-9]){re.escape(name_of(path))}(?![a-z0-9_])", tap.read(meson)) is not None


def unlisted(paths):
    for path in paths:
        folder = "tests/cases" if path.startswith("tests/cases/") else os.path.dirname(path)
        meson = f"{folder}/meson.build"
        if not os.path.exists(meson) or not listed(path, meson):
            yield f"{path}: not in {meson}"


def main():
    report = tap.Tap()
    units = [f for f in tap.files(".c", under=["tests/unit/"]) if os.path.basename(f).startswith("test_")]
    fuzzers = [f for f in tap.files(".c", under=["fuzz/"]) if os.path.basename(f).startswith("fuzz_")]
    folders = [f"tests/{one}/" for one in ("cases", "differential", "fetch", "hostile", "interop", "retrieval", "store", "usage")]
    scripts = [f for f in tap.files(".py", under=folders) if RUNS.search(tap.read(f))]
    report.check("every unit test is run", unlisted(units))
    report.check("every fuzz target is run over its seeds", unlisted(fuzzers))
    report.check("every script of tests is run", unlisted(scripts))
    report.finish()


main()
