#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Answers of servers for the unit tests of src/retrieve: retrieve_scenes.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms, der  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root, ca, alice = w.line()
other = w.root("Elsewhere")
twin = w.ca("Twin", root)
crl, foreign = w.crl(root), w.crl(other)
octets = lambda one: one if isinstance(one, bytes) else one.encode()  # noqa: E731



objects = {
    "root": root.cert,
    "ca": ca.cert,
    "alice": alice.cert,
    "other": other.cert,
    "crl": crl.der,
    "crl-later": w.crl(root, number=9).der,
    "crl-pem": octets(crl.pem),
    "crl-foreign": foreign.der,
    "crl-in-cms": cms.certs_only([], [crl.der]),
    "crl-cut": crl.der[:-9],
    "ca-pem": octets(ca.pem),
    "certs-only": cms.certs_only([twin.cert, ca.cert]),
    "pair": der.sequence(der.explicit(0, ca.cert), der.explicit(1, other.cert)),
    "pair-forward": der.sequence(der.explicit(0, ca.cert)),
    "html": b"<!DOCTYPE html>\n<title>Welcome</title>",
    "html-after-blanks": b"\xef\xbb\xbf\r\n <html>",
    "text": b"no such list",
    "empty": b"",
    "ca-subject": ca.subject if isinstance(ca.subject, bytes) else ca.subject.der(),
    "root-subject": root.subject if isinstance(root.subject, bytes) else root.subject.der(),
}


def main(output):
    rows = (f'{{"{name}", (const unsigned char[]){{{",".join(map(str, value)) or 0}}}, {len(value)}}},' for name, value in objects.items())
    Path(output).write_text("\n".join(rows) + "\n")


main(sys.argv[1])
