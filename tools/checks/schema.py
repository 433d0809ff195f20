#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""schema.py SIGNET: every member that verify, path and the verbs of the database write as JSON is described in
docs/schema.md, and those of the contract are always there."""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

PAGE = "docs/schema.md"
ALWAYS = {
    "verify": {"input", "verdict", "time", "signers", "findings", "signed"},
    "path": {"input", "verdict", "time", "path", "policies", "findings", "paths_tried"},
    "signer": {"verdict", "part", "signature", "address", "certificate", "path", "findings"},
    "certificate": {"subject", "issuer", "serial", "sha256", "not_before", "not_after", "addresses"},
    "finding": {"code", "severity", "certificate", "rule", "text"},
}


def members(value):
    """All member names in VALUE, except those of parameters: they belong to each sentence."""
    if isinstance(value, list):
        return set().union(*map(members, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(members(inner) for key, inner in value.items() if key != "parameters"))


def run(program, folder, *arguments):
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def outputs(program, folder):
    """(verb, object) of each message of the demonstration, and of each signer's path."""
    for line in (folder / "demo.txt").read_text().splitlines():
        message, _, options = line.split("\t")
        for written in run(program, folder, "verify", "--json", "--explain", *shlex.split(options), message):
            yield "verify", written
    for name in ("alice.pem", "carol.pem", "eve.pem"):
        options = "--anchor root.pem --certs ca.pem --crls root.crl --crls ca.crl --at 2026-06-01T12:00:00Z --no-store"
        for written in run(program, folder, "path", "--json", "--explain", *options.split(), name):
            yield "path", written


# What the verbs of the database write, in this order.
DATABASE = ("trust --yes --json root.pem --domain example.org", "import --json .", "list --json", "list --json alice@example.org",
            "bind --json alice@example.org alice.pem", "list --json --bindings", "export --json --crls -o all.p7c", "distrust --json root.pem",
            "list --json --anchors", "backup --json copy.db", "check --json",
            "lint --rules all --json alice.pem ca.pem ca.crl",
            "sign --plan --json --offline --revocation off --key own/carol.key --cert carol.pem --anchor root.pem --certs ca.pem "
            "--at 2026-06-01T12:00:00Z --no-store draft.eml")


def database_outputs(program, folder):
    """Whatever members the objects have."""
    return [written for words in DATABASE for written in run(program, folder, *words.split())]


def lacking(kind, value):
    return [f"{kind} lacks {name}" for name in sorted(ALWAYS[kind] - set(value))]


def faults(verb, written):
    yield from lacking(verb, written)
    findings, certificates = list(written["findings"]), list(written.get("path", []))
    for signer in written.get("signers", []):
        yield from lacking("signer", signer)
        findings += signer["findings"]
        certificates += signer["path"]
    for finding in findings:
        yield from lacking("finding", finding)
    for certificate in certificates:
        yield from lacking("certificate", certificate)


def main(program):
    report = tap.Tap()
    described = set(re.findall(r"`(\w+)`", tap.read(PAGE)))
    with tempfile.TemporaryDirectory(prefix="signet-schema-") as name:
        folder = Path(name)
        subprocess.run([sys.executable, "tests/pki/mkdemo.py", name], check=True)
        os.environ.update(XDG_DATA_HOME=name, SIGNET_CONFIG="")
        seen = list(outputs(program, folder))
        stored = database_outputs(program, folder)
    report.check("every run writes one object", [] if len(seen) >= 9 else [f"only {len(seen)}"])
    wrong = [fault for verb, written in seen for fault in faults(verb, written)]
    report.check("the members of the contract are always there", sorted(set(wrong)))
    report.check("the verbs of the database write objects", [] if len(stored) >= 20 else [f"only {len(stored)}"])
    written = set().union(*(members(value) for _, value in seen), *map(members, stored))
    report.check(f"every member is described in {PAGE}", sorted(written - described))
    report.finish()


main(os.path.join(tap.START, sys.argv[1]))
