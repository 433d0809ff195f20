# SPDX-License-Identifier: Apache-2.0
"""A desk with a few mails and certificates on it, at which somebody uses the program, rightly or wrongly."""

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki import cms, mime  # noqa: E402, F401
from pki.times import NOW, days, rfc3339  # noqa: E402, F401
from pki.world import World  # noqa: E402
from runner.execute import execute, program  # noqa: E402, F401
from runner.plan import Plan, Skip  # noqa: E402, F401

JUDGED = ["--anchor", "root.crt", "--crls", "root.crl", "--at", rfc3339(NOW), "--no-store", "--offline"]
ESCAPES = b"\x1b[31mred\x1b]0;title\x07\x9b2J\x08\x7f"


class Desk:
    """Files: root.crt, root.crl, alice.crt, good.eml, bad.eml, unknown.eml, plain.eml (and what a test puts there)."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.world = w = World()
        self.root = w.root()
        self.alice = w.end_entity("Alice", self.root)
        stranger = w.end_entity("Stranger", w.root("Elsewhere"))
        self.put("root.crt", self.root.cert)
        self.put("root.crl", w.crl(self.root).der)
        self.put("alice.crt", self.alice.cert)
        self.good = self.put("good.eml", w.signed_mail(self.alice, line_ends="lf"))
        self.put("weak.eml", w.signed_mail(self.alice, digest="sha1"))
        self.put("bad.eml", w.signed_mail(self.alice, alter=lambda part: part + b"x\r\n"))
        self.put("unknown.eml", w.signed_mail(stranger))
        self.put("plain.eml", mime.message(w.fields("Alice <alice@example.com>"), mime.text()))

    def put(self, name, octets):
        path = self.folder / name if isinstance(name, str) else Path(self.folder.joinpath(name.decode("utf-8", "surrogateescape")))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(octets)
        return octets

    def run(self, *arguments, **options):
        return execute(list(arguments), self.folder, **options)

    def judge(self, *arguments, **options):
        """`signet verify` of the named files under the usual anchor, CRL and time."""
        return self.run("verify", *arguments, *JUDGED, **options)

    # --- what is wrong with an outcome

    def ended(self, outcome, exit, *words, out=(), lacks=(), quiet=None):
        """Lines that say what is not as it should be: the exit status, words on standard error, words on standard output.
        `quiet`: the streams on which nothing may be ("out", "err")."""
        errors, text = (stream.decode("utf-8", "replace") for stream in (outcome.stderr, outcome.stdout))
        wrong = [outcome.trouble] if outcome.trouble else []
        allowed = exit if isinstance(exit, tuple) else (exit,)
        wrong += [] if outcome.exit in allowed else [f"exit status {outcome.exit}, expected {exit}"]
        wrong += [f"not on standard error: {word!r}" for word in words if word.lower() not in errors.lower()]
        wrong += [f"not on standard output: {word!r}" for word in out if word.lower() not in text.lower()]
        wrong += [f"in the output: {word!r}" for word in lacks if word in text or word in errors]
        for name, stream in (("out", text), ("err", errors)):
            wrong += [f"something on standard {name}: {stream[:200]!r}"] if name in (quiet or "").split() and stream.strip() else []
        return wrong + ([f"stdout: {text[:300]!r}", f"stderr: {errors[:300]!r}"] if wrong else [])

    def refused(self, outcome, *words):
        """Exit status 2, a message that says what to do, nothing on standard output."""
        wrong = self.ended(outcome, 2, "signet", *words, quiet="out")
        lines = outcome.stderr.decode("utf-8", "replace").strip().splitlines()
        return wrong if lines and all(len(line) < 1000 for line in lines) else wrong + [f"no fit message: {lines[:3]}"]


def results(outcome):
    """The JSON objects of an outcome, one a line."""
    return [json.loads(line) for line in outcome.stdout.decode("utf-8").splitlines()]


def main(declare):
    with tempfile.TemporaryDirectory(prefix="signet-usage-") as folder:
        plan = Plan()
        declare(plan, Desk(folder))
        sys.exit(plan.run())
