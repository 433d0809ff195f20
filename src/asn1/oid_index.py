#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the hash index over oids.def that sg_oid_find looks into: oid_index.py OIDS_DEF OUTPUT"""
import re
import sys

ROW = re.compile(r'^OID\((\w+),\s*"((?:\\x[0-9a-f]{2})+)",', re.M)


def hash_octets(octets):
    value = 0x811C9DC5
    for octet in octets:
        value = (value ^ octet) * 0x01000193 & 0xFFFFFFFF
    return value ^ value >> 15


def read_rows(text):
    rows = [(symbol, bytes.fromhex(octets.replace("\\x", ""))) for symbol, octets in ROW.findall(text)]
    if len(rows) != len(re.findall(r"^OID\(", text, re.M)):
        sys.exit("oids.def: a row is not of the form OID(symbol, \"\\x..\", \"name\")")
    if len({octets for _, octets in rows}) != len(rows):
        sys.exit("oids.def: an OID stands there twice")
    return rows


def build_slots(rows):
    """Open addressing; a quarter full, so that a search sees one or two rows."""
    num_slots = 1
    while num_slots < 4 * len(rows):
        num_slots *= 2
    slots = [None] * num_slots
    for symbol, octets in rows:
        slot = hash_octets(octets) % num_slots
        while slots[slot] is not None:
            slot = (slot + 1) % num_slots
        slots[slot] = symbol
    return slots


def main(source, output):
    with open(source, encoding="ascii") as file:
        rows = read_rows(file.read())
    slots = build_slots(rows)
    with open(output, "w", encoding="ascii") as file:
        file.write("/* Made from oids.def by oid_index.py. */\n")
        file.write(f"enum {{ OID_INDEX_MAX_LEN = {max(len(octets) for _, octets in rows)},\n")
        file.write(f"       OID_INDEX_NUM_SLOTS = {len(slots)} }};\n")
        file.write("static const uint16_t oid_index[OID_INDEX_NUM_SLOTS] = {\n")
        for slot, symbol in enumerate(slots):
            if symbol is not None:
                file.write(f"    [{slot}] = SG_OID_{symbol},\n")
        file.write("};\n")


main(*sys.argv[1:])
