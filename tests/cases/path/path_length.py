# SPDX-License-Identifier: Apache-2.0
"""pathLenConstraint: how many certificates may follow a CA (RFC 5280, 4.2.1.9 and 6.1.4 l, m)."""

from pki import extensions as x
from runner import case


@case("B-PL-1", "pathLen 0 with one more CA below it is refused")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0)
    sub = w.ca("Sub", top)
    ee = w.end_entity("Alice", sub)
    return w.path(ee, certs=[top, sub], anchors=[root], expect="BAD", codes=["PATHLEN@1"])


@case("B-PL-1 E-24", "pathLen 0 with a self-issued rollover CA below it is good")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0)
    roll = w.self_issued(top)
    ee = w.end_entity("Alice", roll)
    return w.path(ee, certs=[top, roll], anchors=[root], expect="GOOD", forbid=["PATHLEN"])
