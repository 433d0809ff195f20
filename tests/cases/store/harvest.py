# SPDX-License-Identifier: Apache-2.0
"""What messages leave in the database, and what later ones have of it (RFC 3850 2.1, 2.3, 4.1, 4.2)."""

from pki import cms_attributes as attribute
from pki.times import days
from runner import case


def line(w):
    root, ca, alice = w.line()
    return root, ca, alice, [w.crl(root), w.crl(ca)]


@case("A-2.1-7", "the CRLs of one message tell the status for the next one, which has none")
def _(w):
    root, _, alice, crls = line(w)
    plain = w.signed_mail(alice)
    return [w.trust(root), w.judge_stored(plain, expect="UNKNOWN", codes=["REV_UNAVAILABLE"]),
            w.judge_stored(w.signed_mail(alice, crls=crls), expect="GOOD"),
            w.judge_stored(plain, expect="GOOD", forbid=["REV_UNAVAILABLE"],
                           json={"signers.0.path.0.revocation.crl.source": "database"}),
            w.verify(plain, anchors=[root], crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE"])]


@case("A-2.1-7 A-4.1-4", "a CRL that came with another message revokes a signer who was good before")
def _(w):
    root = w.root()
    alice, bob = w.end_entity("Alice", root), w.end_entity("Bob", root)
    first, second = w.crl(root, number=1, at=days(-2)), w.crl(root, [alice], number=2)
    mail = w.signed_mail(alice)
    return [w.trust(root), w.judge_stored(w.signed_mail(alice, crls=[first]), expect="GOOD"), w.judge_stored(mail, expect="GOOD"),
            w.judge_stored(w.signed_mail(bob, crls=[second]), expect="GOOD"),
            w.judge_stored(mail, expect="BAD", codes=["CERT_REVOKED"])]


@case("A-2.3-4", "a message without certificates: the signer's is in the database, or nowhere")
def _(w):
    root, _, alice, crls = line(w)
    bare = w.signed_mail(alice, certs="none")
    return [w.trust(root), w.judge_stored(bare, expect="UNKNOWN", codes=["NO_SIGNER_CERT"]),
            w.judge_stored(w.signed_mail(alice, crls=crls), expect="GOOD"),
            w.judge_stored(bare, expect="GOOD", json={"signers.0.path.length": 2})]


@case("A-2.3-4", "the signer is named by key identifier, and in the database")
def _(w):
    root, _, alice, crls = line(w)
    return [w.trust(root), w.put_in(alice, *crls, alice.issuer),
            w.judge_stored(w.signed_mail(alice, certs="none", sid="ski"), expect="GOOD")]


@case("A-2.3-8 E-41", "a root that came with a message is kept, and is no anchor")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    mail = w.signed_mail(alice, certs=[alice, root], crls=[w.crl(root)])
    return [w.judge_stored(mail, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.run(["list", "--anchors"], lacks=["anchor", "CN="]), w.run(["list"], contains=["CN=Root", "message"]),
            w.judge_stored(mail, expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("A-4.2-5", "an intermediate that came with one message completes the path of another")
def _(w):
    root, ca, alice, crls = line(w)
    bob = w.end_entity("Bob", ca)
    lacking = w.signed_mail(bob, certs=[bob])
    return [w.trust(root), w.judge_stored(lacking, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.judge_stored(w.signed_mail(alice, crls=crls), expect="GOOD"), w.judge_stored(lacking, expect="GOOD"),
            w.path_stored(bob, expect="GOOD", path=[bob, ca])]


@case("A-4.2-5 E-41", "--no-keep reads the database and keeps nothing of the message")
def _(w):
    root, ca, alice, crls = line(w)
    bob = w.end_entity("Bob", ca)
    return [w.trust(root), w.judge_stored(w.signed_mail(alice, crls=crls), expect="GOOD", options=["--no-keep"]),
            w.run(["list"], lacks=["alice@example.com", "CN=CA"]),
            w.judge_stored(w.signed_mail(bob, certs=[bob], crls=crls), expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("A-4.2-6", "a path of objects from the message, the database and the command line")
def _(w):
    root = w.root()
    upper = w.ca("Upper", root)
    lower = w.ca("Lower", upper)
    alice = w.end_entity("Alice", lower)
    crls = [w.crl(root), w.crl(upper), w.crl(lower)]
    mail = w.signed_mail(alice, certs=[alice, lower], crls=[crls[2]])
    return [w.trust(root), w.put_in(crls[0], crls[1]), w.judge_stored(mail, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.judge_stored(mail, certs=[upper], expect="GOOD", json={"signers.0.path.length": 3})]


@case("A-4.1-4", "no verdict is kept: what was good is judged anew under each CRL")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    mail = w.signed_mail(alice)
    return [w.trust(root), w.put_in(w.crl(root, number=1, at=days(-2))), w.judge_stored(mail, expect="GOOD"),
            w.judge_stored(mail, expect="GOOD"), w.put_in(w.crl(root, [alice], number=2)),
            w.judge_stored(mail, expect="BAD", codes=["CERT_REVOKED"]), w.path_stored(alice, expect="BAD", codes=["CERT_REVOKED"])]


@case("A-4.1-4", "a CRL in the database that has ended makes the next verdict UNKNOWN")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    mail = w.signed_mail(alice)
    return [w.trust(root), w.put_in(w.crl(root)), w.judge_stored(mail, expect="GOOD"),
            w.judge_stored(mail, at=days(60), expect="UNKNOWN", codes=["CRL_EXPIRED"])]


@case("A-4.1-3", "CRLs are stored by import and by mail, listed, and used in later runs")
def _(w):
    root, ca, alice, crls = line(w)
    return [w.put_in(crls[0], contains=["1 CRL new"]), w.put_in(crls[0], contains=["0 CRLs new", "1 known already"]),
            w.trust(root), w.judge_stored(w.signed_mail(alice, crls=[crls[1]]), expect="GOOD"),
            w.run(["list", "--crls"], contains=["crl", "CN=Root", "CN=CA", "import", "message"], lacks=["alice"]),
            w.judge_stored(w.signed_mail(alice), expect="GOOD")]


@case("E-41", "a signature that is not good binds nobody to the address in From")
def _(w):
    root = w.root()
    alice, mallory = w.end_entity("Alice", root), w.end_entity("Mallory", root)
    crls = [w.crl(root)]
    forged = w.signed_mail(mallory, "Alice <alice@example.com>", crls=crls)
    changed = w.signed_mail(alice, crls=crls, alter=lambda part: part + b"x\r\n")
    return [w.trust(root), w.judge_stored(forged, expect="BAD"), w.judge_stored(changed, expect="BAD"),
            w.run(["list", "--bindings"], lacks=["alice"]), w.judge_stored(w.signed_mail(alice, crls=crls), expect="GOOD"),
            w.run(["list", "--bindings"], contains=["proved", "alice@example.com", alice.sha256[:16]])]


@case("E-41", "an unproved certificate for an address is listed, and never chosen")
def _(w):
    root, stranger = w.root(), w.root("Elsewhere")
    alice = w.end_entity("Alice", root, ext={"keyUsage": None})
    impostor = w.end_entity("Impostor", stranger, email="alice@example.com", not_before=days(-1), ext={"keyUsage": None})
    return [w.trust(root), w.put_in(alice, impostor, w.crl(root)),
            w.run(["list", "alice@example.com", "--at", "2026-06-01", "--json"], contains=[alice.sha256, impostor.sha256]),
            w.run(["list", "alice@example.com", "--at", "2026-06-01"],
                  contains=[f"* certificate  {alice.sha256[:16]}", f"  certificate  {impostor.sha256[:16]}"])]


@case("E-41 A-4.2-5", "an issuer that was verified once is found among lookalikes stored before it and after")
def _(w):
    root, ca, alice, crls = line(w)
    stranger = w.root("Elsewhere", subject=root.subject)
    bob = w.end_entity("Bob", ca)
    lacking = w.signed_mail(bob, certs=[bob])

    def lookalikes():
        return [w.certificate(f"Lookalike {n}", stranger, ca=True, subject=ca.subject, key=ca.key) for n in range(70)]

    return [w.trust(root), w.put_in(*lookalikes()), w.judge_stored(w.signed_mail(alice, crls=crls), expect="GOOD"),
            w.put_in(*lookalikes()), w.judge_stored(lacking, expect="GOOD")]


@case("E-41", "of two certificates of one address the later one is chosen, and the other says why not")
def _(w):
    root = w.root()
    old = w.end_entity("Alice", root, ext={"keyUsage": None}, not_before=days(-700), key="rsa2048-01")
    new = w.end_entity("Alice", root, ext={"keyUsage": None}, not_before=days(-10), key="rsa2048-02")
    return [w.trust(root), w.put_in(new, old, w.crl(root)),
            w.run(["list", "alice@example.com", "--at", "2026-06-01"],
                  contains=[f"* certificate  {new.sha256[:16]}", f"  certificate  {old.sha256[:16]}"])]


def encryption(w, root, name, key):
    """Another certificate of Alice, to encrypt to; which of two is chosen hangs on her preference alone."""
    return w.end_entity(name, root, email="alice@example.com", key=key, ext={"keyUsage": None, "extKeyUsage": None})


@case("C-AT-4 E-41", "a preferred certificate is learned from good signatures only, and never from older or future ones")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    one, two = encryption(w, root, "Alice A", "rsa2048-01"), encryption(w, root, "Alice B", "rsa2048-02")

    def mail(preferred, moment, **options):
        return w.signed_mail(alice, certs=[alice, one, two], crls=[w.crl(root, register=False)], time=moment,
                             add=[attribute.key_preference(preferred)], **options)

    def chosen(which):
        return w.run(["list", "alice@example.com", "--at", "2026-06-01"], contains=[f"* certificate  {which.sha256[:16]}"])

    forged = mail(two, days(-2), alter=lambda part: part + b"x\r\n")
    return [w.trust(root), w.judge_stored(mail(one, days(-10)), expect="GOOD"), chosen(one),
            w.judge_stored(forged, expect="BAD"), chosen(one),
            w.judge_stored(mail(two, days(-20)), expect="GOOD|WARN"), chosen(one),
            w.judge_stored(mail(two, days(365 * 70)), expect="GOOD|WARN"), chosen(one),
            w.judge_stored(mail(two, days(-5)), expect="GOOD"), chosen(two)]
