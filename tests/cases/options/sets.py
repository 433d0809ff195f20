# SPDX-License-Identifier: Apache-2.0
"""Certificates and CRLs as they come: any number, any order, any relation to the sender (RFC 3850, 2.3, 4.1, 4.2)."""

from pki import cms, der, sign
from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import days
from runner import case

FAKE = sign.fixed(sign.named("sha256-ecdsa").identifier, der.sequence(der.integer(1), der.integer(1)))


def stranger(w, number, issuer=None, **changes):
    """A certificate whose signature was never made: cheap, and of no use to anybody."""
    return w.certificate(f"Stranger {number}", issuer, key="p256:Stranger", scheme=FAKE, **changes)


def minimal(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    return root, top, sub, w.end_entity("Alice", sub)


@case("A-2.3-1", "the chain reversed, amid five hundred strangers and duplicates: the same verdict and path")
def _(w):
    root, top, sub, alice = minimal(w)
    crls = w.all_crls()
    strangers = [stranger(w, n, [None, sub, top, root][n % 4]) for n in range(500)]
    mixed = [*strangers[:200], top, top, *strangers[200:400], sub, root, *strangers[400:], alice, alice, sub]
    options = dict(anchors=[root], crls=crls, expect="GOOD", path=[alice, sub, top])
    return [w.verify(w.signed_mail(alice), **options), w.verify(w.signed_mail(alice, certs=mixed), **options),
            w.verify(w.signed_mail(alice, certs=mixed, data=dict(sort=True)), **options)]


@case("A-2.3-1 A-4.2-4", "CRLs of strangers in the message and the right one among them")
def _(w):
    root, top, sub, alice = minimal(w)
    strangers = [w.crl(w.root(f"Other {n}"), [alice.serial]) for n in range(50)]
    right = [w.crl(one) for one in (sub, top, root)]
    mail = w.signed_mail(alice, crls=[*strangers[:25], *right, *strangers[25:]])
    return w.verify(mail, anchors=[root], crls=[], expect="GOOD", forbid=["CERT_REVOKED"])


@case("A-2.1-6", "the message itself is the only source of CRLs")
def _(w):
    root, top, sub, alice = minimal(w)
    upper = [w.crl(top), w.crl(root)]
    clean, listing = w.crl(sub), w.crl(sub, [alice])
    return [w.verify(w.signed_mail(alice, crls=[clean, *upper]), anchors=[root], crls=[], expect="GOOD"),
            w.verify(w.signed_mail(alice, crls=[listing, *upper]), anchors=[root], crls=[], expect="BAD",
                     codes=["CERT_REVOKED@0"]),
            w.verify(w.signed_mail(alice), anchors=[root], crls=[], expect="UNKNOWN", codes=["REV_UNAVAILABLE"])]


@case("A-2.1-6 A-2.1-3", "a v1 CRL in the message lists the signer")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    crl = w.crl(root, [alice], version=0)
    return w.verify(w.signed_mail(alice, crls=[crl]), anchors=[root], crls=[], expect="BAD", codes=["CERT_REVOKED@0"])


@case("A-5-4 A-5-5 E-28", "a sender who plants an older clean CRL gains nothing")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    old = w.crl(root, number=4, this_update=days(-8))
    new = w.crl(root, [alice], number=5, this_update=days(-2))
    planted = w.signed_mail(alice, crls=[old], time=days(-7))
    return [w.verify(planted, anchors=[root], crls=[new], expect="BAD", codes=["CERT_REVOKED@0"]),
            w.verify(w.signed_mail(alice, crls=[new]), anchors=[root], crls=[old], expect="BAD", codes=["CERT_REVOKED@0"])]


@case("A-5-4 E-28", "junk among the message's CRLs does not hide the right one")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    junk = w.crl(root, number=99, signature_hook=flip)
    mail = w.signed_mail(alice, crls=[junk])
    return [w.verify(mail, anchors=[root], crls=[w.crl(root)], expect="GOOD|WARN"),
            w.verify(mail, anchors=[root], crls=[w.crl(root, [alice])], expect="BAD", codes=["CERT_REVOKED@0"]),
            w.verify(mail, anchors=[root], crls=[], expect="UNKNOWN", codes=["CRL_INVALID"])]


@case("A-5-F4", "what cannot be read as a CRL at all, in the place of one, is an invalid CRL and no missing one")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    broken = der.sequence(der.content(w.crl(root).der)[:-20])
    mail = w.signed_mail(alice, crls=[broken])
    return [w.verify(mail, anchors=[root], crls=[], expect="UNKNOWN", any_codes=["CRL_INVALID", "PARSE"]),
            w.verify(mail, anchors=[root], crls=[w.crl(root)], expect="GOOD|WARN")]


@case("A-2.3-4", "a message without certificates: the signer is given apart, or nowhere")
def _(w):
    root, top, sub, alice = minimal(w)
    mail = w.signed_mail(alice, certs="none")
    return [w.verify(mail, anchors=[root], certs=[alice, sub, top], expect="GOOD", path=[alice, sub, top]),
            w.verify(mail, anchors=[root], certs=[sub, top], expect="UNKNOWN", codes=["NO_SIGNER_CERT"])]


@case("A-2.3-4 C-SI-1", "the same with a signer named by key identifier")
def _(w):
    root, top, sub, alice = minimal(w)
    mail = w.signed_mail(alice, certs="none", sid="ski")
    return [w.verify(mail, anchors=[root], certs=[sub, alice, top], expect="GOOD"),
            w.verify(mail, anchors=[root], certs=[sub, top], expect="UNKNOWN", codes=["NO_SIGNER_CERT"])]


@case("A-4.2-5 A-4.2-6", "an intermediate from the message, one given apart, the CRLs from both")
def _(w):
    root, top, sub, alice = minimal(w)
    mail = w.signed_mail(alice, certs=[alice, sub], crls=[w.crl(sub), w.crl(root)])
    return [w.verify(mail, anchors=[root], certs=[top], crls=[w.crl(top)], expect="GOOD", path=[alice, sub, top]),
            w.verify(mail, anchors=[root], crls=[w.crl(top)], expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("A-2.3-8 A-2.3-9", "a root that arrives with the message is not trusted for it")
def _(w):
    own = w.root("Own Root")
    alice = w.end_entity("Alice", own)
    mail = w.signed_mail(alice, certs=[alice, own])
    return [w.verify(mail, anchors=[w.root("Other")], expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.verify(mail, certs=[own], anchors=[w.root("Other")], expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.verify(mail, anchors=[], expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("A-2.3-8", "a false root under the name of the true one changes nothing")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    false = w.root("Root", key="p256:False")
    mallory = w.end_entity("Alice", false, key="p256:Mallory")
    crls = [w.crl(root), w.crl(false)]
    return [w.verify(w.signed_mail(alice, certs=[false, alice]), anchors=[root], crls=crls, expect="GOOD"),
            w.verify(w.signed_mail(mallory, certs=[false, mallory]), anchors=[root], crls=crls, expect="UNKNOWN|BAD",
                     any_codes=["NO_TRUST_PATH", "SIG_BAD@0"])]


# --- great numbers ----------------------------------------------------------------------------------------

@case("A-2.3-6 E-9", "ten thousand certificates, two thousand of them under one issuer name")
def _(w):
    root, top, sub, alice = minimal(w)
    crls = w.all_crls()
    crowd = [stranger(w, n, sub if n < 2000 else None, extensions=None) for n in range(10000)]
    mail = w.signed_mail(alice, certs=[*crowd[:5000], sub, *crowd[5000:], alice, top])
    return w.verify(mail, anchors=[root], crls=crls, expect="GOOD", path=[alice, sub, top])


@case("A-2.3-6 E-9", "two thousand false CAs of the issuer's name before the right one")
def _(w):
    root, top, sub, alice = minimal(w)
    crls = w.all_crls()
    ext = {"subjectKeyIdentifier": None, "authorityKeyIdentifier": None}
    namesakes = [stranger(w, n, top, ca=True, subject=sub.subject, ext=ext) for n in range(2000)]
    lost = w.end_entity("Alice", sub, ext={"authorityKeyIdentifier": None})
    return [w.path(alice, certs=[*namesakes, sub, top], anchors=[root], crls=crls, expect="GOOD", path=[alice, sub, top]),
            w.path(lost, certs=[*namesakes, sub, top], anchors=[root], crls=crls, expect="GOOD|UNKNOWN",
                   forbid=["SIG_BAD"])]


def mesh(w, count):
    """CAs that have all certified each other: names differ, every signature is right."""
    cas = [w.root(f"Mesh {n}") for n in range(count)]
    return cas, [w.cross(a, b) for a in cas for b in cas if a is not b]


@case("A-2.3-6 E-9 B-IN-4", "a mesh of CAs that all certify each other, and no anchor: the search ends")
def _(w):
    root = w.root()
    cas, crossed = mesh(w, 16)
    alice = w.end_entity("Alice", cas[0])
    return w.path(alice, certs=crossed, anchors=[root], crls=[], expect="UNKNOWN", any_codes=["LIMIT", "NO_TRUST_PATH"])


@case("A-2.3-6 E-9 B-IN-4", "the same mesh with one way out to the anchor")
def _(w):
    root = w.root()
    cas, crossed = mesh(w, 12)
    alice = w.end_entity("Alice", cas[0])
    way_out = w.cross(cas[7], root)
    return w.path(alice, certs=[*crossed, way_out], anchors=[root], crls="off", expect="WARN|UNKNOWN",
                  forbid=["SIG_BAD", "CERT_REVOKED"])


@case("A-2.3-6 E-9 B-IN-4", "a thousand self-issued certificates of one name and key")
def _(w):
    root = w.root()
    top = w.root("Loop")
    loop = [w.self_issued(top, new_key=top.key, name=f"Loop {n}") for n in range(1000)]
    alice = w.end_entity("Alice", top)
    return w.path(alice, certs=loop, anchors=[root], crls=[], expect="UNKNOWN", any_codes=["LIMIT", "NO_TRUST_PATH"])


@case("A-2.3-6 E-9", "a ladder in which every step has two certificates, each path but one ending in an expired one")
def _(w):
    root = w.root()
    issuer, certs = root, []
    for step in range(20):
        one = w.ca(f"Step {step}", issuer, **({} if step else dict(not_after=days(-1))))
        two = w.ca(f"Step {step}", issuer, key=one.key)
        certs += [one, two]
        issuer = one
    alice = w.end_entity("Alice", issuer)
    return w.path(alice, certs=certs, anchors=[root], expect="GOOD|UNKNOWN", forbid=["SIG_BAD"])


@case("A-2.3-6 E-9", "a message with a thousand signers ends in a verdict")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    content = b"Content-Type: text/plain\r\n\r\nHello\r\n"
    infos = [cms.signer_info(alice, content)] * 1000
    mail = w.signed_mail(infos, "Alice <alice@example.com>", part=content, certs=[alice])
    return w.verify(mail, anchors=[root], expect="GOOD|WARN|UNKNOWN", forbid=["SIG_BAD"])


@case("A-2.3-11 A-2.3-12", "a message without key identifiers anywhere finds its path by names")
def _(w):
    bare = {"subjectKeyIdentifier": None, "authorityKeyIdentifier": None}
    root = w.root(ext=bare)
    sub = w.ca("Sub", root, ext=bare)
    alice = w.end_entity("Alice", sub, ext=bare)
    return w.verify(w.signed_mail(alice), anchors=[root], expect="GOOD", path=[alice, sub])


@case("A-4-7", "old and new certificate of the CA in one message, in either order")
def _(w):
    root = w.root()
    old = w.ca("CA", root, not_after=days(-5))
    new = w.ca("CA", root, key=old.key)
    alice = w.end_entity("Alice", old)
    return [w.verify(w.signed_mail(alice, certs=certs), anchors=[root], expect="GOOD", path=[alice, new])
            for certs in ([alice, old, new], [new, old, alice])]


@case("A-4.4-1 A-4.4-2 B-EXT-5", "every extension of RFC 5280 at once, in CA and end entity")
def _(w):
    everything = [x.issuer_alt_name(gn.uri("http://ca.example/")), x.subject_info_access(("caRepository", gn.uri("http://r/"))),
                  x.authority_info_access(("caIssuers", gn.uri("http://i.example/"))), x.private_key_usage_period(days(-1), days(1)),
                  x.freshest_crl(x.distribution_point([gn.uri("http://d.example/")])), x.private(),
                  x.crl_distribution_points(x.distribution_point([gn.uri("http://c.example/")])),
                  x.certificate_policies("2.5.29.32.0"),
                  x.subject_directory_attributes(("1.3.6.1.5.5.7.9.4", der.printable("XX")))]
    root = w.root()
    ca = w.ca("CA", root, extra=[*everything, x.name_constraints([gn.email("example.com")])])
    return w.path(w.end_entity("Alice", ca, extra=everything), expect="GOOD")


@case("A-4.2-1", "one command, no question: nothing is read from standard input and nothing weak is hidden")
def _(w):
    root = w.root(key="rsa1024-1")
    alice = w.end_entity("Alice", root)
    run = w.path(alice, expect="WEAK", codes=["WEAK_KEY"])
    run.stdin = b"y\ny\n"
    return run
