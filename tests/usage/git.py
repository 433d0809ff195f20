#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The real git with gpg.x509.program set to contrib/git/signet-git: commits are signed and verified."""

import os
import shutil
import subprocess
from pathlib import Path

from desk import NOW, Skip, days, main, program, rfc3339
from pki import keys
from runner.execute import environment

SIGNET_GIT = Path(__file__).resolve().parents[2] / "contrib" / "git" / "signet-git"


class Repository:
    """A home with own keys, and a repository whose commits are signed by them. Time stands still in signet, not in git."""

    def __init__(self, desk):
        self.desk, self.home, self.folder = desk, desk.folder / "home-git", desk.folder / "repository"
        self.home.mkdir()
        self.folder.mkdir()
        w = desk.world
        self.ca = w.ca("Issuer", desk.root)
        self.alice = w.end_entity("Alice", self.ca)
        self.late = w.end_entity("Late", self.ca, email="late@example.com", not_after=days(1))
        desk.put("pass", b"secret\n")
        desk.put("agent.conf", f"[keys]\npassphrase-command = cat {desk.folder}/pass\n[retrieve]\noffline = yes\n".encode())
        for one in (self.alice, self.late):
            self.store(one)
        desk.put("issuer.crt", self.ca.cert)
        self.crl(w.crl(self.ca).der)
        for arguments in (("import", "issuer.crt", "root.crl"), ("trust", "--yes", "root.crt")):
            desk.run(*arguments, "--at", rfc3339(NOW), home=self.home)
        self.now(NOW)

    def store(self, one):
        name = one.name.lower()
        self.desk.put(f"{name}.crt", one.cert)
        self.desk.put(f"{name}.key", keys.pem("PRIVATE KEY", one.key.pkcs8()))
        self.desk.run("import", f"{name}.crt", "--at", rfc3339(NOW), home=self.home)
        self.desk.run("import", f"{name}.key", "--passphrase-file", "pass", "--at", rfc3339(NOW), home=self.home)

    def crl(self, der):
        self.desk.put("issuer.crl", der)
        self.desk.run("import", "issuer.crl", "--at", rfc3339(NOW), home=self.home)

    def now(self, time, *more):
        """What signet takes for the time from now on."""
        wrapper = self.desk.folder / "signet-at"
        words = " ".join(("--at", rfc3339(time), "--config", str(self.desk.folder / "agent.conf"), *more))
        wrapper.write_text(f'#!/bin/sh\nverb=$1\nshift\nexec "{program()}" "$verb" {words} "$@"\n')
        wrapper.chmod(0o755)

    def git(self, *arguments):
        if shutil.which("git") is None:
            raise Skip("git is not at hand")
        surroundings = {**environment(self.home), "SIGNET": str(self.desk.folder / "signet-at"), "PATH": os.environ["PATH"],
                        "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
        settings = {"gpg.format": "x509", "gpg.x509.program": SIGNET_GIT, "user.name": "Alice", "user.email": "alice@example.com",
                    "init.defaultBranch": "main", "commit.gpgsign": "false"}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return subprocess.run(["git", *options, *arguments], cwd=self.folder, env=surroundings, capture_output=True, text=True,
                              timeout=120, check=False)

    def commit(self, *arguments):
        return self.git("commit", "--allow-empty", "-m", "A change", *arguments)


def expect(done, exit, *words, out=()):
    wrong = [] if done.returncode == exit else [f"exit status {done.returncode}, expected {exit}"]
    wrong += [f"not on standard error: {word}" for word in words if word not in done.stderr]
    wrong += [f"not on standard output: {word}" for word in out if word not in done.stdout]
    return wrong + ([f"stdout: {done.stdout[:400]!r}", f"stderr: {done.stderr[:900]!r}"] if wrong else [])


def declare(plan, desk):
    box = {}

    def repository():
        if not box:
            box["one"] = Repository(desk)
            box["one"].git("init")
        box["one"].now(NOW)
        return box["one"]

    @plan.add("", "git signs a commit by the committer's address, and verifies it")
    def _():
        one = repository()
        return (expect(one.commit("-S"), 0) + expect(one.git("verify-commit", "HEAD"), 0, "good signature by CN=Alice") +
                expect(one.git("log", "-1", "--format=%G? %GF %GS"), 0, out=(f"G {one.alice.sha256} CN=Alice,O=Example",)) +
                expect(one.git("verify-commit", "--raw", "HEAD"), 0, "[GNUPG:] GOODSIG", "[GNUPG:] VALIDSIG", "[GNUPG:] TRUST_FULLY"))

    @plan.add("", "git signs a tag by a fingerprint")
    def _():
        one = repository()
        one.commit()
        return (expect(one.git("tag", "-u", one.alice.sha256, "-m", "A tag", "v1"), 0) +
                expect(one.git("verify-tag", "v1"), 0, "good signature by CN=Alice"))

    @plan.add("", "another commit under the same signature is told as bad")
    def _():
        one = repository()
        one.commit("-S")
        text = one.git("cat-file", "commit", "HEAD").stdout.replace("A change", "A chance")
        forged = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin"], cwd=one.folder, input=text, capture_output=True,
                                text=True, check=True).stdout.strip()
        return (expect(one.git("verify-commit", forged), 1, "no good signature") +
                expect(one.git("log", "-1", "--format=%G?", forged), 0, out=("B",)))

    @plan.add("", "an expired and a revoked certificate are told as what they are")
    def _():
        one = repository()
        made = one.commit("-S" + one.late.sha256)
        one.now(NOW + (days(2) - days(0)))
        late = one.git("log", "-1", "--format=%G?", "HEAD")
        one.now(NOW)
        one.crl(desk.world.crl(one.ca, [one.late], number=2, at=days(0.5)).der)
        revoked = one.git("log", "-1", "--format=%G?", "HEAD")
        return expect(made, 0) + expect(late, 0, out=("Y",)) + expect(revoked, 0, out=("R",))

    @plan.add("", "what cannot be decided is not good to git, either")
    def _():
        one = repository()
        one.commit("-S")
        one.now(NOW, "--no-store")
        return (expect(one.git("verify-commit", "HEAD"), 1, "no good signature") +
                expect(one.git("log", "-1", "--format=%G?"), 0, out=("E",)))

    @plan.add("", "where signet refuses to sign, there is no commit")
    def _():
        one = repository()
        before = one.git("rev-parse", "HEAD").stdout
        done = one.commit("-Snobody@example.net")
        return expect(done, 128, "failed to sign") + ([] if one.git("rev-parse", "HEAD").stdout == before else ["there is a commit"])

    @plan.add("", "called by hand it says what it is for")
    def _():
        wrong = []
        for arguments in ((), ("--verify",), ("--status-fd",), ("--status-fd=1;id", "-bsau", "x"), ("--list-keys",)):
            done = subprocess.run([SIGNET_GIT, *arguments], capture_output=True, text=True, timeout=60, check=False)
            wrong += expect(done, 2, "signet-git: ")
        return wrong


main(declare)
