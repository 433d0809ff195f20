# SPDX-License-Identifier: Apache-2.0
"""Attributes of a SignerInfo, signed and unsigned."""

from . import der, digests, oids
from .general_names import directory


def attribute(kind, *values):
    """Attribute with its values in the order given; no value, or two, is the caller's business."""
    return der.sequence(der.oid(oids.CMS_ATTRIBUTES.get(kind, kind)), der.set_(*values))


def content_type(kind="data"):
    return attribute("contentType", der.oid(oids.CONTENT.get(kind, kind)))


def message_digest(octets):
    return attribute("messageDigest", der.octet_string(octets))


def signing_time(moment):
    return attribute("signingTime", der.time(moment))


def capability(oid, parameters=b""):
    return der.sequence(der.oid(oids.CIPHERS.get(oid, oid)), parameters)


def smime_capabilities(*capabilities):
    chosen = capabilities or (capability("aes256-cbc"), capability("aes128-cbc"))
    return attribute("smimeCapabilities", der.sequence(*chosen))


def issuer_and_serial(certificate):
    """IssuerAndSerialNumber of anything with `issuer_name` and `serial`."""
    return der.sequence(certificate.issuer_name, der.integer(certificate.serial))


def key_preference(certificate, form="issuerAndSerial"):
    """encryptionKeyPreference in one of its three forms."""
    if form == "issuerAndSerial":
        value = der.implicit(0, issuer_and_serial(certificate))
    elif form == "recipientKeyId":
        value = der.implicit(1, der.sequence(der.octet_string(certificate.ski)))
    else:
        value = der.implicit(2, der.octet_string(certificate.ski))
    return attribute("encryptionKeyPreference", value)


def _ess_issuer_serial(certificate):
    return der.sequence(der.sequence(directory(certificate.issuer_name)), der.integer(certificate.serial))


def signing_certificate(*certificates, issuer_serial=True):
    """ESS version 1 (SHA-1). The first certificate shall be the signer's."""
    ids = (der.sequence(der.octet_string(digests.digest("sha1", one.cert)),
                        _ess_issuer_serial(one) if issuer_serial else b"") for one in certificates)
    return attribute("signingCertificate", der.sequence(der.sequence(*ids)))


def signing_certificate_v2(*certificates, digest="sha256", issuer_serial=True):
    """ESS version 2; SHA-256 is the DEFAULT and therefore left out."""
    algorithm = b"" if digest == "sha256" else digests.identifier(digest)
    ids = (der.sequence(algorithm, der.octet_string(digests.digest(digest, one.cert)),
                        _ess_issuer_serial(one) if issuer_serial else b"") for one in certificates)
    return attribute("signingCertificateV2", der.sequence(der.sequence(*ids)))


def algorithm_protection(digest_identifier, signature_identifier):
    """CMSAlgorithmProtection (RFC 6211) of a SignerInfo."""
    return attribute("algorithmProtection",
                     der.sequence(digest_identifier, der.implicit(1, signature_identifier)))


def countersignature(*signer_infos):
    return attribute("countersignature", *signer_infos)


def unknown(value=None):
    return attribute(oids.PRIVATE_ATTRIBUTE, value or der.utf8("nobody knows this"))
