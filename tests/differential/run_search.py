#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run_search.py: the search for a path against trying all of them (TAP on standard output).

In small random meshes with faults of every kind the verdict must be the best of all paths, each judged by itself: the
program gets the certificates of that path and no others. Nothing that the search leaves out may have been the answer.
Every other mesh has more paths than the search judges to explain a failure, so that these cannot make up for a mistake.
SIGNET is the program; MESHES (40; 1000 with SIGNET_LONG) says how many.
"""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hostile.forge import Forge, Holder  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki import keys  # noqa: E402
from pki.times import NOW, rfc3339  # noqa: E402
from runner import tap  # noqa: E402
from runner.execute import execute  # noqa: E402

ORDER = ("GOOD", "WARN", "WEAK", "UNKNOWN", "BAD")
POLICY, OTHER_POLICY = "1.3.6.1.4.1.32473.1", "1.3.6.1.4.1.32473.2"
MAX_PATHS, FEW = 400, 65


def exclude(number):
    return x.name_constraints(excluded=[gn.directory((("O", "Example"), ("CN", f"CA {number}")))])


def options(chance, count):
    """What is special about one certificate."""
    policies = chance.choice(((POLICY,), (POLICY,), (POLICY, OTHER_POLICY), (OTHER_POLICY,), ("2.5.29.32.0",),
                              ("2.5.29.32.0",), ()))
    extra = [x.certificate_policies(*policies)] if policies else []
    chosen = {"extra": extra}
    kind = chance.choice(("none",) * 6 + ("expired", "no CA", "length", "length", "critical", "mail", "name", "require",
                                          "map", "map", "no any", "no map", "identifiers"))
    if kind == "expired":
        chosen["expired"] = True
    elif kind == "no CA":
        chosen["constraints"] = x.basic_constraints(False)
    elif kind == "length":
        chosen["constraints"] = x.basic_constraints(True, chance.choice((0, 0, 1, 2)))
    elif kind == "critical":
        extra.append(x.private(critical=True))
    elif kind == "mail":
        extra.append(x.name_constraints(excluded=[gn.email("example.com")]))
    elif kind == "name":
        extra.append(exclude(chance.randrange(count)))
    elif kind == "require":
        extra.append(x.policy_constraints(require=chance.choice((0, 1, 2))))
    elif kind == "map":
        extra.append(x.policy_mappings((POLICY, OTHER_POLICY)))
    elif kind == "no any":
        extra.append(x.inhibit_any_policy(chance.choice((0, 1))))
    elif kind == "no map":
        extra.append(x.policy_constraints(inhibit=chance.choice((0, 1))))
    elif kind == "identifiers":
        chosen["identifiers"] = None
    return chosen


class Mesh:
    def __init__(self, number, attempt):
        chance = random.Random(f"mesh/{number}/{attempt}")
        count = chance.randint(3, 5) if number % 2 else 6
        self.forge, roots = Forge(), [Holder(f"Root {n}", 50 + n) for n in range(chance.randint(1, 2))]
        cas = [Holder(f"CA {n}", 1 + n) for n in range(count)]
        self.certs = [self.forge.issue(lower, upper, **options(chance, count)) for lower in cas for upper in cas
                      for _ in range(chance.choice((0, 0, 1, 1, 2) if number % 2 else (0, 1, 1, 2))) if lower is not upper]
        self.certs += [self.forge.issue(ca, root, **options(chance, count)) for ca in cas for root in roots
                       if chance.random() < 0.4]
        own = chance.choice((POLICY, POLICY, OTHER_POLICY, "2.5.29.32.0"))
        self.person = self.forge.person(cas[0], extra=[x.certificate_policies(own)])
        self.anchors = [self.forge.root(root) for root in roots]
        self.revocation = chance.random() < 0.5
        self.crls = []
        for holder in [*cas, *roots]:
            revoked = [one for one in self.certs if one.issuer is holder and chance.random() < 0.1]
            if chance.random() < 0.93:
                self.crls.append(self.forge.crl(holder, revoked))
        self.required = chance.random() < 0.5
        chance.shuffle(self.certs)

    def paths(self):
        """(certificates above the person, anchor) of every path without a loop."""
        found = []

        def climb(top, above, holders):
            for anchor in self.anchors:
                if anchor.subject == top.issuer_name:
                    found.append((above, anchor))
            for one in self.certs:
                if one.subject == top.issuer_name and one.name not in holders and len(found) <= MAX_PATHS:
                    climb(one, [*above, one], holders | {one.name})
        climb(self.person, [], frozenset())
        return found


def verdict(mesh, folder, certs, anchors):
    """(verdict or None, what was said)."""
    pem = lambda label, octets: b"".join(keys.pem(label, one) for one in octets)
    (folder / "person.crt").write_bytes(mesh.person.cert)
    (folder / "certs.pem").write_bytes(pem("CERTIFICATE", [one.cert for one in certs]))
    (folder / "anchors.pem").write_bytes(pem("CERTIFICATE", [one.cert for one in anchors]))
    (folder / "crls.pem").write_bytes(pem("X509 CRL", mesh.crls))
    arguments = ["path", "person.crt", "--anchor", "anchors.pem", "--at", rfc3339(NOW), "--purpose", "any", "--json",
                 "--revocation", "require" if mesh.revocation else "off", "--no-store", "--offline"]
    arguments += ["--certs", "certs.pem"] if certs else []
    arguments += ["--crls", "crls.pem"] if mesh.crls else []
    arguments += ["--require-explicit-policy"] if mesh.required else []
    outcome = execute(arguments, folder)
    if outcome.trouble or outcome.exit == 2:
        return None, outcome.trouble or outcome.stderr.decode("utf-8", "replace")
    result = json.loads(outcome.stdout)
    return result["verdict"], " ".join(f"{one['code']}@{one['certificate']}" for one in result["findings"])


def fitting(number):
    """A mesh of some paths, and of many if NUMBER is even; and these."""
    for attempt in range(1000):
        mesh = Mesh(number, attempt)
        paths = mesh.paths()
        if (1 if number % 2 else FEW) <= len(paths) <= MAX_PATHS:
            return mesh, paths
    raise ValueError(f"no mesh {number}")


def compare(number, base):
    """(what is wrong, the verdict)."""
    (mesh, paths), folder = fitting(number), base / str(number)
    folder.mkdir()
    each = [verdict(mesh, folder, above, [anchor])[0] for above, anchor in paths]
    got, said = verdict(mesh, folder, mesh.certs, mesh.anchors)
    shutil.rmtree(folder)
    if None in each or got is None:
        return f"mesh {number}: {said}", got
    best = min(each, key=ORDER.index)
    if got != best:
        return f"mesh {number}: {got} ({said}), the best of {len(paths)} paths is {best}", got
    return None, got


def main():
    wanted = int(os.environ.get("MESHES", "1000" if os.environ.get("SIGNET_LONG") else "40"))
    verdicts, wrong = Counter(), []
    print("TAP version 13")
    with tempfile.TemporaryDirectory(prefix="signet-search-") as name:
        base = Path(name)
        for text, got in tap.in_order(lambda n: compare(n, base), range(wanted)):
            verdicts[got] += 1
            wrong += [text] if text else []
    mixed = sum(1 for one in ("GOOD", "WARN", "UNKNOWN", "BAD") if verdicts[one]) >= 3
    print("1..2")
    print(tap.line(1, not wrong, f"A-2.3-6 E-9 the search finds the best of all paths in {wanted} random meshes"))
    tap.comment(wrong[:20])
    print(tap.line(2, mixed, "the meshes are a mixture"))
    tap.comment([", ".join(f"{one}: {count}" for one, count in verdicts.items())])
    return 0 if not wrong and mixed else 1


if __name__ == "__main__":
    sys.exit(main())
