# SPDX-License-Identifier: Apache-2.0
"""Third-party cases: from one line of `cases.jsonl` to the arguments of a run and a judgement of its result."""

import json
import re

from .compare import EXITS, findings, lookup, parse

ANY_POLICY = "2.5.29.32.0"
# A warning for one of these does not make a sound message doubtful: they say how old or how written it is.
HARMLESS = {"WEAK_ALG", "WEAK_KEY", "REV_OFF", "SIGNED_ATTRS_ABSENT", "MICALG_MISMATCH"}
# The verdicts that may stand for what the corpora call accept, warn and reject.
OVERALL = {"accept": {"GOOD", "WARN"}, "warn": {"WARN", "UNKNOWN", "WEAK"}, "reject": {"BAD", "UNKNOWN", "WEAK", "NONE"}}
SIGNATURES = {"good": "GOOD", "bad": "BAD", "unknown": "UNKNOWN"}
ADDRESSES = {"match": "match", "mismatch": "mismatch", "absent-in-cert": "none"}


def case_id(folder, one):
    return one["id"] if one["id"].startswith(folder + "/") else f"{folder}/{one['id']}"


def is_path(one):
    return "leaf" in one


def outermost_encrypted(message):
    """Whether the message must be decrypted before anything in it can be judged."""
    fields = re.split(rb"\r?\n\r?\n", message, maxsplit=1)[0]
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", fields)
    found = re.search(rb"^content-type:(.*)$", unfolded, re.IGNORECASE | re.MULTILINE)
    return bool(found) and b"enveloped-data" in found.group(1).lower()


def reason_to_skip(one, base):
    if "encrypted" in one.get("tags", []) and one["kind"] == "message" and one["expect"]["signature"] != "none":
        if outermost_encrypted((base / one["file"]).read_bytes()):
            return "needs decryption first"
    return None


# --- arguments --------------------------------------------------------------------------------------------

def _repeated(option, values):
    return [word for value in values for word in (option, value)]


def arguments(one):
    if is_path(one):
        return _path_arguments(one)
    if one["kind"] == "parse":
        return ["show", one["file"]]
    revocation = "require" if one.get("crl_required") else "off"
    content = ["--content", one["content"]] if one.get("content") else []
    return (["verify", one["file"]] + content + _repeated("--anchor", one["anchors"])
            + _repeated("--certs", one["certs"]) + _repeated("--crls", one["crls"]) + _time(one)
            + ["--no-store", "--offline", "--profile", "legacy", "--revocation", revocation, "--json"])


def in_bag(one):
    """The path case with the whole folder's certificates and CRLs in place of its own: the same verdict must come out."""
    return one | {"intermediates": ["certs"], "crls": ["crls"], "reason": f"from one bag: {one['reason']}"}


def _path_arguments(one):
    revocation = "off" if one["revocation"] == "off" else "require"
    policies = [oid for oid in one["initial_policy_set"] if oid != ANY_POLICY]
    flags = [option for option, member in (("--require-explicit-policy", "explicit_policy"),
                                           ("--inhibit-policy-mapping", "inhibit_mapping"),
                                           ("--inhibit-any-policy", "inhibit_any")) if one[member]]
    return (["path", one["leaf"]] + _repeated("--anchor", one["anchors"]) + _repeated("--certs", one["intermediates"])
            + _repeated("--crls", one["crls"]) + _time(one) + _repeated("--policy", policies) + flags
            + (["--email", one["email"]] if one["email"] else [])
            + ["--no-store", "--offline", "--profile", "legacy", "--revocation", revocation, "--purpose", "any", "--json"])


def _time(one):
    """The moment in the program's own form: the corpora write offsets, too."""
    return ["--at", re.sub(r"\+00:00$", "Z", one["time"])] if one["time"] else []


# --- judgement --------------------------------------------------------------------------------------------

def differences(one, outcome):
    if outcome.trouble:
        return [outcome.trouble, outcome.stderr.decode("utf-8", "replace")]
    if not is_path(one) and one["kind"] == "parse":
        found = _parsed(one, outcome)
    else:
        result, trouble = parse(outcome.stdout)
        found = [trouble] if trouble else _judged(one, result, outcome.exit)
    if found:
        found += [f"expected: {json.dumps(one['expect'])}", one["reason"], f"exit status {outcome.exit}",
                  outcome.stdout.decode("utf-8", "replace")[:3000], outcome.stderr.decode("utf-8", "replace")[:1000]]
    return found


def _parsed(one, outcome):
    wanted = one["expect"]["overall"] == "parse"
    return [] if wanted == (outcome.exit == 0) else [f"exit status {outcome.exit}, expected to {one['expect']['overall']}"]


def _judged(one, result, exit_status):
    verdict = result.get("verdict")
    found = [] if EXITS.get(verdict) == exit_status else [f"exit status {exit_status} does not agree with {verdict}"]
    return found + (_path(one, result, verdict) if is_path(one) else _message(one, result, verdict))


def _path(one, result, verdict):
    if one["expect"] == "either":
        return []
    valid = verdict in ("GOOD", "WARN")
    if valid != (one["expect"] == "valid"):
        return [f"verdict {verdict}"]
    wanted, got = one.get("expect_policy_set"), result.get("policies")
    if valid and wanted is not None and sorted(wanted) != sorted(got or []):
        return [f"policies {got}, expected {wanted}"]
    return []


def _message(one, result, verdict):
    expect = one["expect"]
    if not _suits(expect["overall"], result, verdict):
        if any(_suits(other, result, verdict) for other in expect["overall_also"]):
            return []
        return [f"verdict {verdict}, expected {expect['overall']}"]
    return _signature(expect, result) + _address(expect, result)


def _suits(overall, result, verdict):
    """Whether the verdict may stand for one of the corpora's words. A WARN is an acceptance if its warnings are
    harmless."""
    if overall == "accept" and verdict == "WARN":
        return {each["code"] for each in findings(result) if each["severity"] == "warning"} <= HARMLESS
    return verdict in OVERALL[overall]


def _signature(expect, result):
    got = [signer.get("signature") for signer in result.get("signers", [])]
    if expect["signature"] == "none":
        return [] if not got else [f"signatures {got}, expected none"]
    wanted = SIGNATURES.get(expect["signature"])
    return [] if wanted is None or wanted in got else [f"signatures {got}, expected {wanted}"]


def _address(expect, result):
    wanted = ADDRESSES.get(expect["address"])
    signers = result.get("signers", [])
    if wanted is None or not signers:
        return []
    got = [lookup(signer, "address.result") for signer in signers]
    return [] if wanted in got else [f"addresses {got}, expected {wanted}"]
