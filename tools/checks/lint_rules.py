#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The rules of the linter are complete, each is broken by a case, and they are documented as they stand."""

import re
import sys

import tap

sys.path.insert(0, "tools")
import lint_doc

PAGE = "docs/lint.md"
SEVERITIES = {"ERROR", "WARNING", "INFO"}


def faults(rule):
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.id) or not rule.id.startswith(f"{rule.whose.lower()}-"):
        yield f"{rule.id}: not an id of {rule.whose}"
    if rule.severity not in SEVERITIES or rule.place not in lint_doc.PLACES:
        yield f"{rule.id}: {rule.severity}, {rule.place}"
    if not rule.rule.strip() or not rule.text.strip() or rule.text.endswith("."):
        yield f"{rule.id}: no rule, or no sentence without its full stop"


def unbroken(rules):
    """Rules that no case breaks."""
    named = set(re.findall(r"[a-z0-9-]+", " ".join(tap.read(path) for path in tap.files(".py", under=["tests/cases/lint/"]))))
    return [rule.id for rule in rules if rule.id not in named]


def main():
    report = tap.Tap()
    rules = lint_doc.read_rules()
    names = [rule.id for rule in rules] + [name for name, _ in lint_doc.read_notes()]
    report.check("every rule has its id, severity, clause and sentence", [fault for rule in rules for fault in faults(rule)])
    report.check("no id stands twice", sorted({name for name in names if names.count(name) > 1}))
    report.check("every rule is broken by a case", unbroken(rules))
    written = tap.files(PAGE) and tap.read(PAGE) == lint_doc.page()
    report.check(f"{PAGE} is what its tables say", [] if written else ["run make findings"])
    report.finish()


main()
