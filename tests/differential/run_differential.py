#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run_differential.py: our verdict on generated chains against that of openssl verify (TAP on standard output).

Acceptance is compared: GOOD and WARN for us, "OK" for openssl. Where one accepts and the other refuses, a row of
`explained.txt` beside this script must say why: the rule that decides, the side that accepts, a pattern for what was
done to the chain or for what either program says, and the reason in words. SIGNET is the program; CHAINS (400; 4000
with SIGNET_LONG) says how many chains.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import chains  # noqa: E402
from pki import keys  # noqa: E402
from pki.times import NOW, rfc3339  # noqa: E402
from runner import tap  # noqa: E402
from runner.execute import execute  # noqa: E402

ACCEPTED = ("GOOD", "WARN")
MOMENT = str(int(NOW.timestamp()))


def explanations():
    """(rule, who accepts, pattern, reason) from `explained.txt`; fields are separated by |."""
    rows = []
    for line in (HERE / "explained.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rule, side, pattern, reason = (part.strip() for part in line.split("|"))
            rows.append((rule, side, re.compile(pattern, re.DOTALL), reason))
    return rows


def write(chain, folder):
    bundle = lambda label, octets: b"".join(keys.pem(label, one) for one in octets)
    (folder / "root.pem").write_bytes(chain.anchor.pem)
    (folder / "target.pem").write_bytes(chain.target.pem)
    (folder / "certs.pem").write_bytes(bundle("CERTIFICATE", [one.cert for one in chain.certs]))
    (folder / "crls.pem").write_bytes(bundle("X509 CRL", [one.der for one in chain.crls]))


def ours(chain, folder):
    """(accepted, what was said, the fingerprints of the path)."""
    arguments = ["path", "target.pem", "--anchor", "root.pem", "--at", rfc3339(NOW), "--purpose", "any", "--json",
                 "--revocation", "require" if chain.revocation else "off", "--no-store", "--offline"]
    for option, name, things in (("--certs", "certs.pem", chain.certs), ("--crls", "crls.pem", chain.crls)):
        arguments += [option, name] if things else []
    arguments += ["--require-explicit-policy"] if chain.explicit_policy else []
    arguments += ["--policy", chain.wanted] if chain.wanted else []
    outcome = execute(arguments, folder)
    if outcome.trouble or outcome.exit == 2:
        return None, outcome.trouble or outcome.stderr.decode("utf-8", "replace"), []
    result = json.loads(outcome.stdout)
    told = [f"{one['code']}@{one['certificate']}" for one in result["findings"]
            if one["effect"] not in ACCEPTED]
    return result["verdict"] in ACCEPTED, " ".join([result["verdict"], *told]), [one["sha256"] for one in result["path"]]


def theirs(chain, folder, certs="certs.pem"):
    """(accepted, what was said)."""
    command = ["openssl", "verify", "-attime", MOMENT, "-CAfile", "root.pem", "-no-CApath", "-no-CAstore"]
    # Without a policy openssl would accept none, and without the check look at none.
    command += ["-policy_check", "-policy", chain.wanted or "2.5.29.32.0"]
    command += ["-untrusted", certs] if (folder / certs).stat().st_size else []
    if chain.revocation:
        command += ["-crl_check_all"] + (["-CRLfile", "crls.pem"] if chain.crls else [])
    if chain.explicit_policy:
        command.append("-explicit_policy")
    done = subprocess.run([*command, "target.pem"], cwd=folder, capture_output=True, timeout=60, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    return done.returncode == 0, " ".join(said.split())[:300]


def on_our_path(chain, folder, path):
    """What openssl says where it has no other certificates than those of our path."""
    chosen = [one for one in chain.certs if one.sha256 in path]
    (folder / "path.pem").write_bytes(b"".join(one.pem for one in chosen))
    return theirs(chain, folder, "path.pem")[1]


def judge(number, rows, base):
    """(description, what is wrong, which rule explains it, who accepted)."""
    chain = chains.make(number)
    folder = base / str(number)
    folder.mkdir()
    write(chain, folder)
    (we, we_said, path), (they, they_said) = ours(chain, folder), theirs(chain, folder)
    account = [f"chain {number}: {'; '.join(chain.faults) or 'no fault'}", f"signet: {we_said}", f"openssl: {they_said}"]
    if we is None:
        return account, None, "neither"
    if we == they:
        shutil.rmtree(folder)
        return None, None, "both" if we else "neither"
    side = "signet" if we else "openssl"
    if we:
        account.append(f"openssl on that path alone: {on_our_path(chain, folder, path)}")
    for rule, who, pattern, _ in rows:
        if who == side and pattern.search("\n".join(account)):
            return None, rule, side
    return account, None, side


def main():
    print("TAP version 13")
    if shutil.which("openssl") is None:
        print("1..0 # SKIP openssl is not installed")
        return 0
    number = int(os.environ.get("CHAINS", "4000" if os.environ.get("SIGNET_LONG") else "400"))
    rows, sides, rules, wrong = explanations(), Counter(), Counter(), []
    with tempfile.TemporaryDirectory(prefix="signet-differential-") as name:
        base = Path(name)
        for account, rule, side in tap.in_order(lambda n: judge(n, rows, base), range(number)):
            sides[side] += 1
            if rule:
                rules[rule] += 1
            if account:
                wrong.append(account)
    both = sides["both"] >= number // 20 and sides["neither"] >= number // 20
    print("1..2")
    print(tap.line(1, not wrong, f"every difference from openssl is explained, {number} chains"))
    for account in wrong[:40]:
        tap.comment(account)
    print(tap.line(2, both, "the chains are a mixture of accepted and refused ones"))
    agreed = sides["both"] + sides["neither"]
    tap.comment([f"both accept {sides['both']}, both refuse {sides['neither']}, only signet accepts {sides['signet']}, "
                 f"only openssl {sides['openssl']}: {100 * agreed / number:.1f} % agreement"]
                + [f"{rule}: {count}" for rule, count in sorted(rules.items())])
    return 0 if not wrong and both else 1


if __name__ == "__main__":
    sys.exit(main())
