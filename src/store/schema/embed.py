#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""embed.py OUTPUT FILE…: the migrations, in order, as an array of C strings."""

import os
import sys


def c_string(text):
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("--")]
    return "\n".join('    "%s\\n"' % line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)


def main():
    output, *files = sys.argv[1:]
    files.sort(key=os.path.basename)
    for number, path in enumerate(files, 1):
        if not os.path.basename(path).startswith(f"{number:04}_"):
            sys.exit(f"{path}: migrations are numbered from 0001 without a gap")
    with open(output, "w", encoding="utf-8") as out:
        for path in files:
            with open(path, encoding="utf-8") as text:
                out.write(f"/* {os.path.basename(path)} */\n{c_string(text.read())},\n")


main()
