# SPDX-License-Identifier: Apache-2.0
"""Names and name constraints by the ten thousand."""

from hostile.forge import Forge, Holder, size
from pki import extensions as x
from pki import general_names as gn
from pki import names
from runner import case

COUNT = size(10000, sanitized=2000)


def constrained(w, *, permitted=None, excluded=None, members, subject=None, memory=512, **expected):
    """Root, a CA with these constraints, and somebody with these names."""
    f, root, ca = Forge(), Holder("Root", 1), Holder("CA", 2)
    upper = f.issue(ca, root, extra=[x.name_constraints(permitted=permitted, excluded=excluded)])
    person = f.issue(Holder("Alice", 3, subject), ca, ca=False, extra=[x.subject_alt_name(*members)])
    run = w.path(person, certs=[upper], anchors=[f.root(root)], crls="off", **expected)
    run.memory = memory
    return run


FORMS = {
    "mail": (lambda n: gn.email(f"host{n}.example"), lambda n: gn.email(f"alice@host{n}.example")),
    "mailboxes": (lambda n: gn.email(f"a{n}@x.example"), lambda n: gn.email(f"a{n}@x.example")),
    "hosts": (lambda n: gn.dns(f"host{n}.example"), lambda n: gn.dns(f"www.host{n}.example")),
    "URIs": (lambda n: gn.uri(f".host{n}.example"), lambda n: gn.uri(f"http://www.host{n}.example/")),
    "directories": (lambda n: gn.directory((("O", f"Org {n}"),)),
                    lambda n: gn.directory((("O", f"Org {n}"), ("CN", "Alice")))),
    "addresses": (lambda n: gn.ip(f"10.{n // 256}.{n % 256}.0/24"), lambda n: gn.ip(f"10.{n // 256}.{n % 256}.7")),
}


@case("B-NC-12 E-9", "ten thousand permitted and ten thousand excluded subtrees, and as many names that all comply")
def _(w):
    return [constrained(w, permitted=[base(n) for n in range(COUNT)],
                        excluded=[base(n) for n in range(COUNT, 2 * COUNT)],
                        members=[name(n) for n in range(COUNT)], subject=names.dn(("O", "Org 1"), ("CN", "Alice")),
                        expect="WARN", forbid=["LIMIT"])
            for base, name in FORMS.values()]


@case("B-NC-12 E-9", "one excluded name among ten thousand, the last one")
def _(w):
    return [constrained(w, excluded=[base(n) for n in range(COUNT, 2 * COUNT)],
                        members=[name(n) for n in range(COUNT + 1)], subject=names.dn(("O", "Org 1"), ("CN", "Alice")),
                        expect="BAD", codes=["NAME_CONSTRAINT@0"], forbid=["LIMIT"])
            for base, name in FORMS.values()]


@case("B-NC-12 E-9", "ten thousand names that all violate: bad, and the list of findings stays short")
def _(w):
    return [constrained(w, permitted=[gn.email("example.org")], members=[gn.email(f"a{n}@b.example") for n in range(COUNT)],
                        expect="BAD", codes=["NAME_CONSTRAINT@0"], forbid=["LIMIT"]),
            constrained(w, permitted=[gn.email("example.org")], members=[gn.email(f"@{n}@") for n in range(COUNT)],
                        expect="BAD", codes=["NAME_CONSTRAINT@0"], forbid=["LIMIT"])]


@case("B-NC-12 E-9", "a budget of comparisons that names use up: unknown, and told")
def _(w):
    base, name = FORMS["hosts"]
    return [constrained(w, permitted=[base(n) for n in range(1000)], members=[name(n) for n in range(1000)],
                        options=["--budget", f"comparisons={budget}"], expect="UNKNOWN", codes=["LIMIT"])
            for budget in (2, 100, 1000, 2000)]


@case("B-NC-12 E-9", "names of many labels, many attributes and many octets under constraints")
def _(w):
    deep = ".".join(["a"] * 120) + ".example"
    wide = names.dn(*[("OU", f"Unit {n}") for n in range(1000)])
    long = "a" * 100000
    return [constrained(w, permitted=[gn.dns("example")], members=[gn.dns(deep)] * 1000, expect="WARN", forbid=["LIMIT"]),
            constrained(w, permitted=[gn.directory(wide)], members=[gn.directory(wide)] * 20, subject=wide,
                        expect="WARN", forbid=["LIMIT"]),
            constrained(w, permitted=[gn.email("example.com")], members=[gn.email(f"{long}@example.com")],
                        expect="WARN|BAD", forbid=["LIMIT"])]


@case("B-NC-12 E-9", "sixty CAs with a thousand constraints each above a thousand names")
def _(w):
    f, count = Forge(), size(60, sanitized=20)
    cas = [Holder(f"CA {n}", 1 + n) for n in range(count + 1)]
    base, name = FORMS["hosts"]
    limit = x.name_constraints(permitted=[base(n) for n in range(1000)])
    certs = [f.issue(lower, upper, extra=[limit]) for lower, upper in zip(cas, cas[1:])]
    person = f.issue(Holder("Alice", 0), cas[0], ca=False, extra=[x.subject_alt_name(*[name(n) for n in range(1000)])])
    run = w.path(person, certs=certs, anchors=[f.root(cas[-1])], crls="off", expect="WARN", forbid=["LIMIT"])
    run.memory = 512
    return run


@case("E-9 A-3-2", "ten thousand addresses in one certificate: the last one is the sender's")
def _(w):
    f, root = Forge(), Holder("Root", 1)
    person = f.issue(Holder("Alice", 3), root, ca=False,
                     extra=[x.subject_alt_name(*[gn.email(f"alice{n}@example.com") for n in range(COUNT)])])
    runs = []
    for email, expect in ((f"alice{COUNT - 1}@example.com", "WARN"), ("mallory@example.com", "BAD")):
        run = w.path(person, certs=[], anchors=[f.root(root)], crls="off", email=email, purpose="sign", expect=expect)
        run.memory = 256
        runs.append(run)
    return runs
