#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keeps the output that README.md shows true: every code block that begins with "$ " is run in the folder
of the demonstration.

readme.py --write SIGNET    writes the output of today into the page
readme.py --check SIGNET    prints the blocks that differ, and exits 1 when there are any
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "README.md"
# The command may go on in indented lines.
BLOCK = re.compile(r"(?<=^```\n)\$ (.*(?:\n {4}.*)*)\n((?:(?!```).*\n)*?)(?=```$)", re.MULTILINE)


def lines_of(text):
    return "".join(line.rstrip() + "\n" for line in text.rstrip().splitlines())


def run(command, folder, program):
    path = os.path.dirname(os.path.abspath(program)) + os.pathsep + os.environ["PATH"]
    # Neither the reader's database nor the reader's settings have a say in the page.
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "XDG_DATA_HOME": folder, "SIGNET_CONFIG": ""}
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return lines_of(done.stdout)


def refreshed(page, program):
    """PAGE with the output of today."""
    with tempfile.TemporaryDirectory(prefix="signet-readme-") as folder:
        subprocess.run([sys.executable, ROOT / "tests/pki/mkdemo.py", folder], check=True)

        def answer(block):
            command = block.group(1)
            return f"$ {command}\n{run(command, folder, program)}"

        return BLOCK.sub(answer, page)


def main(action, program):
    page = PAGE.read_text(encoding="utf-8")
    today = refreshed(page, program)
    if action == "--write":
        PAGE.write_text(today, encoding="utf-8")
        return 0
    sys.stdout.writelines(difflib.unified_diff(page.splitlines(True), today.splitlines(True), "README.md", "today"))
    return 0 if page == today else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
