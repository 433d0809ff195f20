# SPDX-License-Identifier: Apache-2.0
"""Indirect CRLs: entries of several issuers on one list (RFC 5280, 5.2.5, 5.3.3)."""

from pki import extensions as x
from pki import general_names as gn
from pki import names
from runner import case

INDIRECT = [x.issuing_distribution_point(indirect=True)]


class Group:
    """Two CAs, each with a certificate of serial 7, and the one who lists for both."""

    def __init__(self, w):
        self.w, self.root = w, w.root()
        self.one, self.two = w.ca("One", self.root), w.ca("Two", self.root)
        self.lists = w.certificate("Lists", self.root, ext={"keyUsage": x.key_usage("cRLSign"), "extKeyUsage": None})
        point = [x.crl_distribution_points(x.distribution_point(issuer=[gn.directory(self.lists.subject)]))]
        self.alice = w.end_entity("Alice", self.one, serial=7, extra=point)
        self.bob = w.end_entity("Bob", self.two, serial=7, extra=point)
        self.upper = w.crl(self.root)

    def entry(self, serial, issuer=None, **options):
        """An entry that names its issuer, or one that leaves it to the entry before."""
        extensions = [x.certificate_issuer(gn.directory(issuer.subject))] if issuer else []
        return self.w.revocation(serial, extensions=extensions, **options)

    def judge(self, who, entries, extra=None, **options):
        crl = self.w.crl(self.lists, entries, extra=INDIRECT if extra is None else extra)
        return self.w.path(who, certs=[self.one, self.two, self.lists], anchors=[self.root], crls=[crl, self.upper], **options)


REVOKED = dict(expect="BAD", codes=["CERT_REVOKED@0"])
GOOD = dict(expect="GOOD", forbid=["CERT_REVOKED"])


@case("B-CRL-15", "the same serial of two issuers: the one whose issuer is named is revoked")
def _(w):
    g = Group(w)
    return [g.judge(g.alice, [g.entry(7, g.one)], **REVOKED), g.judge(g.bob, [g.entry(7, g.one)], **GOOD)]


@case("B-CRL-15", "the issuer named carries forward to the entries behind")
def _(w):
    g = Group(w)
    entries = [g.entry(1, g.two), g.entry(2), g.entry(7)]
    return [g.judge(g.bob, entries, **REVOKED), g.judge(g.alice, entries, **GOOD)]


@case("B-CRL-15", "a second issuer named takes over from the first")
def _(w):
    g = Group(w)
    entries = [g.entry(1, g.two), g.entry(2), g.entry(3, g.one), g.entry(7)]
    return [g.judge(g.alice, entries, **REVOKED), g.judge(g.bob, entries, **GOOD)]


@case("B-CRL-15", "without any issuer named the CRL's own issuer is meant")
def _(w):
    g = Group(w)
    return [g.judge(g.alice, [g.entry(7)], **GOOD), g.judge(g.bob, [g.entry(7)], **GOOD)]


@case("B-CRL-15", "both issuers' certificates listed")
def _(w):
    g = Group(w)
    entries = [g.entry(7, g.one), g.entry(7, g.two)]
    return [g.judge(g.alice, entries, **REVOKED), g.judge(g.bob, entries, **REVOKED)]


@case("B-CRL-15 B-DN-4", "the issuer named is compared as names are")
def _(w):
    g = Group(w)
    other = names.dn(("O", "EXAMPLE", "printable"), ("CN", "one", "bmp"))
    entries = [w.revocation(7, extensions=[x.certificate_issuer(gn.directory(other))])]
    return [g.judge(g.alice, entries, **REVOKED), g.judge(g.bob, entries, **GOOD)]


@case("B-CRL-15", "one of several names of the issuer is enough")
def _(w):
    g = Group(w)
    members = x.certificate_issuer(gn.uri("http://one.example/"), gn.directory(g.one.subject))
    return g.judge(g.alice, [w.revocation(7, extensions=[members])], **REVOKED)


@case("B-CRL-15", "an issuer named in a CRL that is not indirect spoils it")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=7))
    entry = w.revocation(99, extensions=[x.certificate_issuer(gn.directory(ca.subject))])
    w.crl(ca, [entry])
    return w.path(ee, expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-CRL-15", "an issuer named in an extension that is not critical counts as well")
def _(w):
    g = Group(w)
    entries = [w.revocation(7, extensions=[x.certificate_issuer(gn.directory(g.two.subject), critical=False)])]
    return [g.judge(g.alice, entries, **GOOD), g.judge(g.bob, entries, **REVOKED)]


@case("B-CRL-15", "an issuer named without a directory name, or by no name at all, spoils the CRL")
def _(w):
    g = Group(w)
    spoilt = [x.certificate_issuer(gn.uri("http://one.example/")), x.certificate_issuer()]
    return [g.judge(g.alice, [w.revocation(99, extensions=[one])], expect="UNKNOWN|GOOD",
                    any_codes=["CRL_INVALID", "NONCONFORMING"]) for one in spoilt]


@case("B-CRL-15 B-CRL-11", "an indirect CRL of the CA itself answers for its own certificates")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=7))
    other = w.ca("Other", root)
    foreign = w.revocation(7, extensions=[x.certificate_issuer(gn.directory(other.subject))])
    own = w.revocation(7)
    upper = w.crl(root)
    return [w.path(ee, crls=[w.crl(ca, [foreign], extra=INDIRECT), upper], expect="GOOD"),
            w.path(ee, crls=[w.crl(ca, [own, foreign], extra=INDIRECT), upper], expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-15 E-9", "a hundred thousand entries of a thousand issuers")
def _(w):
    g = Group(w)
    entries = []
    for number in range(1000):
        entries.append(g.entry(1, None) if number % 2 else w.revocation(1, extensions=[
            x.certificate_issuer(gn.directory(names.example(f"CA {number}")))]))
        entries += [w.revocation(serial) for serial in range(2, 100) if serial != 7]
    return [g.judge(g.alice, entries, **GOOD), g.judge(g.alice, entries + [g.entry(7, g.one)], **REVOKED)]
