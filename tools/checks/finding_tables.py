#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables of findings are complete, in use, and documented as they stand."""

import re
import sys

import tap

sys.path.insert(0, "tools")
import findings
import findings_doc

VERDICTS = {"GOOD", "WARN", "WEAK", "UNKNOWN", "BAD"}
PAGE = "docs/findings.md"


def faults(kind, codes):
    if kind.code not in codes:
        yield f"{kind.name}: no such code: {kind.code}"
    if not (kind.rule or "").strip():
        yield f"{kind.name}: no rule"
    if not (kind.text or "").strip():
        yield f"{kind.name}: no sentence"
    if "!" in (kind.text or ""):
        yield f"{kind.name}: shouts"
    if kind.effects and not set(kind.effects) <= VERDICTS:
        yield f"{kind.name}: effects {kind.effects}"


def unused(kinds):
    """Kinds that no source names: a finding that nothing can make."""
    sources = "".join(tap.read(path) for path in tap.files(".c", ".h", ".def", under=["src/"]))
    used = set(re.findall(r"\bSG_KIND_(\w+)", sources))
    return sorted(kind.name for kind in kinds if kind.name not in used)


def main():
    report = tap.Tap()
    codes, kinds = findings.read_codes(), findings.read_kinds()
    names = {code.name for code in codes}
    report.check("every kind has its code, rule and sentence", [f for k in kinds for f in faults(k, names)])
    all_names = [kind.name for kind in kinds]
    report.check("no kind stands twice", sorted({name for name in all_names if all_names.count(name) > 1}))
    report.check("every code has a meaning and effects", [
        code.name for code in codes if not code.meaning or not set(code.effects) <= VERDICTS
    ])
    report.check("every kind is made somewhere", unused(kinds))
    without = sorted(names - {kind.code for kind in kinds})
    report.check("every code has a kind", without)
    written = tap.files(PAGE) and tap.read(PAGE) == findings_doc.page()
    report.check(f"{PAGE} is what its tables say", [] if written else ["run make findings"])
    report.finish()


main()
