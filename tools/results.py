# SPDX-License-Identifier: Apache-2.0
"""The results of a test run: what meson's testlog.json says, one Result for each TAP line."""

import json
import re
from collections import namedtuple

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

# program is meson's name ("signet:unit / time"), description the text of the TAP line.
Result = namedtuple("Result", "program description outcome")

TEST_LINE = re.compile(
    r"(not )?ok\b[ \t]*\d*[ \t]*(?:- )?((?:[^#\\]|\\.)*)(?:#[ \t]*(\w*)[ \t]*(.*))?"
)
SKIP_ALL = re.compile(r"1\.\.0\b.*#[ \t]*skip\b[ \t]*(.*)", re.IGNORECASE)


def tap_line(line):
    """(description, outcome) of one line of TAP, None when it is no test line."""
    match = TEST_LINE.fullmatch(line.rstrip())
    if not match:
        skip_all = SKIP_ALL.fullmatch(line.rstrip())
        return (skip_all.group(1), SKIPPED) if skip_all else None
    negative, description, directive, reason = match.groups()
    description = re.sub(r"\\([#\\])", r"\1", description)
    directive = (directive or "").upper()
    if directive == "SKIP":
        return description.strip() or reason.strip(), SKIPPED
    if directive == "TODO":  # known not to pass, for a reason that is told; when it does, that is news
        return description.strip(), SKIPPED if negative else FAILED
    return description.strip(), FAILED if negative else PASSED


def of_program(entry):
    """The results of one test program, an object of testlog.json."""
    name = entry["name"]
    lines = filter(None, (tap_line(line) for line in entry.get("stdout", "").splitlines()))
    results = [Result(name, description, outcome) for description, outcome in lines]
    if entry["result"] in ("OK", "EXPECTEDFAIL", "SKIP"):
        whole = SKIPPED if entry["result"] == "SKIP" else PASSED
        return results or [Result(name, name, whole)]
    # Killed, timed out, or fewer lines than planned: more is wrong than any line says.
    if not any(result.outcome == FAILED for result in results):
        results.append(Result(name, f"the program as a whole: {entry['result']}", FAILED))
    return results


def read(path):
    """All results of one run: meson's testlog.json, or plain TAP in a file named *.tap."""
    with open(path, encoding="utf-8", errors="replace") as log:
        lines = [line for line in log if line.strip()]
    if path.endswith(".tap"):
        return [Result(path, *found) for found in map(tap_line, lines) if found]
    return [result for line in lines for result in of_program(json.loads(line))]
