# SPDX-License-Identifier: Apache-2.0
"""Which certificate is the signer's (RFC 5652, 5.3; RFC 3851, 2.6; RFC 5035; RFC 3850, 2.3)."""

from pki import cms, der, digests, mime, names
from pki import cms_attributes as at
from pki import extensions as x
from pki.certificate import flip
from pki.times import days
from runner import case

GOOD = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
NOBODY = dict(expect="UNKNOWN", codes=["NO_SIGNER_CERT"], signed="whole", signatures="UNKNOWN", addresses="none",
              json={"signers.0.certificate": None, "signers.0.path": []})
SIDS = ("issuer", "ski")


def alice_and_root(w, **changes):
    root = w.root()
    return w.end_entity("Alice", root, **changes), root


# --- the two ways of naming it ----------------------------------------------------------------------------

@case("C-SI-1 C-SD-2", "by issuer and serial (version 1), and by key identifier (version 3): the same signer")
def _(w):
    alice, root = alice_and_root(w)
    expected = dict(GOOD, path=[alice])
    return [w.verify(w.signed_mail(alice, sid=sid, form=form, version=version), anchors=[root], **expected)
            for sid, version in (("issuer", 1), ("ski", 3)) for form in ("detached", "opaque")]


@case("C-SI-1 C-SD-2", "a SignerInfo of a version that does not go with the way it names its signer")
def _(w):
    alice, root = alice_and_root(w)
    odd = dict(GOOD, codes=["NONCONFORMING"])
    return [w.verify(w.signed_mail(alice, sid="issuer", version=3), anchors=[root], **odd),
            w.verify(w.signed_mail(alice, sid="ski", version=1), anchors=[root], **odd),
            w.verify(w.signed_mail(alice, version=0), anchors=[root], **odd),
            w.verify(w.signed_mail(alice, version=3), anchors=[root], profile="strict", expect="BAD", codes=["NONCONFORMING"])]


@case("A-1-2 A-2.3-4", "no certificate at hand: nobody is the signer, however right the signature may be")
def _(w):
    alice, root = alice_and_root(w)
    other = w.end_entity("Bob", root)
    runs = []
    for sid in SIDS:
        mail = w.signed_mail(alice, sid=sid, certs="none")
        runs += [w.verify(mail, anchors=[root], **NOBODY), w.verify(mail, anchors=[root], certs=[other], **NOBODY),
                 w.verify(mail, anchors=[root], certs=[alice], **GOOD)]
    return runs


@case("A-1-2 A-5-2", "text: the missing certificate is named, and that nothing is known")
def _(w):
    alice, root = alice_and_root(w, serial=0x5EED)
    mail = w.signed_mail(alice, certs="none")
    return w.verify(mail, anchors=[root], expect="UNKNOWN", exit=3, reads_json=False, first=["UNKNOWN", "NO_SIGNER_CERT"],
                    contains=["5eed", "Root"])


@case("C-SI-1", "a key identifier is what the certificate says it is, computed in whatever way")
def _(w):
    root = w.root()
    odd = {"subjectKeyIdentifier": x.subject_key_identifier(b"any octets at all")}
    alice = w.end_entity("Alice", root, ext=odd)
    named = der.implicit(0, der.octet_string(b"any octets at all"))
    return [w.verify(w.signed_mail(alice, sid=named), anchors=[root], **GOOD),
            w.verify(w.signed_mail(alice, sid="ski"), anchors=[root], **NOBODY)]


@case("C-SI-1", "a certificate without a key identifier: found by that of its key or not at all, never bad")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, ext={"subjectKeyIdentifier": None})
    return w.verify(w.signed_mail(alice, sid="ski"), anchors=[root], expect="UNKNOWN|GOOD")


@case("C-SI-1", "a serial of 20 octets, of 40, negative, zero")
def _(w):
    root = w.root()
    runs = []
    for serial in (2 ** 159 - 1, 2 ** 300, -5, 0, 255, -1):
        alice = w.end_entity("Alice", root, serial=serial, key="p256:Alice")
        runs.append(w.verify(w.signed_mail(alice), anchors=[root], expect="GOOD", signatures="GOOD", path=[alice]))
    return runs


@case("C-SI-1", "serials that are equal only as unsigned numbers are not equal")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, serial=255)
    other = w.end_entity("Alice", root, serial=-1, key="p256:Alice")
    mail = w.signed_mail(alice, certs=[other])
    return w.verify(mail, anchors=[root], **NOBODY)


# --- the issuer's name (C-SI-3) ---------------------------------------------------------------------------

def sid_with(issuer, serial):
    return der.sequence(issuer, der.integer(serial))


@case("C-SI-3 E-22", "the issuer's name in another string type, other case, other blanks")
def _(w):
    alice, root = alice_and_root(w)
    spelt = [names.dn(("O", "Example", "printable"), ("CN", "Root", "printable")), names.dn(("O", "EXAMPLE"), ("CN", "root")),
             names.dn(("O", " Example "), ("CN", "Root", "bmp")), names.dn(("O", "Example", "teletex"), ("CN", "Root"))]
    return [w.verify(w.signed_mail(alice, sid=sid_with(one, alice.serial)), anchors=[root], **GOOD) for one in spelt]


@case("C-SI-3", "the issuer's name in another order, or with an attribute more or less")
def _(w):
    alice, root = alice_and_root(w)
    spelt = [names.dn(("CN", "Root"), ("O", "Example")), names.dn(("O", "Example")), names.dn(("O", "Example"), ("CN", "Root"), ("OU", "X")),
             names.EMPTY]
    return [w.verify(w.signed_mail(alice, sid=sid_with(one, alice.serial)), anchors=[root], **NOBODY) for one in spelt]


# --- several that fit (C-SI-2) ----------------------------------------------------------------------------

@case("C-SI-2", "a decoy with the same key identifier, before and behind the right one")
def _(w):
    alice, root = alice_and_root(w)
    same = {"subjectKeyIdentifier": x.subject_key_identifier(alice.ski)}
    decoy = w.end_entity("Decoy", root, ext=same)
    runs = []
    for certs in ([decoy, alice], [alice, decoy], [decoy, decoy, alice, decoy]):
        runs.append(w.verify(w.signed_mail(alice, sid="ski", certs=certs), anchors=[root], path=[alice], **GOOD))
    return runs


@case("C-SI-2", "fifty decoys with the same key identifier")
def _(w):
    alice, root = alice_and_root(w)
    same = {"subjectKeyIdentifier": x.subject_key_identifier(alice.ski)}
    decoys = [w.end_entity(f"Decoy {n}", root, ext=same) for n in range(50)]
    return w.verify(w.signed_mail(alice, sid="ski", certs=[*decoys, alice]), anchors=[root], path=[alice], **GOOD)


@case("C-SI-2", "a decoy with the same issuer and serial, before and behind the right one")
def _(w):
    alice, root = alice_and_root(w)
    decoy = w.end_entity("Decoy", root, serial=alice.serial)
    runs = []
    for certs in ([decoy, alice], [alice, decoy]):
        runs.append(w.verify(w.signed_mail(alice, certs=certs), anchors=[root], path=[alice], **GOOD))
    return runs


@case("C-SI-2", "only decoys: the signature is bad, and it is not lent to their names")
def _(w):
    alice, root = alice_and_root(w)
    by_key = w.end_entity("Bob", root, ext={"subjectKeyIdentifier": x.subject_key_identifier(alice.ski)})
    by_serial = w.end_entity("Carol", root, serial=alice.serial)
    bad = dict(anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")
    return [w.verify(w.signed_mail(alice, "<bob@example.com>", sid="ski", certs=[by_key]), addresses="match", **bad),
            w.verify(w.signed_mail(alice, "<carol@example.com>", certs=[by_serial]), addresses="match", **bad)]


@case("C-SI-2 A-2.3-1", "the signer's certificate twice, thrice, among its duplicates")
def _(w):
    alice, root = alice_and_root(w)
    return [w.verify(w.signed_mail(alice, certs=[alice] * count), anchors=[root], certs=[alice], **GOOD) for count in (1, 2, 3, 200)]


@case("C-SI-2", "two certificates of one key and key identifier: the one that is valid is taken")
def _(w):
    root = w.root()
    old = w.end_entity("Alice", root, not_after=days(-3))
    new = w.end_entity("Alice", root, key=old.key)
    return [w.verify(w.signed_mail(new, sid="ski", certs=certs), anchors=[root], path=[new], **GOOD)
            for certs in ([old, new], [new, old])]


@case("C-SI-2 A-3-11", "two certificates of one key, one with the sender's address: the other must not hide it")
def _(w):
    root = w.root()
    without = w.end_entity("Alice", root, email="other@example.org")
    fitting = w.end_entity("Alice", root, key=without.key)
    runs = []
    for certs in ([without, fitting], [fitting, without]):
        runs.append(w.verify(w.signed_mail(fitting, sid="ski", certs=certs), anchors=[root], expect="GOOD|BAD",
                             signatures="GOOD"))
    return runs


@case("C-SI-2", "a certificate of the right key from a CA that nobody trusts beside the true one")
def _(w):
    alice, root = alice_and_root(w)
    fake_root = w.root("Root", key="p256:Fake")
    fake = w.end_entity("Alice", fake_root, key=alice.key, serial=alice.serial)
    crls = [w.crl(root), w.crl(fake_root)]
    return [w.verify(w.signed_mail(alice, sid=sid, certs=certs), anchors=[root], crls=crls, path=[alice], **GOOD)
            for sid in SIDS for certs in ([fake, alice, fake_root], [fake_root, alice, fake])]


@case("C-SI-2 A-2.3-8", "an impostor's certificate with the true one's issuer, serial and key identifier, the true one beside it")
def _(w):
    alice, root = alice_and_root(w)
    fake_root = w.root("Root", key="p256:Fake")
    fake = w.end_entity("Alice", fake_root, key="p256:Impostor", serial=alice.serial,
                        ext={"subjectKeyIdentifier": x.subject_key_identifier(alice.ski)})
    info = [cms.signer_info(fake, mime.text(), sid=der.implicit(0, der.octet_string(alice.ski))), cms.signer_info(fake, mime.text())]
    crls = [w.crl(root), w.crl(fake_root)]
    return [w.verify(w.signed_mail([one], "<alice@example.com>", certs=certs), anchors=[root], crls=crls, expect="UNKNOWN|BAD",
                     any_codes=["NO_TRUST_PATH", "SIG_BAD"])
            for one in info for certs in ([fake, alice, fake_root], [alice, fake])]


@case("A-2.3-12 A-2.3-1", "two CAs of one name and two keys: every candidate is tried, whatever the key identifiers say")
def _(w):
    root = w.root()
    one, two = w.ca("CA", root), w.ca("CA", root, key="p256:Two")
    alice = w.end_entity("Alice", two)
    misled = w.end_entity("Alice", two, ext={"authorityKeyIdentifier": x.authority_key_identifier(one.ski)})
    silent = w.end_entity("Alice", two, ext={"authorityKeyIdentifier": None})
    return [w.verify(w.signed_mail(who, certs=certs), anchors=[root], path=[who, two], **GOOD)
            for who in (alice, misled, silent) for certs in ([who, one, two], [two, one, who])]


@case("A-2.3-12 B-AKI-1", "fifty CAs of one name: the right one is found first by its key identifier, and at all without")
def _(w):
    root = w.root()
    crowd = [w.ca("CA", root, key=f"p256:CA {n}") for n in range(50)]
    alice = w.end_entity("Alice", crowd[37])
    silent = w.end_entity("Alice", crowd[37], ext={"authorityKeyIdentifier": None}, key="p256:Silent")
    crls = [w.crl(root)] + [w.crl(one) for one in crowd]
    return [w.verify(w.signed_mail(who, certs=[*crowd, who]), anchors=[root], crls=crls, path=[who, crowd[37]], **GOOD)
            for who in (alice, silent)]


# --- what comes beside it ---------------------------------------------------------------------------------

@case("A-2.3-1", "certificates that sign each other in a circle")
def _(w):
    alice, root = alice_and_root(w)
    a, b = w.root("A"), w.root("B")
    ring = [w.cross(a, b), w.cross(b, a), a, b]
    lost = w.end_entity("Lost", a)
    return [w.verify(w.signed_mail(alice, certs=[*ring, alice]), anchors=[root], **GOOD),
            w.verify(w.signed_mail(lost, certs=[*ring, lost]), anchors=[root], expect="UNKNOWN", codes=["NO_TRUST_PATH"],
                     signatures="GOOD", addresses="match")]


@case("A-2.3-8", "a self-signed signer is not trusted because his certificate arrived")
def _(w):
    root = w.root()
    alice = w.certificate("Alice", None, emails=("alice@example.com",))
    mail = w.signed_mail(alice, "<alice@example.com>", certs=[alice])
    return [w.verify(mail, anchors=[root], crls="off", expect="UNKNOWN", codes=["NO_TRUST_PATH"], signatures="GOOD", addresses="match"),
            w.verify(mail, anchors=[], crls="off", expect="UNKNOWN", codes=["NO_TRUST_PATH"], signatures="GOOD")]


@case("A-2.3-8 A-2.3-9", "the sender's own root in the message: only --anchor makes an anchor, and it does so for this run")
def _(w):
    own, other = w.root("Own"), w.root("Other")
    alice = w.end_entity("Alice", own)
    mail = w.signed_mail(alice, certs=[alice, own])
    unknown = dict(expect="UNKNOWN", codes=["NO_TRUST_PATH"], signatures="GOOD", addresses="match")
    return [w.verify(mail, anchors=[other], **unknown), w.verify(mail, anchors=[other, own], **GOOD),
            w.verify(mail, anchors=[other], certs=[own], **unknown), w.verify(mail, anchors=[], certs=[own], **unknown)]


@case("A-1-1 A-4.2-3", "no step is left out before a signature is called good")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    people = {"expired": dict(not_after=days(-1)), "early": dict(not_before=days(1)), "forged": dict(signature_hook=flip)}
    runs = []
    for name, changes in people.items():
        signer = w.end_entity(name, ca, **changes)
        runs.append(w.verify(w.signed_mail(signer), anchors=[root], expect="BAD", signatures="GOOD", addresses="match",
                             any_codes=["CERT_EXPIRED@0", "CERT_NOT_YET_VALID@0", "SIG_BAD@0"]))
    revoked = w.end_entity("Revoked", ca)
    w.crl(ca, [revoked])
    return runs + [w.verify(w.signed_mail(revoked), anchors=[root], expect="BAD", codes=["CERT_REVOKED@0"], signatures="GOOD",
                            json={"signers.0.verdict": "BAD"})]


# --- what the signature says of its certificate (D-SIG-1, C-AT-5) ------------------------------------------

def ess(version, *certificates, **options):
    return (at.signing_certificate if version == 1 else at.signing_certificate_v2)(*certificates, **options)


@case("C-AT-5 D-SIG-1", "signingCertificate and signingCertificateV2 that name the certificate, with issuer and serial and without")
def _(w):
    alice, root = alice_and_root(w)
    chosen = [ess(1, alice), ess(2, alice), ess(1, alice, issuer_serial=False), ess(2, alice, issuer_serial=False),
              ess(2, alice, digest="sha512"), ess(2, alice, digest="sha384"), ess(2, alice, root)]
    return [w.verify(w.signed_mail(alice, add=[one]), anchors=[root], **GOOD) for one in chosen]


@case("C-AT-5 D-SIG-1", "both attributes at once")
def _(w):
    alice, root = alice_and_root(w)
    return w.verify(w.signed_mail(alice, add=[ess(1, alice), ess(2, alice)]), anchors=[root], **GOOD)


@case("C-AT-5 D-SIG-1", "another certificate with the same key in its place: bad")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    swapped = w.end_entity("Boss", root, key=alice.key, serial=alice.serial)
    bad = dict(anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD", addresses="match")
    return [w.verify(w.signed_mail(alice, "<boss@example.com>", certs=[swapped], add=[ess(version, alice)], sid=sid), **bad)
            for version in (1, 2) for sid in SIDS]


@case("C-AT-5 D-SIG-1 C-SI-2", "of two certificates with the same key the one that the attribute names is the signer's")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    boss = w.end_entity("Boss", root, key=alice.key, serial=alice.serial)
    runs = []
    for version in (1, 2):
        for certs in ([alice, boss], [boss, alice]):
            runs += [w.verify(w.signed_mail(alice, "<alice@example.com>", certs=certs, add=[ess(version, alice)]), anchors=[root],
                              path=[alice], **GOOD),
                     w.verify(w.signed_mail(alice, "<boss@example.com>", certs=certs, add=[ess(version, alice)]), anchors=[root],
                              expect="BAD", codes=["ADDR_MISMATCH"], signatures="GOOD", addresses="mismatch", path=[alice])]
    return runs


@case("C-AT-5", "an issuer and serial in the attribute that are not the certificate's: bad")
def _(w):
    root = w.root()
    alice, bob = w.end_entity("Alice", root), w.end_entity("Bob", root)
    wrong = der.sequence(der.octet_string(digests.digest("sha256", alice.cert)),
                         der.sequence(der.sequence(der.explicit(4, bob.issuer_name)), der.integer(bob.serial)))
    attribute = at.attribute("signingCertificateV2", der.sequence(der.sequence(wrong)))
    return w.verify(w.signed_mail(alice, add=[attribute]), anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")


@case("C-AT-5", "an attribute that names nobody, that cannot be read, that comes twice: not simply good")
def _(w):
    alice, root = alice_and_root(w)
    odd = [[at.attribute("signingCertificateV2", der.sequence(der.sequence()))], [at.attribute("signingCertificateV2", der.null())],
           [ess(2, alice), ess(2, alice)], [at.attribute("signingCertificateV2")]]
    return [w.verify(w.signed_mail(alice, add=one), anchors=[root], expect="UNKNOWN|BAD|WARN", any_codes=["PARSE", "SIG_BAD", "NONCONFORMING"])
            for one in odd]


@case("C-AT-5", "an unsigned copy of the attribute counts for nothing")
def _(w):
    root = w.root()
    alice, bob = w.end_entity("Alice", root), w.end_entity("Bob", root)
    return w.verify(w.signed_mail(alice, unsigned=[ess(2, bob)]), anchors=[root], codes=["NONCONFORMING"], **GOOD)
