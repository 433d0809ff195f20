#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Roots for the unit tests of src/token: samples.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki.world import World  # noqa: E402

world = World()
with open(sys.argv[1], "w", encoding="ascii") as output:
    for name in ("Mail Root", "Web Root", "Bad Root"):
        octets = world.root(name).cert
        text = ", ".join(str(octet) for octet in octets)
        output.write(f'{{"{name}", (const unsigned char[]){{{text}}}, {len(octets)}}},\n')
