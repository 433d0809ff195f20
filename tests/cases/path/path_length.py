# SPDX-License-Identifier: Apache-2.0
"""pathLenConstraint: how many certificates may follow a CA (RFC 5280, 4.2.1.9 and 6.1.4 l, m)."""

from pki import der
from pki import extensions as x
from runner import case


def stack(w, *limits, last_is_ca=False):
    """(end of the path, CAs): a CA for each limit, the first under the root."""
    issuer = w.root()
    for number, limit in enumerate(limits):
        issuer = w.ca(f"CA {number}", issuer, path_len=limit)
    return w.ca("Last", issuer) if last_is_ca else w.end_entity("Alice", issuer)


@case("B-PL-1 E-24", "pathLen 0 with one more CA below it is refused")
def _(w):
    return w.path(stack(w, 0, None), expect="BAD", codes=["PATHLEN@1"])


@case("B-PL-1", "pathLen 1 allows one more CA and no second one")
def _(w):
    return [w.path(stack(type(w)(), 1, None), expect="GOOD"),
            w.path(stack(type(w)(), 1, None, None), expect="BAD", codes=["PATHLEN@1"])]


@case("B-PL-1", "without any limit a path of ten CAs is good")
def _(w):
    return w.path(stack(w, *[None] * 10), expect="GOOD", json={"path.length": lambda n: n in (11, 12)})


@case("B-PL-1 E-24 B-SI-1", "pathLen 0 with a self-issued rollover CA below it is good")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0)
    roll = w.self_issued(top)
    ee = w.end_entity("Alice", roll)
    return w.path(ee, expect="GOOD", path=[ee, roll, top], forbid=["PATHLEN"])


@case("B-PL-1", "several self-issued CAs in a row cost nothing")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0)
    one = w.self_issued(top, name="Top one")
    two = w.self_issued(one, name="Top two")
    return w.path(w.end_entity("Alice", two), expect="GOOD")


@case("B-PL-1", "a self-issued CA does not lift the limit for the next one")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0)
    sub = w.ca("Sub", w.self_issued(top))
    return w.path(w.end_entity("Alice", sub), expect="BAD", codes=["PATHLEN@1"])


@case("B-PL-1", "the limit in a self-issued certificate counts")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    roll = w.self_issued(top, path_len=0)
    sub = w.ca("Sub", roll)
    return [w.path(w.end_entity("Alice", roll), expect="GOOD"),
            w.path(w.end_entity("Bob", sub), expect="BAD", codes=["PATHLEN@1"])]


@case("B-PL-2", "the last certificate is not counted though it is a CA")
def _(w):
    return [w.path(stack(type(w)(), 0, last_is_ca=True), expect="GOOD"),
            w.path(stack(type(w)(), 0, 0, last_is_ca=True), expect="BAD", codes=["PATHLEN@1"])]


@case("B-PL-3", "a pathLenConstraint without cA is told and limits nothing")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, ext={"basicConstraints": x.basic_constraints(False, 0)})
    return w.path(ee, expect="GOOD|BAD|ERROR", any_codes=["NONCONFORMING", "PARSE"])


@case("B-PL-3", "a pathLenConstraint beside a keyUsage without keyCertSign does not make the certificate a CA")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, path_len=3, ext={"keyUsage": x.key_usage("cRLSign")})
    return w.path(w.end_entity("Alice", ca), expect="BAD", forbid=["PATHLEN"])


@case("B-PL-3", "a negative pathLenConstraint is no limit anybody can keep")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, path_len=-1)
    return w.path(w.end_entity("Alice", ca), expect="BAD|UNKNOWN", codes=["PARSE"])


@case("B-PL-3", "huge values overflow nothing: they are no limit, or no value")
def _(w):
    runs = []
    for limit in (2**31, 2**32, 2**63, 2**64, 2**64 + 1, 2**200):
        runs.append(w.path(stack(type(w)(), limit, None), expect="GOOD|BAD|UNKNOWN", forbid=["PATHLEN"]))
    return runs


@case("B-PL-3", "a limit of 2^32 is not the limit 0")
def _(w):
    return w.path(stack(w, 2**32, None, None), expect="GOOD|BAD|UNKNOWN", forbid=["PATHLEN"])


@case("B-PL-3", "a pathLenConstraint that is not minimal, or has no octets")
def _(w):
    root = w.root()
    padded, empty = (w.ca("CA", root, path_len=one) for one in (b"\x00\x00", b""))
    return [w.path(w.end_entity("Alice", padded), expect="GOOD|BAD|UNKNOWN", any_codes=["PARSE", "NONCONFORMING"]),
            w.path(w.end_entity("Bob", empty), expect="BAD|UNKNOWN", codes=["PARSE"])]


@case("B-PL-4", "a later larger limit does not lift an earlier smaller one")
def _(w):
    return [w.path(stack(type(w)(), 1, 5), expect="GOOD"),
            w.path(stack(type(w)(), 1, 5, None), expect="BAD", codes=["PATHLEN@1"])]


@case("B-PL-4", "a later smaller limit tightens an earlier larger one")
def _(w):
    return [w.path(stack(type(w)(), 5, 0), expect="GOOD"),
            w.path(stack(type(w)(), 5, 0, None), expect="BAD", codes=["PATHLEN@1"])]


@case("B-IN-3 E-20", "the anchor's own path length does not count")
def _(w):
    root = w.root(ext={"basicConstraints": x.basic_constraints(True, 0)})
    sub = w.ca("Sub", w.ca("Top", root))
    return w.path(w.end_entity("Alice", sub), expect="GOOD", forbid=["PATHLEN"])


@case("B-PL-1", "too long a path is refused though another fault is in it, and both are told")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0)
    sub = w.ca("Sub", top, not_after=der.utc_time("260101000000Z"))
    return w.path(w.end_entity("Alice", sub), expect="BAD", codes=["PATHLEN@1", "CERT_EXPIRED@1"])


@case("B-PL-1", "of two CA certificates of one name and key the one with room below it is taken")
def _(w):
    root = w.root()
    tight = w.ca("Top", root, path_len=0)
    wide = w.ca("Top", root, key=tight.key)
    sub = w.ca("Sub", tight)
    ee = w.end_entity("Alice", sub)
    return [w.path(ee, certs=[sub, tight, wide], anchors=[root], expect="GOOD", path=[ee, sub, wide]),
            w.path(ee, certs=[wide, tight, sub], anchors=[root], expect="GOOD", path=[ee, sub, wide])]
