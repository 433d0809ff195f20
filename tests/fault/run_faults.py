#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run_faults.py SHIM: lets each allocation of the program fail once (TAP on standard output).

Whatever fails, the program ends by itself, within time, and either with the right result or with exit status 2 and a
message; never with another verdict. SIGNET is the program. Where there are more than FAULT_MAX (3000) allocations, as
many of them are tried, evenly spread; SIGNET_LONG tries all.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki import keys  # noqa: E402
from pki.times import NOW, rfc3339  # noqa: E402
from pki.world import World  # noqa: E402
from runner import tap  # noqa: E402
from runner.execute import environment, program  # noqa: E402

TIMEOUT = 30
JUDGE = ["--anchor", "root.crt", "--crls", "root.crl", "--at", rfc3339(NOW), "--no-store", "--offline"]

# With the database that `scene` fills; NEW.db is another one for each run.
STORED = ["--at", rfc3339(NOW), "--offline"]


def scene(folder):
    """A line of three, its CRLs, and mail of every kind that a few files can show."""
    w = World()
    root, ca, alice = w.line()
    revoked = w.end_entity("Bob", ca)
    lists = [w.crl(root), w.crl(ca, [revoked])]
    files = {"root.crt": root.cert, "ca.crt": ca.cert, "alice.crt": alice.cert, "bob.crt": revoked.cert,
             "root.crl": lists[0].der, "ca.crl": lists[1].der, "good.eml": w.signed_mail(alice, crls=lists),
             "opaque.eml": w.signed_mail(alice, form="opaque", crls=lists),
             "changed.eml": w.signed_mail(alice, crls=lists, alter=lambda part: part.replace(b"Hello", b"Hallo")),
             "revoked.eml": w.signed_mail(revoked, crls=lists), "alice.key": alice.key.pkcs8(),
             # Makes the same signature each time.
             "same.key": keys.get("ed25519:Alice").pkcs8(),
             "draft.eml": b"From: alice@example.com\nTo: bob@example.org\n\nHello\n"}
    for name, octets in files.items():
        (folder / name).write_bytes(octets)
    for name in ("alice.key", "same.key"):
        (folder / name).chmod(0o600)
    for words in (["trust", "--yes", "root.crt"], ["import", "ca.crt", "alice.crt", "root.crl", "ca.crl"], ["verify", "good.eml", *STORED]):
        subprocess.run([program(), *words], cwd=folder, env=environment(folder), capture_output=True, check=True)


RUNS = {
    "verify, a good message": ["verify", "good.eml", *JUDGE, "--json"],
    "verify, an opaque one, as text": ["verify", "opaque.eml", *JUDGE, "--explain"],
    "verify, one that was changed": ["verify", "changed.eml", *JUDGE, "--json"],
    "verify, a revoked signer": ["verify", "revoked.eml", *JUDGE, "--json"],
    "path, a good one": ["path", "alice.crt", "--certs", "ca.crt", "--crls", "ca.crl", *JUDGE, "--json"],
    "path, a revoked one, as text": ["path", "bob.crt", "--certs", "ca.crt", "--crls", "ca.crl", *JUDGE],
    "path, without an issuer": ["path", "alice.crt", *JUDGE, "--json"],
    "verify, with a database": ["verify", "good.eml", *STORED, "--json"],
    "verify, with a database that is made": ["verify", "opaque.eml", *JUDGE[:-2], "--offline", "--store", "NEW.db", "--json"],
    "path, with a database": ["path", "alice.crt", *STORED, "--json"],
    "import, into a new database": ["import", "root.crt", "ca.crl", "good.eml", "--store", "NEW.db", "--json"],
    "import, what is known": ["import", "alice.crt", "ca.crl"],
    "list": ["list", "--json"],
    "list, an address": ["list", "alice@example.com", "--at", rfc3339(NOW)],
    "export, a chain": ["export", "--chain", "--crls", "--form", "p7c-pem", "alice@example.com"],
    "trust": ["trust", "--yes", "root.crt", "--domain", "example.com", "--store", "NEW.db", "--at", rfc3339(NOW)],
    "bind": ["bind", "a@example.com", "alice.crt", "--at", rfc3339(NOW)],
    "check": ["check"],
    "fetch, what is known": ["fetch", "alice@example.com", "--purpose", "sign", "--at", rfc3339(NOW), "--json"],
    "sign, a plan": ["sign", "--plan", "--key", "alice.key", "--cert", "alice.crt", "--certs", "ca.crt", "--crls", "ca.crl", *JUDGE, "--json",
                     "draft.eml"],
    "config": ["config", "--json"],
    "lint, with all rules": ["lint", "--rules", "all", "alice.crt", "ca.crt", "ca.crl", "--json"],
    "csr, with a key at hand": ["csr", "--email", "alice@example.com", "--email", "дима@bücher.example", "--name", "Alice", "--key", "same.key"],
    "show, a certificate": ["show", "alice.crt"],
    "show, a CRL": ["show", "ca.crl", "--json"],
    "show, a message": ["show", "good.eml", "--json"],
}


def run(folder, shim, arguments, at=None, count=None):
    """(exit status, standard output, standard error, trouble)."""
    env = {**environment(folder), "LD_PRELOAD": shim}
    if at is not None:
        env["FAULT_AT"] = str(at)
    if count is not None:
        env["FAULT_COUNT"] = str(count)
    new = f"new-{at}.db"
    arguments = [new if one == "NEW.db" else one for one in arguments]
    try:
        done = subprocess.run([program(), *arguments], cwd=folder, env=env, input=b"", capture_output=True,
                              timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return None, b"", b"", f"no end after {TIMEOUT} s"
    for one in folder.glob(f"{new}*"):
        one.unlink()
    trouble = f"ended by signal {-done.returncode}" if done.returncode < 0 else None
    return done.returncode, done.stdout, done.stderr, trouble


def chosen(number):
    limit = number if os.environ.get("SIGNET_LONG") else int(os.environ.get("FAULT_MAX", "3000"))
    return range(number) if number <= limit else sorted({index * number // limit for index in range(limit)})


def fault(folder, shim, arguments, right, at):
    """What is wrong when allocation AT fails, or nothing."""
    status, stdout, stderr, trouble = run(folder, shim, arguments, at)
    if trouble:
        return f"allocation {at}: {trouble}"
    if status == 2:
        return None if stderr.strip() else f"allocation {at}: exit status 2 without a word"
    if b"SQLite cannot be loaded" in stderr:  # as said: judged without a database
        return None
    if (status, stdout) != right:
        return f"allocation {at}: exit status {status} and {len(stdout)} octets, {right[0]} and {len(right[1])} are right"
    return None


def test(folder, shim, arguments):
    """(what is wrong, how many were tried)."""
    counter = folder / "count"
    status, stdout, _, trouble = run(folder, shim, arguments, count=counter)
    if trouble or status == 2:
        return [trouble or "exit status 2 without a fault"], 0
    number = int(counter.read_text()) if counter.exists() else 0
    if number == 0:
        return ["the shim saw no allocation, so nothing was tested"], 0
    counter.unlink()
    tasks = list(chosen(number))
    found = tap.in_order(lambda at: fault(folder, shim, arguments, (status, stdout), at), tasks)
    return [one for one in found if one], len(tasks)


def main(shim):
    print("TAP version 13")
    if os.environ.get("SIGNET_SANITIZED"):
        print("1..0 # SKIP the sanitizers have an allocator of their own")
        return 0
    failed = 0
    print(f"1..{len(RUNS)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="signet-fault-") as name:
        folder = Path(name)
        scene(folder)
        for number, (title, arguments) in enumerate(RUNS.items(), 1):
            wrong, tried = test(folder, shim, arguments)
            print(tap.line(number, not wrong, f"each allocation fails once: {title} ({tried})"), flush=True)
            tap.comment(wrong[:20])
            failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]).resolve())))
