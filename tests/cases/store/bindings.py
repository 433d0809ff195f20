# SPDX-License-Identifier: Apache-2.0
"""What the user says of certificates and addresses: an address book (RFC 3850 3), and pins."""

from pki.times import days
from runner import case


def nameless(w):
    """A certificate without any address, and mails from two addresses signed under it."""
    root = w.root()
    bob = w.end_entity("Bob", root, email=None)
    crls = [w.crl(root)]
    return root, bob, [w.signed_mail(bob, f"Bob <{address}>", crls=crls) for address in ("bob@example.com", "carol@example.com")]


@case("A-3-6", "a book entry binds a certificate to an address: that address matches, another does not, and it can be taken back")
def _(w):
    root, bob, (from_bob, from_carol) = nameless(w)
    return [w.trust(root), w.put_in(bob), w.judge_stored(from_bob, expect="WARN", codes=["NO_ADDR"], addresses="none"),
            w.run(["bind", "bob@example.com", bob.sha256[:16], "--why", "his card"], contains=["user", "bob@example.com"]),
            w.judge_stored(from_bob, expect="GOOD", addresses="match", forbid=["NO_ADDR"]),
            w.judge_stored(from_carol, expect="BAD|WARN", any_codes=["ADDR_MISMATCH", "NO_ADDR"]),
            w.run(["list", "--bindings"], contains=["user", "his card"]),
            w.run(["bind", "--remove", "bob@example.com"]),
            w.judge_stored(from_bob, expect="WARN", codes=["NO_ADDR"], addresses="none")]


@case("A-3-6", "the address of a book entry is compared as others are")
def _(w):
    root, bob, (from_bob, _) = nameless(w)
    return [w.trust(root), w.put_in(bob), w.run(["bind", "Bob@EXAMPLE.com", bob.sha256]),
            w.judge_stored(from_bob, expect="GOOD", addresses="match"), w.run(["list", "bob@example.com", "--bindings"], contains=["user"])]


@case("A-3-6", "a book entry is not used with --no-store")
def _(w):
    root, bob, (from_bob, _) = nameless(w)
    return [w.trust(root), w.run(["bind", "bob@example.com", "bob.crt"], {"bob.crt": bob}),
            w.verify(from_bob, anchors=[root], crls="none", expect="WARN", codes=["NO_ADDR"])]


@case("A-3-6", "entries can be edited: bound to one, then to another, then removed by fingerprint")
def _(w):
    root, bob, _ = nameless(w)
    other = w.end_entity("Other", root, email=None)
    return [w.put_in(bob, other), w.run(["bind", "bob@example.com", bob.sha256]), w.run(["bind", "bob@example.com", other.sha256]),
            w.run(["list", "--bindings", "bob@example.com"], contains=[bob.sha256[:16], other.sha256[:16]]),
            w.run(["bind", "--remove", "bob@example.com", bob.sha256]),
            w.run(["list", "--bindings", "bob@example.com"], contains=[other.sha256[:16]], lacks=[bob.sha256[:16]]),
            w.run(["bind", "--remove", "bob@example.com", bob.sha256], exit=1)]


@case("E-39", "a self-signed certificate of a correspondent counts for the address that it is pinned to, and no other")
def _(w):
    alone = w.certificate("Alone", None, emails=["alone@example.com"])
    own, other = (w.signed_mail(alone, from_, certs=[alone]) for from_ in (None, "Boss <boss@example.com>"))
    return [w.judge_stored(own, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.run(["bind", "alone@example.com", alone.sha256]), w.judge_stored(own, expect="WARN|GOOD", forbid=["NO_TRUST_PATH"]),
            w.judge_stored(other, expect="BAD|UNKNOWN"),
            w.run(["bind", "--remove", "alone@example.com"]), w.judge_stored(own, expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("E-39", "a pin is no anchor: what the pinned certificate issued is not believed")
def _(w):
    alone = w.root("Alone", emails=["alone@example.com"])
    child = w.end_entity("Child", alone)
    return [w.run(["bind", "alone@example.com", "alone.crt"], {"alone.crt": alone}),
            w.judge_stored(w.signed_mail(child, crls=[w.crl(alone)]), expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.run(["list", "--anchors"], lacks=["CN=Alone"])]


@case("A-4-5", "the database is asked first, which the result says, and found things come from it")
def _(w):
    root, ca, alice = w.line()
    first = {"sources.0.url": "database", "sources.0.from": "database", "sources.0.outcome": "found"}
    return [w.trust(root), w.put_in(ca, alice, w.crl(root), w.crl(ca)),
            w.judge_stored(w.signed_mail(alice, certs="none"), expect="GOOD", json=first), w.path_stored(alice, expect="GOOD", json=first)]


@case("A-4-5", "the user's choice among the certificates of an address outlives a newer certificate")
def _(w):
    root = w.root()
    free = {"keyUsage": None}
    old = w.end_entity("Alice", root, ext=free, not_before=days(-700), key="rsa2048-01")
    new = w.end_entity("Alice", root, ext=free, not_before=days(-10), key="rsa2048-02")
    listing = ["list", "alice@example.com", "--at", "2026-06-01"]
    return [w.trust(root), w.put_in(old, new, w.crl(root)), w.run(listing, contains=[f"* certificate  {new.sha256[:16]}"]),
            w.run(["bind", "alice@example.com", old.sha256]), w.run(listing, contains=[f"* certificate  {old.sha256[:16]}"])]
