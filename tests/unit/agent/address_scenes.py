#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Certificates by the addresses they hold: address_scenes.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki import names  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root = w.root()


def holder(*addresses, subject=None, extra=()):
    return w.certificate("Alice", root, emails=addresses, subject=subject, extra=extra).cert


def dn(*addresses):
    return names.dn(("O", "Example"), *(("emailAddress", one) for one in addresses), ("CN", "Alice"))


certificates = {
    "alice": holder("alice@example.com"),
    "Alice": holder("Alice@Example.COM"),
    "several": holder("a@example.com", "b@example.org", "alice@example.com"),
    "none": w.certificate("Alice", root, emails=()).cert,
    "in-subject": holder(subject=dn("alice@example.com")),
    "in-both": holder("other@example.com", subject=dn("alice@example.com")),
    "malformed": holder("Alice <alice@example.com>"),
    "malformed-nul": holder("alice@example.com\0.example.net"),
    "malformed-and-good": holder("not an address", "alice@example.com"),
    "utf8": holder(extra=[x.subject_alt_name(gn.smtp_utf8("\u00e4lice@example.com"))]),
    "a-label": holder("alice@xn--bcher-kva.example"),
}


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in certificates.items()))
