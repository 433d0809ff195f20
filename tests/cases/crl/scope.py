# SPDX-License-Identifier: Apache-2.0
"""What a CRL covers: distribution points, kinds of certificates, reasons (RFC 5280, 4.2.1.13, 5.2.5, 6.3.3 b-e, l)."""

from pki import certificate, names
from pki import extensions as x
from pki import general_names as gn
from pki.times import days
from runner import case

HERE, THERE = [gn.uri("http://crl.example/here")], [gn.uri("http://crl.example/there")]
COMPROMISE = ["keyCompromise", "cACompromise"]
OTHERS = ["affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "privilegeWithdrawn", "aACompromise"]
idp, point = x.issuing_distribution_point, x.distribution_point


def pointing(*points):
    return dict(extra=[x.crl_distribution_points(*points)]) if points else {}


def scoped(w, scope, *points, listed=False, **ee):
    """An end entity with these distribution points, its CA having one CRL with this scope."""
    root, ca, alice = w.line(ee={**pointing(*points), **ee})
    w.crl(ca, [alice] if listed else [], extra=[scope] if scope else [])
    return alice


def covered(w, ee, **options):
    return w.path(ee, expect="GOOD", **options)


def uncovered(w, ee, **options):
    return w.path(ee, expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], forbid=["CERT_REVOKED"], **options)


# --- the name of the distribution point -------------------------------------------------------------------

@case("B-CRL-12", "the CRL's point equals the certificate's")
def _(w):
    return [covered(w, scoped(type(w)(), idp(HERE), point(HERE))),
            w.path(scoped(type(w)(), idp(HERE), point(HERE), listed=True), expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-12", "the CRL's point is another than the certificate's: not used, not even for a revocation")
def _(w):
    return [uncovered(w, scoped(type(w)(), idp(THERE), point(HERE))),
            uncovered(w, scoped(type(w)(), idp(THERE), point(HERE), listed=True))]


@case("B-CRL-12", "one name in common is enough")
def _(w):
    return [covered(w, scoped(type(w)(), idp(HERE), point(THERE + HERE))),
            covered(w, scoped(type(w)(), idp(THERE + HERE), point(HERE))),
            covered(w, scoped(type(w)(), idp(HERE), point(THERE), point(HERE)))]


@case("B-CRL-12", "a certificate without distribution points and a CRL for one of them")
def _(w):
    return uncovered(w, scoped(w, idp(HERE)))


@case("B-CRL-12", "a CRL outside of any distribution point covers who names its issuer as the point")
def _(w):
    ca_name = [gn.directory(names.example("CA"))]
    return [covered(w, scoped(type(w)(), idp(ca_name))), covered(w, scoped(type(w)(), idp(ca_name), point(ca_name)))]


@case("B-CRL-12", "a CRL without a scope covers a certificate with any distribution point")
def _(w):
    return covered(w, scoped(w, None, point(HERE)))


@case("B-CRL-12", "a directory name as point is compared as names are")
def _(w):
    one = [gn.directory((("O", "Example"), ("CN", "CRL 1")))]
    two = [gn.directory((("O", "EXAMPLE", "printable"), ("CN", "crl  1", "bmp")))]
    return covered(w, scoped(w, idp(one), point(two)))


@case("B-CRL-12", "names of different forms are different points")
def _(w):
    return uncovered(w, scoped(w, idp([gn.dns("crl.example")]), point([gn.uri("crl.example")])))


# --- cRLIssuer --------------------------------------------------------------------------------------------

def lister(w, issuer, name="Lists", **changes):
    """Somebody with a certificate for signing CRLs and nothing else."""
    usage = {"keyUsage": x.key_usage("cRLSign"), "extKeyUsage": None, **changes.pop("ext", {})}
    return w.certificate(name, issuer, ext=usage, **changes)


def delegated(w, scope, named=True, listed=(), name=None):
    """(end entity, lister): a distribution point that names another issuer, and that issuer's CRL."""
    root = w.root()
    ca, lists = w.ca("CA", root), lister(w, root)
    issuer = [gn.directory(name or lists.subject)] if named else None
    ee = w.end_entity("Alice", ca, **pointing(point(HERE, issuer=issuer)))
    w.crl(lists, listed, extra=[scope] if scope else [])
    w.made_crls.append(w.crl(root, register=False))
    return ee, ca, lists, root


def judge(w, made, **options):
    ee, ca, lists, root = made
    return w.path(ee, certs=[ca, lists], anchors=[root], crls=w.made_crls, **options)


@case("B-CRL-11", "a distribution point that names another CRL issuer, and its indirect CRL")
def _(w):
    return judge(w, delegated(w, idp(HERE, indirect=True)), expect="GOOD")


@case("B-CRL-11", "the other issuer's CRL does not say it is indirect: not used")
def _(w):
    return [judge(world, delegated(world, scope), expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])
            for world, scope in ((type(w)(), idp(HERE)), (type(w)(), None))]


@case("B-CRL-11", "a CRL of another issuer that the distribution point does not name: not used")
def _(w):
    world = type(w)()
    stranger = delegated(world, idp(HERE, indirect=True), name=names.example("Somebody Else"))
    return [judge(w, delegated(w, idp(HERE, indirect=True), named=False), expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"]),
            judge(world, stranger, expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])]


@case("B-CRL-11 B-CRL-12", "a distribution point with a CRL issuer and no name")
def _(w):
    root = w.root()
    ca, lists = w.ca("CA", root), lister(w, root)
    ee = w.end_entity("Alice", ca, **pointing(point(issuer=[gn.directory(lists.subject)])))
    upper = w.crl(root)
    nameless = w.crl(lists, extra=[idp(indirect=True)])
    named = w.crl(lists, extra=[idp([gn.directory(lists.subject)], indirect=True)])
    other = w.crl(lists, extra=[idp(THERE, indirect=True)])
    args = dict(certs=[ca, lists], anchors=[root])
    return [w.path(ee, crls=[nameless, upper], expect="GOOD", **args), w.path(ee, crls=[named, upper], expect="GOOD", **args),
            w.path(ee, crls=[other, upper], expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], **args)]


@case("B-CRL-11", "the CA's own CRL does not answer for a distribution point handed to another issuer")
def _(w):
    root = w.root()
    ca, lists = w.ca("CA", root), lister(w, root)
    ee = w.end_entity("Alice", ca, **pointing(point(HERE, issuer=[gn.directory(lists.subject)])))
    crls = [w.crl(root), w.crl(ca, extra=[idp(HERE)])]
    return w.path(ee, certs=[ca, lists], anchors=[root], crls=crls, expect="UNKNOWN|GOOD", forbid=["CERT_REVOKED"])


@case("B-CRL-11", "a cRLIssuer that is the certificate's own issuer hands nothing to anybody")
def _(w):
    root, ca, ee = w.line(ee=pointing(point(HERE, issuer=[gn.directory(names.example("CA"))])))
    upper = w.crl(root)
    return [w.path(ee, crls=[w.crl(ca, extra=[idp(HERE)]), upper], expect="GOOD"),
            w.path(ee, crls=[w.crl(ca, [ee], extra=[idp(HERE)]), upper], expect="BAD", codes=["CERT_REVOKED@0"])]


# --- kinds of certificates --------------------------------------------------------------------------------

@case("B-CRL-13", "a CRL for end entities answers for them and for no CA")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    ee = w.end_entity("Alice", root)
    crl = w.crl(root, extra=[idp(only_user=True)])
    low = w.end_entity("Bob", ca)
    return [w.path(ee, certs=[], anchors=[root], crls=[crl], expect="GOOD"),
            w.path(low, crls=[crl, w.crl(ca)], expect="UNKNOWN", codes=["REV_UNAVAILABLE@1"])]


@case("B-CRL-13", "a CRL for CAs answers for them and for no end entity")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    crl = w.crl(root, extra=[idp(only_ca=True)])
    return [w.path(w.end_entity("Alice", root), certs=[], anchors=[root], crls=[crl], expect="UNKNOWN",
                   codes=["REV_UNAVAILABLE@0"]),
            w.path(w.end_entity("Bob", ca), crls=[crl, w.crl(ca)], expect="GOOD")]


@case("B-CRL-13", "two CRLs of one CA, one for each kind")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    ee = w.end_entity("Alice", root)
    crls = [w.crl(root, [ee], number=1, extra=[idp(only_user=True)]), w.crl(root, number=2, extra=[idp(only_ca=True)])]
    return [w.path(ee, certs=[], anchors=[root], crls=crls, expect="BAD", codes=["CERT_REVOKED@0"]),
            w.path(w.end_entity("Bob", ca), crls=[*crls, w.crl(ca)], expect="GOOD")]


@case("B-CRL-13", "neither kind of CRL answers for a v1 certificate")
def _(w):
    v1 = dict(version=certificate.V1, extensions=None, email=None)
    return [uncovered(w, scoped(type(w)(), scope, **v1)) for scope in (idp(only_user=True), idp(only_ca=True))]


@case("B-CRL-13", "an end entity whose basicConstraints say no is an end entity, one without them is, too")
def _(w):
    plain = scoped(type(w)(), idp(only_user=True))
    spelt = scoped(type(w)(), idp(only_user=True), ext={"basicConstraints": x.basic_constraints(False)})
    return [covered(w, plain), covered(w, spelt)]


@case("B-CRL-13", "a CRL for attribute certificates is never used for certificates")
def _(w):
    return [uncovered(w, scoped(type(w)(), idp(only_attribute=True))),
            uncovered(w, scoped(type(w)(), idp(only_attribute=True), listed=True))]


@case("B-CRL-13", "a CRL that claims two kinds at once is not used")
def _(w):
    both = [idp(only_user=True, only_ca=True), idp(only_user=True, only_attribute=True), idp(only_ca=True, only_attribute=True)]
    return [w.path(scoped(type(w)(), one), expect="UNKNOWN", codes=["CRL_INVALID"]) for one in both]


# --- reasons ----------------------------------------------------------------------------------------------

def partial(w, *parts, **revoked):
    """An end entity whose CA has one CRL for each list of reasons; `revoked` says in which (by number) it is listed."""
    root, ca, ee = w.line()
    for number, reasons in enumerate(parts):
        reason = revoked.get(f"in_{number}")
        w.crl(ca, [w.revocation(ee, reason=reason)] if reason else [], number=number + 1, extra=[idp(reasons=reasons)])
    return ee


@case("B-CRL-14", "two CRLs that cover all reasons together are enough")
def _(w):
    return covered(w, partial(w, COMPROMISE, OTHERS))


@case("B-CRL-14", "one CRL for some of the reasons is not")
def _(w):
    return [uncovered(w, partial(type(w)(), COMPROMISE)), uncovered(w, partial(type(w)(), OTHERS)),
            uncovered(w, partial(type(w)(), COMPROMISE, OTHERS[:-1]))]


@case("B-CRL-14", "a revocation in one of them is enough")
def _(w):
    return [w.path(partial(type(w)(), COMPROMISE, in_0="keyCompromise"), expect="BAD", codes=["CERT_REVOKED@0"]),
            w.path(partial(type(w)(), COMPROMISE, OTHERS, in_1="superseded"), expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-14", "a CRL that adds no reason is passed over")
def _(w):
    return [covered(w, partial(type(w)(), COMPROMISE, COMPROMISE[:1], OTHERS)),
            uncovered(w, partial(type(w)(), COMPROMISE, COMPROMISE))]


@case("B-CRL-14", "distribution points for different reasons, each with its CRL")
def _(w):
    root, ca, ee = w.line(ee=pointing(point(HERE, reasons=COMPROMISE), point(THERE, reasons=OTHERS)))
    one = w.crl(ca, extra=[idp(HERE, reasons=COMPROMISE)])
    two = w.crl(ca, number=2, extra=[idp(THERE, reasons=OTHERS)])
    upper = w.crl(root)
    return [w.path(ee, crls=[one, two, upper], expect="GOOD"), uncovered(w, ee, crls=[one, upper]),
            uncovered(w, ee, crls=[two, upper])]


@case("B-CRL-14", "the reasons of the point limit a CRL that covers more")
def _(w):
    root, ca, ee = w.line(ee=pointing(point(HERE, reasons=COMPROMISE)))
    return uncovered(w, ee, crls=[w.crl(ca, extra=[idp(HERE)]), w.crl(root)])


@case("B-CRL-14", "an expired part leaves its reasons open")
def _(w):
    root, ca, ee = w.line()
    one = w.crl(ca, extra=[idp(reasons=COMPROMISE)])
    two = w.crl(ca, number=2, extra=[idp(reasons=OTHERS)], this_update=days(-40), next_update=days(-10))
    return w.path(ee, crls=[one, two, w.crl(root)], expect="UNKNOWN", any_codes=["REV_UNAVAILABLE@0", "CRL_EXPIRED@0"])


# --- the extension itself ---------------------------------------------------------------------------------

@case("B-CRL-20", "an issuingDistributionPoint that is not critical is processed all the same")
def _(w):
    return uncovered(w, scoped(w, idp(THERE, critical=False), point(HERE)))


@case("B-CRL-20", "an issuingDistributionPoint that is empty is told or refused")
def _(w):
    return w.path(scoped(w, idp()), expect="GOOD|UNKNOWN", any_codes=["NONCONFORMING", "CRL_INVALID"])


@case("B-CRL-20", "an issuingDistributionPoint nobody can read: the CRL is not used")
def _(w):
    broken = idp().but(value=b"\x04\x01x")
    return w.path(scoped(w, broken), expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-CRL-20 B-CRL-12", "a scope by a name form nobody fetches is compared, not ignored")
def _(w):
    odd = [gn.registered_id("1.2.3.4")]
    return [covered(w, scoped(type(w)(), idp(odd), point(odd))), uncovered(w, scoped(type(w)(), idp(odd), point(HERE)))]
