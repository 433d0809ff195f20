# SPDX-License-Identifier: Apache-2.0
"""When and for whom an attribute certificate holds, and what must be known of it (RFC 5755, 4.2.6 to 4.2.9, 4.3 and 5)."""

from datetime import timedelta

from pki import attribute_certificate as ac
from pki import der, names
from pki import extensions as x
from pki import general_names as gn
from pki.times import NOW, days
from runner import case
from runner.attributes import Office


def judged(w, expect, codes=(), forbid=(), targets=(), options=None, **changes):
    office = Office(w)
    return office.verify(office.mail(office.certify(**changes)), expect, codes, forbid, targets=targets, **(options or {}))


@case("C-AC-2 C-AC-4", "both ends of the validity count as valid, and a second beyond does not")
def _(w):
    second = timedelta(seconds=1)
    return [judged(type(w)(), "GOOD", not_after=NOW), judged(type(w)(), "GOOD", not_before=NOW),
            judged(type(w)(), "BAD", ["CERT_EXPIRED"], not_after=NOW - second),
            judged(type(w)(), "BAD", ["CERT_NOT_YET_VALID"], not_before=NOW + second)]


@case("C-AC-2", "the time judged for decides, also in the past")
def _(w):
    before = dict(options=dict(at=days(-30)))
    return [judged(type(w)(), "BAD", ["CERT_NOT_YET_VALID"], **before), judged(type(w)(), "GOOD", not_before=days(-40), **before)]


@case("C-AC-1 A-2.3-13", "a validity that is no GeneralizedTime is no attribute certificate")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify(not_after=der.utc_time(days(5))))
    return w.verify(mail, anchors=[office.root], expect="GOOD", codes=["PARSE"], options=["--attributes"],
                    json={"signers.0": lambda signer: "attributes" not in signer})


# --- targets ----------------------------------------------------------------------------------------------

TARGETS = x.target_information(x.target_name(gn.uri("http://Shop.example/orders")), x.target_group(gn.dns("buyers.example")),
                               x.target_name(gn.directory((("O", "Example"), ("CN", "Shop")))), x.target_name(gn.email("shop@example.org")))


@case("C-AC-2 C-AC-4", "one of the targets is the recipient, by any form of name, or a group of which it is one")
def _(w):
    mine = ["uri:http://shop.example:80/orders", "dns:BUYERS.example", "dn:CN=shop,O=EXAMPLE", "email:shop@EXAMPLE.org"]
    runs = [judged(type(w)(), "GOOD", targets=[one], extra=[TARGETS]) for one in mine]
    return runs + [judged(type(w)(), "GOOD", targets=["dns:nobody.example", mine[0]], extra=[TARGETS])]


@case("C-AC-2 C-AC-4", "who is not among the targets must not use it")
def _(w):
    others = ["uri:http://shop.example/other", "dns:shop.example", "dn:CN=Shop", "email:SHOP@example.org", "uri:buyers.example"]
    return [judged(type(w)(), "BAD", ["AC_TARGET"], targets=[one], extra=[TARGETS]) for one in others]


@case("C-AC-2", "who does not say who it is cannot know whether it is meant")
def _(w):
    return judged(w, "UNKNOWN", ["AC_TARGET"], extra=[TARGETS])


@case("C-AC-2", "without targets it is for everybody, whoever that is")
def _(w):
    return [judged(type(w)(), "GOOD", targets=["dns:x.example"]), judged(type(w)(), "GOOD")]


@case("C-AC-2", "several Targets count as one, an empty list targets nobody, a target certificate nobody either")
def _(w):
    office = Office(w)
    mine, certificate = x.target_name(gn.dns("x.example")), ac.issuer_serial(office.root.subject, 5)
    several = x.target_information(lists=[[x.target_name(gn.dns("y.example"))], [], [mine]])
    by_certificate = x.target_information(x.target_certificate(certificate, gn.dns("x.example")))
    return [judged(type(w)(), "GOOD", targets=["dns:x.example"], extra=[several]),
            judged(type(w)(), "BAD", ["AC_TARGET"], targets=["dns:x.example"], extra=[x.target_information()]),
            judged(type(w)(), "BAD", ["AC_TARGET"], targets=["dns:x.example"], extra=[by_certificate])]


@case("C-AC-2", "targets that are not critical are enforced all the same")
def _(w):
    lax = TARGETS.but(critical=False)
    return [judged(type(w)(), "BAD", ["AC_TARGET", "NONCONFORMING"], targets=["dns:x.example"], extra=[lax]),
            judged(type(w)(), "GOOD", ["NONCONFORMING"], targets=["dns:buyers.example"], extra=[lax])]


@case("C-AC-2", "a target that is no name is a wrong command line")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify())
    return [w.run(["verify", "--attributes", "--target", one, "message.eml"], {"message.eml": mail}, exit=2)
            for one in ("shop.example", "dns:", "dn:shop", "ip:10.0.0.1")]


# --- extensions and attributes ----------------------------------------------------------------------------

@case("C-AC-2 C-AC-4", "an extension that is critical and not known, or known only elsewhere")
def _(w):
    return [judged(type(w)(), "BAD", ["CRIT_UNKNOWN"], extra=[x.private(critical=True)]),
            judged(type(w)(), "BAD", ["CRIT_UNKNOWN"], extra=[x.key_usage("digitalSignature")]),
            judged(type(w)(), "BAD", ["CRIT_UNKNOWN"], extra=[x.private(oid="1.3.6.1.5.5.7.1.10", critical=True)]),
            judged(type(w)(), "GOOD", extra=[x.private(), x.audit_identity(b"case 7"), x.authority_key_identifier(b"x")])]


@case("C-AC-2", "a known extension that is malformed, or stands there twice")
def _(w):
    return [judged(type(w)(), "BAD", ["PARSE"], extra=[TARGETS.but(value=der.sequence(der.null()))]),
            judged(type(w)(), "BAD", ["PARSE"], extra=[x.audit_identity(b"").but(value=der.null())]),
            judged(type(w)(), "BAD", ["NONCONFORMING"], extra=[x.no_rev_avail()])]


@case("C-AC-1", "what breaks a rule without harm is told, and bad only by the strict profile")
def _(w):
    odd = [dict(attributes=[]), dict(attributes=[ac.group("a"), ac.group("b")]), dict(serial=0), dict(serial=-1), dict(serial=2**160),
           dict(attributes=[ac.attribute(ac.GROUP, der.null())]), dict(extra=[x.audit_identity(b"x", critical=False)])]
    return [judged(type(w)(), expect, ["NONCONFORMING"], options=dict(profile=profile, message="GOOD|WARN|BAD"), **one)
            for one in odd for profile, expect in (("default", "GOOD"), ("strict", "BAD"))]


@case("A-2.2-4 A-2.3-13 C-AC-1", "the usual attributes in words, others as octets")
def _(w):
    attributes = [ac.role(gn.uri("urn:role:boss")), ac.clearance("1.2.3", "secret"), ac.clearance_3281("1.2.3", "restricted"),
                  ac.charging_identity("12-34", authority=[gn.dns("pay.example")]),
                  ac.access_identity(ac.service(gn.dns("host.example"), gn.email("a@example.org"))),
                  ac.attribute("1.2.3.4", der.integer(5), der.utf8("text\x1b[31m"))]
    wanted = [["uniformResourceIdentifier:urn:role:boss"], ["secret (policy 1.2.3)"], ["restricted (policy 1.2.3)"],
              ["12-34 (dNSName:pay.example)"], ["rfc822Name:a@example.org at dNSName:host.example"], ["#020105", "text\\x1b[31m"]]
    office = Office(w)
    mail = office.mail(office.certify(attributes=attributes))
    at = "signers.0.attributes.0.attributes."
    return office.verify(mail, "GOOD", json={f"{at}{number}.values": one for number, one in enumerate(wanted)})


@case("A-2.2-4", "the text shows holder, issuer, validity, attributes and verdict")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify(attributes=[ac.group("staff", "board")], serial=0x77))
    return w.verify(mail, anchors=[office.root], expect="GOOD", reads_json=False, options=["--attributes", "--aa", "aa.crt"],
                    more_files={"aa.crt": office.authority}, first=["GOOD"],
                    contains=["Attribute certificate 77: GOOD", "of CN=Root,O=Example", "CN=Authority,O=Example", "group: staff",
                              "group: board", "2026-06-11T12:00:00Z"])
