# SPDX-License-Identifier: Apache-2.0
"""What goes into path validation: anchor, time, settings (RFC 5280, 6.1.1)."""

from pki import certificate, cms, sign
from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import NOW, at, days, rfc3339
from runner import case


@case("B-IN-1 B-IN-3", "an anchor is its name and key: version, dates and extensions around them change nothing")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root)
    bare = w.root("Root", key=root.key, version=certificate.V1, extensions=None)
    other = w.root("Root", key=root.key, serial=77, extra=[x.private()])
    return [w.path(ee, certs=[], anchors=[one], expect="GOOD") for one in (root, bare, other)]


@case("B-IN-3 E-20", "the anchor's own extensions do not count")
def _(w):
    limits = [x.name_constraints([gn.email("example.org")]), x.policy_constraints(require=0), x.inhibit_any_policy(0),
              x.ext_key_usage("serverAuth")]
    root, ca, ee = w.line(root=dict(extra=limits, ext={"basicConstraints": x.basic_constraints(True, 0)}))
    below = w.end_entity("Bob", w.ca("Sub", ca))
    return [w.path(ee, expect="GOOD"), w.path(below, expect="GOOD")]


@case("B-IN-3", "the anchor needs no basicConstraints")
def _(w):
    root = w.root(ext={"basicConstraints": None, "keyUsage": None})
    return w.path(w.end_entity("Alice", root), expect="GOOD|WARN", forbid=["NOT_A_CA"])


@case("B-IN-3 E-20", "the anchor's self-signature is not checked")
def _(w):
    root = w.root(signature_hook=flip)
    return w.path(w.end_entity("Alice", root), expect="GOOD", forbid=["SIG_BAD"])


@case("B-IN-3 E-20 B-ALG-10", "the digest of the anchor's self-signature is of no account", keys="rsa2048")
def _(w):
    anchors = [w.root(f"Root {name}", scheme=name) for name in ("md5-rsa", "sha1-rsa")]
    return [w.path(w.end_entity("Alice", one), expect="GOOD") for one in anchors]


@case("B-IN-3", "an anchor that is not self-signed is as good")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    ee = w.end_entity("Alice", ca)
    return w.path(ee, certs=[], anchors=[ca], expect="GOOD", path=[ee])


@case("B-IN-3 B-AKI-1", "a shorter path to an anchor in the middle is enough")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    ee = w.end_entity("Alice", sub)
    return w.path(ee, certs=[sub, top], anchors=[root, sub], expect="GOOD")


@case("E-20", "an expired anchor is told, and refused in strict")
def _(w):
    root, ca, ee = w.line(root=dict(not_after=days(-1)))
    return [w.path(ee, expect="WARN", forbid=["CERT_EXPIRED"]), w.path(ee, profile="strict", expect="BAD")]


@case("B-IN-1 A-5-F2", "without any anchor there is no path")
def _(w):
    root, ca, ee = w.line()
    return [w.path(ee, certs=[ca, root], anchors=[], expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.path(ee, certs=[ca, root], anchors=[w.root("Stranger")], expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("A-5-F2", "the furthest partial path is reported")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    ee = w.end_entity("Alice", sub)
    return w.path(ee, certs=[sub, top], anchors=[w.root("Stranger")], expect="UNKNOWN", codes=["NO_TRUST_PATH"],
                  path=[ee, sub, top])


@case("B-IN-1", "an anchor of the right name with another key does not verify the path")
def _(w):
    root, ca, ee = w.line()
    impostor = w.root("Root", key="p256:Impostor")
    return w.path(ee, certs=[ca], anchors=[impostor], expect="BAD|UNKNOWN", any_codes=["SIG_BAD@1", "NO_TRUST_PATH"])


@case("B-IN-1", "of two anchors of one name the one whose key verifies is taken")
def _(w):
    root, ca, ee = w.line()
    impostor = w.root("Root", key="p256:Impostor")
    return [w.path(ee, certs=[ca], anchors=anchors, expect="GOOD") for anchors in ([root, impostor], [impostor, root])]


@case("B-IN-4", "cross-certificates in a loop end in a verdict")
def _(w):
    root = w.root()
    one, two = w.root("One"), w.root("Two")
    loop = [w.cross(one, two), w.cross(two, one)]
    ee = w.end_entity("Alice", one)
    lost = w.path(ee, certs=[*loop, one, two], anchors=[root], expect="UNKNOWN", codes=["NO_TRUST_PATH"])
    found = w.path(ee, certs=[*loop, one, two, w.cross(two, root)], anchors=[root], expect="GOOD")
    return [lost, found]


@case("B-IN-4", "a loop of three, each cross-certified twice, ends in a verdict")
def _(w):
    root = w.root()
    cas = [w.root(name) for name in ("One", "Two", "Three")]
    loop = [w.cross(a, b) for a in cas for b in cas if a is not b] * 2
    ee = w.end_entity("Alice", cas[0])
    return w.path(ee, certs=loop, anchors=[root], expect="UNKNOWN", any_codes=["NO_TRUST_PATH", "LIMIT"])


@case("B-IN-4", "a certificate given many times stands once in the path")
def _(w):
    root, ca, ee = w.line()
    return w.path(ee, certs=[ca, ee, root] * 5, anchors=[root, root], expect="GOOD", path=[ee, ca])


@case("B-IN-4", "the target that is its own anchor needs no path, and no path runs through it twice")
def _(w):
    root = w.root()
    return w.path(root, certs=[root], anchors=[root], expect="GOOD|WARN|UNKNOWN|BAD")


@case("B-IN-5 A-5-6", "a past time is taken as given and printed with the result")
def _(w):
    root, ca, ee = w.line(ee=dict(not_before=days(-300), not_after=days(-100)))
    moment = days(-200)
    return [w.path(ee, at=moment, expect="GOOD", json={"time": rfc3339(moment)}),
            w.path(ee, expect="BAD", codes=["CERT_EXPIRED@0"], json={"time": rfc3339(NOW)}),
            w.path(ee, at=days(-301), expect="BAD", codes=["CERT_NOT_YET_VALID@0"])]


@case("B-IN-5 A-5-6", "times that are none are refused as usage")
def _(w):
    root, ca, ee = w.line()
    words = ("yesterday", "2026-02-30T00:00:00Z", "", "2026-06-01T25:00:00Z")
    return [w.run(["path", "ee.crt", "--anchor", "root.crt", "--no-store", "--offline", "--at", one],
                  {"ee.crt": ee, "root.crt": root}, exit=2) for one in words]


@case("B-IN-5", "an offset in --at is the same moment")
def _(w):
    root, ca, ee = w.line(ee=dict(not_after=at(2026, 6, 1, 12)))
    return [w.path(ee, at="2026-06-01T14:00:00+02:00", expect="GOOD"),
            w.path(ee, at="2026-06-01T14:00:01+02:00", expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("E-39", "a self-signed end entity is trusted by nobody")
def _(w):
    root = w.root()
    alone = w.certificate("Alice", None, emails=("alice@example.com",))
    return w.path(alone, certs=[], anchors=[root], crls=[], expect="UNKNOWN", codes=["NO_TRUST_PATH"])


@case("D-ALG-9", "a certificate without a signature never passes as signed")
def _(w):
    unsigned = sign.fixed(sign.algorithm("unsigned"), b"")
    root, ca, ee = w.line(ee=dict(scheme=unsigned))
    return w.path(ee, expect="BAD|UNKNOWN", any_codes=["ALG_UNSUPPORTED", "SIG_BAD", "NO_TRUST_PATH"])


@case("B-IN-1", "several anchors in one file are all read")
def _(w):
    roots = [w.root(f"Root {n}") for n in range(30)]
    ee = w.end_entity("Alice", roots[17])
    return w.path(ee, certs=[], anchors=roots, expect="GOOD")


@case("B-IN-1 C-CO-3", "certificates, anchors and CRLs are read as DER, PEM, bundle, certs-only and from a folder")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    ee = w.end_entity("Alice", sub)
    crls = w.all_crls()
    files = {"ee.crt": ee, "root.pem": root.pem, "both.pem": b"junk before\n" + top.pem + b"\nbetween\n" + sub.pem,
             "both.p7c": cms.certs_only([top.cert, sub.cert]), "crls.pem": b"".join(one.pem for one in crls),
             "crls.p7c": cms.certs_only(crls=[one.der for one in crls]), "folder/top.crt": top, "folder/sub.pem": sub.pem,
             "all.p7c": cms.certs_only([top.cert, sub.cert], [one.der for one in crls], ber=True),
             "lists/0.crl": crls[0], "lists/1.pem": crls[1].pem, "lists/2.crl": crls[2]}
    base = ["path", "ee.crt", "--anchor", "root.pem", "--purpose", "any", "--at", rfc3339(NOW), "--no-store", "--offline"]
    forms = [["--certs", "both.pem", "--crls", "crls.pem"], ["--certs", "both.p7c", "--crls", "crls.p7c"],
             ["--certs", "folder", "--crls", "lists"], ["--certs", "all.p7c", "--crls", "all.p7c"]]
    return [w.run(base + form, files, exit=0) for form in forms]


