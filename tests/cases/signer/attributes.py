# SPDX-License-Identifier: Apache-2.0
"""Signed and unsigned attributes: what ties a signature to its content, and what is only told (RFC 5652, 5.3, 5.4, 11;
RFC 8551, 2.5)."""

from pki import cms, der, digests, mime, oids, sign
from pki import cms_attributes as at
from pki.certificate import flip
from pki.times import at as moment
from pki.times import days
from runner import case

GOOD = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
ODD = dict(GOOD, codes=["NONCONFORMING"])
BAD = dict(expect="BAD", signed="whole", signatures="BAD", addresses="match")
PART = mime.text()
FORMS = ("detached", "opaque")


def alice_and_root(w):
    root = w.root()
    return w.end_entity("Alice", root), root


def add(ids, title, wanted, **options):
    """A mail of Alice whose SignerInfo is made with these options, clear-signed and opaque."""
    codes = options.pop("codes", None)
    wanted = dict(wanted, codes=codes) if codes else wanted

    @case(ids, title)
    def _(w):
        alice, root = alice_and_root(w)
        made = {name: value(alice) if callable(value) and name != "signature_hook" else value for name, value in options.items()}
        return [w.verify(w.signed_mail(alice, part=PART, form=form, **made), anchors=[root], **wanted) for form in FORMS]


DIGEST = digests.digest("sha256", PART)
OTHER_DIGEST = digests.digest("sha256", b"something else")

# --- contentType and messageDigest (C-SI-4, C-SI-5) -------------------------------------------------------
add("C-SI-4", "contentType and messageDigest alone", GOOD, time=None)
add("C-SI-4", "messageDigest is missing", BAD, drop=("messageDigest",), codes=["SIG_BAD"])
add("C-SI-4", "contentType is missing", BAD, drop=("contentType",), codes=["SIG_BAD"])
add("C-SI-4", "both are missing", BAD, drop=("contentType", "messageDigest"), codes=["SIG_BAD"])
add("C-SI-4", "an empty set of attributes", BAD, attributes=[], codes=["SIG_BAD"])
add("C-SI-4", "messageDigest twice, the same", BAD, add=[at.message_digest(DIGEST)], codes=["SIG_BAD"])
add("C-SI-4", "messageDigest twice, another first", BAD, attributes=[
    at.content_type(), at.message_digest(OTHER_DIGEST), at.message_digest(DIGEST)], codes=["SIG_BAD"])
add("C-SI-4", "contentType twice", BAD, add=[at.content_type()], codes=["SIG_BAD"])
add("C-SI-4", "messageDigest with two values", BAD, codes=["SIG_BAD"], replace={
    "messageDigest": at.attribute("messageDigest", der.octet_string(DIGEST), der.octet_string(OTHER_DIGEST))})
add("C-SI-4", "messageDigest with no value", BAD, codes=["SIG_BAD"], replace={"messageDigest": at.attribute("messageDigest")})
add("C-SI-4", "contentType with two values", BAD, codes=["SIG_BAD"], replace={
    "contentType": at.attribute("contentType", der.oid(oids.CONTENT["data"]), der.oid(oids.CONTENT["signedData"]))})
add("C-SI-4", "contentType with no value", BAD, codes=["SIG_BAD"], replace={"contentType": at.attribute("contentType")})
add("C-SI-4", "contentType names another type than the content has", BAD, codes=["SIG_BAD"],
    replace={"contentType": at.content_type("envelopedData")})
add("C-SI-4", "contentType is no OID", BAD, codes=["SIG_BAD"], replace={"contentType": at.attribute("contentType", der.utf8("data"))})
add("C-SI-4", "messageDigest is no OCTET STRING", BAD, codes=["SIG_BAD"],
    replace={"messageDigest": at.attribute("messageDigest", der.bit_string(DIGEST))})
add("C-SI-4 C-SI-5", "messageDigest of another content", BAD, codes=["DIGEST_MISMATCH"],
    replace={"messageDigest": at.message_digest(OTHER_DIGEST)})
add("C-SI-4 C-SI-5", "messageDigest is empty", BAD, codes=["DIGEST_MISMATCH"], replace={"messageDigest": at.message_digest(b"")})
add("C-SI-4 C-SI-5", "messageDigest cut short", BAD, codes=["DIGEST_MISMATCH"], replace={"messageDigest": at.message_digest(DIGEST[:16])})
add("C-SI-4 C-SI-5", "messageDigest with an octet more", BAD, codes=["DIGEST_MISMATCH"],
    replace={"messageDigest": at.message_digest(DIGEST + b"\0")})
add("C-SI-4", "messageDigest among the unsigned attributes only", BAD, drop=("messageDigest",), unsigned=[at.message_digest(DIGEST)],
    codes=["SIG_BAD"])


@case("C-SI-4", "the attributes are signed as SET OF: not with the [0] of the message, not as they are sorted there")
def _(w):
    alice, root = alice_and_root(w)
    mail = lambda **options: w.signed_mail(alice, part=PART, **options)
    return [w.verify(mail(order="reversed"), anchors=[root], **ODD),
            w.verify(mail(order="reversed", sign_as="sent"), anchors=[root], **ODD),
            w.verify(mail(sign_as="tagged"), anchors=[root], codes=["SIG_BAD"], **BAD),
            w.verify(mail(order="reversed"), anchors=[root], profile="strict", expect="BAD", codes=["NONCONFORMING"], signatures="GOOD")]


@case("C-SI-4 C-SD-1", "signed attributes sent in BER: signed as DER, judged as DER, and told")
def _(w):
    alice, root = alice_and_root(w)
    info = cms.signer_info(alice, PART)
    attributes = der.children(info)[3]
    rest = der.content(info).replace(attributes, der.indefinite(0xA0, der.content(attributes)))
    mail = w.signed_mail([der.sequence(rest)], "Alice <alice@example.com>", part=PART, certs=[alice])
    return w.verify(mail, anchors=[root], **ODD)


@case("C-SI-5", "a changed content, a changed attribute, a changed signature: which of them is told")
def _(w):
    alice, root = alice_and_root(w)
    info = cms.signer_info(alice, PART)
    changed = info.replace(b"260601120000Z", b"260601120001Z")
    both = dict(anchors=[root], **BAD)
    mail = lambda **options: w.signed_mail(alice, "Alice <alice@example.com>", part=PART, **options)
    return [w.verify(mail(alter=lambda part: part + b"x"), only_codes=["DIGEST_MISMATCH"], **both),
            w.verify(w.signed_mail([changed], "Alice <alice@example.com>", part=PART, certs=[alice]), only_codes=["SIG_BAD"], **both),
            w.verify(mail(signature_hook=lambda octets: flip(octets, len(octets) // 2)), only_codes=["SIG_BAD"], **both),
            w.verify(mail(alter=lambda part: part + b"x", signature_hook=lambda octets: flip(octets, len(octets) // 2)),
                     codes=["DIGEST_MISMATCH"], **both)]


@case("C-SI-5", "signatures of no octets, of zeros, cut, with more octets behind")
def _(w):
    alice, root = alice_and_root(w)
    hooks = [lambda octets: b"", lambda octets: bytes(len(octets)), lambda octets: octets[:-1], lambda octets: octets + b"\0",
             lambda octets: octets * 2]
    return [w.verify(w.signed_mail(alice, part=PART, signature_hook=one), anchors=[root], codes=["SIG_BAD"], **BAD) for one in hooks]


# --- no signed attributes (C-SI-6, E-34) ------------------------------------------------------------------
BARE = dict(expect="WARN", only_codes=["SIGNED_ATTRS_ABSENT"], signed="whole", signatures="GOOD", addresses="match")
add("C-SI-6 E-34", "no signed attributes over id-data: accepted, and told", BARE, attributes=None)


@case("C-SI-6 E-34", "no signed attributes, and the content changed")
def _(w):
    alice, root = alice_and_root(w)
    mail = w.signed_mail(alice, part=PART, attributes=None, alter=lambda part: part.replace(b"Hello", b"Hallo"))
    return w.verify(mail, anchors=[root], codes=["SIG_BAD", "SIGNED_ATTRS_ABSENT"], **BAD)


@case("C-SI-6 E-34", "no signed attributes over any other type than id-data: bad")
def _(w):
    alice, root = alice_and_root(w)
    runs = []
    for kind in ("signedData", "receipt", "1.3.6.1.4.1.32473.5.1"):
        octets = w.signature(PART, alice, detached=False, attributes=None, content_type=kind)
        mail = mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(octets))
        runs.append(w.verify(mail, anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD"))
    return runs


@case("C-SI-4 C-SI-6", "another type than id-data with signed attributes: verified as what it is")
def _(w):
    alice, root = alice_and_root(w)
    octets = w.signature(PART, alice, detached=False, content_type="1.3.6.1.4.1.32473.5.1")
    return w.verify(octets, name="message.p7m", anchors=[root], expect="GOOD|WARN", signatures="GOOD")


@case("C-SI-6", "old signed attributes moved into the content of a message without: bad, detached and opaque")
def _(w):
    alice, root = alice_and_root(w)
    info = cms.signer_info(alice, PART)
    attributes = der.tlv(der.SET, der.content(der.children(info)[3]))
    bare = der.sequence(*(one for one in der.children(info) if one[0] != 0xA0))
    from_alice = "Alice <alice@example.com>"
    opaque = cms.signed_data([bare], attributes, certificates=[alice.cert])
    shown = mime.multipart_signed(attributes, cms.signed_data([bare], certificates=[alice.cert]))
    mails = [mime.message(w.fields(from_alice), mime.opaque(opaque)), mime.message(w.fields(from_alice), shown)]
    return [w.verify(mails[0], anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD"),
            w.verify(mails[1], anchors=[root], expect="BAD|UNKNOWN", signatures="BAD"),
            w.verify(opaque, name="message.p7m", anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")]


@case("C-SI-6", "signed attributes taken away from a message that had them: bad")
def _(w):
    alice, root = alice_and_root(w)
    info = cms.signer_info(alice, PART)
    bare = der.sequence(*(one for one in der.children(info) if one[0] != 0xA0))
    mail = w.signed_mail([bare], "Alice <alice@example.com>", part=PART, certs=[alice])
    return w.verify(mail, anchors=[root], codes=["SIG_BAD"], **BAD)


# --- one digest, protected identifiers (C-SI-8) -----------------------------------------------------------
ECDSA256, SHA256 = sign.named("sha256-ecdsa").identifier, digests.identifier("sha256")
add("C-SI-8 D-ALG-8", "algorithm protection that agrees", GOOD, add=[at.algorithm_protection(SHA256, ECDSA256)])
add("C-SI-8 D-ALG-8", "another signature algorithm was protected", BAD, codes=["SIG_BAD"],
    add=[at.algorithm_protection(SHA256, sign.named("sha512-ecdsa").identifier)])
add("C-SI-8 D-ALG-8", "another digest algorithm was protected", BAD, codes=["SIG_BAD"],
    add=[at.algorithm_protection(digests.identifier("sha512"), ECDSA256)])
add("C-SI-8 D-ALG-8", "protection that comes twice", BAD, codes=["SIG_BAD"], add=[at.algorithm_protection(SHA256, ECDSA256)] * 2)
add("C-SI-8 D-ALG-8", "protection that cannot be read", BAD, codes=["SIG_BAD"], add=[at.attribute("algorithmProtection", der.null())])
add("C-SI-8", "an unsigned copy of the protection protects nothing", ODD, unsigned=[at.algorithm_protection(digests.identifier("md5"), ECDSA256)])
add("C-SI-8", "the signature algorithm has another digest than the content: one is the rule", BAD, codes=["SIG_BAD"],
    scheme="sha512-ecdsa")
add("C-SI-8", "the digest identifier was exchanged behind the signature", dict(BAD, signatures="BAD"), digest="sha256",
    digest_identifier=digests.identifier("sha512"), codes=["DIGEST_MISMATCH"])
add("C-SI-8", "the signature identifier was exchanged behind the signature", BAD, signature_identifier=sign.named("sha384-ecdsa").identifier,
    codes=["SIG_BAD"])

# --- signingTime (C-AT-1, A-5-5) --------------------------------------------------------------------------


def claimed(text):
    return {"signers.0.claimed_time": text}


@case("C-AT-1", "signingTime in both forms is shown as claimed")
def _(w):
    alice, root = alice_and_root(w)
    forms = [(moment(2026, 5, 31, 10), "2026-05-31T10:00:00Z"), (moment(2051, 1, 1), "2051-01-01T00:00:00Z"),
             (moment(1999, 12, 31, 23, 59, 59), "1999-12-31T23:59:59Z")]
    return [w.verify(w.signed_mail(alice, time=one), anchors=[root], json=claimed(text), **GOOD) for one, text in forms]


@case("C-AT-1", "text: the claimed time is shown, and called claimed")
def _(w):
    alice, root = alice_and_root(w)
    return w.verify(w.signed_mail(alice, time=moment(2026, 5, 31, 10)), anchors=[root], expect="GOOD", reads_json=False,
                    contains=["2026-05-31T10:00:00Z", "claimed"])


@case("C-AT-1", "no signingTime, two of them, two values, a text in its place: no claimed time, and no harm")
def _(w):
    alice, root = alice_and_root(w)
    time = at.signing_time(days(-1))
    two_values = at.attribute("signingTime", der.time(days(-1)), der.time(days(-2)))
    text = at.attribute("signingTime", der.utf8("yesterday"))
    return [w.verify(w.signed_mail(alice, time=None), anchors=[root], json=claimed(None), **GOOD)] + [
        w.verify(w.signed_mail(alice, time=None, add=one), anchors=[root], json=claimed(None), **ODD)
        for one in ([time, at.signing_time(days(-2))], [two_values], [text])]


@case("C-AT-1", "a GeneralizedTime for a year that UTCTime holds: shown, and told")
def _(w):
    alice, root = alice_and_root(w)
    time = at.attribute("signingTime", der.generalized_time(moment(2026, 5, 31)))
    return w.verify(w.signed_mail(alice, time=None, add=[time]), anchors=[root], json=claimed("2026-05-31T00:00:00Z"), **ODD)


@case("C-AT-1", "an unsigned signingTime claims nothing")
def _(w):
    alice, root = alice_and_root(w)
    return w.verify(w.signed_mail(alice, time=None, unsigned=[at.signing_time(days(-1))]), anchors=[root], json=claimed(None), **ODD)


@case("A-5-5 E-30 C-AT-1", "the claimed time proves nothing: neither an expired certificate nor one that is not yet valid")
def _(w):
    root = w.root()
    expired = w.end_entity("Old", root, not_before=days(-100), not_after=days(-10))
    early = w.end_entity("Young", root, not_before=days(10))
    return [w.verify(w.signed_mail(expired, time=days(-50)), anchors=[root], expect="BAD", codes=["CERT_EXPIRED@0"], signatures="GOOD"),
            w.verify(w.signed_mail(early, time=days(20)), anchors=[root], expect="BAD", codes=["CERT_NOT_YET_VALID@0"], signatures="GOOD"),
            w.verify(w.signed_mail(expired, time=days(500)), anchors=[root], at=days(-50), expect="GOOD", signatures="GOOD")]


# --- attributes for others (C-AT-2, C-AT-3) ---------------------------------------------------------------
RC2_40 = at.capability("rc2", der.integer(40))
ALL = [at.capability("aes256-cbc"), at.capability("aes128-cbc"), at.capability("tripleDES"), RC2_40,
       at.capability("1.3.6.1.4.1.32473.6.9", der.utf8("nobody knows this"))]
add("C-AT-2", "capabilities, known and unknown, with parameters", GOOD, add=[at.smime_capabilities(*ALL)])
add("C-AT-2", "no capability in the list", GOOD, add=[at.attribute("smimeCapabilities", der.sequence())])
add("C-AT-2", "capabilities twice: none of them counts", ODD, add=[at.smime_capabilities(), at.smime_capabilities(RC2_40)])
add("C-AT-2", "capabilities with two values", ODD, add=[at.attribute("smimeCapabilities", der.sequence(), der.sequence(RC2_40))])
add("C-AT-2", "capabilities that cannot be read", ODD, add=[at.attribute("smimeCapabilities", der.utf8("AES"))])
add("C-AT-2", "an unsigned copy is ignored", ODD, unsigned=[at.smime_capabilities(RC2_40)])


@case("C-AT-2", "the dump shows each capability, and RC2 with its bits")
def _(w):
    alice, _ = alice_and_root(w)
    octets = w.signature(PART, alice, add=[at.smime_capabilities(*ALL)])
    return w.show(octets, contains=["aes256", "rc2", "40", "1.3.6.1.4.1.32473.6.9"])


@case("C-AT-3", "the encryption key preference in its three forms")
def _(w):
    alice, root = alice_and_root(w)
    own = w.end_entity("Alice Cipher", root, key="rsa2048-01", email="alice@example.com")
    runs = []
    for form in ("issuerAndSerial", "recipientKeyId", "subjectKeyIdentifier"):
        mail = w.signed_mail(alice, certs=[alice, own], add=[at.key_preference(own, form)])
        runs.append(w.verify(mail, anchors=[root], path=[alice], **GOOD))
    return runs


@case("C-AT-3", "the dump says which certificate is preferred, in each form")
def _(w):
    alice, root = alice_and_root(w)
    own = w.end_entity("Alice Cipher", root, key="rsa2048-01", serial=0x5EED)
    identifier = own.ski.hex()
    shown = {"issuerAndSerial": ["5eed"], "recipientKeyId": [identifier[:8]], "subjectKeyIdentifier": [identifier[:8]]}
    return [w.show(w.signature(PART, alice, add=[at.key_preference(own, form)]), contains=words) for form, words in shown.items()]


add("C-AT-3", "the preference twice: none of them counts", ODD, add=lambda alice: [at.key_preference(alice)] * 2)
add("C-AT-3", "a preference that cannot be read", ODD, add=[at.attribute("encryptionKeyPreference", der.null())])
add("C-AT-3", "an unsigned preference is ignored", ODD, unsigned=lambda alice: [at.key_preference(alice)])

# --- attributes nobody knows, countersignatures (C-AT-6) --------------------------------------------------
add("C-AT-6", "an attribute that nobody knows, signed and unsigned", GOOD, add=[at.unknown()], unsigned=[at.unknown(der.null())])
add("C-AT-6", "an unknown attribute without any value, and twice", GOOD, add=[at.attribute(oids.PRIVATE_ATTRIBUTE), at.unknown()])


@case("C-AT-6", "the dump lists an unknown attribute by its OID")
def _(w):
    alice, _ = alice_and_root(w)
    return w.show(w.signature(PART, alice, add=[at.unknown()]), contains=[oids.PRIVATE_ATTRIBUTE])


def countersigned(w, alice, notary, altered=False, **options):
    info = cms.signer_info(alice, PART)
    target = cms.signature_of(info)
    return at.countersignature(cms.countersign(notary, b"another signature" if altered else target, **options))


@case("C-AT-6", "a countersignature gets a line of its own and changes nothing of the verdict")
def _(w):
    alice, root = alice_and_root(w)
    notary = w.end_entity("Notary", root)
    good = w.signed_mail(alice, part=PART, unsigned=[countersigned(w, alice, notary)], certs=[alice, notary])
    other = w.signed_mail(alice, part=PART, unsigned=[countersigned(w, alice, notary, altered=True)], certs=[alice, notary])
    lost = w.signed_mail(alice, part=PART, unsigned=[countersigned(w, alice, notary)], certs=[alice])
    def member(signature, subject):
        return {"signers.length": 1, "signers.0.countersigners.length": 1, "signers.0.countersigners.0.signature": signature,
                "signers.0.countersigners.0.subject": subject}
    return [w.verify(good, anchors=[root], json=member("GOOD", lambda text: "Notary" in text), **GOOD),
            w.verify(other, anchors=[root], json=member("BAD", lambda text: "Notary" in text), **GOOD),
            w.verify(lost, anchors=[root], json=member("UNKNOWN", lambda text: text is None), **GOOD)]


@case("C-AT-6", "text: the countersigner is named")
def _(w):
    alice, root = alice_and_root(w)
    notary = w.end_entity("Notary", root)
    mail = w.signed_mail(alice, part=PART, unsigned=[countersigned(w, alice, notary)], certs=[alice, notary])
    return w.verify(mail, anchors=[root], expect="GOOD", reads_json=False, contains=["countersign", "Notary"])


@case("C-AT-6 E-30", "a countersignature with a claimed time does not bring back an expired certificate")
def _(w):
    root = w.root()
    notary = w.end_entity("Notary", root)
    old = w.end_entity("Old", root, not_before=days(-100), not_after=days(-10))
    mail = w.signed_mail(old, part=PART, time=days(-50), certs=[old, notary], unsigned=[
        at.countersignature(cms.countersign(notary, cms.signature_of(cms.signer_info(old, PART, time=days(-50))), time=days(-40)))])
    return w.verify(mail, anchors=[root], expect="BAD", codes=["CERT_EXPIRED@0"], signatures="GOOD")


@case("C-AT-6", "countersignatures that are broken, empty, many, or in each other")
def _(w):
    alice, root = alice_and_root(w)
    notary = w.end_entity("Notary", root)
    one = der.children(der.children(countersigned(w, alice, notary))[1])[0]
    inner = cms.countersign(notary, cms.signature_of(one))
    nested = cms.countersign(notary, cms.signature_of(cms.signer_info(alice, PART)), unsigned=[at.countersignature(inner)])
    odd = [at.attribute("countersignature"), at.attribute("countersignature", der.null()), at.countersignature(*[one] * 500),
           at.countersignature(nested), at.attribute("countersignature", der.sequence())]
    return [w.verify(w.signed_mail(alice, part=PART, unsigned=[each], certs=[alice, notary]), anchors=[root], expect="GOOD|WARN",
                     signatures="GOOD") for each in odd]


@case("C-AT-6", "a thousand attributes, and one of a hundred thousand octets")
def _(w):
    alice, root = alice_and_root(w)
    many = [at.attribute(f"1.3.6.1.4.1.32473.3.{n}", der.integer(n)) for n in range(1000)]
    return [w.verify(w.signed_mail(alice, add=many), anchors=[root], **GOOD), w.verify(w.signed_mail(alice, unsigned=many), anchors=[root], **GOOD),
            w.verify(w.signed_mail(alice, add=[at.unknown(der.octet_string(bytes(100000)))]), anchors=[root], **GOOD)]
