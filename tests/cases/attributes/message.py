# SPDX-License-Identifier: Apache-2.0
"""Attribute certificates in messages: shown, told, judged when asked, and never a reason for anything else (RFC 3850, 2.3)."""

from pki import attribute_certificate as ac
from pki import cms, der, keys, names
from pki import extensions as x
from pki import general_names as gn
from pki.times import days
from runner import case
from runner.attributes import Office


def worst(office):
    """Attribute certificates that no one would believe."""
    w = office.w
    return [office.certify(not_after=days(-5)), office.certify(extra=[x.private(critical=True)]),
            office.certify(by=w.root("Elsewhere")), office.certify(signature_hook=lambda octets: bytes(len(octets))),
            office.certify(holder=ac.holder_by_name(names.example("Bob"))), office.certify(issuer_name=names.example("Nobody"))]


@case("A-2.3-14 A-2.2-4", "no verdict of the message depends on an attribute certificate, asked or not")
def _(w):
    office = Office(w)
    mail = office.mail(*worst(office))
    return [w.verify(mail, anchors=[office.root], expect="GOOD", only_codes=[], options=options, crls=[w.crl(office.root)])
            for options in ([], ["--attributes"])]


@case("A-2.3-14", "a good attribute certificate does not help a bad signature, nor a stranger")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify(), from_="Mallory <mallory@example.net>")
    return office.verify(mail, "GOOD", message="BAD", codes=[], json={"signers.0.verdict": "BAD"})


@case("A-2.2-4 A-2.3-13 A-2.3-14", "without --attributes they are told, and nothing is said of their worth")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify(), *(office.certify(serial=5000 + n) for n in range(20)))
    return w.verify(mail, anchors=[office.root], expect="GOOD", codes=["SKIPPED"], only_codes=[],
                    json={"signers.0": lambda signer: "attributes" not in signer,
                          "findings": lambda found: len([one for one in found if one["object"] == "attribute-certificate"]) == 17})


@case("A-2.3-13 A-2.3-14", "one that cannot be read is told, and all others are judged")
def _(w):
    office = Office(w)
    elements = [der.implicit(2, der.sequence(der.integer(1), der.null())), der.implicit(2, der.sequence()),
                cms.v2_attribute_certificate(office.certify()), der.context(2, b"\xff\xff", constructed=True)]
    mail = w.signed_mail(office.alice, certs=[office.alice, office.authority, *elements])
    plain = w.verify(mail, anchors=[office.root], expect="GOOD", codes=["PARSE"], only_codes=[])
    strict = w.verify(mail, anchors=[office.root], expect="GOOD", codes=["PARSE"], only_codes=[], profile="strict")
    return [plain, strict, office.verify(mail, "GOOD", json={"signers.0.attributes.length": 1})]


@case("A-1.4-1 C-CC-1 C-AC-1", "version 1 is shown, and never used")
def _(w):
    office = Office(w)
    old = ac.build_v1(subject_name=office.alice.subject, issuer_name=office.authority.subject, signer_key=office.authority.key,
                      serial=5, not_before=days(-1), not_after=days(1))
    mail = w.signed_mail(office.alice, certs=[office.alice, office.authority, cms.v1_attribute_certificate(old)], form="opaque")
    as_v2 = office.mail(old)
    return [w.verify(mail, anchors=[office.root], expect="GOOD", codes=["SKIPPED"], options=["--attributes"],
                     json={"signers.0": lambda signer: "attributes" not in signer}),
            w.show(mail, name="message.eml", contains=["v1 attribute certificate", "CN=Alice,O=Example", "staff"]),
            office.verify(as_v2, "BAD", ["NONCONFORMING"])]


@case("A-2.2-4 A-2.3-13 C-AC-1", "every field is shown, from a file in DER or PEM, and in a message")
def _(w):
    office = Office(w)
    made = office.certify(attributes=[ac.group("accounting"), ac.role(gn.uri("urn:role:boss"))], serial=0x1122,
                          extra=[x.audit_identity(b"\xab\xcd"), x.target_information(x.target_name(gn.dns("shop.example")))])
    wanted = ["attribute certificate", "version: 2", "CN=Root,O=Example", "CN=Authority,O=Example", "1122", "2026-05-22T12:00:00Z",
              "2026-06-11T12:00:00Z", "accounting", "urn:role:boss", "auditIdentity", "abcd", "shop.example", "noRevAvail",
              "ecdsa-with-SHA256", "sha256"]
    return [w.show(made, contains=wanted), w.show(keys.pem("ATTRIBUTE CERTIFICATE", made), name="object.pem", contains=wanted),
            w.show(office.mail(made, form="opaque"), name="message.eml", contains=wanted),
            w.show(cms.certs_only([office.alice.cert, cms.v2_attribute_certificate(made)]), name="object.p7c", contains=wanted)]


@case("A-2.3-13", "one that cannot be decoded is told by show, with what stands beside it")
def _(w):
    office = Office(w)
    broken = cms.certs_only([office.alice.cert, der.implicit(2, der.sequence(der.null()))])
    return [w.show(broken, name="object.p7c", exit=2, contains=["attribute certificate", "expected", "CN=Alice,O=Example"]),
            w.show(keys.pem("ATTRIBUTE CERTIFICATE", der.sequence(der.null())), name="object.pem", exit=2)]


@case("C-CC-2 A-2.2-4", "attribute certificates need not come with the message: --certs takes them, too")
def _(w):
    office = Office(w)
    other = office.certify(w.end_entity("Bob", office.root), serial=99)
    return office.verify(office.mail(), "GOOD", certs=[office.certify(serial=77), other],
                         json={"signers.0.attributes.length": 1, "signers.0.attributes.0.serial": "4d"})


@case("C-CC-2", "complete, delta and attribute CRLs in one message, each used for what it is")
def _(w):
    office = Office(w)
    point = x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/")]))
    only = [x.issuing_distribution_point(only_attribute=True)]
    crls = [w.crl(office.root, number=5), w.crl(office.root, number=6, extra=[x.delta_crl_indicator(5)]),
            w.crl(office.authority, [4242], extra=only), w.crl(office.root, [office.alice], number=9, extra=only), cms.other_crl()]
    mail = office.mail(office.certify(revocation=False, serial=4242, extra=[point]), crls=crls, data=dict(version=5))
    return office.verify(mail, "BAD", ["CERT_REVOKED"], crls=[], forbid=["NONCONFORMING"])


@case("A-2.3-14 E-9", "thousands of attribute certificates cost no verdict")
def _(w):
    office = Office(w)
    many = [office.certify(serial=n) for n in range(1, 1500)]
    mail = office.mail(*many)
    return [office.verify(mail, "GOOD|UNKNOWN", json={"signers.0.attributes.length": 64}),
            w.verify(mail, anchors=[office.root], expect="GOOD", only_codes=[], crls=[w.crl(office.root)])]


@case("A-2.3-14 E-9", "a budget that attribute certificates use up is theirs alone")
def _(w):
    office = Office(w)
    mail = office.mail(*(office.certify(serial=n) for n in range(1, 60)))
    return office.verify(mail, "UNKNOWN", ["LIMIT"], number=58, options=["--budget", "20"])


@case("A-2.3-14 E-9", "sixty-four attribute certificates of one signer are judged, and that there are more is told")
def _(w):
    office = Office(w)
    mail = office.mail(*(office.certify(serial=n) for n in range(1, 71)))
    return office.verify(mail, "GOOD", number=63, json={"signers.0.attributes.length": 64})
