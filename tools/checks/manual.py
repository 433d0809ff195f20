#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""manual.py SIGNET: the manual page and the program's --help name the same options and verbs."""

import os
import re
import subprocess
import sys

import tap

PAGE = "man/signet.1.scd"
VERBS = ("verify", "path", "show", "import", "export", "list", "remove", "trust", "distrust", "bind", "check", "backup", "fetch", "refresh", "config", "csr", "lint", "sign", "request", "encrypt", "decrypt")
OPTION = re.compile(r"(?<![\w-])--([a-z][a-z0-9-]*[a-z0-9])")


def run(program, *arguments):
    """What it prints; nothing when it fails."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def main(program):
    report = tap.Tap()
    texts = {verb: run(program, verb, "--help") for verb in VERBS}
    overview = run(program, "--help")
    report.check("every verb has its --help", [verb for verb, text in texts.items() if not text])
    report.check("the overview names every verb", [verb for verb in VERBS if not re.search(rf"\b{verb}\b", overview)])
    told = set(OPTION.findall(overview + "".join(texts.values())))
    # These two need no verb, and so have no row in a verb's list.
    told |= {option for option in ("help", "version") if run(program, f"--{option}")}
    written = set(re.findall(r"\*--([a-z][a-z0-9-]*[a-z0-9])\*", tap.read(PAGE)))
    report.check("every option of --help is in the manual page", sorted(told - written))
    report.check("every option of the manual page is in --help", sorted(written - told))
    report.finish()


main(os.path.join(tap.START, sys.argv[1]))
