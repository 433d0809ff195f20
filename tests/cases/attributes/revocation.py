# SPDX-License-Identifier: Apache-2.0
"""Whether an attribute certificate is revoked: never announced, or by pointers (RFC 5755, 6; RFC 5280, 6.3)."""

from pki import extensions as x
from pki import general_names as gn
from pki import names
from pki.times import days
from runner import case
from runner.attributes import Office

POINT = x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/aa.crl")]))
OCSP = x.authority_info_access(("ocsp", gn.uri("http://ocsp.example/")))
ISSUERS = x.authority_info_access(("caIssuers", gn.uri("http://ca.example/")))
ONLY_ATTRIBUTES = x.issuing_distribution_point(only_attribute=True)


def judged(w, expect, codes=(), forbid=(), crl=None, extra=(POINT,), certify=None, verify=None):
    """An attribute certificate without noRevAvail; CRL(office, serial) makes CRLs beside the root's."""
    office = Office(w)
    serial = 4242
    crls = [w.crl(office.root)] + (crl(office, serial) if crl else [])
    mail = office.mail(office.certify(revocation=False, serial=serial, extra=list(extra), **(certify or {})))
    return office.verify(mail, expect, codes, forbid, crls=crls, **(verify or {}))


def listing(revoked=False, by=None, **changes):
    """The authority's CRL, with the attribute certificate on it or not."""
    return lambda office, serial: [office.w.crl(by(office) if by else office.authority, [serial] if revoked else [], **changes)]


@case("C-AC-3 C-AC-4", "noRevAvail: nobody will ever announce its revocation, and nobody looks")
def _(w):
    return judged(w, "GOOD", ["ANSWER"], ["REV_UNAVAILABLE"], extra=[x.no_rev_avail()])


@case("C-AC-3 C-AC-4", "neither noRevAvail nor a pointer, and no CRL at hand: rejected")
def _(w):
    return [judged(type(w)(), "BAD", ["REV_UNAVAILABLE"], extra=one) for one in ([], [ISSUERS])] + [
        judged(type(w)(), "BAD", ["REV_UNAVAILABLE"], extra=[], verify=dict(revocation="prefer"))]


@case("C-AC-3 C-AC-4", "noRevAvail and a pointer contradict each other")
def _(w):
    return [judged(type(w)(), "BAD", ["NONCONFORMING"], extra=[x.no_rev_avail(), one]) for one in (POINT, OCSP)] + [
        judged(type(w)(), "GOOD", [], ["NONCONFORMING"], extra=[x.no_rev_avail(), ISSUERS])]


@case("C-AC-3 C-AC-4", "a pointer to CRLs: not listed is good, listed is revoked, no CRL is unknown")
def _(w):
    return [judged(type(w)(), "GOOD", crl=listing()), judged(type(w)(), "BAD", ["CERT_REVOKED"], crl=listing(True)),
            judged(type(w)(), "UNKNOWN", ["REV_UNAVAILABLE"], ["CERT_REVOKED"])]


@case("C-AC-3", "a CRL of the issuer is asked whether or not something points to it")
def _(w):
    return [judged(type(w)(), "GOOD", crl=listing(), extra=[]), judged(type(w)(), "BAD", ["CERT_REVOKED"], crl=listing(True), extra=[])]


@case("C-AC-3", "what only OCSP could tell is not known")
def _(w):
    return judged(w, "UNKNOWN", ["REV_UNAVAILABLE"], extra=[OCSP])


@case("C-AC-3 C-CC-2", "the scope of the CRL: attribute certificates, or everything, but not other certificates")
def _(w):
    def scope(**flags):
        return [x.issuing_distribution_point(**flags)]
    return [judged(type(w)(), "GOOD", crl=listing(extra=scope(only_attribute=True))),
            judged(type(w)(), "BAD", ["CERT_REVOKED"], crl=listing(True, extra=scope(only_attribute=True))),
            judged(type(w)(), "UNKNOWN", ["REV_UNAVAILABLE"], ["CERT_REVOKED"], crl=listing(True, extra=scope(only_user=True))),
            judged(type(w)(), "UNKNOWN", ["REV_UNAVAILABLE"], ["CERT_REVOKED"], crl=listing(True, extra=scope(only_ca=True)))]


@case("C-CC-2 C-AC-3", "a CRL of attribute certificates is never applied to certificates")
def _(w):
    office = Office(w)
    crls = [w.crl(office.root), w.crl(office.root, [office.alice, office.authority], number=9, extra=[ONLY_ATTRIBUTES])]
    return [office.verify(office.mail(office.certify()), "GOOD", crls=crls),
            w.verify(office.mail(), anchors=[office.root], expect="GOOD", crls=crls, forbid=["CERT_REVOKED"]),
            w.verify(office.mail(), anchors=[office.root], expect="UNKNOWN", crls=crls[1:], codes=["REV_UNAVAILABLE@0"])]


@case("C-AC-3", "a CRL names attribute certificates of its own issuer only: the CA's numbers are others")
def _(w):
    office = Office(w)
    root_crl = w.crl(office.root, [4242])
    mail = office.mail(office.certify(revocation=False, serial=4242, extra=[POINT]))
    return office.verify(mail, "GOOD", crls=[root_crl, w.crl(office.authority)])


@case("C-AC-3", "the CRL must be current, signed by the issuer, and of a key that may sign CRLs")
def _(w):
    office = Office(type(w)(), authority=dict(ext={"keyUsage": x.key_usage("digitalSignature")}))
    forbidden = office.mail(office.certify(revocation=False, extra=[POINT]))
    return [judged(type(w)(), "UNKNOWN", ["CRL_EXPIRED"], crl=listing(this_update=days(-20), next_update=days(-10))),
            judged(type(w)(), "UNKNOWN", ["CRL_INVALID"], crl=listing(signer_key="p256:Mallory")),
            office.verify(forbidden, "UNKNOWN", ["CRL_INVALID"], crls=[office.w.crl(office.root), office.w.crl(office.authority)])]


@case("C-AC-3", "an indirect CRL of somebody else under the same anchor, where the pointer names it")
def _(w):
    def indirect(revoked):
        def make(office, serial):
            signer = office.w.ca("Lists", office.root)
            entries = [office.w.revocation(serial, extensions=[x.certificate_issuer(gn.directory(office.authority.subject))])]
            office.lists = signer
            return [office.w.crl(signer, entries=entries if revoked else [],
                                 extra=[x.issuing_distribution_point([gn.uri("http://crl.example/aa.crl")], indirect=True)])]
        return make
    named = x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/aa.crl")],
                                                           issuer=[gn.directory(names.example("Lists"))]))
    runs = []
    for revoked, expect, codes in ((False, "GOOD", []), (True, "BAD", ["CERT_REVOKED"])):
        office = Office(type(w)())
        crls = [office.w.crl(office.root)] + indirect(revoked)(office, 4242)
        mail = office.mail(office.certify(revocation=False, serial=4242, extra=[named]))
        runs.append(office.verify(mail, expect, codes, crls=crls, certs=[office.lists]))
    return runs


@case("C-AC-3", "a delta CRL revokes, and lifts a hold")
def _(w):
    def both(reason, then):
        def make(office, serial):
            w = office.w
            return [w.crl(office.authority, [w.revocation(serial, reason=reason)] if reason else [], number=5),
                    w.crl(office.authority, [w.revocation(serial, reason=then)], number=6, extra=[x.delta_crl_indicator(5)])]
        return make
    return [judged(type(w)(), "BAD", ["CERT_REVOKED"], crl=both(None, "superseded")),
            judged(type(w)(), "GOOD", crl=both("certificateHold", "removeFromCRL"))]


@case("C-AC-3", "revocation preferred, and off")
def _(w):
    return [judged(type(w)(), "WARN", ["REV_UNAVAILABLE"], verify=dict(revocation="prefer")),
            judged(type(w)(), "WARN", ["REV_OFF"], ["CERT_REVOKED"], crl=listing(True), verify=dict(revocation="off", message="WARN"))]


@case("C-AC-3", "the CRL that decided is named")
def _(w):
    at = "signers.0.attributes.0.revocation."
    return judged(w, "BAD", ["CERT_REVOKED"], crl=listing(True, number=7), verify=dict(json={
        at + "status": "revoked", at + "crl.issuer": "CN=Authority,O=Example", at + "crl.number": "07"}))


@case("C-AC-1", "more than one distribution point is told, and both count")
def _(w):
    two = x.crl_distribution_points(*(x.distribution_point([gn.uri(f"http://crl.example/{n}")]) for n in (1, 2)))
    return judged(w, "GOOD", ["NONCONFORMING"], crl=listing(), extra=[two])
