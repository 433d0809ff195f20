# SPDX-License-Identifier: Apache-2.0
"""Every limit takes effect where it is set, and is told: UNKNOWN with LIMIT, never GOOD and never BAD."""

from hostile.forge import Forge, Holder
from hostile.graphs import Layers
from pki import extensions as x
from pki import general_names as gn
from pki import mime
from runner import case


def cut(w, target, certs, anchors, kind, number, **options):
    run = w.path(target, certs=certs, anchors=anchors, crls="off", options=["--budget", f"{kind}={number}"],
                 expect="UNKNOWN", codes=["LIMIT"], **options)
    run.memory = 256
    return run


def line():
    f = Forge()
    cas = [Holder(f"CA {number}", 1 + number) for number in range(6)]
    certs = [f.issue(lower, upper) for lower, upper in zip(cas, cas[1:])]
    return f.person(cas[0]), certs, [f.root(cas[-1])]


@case("E-9", "a limit of signatures, steps or depth that the only path needs more of")
def _(w):
    alice, certs, anchors = line()
    return [cut(w, alice, certs, anchors, kind, number)
            for kind, number in (("signatures", 1), ("signatures", 3), ("steps", 1), ("steps", 4), ("depth", 1), ("depth", 5))]


@case("E-9", "the same limits with just enough")
def _(w):
    alice, certs, anchors = line()
    return [w.path(alice, certs=certs, anchors=anchors, crls="off", options=["--budget", f"{kind}={number}"],
                   expect="WARN", forbid=["LIMIT"]) for kind, number in (("signatures", 100), ("steps", 6), ("depth", 6), ("paths", 1))]


@case("E-9", "a limit of paths where the good one is not the first")
def _(w):
    """Which of the constraints of the upper rows together leave a path is not to be seen from below."""
    one = Layers(4, 4)
    revoked = [link for link in one.links if link[0] == 2 and link[1:] != (3, 3)]
    run = w.path(one.alice, certs=one.certs, anchors=one.anchors(), crls=one.crls(revoked),
                 options=["--budget", "paths=2"], expect="UNKNOWN", codes=["LIMIT"])
    return run


@case("E-9 B-NC-12", "a limit of comparisons that names use up")
def _(w):
    f, root, ca = Forge(), Holder("Root", 1), Holder("CA", 2)
    names = [gn.email(f"a{number}@example.com") for number in range(500)]
    upper = f.issue(ca, root, extra=[x.name_constraints(permitted=[gn.email("example.com")])])
    alice = f.issue(Holder("Alice", 3), ca, ca=False, extra=[x.subject_alt_name(*names)])
    return [cut(w, alice, [upper], [f.root(root)], "comparisons", number) for number in (1, 10, 300)]


@case("E-9 C-MIME-8", "a limit of MIME depth or parts, in front of the signature and behind it")
def _(w):
    f, root = Forge(), Holder("Root", 1)
    alice = f.person(root)
    signed = mime.multipart_signed(mime.text(), w.signature(mime.canonical(mime.text()), alice), boundary="inner")
    parts = [mime.text("x")] * 20
    deep = signed
    for level in range(10):
        deep = mime.multipart([deep], boundary=f"b{level}")
    runs = []
    for body, limit in ((mime.multipart([signed, *parts]), "mime-parts=10"), (mime.multipart([*parts, signed]), "mime-parts=10"),
                        (deep, "mime-depth=5")):
        runs.append(w.verify(mime.message(w.fields("Alice <alice@example.com>"), body), anchors=[f.root(root)], crls="off",
                             options=["--budget", limit], expect="UNKNOWN", codes=["LIMIT"]))
    return runs


@case("E-9 C-MIME-8", "deeper than is ever looked into, whatever the limit of MIME depth")
def _(w):
    f, root = Forge(), Holder("Root", 1)
    alice = f.person(root)
    deep = mime.multipart_signed(mime.text(), w.signature(mime.canonical(mime.text()), alice), boundary="inner")
    for level in range(1100):
        deep = mime.multipart([deep], boundary=f"b{level}")
    return w.verify(mime.message(w.fields("Alice <alice@example.com>"), deep), anchors=[f.root(root)], crls="off",
                    options=["--budget", "mime-depth=5000"], expect="UNKNOWN", codes=["LIMIT"])


@case("E-9 B-ALG-9", "a limit of key bits under which the issuer's key does not come")
def _(w):
    root = w.root(key="rsa2048-01")
    alice = w.end_entity("Alice", root)
    return [w.path(alice, certs=[], anchors=[root], crls="off", options=["--budget", "key-bits=1024"], expect="UNKNOWN",
                   codes=["LIMIT"]),
            w.path(alice, certs=[], anchors=[root], crls="off", options=["--budget", "key-bits=2048"], expect="WARN")]


@case("E-9", "a limit of memory: an error that says so, or a verdict, never a crash")
def _(w):
    alice, certs, anchors = line()
    return [w.path(alice, certs=certs, anchors=anchors, crls="off", options=["--budget", f"memory={number}"],
                   expect="ERROR|UNKNOWN|WARN") for number in (1, 1000, 5000, 10000, 20000, 50000, 100000)]


@case("E-9", "limits that are none, or of a kind that there is not")
def _(w):
    alice, certs, anchors = line()
    files = {"alice.crt": alice}
    return [w.run(["path", "--budget", budget, "alice.crt"], files, exit=2, stderr=["budget"])
            for budget in ("0", "-1", "many", "steps=", "steps=0", "steps=x", "feet=3", "=3", "99999999999999999999999")]
