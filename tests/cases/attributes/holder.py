# SPDX-License-Identifier: Apache-2.0
"""Whom an attribute certificate is about (RFC 5755, 4.2.2 and 5 (1); RFC 3281, the same)."""

from pki import attribute_certificate as ac
from pki import cms, der, names
from pki import general_names as gn
from pki.certificate import flip
from pki.times import days
from runner import case
from runner.attributes import Office


def judged(w, expect, holder, codes=(), forbid=(), **alice):
    """Alice's mail with an attribute certificate whose holder is HOLDER(office)."""
    office = Office(w, alice=alice)
    return office.verify(office.mail(office.certify(holder=holder(office))), expect, codes, forbid)


def base(office, **changes):
    return ac.issuer_serial(**{"name": office.root.subject, "serial": office.alice.serial, **changes})


def each(w, expect, holders, codes=()):
    return [judged(type(w)(), expect, one, codes) for one in holders]


@case("A-2.2-4 C-AC-1 C-AC-2 C-AC-4", "holder by issuer and serial: the attributes are the signer's")
def _(w):
    office = Office(w)
    at = "signers.0.attributes.0."
    mail = office.mail(office.certify(attributes=[ac.group("staff", "board")], serial=0x1234))
    return office.verify(mail, "GOOD", json={
        "signers.0.attributes.length": 1, at + "serial": "1234", at + "issuer": "CN=Authority,O=Example",
        at + "holder": lambda text: text.endswith(" of CN=Root,O=Example"), at + "not_before": "2026-05-22T12:00:00Z",
        at + "not_after": "2026-06-11T12:00:00Z", at + "attributes.0.name": "group", at + "attributes.0.values": ["staff", "board"],
        at + "attributes.0.permitted": True, at + "path.length": 1, at + "anchor": "CN=Root,O=Example"})


@case("C-AC-1 C-AC-2 C-AC-4", "holder by name: the signer's subject, or one of its other names")
def _(w):
    return each(w, "GOOD", [
        lambda office: ac.holder_by_name(office.alice.subject),
        lambda office: ac.holder_by_name(names.dn(("O", "EXAMPLE", "printable"), ("CN", " alice "))),
        lambda office: ac.holder(names=[gn.email("alice@EXAMPLE.com")]),
        lambda office: ac.holder(names=[gn.directory(office.alice.subject), gn.email("alice@example.com")])])


@case("C-AC-1 C-AC-2 C-AC-4", "holder by digest: of the signer's certificate, or of its key")
def _(w):
    return each(w, "GOOD", [
        lambda office: ac.holder_by_digest(office.alice.cert),
        lambda office: ac.holder_by_digest(office.alice.cert, "sha512"),
        lambda office: ac.holder(digest=ac.object_digest(office.alice.key.spki(), ac.PUBLIC_KEY))])


@case("C-AC-1 C-AC-2", "holder in every way at once: all of them must fit")
def _(w):
    def every(office, names=None, **changes):
        return ac.holder(base(office, **changes), [gn.directory(names or office.alice.subject)], ac.object_digest(office.alice.cert))
    return [judged(w, "GOOD", every, ["NONCONFORMING"]),
            judged(type(w)(), "BAD", lambda office: every(office, serial=5), ["AC_HOLDER"]),
            judged(type(w)(), "BAD", lambda office: every(office, names.example("Bob")), ["AC_HOLDER"])]


@case("C-AC-2", "an attribute certificate about somebody else says nothing about the signer")
def _(w):
    return each(w, "BAD", [
        lambda office: ac.holder(base=base(office, serial=office.alice.serial + 1000)),
        lambda office: ac.holder(base=base(office, name=names.example("Elsewhere"))),
        lambda office: ac.holder_by_name(names.example("Bob")),
        lambda office: ac.holder(names=[gn.email("ALICE@example.com")]),
        lambda office: ac.holder(names=[gn.email("alice@example.com"), gn.email("bob@example.com")]),
        lambda office: ac.holder_by_name(names.EMPTY),
        lambda office: ac.holder_by_digest(office.root.cert),
        lambda office: ac.holder(digest=ac.object_digest(office.root.key.spki(), ac.PUBLIC_KEY))], ["AC_HOLDER"])


@case("C-AC-1 C-AC-2", "a holder that RFC 5755 does not allow fits nobody")
def _(w):
    return each(w, "BAD", [
        lambda office: ac.holder(),
        lambda office: ac.holder(base=base(office, names=[gn.directory(office.root.subject), gn.dns("root.example")])),
        lambda office: ac.holder(base=base(office, name=names.EMPTY)),
        lambda office: ac.holder(digest=ac.object_digest(office.alice.cert, ac.OTHER, other="1.2.3"))], ["AC_HOLDER", "NONCONFORMING"])


@case("C-AC-2", "issuerUID of the holder must be in its certificate")
def _(w):
    def with_uid(office):
        return ac.holder(base=base(office, uid=b"\x05"))
    return [judged(w, "GOOD", with_uid, issuer_uid=b"\x05"), judged(type(w)(), "BAD", with_uid, ["AC_HOLDER"], issuer_uid=b"\x06"),
            judged(type(w)(), "BAD", with_uid, ["AC_HOLDER"])]


@case("C-AC-2", "a holder named only by a weak digest, or by one that nobody can compute")
def _(w):
    return [judged(w, "WEAK", lambda office: ac.holder_by_digest(office.alice.cert, "sha1"), ["WEAK_ALG"]),
            judged(type(w)(), "UNKNOWN", lambda office: ac.holder(digest=unknown_digest(office.alice.cert)), ["ALG_UNSUPPORTED"])]


def unknown_digest(octets):
    return der.sequence(der.enumerated(ac.CERTIFICATE), der.sequence(der.oid("1.2.3.4")), der.bit_string(octets[:32]))


@case("C-AC-2 A-2.3-14", "without a path for the holder its attributes prove nothing")
def _(w):
    expired = Office(w, alice=dict(not_after=days(-1)))
    revoked = Office(type(w)())
    revoked.w.crl(revoked.root, [revoked.alice])
    unknown = Office(type(w)())
    return [expired.verify(expired.mail(expired.certify()), "BAD", ["AC_HOLDER"], message="BAD"),
            revoked.verify(revoked.mail(revoked.certify()), "BAD", ["AC_HOLDER"], message="BAD"),
            unknown.verify(unknown.mail(unknown.certify()), "UNKNOWN", ["AC_HOLDER", "NO_TRUST_PATH"], message="UNKNOWN", anchors=[])]


@case("C-AC-2", "a signature that does not hold does not show the holder")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify(), alter=lambda part: flip(part, -5))
    return office.verify(mail, "BAD", ["AC_HOLDER"], message="BAD")


@case("C-AC-2 A-2.3-14", "two signers, two attribute certificates: each is told with its own")
def _(w):
    office = Office(w)
    bob = w.end_entity("Bob", office.root)
    elements = [cms.v2_attribute_certificate(office.certify(one, attributes=[ac.group(one.name)])) for one in (bob, office.alice)]
    mail = w.signed_mail([office.alice, bob], "Alice <alice@example.com>", certs=[office.alice, bob, office.authority, *elements])
    options = dict(message="BAD", json={
        "signers.0.attributes.length": 1, "signers.0.attributes.0.attributes.0.values": ["Alice"],
        "signers.1.attributes.length": 1, "signers.1.attributes.0.attributes.0.values": ["Bob"]})
    return [office.verify(mail, "GOOD", signer=number, **options) for number in (0, 1)]
