#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run_corpus.py FOLDER: runs the cases of one third-party folder (TAP on standard output).

SIGNET is the program, SIGNET_CORPORA the place of the folders (default `../shared/corpora` beside the project). A
missing folder is reported as skipped. `known_failures.txt` beside this script lists what is known to fail, one case
and its reason a line; a listed case that passes is a failure, so the list can only shrink.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from runner import corpus, tap  # noqa: E402
from runner.execute import command_line, execute  # noqa: E402

HERE = Path(__file__).resolve().parent


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--bag", action="store_true", help="give each path case all certificates and CRLs of the folder")
    parser.add_argument("--lint", action="store_true", help="hold all certificates and CRLs against the linter's rules: it must not fail")
    parser.add_argument("--only", metavar="TEXT", help="only the cases whose id holds TEXT")
    return parser.parse_args()


def corpora():
    return Path(os.environ.get("SIGNET_CORPORA", HERE.parents[1] / "shared" / "corpora"))


def known_failures():
    """{case id: reason}."""
    found = {}
    for text in (HERE / "known_failures.txt").read_text(encoding="utf-8").splitlines():
        if text.strip() and not text.startswith("#"):
            name, _, reason = text.partition(" ")
            found[name] = reason.strip()
    return found


def cases(base, folder, only):
    lines = (base / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    every = [json.loads(text) for text in lines if text.strip()]
    return [one for one in every if not only or only in corpus.case_id(folder, one)]


def report(number, name, one, wrong, known):
    """Prints one case; True if it counts as failed."""
    description = f"{name} {one['reason'][:100]}"
    if name in known and wrong:
        print(tap.line(number, False, description, f"TODO {known[name]}"))
        return False
    if name in known:
        print(tap.line(number, False, description))
        tap.comment(["passes, so it must leave known_failures.txt"])
        return True
    print(tap.line(number, not wrong, description), flush=True)
    tap.comment(wrong)
    return bool(wrong)


def run(base, folder, every, home):
    known, failed = known_failures(), 0

    def attempt(one):
        skip = corpus.reason_to_skip(one, base)
        if skip:
            return skip, []
        words = corpus.arguments(one)
        found = corpus.differences(one, execute(words, base, home))
        return None, [command_line(words, base)] + found if found else []

    for number, (one, (skip, wrong)) in enumerate(zip(every, tap.in_order(attempt, every)), 1):
        name = corpus.case_id(folder, one)
        if skip:
            print(tap.line(number, True, name, f"SKIP {skip}"))
        else:
            failed += report(number, name, one, wrong, known)
    return failed


def lint(base, folder, home):
    """One test: whatever the linter thinks of strangers' objects, it gets through them."""
    things = sorted(path for ending in ("crt", "cer", "crl", "pem") for path in base.rglob(f"*.{ending}"))
    wrong = []
    for start in range(0, len(things), 100):
        outcome = execute(["lint", "--rules", "all", *map(str, things[start:start + 100])], base, home)
        told = outcome.stdout.decode("utf-8", "replace").count(" errors, ")
        wrong += [f"{outcome.trouble}: from {things[start]} on"] if outcome.trouble else []
        wrong += [f"exit status {outcome.exit}: from {things[start]} on"] if outcome.exit not in (0, 1, 2) else []
        wrong += [f"nothing is said of those from {things[start]} on"] if told == 0 else []
    print("TAP version 13\n1..1")
    print(tap.line(1, not wrong, f"{folder}/lint gets through {len(things)} files"))
    tap.comment(wrong)
    return len(wrong)


def main():
    given = options()
    base = corpora() / given.folder
    if not (base / "cases.jsonl").exists():
        print(f"1..0 # SKIP {given.folder}: no such corpus here")
        return 0
    every = cases(base, given.folder, given.only)
    if given.lint:
        with tempfile.TemporaryDirectory(prefix="signet-corpus-") as home:
            return 1 if lint(base, given.folder, home) else 0
    if given.bag:
        every = [corpus.in_bag(one) for one in every]
    print("TAP version 13")
    print(f"1..{len(every)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="signet-corpus-") as home:
        return 1 if run(base, given.folder, every, home) else 0


if __name__ == "__main__":
    sys.exit(main())
