# SPDX-License-Identifier: Apache-2.0
"""Reads the tables of findings: the codes of include/signet/codes.def and the kinds of src/finding/."""

import glob
import re
from collections import namedtuple

CODES = "include/signet/codes.def"
KINDS = "src/finding/kinds_*.def"

Code = namedtuple("Code", "name effects meaning advice")
# effects is None where the code's own hold; part is the table that the kind stands in, such as "path".
Kind = namedtuple("Kind", "name code effects rule text part")

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
TOKEN = re.compile(r'\s*(?:((?:"(?:[^"\\]|\\.)*"\s*)+)|([A-Za-z_]\w*)|([(),]))')


class Error(Exception):
    pass


def unescape(literals):
    """Adjacent string literals as one string."""
    joined = "".join(STRING.findall(literals))
    return joined.replace('\\"', '"').replace("\\\\", "\\")


def rows(path):
    """(macro, arguments) of each row; an argument is a string, or None for NULL."""
    with open(path, encoding="utf-8") as table:
        text = re.sub(r"/\*.*?\*/", "", table.read(), flags=re.DOTALL)
    text = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE).strip()
    position, macro, arguments = 0, None, []
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise Error(f"{path}: cannot read: {text[position:position + 60]!r}")
        string, word, mark = match.groups()
        position = match.end()
        if mark == ")":
            yield macro, arguments
            macro, arguments = None, []
        elif macro is None:
            macro = word
        elif string is not None:
            arguments.append(unescape(string))
        elif word is not None:
            arguments.append(None if word == "NULL" else word)


def read_codes():
    codes = []
    for macro, arguments in rows(CODES):
        if macro != "CODE" or len(arguments) != 6:
            raise Error(f"{CODES}: {macro}{arguments}")
        name, normal, strict, legacy, meaning, advice = arguments
        codes.append(Code(name, (normal, strict, legacy), meaning, advice))
    return codes


def read_kinds():
    kinds = []
    for path in sorted(glob.glob(KINDS)):
        part = re.search(r"kinds_(\w+)\.def", path).group(1)
        for macro, arguments in rows(path):
            shapes = {("KIND", 4): (0, 2), ("KIND_AS", 7): (3, 5)}
            if (macro, len(arguments)) not in shapes:
                raise Error(f"{path}: {macro}{arguments}")
            num_effects, rule = shapes[macro, len(arguments)]
            effects = tuple(arguments[2:5]) if num_effects else None
            kinds.append(Kind(arguments[0], arguments[1], effects, arguments[rule], arguments[rule + 1], part))
    return kinds
