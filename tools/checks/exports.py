#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""exports.py LIBSIGNET.so LAYER.a...: what the library exports is what its headers declare, and every
global symbol of every layer has one of our prefixes."""

import os
import re
import subprocess
import sys

import tap

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"\bSIGNET_API\b[^;{]*?\b(\w+)\s*\(")
PREFIXES = ("sg_", "signet_")
# What the sanitizers and the compiler's own coverage add.
FOREIGN = ("__asan", "__odr_asan", "__ubsan", "__sanitizer", "_GLOBAL_")


def symbols(*arguments):
    run = subprocess.run(["nm", "--format=posix", *arguments], capture_output=True, text=True, check=True)
    rows = (line.split() for line in run.stdout.splitlines())
    return {row[0].split("@")[0] for row in rows if len(row) >= 2 and row[1].isupper() and row[1] != "U"}


def declared():
    names = set()
    for header in tap.files(".h", under=["include/signet/"]):
        text = re.sub(r"^\s*#.*$", "", COMMENT.sub("", tap.read(header)), flags=re.MULTILINE)
        names.update(DECLARATION.findall(text))
    return names


def main(library, *layers):
    report = tap.Tap()
    exported, wanted = symbols("-D", "--defined-only", library), declared()
    report.check("every exported symbol is declared with SIGNET_API", sorted(exported - wanted))
    report.check("every symbol declared with SIGNET_API is exported", sorted(wanted - exported))
    for layer in layers:
        strangers = {
            name
            for name in symbols("--defined-only", "--extern-only", layer)
            if not name.startswith(PREFIXES + FOREIGN)
        }
        name = layer.split("/")[-1]
        report.check(f"global symbols of {name} begin with sg_ or signet_", sorted(strangers))
    report.finish()


main(*(os.path.join(tap.START, path) for path in sys.argv[1:]))
