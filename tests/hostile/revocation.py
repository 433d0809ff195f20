# SPDX-License-Identifier: Apache-2.0
"""CRLs in numbers, of a size, and in circles."""

from datetime import timedelta

from hostile.forge import Forge, Holder, size
from pki import crl, der
from pki import extensions as x
from pki import general_names as gn
from pki.times import NOW, days
from runner import case

COUNT = size(10000, sanitized=1000)


def line(f):
    root, ca = Holder("Root", 1), Holder("CA", 2)
    upper = f.issue(ca, root)
    return root, ca, upper, f.person(ca)


def judged(w, target, certs, root, crls, memory=512, **expected):
    run = w.path(target, certs=certs, anchors=[root], crls=crls, **expected)
    run.memory = memory
    return run


@case("E-9 A-5-4 E-28", "ten thousand CRLs of one issuer: the newest decides")
def _(w):
    runs = []
    for listed_in, expected in ((COUNT - 1, "BAD"), (0, "GOOD")):
        f = Forge()
        root, ca, upper, alice = line(f)
        crls = [f.crl(ca, [alice] if number == listed_in else [], number=number + 1,
                      this_update=days(-1) - timedelta(seconds=COUNT - number)) for number in range(COUNT)]
        runs.append(judged(w, alice, [upper], f.root(root), crls + [f.crl(root)], expect=expected, forbid=["LIMIT"]))
    return runs


@case("E-9 A-5-F4", "ten thousand CRLs in the issuer's name with wrong signatures, and the right one among them")
def _(w):
    f = Forge()
    root, ca, upper, alice = line(f)
    forger = Holder("CA", 3)
    junk = [f.crl(forger, [alice], number=number + 1) for number in range(COUNT)]
    crls = [*junk[:COUNT // 2], f.crl(ca, number=5), *junk[COUNT // 2:], f.crl(root)]
    return judged(w, alice, [upper], f.root(root), crls, expect="GOOD|UNKNOWN", forbid=["CERT_REVOKED"])


def long_list(f, ca, count, serial):
    """`count` entries, of which the middle one has the given serial."""
    half = count // 2
    entries = crl.many(half, days(-10), first=10**6) + crl.entry(serial, days(-10)) + \
        crl.many(count - half - 1, days(-10), first=10**6 + half)
    return f.crl(ca, entries=entries)


@case("E-9 D-REV-3", "a CRL of very many entries: looked up, listed or not")
def _(w):
    count = size(200000, long=1000000, sanitized=20000)
    runs = []
    for listed in (True, False):
        f = Forge()
        root, ca, upper, alice = line(f)
        big = long_list(f, ca, count, alice.serial if listed else 10**7)
        runs.append(judged(w, alice, [upper], f.root(root), [big, f.crl(root)], memory=256,
                           expect="BAD" if listed else "GOOD", forbid=["LIMIT"]))
    return runs


@case("E-9 B-CRL-8", "an indirect CRL that changes its certificate issuer at every entry")
def _(w):
    count, runs = size(20000, long=200000, sanitized=2000), []
    for listed in (True, False):
        f = Forge()
        root, ca, upper, alice = line(f)
        def entry(number):
            holder = "CA" if listed and number == count // 2 else f"Other {number}"
            issuer = x.certificate_issuer(gn.directory((("O", "Example"), ("CN", holder))))
            return crl.entry(alice.serial, days(-10), [issuer])
        indirect = f.crl(ca, entries=[entry(number) for number in range(count)],
                         extra=[x.issuing_distribution_point(indirect=True)])
        runs.append(judged(w, alice, [upper], f.root(root), [indirect, f.crl(root)],
                           expect="BAD" if listed else "GOOD", forbid=["LIMIT"]))
    return runs


@case("E-9 B-CRL-21", "CRL signers whose own status depends on the CRL that they signed, and on each other's")
def _(w):
    """Each of `count` signers signs a CRL for the next one's certificate, in a circle."""
    runs = []
    for count in (1, 2, 3, 10, size(200, sanitized=50)):
        f = Forge()
        root, ca, upper, alice = line(f)
        signers = [Holder("CA", 100 + number) for number in range(count)]
        certs = [upper] + [f.issue(one, root) for one in signers]
        crls = [f.crl(one, number=number + 1) for number, one in enumerate(signers)]
        runs.append(judged(w, alice, certs, f.root(root), crls, expect="GOOD|UNKNOWN", forbid=["CERT_REVOKED"]))
    return runs


@case("E-9 B-CRL-21", "CRL signers whose certificates were issued by each other")
def _(w):
    f, count = Forge(), size(60, sanitized=20)
    root, ca, upper, alice = line(f)
    signers = [Holder("CA", 100 + number) for number in range(count)]
    certs = [upper] + [f.issue(a, b) for a in signers for b in signers if a is not b]
    crls = [f.crl(one, [], number=number + 1) for number, one in enumerate(signers)]
    return judged(w, alice, certs, f.root(root), crls, expect="GOOD|UNKNOWN", forbid=["CERT_REVOKED"])


@case("E-9 B-CRL-12", "a certificate with a thousand distribution points, and a CRL for each")
def _(w):
    f, count = Forge(), size(1000, sanitized=200)
    root, ca = Holder("Root", 1), Holder("CA", 2)
    def name(number):
        return [gn.uri(f"http://crl.example/{number}.crl")]
    alice = f.person(ca, extra=[x.crl_distribution_points(*[x.distribution_point(name(n)) for n in range(count)])])
    crls = [f.crl(ca, number=n + 1, extra=[x.issuing_distribution_point(name(n))]) for n in range(count)]
    return judged(w, alice, [f.issue(ca, root)], f.root(root), crls + [f.crl(root)], expect="GOOD", forbid=["LIMIT"])


@case("E-9 A-5-4", "ten thousand delta CRLs on one base")
def _(w):
    f = Forge()
    root, ca, upper, alice = line(f)
    base = f.crl(ca, number=1, this_update=days(-20))
    deltas = [f.crl(ca, number=number + 2, extra=[x.delta_crl_indicator(1)],
                    this_update=NOW - timedelta(seconds=COUNT - number)) for number in range(COUNT)]
    return judged(w, alice, [upper], f.root(root), [base, *deltas, f.crl(root)], expect="GOOD|UNKNOWN",
                  forbid=["CERT_REVOKED"])
