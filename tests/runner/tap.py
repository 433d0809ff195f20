# SPDX-License-Identifier: Apache-2.0
"""The Test Anything Protocol, and running many things on all cores while printing them in order."""

import os
from concurrent.futures import ThreadPoolExecutor


def jobs():
    return int(os.environ.get("SIGNET_JOBS", min(2, os.cpu_count() or 1)))


def clean(text):
    """A description may hold neither a line end nor the sign that starts a directive, which meson reads
    even where it is escaped."""
    return " ".join(text.replace("#", "").split())


def line(number, good, description, directive=""):
    text = f"{'ok' if good else 'not ok'} {number} - {clean(description)}"
    return f"{text} # {directive}" if directive else text


def comment(lines):
    for one in lines:
        for part in str(one).splitlines() or [""]:
            print(f"#   {part}")


def in_order(function, things):
    """`function` on every thing, `jobs()` at a time; the results come in order."""
    with ThreadPoolExecutor(jobs()) as pool:
        yield from pool.map(function, things)
