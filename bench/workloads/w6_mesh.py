# SPDX-License-Identifier: Apache-2.0
"""W6: what path building and constraints can be made to do: meshes of CAs, policies, names."""

import peers
from contest import Contest, Entry, Target
from ground import AT, EPOCH, hashing, split, verification, walking
from hostile.forge import Forge, Holder
from hostile.graphs import NAMINGS, Layers
from hostile.policies import ARC, oids
from pki import extensions as x
from pki import general_names as gn

WIDTH = 3
ANCHORED = {"anchored": lambda mesh: mesh.anchors(), "one key anchored": lambda mesh: mesh.anchors(mesh.top[-1]),
            "not anchored": lambda mesh: [mesh.forge.root(Holder("Elsewhere", 900))]}


def ours(ground, *options):
    return [ground.signet, "path", "--anchor", "anchors.pem", "--certs", "certs.pem", "--revocation", "off", "--no-store",
            "--offline", *AT, *options, "target.crt"]


def openssl(*options):
    return ["openssl", "verify", "-CAfile", "anchors.pem", "-untrusted", "certs.pem", "-attime", str(EPOCH), *options,
            "target.pem"]


def write(ground, target, certs, anchors, signers):
    """`signers`: (certificate, key that signed it) of the least that any verifier has to compute."""
    certs = ground.variety.shuffled(certs, "w6 certificates")
    ground.write("target.crt", target.cert)
    ground.pem("target.pem", [target.cert])
    ground.pem("certs.pem", [one.cert for one in certs])
    ground.pem("chain.pem", [target.cert, *(one.cert for one in certs)])
    ground.pem("anchors.pem", [one.cert for one in ground.variety.shuffled(anchors, "w6 anchors")])
    for number, one in enumerate(certs):
        ground.write(f"{number}.crt", one.cert)
    ground.write("jobs", b"".join(verification(key, *split(one.cert)) for one, key in signers))
    return ground.nss_database([one.cert for one in anchors])


def tools(database, certs, right, policy=()):
    """GnuTLS takes a chain of sixteen and no graph; what its program makes of it is told all the same."""
    return [peers.certtool_path("anchors.pem", "chain.pem", right),
            peers.vfychain(database, "target.crt", [f"{number}.crt" for number in range(len(certs))], right, policy)]


def mesh(ground, height, naming, where):
    folder = ground.enter(f"w6-{height}-{NAMINGS.index(naming)}-{where.replace(' ', '-')}")
    width = ground.variety.pick(WIDTH, (2, 3, 4, 5), f"w6 {height}")
    made = Layers(width, height, naming)
    one_path = [(made.links[row, 0, 0], made.rows[row + 1][0].key) for row in range(height - 1)]
    database = write(ground, made.alice, made.certs, ANCHORED[where](made), [(made.alice, made.rows[0][0].key), *one_path])
    lost = where == "not anchored"
    entries = [
        Entry("limit", [ground.tool("limit"), "jobs", 0 if lost else 1], note="the signatures of one path"),
        Entry("signet", ours(ground), exits=(3,) if lost else (0,), says="NO_TRUST_PATH" if lost else "WARN"),
        Entry("openssl", openssl(), exits=(2,) if lost else (0,), says="unable to get" if lost else "OK", limit_s=60),
        *tools(database, made.certs, not lost),
    ]
    targets = [Target("the right verdict", 1e9), Target("at most 16 MB", 16, figure="peak_mb")]
    if height >= 24:
        targets.append(Target("at most 1/5 of certtool", 0.2, "certtool"))
    title = f"{height} layers of {width} CAs, {naming}, {where}"
    return Contest(f"W6 {height}/{NAMINGS.index(naming)} {where}", title, entries, targets, folder=folder)


def policies(ground, height, width, right):
    """Every CA maps all of its policies to all of the next; the person has one that came all the way, or none."""
    folder = ground.enter(f"w6-policies-{right}")
    forge, cas, certs = Forge(), [Holder(f"CA {number}", 1 + number) for number in range(height + 1)], []
    for level, (upper, lower) in enumerate(zip(cas, cas[1:])):
        here, below = oids(level, width), oids(level + 1, width)
        certs.append(forge.issue(lower, upper, extra=[
            x.certificate_policies(*here), x.policy_mappings(*[(a, b) for a in here for b in below])]))
    last = oids(height, width) if right else [f"{ARC}.999"]
    person = forge.person(cas[-1], extra=[x.certificate_policies(*last)])
    chain = list(zip(certs, [one.key for one in cas]))
    database = write(ground, person, certs, [forge.root(cas[0])], [(person, cas[-1].key), *chain])
    entries = [
        Entry("limit", [ground.tool("limit"), "jobs", 1]),
        Entry("signet", ours(ground, "--require-explicit-policy"), exits=(0,) if right else (1,),
              says="WARN" if right else "POLICY_FAIL"),
        Entry("openssl", openssl("-explicit_policy"), exits=(0,) if right else (2,), says="OK" if right else "policy",
              limit_s=60, limit_mb=4096),
        Entry("certtool", None, note="policies cannot be asked for"),
        tools(database, certs, right, ("-o", oids(0, width)[0]))[1],
    ]
    targets = [Target("at most 1.5 x limit", 1.5, "limit"), Target("at most 8 MB private", 8, figure="private_mb")]
    what = "a policy that came all the way" if right else "a policy that came from nowhere"
    return Contest(f"W6 policies {'right' if right else 'wrong'}", f"{height} CAs, {width} policies mapped to {width} each, {what}",
                   entries, targets, folder=folder)


def constraints(ground, count):
    folder = ground.enter("w6-names")
    forge, root, ca = Forge(), Holder("Root", 1), Holder("CA", 2)
    upper = forge.issue(ca, root, extra=[x.name_constraints(
        permitted=[gn.email(f"host{n}.example") for n in range(count)],
        excluded=[gn.email(f"host{n}.example") for n in range(count, 2 * count)])])
    person = forge.issue(Holder("Alice", 3), ca, ca=False, extra=[
        x.subject_alt_name(*[gn.email(f"alice@host{n}.example") for n in range(count)])])
    database = write(ground, person, [upper], [forge.root(root)], [(person, ca.key), (upper, root.key)])
    with open(folder / "jobs", "ab") as jobs:
        jobs.write(walking(folder / "target.crt") + walking(folder / "0.crt") + hashing(folder / "target.crt")
                   + hashing(folder / "0.crt"))
    entries = [Entry("limit", ground.limit(), note="signatures, a hash, and a look at each element of the DER; no comparing"),
               Entry("signet", ours(ground), says="WARN"),
               Entry("openssl", openssl(), says="OK", limit_s=60), *tools(database, [upper], True)]
    targets = [Target("at most 3 x limit", 3, "limit"), Target("at most 32 MB", 32, figure="peak_mb")]
    return Contest("W6 names", f"{count} permitted and {count} excluded names against {count} addresses", entries, targets,
                   folder=folder)


def contests(ground, full):
    size = ground.variety.size
    heights = (size(8, "w6 low"), size(32, "w6 high")) if full else (size(8, "w6 low"),)
    return [mesh(ground, height, naming, where) for height in heights for naming in (NAMINGS[0], NAMINGS[2])
            for where in ANCHORED] + [
        policies(ground, size(64, "w6 policies"), size(8, "w6 width"), True),
        policies(ground, size(64, "w6 policies"), size(8, "w6 width"), False),
        constraints(ground, size(10000 if full else 2000, "w6 names"))]
