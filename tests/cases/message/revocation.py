# SPDX-License-Identifier: Apache-2.0
"""The status of a message's certificates: CRLs from the message and from elsewhere, old, junk, none (RFC 3850, 2.1, 4.1, 5)."""

from pki import cms, crl, der, mime
from pki import cms_attributes as at
from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import days, seconds
from runner import case

SIGNED = dict(signed="whole", signatures="GOOD", addresses="match")
GOOD = dict(expect="GOOD", only_codes=[], **SIGNED)
REVOKED = dict(expect="BAD", codes=["CERT_REVOKED@0"], **SIGNED)
FORMS = ("detached", "opaque")


def people(w):
    root = w.root()
    ca = w.ca("CA", root)
    return root, ca, w.end_entity("Alice", ca)


# --- CRLs in the message (A-2.1-6) ------------------------------------------------------------------------

@case("A-2.1-6 A-2.1-5", "the message is the only source: clean, revoking, and none")
def _(w):
    root, ca, alice = people(w)
    upper, clean, revoking = w.crl(root), w.crl(ca), w.crl(ca, [alice])
    runs = []
    for form in FORMS:
        runs += [w.verify(w.signed_mail(alice, form=form, crls=[clean, upper]), anchors=[root], crls="none", **GOOD),
                 w.verify(w.signed_mail(alice, form=form, crls=[revoking, upper]), anchors=[root], crls="none", **REVOKED),
                 w.verify(w.signed_mail(alice, form=form, crls=[revoking]), anchors=[root], crls="none", **REVOKED),
                 w.verify(w.signed_mail(alice, form=form), anchors=[root], crls="none", expect="UNKNOWN",
                          codes=["REV_UNAVAILABLE@0", "REV_UNAVAILABLE@1"], **SIGNED)]
    return runs


@case("A-2.1-6 C-CO-2", "CRLs alone in a message without signers: not signed")
def _(w):
    root, ca, alice = people(w)
    octets = cms.certs_only(crls=[w.crl(ca, [alice]).der, w.crl(root).der])
    mail = mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(octets, smime_type="certs-only", name="smime.p7c"))
    return [w.verify(mail, anchors=[root], expect="NONE", codes=["NOT_SIGNED"], signed="none"),
            w.show(octets, name="a.p7c", contains=["CRL"])]


@case("A-2.1-6 A-2.1-3", "version 1 CRLs in the message, with nextUpdate and without (MESSAGES 9)")
def _(w):
    root, ca, alice = people(w)
    upper = w.crl(root)
    old = dict(version=crl.V1)
    listing = [w.crl(ca, [alice], **old), w.crl(ca, [alice], next_update=None, **old)]
    runs = [w.verify(w.signed_mail(alice, crls=[one, upper]), anchors=[root], crls="none", **REVOKED) for one in listing]
    silent = w.crl(ca, next_update=None, **old)
    return runs + [
        w.verify(w.signed_mail(alice, crls=[w.crl(ca, **old), upper]), anchors=[root], crls="none", **GOOD),
        w.verify(w.signed_mail(alice, crls=[silent, upper]), anchors=[root], crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], **SIGNED),
        w.verify(w.signed_mail(alice, crls=[silent, upper]), anchors=[root], crls="none", options=["--crl-max-age", "3"],
                 expect="GOOD|WARN", **SIGNED),
        w.verify(w.signed_mail(alice, crls=[w.crl(ca, next_update=None, this_update=days(-4), **old), upper]), anchors=[root], crls="none",
                 options=["--crl-max-age", "3"], expect="UNKNOWN", **SIGNED)]


@case("A-4.2-4 A-2.1-6", "strangers' CRLs among them, which list every serial there is")
def _(w):
    root, ca, alice = people(w)
    strangers = [w.crl(w.root(f"Other {n}"), [alice.serial, ca.serial]) for n in range(40)]
    namesake = w.crl(w.root("CA", key="p256:Namesake"), [alice.serial], issuer_name=ca.subject)
    right = [w.crl(ca), w.crl(root)]
    mail = w.signed_mail(alice, crls=[*strangers[:20], right[0], *strangers[20:], right[1]])
    told = {**GOOD, "only_codes": None, "expect": "GOOD|WARN"}
    return [w.verify(mail, anchors=[root], crls="none", forbid=["CERT_REVOKED"], **GOOD),
            w.verify(w.signed_mail(alice, crls=[namesake, *right]), anchors=[root], crls="none", forbid=["CERT_REVOKED"], **told),
            w.verify(w.signed_mail(alice, crls=strangers), anchors=[root], crls=right, forbid=["CERT_REVOKED"], **GOOD),
            w.verify(w.signed_mail(alice, crls=strangers), anchors=[root], crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"],
                     forbid=["CERT_REVOKED"], **SIGNED)]


@case("A-4.2-4 C-CC-1", "a hundred CRLs in the message that cannot be read, and the right ones elsewhere")
def _(w):
    root, ca, alice = people(w)
    junk = [der.sequence(der.integer(n)) for n in range(50)] + [der.sequence(der.sequence(), der.null(), der.null())] * 50
    return w.verify(w.signed_mail(alice, crls=junk), anchors=[root], expect="GOOD|WARN", **SIGNED)


# --- the newest counts (A-5-4) ----------------------------------------------------------------------------

@case("A-5-4 E-28", "an older clean CRL planted in the message, the newer one elsewhere; and the other way round")
def _(w):
    root, ca, alice = people(w)
    upper = w.crl(root)
    old, new = w.crl(ca, number=4, this_update=days(-8)), w.crl(ca, [alice], number=5, this_update=days(-2))
    runs = []
    for inside, outside in (([old], [new]), ([new], [old]), ([old, new], []), ([new, old], []), ([], [old, new]), ([], [new, old])):
        mail = w.signed_mail(alice, crls=inside)
        runs.append(w.verify(mail, anchors=[root], crls=[*outside, upper], **REVOKED))
    return runs


@case("A-5-4 E-28", "a newer CRL from which the certificate is gone again: the newer one counts")
def _(w):
    root, ca, alice = people(w)
    upper = w.crl(root)
    old, new = w.crl(ca, [alice], number=4, this_update=days(-8)), w.crl(ca, number=5, this_update=days(-2))
    return [w.verify(w.signed_mail(alice, crls=inside), anchors=[root], crls=[*outside, upper], expect="GOOD|WARN", **SIGNED)
            for inside, outside in (([old], [new]), ([new], [old]))]


@case("A-5-4 A-5-5", "the claimed signing time does not choose the CRL")
def _(w):
    root, ca, alice = people(w)
    upper = w.crl(root)
    old = w.crl(ca, number=4, this_update=days(-40), next_update=days(-10))
    new = w.crl(ca, [w.revocation(alice, days(-20))], number=5, this_update=days(-5))
    before = w.signed_mail(alice, crls=[old], time=days(-30))
    return [w.verify(before, anchors=[root], crls=[new, upper], **REVOKED),
            w.verify(before, anchors=[root], crls=[upper], expect="UNKNOWN", codes=["CRL_EXPIRED@0"], **SIGNED)]


# --- the seven failures of section 5 that concern CRLs ----------------------------------------------------

@case("A-5-F3 A-5-2", "no CRL: unknown, and which certificate it is")
def _(w):
    root, ca, alice = people(w)
    upper, lower = w.crl(root), w.crl(ca)
    mail = w.signed_mail(alice)
    unknown = dict(anchors=[root], expect="UNKNOWN", exit=3)
    return [w.verify(mail, crls=[upper], only_codes=["REV_UNAVAILABLE"], codes=["REV_UNAVAILABLE@0"], forbid=["REV_UNAVAILABLE@1"], **unknown, **SIGNED),
            w.verify(mail, crls=[lower], only_codes=["REV_UNAVAILABLE"], codes=["REV_UNAVAILABLE@1"], forbid=["REV_UNAVAILABLE@0"], **unknown, **SIGNED),
            w.verify(mail, crls=[upper], reads_json=False, first=["UNKNOWN", "REV_UNAVAILABLE"], contains=["CN=Alice"], **unknown),
            w.verify(mail, crls=[lower], reads_json=False, first=["UNKNOWN", "REV_UNAVAILABLE"], contains=["CN=CA"], **unknown)]


@case("A-5-F4 A-5-3", "a CRL that is not valid is another thing than none: bad signature, unknown extension, garbage in its fields")
def _(w):
    root, ca, alice = people(w)
    upper = w.crl(root)
    junk = [w.crl(ca, signature_hook=flip), w.crl(ca, signer_key="p256:Somebody"), w.crl(ca, extra=[x.private(critical=True)]),
            w.crl(ca, this_update=days(36500), next_update=days(36600)), w.crl(ca, version=crl.V1, extensions=[x.crl_number(1)])]
    runs = []
    for one in junk:
        for inside, outside in (([one], []), ([], [one])):
            runs.append(w.verify(w.signed_mail(alice, crls=inside), anchors=[root], crls=[*outside, upper], expect="UNKNOWN",
                                 codes=["CRL_INVALID@0"], forbid=["CERT_REVOKED"], **SIGNED))
    return runs


@case("A-5-F4 A-5-2", "text: the CRL that is not valid stands in the first line; another source settles the status")
def _(w):
    root, ca, alice = people(w)
    upper, junk = w.crl(root), w.crl(ca, [alice], number=9, signature_hook=flip)
    good, revoking = w.crl(ca, number=5), w.crl(ca, [alice], number=5)
    mail = w.signed_mail(alice, crls=[junk])
    return [w.verify(mail, anchors=[root], crls=[upper], expect="UNKNOWN", exit=3, reads_json=False, first=["UNKNOWN", "CRL_INVALID"]),
            w.verify(mail, anchors=[root], crls=[upper, good], expect="GOOD|WARN", **SIGNED),
            w.verify(mail, anchors=[root], crls=[upper, revoking], **REVOKED)]


@case("A-5-F5 A-5-2", "an expired CRL: unknown; an entry in it counts all the same")
def _(w):
    root, ca, alice = people(w)
    upper = w.crl(root)
    stale = dict(this_update=days(-40), next_update=days(-10))
    clean, listing = w.crl(ca, **stale), w.crl(ca, [alice], **stale)
    mail = w.signed_mail(alice)
    return [w.verify(mail, anchors=[root], crls=[clean, upper], expect="UNKNOWN", exit=3, codes=["CRL_EXPIRED@0"], **SIGNED),
            w.verify(mail, anchors=[root], crls=[clean, upper], expect="UNKNOWN", reads_json=False, first=["UNKNOWN", "CRL_EXPIRED"]),
            w.verify(mail, anchors=[root], crls=[listing, upper], **REVOKED),
            w.verify(w.signed_mail(alice, crls=[clean]), anchors=[root], crls=[upper], expect="UNKNOWN", codes=["CRL_EXPIRED@0"], **SIGNED),
            w.verify(mail, anchors=[root], crls=[clean, w.crl(ca, number=2), upper], expect="GOOD|WARN", **SIGNED)]


@case("A-5-F5", "the last second of a CRL, and the first one after it")
def _(w):
    root, ca, alice = people(w)
    upper, lower = w.crl(root), w.crl(ca, next_update=seconds(0))
    mail = w.signed_mail(alice)
    return [w.verify(mail, anchors=[root], crls=[lower, upper], **GOOD),
            w.verify(mail, anchors=[root], crls=[lower, upper], at=seconds(1), expect="UNKNOWN", codes=["CRL_EXPIRED@0"], **SIGNED)]


@case("A-5-F6 A-5-2", "an expired certificate, of the signer and of the CA: which one is told")
def _(w):
    root = w.root()
    old_ca = w.ca("Old CA", root, not_after=days(-1))
    ca = w.ca("CA", root)
    old, young = w.end_entity("Alice", ca, not_after=seconds(-1)), w.end_entity("Bob", old_ca)
    edge = w.end_entity("Carol", ca, not_after=seconds(0))
    bad = dict(anchors=[root], expect="BAD", exit=1)
    return [w.verify(w.signed_mail(old), only_codes=["CERT_EXPIRED"], codes=["CERT_EXPIRED@0"], **bad, **SIGNED),
            w.verify(w.signed_mail(young), only_codes=["CERT_EXPIRED"], codes=["CERT_EXPIRED@1"], **bad, **SIGNED),
            w.verify(w.signed_mail(old), reads_json=False, first=["BAD", "CERT_EXPIRED"], contains=["2026-06-01T11:59:59Z"], **bad),
            w.verify(w.signed_mail(edge), anchors=[root], **GOOD)]


@case("A-5-F7 A-5-2", "a revoked certificate, of the signer and of the CA: date, reason and CRL number are told")
def _(w):
    root, ca, alice = people(w)
    entry = lambda who: w.revocation(who, days(-31), "keyCompromise")
    upper, lower = w.crl(root, number=17), w.crl(ca, number=23)
    bad_ca, bad_ee = w.crl(root, [entry(ca)], number=17), w.crl(ca, [entry(alice)], number=23)
    mail = w.signed_mail(alice)
    shown = ["2026-05-01", "keyCompromise"]
    return [w.verify(mail, anchors=[root], crls=[upper, bad_ee], contains=[*shown, "23"], **REVOKED),
            w.verify(mail, anchors=[root], crls=[bad_ca, lower], expect="BAD", codes=["CERT_REVOKED@1"], contains=[*shown, "17"], **SIGNED),
            w.verify(mail, anchors=[root], crls=[upper, bad_ee], expect="BAD", exit=1, reads_json=False, first=["BAD", "CERT_REVOKED"],
                     contains=[*shown, "23"])]


@case("A-5-F7", "each reason is named")
def _(w):
    root, ca, alice = people(w)
    upper, mail = w.crl(root), w.signed_mail(alice)
    reasons = [name for name in x.REASON_CODES if name != "removeFromCRL"]
    return [w.verify(mail, anchors=[root], crls=[upper, w.crl(ca, [w.revocation(alice, reason=one)])], contains=[one], **REVOKED) for one in reasons]


@case("A-1-1 A-5-2", "revoked: nothing else may be read from the first line, and no content is given out")
def _(w):
    root, ca, alice = people(w)
    w.crl(ca, [alice])
    mail = w.signed_mail(alice, text="The secret of the day\r\n")
    return w.verify(mail, anchors=[root], expect="BAD", exit=1, reads_json=False, first=["BAD", "CERT_REVOKED"], lacks=["secret of the day"])


# --- how hard a CRL is demanded (A-4.1-5, MESSAGES 14) ----------------------------------------------------

@case("A-2.1-5 A-4.1-5 E-27", "require, prefer and off")
def _(w):
    root, ca, alice = people(w)
    mail, stale = w.signed_mail(alice), w.crl(ca, this_update=days(-40), next_update=days(-10), register=False)
    bad = w.crl(ca, signature_hook=flip, register=False)
    none = dict(anchors=[root], crls="none")
    return [w.verify(mail, revocation="require", expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], **none, **SIGNED),
            w.verify(mail, revocation="prefer", expect="WARN", codes=["REV_UNAVAILABLE@0"], **none, **SIGNED),
            w.verify(mail, revocation="off", expect="WARN", only_codes=["REV_OFF"], **none, **SIGNED),
            w.verify(mail, anchors=[root], crls=[stale], revocation="prefer", expect="WARN", codes=["CRL_EXPIRED@0"], **SIGNED),
            w.verify(mail, anchors=[root], crls=[bad], revocation="prefer", expect="WARN|UNKNOWN", codes=["CRL_INVALID@0"], **SIGNED)]


@case("A-4.1-5 E-27", "prefer does not forgive what a CRL says")
def _(w):
    root, ca, alice = people(w)
    listing = w.crl(ca, [alice])
    mail = w.signed_mail(alice)
    return [w.verify(mail, anchors=[root], crls=[listing], revocation="prefer", **REVOKED),
            w.verify(mail, anchors=[root], crls=[listing], revocation="off", expect="WARN", codes=["REV_OFF"], forbid=["CERT_REVOKED"], **SIGNED)]


@case("A-2.1-5 A-5-F3", "a certificate without a distribution point is checked like any other")
def _(w):
    root = w.root()
    point = x.crl_distribution_points(x.distribution_point([gn.uri("http://c.example/a.crl")]))
    bare, pointing = w.end_entity("Bare", root), w.end_entity("Pointing", root, extra=[point])
    return [w.verify(w.signed_mail(one), anchors=[root], crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], **SIGNED)
            for one in (bare, pointing)]


# --- time (A-5-5, A-5-6, E-29, E-30) ----------------------------------------------------------------------

@case("A-5-6", "--at is the time judged for, and it is printed")
def _(w):
    root, ca, alice = people(w)
    mail = w.signed_mail(alice)
    return [w.verify(mail, anchors=[root], expect="GOOD", json={"time": "2026-06-01T12:00:00Z"}),
            w.verify(mail, anchors=[root], expect="GOOD", reads_json=False, contains=["2026-06-01T12:00:00Z"]),
            w.verify(mail, anchors=[root], at=days(-400), expect="BAD", codes=["CERT_NOT_YET_VALID@0"], json={"time": "2025-04-27T12:00:00Z"}),
            w.verify(mail, anchors=[root], at=days(4000), expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("A-5-5 E-29 E-30", "--at before the revocation: not yet revoked then; the claimed time alone changes nothing")
def _(w):
    root, ca, alice = people(w)
    later = w.crl(ca, [w.revocation(alice, days(-10))], this_update=days(-1))
    upper = w.crl(root, this_update=days(-60))
    mail = w.signed_mail(alice, time=days(-20))
    return [w.verify(mail, anchors=[root], crls=[later, upper], **REVOKED),
            w.verify(mail, anchors=[root], crls=[later, upper], at=days(-20), expect="GOOD|WARN|UNKNOWN", forbid=["CERT_REVOKED"], **SIGNED)]


@case("E-29", "a key that was compromised earlier than it was revoked: that date counts")
def _(w):
    root, ca, alice = people(w)
    entry = w.revocation(alice, days(-10), extensions=[x.reason_code("keyCompromise"), x.invalidity_date(days(-30))])
    later, upper = w.crl(ca, [entry], this_update=days(-1)), w.crl(root, this_update=days(-60))
    return w.verify(w.signed_mail(alice), anchors=[root], crls=[later, upper], at=days(-20), **REVOKED)


@case("E-30 A-5-5", "a countersignature with a claimed time saves nothing that was revoked or has expired")
def _(w):
    root, ca, alice = people(w)
    notary = w.end_entity("Notary", ca)
    part = mime.text()
    info = cms.signer_info(alice, part, time=days(-50))
    counter = at.countersignature(cms.countersign(notary, cms.signature_of(info), time=days(-40)))
    mail = w.signed_mail(alice, part=part, time=days(-50), unsigned=[counter], certs=[alice, notary, ca])
    w.crl(ca, [w.revocation(alice, days(-20))])
    return w.verify(mail, anchors=[root], **REVOKED)


@case("A-2.1-6 A-4.1-1 A-5-4", "the report tells which CRL decided and where it is from")
def _(w):
    root, ca, alice = people(w)
    upper, lower = w.crl(root), w.crl(ca, number=5)
    where = "signers.0.path.%d.revocation.crl.source"
    return [w.verify(w.signed_mail(alice, crls=[lower]), anchors=[root], crls=[upper], expect="GOOD",
                     json={where % 0: "message", where % 1: "given"}),
            w.verify(w.signed_mail(alice, crls=[lower]), anchors=[root], crls=[upper, lower], expect="GOOD",
                     json={where % 0: "given", where % 1: "given"})]
