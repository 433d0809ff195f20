#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Includes go downward only, and each outside library has its one door."""

import os
import re

import tap

# Each layer and what it may include besides itself. docs/architecture.md draws the same.
ORDER = {
    "base": "",
    "asn1": "base",
    "finding": "base asn1",
    "address": "base",
    "crypto": "base asn1",
    "inflate": "base asn1 crypto",
    "x509": "base finding asn1 address crypto",
    "path": "base finding asn1 address crypto x509",
    "cms": "base finding asn1 crypto inflate x509",
    "mime": "base address",
    "compose": "base address mime",
    "bundle": "base finding asn1 crypto x509 path cms mime",
    "agent": "base finding asn1 address crypto x509 path cms mime bundle",
    "store": "base finding asn1 address crypto x509 path cms mime bundle agent",
    "send": "base finding asn1 address crypto x509 path cms mime compose bundle agent store",
    "maker": "base finding asn1 address crypto x509",
    "fetch": "base",
    "token": "base finding asn1 address crypto x509",
    "retrieve": "base finding asn1 address crypto x509 path cms mime bundle agent store fetch",
    "report": "base finding asn1 address crypto x509 path cms mime bundle agent store send maker fetch retrieve",
}
BELOW = {layer: set(names.split()) for layer, names in ORDER.items()}

# Headers of outside libraries -> the only layers that may include them.
DOORS = {
    r"openssl/": {"crypto"},
    r"uni(?!std)\w+\.h$": {"address", "x509"},
    r"idn2\.h$": {"address"},
    r"sqlite3\.h$": {"store"},
    r"zlib\.h$": {"inflate"},
    r"p11-kit/": {"token"},
    # Only signet-fetch speaks with strangers: fetcher/ is no layer.
    r"(curl/|(ldap|lber|openldap|unbound|seccomp|netdb)\.h$)": set(),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def includes(path):
    return [(kind == '"', name) for kind, name in INCLUDE.findall(tap.read(path))]


def wrong_in_layer(path):
    layer = path.split("/")[1]
    for own, name in includes(path):
        target = name.split("/")[0]
        if own and target not in BELOW[layer] | {layer, "signet"}:
            yield f'{path}: "{name}" is not below {layer}'
        if not own and any(re.match(door, name) and layer not in who for door, who in DOORS.items()):
            yield f"{path}: <{name}> has no business in {layer}"


def wrong_in_fetcher(path):
    """What signet-fetch needs of the library: little, as it is what an attacker would first take over."""
    for own, name in includes(path):
        if own and not os.path.exists(f"fetcher/{name}") and name.split("/")[0] not in ("base", "address", "crypto", "fetch", "signet"):
            yield f'{path}: "{name}" has no business in signet-fetch'


def wrong_in_public(path):
    return [f'{path}: "{name}"' for own, name in includes(path) if own and not name.startswith("signet/")]


def wrong_in_cli(path):
    for own, name in includes(path):
        if own and not name.startswith("signet/") and not os.path.exists(f"cli/{name}"):
            yield f'{path}: "{name}"'
        if not own and any(re.match(door, name) for door in DOORS):
            yield f"{path}: <{name}>"


def wrong_in_unit_test(path):
    layer = path.split("/")[2]
    if layer not in BELOW:
        return
    for own, name in includes(path):
        target = name.split("/")[0]
        if own and target in BELOW and target not in BELOW[layer] | {layer}:
            yield f'{path}: "{name}" is not below {layer}'


def main():
    report = tap.Tap()
    suffixes = (".c", ".h", ".def")
    for layer in BELOW:
        problems = [p for f in tap.files(*suffixes, under=[f"src/{layer}/"]) for p in wrong_in_layer(f)]
        report.check(f"{layer} includes only what is below it", problems)
    folders = {path.split("/")[1] for path in tap.files(*suffixes, under=["src/"])}
    report.check("every folder of src is a layer with a place in the order", folders - BELOW.keys())
    for title, folder, wrong in (
        ("public headers include only public headers", "include/signet/", wrong_in_public),
        ("the program includes only public headers and its own", "cli/", wrong_in_cli),
        ("signet-fetch includes only its own and what it needs", "fetcher/", wrong_in_fetcher),
        ("examples include only public headers", "examples/", wrong_in_public),
        ("unit tests include only their layer and those below", "tests/unit/", wrong_in_unit_test),
    ):
        report.check(title, [p for f in tap.files(*suffixes, under=[folder]) for p in wrong(f)])
    report.finish()


main()
