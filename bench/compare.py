# SPDX-License-Identifier: Apache-2.0
"""Two results beside each other, in instructions, which do not depend on what else a machine does."""

from contest import OURS
from page import human_count


def _counts(report):
    return {(one["name"], who): cost["instructions"] for one in report["contests"] for who, cost in one["results"].items()
            if who in OURS and "instructions" in cost}


def compare(old, new, threshold):
    """(text, the number of those that need more than `threshold` more)"""
    before, after = _counts(old), _counts(new)
    both = [key for key in after if key in before]
    if old.get("seed") != new.get("seed") or old.get("full") != new.get("full"):
        return "the two results are of other sizes or seeds", 1
    if not both:
        return "there is nothing to compare: were instructions counted in both?", 1
    lines, slower = [], 0
    for key in both:
        change = after[key] / before[key] - 1
        if abs(change) <= threshold:
            continue
        slower += change > 0
        lines.append(f"  {'MORE' if change > 0 else 'less'} {change:+.1%}  {key[0]}, {key[1]}: {human_count(before[key])} -> "
                     f"{human_count(after[key])}")
    return "\n".join([f"{len(both)} compared, {slower} need more instructions than before by over {threshold:.1%}", *lines]), slower
