# SPDX-License-Identifier: Apache-2.0
"""What the checks of the tree share: printing TAP, and naming the files of the tree."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD_PREFIX = "build"


class Tap:
    """Collects test lines; a failed one carries what is wrong, one line each."""

    def __init__(self):
        self.lines = []
        self.num = 0
        self.failed = False

    def _add(self, verdict, description):
        self.num += 1
        self.lines.append(f"{verdict} {self.num} - {description}")

    def check(self, description, problems):
        """One test: it passes when PROBLEMS is empty."""
        problems = list(problems)
        self._add("not ok" if problems else "ok", description)
        self.lines.extend(f"# {problem}" for problem in problems)
        self.failed = self.failed or bool(problems)

    def skip(self, description, reason):
        self._add("ok", f"{description} # SKIP {reason}")

    def note(self, text):
        self.lines.append(f"# {text}")

    def finish(self):
        print(f"1..{self.num}", *self.lines, sep="\n")
        sys.exit(1 if self.failed else 0)


def _walk():
    for folder, folders, names in os.walk("."):
        folders[:] = [
            name for name in folders if not name.startswith((".", BUILD_PREFIX)) and name != "__pycache__"
        ]
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), ".")


def files(*suffixes, under=("",)):
    """Paths of the tree's files, sorted: those that git keeps or would keep; all files without git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, check=True, text=True,
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = list(_walk())
    return sorted(
        path
        for path in set(listed)
        if path.endswith(suffixes) and path.startswith(tuple(under)) and os.path.isfile(path)
    )


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


# Paths given to a script count from where it was started.
START = os.getcwd()
os.chdir(ROOT)
