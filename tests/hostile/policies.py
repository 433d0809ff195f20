# SPDX-License-Identifier: Apache-2.0
"""Policies for which a tree grows without bound, and a graph does not (RFC 9618)."""

from hostile.forge import Forge, Holder, size
from pki import extensions as x
from runner import case

ARC = "1.3.6.1.4.1.32473.9"


def oids(level, count):
    return [f"{ARC}.{level}.{number}" for number in range(count)]


def tower(w, height, width, *, any_policy=False, same=False, person=None, **expected):
    """`height` CAs with `width` policies each; every one maps all of its policies to all of the next."""
    f = Forge()
    cas = [Holder(f"CA {number}", 1 + number) for number in range(height + 1)]
    certs = []
    for level, (upper, lower) in enumerate(zip(cas, cas[1:])):
        here, below = oids(0 if same else level, width), oids(0 if same else level + 1, width)
        policies = [*here, "2.5.29.32.0"] if any_policy else here
        certs.append(f.issue(lower, upper, extra=[x.certificate_policies(*policies),
                                                  x.policy_mappings(*[(a, b) for a in here for b in below])]))
    last = oids(0 if same else height, width)
    alice = f.person(cas[-1], extra=[x.certificate_policies(*(person or last))])
    run = w.path(alice, certs=certs, anchors=[f.root(cas[0])], crls="off", **expected)
    run.memory = 512
    return run


HEIGHT = size(60, sanitized=30)


@case("D-PATH-1 E-9", "sixty CAs that map all policies to all: the set is that of the top")
def _(w):
    return [tower(w, HEIGHT, width, explicit_policy=True, expect="WARN", policies=oids(0, width), forbid=["LIMIT"])
            for width in (2, 8, 30)]


@case("D-PATH-1 E-9", "the same with anyPolicy beside them, and with the same policies at every level")
def _(w):
    return [tower(w, HEIGHT, 8, any_policy=True, explicit_policy=True, expect="WARN", forbid=["LIMIT"]),
            tower(w, HEIGHT, 20, same=True, explicit_policy=True, expect="WARN", forbid=["LIMIT"])]


@case("D-PATH-1 E-9", "a policy at the bottom that nothing was mapped to: bad, and certain")
def _(w):
    return tower(w, HEIGHT, 8, person=[f"{ARC}.999"], explicit_policy=True, expect="BAD", codes=["POLICY_FAIL"],
                 forbid=["LIMIT"])


@case("D-PATH-1 E-9", "a budget of comparisons that policies use up: unknown, and told")
def _(w):
    return [tower(w, 20, 10, explicit_policy=True, options=["--budget", f"comparisons={budget}"], expect="UNKNOWN",
                  codes=["LIMIT"]) for budget in (30, 200, 1000)]


@case("D-PATH-1 E-9", "ten thousand policies in each of three certificates")
def _(w):
    f, many = Forge(), oids(0, size(10000, sanitized=2000))
    root, upper, ca = (Holder(name, number) for number, name in enumerate(("Root", "Upper", "CA"), 1))
    policies = [x.certificate_policies(*many)]
    certs = [f.issue(upper, root, extra=policies), f.issue(ca, upper, extra=policies)]
    run = w.path(f.person(ca, extra=policies), certs=certs, anchors=[f.root(root)], crls="off", explicit_policy=True,
                 policy=[many[-1]], expect="WARN", policies=[many[-1]], forbid=["LIMIT"])
    run.memory = 256
    return run
