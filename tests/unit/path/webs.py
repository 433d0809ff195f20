#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Webs of certificates for the tests of path building: webs.py OUTPUT writes them as rows of a C table.

A web is a certificate to find a path for, the anchors, and further certificates in the order of the pool. Each
certificate has a label, by which a test names the path that it expects.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import keys, names  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki.certificate import flip  # noqa: E402
from pki.times import days  # noqa: E402
from pki.world import World  # noqa: E402

BARE = {"subjectKeyIdentifier": None, "authorityKeyIdentifier": None}
webs = {}


def web(name, target, anchors, others):
    assert name not in webs, name
    webs[name] = [target], list(anchors), list(others)


def broken(octets):
    return flip(octets)


# --- any number, any order (RFC 3850 2.3)

w = World()
root, ca, alice = w.line()
strangers = [w.ca(f"Stranger {number}", root) for number in range(12)]
web("line", alice, [root], [ca])
web("strangers", alice, [root], [*strangers[:6], alice, ca, *strangers[6:], root, ca])
web("ca-missing", alice, [root], strangers)
web("root-is-no-anchor", alice, strangers[:1], [root, ca])
web("nothing", alice, [], [])

w = World()
root, ca, alice = w.line(root={"ext": BARE}, ca={"ext": BARE}, ee={"ext": BARE})
web("no-key-ids", alice, [root], [ca])

w = World()
root, ca = w.root(), None
ca = w.ca("Mail CA", root)
shouting = names.dn(("O", "EXAMPLE"), ("CN", " MAIL   ca "))
alice = w.end_entity("Alice", ca, issuer_name=shouting)
web("names-folded", alice, [root], [ca])

# --- several keys under one name, several certificates for one key

w = World()
root = w.root()
cas = [w.ca("CA", root, key=f"p256:CA {number}", ext={"subjectKeyIdentifier": x.subject_key_identifier(bytes([number] * 20))})
       for number in range(5)]
for number, one in enumerate(cas):
    one.name = f"CA-{number}"
for name, aki in (("right", bytes([3] * 20)), ("misleading", bytes([1] * 20))):
    web(f"key-id-{name}", w.end_entity("Alice", cas[3], ext={"authorityKeyIdentifier": x.authority_key_identifier(aki)}),
        [root], cas)

w = World()
root = w.root()
old = w.ca("CA", root, not_after=days(-1))
new = w.ca("CA", root, key=old.key.name)
narrow = w.ca("CA", root, key=old.key.name, path_len=0)
old.name, new.name, narrow.name = "old", "new", "narrow"
lower = w.ca("Lower", new)
web("renewed", w.end_entity("Alice", new), [root], [old, new])
web("differently-constrained", w.end_entity("Alice", lower), [root], [narrow, lower, new])

w = World()
old_root = w.root("Root", not_after=days(-1))
new_root = w.root("Root", key=old_root.key.name)
old_root.name, new_root.name = "old", "new"
web("anchor-renewed", w.end_entity("Alice", old_root), [old_root, new_root], [])

# --- crossing and rolling over

w = World()
a, b, root = w.root("A"), w.root("B"), w.root("Root")
alice = w.end_entity("Alice", a)
loop = [w.cross(a, b), w.cross(b, a)]
web("loop", alice, [], loop)
web("loop-with-a-way-out", alice, [root], [*loop, w.cross(b, root)])
old_with_new = w.self_issued(root, name="Root new")
web("rollover", w.end_entity("Bob", old_with_new), [root], [old_with_new])

w = World()
bridge, root = w.root("Bridge"), w.root("Root")
members = [w.root(f"Member {number}") for number in range(5)]
crossed = [w.cross(bridge, root)]
for member in members:
    crossed += [w.cross(bridge, member), w.cross(member, bridge)]
alice = w.end_entity("Alice", members[4])
web("bridge", alice, [root], crossed)
web("two-anchors", alice, [members[0], root], crossed)

# --- signatures that do not fit

w = World()
root, namesake = w.root(), World().root("Root", key="p256:Namesake")
namesake.name = "Namesake"
ca = w.ca("CA", root)
alice = w.end_entity("Alice", ca)
web("anchor-of-the-same-name", alice, [namesake], [ca])
web("anchors-of-one-name", alice, [namesake, root], [ca])
forged = w.end_entity("Mallory", ca, signer_key="p256:Mallory")
web("ca-of-the-same-name", forged, [root], [ca])

w = World()
root = w.root()
x_root = w.root("X")
wrong = [w.cross(x_root, root, signature_hook=broken) for _ in range(30)]
for number, one in enumerate(wrong):
    one.name = f"wrong-{number}"
alice = w.end_entity("Alice", x_root)
right = w.cross(x_root, root)
right.name = "right"
web("dead-ends", alice, [root], wrong)
web("dead-ends-and-a-way", alice, [root], [*wrong, right])

w = World()
root = w.root()
mesh = [w.root(f"M{number}") for number in range(7)]
crossed = [w.cross(one, other) for one in mesh for other in mesh if one is not other]
gate = w.cross(mesh[6], root, signature_hook=broken)
web("mesh", w.end_entity("Alice", mesh[0]), [root], [*crossed, gate])
web("mesh-with-a-gate", w.end_entity("Alice", mesh[0]), [root], [*crossed, w.cross(mesh[6], root)])

for label, bare in (("layers-of-one-name", {}), ("layers-of-one-name-no-key-ids", BARE)):
    w = World()
    rows = [[w.root(f"N{row}-{column}", subject=names.example("CA")) for column in range(2)] for row in range(12)]
    crossed = [w.cross(one, other, ext=bare) for lower, upper in zip(rows, rows[1:]) for one in lower for other in upper]
    alice = w.end_entity("Alice", rows[0][0], ext=bare)
    web(label, alice, rows[-1][1:], crossed)
    web(label + "-namesake", alice, [w.root("Namesake", subject=names.example("CA"))], crossed)

# --- targets that are anchors themselves

w = World()
root = w.root()
ca = w.ca("CA", root)
web("target-is-anchor", root, [root], [])
web("target-is-anchor-but-not-self-signed", ca, [ca], [])
web("target-is-anchor-and-below-another", ca, [ca, root], [])
web("target-is-anchor-with-a-bad-signature", *[[one, [one], []] for one in [w.root("Broken", signature_hook=broken)]][0])
web("target-is-self-signed", root, [ca], [])

# --- depth, inheritance, many of one name

w = World()
root = w.root()
line = [root]
for number in range(6):
    line.append(w.ca(f"L{number}", line[-1]))
web("deep", w.end_entity("Alice", line[-1]), [root], line[1:])

w = World()
dsa = keys.get("dsa2048-a")
root = w.root(key="dsa2048-a")
ca = w.ca("CA", root, key="dsa2048-a", spki=dsa.spki(b""))
web("dsa-inherits", w.end_entity("Alice", ca, key="dsa2048-a", spki=dsa.spki(b"")), [root], [ca])

w = World()
root = w.root()
ca = w.ca("CA", root, key="rsa2048-01", ext=BARE)
other = w.ca("CA", root, key="rsa2048-02", ext=BARE)
other.name = "other"
stranger = w.ca("Stranger", root, key="rsa2048-03")
web("many", w.end_entity("Alice", ca, ext=BARE), [root], [ca, other, stranger])


def span(octets):
    text = "".join(f"\\x{byte:02x}" for byte in octets)
    return f'{{(const uint8_t *)"{text}", {len(octets)}}}'


def objects(entities):
    return "{" + ", ".join(f'{{"{one.name}", {span(one.cert)}}}' for one in entities) + "}"


def row(name, target, anchors, others):
    return (f'{{"{name}", {objects(target)}, {len(anchors)}, {objects(anchors)}, {len(others)}, {objects(others)}}},\n'
            .replace("{}", "{{NULL, {NULL, 0}}}"))


Path(sys.argv[1]).write_text("".join(row(name, *members) for name, members in webs.items()))
