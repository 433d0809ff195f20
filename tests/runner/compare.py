# SPDX-License-Identifier: Apache-2.0
"""Comparing one run with its expectation. Every function returns a list of differences, in words."""

import json

EXITS = {"GOOD": 0, "WARN": 0, "BAD": 1, "WEAK": 1, "ERROR": 2, "UNKNOWN": 3, "NONE": 4}
SEVERITIES = ("error", "warning", "info")


def differences(run, outcome):
    """All differences of a run; nothing means it went as expected."""
    if outcome.trouble:
        return [outcome.trouble] + _excerpt("stderr", outcome.stderr)
    found = _texts(run.expect, outcome) + _broken(run.expect, outcome)
    found += _judged(run, outcome) if run.expect.verdict else _exit(run.expect.exit, outcome.exit)
    if found:
        found += _account(outcome.stdout) + _excerpt("stderr", outcome.stderr)
    return found


def _account(stdout):
    """The findings of a result, one a line; the whole output if it is no result."""
    result, trouble = parse(stdout)
    if trouble:
        return _excerpt("stdout", stdout)
    found = [f"verdict {result.get('verdict')}"]
    for one in findings(result):
        place = "" if one.get("certificate") is None else f"@{one['certificate']}"
        found.append(f"{one.get('severity')}: {one.get('code')}{place} {one.get('text')}"[:300])
    return found


def _excerpt(label, octets):
    lines = octets.decode("utf-8", "replace").splitlines()
    return [f"{label}: {line[:500]}" for line in lines[:30]]


def _exit(wanted, got):
    return [] if wanted is None or wanted == got else [f"exit status {got}, expected {wanted}"]


def _texts(expect, outcome):
    """What must and must not be in the output, whatever the case, and with octets grouped by colons or not."""
    text = outcome.stdout.decode("utf-8", "replace").lower()
    errors = outcome.stderr.decode("utf-8", "replace").lower()
    plain = text.replace(":", "")
    return ([f"not in the output: {one!r}" for one in expect.contains if one.lower() not in text and one.lower() not in plain]
            + [f"in the output: {one!r}" for one in expect.lacks if one.lower() in text]
            + [f"not in standard error: {one!r}" for one in expect.stderr if one.lower() not in errors]
            + [f"not in the first line: {one!r}" for one in expect.first if one.lower() not in text.split("\n")[0]])


def _broken(expect, outcome):
    """The rules that `signet lint` tells of, each as "id" or, of another object than the first certificate, "id@index"
    or "id@crl index"."""
    if expect.broken is None:
        return []
    result, trouble = parse(outcome.stdout)
    if trouble:
        return trouble
    place = {"certificate": lambda index: f"@{index}" if index else "", "crl": lambda index: f"@crl {index}"}
    told = sorted(one["id"] + place[one["object"]](one["index"]) for one in result["findings"])
    errors = sum(one["severity"] == "error" for one in result["findings"])
    found = [f"rules broken: {told}, expected {sorted(expect.broken)}"] if told != sorted(expect.broken) else []
    found += [f"{errors} errors, but {result['errors']} said"] if errors != result["errors"] else []
    return found + ([f"exit status {outcome.exit} with {errors} errors"] if outcome.exit != (1 if errors else 0) else [])


def _judged(run, outcome):
    expect, allowed = run.expect, run.expect.verdict.split("|")
    if outcome.exit == 2 and "ERROR" in allowed:
        return [] if outcome.stderr.strip() or outcome.stdout.strip() else ["exit status 2 without a word"]
    if not run.reads_json:
        return [] if outcome.exit in {EXITS[one] for one in allowed} else \
            [f"exit status {outcome.exit}, expected that of {expect.verdict}"]
    result, trouble = parse(outcome.stdout)
    if trouble:
        return [f"exit status {outcome.exit}, expected {expect.verdict}: {trouble}"]
    return _result(expect, allowed, result, outcome.exit)


def parse(stdout):
    """(the one JSON object, None) or (None, what is wrong)."""
    lines = [line for line in stdout.splitlines() if line.strip()]
    if len(lines) != 1:
        return None, f"{len(lines)} lines of JSON instead of one"
    try:
        result = json.loads(lines[0])
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        return None, f"not JSON: {error}"
    return (result, None) if isinstance(result, dict) else (None, "not a JSON object")


def findings(result):
    """Those of the message or path, then those of each signer."""
    found = list(result.get("findings", []))
    for signer in result.get("signers", []):
        found += signer.get("findings", [])
    return found


def _result(expect, allowed, result, exit_status):
    found, verdict = _shape(result), result.get("verdict")
    if verdict not in allowed:
        found.append(f"verdict {verdict}, expected {expect.verdict}")
    if verdict in EXITS and EXITS[verdict] != exit_status:
        found.append(f"exit status {exit_status} does not agree with verdict {verdict}")
    found += _exit(expect.exit, exit_status)
    found += _codes(expect, findings(result))
    for path, wanted in expect.json.items():
        found += _member(result, path, wanted)
    found += _policies(expect.policies, result) + _path(expect.path, result)
    return found + (_signers(expect, result) if "signers" in result else [])


def _shape(result):
    """What holds for every result, whatever a case expects."""
    found = []
    for member in ("verdict", "time", "findings"):
        if member not in result:
            found.append(f"the result lacks {member!r}")
    for one in findings(result):
        if not one.get("code") or one.get("severity") not in SEVERITIES or not one.get("text"):
            found.append(f"an incomplete finding: {json.dumps(one)}")
    return found


def _signers(expect, result):
    """What a case says of all signers at once, and what holds for every message."""
    found = []
    for name, wanted, member in (("signatures", expect.signatures, "signature"), ("parts", expect.parts, "part"),
                                 ("addresses", expect.addresses, "address.result")):
        got = [lookup(one, member) for one in result["signers"]]
        if wanted is not None and got != wanted:
            found.append(f"{name} {got}, expected {wanted}")
    if expect.signed is not None and result.get("signed") != expect.signed:
        found.append(f"signed is {result.get('signed')}, expected {expect.signed}")
    return found + _believed(result)


def _believed(result):
    """Nothing is good without somebody whose signature is right, whose address is not another one, and whose
    signature covers all that is shown."""
    if result.get("signed") not in ("whole", "part", "none"):
        return [f"signed is {result.get('signed')}"]
    if (result.get("signed") == "none") != (result["signers"] == []):
        return [f"signed is {result.get('signed')} with {len(result['signers'])} signers"]
    if result.get("verdict") not in ("GOOD", "WARN"):
        return []
    good = [one for one in result["signers"] if one.get("verdict") in ("GOOD", "WARN") and one.get("signature") == "GOOD"
            and lookup(one, "address.result") != "mismatch"]
    found = [] if good else ["a verdict of GOOD or WARN without any signer who has one"]
    return found + ([] if result["signed"] == "whole" else [f"verdict {result['verdict']}, but signed is {result['signed']}"])


def _codes(expect, present):
    told = {one.get("code") for one in present}
    told |= {f"{one.get('code')}@{one.get('certificate')}" for one in present if one.get("certificate") is not None}
    grave = {one.get("code") for one in present if one.get("severity") != "info"}
    found = [f"finding {one} is missing" for one in expect.codes if one not in told]
    found += [f"finding {one} should not be there" for one in expect.forbid if one in told]
    if expect.any_codes and not told.intersection(expect.any_codes):
        found.append(f"none of the findings {expect.any_codes}")
    if expect.only_codes is not None and grave != set(expect.only_codes):
        found.append(f"findings {sorted(grave)}, expected exactly {sorted(expect.only_codes)}")
    return found


def lookup(value, path):
    """The member at `signers.0.address.result`; `length` counts a list, KeyError if there is nothing."""
    for step in path.split("."):
        if isinstance(value, list):
            value = len(value) if step == "length" else value[int(step)]
        else:
            value = value[step]
    return value


def _member(result, path, wanted):
    """Compares one member; a callable judges by itself."""
    try:
        got = lookup(result, path)
    except (KeyError, IndexError, TypeError, ValueError):
        return [f"{path} is missing"]
    good = wanted(got) if callable(wanted) else got == wanted
    return [] if good else [f"{path} is {json.dumps(got)}" + ("" if callable(wanted) else f", expected {json.dumps(wanted)}")]


def _policies(wanted, result):
    if wanted is None:
        return []
    got = result.get("policies")
    good = isinstance(got, list) and sorted(got) == sorted(wanted)
    return [] if good else [f"policies {got}, expected {wanted}"]


def _path(wanted, result):
    """The path found must begin with these certificates; the anchor may follow."""
    if wanted is None:
        return []
    path = result.get("path") or (result.get("signers") or [{}])[0].get("path") or []
    got = [one.get("sha256", "").replace(":", "").lower() for one in path]
    return [] if got[:len(wanted)] == wanted else [f"path {got}, expected {wanted}"]
