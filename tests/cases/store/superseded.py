# SPDX-License-Identifier: Apache-2.0
"""CRLs that later ones have taken the place of: they go when the user says so, and nothing else does (RFC 3850 4.1)."""

from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import NOW, days, rfc3339
from runner import case

AT = ["--at", rfc3339(NOW)]


def old(w, ca, number, age=60, **changes):
    """A CRL that ended 30 days later."""
    return w.crl(ca, number=number, at=days(-age), **changes)


def swept(w, num, *options):
    return w.run(["remove", "--superseded", *AT, *options], contains=[f"{num} superseded CRL"])


@case("A-4.1-3 A-4-4", "what has ended and has a successor goes, and check tells of it; the latest stays, also when it has ended")
def _(w):
    root, other = w.root(), w.root("Other")
    lists = [old(w, root, 1, 90), old(w, root, 2), w.crl(root, number=3), old(w, other, 1, 200), old(w, other, 2, 100)]
    alice = w.end_entity("Alice", root)
    return [w.put_in(root, other, *lists), w.run(["check", *AT], contains=["no flaw", "3 superseded CRLs", "remove --superseded"]),
            swept(w, 3), swept(w, 0), w.run(["check", *AT], contains=["no flaw"], lacks=["superseded CRL"]),
            w.run(["list", "--crls", "--json"], contains=['"issuer":"CN=Other', '"issuer":"CN=Root']),
            w.trust(root), w.judge_stored(w.signed_mail(alice), expect="GOOD")]


@case("A-4.1-3 A-4-4", "--before spares what had not ended by then")
def _(w):
    root = w.root()
    return [w.put_in(root, old(w, root, 1, 200), old(w, root, 2, 90), w.crl(root, number=3)),
            swept(w, 1, "--before", rfc3339(days(-100))), swept(w, 1),
            w.run(["remove", "--before", rfc3339(NOW)], exit=2, stderr=["--superseded"]), w.run(["remove"], exit=2, stderr=["usage"])]


@case("A-4.1-3 B-CRL-8", "CRLs of another scope, another kind or another key take no place, and none that nobody verified does")
def _(w):
    root = w.root()
    users = x.issuing_distribution_point(only_user=True)
    delta = x.delta_crl_indicator(1)
    twin = w.certificate("Twin", None, ca=True, subject=root.subject)
    stranger = w.root("Stranger")
    kept = [old(w, root, 1), w.crl(root, number=2, extra=[users]), w.crl(root, number=3, extra=[delta]), w.crl(twin, number=4),
            old(w, stranger, 1), w.crl(stranger, number=2)]
    return [w.put_in(root, twin, *kept), swept(w, 0)]


@case("A-4.1-3 E-41", "a CRL with a false signature or from the future drives none out")
def _(w):
    root = w.root()
    return [w.put_in(root, old(w, root, 1), w.crl(root, number=3, at=days(20))),
            w.put_in(w.crl(root, number=2, signature_hook=lambda octets: flip(octets, 40)), options=["--force", "signature"]), swept(w, 0)]
