# SPDX-License-Identifier: Apache-2.0
"""Reads docs/requirements.md: its tables, one Requirement for each row."""

import re
from collections import namedtuple

PAGE = "docs/requirements.md"

# part is the heading above the row, level such as "MUST", "duty", "value high" or "resolution".
Requirement = namedtuple("Requirement", "id part level agent duty")

# An id has a digit somewhere: "A-labels" and "B-trees" begin sentences too.
ID = re.compile(r"[A-E]-(?=\S*\d)[A-Z0-9][A-Za-z0-9.-]*")


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def level_of(row):
    """The level counts as RFC 3850 has it; RFC 2632 where the later one is silent (E-4)."""
    if "3850" in row:
        return row["2632"] if row["3850"] == "–" else row["3850"]
    if "Value" in row:
        return "value " + row["Value"]
    return row.get("Level", "resolution")


def duty_of(row):
    return row.get("Duty") or row.get("Feature") or row["Where they clash"]


def read(path=PAGE):
    """All requirements in the order of the page."""
    found, part, header = [], "", None
    with open(path, encoding="utf-8") as page:
        for line in page:
            if line.startswith("#"):
                part, header = line.lstrip("#").strip(), None
            elif line.startswith("| ID |"):
                header = cells(line)
            elif line.startswith("|") and header and not line.startswith("|-"):
                row = dict(zip(header, cells(line), strict=True))
                found.append(Requirement(row["ID"], part, level_of(row), row.get("Agent", ""), duty_of(row)))
    return found


def leading_ids(description):
    """The ids at the head of a test's description."""
    ids = []
    for word in description.split():
        if not ID.fullmatch(word.rstrip(":,")):
            break
        ids.append(word.rstrip(":,"))
    return ids
