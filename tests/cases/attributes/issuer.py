# SPDX-License-Identifier: Apache-2.0
"""Who issued an attribute certificate, and whether that is believed (RFC 5755, 4.2.3, 4.5, 5 and 7.4)."""

from pki import attribute_certificate as ac
from pki import cms, keys, names, sign
from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import days
from runner import case
from runner.attributes import Office


def by_authority(w, expect, codes=(), message="GOOD", **changes):
    """Everything is right but for CHANGES to the authority's certificate."""
    office = Office(w, authority=changes)
    return office.verify(office.mail(office.certify()), expect, codes, message=message)


def with_changes(w, expect, codes=(), **changes):
    """Everything is right but for CHANGES to the attribute certificate."""
    office = Office(w)
    return office.verify(office.mail(office.certify(**changes)), expect, codes)


@case("C-AC-2", "an issuer that nobody named as an attribute authority is not believed")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify())
    return [office.verify(mail, "UNKNOWN", ["AC_ISSUER@0"], authorities=[]),
            office.verify(mail, "UNKNOWN", ["AC_ISSUER@0"], authorities=[office.root]),
            office.verify(mail, "UNKNOWN", ["AC_ISSUER@0"], authorities=[office.make_authority("Other")])]


@case("C-AC-2", "to be an attribute authority is not to be an anchor: its path must hold")
def _(w):
    office = Office(w)
    stranger = office.make_authority("Stranger", w.root("Elsewhere"))
    alone = w.root("Alone", ext={"basicConstraints": None, "keyUsage": x.key_usage("digitalSignature")})
    return [office.verify(office.mail(office.certify(by=one)), "UNKNOWN", ["NO_TRUST_PATH"], ["AC_ISSUER@0"], authorities=[one])
            for one in (stranger, alone)]


@case("C-AC-2", "the certificate of the issuer is valid, not revoked, and free of what is unknown and critical")
def _(w):
    revoked = Office(w)
    w.crl(revoked.root, [revoked.authority])
    return [by_authority(type(w)(), "BAD", ["CERT_EXPIRED@0"], not_after=days(-1)),
            by_authority(type(w)(), "BAD", ["CERT_NOT_YET_VALID@0"], not_before=days(1)),
            by_authority(type(w)(), "BAD", ["CRIT_UNKNOWN@0"], extra=[x.private(critical=True)]),
            revoked.verify(revoked.mail(revoked.certify()), "BAD", ["CERT_REVOKED@0"])]


@case("C-AC-2", "an issuer of attribute certificates is no CA")
def _(w):
    ca = {"basicConstraints": x.basic_constraints(True), "keyUsage": x.key_usage("digitalSignature", "keyCertSign", "cRLSign")}
    return by_authority(w, "BAD", ["AC_ISSUER@0"], ext=ca)


@case("C-AC-2", "the key usage of the issuer must not forbid signatures")
def _(w):
    def usage(*bits):
        return {"ext": {"keyUsage": x.key_usage(*bits) if bits else None}}
    return [by_authority(type(w)(), "GOOD", **usage()), by_authority(type(w)(), "GOOD", **usage("nonRepudiation")),
            by_authority(type(w)(), "BAD", ["KU_FORBIDS@0"], **usage("keyAgreement")),
            by_authority(type(w)(), "BAD", ["KU_FORBIDS@0"], **usage("cRLSign"))]


@case("C-AC-2", "the issuer need not be fit for mail: no address, no emailProtection")
def _(w):
    return by_authority(w, "GOOD", ext={"extKeyUsage": x.ext_key_usage("clientAuth")})


@case("C-AC-2", "a signature that is wrong, of another key, or of other octets")
def _(w):
    return [with_changes(type(w)(), "BAD", ["SIG_BAD"], signature_hook=flip),
            with_changes(type(w)(), "BAD", ["SIG_BAD"], hook=lambda octets: octets.replace(b"staff", b"chief")),
            with_changes(type(w)(), "BAD", ["NONCONFORMING"], outer=sign.algorithm("sha384-ecdsa"))]


@case("C-AC-2", "of several certificates of one name the one that signed is the issuer")
def _(w):
    office = Office(w)
    old = office.make_authority("Old", subject=office.authority.subject)
    mail = office.mail(office.certify())
    return [office.verify(mail, "GOOD", authorities=[old, office.authority]),
            office.verify(mail, "UNKNOWN", ["AC_ISSUER@0"], authorities=[old]),
            office.verify(office.mail(office.certify(signer_key=old.key)), "GOOD", authorities=[office.authority, old])]


@case("C-AC-2", "the certificate of the issuer may come with --aa alone; without any there is no path")
def _(w):
    office = Office(w)
    mail = w.signed_mail(office.alice, certs=[office.alice, cms.v2_attribute_certificate(office.certify())])
    return [office.verify(mail, "GOOD"), office.verify(mail, "UNKNOWN", ["NO_TRUST_PATH"], authorities=[])]


@case("C-AC-2", "an authority below an intermediate CA")
def _(w):
    office = Office(w)
    middle = w.ca("Middle", office.root)
    authority = office.make_authority("Deep", middle)
    return office.verify(office.mail(office.certify(by=authority)), "GOOD", authorities=[authority], certs=[middle],
                         json={"signers.0.attributes.0.path.length": 2})


@case("C-AC-2 B-ALG-10", "weak arithmetic is told of attribute certificates as of others")
def _(w):
    office = Office(w, authority=dict(key="rsa2048-01"))
    short = Office(type(w)(), authority=dict(key="rsa1024-1"))
    return [office.verify(office.mail(office.certify(scheme="sha1-rsa")), "WEAK", ["WEAK_ALG"]),
            short.verify(short.mail(short.certify()), "WEAK", ["WEAK_KEY@0"])]


@case("C-AC-2", "an authority with a DSA key that inherits its parameters")
def _(w):
    office = Office(w, root=dict(key="dsa2048-a"), authority=dict(key="dsa2048-a/2", spki=keys.get("dsa2048-a/2").spki(b"")))
    return office.verify(office.mail(office.certify()), "GOOD")


@case("C-AC-1", "v1Form names the issuer as well, and is told")
def _(w):
    office = Office(w)
    mail = office.mail(office.certify(issuer=ac.v1_form(office.authority.subject)))
    return [office.verify(mail, "GOOD", ["NONCONFORMING"]),
            office.verify(mail, "BAD", ["NONCONFORMING"], profile="strict")]


@case("C-AC-1 C-AC-2", "an issuer that is not one distinguished name, or more than that")
def _(w):
    office = Office(w)
    base = ac.issuer_serial(office.root.subject, office.authority.serial)
    forms = [ac.v2_form(names=[]), ac.v2_form(names.EMPTY), ac.v2_form(names=[gn.dns("authority.example")]),
             ac.v2_form(names=[gn.directory(office.authority.subject), gn.dns("authority.example")]),
             ac.v2_form(office.authority.subject, base=base),
             ac.v2_form(office.authority.subject, digest=ac.object_digest(office.authority.cert))]
    return [office.verify(office.mail(office.certify(issuer=one)), "BAD", ["NONCONFORMING"]) for one in forms]


@case("C-AC-1 C-AC-2", "issuerUniqueID is that of the issuer's certificate")
def _(w):
    def run(expect, codes, mine, theirs):
        office = Office(type(w)(), authority=dict(subject_uid=theirs))
        return office.verify(office.mail(office.certify(issuer_uid=mine)), expect, codes)
    return [run("GOOD", [], b"\x01", b"\x01"), run("BAD", ["NONCONFORMING"], b"\x01", b"\x02"),
            run("BAD", ["NONCONFORMING"], b"\x01", None), run("GOOD", ["NONCONFORMING"], None, b"\x01")]


@case("C-AC-2", "aaControls: attributes that the issuer may not certify say nothing")
def _(w):
    def run(expect, codes, allowed, **controls):
        office = Office(type(w)(), authority=dict(extra=[x.aa_controls(critical=True, **controls)]))
        mail = office.mail(office.certify(attributes=[ac.group("staff"), ac.role(gn.uri("urn:role:boss"))]))
        return office.verify(mail, expect, codes, json={
            f"signers.0.attributes.0.attributes.{number}.permitted": one for number, one in enumerate(allowed)})
    return [run("GOOD", [], [True, True]), run("WARN", ["AC_ISSUER"], [True, False], excluded=[ac.ROLE]),
            run("WARN", ["AC_ISSUER"], [True, False], permitted=[ac.GROUP], unspecified=False),
            run("WARN", ["AC_ISSUER"], [False, False], unspecified=False)]


@case("C-AC-2", "aaControls of a CA: its path length counts the CAs down to the issuer")
def _(w):
    def run(expect, codes, limit):
        office = Office(type(w)())
        upper = office.w.ca("Upper", office.root, extra=[x.aa_controls(limit)])
        lower = office.w.ca("Lower", upper)
        authority = office.make_authority("Deep", lower)
        return office.verify(office.mail(office.certify(by=authority)), expect, codes, authorities=[authority], certs=[upper, lower])
    return [run("GOOD", [], None), run("GOOD", [], 1), run("BAD", ["PATHLEN@2"], 0)]
