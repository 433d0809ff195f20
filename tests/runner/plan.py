# SPDX-License-Identifier: Apache-2.0
"""Tests that are more than one run of the program: declared one by one, printed as TAP."""

import traceback

from . import tap


class Skip(Exception):
    """The machine lacks what a test needs: nothing is shown of the program."""


class Plan:
    def __init__(self):
        self.tests = []

    def add(self, ids, title):
        """Declares a test: a function without arguments that gives what is wrong, as lines."""
        def declare(function):
            self.tests.append((f"{ids} {title}".strip(), function))
            return function
        return declare

    def run(self):
        failed = 0
        print(f"TAP version 13\n1..{len(self.tests)}", flush=True)
        for number, (description, function) in enumerate(self.tests, 1):
            directive, wrong = "", []
            try:
                wrong = function() or []
            except Skip as reason:
                directive = f"SKIP {tap.clean(str(reason))}"
            except Exception:  # the rest of the tests shall run all the same
                wrong = traceback.format_exc().splitlines()
            print(tap.line(number, not wrong, description, directive), flush=True)
            tap.comment(wrong)
            failed += bool(wrong)
        return 1 if failed else 0


def skip_all(reason):
    """The whole file of tests is passed over."""
    print(f"TAP version 13\n1..0 # SKIP {tap.clean(reason)}")
    raise SystemExit(0)
