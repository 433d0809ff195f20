#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds up the test lines of several runs: tap_summary.py TESTLOG.json...

Prints the failed ones, then as its last line "N passed, N failed" and, where there are any,
", N skipped". Exits 1 when a test failed, or when there was none at all.
"""

import sys
from collections import Counter

import results


def main(paths):
    total = Counter()
    for path in paths:
        try:
            run = results.read(path)
        except OSError as error:
            run = [results.Result(path, f"no results: {error.strerror}", results.FAILED)]
        for result in run:
            total[result.outcome] += 1
            if result.outcome == results.FAILED:
                print(f"failed: {result.program}: {result.description} ({path})")
    summary = f"{total[results.PASSED]} passed, {total[results.FAILED]} failed"
    if total[results.SKIPPED]:
        summary += f", {total[results.SKIPPED]} skipped"
    print(summary)
    return 1 if total[results.FAILED] or not total[results.PASSED] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
