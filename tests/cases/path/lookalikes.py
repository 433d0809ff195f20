# SPDX-License-Identifier: Apache-2.0
"""Certificates that anybody can make: an intermediate's name, even its key, and a signature that its issuer never made.
What they say, and what is said of them, is nobody's word for a certificate below them or against it (RFC 5280 6.1.3 (a)(1))."""

from pki import der, oids, sign
from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import days
from runner import case

UNKNOWN_ALGORITHM = sign.fixed(der.sequence(der.oid(oids.PRIVATE_ALGORITHM)))
PROFILES = ("default", "strict", "legacy")
NOBODY_KNOWS = dict(expect="UNKNOWN", codes=["NO_TRUST_PATH"])
BOTH = ["NO_TRUST_PATH", "SIG_BAD"]
FALSE_CA = dict(expect="UNKNOWN", codes=["NO_TRUST_PATH@0", "SIG_BAD@1"], only_codes=BOTH)
REVOKED_SERIAL = 0x7777


def wrong(octets):
    return flip(octets, 40)


def lookalike(w, one, **changes):
    """The name of `one` and, unless told otherwise, its key under the same issuer, and a signature that nobody made."""
    given = dict(subject=one.subject, key=one.key)
    given.update(changes if "scheme" in changes else dict(signature_hook=wrong, **changes))
    return w.certificate(f"False {one.name}", one.issuer, ca=True, **given)


# What a lookalike may say of itself, or have said of it, that would be fatal in a certificate of a CA.
STATEMENTS = {
    "says nothing odd": {},
    "has expired": dict(not_after=days(-1)),
    "is not valid yet": dict(not_before=days(1)),
    "is no CA's": dict(ext={"basicConstraints": None}),
    "may not sign certificates": dict(ext={"keyUsage": x.key_usage("cRLSign")}),
    "excludes the addresses below it": dict(extra=[x.name_constraints(excluded=[gn.email("example.com")])]),
    "requires a policy": dict(extra=[x.policy_constraints(require=0)]),
    "has a critical extension that nobody knows": dict(extra=[x.private(critical=True)]),
    "has the serial number of a revoked certificate": dict(serial=REVOKED_SERIAL),
}


def crls_with_a_revoked_one(w, root, *cas):
    return [w.crl(root, [REVOKED_SERIAL]), *[w.crl(one) for one in cas]]


def add_statement(words, changes):
    @case("B-61a1 E-41 A-5-F2", f"a lookalike of an intermediate that {words}, instead of the real one: nobody knows")
    def _(w):
        root, ca, alice = w.line()
        false_ca, crls = lookalike(w, ca, **changes), crls_with_a_revoked_one(w, root, ca)
        brought, lacking = w.signed_mail(alice, certs=[alice, false_ca]), w.signed_mail(alice, certs=[alice])
        return [w.path(alice, certs=[false_ca], anchors=[root], crls=crls, **FALSE_CA),
                w.path(alice, certs=[], anchors=[root], crls=crls, **NOBODY_KNOWS),
                w.verify(brought, anchors=[root], crls=crls, **FALSE_CA),
                w.trust(root), w.put_in(*crls),
                w.judge_stored(brought, **FALSE_CA), w.judge_stored(lacking, **NOBODY_KNOWS),
                w.put_in(false_ca, options=["--force", "signature"]), w.judge_stored(lacking, **FALSE_CA),
                w.put_in(ca), w.judge_stored(lacking, expect="GOOD"), w.judge_stored(brought, expect="GOOD")]

    @case("B-61a1 E-41", f"a lookalike of an intermediate that {words}, beside the real one: it changes nothing")
    def _(w):
        root, ca, alice = w.line()
        false_ca, crls = lookalike(w, ca, **changes), crls_with_a_revoked_one(w, root, ca)
        revoked = [w.crl(root, [ca]), crls[1]]
        runs = []
        for certs in ([false_ca, ca], [ca, false_ca]):
            runs += [w.path(alice, certs=certs, anchors=[root], crls=crls, expect="GOOD", path=[alice, ca]),
                     w.verify(w.signed_mail(alice, certs=certs + [alice]), anchors=[root], crls=crls, expect="GOOD"),
                     w.path(alice, certs=certs, anchors=[root], crls=revoked, expect="BAD", codes=["CERT_REVOKED@1"])]
        return runs

    @case("B-ALG-8 E-41", f"a lookalike of an intermediate that {words}, under an algorithm that nobody knows: undecided, and no worse")
    def _(w):
        root, ca, alice = w.line()
        false_ca, crls = lookalike(w, ca, scheme=UNKNOWN_ALGORITHM, **changes), crls_with_a_revoked_one(w, root, ca)
        return [w.path(alice, certs=[false_ca], anchors=[root], crls=crls, expect="UNKNOWN", codes=["ALG_UNSUPPORTED@1"]),
                w.path(alice, certs=[false_ca, ca], anchors=[root], crls=crls, expect="GOOD", path=[alice, ca])]

    @case("A-5-F2 E-41", f"a lookalike of an intermediate that {words}, by an issuer that nobody knows: no path, and no worse")
    def _(w):
        root, ca, alice = w.line()
        false_ca = w.certificate("False CA", w.root("Elsewhere"), ca=True, subject=ca.subject, key=ca.key, **changes)
        return w.path(alice, certs=[false_ca], anchors=[root], crls="none", expect="UNKNOWN", codes=["NO_TRUST_PATH@1"],
                      only_codes=["NO_TRUST_PATH"], path=[alice, false_ca])


for _words, _changes in STATEMENTS.items():
    add_statement(_words, _changes)


@case("B-61a1 E-41", "a lookalike is nobody's certificate under any profile")
def _(w):
    root, ca, alice = w.line()
    return [w.path(alice, certs=[lookalike(w, ca, not_after=days(-1))], anchors=[root], profile=one, **FALSE_CA) for one in PROFILES]


@case("B-61a1 E-41", "a lookalike of the lower of two intermediates, or of the upper: the path ends below it")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    alice = w.end_entity("Alice", sub)
    false_sub, false_top = lookalike(w, sub), lookalike(w, top)
    return [w.path(alice, certs=[false_sub, top], anchors=[root], path=[alice, false_sub], **FALSE_CA),
            w.path(alice, certs=[sub, false_top], anchors=[root], expect="UNKNOWN", codes=["NO_TRUST_PATH@1", "SIG_BAD@2"], only_codes=BOTH,
                   path=[alice, sub, false_top]),
            w.path(alice, certs=[false_sub, false_top], anchors=[root], expect="UNKNOWN", only_codes=BOTH),
            w.path(alice, certs=[false_sub, false_top, sub, top], anchors=[root], expect="GOOD", path=[alice, sub, top])]


@case("B-61a1 E-41", "what is below a lookalike counts no more than it does: an expired certificate, a revoked one")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    old, sub = w.ca("Old", top, not_after=days(-1)), w.ca("Sub", top)
    crls = [w.crl(root), w.crl(top, [sub]), w.crl(sub), w.crl(old)]
    return [w.path(w.end_entity("Alice", one), certs=[one, lookalike(w, top)], anchors=[root], crls=crls,
                   expect="UNKNOWN", codes=["NO_TRUST_PATH@1", "SIG_BAD@2"], only_codes=BOTH) for one in (old, sub)]


@case("B-61a1 E-41", "a namesake of the intermediate with a key of its own and a false signature proves nothing either")
def _(w):
    root, ca, alice = w.line()
    namesakes = [lookalike(w, ca, key=f"p256:Namesake {n}") for n in range(6)]
    return [w.path(alice, certs=namesakes[:1], anchors=[root], **NOBODY_KNOWS),
            w.path(alice, certs=namesakes, anchors=[root], **NOBODY_KNOWS),
            w.path(alice, certs=[*namesakes, ca], anchors=[root], expect="GOOD")]


@case("B-ALG-8 E-41", "nor does a namesake under an algorithm that nobody knows, whose key did not make the signature below it")
def _(w):
    root, ca, alice = w.line()
    namesakes = [lookalike(w, ca, key=f"p256:Namesake {n}", scheme=UNKNOWN_ALGORITHM) for n in range(6)]
    return [w.path(alice, certs=namesakes[:1], anchors=[root], **NOBODY_KNOWS),
            w.path(alice, certs=namesakes, anchors=[root], **NOBODY_KNOWS),
            w.path(alice, certs=[*namesakes, ca], anchors=[root], expect="GOOD")]


@case("B-61a1 E-41", "an end entity's own false signature is bad where its issuer is proven, whatever lookalikes of that come along")
def _(w):
    root, ca, _ = w.line()
    alice = w.end_entity("Alice", ca, signature_hook=wrong)
    bad = dict(anchors=[root], expect="BAD", codes=["SIG_BAD@0"])
    crowds = [[], [lookalike(w, ca) for _ in range(6)], [lookalike(w, ca, key=f"p256:Namesake {n}") for n in range(6)],
              [lookalike(w, ca, scheme=UNKNOWN_ALGORITHM) for _ in range(6)]]
    runs = [w.path(alice, certs=certs, path=[alice, ca], **bad) for crowd in crowds for certs in ([*crowd, ca], [ca, *crowd])]
    return runs + [w.path(alice, certs=crowd, anchors=[root], **NOBODY_KNOWS) for crowd in crowds]


@case("B-61a3 E-41", "a CRL by the key of a lookalike cannot revoke what the real issuer issued")
def _(w):
    """The lookalike has the issuer's name and a key of its own, and certified the issuer's key: a rollover that never was."""
    root, ca, alice = w.line()
    usurper = lookalike(w, ca, key="p256:Usurper", scheme=UNKNOWN_ALGORITHM)
    rollover = w.certificate("Rollover", usurper, ca=True, subject=ca.subject, key=ca.key)
    real = [w.crl(root), w.crl(ca)]
    planted = w.crl(usurper, [alice], number=9)
    runs = []
    for certs in ([usurper, rollover, ca], [ca, rollover, usurper]):
        runs += [w.path(alice, certs=certs, anchors=[root], crls=[planted, *real], expect="GOOD", path=[alice, ca]),
                 w.verify(w.signed_mail(alice, certs=[alice, *certs], crls=[planted]), anchors=[root], crls=real, expect="GOOD")]
    return runs + [w.path(alice, certs=[usurper, rollover], anchors=[root], crls=[planted, *real], expect="UNKNOWN",
                          codes=["ALG_UNSUPPORTED@2"])]


@case("B-61a3 E-41", "nor what the real issuer's issuer did")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    alice = w.end_entity("Alice", sub)
    usurper = lookalike(w, top, key="p256:Usurper", scheme=UNKNOWN_ALGORITHM)
    rollover = w.certificate("Rollover", usurper, ca=True, subject=top.subject, key=top.key)
    real = [w.crl(one) for one in (root, top, sub)]
    planted = w.crl(usurper, [sub], number=9)
    return [w.path(alice, certs=certs, anchors=[root], crls=[planted, *real], expect="GOOD", path=[alice, sub, top])
            for certs in ([usurper, rollover, sub, top], [top, sub, rollover, usurper])]


@case("B-61a3 B-ALG-8", "whose issuer revoked it is revoked, even if nobody can verify the issuer's own certificate")
def _(w):
    root, ca, alice = w.line(ca=dict(scheme=UNKNOWN_ALGORITHM))
    return w.path(alice, crls=[w.crl(root), w.crl(ca, [alice])], expect="BAD", codes=["CERT_REVOKED@0", "ALG_UNSUPPORTED@1"])


@case("A-5-F6 A-5-3", "what a certificate says of itself counts, with a path or without one")
def _(w):
    root, ca, alice = w.line(ee=dict(not_after=days(-1)))
    expired = dict(anchors=[root], expect="BAD")
    return [w.path(alice, certs=[ca], codes=["CERT_EXPIRED@0"], **expired),
            w.path(alice, certs=[lookalike(w, ca)], codes=["CERT_EXPIRED@0", "NO_TRUST_PATH@0", "SIG_BAD@1"], **expired),
            w.path(alice, certs=[], codes=["CERT_EXPIRED@0", "NO_TRUST_PATH@0"], **expired)]


@case("B-ALG-1 E-41", "a lookalike with a DSA key, whose signature only the parameters of its issuer's key show to be false")
def _(w):
    from pki import keys
    bare = lambda name: dict(key=name, spki=keys.get(name).spki(b""))
    root = w.root(key="dsa2048-a")
    top = w.ca("Top", root, **bare("dsa2048-a"))
    ca = w.ca("CA", top, **bare("dsa2048-a"))
    alice = w.end_entity("Alice", ca)
    false_ca = w.certificate("False CA", top, ca=True, subject=ca.subject, signature_hook=wrong, not_after=days(-1), **bare("dsa2048-a"))
    return [w.path(alice, certs=[false_ca, top], anchors=[root], crls="off", expect="UNKNOWN", codes=["NO_TRUST_PATH@0", "SIG_BAD@1"]),
            w.path(alice, certs=[false_ca, top, ca], anchors=[root], crls="off", expect="GOOD|WARN|WEAK", path=[alice, ca, top])]


@case("E-39 E-41", "a lookalike of the issuer takes nothing from a certificate that the user bound to an address")
def _(w):
    root, ca, alice = w.line()
    mail = w.signed_mail(alice, certs=[alice, lookalike(w, ca)])
    return [w.trust(root), w.put_in(alice), w.run(["bind", "alice@example.com", alice.sha256]), w.judge_stored(mail, expect="WARN")]
