# SPDX-License-Identifier: Apache-2.0
"""What may stand beside the signer's certificate in a message (RFC 3850, 2.1 to 2.3; RFC 3852, 10.2.2)."""

from pki import attribute_certificate as ac
from pki import certificate, cms, der, mime, names, sign
from pki import extensions as x
from pki.certificate import flip
from pki.times import days
from runner import case


def alice_and_root(w):
    root = w.root()
    return w.end_entity("Alice", root, email="alice@example.com"), root


def with_elements(w, *elements, **options):
    """A mail of Alice with further elements in its certificates field."""
    alice, root = alice_and_root(w)
    made = [one(alice, root) if callable(one) else one for one in elements]
    return w.signed_mail(alice, certs=[alice, *made], **options), alice, root


def v1_ac(w):
    return lambda alice, root: cms.v1_attribute_certificate(ac.build_v1(
        subject_name=alice.subject, issuer_name=root.subject, signer_key=root.key, serial=5, not_before=days(-1),
        not_after=days(1)))


def v2_ac(w, **changes):
    return lambda alice, root: cms.v2_attribute_certificate(w.attribute_certificate(alice, root, **changes))


def extended(alice, root):
    return cms.extended_certificate(alice.cert)


@case("A-1.4-1 E-6 C-CC-1", "a version 1 attribute certificate is skipped and changes nothing")
def _(w):
    mail, alice, root = with_elements(w, v1_ac(w))
    return w.verify(mail, anchors=[root], expect="GOOD")


@case("A-2.2.1-1 E-7 C-CC-1", "a PKCS#6 extended certificate is skipped and changes nothing")
def _(w):
    mail, alice, root = with_elements(w, extended)
    return w.verify(mail, anchors=[root], expect="GOOD")


@case("A-2.2.1-1 E-7", "the certificate inside a PKCS#6 extended certificate is not taken out of it")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, certs=[cms.extended_certificate(alice.cert)])
    return w.verify(mail, anchors=[root], expect="UNKNOWN", codes=["NO_SIGNER_CERT"])


@case("A-2.2-4 A-2.3-13 A-2.3-14", "a version 2 attribute certificate changes nothing of the verdict")
def _(w):
    mail, alice, root = with_elements(w, v2_ac(w))
    return w.verify(mail, anchors=[root], expect="GOOD", json={"signers.length": 1})


@case("A-2.2-4 A-2.3-13", "holder, issuer, validity and attributes of a version 2 attribute certificate are shown")
def _(w):
    mail, alice, root = with_elements(w, v2_ac(w, attributes=[ac.group("accounting")]), form="opaque")
    return w.show(mail, name="message.eml", contains=["attribute certificate", "root", "accounting", "2026"])


@case("A-2.3-13", "a broken attribute certificate is told, and the rest of the message is not affected")
def _(w):
    broken = [der.implicit(2, der.sequence(der.integer(1), der.null())), cms.v2_attribute_certificate(der.sequence()),
              lambda alice, root: flip(v2_ac(w)(alice, root), -20)]
    runs = []
    for one in broken:
        mail, alice, root = with_elements(type(w)(), one)
        runs.append(w.verify(mail, anchors=[root], crls=[w.crl(root)], expect="GOOD|WARN"))
    return runs


@case("A-2.3-14", "no attribute certificate, expired or foreign, decides anything")
def _(w):
    mail, alice, root = with_elements(w, v2_ac(w, not_after=days(-5)), v2_ac(w, serial=99, issuer_name=names.example("Nobody")))
    return w.verify(mail, anchors=[root], expect="GOOD")


@case("C-CC-1 A-2.2-4 A-2.2.1-1 A-1.4-1", "one message with all five kinds of elements")
def _(w):
    mail, alice, root = with_elements(w, extended, v1_ac(w), v2_ac(w), cms.other_certificate(), data=dict(version=5))
    return [w.verify(mail, anchors=[root], expect="GOOD"),
            w.show(mail, name="message.eml", contains=["attribute certificate"])]


@case("C-CC-1 A-2.3-13", "elements with tags there are none for are told and skipped")
def _(w):
    mail, alice, root = with_elements(w, der.context(7, b"\x05\x00", constructed=True))
    return w.verify(mail, anchors=[root], expect="GOOD|WARN")


@case("C-CC-2", "complete CRL, delta CRL and another kind of revocation information in one message")
def _(w):
    alice, root = alice_and_root(w)
    crls = [w.crl(root, number=5), w.crl(root, number=6, extra=[x.delta_crl_indicator(5)]), cms.other_crl(),
            w.crl(root, [alice], number=9, extra=[x.issuing_distribution_point(only_attribute=True)])]
    mail = w.signed_mail(alice, crls=crls, data=dict(version=5))
    return w.verify(mail, anchors=[root], crls=[], expect="GOOD|WARN", forbid=["CERT_REVOKED"])


# --- identity certificates --------------------------------------------------------------------------------

@case("A-2.2-1 E-8", "a mail signed under a v1 certificate with an address in its subject")
def _(w):
    root = w.root()
    subject = names.dn(("CN", "Alice"), ("emailAddress", "alice@example.com"))
    alice = w.end_entity("Alice", root, subject=subject, version=certificate.V1, extensions=None)
    return w.verify(w.signed_mail(alice), anchors=[root], expect="GOOD", json={"signers.0.address.result": "match"})


@case("A-2.2-1 A-3-5", "a mail signed under a v1 certificate without any address")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, email=None, version=certificate.V1, extensions=None)
    mail = w.signed_mail(alice, "Alice <alice@example.com>")
    return w.verify(mail, anchors=[root], expect="WARN", codes=["NO_ADDR"], forbid=["ADDR_MISMATCH", "KU_FORBIDS"],
                    json={"signers.0.address.result": "none"})


@case("A-2.2-1", "a mail under a v1 anchor and a v3 certificate")
def _(w):
    root = w.root(version=certificate.V1, extensions=None)
    return w.verify(w.signed_mail(w.end_entity("Alice", root)), anchors=[root], expect="GOOD")


@case("A-2.2-3 A-3-1 A-3-5", "certificates with an address and without are both accepted")
def _(w):
    root = w.root()
    with_address, without = w.end_entity("Alice", root), w.end_entity("Bob", root, email=None)
    return [w.verify(w.signed_mail(with_address), anchors=[root], expect="GOOD"),
            w.verify(w.signed_mail(without, "Bob <bob@example.com>"), anchors=[root], expect="WARN", codes=["NO_ADDR"])]


@case("A-1-2", "a signer known by a bare key is no signer")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, sid="ski", certs="none")
    return w.verify(mail, anchors=[root], expect="UNKNOWN", codes=["NO_SIGNER_CERT"])


@case("A-1-1", "a revoked signer is never good, not even when everything else is")
def _(w):
    alice, root = alice_and_root(w)
    w.crl(root, [alice])
    return w.verify(w.signed_mail(alice), anchors=[root], expect="BAD", codes=["CERT_REVOKED@0"],
                    json={"signers.0.signature": "GOOD", "signers.0.verdict": "BAD"})


@case("A-1-4", "a message of S/MIME version 2: RSA, MD5, PKCS#7 1.5, the old types")
def _(w):
    root = w.root(key="rsa1024-1", scheme="md5-rsa")
    root.scheme = sign.named("md5-rsa")
    alice = w.end_entity("Alice", root, key="rsa1024-2")
    old = dict(content_type="application/x-pkcs7-mime", smime_type=None)
    opaque = w.signed_mail(alice, form="opaque", digest="md5", mime_options=old, data=dict(version=1))
    clear = w.signed_mail(alice, digest="md5", mime_options=dict(protocol="application/x-pkcs7-signature", micalg="md5"))
    return [w.verify(one, anchors=[root], expect="WEAK", codes=["WEAK_ALG", "WEAK_KEY"], json={"signers.0.signature": "GOOD"})
            for one in (opaque, clear)]


@case("A-1-4 A-4.3-1", "a message of S/MIME version 3: DSA with SHA-1")
def _(w):
    root = w.root(key="dsa1024-a/1")
    alice = w.end_entity("Alice", root, key="dsa1024-a/2")
    return w.verify(w.signed_mail(alice, digest="sha1"), anchors=[root], expect="WEAK", codes=["WEAK_ALG"],
                    json={"signers.0.signature": "GOOD"})


# --- no signers -------------------------------------------------------------------------------------------

@case("C-CO-2 C-CO-1", "certificates alone are not a signed message")
def _(w):
    alice, root = alice_and_root(w)
    for_all = w.fields("Alice <alice@example.com>")
    certs_only = mime.message(for_all, mime.opaque(cms.certs_only([alice.cert]), smime_type="certs-only", name="smime.p7c"))
    lying = mime.message(for_all, mime.opaque(cms.signed_data([], mime.text(), certificates=[alice.cert])))
    return [w.verify(one, anchors=[root], expect="NONE", json={"signed": "none"}) for one in (certs_only, lying)]


@case("C-CO-1", "certs-only objects are shown: certificates, CRLs, both, nothing")
def _(w):
    alice, root = alice_and_root(w)
    crl = w.crl(root, [0xABCDEF])
    return [w.show(cms.certs_only([alice.cert]), name="a.p7c", contains=["alice"]),
            w.show(cms.certs_only(crls=[crl.der]), name="a.p7c", contains=["abcdef"]),
            w.show(cms.certs_only([alice.cert, root.cert], [crl.der], ber=True), name="a.p7c", contains=["alice", "abcdef"]),
            w.show(cms.certs_only(), name="a.p7c")]
