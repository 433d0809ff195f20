#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/x509/name_unassigned.def: the code points that Unicode 3.2 leaves unassigned (RFC 3454, table A.1).

RFC 4518 prohibits them in names, so whether two names match does not depend on a library's Unicode version.
Usage: tools/unassigned.py >src/x509/name_unassigned.def
"""

import stringprep

HEAD = """/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RANGE(first, last): unassigned in Unicode 3.2 (RFC 3454, table A.1), in order. Made by tools/unassigned.py.
 */
/* clang-format off */"""


def ranges():
    first = None
    for point in range(0x110000):
        unassigned = not 0xD800 <= point <= 0xDFFF and stringprep.in_table_a1(chr(point))
        if unassigned and first is None:
            first = point
        if not unassigned and first is not None:
            yield first, point - 1
            first = None
    if first is not None:
        yield first, 0x10FFFF


def main():
    print(HEAD)
    for first, last in ranges():
        print(f"RANGE(0x{first:04X}, 0x{last:04X})")
    print("/* clang-format on */")


if __name__ == "__main__":
    main()
