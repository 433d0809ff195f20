#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""readme.py SIGNET: what README.md shows is what the program says."""

import os
import shutil
import subprocess
import sys

import tap

TITLE = "the output in README.md is the program's (make readme)"


def main(program):
    report = tap.Tap()
    if shutil.which("jq"):
        done = subprocess.run(
            [sys.executable, "tools/readme.py", "--check", program], capture_output=True, text=True, check=False
        )
        report.check(TITLE, (done.stdout + done.stderr).splitlines() if done.returncode else [])
    else:
        report.skip(TITLE, "no jq")
    report.finish()


main(os.path.join(tap.START, sys.argv[1]))
