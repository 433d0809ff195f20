#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Signed objects for the unit tests of src/cms: samples.py OUTPUT writes them as rows of a C table.

Each sample has one thing that is special about it; its name says what.
"""

import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms, crl, der, digests, names, oids, sign  # noqa: E402
from pki import cms_attributes as attributes  # noqa: E402
from pki.times import at  # noqa: E402
from pki.world import World  # noqa: E402

CONTENT = b"Hello\r\n"

world = World()
root = world.root()
alice = world.end_entity("Alice", root)
bob = world.end_entity("Bob", root)
rosa = world.end_entity("Rosa", root, key="rsa2048-01")
dora = world.end_entity("Dora", root, key="dsa2048-a")
eddy = world.end_entity("Eddy", root, key="ed25519:Eddy")
eve = world.end_entity("Eve", root, key="ed448:Eve")
bare = world.end_entity("Bare", root, ext={"subjectKeyIdentifier": None})
alice_again = world.end_entity("Alice", root, key="p256:Alice")  # the same key, another certificate

samples = {}


def attached(infos, content=CONTENT, **options):
    infos = infos if isinstance(infos, list) else [infos]
    return cms.signed_data(infos, content, **options)


def info(signer=alice, content=CONTENT, **options):
    return cms.signer_info(signer, content, **options)


def add(name, octets):
    assert name not in samples, name
    samples[name] = octets


def add_attributes(prefix, make, other):
    """An attribute repeated, with two values, with none, and malformed. `make` gives the right value's octets."""
    kind = {"contentType": "contentType", "messageDigest": "messageDigest"}.get(prefix, prefix)
    value, second = make, other
    for name, replacement, extra in (
        ("repeated", attributes.attribute(kind, value), [attributes.attribute(kind, second)]),
        ("two-valued", attributes.attribute(kind, *sorted([value, second])), []),
        ("without-value", attributes.attribute(kind), []),
        ("malformed", attributes.attribute(kind, der.boolean(True)), []),
    ):
        add(f"{prefix}-{name}", attached(info(replace={kind: replacement}, add=extra)))


def protection(digest="sha256", signature="sha256-ecdsa", digest_null=False, signature_parameters=b""):
    return attributes.algorithm_protection(digests.identifier(digest, digest_null),
                                           sign.algorithm(signature, signature_parameters))


def key_id_segmented(signer):
    half = len(signer.ski) // 2
    return der.tlv(0xA0, der.octet_string(signer.ski[:half]) + der.octet_string(signer.ski[half:]))


# --- certificates, for those who look for a signer

for one in (alice, bob, rosa, dora, eddy, eve, bare, root):
    add(f"certificate-{one.name.lower()}", one.cert)
add("certificate-alice-again", alice_again.cert)

# --- SignedData in its forms

fixed = dict(version=1, digest_identifiers=[digests.identifier("sha256")])  # for what the generator cannot take apart
full_options = dict(certificates=[alice.cert, root.cert], crls=[world.crl(root).der])
add("attached", attached(info(), **full_options))
add("detached", cms.signed_data([info()], None))
add("content-empty", attached(info(content=b""), b""))
add("ber", attached(info(), ber=True, segment=3, **full_options))
add("ber-long", attached(info(), ber="long", segment=3, **full_options))
add("ber-signer", attached(der.indefinite(der.SEQUENCE, der.content(info())), ber=True, **fixed))
add("ber-attributes", attached(
    der.sequence(*[der.indefinite(one[0], der.content(one)) if one[0] == 0xA0 else one
                   for one in der.children(info())]), **fixed))
for number in range(7):
    add(f"version-{number}", attached(info(), version=number))
add("no-digest-algorithms", attached(info(), digest_identifiers=[]))
add("other-digest-algorithm", attached(info(), digest_identifiers=[digests.identifier("sha512")]))
add("digest-algorithms-ber", cms.signed_data([info()], CONTENT, digest_identifiers=[
    der.indefinite(der.SEQUENCE, der.content(digests.identifier("sha256")))]))
receipt = der.sequence(der.integer(1), der.octet_string(b"receipt"))
add("pkcs7-content", cms.signed_data([info(content=der.content(receipt), content_type="receipt")],
                                     content_type="receipt", raw_content=receipt, version=1))
add("pkcs7-content-ber", cms.signed_data(
    [info(content=der.content(receipt), content_type="receipt")], content_type="receipt", version=1,
    raw_content=der.indefinite(der.SEQUENCE, der.content(receipt))))
five = [alice.cert, cms.extended_certificate(alice.cert), cms.v1_attribute_certificate(alice.cert),
        cms.v2_attribute_certificate(alice.cert), cms.other_certificate()]
add("five-kinds", attached(info(), certificates=five, crls=[world.crl(root, register=False).der, cms.other_crl()]))
add("unknown-kinds", attached(info(), certificates=[alice.cert, der.null(), der.tlv(0xA9, b"")],
                              crls=[der.octet_string(b"x")]))
add("certs-only", cms.certs_only([alice.cert, root.cert], [world.crl(root, register=False).der]))
add("crls-only", cms.certs_only([], [world.crl(root, register=False).der]))
add("nothing-inside", cms.certs_only())
add("content-without-signer", cms.signed_data([], CONTENT, certificates=[alice.cert]))
broken = der.sequence(der.integer(1), der.octet_string(b"no sid"))
unknown_signature = info(bob, signature_identifier=sign.algorithm(oids.PRIVATE_ALGORITHM))
add("three-signers", attached([info(alice), unknown_signature, info(rosa)]))
add("one-broken-signer", attached([info(alice), broken, info(rosa)], **fixed))
add("data", cms.content_info("data", der.octet_string(CONTENT)))
add("no-content-info-content", cms.content_info("data", None))

# --- identifiers of signers

add("by-key-id", attached(info(sid="ski")))
add("by-key-id-segmented", attached(info(sid=key_id_segmented(alice), version=3)))
add("by-key-id-of-bare", attached(info(bare, sid="ski")))
add("by-key-id-version-1", attached(info(sid="ski", version=1)))
add("by-issuer-version-3", attached(info(version=3)))
add("signer-version-7", attached(info(version=7)))
shouting = names.dn(("O", "EXAMPLE", "printable"), ("CN", "  root ", "bmp"))
add("issuer-in-other-letters", attached(info(sid=der.sequence(shouting, der.integer(alice.serial)))))

# --- algorithms

for digest in ("md5", "sha1", "sha384"):
    add(f"rsa-{digest}", attached(info(rosa, digest=digest, digest_identifier=digests.identifier(digest, True))))
add("rsa-combined", attached(info(rosa, scheme=sign.rsa("sha256"))))
add("rsa-pss", attached(info(rosa, scheme=sign.pss("sha256"))))
add("rsa-pss-bad-parameters", attached(info(rosa, scheme=sign.pss("sha256", parameters=der.null()))))
add("dsa", attached(info(dora, scheme="sha256-dsa")))
add("dsa-key-identifier", attached(info(dora, scheme=sign.dsa("sha256", identifier=der.sequence(der.oid(oids.KEYS["dsa"]))))))
add("ecdsa-null", attached(info(scheme=sign.ecdsa("sha256", parameters=der.null()))))
add("ed25519", attached(info(eddy, digest="sha512")))
add("ed25519-sha256", attached(info(eddy, digest="sha256")))
add("ed25519-bare", attached(info(eddy, digest="sha512", attributes=None)))
add("unsigned-algorithm", attached(info(scheme=sign.fixed(sign.algorithm("unsigned"), b""))))
add("unknown-signature", attached(unknown_signature))
add("unknown-digest", attached(info(digest_identifier=der.sequence(der.oid(oids.PRIVATE_ALGORITHM)))))
add("two-digests", attached(info(rosa, digest="sha256", scheme=sign.rsa("sha1"))))
add("two-digests-bare", attached(info(rosa, digest="sha256", scheme=sign.rsa("sha1"), attributes=None)))
add("digest-null", attached(info(digest_identifier=digests.identifier("sha256", True))))
add("digest-odd-parameters", attached(info(digest_identifier=der.sequence(der.oid(oids.DIGESTS["sha256"]), der.integer(7)))))
add("md5-without-null", attached(info(rosa, digest="md5", digest_identifier=digests.identifier("md5", False))))
shake_len = der.oid("2.16.840.1.101.3.4.2.18")
shaken = {"messageDigest": attributes.message_digest(hashlib.shake_256(CONTENT).digest(64))}
add("ed448", attached(info(eve, digest_identifier=digests.identifier("shake256"), replace=shaken)))
for bits in (256, 512):
    add(f"ed448-shake-{bits}", attached(info(eve, digest_identifier=der.sequence(shake_len, der.integer(bits)),
                                             replace=shaken)))
wrong = lambda octets: octets[:-1] + bytes([octets[-1] ^ 1])  # noqa: E731
add("signature-altered", attached(info(signature_hook=wrong)))
add("made-by-bob", attached(info(bob, sid=attributes.issuer_and_serial(alice))))

# --- signed attributes

add("altered", attached(info(), b"Hallo\r\n"))
add("contentType-missing", attached(info(drop=("contentType",))))
add("messageDigest-missing", attached(info(drop=("messageDigest",))))
add("attributes-empty", attached(info(attributes=[])))
add("contentType-differs", attached(info(content_type="receipt")))
add("receipt-signed-as-data", attached(info(), content_type="receipt"))
add_attributes("contentType", der.oid(oids.CONTENT["data"]), der.oid(oids.CONTENT["receipt"]))
right = der.octet_string(digests.digest("sha256", CONTENT))
add_attributes("messageDigest", right, der.octet_string(digests.digest("sha256", b"other")))
add_attributes("signingTime", der.time(at(2026, 5, 1)), der.time(at(2026, 5, 2)))
capabilities = der.sequence(attributes.capability("aes256-cbc"), attributes.capability("rc2", der.integer(40)),
                            attributes.capability("1.3.6.1.4.1.32473.6.3", der.octet_string(b"?")))
two = (capabilities, der.sequence(attributes.capability("aes128-cbc")))
for name, members in (
    ("", [attributes.attribute("smimeCapabilities", capabilities)]),
    ("-repeated", [attributes.attribute("smimeCapabilities", one) for one in two]),
    ("-two-valued", [attributes.attribute("smimeCapabilities", *sorted(two))]),
    ("-malformed", [attributes.attribute("smimeCapabilities", der.boolean(True))]),
):
    add(f"capabilities{name}", attached(info(add=members)))
preferences = {form: attributes.key_preference(rosa, form)
               for form in ("issuerAndSerial", "recipientKeyId", "subjectKeyIdentifier")}
for form, member in preferences.items():
    add(f"preference-{form}", attached(info(add=[member])))
add("preference-repeated", attached(info(add=[preferences["issuerAndSerial"], preferences["recipientKeyId"]])))
values = [der.implicit(0, attributes.issuer_and_serial(one)) for one in (rosa, bob)]
add("preference-two-valued", attached(info(add=[attributes.attribute("encryptionKeyPreference", *sorted(values))])))
add("preference-malformed", attached(info(add=[attributes.attribute("encryptionKeyPreference", der.null())])))
add("time-generalized", attached(info(replace={"signingTime": attributes.attribute(
    "signingTime", der.generalized_time(at(2026, 5, 1)))})))
add("time-2060", attached(info(time=at(2060))))
add("time-fraction", attached(info(replace={"signingTime": attributes.attribute(
    "signingTime", der.generalized_time("20260501000000.5Z"))})))
add("time-absent", attached(info(time=None)))
add("protection", attached(info(add=[protection()])))
add("protection-other-digest", attached(info(add=[protection(digest="sha512")])))
add("protection-other-signature", attached(info(add=[protection(signature="sha512-ecdsa")])))
add("protection-null", attached(info(add=[protection(digest_null=True)])))
add("protection-repeated", attached(info(add=[protection(), protection(digest="sha512")])))
add("protection-two-valued", attached(info(add=[attributes.attribute("algorithmProtection", *sorted(
    der.children(der.children(one)[1])[0] for one in (protection(), protection(digest="sha512"))))])))
add("protection-without-signature", attached(info(add=[attributes.attribute(
    "algorithmProtection", der.sequence(digests.identifier("sha256")))])))
add("protection-of-a-mac", attached(info(add=[attributes.attribute("algorithmProtection", der.sequence(
    digests.identifier("sha256"), der.implicit(1, sign.algorithm("sha256-ecdsa")),
    der.implicit(2, sign.algorithm("sha256-ecdsa"))))])))
add("attributes-reversed", attached(info(order="reversed")))
add("attributes-signed-as-sent", attached(info(order="reversed", sign_as="sent")))
add("attributes-signed-with-tag", attached(info(sign_as="tagged")))
add("values-reversed", attached(info(order="reversed", add=[attributes.attribute(
    oids.PRIVATE_ATTRIBUTE, der.integer(2), der.integer(1))], sign_as="sent")))
add("unknown-attribute", attached(info(add=[attributes.unknown()], unsigned=[attributes.unknown()])))
everything = [attributes.content_type(), attributes.message_digest(b"x" * 32), attributes.signing_time(at(2026)),
              attributes.attribute("smimeCapabilities", capabilities), preferences["issuerAndSerial"], protection(),
              attributes.signing_certificate(alice), attributes.signing_certificate_v2(alice)]
add("unsigned-copies", attached(info(unsigned=everything)))

# --- without signed attributes

add("bare", attached(info(attributes=None)))
add("bare-receipt", attached(info(attributes=None), content_type="receipt"))
stolen = der.set_of(*cms.default_attributes(CONTENT, "sha256").values())
add("bare-confusion", attached(info(content=stolen, attributes=None), stolen))
unsorted_set = der.set_(*reversed(sorted(cms.default_attributes(CONTENT, "sha256").values())))
add("bare-confusion-unsorted", attached(info(content=unsorted_set, attributes=None), unsorted_set))
add("bare-like-a-set", attached(info(content=b"1\x03xyz", attributes=None), b"1\x03xyz"))

# --- ESS

add("ess-v1", attached(info(add=[attributes.signing_certificate(alice)])))
add("ess-v2", attached(info(add=[attributes.signing_certificate_v2(alice)])))
add("ess-v2-sha512", attached(info(add=[attributes.signing_certificate_v2(alice, digest="sha512")])))
add("ess-both", attached(info(add=[attributes.signing_certificate(alice), attributes.signing_certificate_v2(alice)])))
add("ess-both-differ", attached(info(add=[attributes.signing_certificate(bob), attributes.signing_certificate_v2(alice)])))
add("ess-without-issuer", attached(info(add=[attributes.signing_certificate_v2(alice, issuer_serial=False)])))
add("ess-second", attached(info(add=[attributes.signing_certificate_v2(bob, alice)])))
add("ess-chain", attached(info(add=[attributes.signing_certificate_v2(alice, root)])))
hashed = der.octet_string(digests.digest("sha256", alice.cert))


def ess_v2(*fields, policies=b""):
    return attributes.attribute("signingCertificateV2", der.sequence(der.sequence(der.sequence(*fields)), policies))


def issuer_serial(name, serial=None):
    return der.sequence(der.sequence(der.tlv(0xA4, name)), der.integer(serial or alice.serial))


add("ess-other-issuer", attached(info(add=[ess_v2(hashed, issuer_serial(names.example("Other")))])))
add("ess-other-serial", attached(info(add=[ess_v2(hashed, issuer_serial(alice.issuer_name, 7))])))
add("ess-issuer-in-other-letters", attached(info(add=[ess_v2(hashed, issuer_serial(shouting))])))
add("ess-issuer-dns", attached(info(add=[ess_v2(hashed, der.sequence(
    der.sequence(der.tlv(0x82, b"example.com")), der.integer(alice.serial)))])))
add("ess-unknown-digest", attached(info(add=[ess_v2(der.sequence(der.oid(oids.PRIVATE_ALGORITHM)), hashed)])))
add("ess-empty", attached(info(add=[attributes.attribute("signingCertificateV2", der.sequence(der.sequence()))])))
add("ess-malformed", attached(info(add=[attributes.attribute("signingCertificateV2", der.null())])))
add("ess-repeated", attached(info(add=[attributes.signing_certificate_v2(alice), attributes.signing_certificate_v2(bob)])))
add("ess-policies", attached(info(add=[ess_v2(hashed, policies=der.sequence(der.sequence(der.oid(oids.POLICY_A))))])))

# --- countersignatures

signature = cms.signature_of(info())
counter = cms.countersign(bob, signature)
add("countersigned", attached(info(unsigned=[attributes.countersignature(counter)])))
twice = [attributes.countersignature(counter, cms.countersign(rosa, signature)),
         attributes.countersignature(cms.countersign(bob, signature, digest="sha512"))]
add("countersigned-thrice", attached(info(unsigned=twice)))
add("countersigned-with-type", attached(info(unsigned=[attributes.countersignature(info(bob, signature))])))
add("countersigned-bare", attached(info(unsigned=[attributes.countersignature(cms.signer_info(bob, signature, attributes=None))])))
add("countersigned-wrong", attached(info(unsigned=[attributes.countersignature(cms.countersign(bob, b"other"))])))
add("countersignature-signed", attached(info(add=[attributes.countersignature(counter)])))
deep = cms.countersign(bob, signature)
for _ in range(8):
    deep = cms.countersign(bob, cms.signature_of(deep), unsigned=[attributes.countersignature(deep)])
add("countersigned-deeply", attached(info(unsigned=[attributes.countersignature(deep)])))


def write(path):
    with open(path, "w", encoding="ascii") as file:
        for name, octets in samples.items():
            numbers = ",".join(map(str, octets))
            file.write(f'{{"{name}", (const unsigned char[]){{{numbers}}}, {len(octets)}}},\n')


if __name__ == "__main__":
    write(sys.argv[1])
