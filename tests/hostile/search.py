# SPDX-License-Identifier: Apache-2.0
"""Sets of certificates in which the search for a path has too many ways to go."""

from hostile.forge import Forge, Holder, size
from hostile.graphs import BLURRED, FAULTS, NAMINGS, Dense, Layers
from pki import extensions as x
from pki import general_names as gn
from runner import case

# Without CRLs every path is a WARN at best.
FOUND = {"crls": "off", "expect": "WARN", "forbid": ["LIMIT"]}
REFUSED = {"crls": "off", "expect": "BAD", "forbid": ["LIMIT"]}
NOWHERE = {"crls": "off", "expect": "UNKNOWN", "codes": ["NO_TRUST_PATH"], "forbid": ["LIMIT"]}
FORGED = {"crls": "off", "expect": "UNKNOWN", "codes": ["SIG_BAD", "NO_TRUST_PATH"], "forbid": ["LIMIT"]}
CUT = {"crls": "off", "expect": "UNKNOWN", "codes": ["LIMIT"]}


# Enough to go up a layer or two at a time, far too little to try paths by the thousand.
LITTLE = {"signatures": 4000, "paths": 100, "steps": 20000}


def path(w, target, certs, anchors, *, budget=(), memory=256, options=(), **expected):
    options = list(options)
    for kind, number in dict(budget).items():
        options += ["--budget", f"{kind}={number}"]
    run = w.path(target, certs=certs, anchors=anchors, options=options, **expected)
    run.memory = memory
    return run


# --- layers: 8 CAs in each of 32 rows have 8^31 paths

@case("A-2.3-6 E-9 A-4-7", "layers of CAs that all certify each other: the anchored one is found at once")
def _(w):
    return [path(w, one.alice, one.certs, one.anchors(*anchors), budget=LITTLE, **FOUND)
            for naming in NAMINGS for width, height in ((2, 8), (2, 32), (8, 8), (8, 32))
            for one in [Layers(width, height, naming)] for anchors in ((), one.top[-1:])]


@case("A-2.3-6 E-9 B-CRL-21", "layers of CAs with a CRL each: every status is determined")
def _(w):
    one = Layers(8, 32)
    return path(w, one.alice, one.certs, one.anchors(), crls=one.crls(), expect="GOOD", budget=LITTLE)


@case("A-2.3-6 E-9", "layers of CAs without an anchor, or with one that has only a top CA's name, lead nowhere")
def _(w):
    runs = []
    for naming in NAMINGS:
        one = Layers(8, 32, naming)
        for anchor, expected in ((Holder("Stranger", 1000), NOWHERE),
                                 (Holder("Namesake", 1000, one.top[0].subject), FORGED)):
            runs.append(path(w, one.alice, one.certs, [one.forge.root(anchor)], budget=LITTLE, **expected))
    return runs


# Which way is up is seen from signatures alone. By key identifiers one goes there without trying many; without them each
# certificate may be held against each key of the name, but none twice.
WITH_IDENTIFIERS = {"signatures": 1500, "paths": 10, "steps": 5000}
WITHOUT = {"signatures": 6000, "paths": 10, "steps": 60000}


def blurred(naming, width, height, identified, **special):
    options = {} if identified else {"identifiers": None}
    return Layers(width, height, naming, options=lambda *at: {**options, **special.get("at", lambda *_: {})(*at)},
                  person=options)


@case("A-2.3-6 E-9 A-4-7", "layers of CAs whose names do not tell the layer: the anchored one is found, with key identifiers and without")
def _(w):
    return [path(w, one.alice, one.certs, one.anchors(*anchors), budget=WITH_IDENTIFIERS if identified else WITHOUT, **FOUND)
            for naming in BLURRED for width, height in ((2, 16), (3, 16), (4, 16), (2, 32), (4, 32))
            for identified in (True, False) for one in [blurred(naming, width, height, identified)]
            for anchors in ((), one.top[-1:])]


@case("A-2.3-6 E-9", "layers of CAs whose names do not tell the layer, under an anchor that has only their name, lead nowhere")
def _(w):
    runs = []
    for naming in BLURRED:
        for width, height in ((2, 16), (4, 16), (4, 32)):
            for identified in (True, False):
                one = blurred(naming, width, height, identified)
                anchor = one.forge.root(Holder("Namesake", 1000, one.top[0].subject))
                runs.append(path(w, one.alice, one.certs, [anchor], budget=WITH_IDENTIFIERS if identified else WITHOUT,
                                 crls="off", expect="BAD|UNKNOWN", codes=["SIG_BAD"], forbid=["LIMIT"]))
    return runs


@case("A-2.3-6 E-9", "layers of CAs of one name, of one row of which all certificates but one have a fault: the way through it is found")
def _(w):
    runs = []
    for fault in (FAULTS["expired"], FAULTS["of an unknown critical extension"], FAULTS["excluding the person"]):
        for row in (1, 9, 14):
            for identified in (True, False):
                one = blurred("one name", 3, 16, identified, at=faulty(row, fault, good=2))
                runs.append(path(w, one.alice, one.certs, one.anchors(), **FOUND))
    return runs


@case("A-2.3-6 E-9", "layers of CAs of one name, of one row of which all certificates have a fault: no path is good, and that is certain")
def _(w):
    return [path(w, one.alice, one.certs, one.anchors(), **REFUSED)
            for fault in (FAULTS["expired"], FAULTS["excluding the person"]) for row in (1, 9, 14)
            for one in [blurred("one name", 3, 16, True, at=faulty(row, fault, good=None))]]


def faulty(row, fault, good=7):
    """Options for layers in which the row's certificates have a fault, but that of the column `good` by itself."""
    return lambda at, lower, upper: fault if at == row and (lower, upper) != (good, good) else {}


HEIGHTS = {"at the bottom": 0, "in the middle": 3, "at the top": 6}


@case("A-2.3-6 E-9", "of one row's certificates all but one have a fault: the path through the good one is found")
def _(w):
    runs = []
    for fault in FAULTS.values():
        for row in HEIGHTS.values():
            one = Layers(8, 8, options=faulty(row, fault, good=0 if row == 0 else 7))
            runs.append(path(w, one.alice, one.certs, one.anchors(), budget=LITTLE, **FOUND))
    return runs


@case("A-2.3-6 E-9", "all certificates of one row have a fault: no path is good, and that is certain")
def _(w):
    runs = []
    for name, fault in FAULTS.items():
        for row in HEIGHTS.values():
            if name != "without room for those below" or row > 0:
                one = Layers(8, 8, options=faulty(row, fault, good=None))
                runs.append(path(w, one.alice, one.certs, one.anchors(), **REFUSED))
    return runs


@case("A-2.3-6 E-9 D-REV-2", "of one row's certificates all but one are revoked: the path through the other is found")
def _(w):
    runs = []
    for row in HEIGHTS.values():
        one, good = Layers(8, 8), 0 if row == 0 else 7
        revoked = [link for link in one.links if link[0] == row and link[1:] != (good, good)]
        runs.append(path(w, one.alice, one.certs, one.anchors(), crls=one.crls(revoked), expect="GOOD", forbid=["LIMIT"]))
    return runs


@case("A-2.3-6 E-9 D-REV-2", "all certificates of one row are revoked: bad, and certain")
def _(w):
    one = Layers(8, 8)
    revoked = [link for link in one.links if link[0] == 4]
    return path(w, one.alice, one.certs, one.anchors(), crls=one.crls(revoked), expect="BAD", codes=["CERT_REVOKED@5"],
                forbid=["LIMIT"])


@case("A-2.3-6 E-9", "no CRL of anybody: as unknown on every one of 8^31 paths as on the first")
def _(w):
    one = Layers(8, 32)
    return path(w, one.alice, one.certs, one.anchors(), crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"],
                forbid=["LIMIT"], budget=LITTLE)


@case("A-2.3-6 E-9 B-NC-2", "faults that two CAs only have together: the path with one of each kind is found")
def _(w):
    """Columns 0 to 6 of row 5 exclude the name of every CA of row 2 but the last."""
    excluded = [gn.directory((("O", "Example"), ("CN", f"CA 2 {column}"))) for column in range(7)]
    def options(row, lower, upper):
        return {"extra": [x.name_constraints(excluded=excluded)]} if row == 5 and lower < 7 else {}
    one = Layers(8, 8, options=options)
    return path(w, one.alice, one.certs, one.anchors(), budget=LITTLE, **FOUND)


POLICY = {"extra": [x.certificate_policies("1.3.6.1.4.1.32473.1")]}
OTHER_POLICY = {"extra": [x.certificate_policies("1.3.6.1.4.1.32473.2")]}


@case("A-2.3-6 E-9 D-PATH-1", "a policy is required that one certificate of a row has: the path through it is found")
def _(w):
    runs = []
    for row in HEIGHTS.values():
        def options(at, lower, upper, row=row):
            return OTHER_POLICY if at == row and (upper != 7 or row > 0 and lower != 7) else POLICY
        one = Layers(8, 8, options=options, person=POLICY)
        runs.append(path(w, one.alice, one.certs, one.anchors(), explicit_policy=True, **FOUND))
    return runs


@case("A-2.3-6 E-9 D-PATH-1", "a policy is required that no certificate of a row has, or that nobody asked for: bad, and certain")
def _(w):
    runs = []
    for row in HEIGHTS.values():
        one = Layers(8, 8, options=lambda at, lower, upper, row=row: OTHER_POLICY if at == row else POLICY, person=POLICY)
        runs.append(path(w, one.alice, one.certs, one.anchors(), explicit_policy=True, codes=["POLICY_FAIL"], **REFUSED))
    one = Layers(8, 8, options=lambda *_: POLICY, person=POLICY)
    runs.append(path(w, one.alice, one.certs, one.anchors(), explicit_policy=True, policy=["1.3.6.1.4.1.32473.2"],
                     codes=["POLICY_FAIL"], **REFUSED))
    return runs


@case("A-2.3-6 E-9 D-PATH-1", "what the top forbids is needed at the bottom, and only the whole path shows it: the one top that allows it is found")
def _(w):
    """All but one of the two upper rows' certificates inhibit policy mapping, or anyPolicy, which the lowest CA's use."""
    mapped = {"extra": [*POLICY["extra"], x.policy_mappings(("1.3.6.1.4.1.32473.1", "1.3.6.1.4.1.32473.2"))]}
    any_policy = {"extra": [x.certificate_policies("2.5.29.32.0")]}
    runs = []
    for lowest, forbidding, person in ((mapped, x.policy_constraints(inhibit=0), OTHER_POLICY),
                                       (any_policy, x.inhibit_any_policy(0), POLICY)):
        def options(row, lower, upper, lowest=lowest, forbidding=forbidding):
            if row >= 5:
                return POLICY if (lower, upper) == (7, 7) else {"extra": [*POLICY["extra"], forbidding]}
            return lowest if row == 0 else POLICY
        one = Layers(8, 8, options=options, person=person)
        runs.append(path(w, one.alice, one.certs, one.anchors(), explicit_policy=True, **FOUND))
    return runs


# --- a few hundred CAs that all certify each other

MANY = size(60, long=300, sanitized=40)


@case("A-2.3-6 E-9", "a dense mesh, one of whose CAs is the anchor")
def _(w):
    one = Dense(MANY)
    return path(w, one.alice, one.certs, [one.forge.root(one.cas[MANY // 2])], **FOUND)


@case("A-2.3-6 E-9", "a dense mesh that no anchor has certified, and one that an anchor seems to have certified")
def _(w):
    one, stranger = Dense(MANY), Holder("Stranger", 1000)
    forged = one.forge.issue(one.cas[1], Holder("Stranger", 1001))
    anchors = [one.forge.root(stranger)]
    return [path(w, one.alice, one.certs, anchors, **NOWHERE),
            path(w, one.alice, one.certs + [forged], anchors, **FORGED)]


@case("A-2.3-6 E-9", "a dense mesh with one way out, which leads to the anchor")
def _(w):
    one, stranger = Dense(MANY), Holder("Stranger", 1000)
    exit_ = one.forge.issue(one.cas[-1], stranger)
    return path(w, one.alice, one.certs + [exit_], [one.forge.root(stranger)], **FOUND)


@case("A-2.3-6 E-9", "a dense mesh whose ways out are all expired")
def _(w):
    one, stranger = Dense(MANY), Holder("Stranger", 1000)
    exits = [one.forge.issue(ca, stranger, expired=True) for ca in one.cas]
    return path(w, one.alice, one.certs + exits, [one.forge.root(stranger)], codes=["CERT_EXPIRED"], **REFUSED)


@case("A-2.3-6 E-9", "a mesh below the only way out: a path through it would come back to its own start")
def _(w):
    """The anchor certified only Alice's own CA, in a certificate that has expired, and that CA all of the mesh."""
    one, stranger = Dense(MANY), Holder("Stranger", 1000)
    exit_ = one.forge.issue(one.cas[0], stranger, expired=True)
    return path(w, one.alice, one.certs + [exit_], [one.forge.root(stranger)], codes=["CERT_EXPIRED@1"], **REFUSED)


# --- loops

@case("A-2.3-6 E-9", "rings of CAs that each certify the next, or both neighbours")
def _(w):
    runs = []
    for count in (2, 3, 10, 1000):
        for both in (False, True):
            f = Forge()
            ring = [Holder(f"CA {number}", 1 + number) for number in range(count)]
            certs = [f.issue(ring[n], ring[(n + 1) % count]) for n in range(count)]
            certs += [f.issue(ring[(n + 1) % count], ring[n]) for n in range(count)] if both else []
            alice = f.person(ring[0])
            runs.append(path(w, alice, certs, [f.root(Holder("Stranger", 2000))], **NOWHERE))
            if count <= 10:
                runs.append(path(w, alice, certs, [f.root(ring[-1])], **FOUND))
    return runs


@case("A-2.3-6 E-9 B-IN-4", "a CA that certified itself ten thousand times, with one key and with new ones")
def _(w):
    runs = []
    for first in (1, 2):
        f, root = Forge(), Holder("Root", 20000)
        count = size(10000, sanitized=2000)
        selves = [Holder("CA", first if first == 1 else first + n) for n in range(count)]
        certs = [f.issue(selves[n], selves[n - 1]) for n in range(1, count)] + [f.issue(selves[0], root)]
        runs.append(path(w, f.person(selves[0]), certs, [f.root(root)], **FOUND))
    return runs


# --- dead ends and namesakes

COUNT = size(10000, sanitized=1500)


@case("A-2.3-6 E-9", "ten thousand strangers certified Alice's CA, and one who leads to the anchor")
def _(w):
    runs = []
    for issuer_of_strangers in ("Nobody", "Root"):
        f, ca, root = Forge(), Holder("CA", 1), Holder("Root", 20000)
        strangers = [Holder(f"Stranger {n}", 2 + n) for n in range(COUNT)]
        nobody = Holder(issuer_of_strangers, 19999)
        certs = [f.issue(ca, one) for one in strangers] + [f.issue(one, nobody) for one in strangers]
        certs.insert(COUNT // 2, f.issue(ca, root))
        runs.append(path(w, f.person(ca), certs, [f.root(root)], **FOUND))
    return runs


def namesakes(f, count, identifiers, right):
    """Certificates of `count` CAs of one name, each with a key of its own, and the one whose key is 1."""
    root, certs = Holder("Root", 20000), []
    for number in range(count):
        one = Holder("CA", 1 if number == right else 2 + number)
        certs.append(f.issue(one, root, identifiers=identifiers(one)))
    return certs, [f.root(root)]


IDENTIFIERS = {
    "with key identifiers": lambda one: "right",
    "without key identifiers": lambda one: None,
    "with the key identifier of the right one": lambda one: (Holder("CA", 1).key.key_identifier(), b"\1" * 20),
    "with key identifiers that only the wrong ones have": lambda one: (
        b"\2" * 20 if one.number == 1 else Holder("CA", 1).key.key_identifier(), b"\1" * 20),
}


@case("A-2.3-6 E-9 A-4-7", "two thousand CAs of one name, one of which is the right one")
def _(w):
    runs = []
    for identifiers in IDENTIFIERS.values():
        for right in (0, 1000, 1999):
            f = Forge()
            certs, anchors = namesakes(f, 2000, identifiers, right)
            runs.append(path(w, f.person(Holder("CA", 1)), certs, anchors, **FOUND))
    return runs


@case("A-2.3-6 E-9 A-4-7", "ten thousand CAs of one name, one of which is the right one")
def _(w):
    runs = []
    for identifiers in IDENTIFIERS.values():
        f = Forge()
        certs, anchors = namesakes(f, COUNT, identifiers, COUNT - 1)
        runs.append(path(w, f.person(Holder("CA", 1)), certs, anchors, **FOUND))
    return runs


@case("A-2.3-6 E-9", "ten thousand CAs of one name, none of which is the right one")
def _(w):
    f = Forge()
    certs, anchors = namesakes(f, COUNT, IDENTIFIERS["without key identifiers"], -1)
    return path(w, f.person(Holder("CA", 1)), certs, anchors, crls="off", expect="BAD|UNKNOWN",
                any_codes=["SIG_BAD", "NO_TRUST_PATH"], forbid=["LIMIT"])


@case("A-2.3-6 A-4-7", "ten thousand certificates of one CA and key, of which all but the last have expired")
def _(w):
    f, ca, root = Forge(), Holder("CA", 1), Holder("Root", 20000)
    certs = [f.issue(ca, root, expired=number < COUNT - 1) for number in range(COUNT)]
    return path(w, f.person(ca), certs, [f.root(root)], budget=LITTLE, **FOUND)


@case("A-2.3-6", "ten thousand certificates by the issuer of Alice's do not concern her")
def _(w):
    f, ca, root = Forge(), Holder("CA", 1), Holder("Root", 20000)
    certs = [f.person(ca, 2, f"Person {number}") for number in range(COUNT)] + [f.issue(ca, root)]
    return path(w, f.person(ca), certs, [f.root(root)], budget={"steps": 10, "paths": 1}, **FOUND)


# --- depth and the other limits

def chain(f, count):
    cas = [Holder(f"CA {number}", 1 + number) for number in range(count + 1)]
    certs = [f.issue(lower, upper) for lower, upper in zip(cas, cas[1:])]
    return f.person(cas[0]), certs, [f.root(cas[-1])]


@case("E-9", "paths of a hundred CAs are followed; beyond the limit of depth the search says so")
def _(w):
    runs = []
    for count, expected in ((96, FOUND), (99, FOUND), (100, CUT), (101, CUT), (200, CUT), (2000, CUT)):
        alice, certs, anchors = chain(Forge(), count)
        runs.append(path(w, alice, certs, anchors, budget=LITTLE, **expected))
    return runs
