#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Links between the documents lead somewhere: to a file of the tree, and to a heading of it."""

import os
import re

import tap

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
OUTSIDE = re.compile(r"[a-z]+:")


def anchors(path):
    """What a heading is called as the target of a link."""
    headings = re.findall(r"^#+\s+(.*)$", tap.read(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def problems(page):
    for target in LINK.findall(CODE.sub("", tap.read(page))):
        if OUTSIDE.match(target):
            continue
        name, _, anchor = target.partition("#")
        path = os.path.normpath(os.path.join(os.path.dirname(page), name)) if name else page
        if not os.path.exists(path):
            yield f"{page}: {target}: no such file"
        elif anchor and path.endswith(".md") and anchor not in anchors(path):
            yield f"{page}: {target}: no such heading"


def main():
    report = tap.Tap()
    report.check("links in the documents resolve", [p for page in tap.files(".md") for p in problems(page)])
    report.finish()


main()
