# SPDX-License-Identifier: Apache-2.0
"""EnvelopedData and AuthEnvelopedData in every shape. The octets decrypt to nothing: for readers, not for decrypters."""

from . import cms_attributes, der, keys, oids, sign
from .cms import content_info

WRAP = der.sequence(der.oid("2.16.840.1.101.3.4.1.45"))  # aes256-wrap
ENCRYPTED_KEY = der.octet_string(b"\x5a" * 40)
GCM = der.sequence(der.oid("2.16.840.1.101.3.4.1.46"), der.sequence(der.octet_string(b"\x01" * 12)))
CBC = der.sequence(der.oid(oids.CIPHERS["aes256-cbc"]), der.octet_string(b"\x01" * 16))


def rid(recipient, form="issuer"):
    """RecipientIdentifier."""
    if form == "ski":
        return der.implicit(0, der.octet_string(recipient.ski))
    return cms_attributes.issuer_and_serial(recipient)


def key_transport(recipient, form="issuer", version=None, algorithm=None):
    number = version if version is not None else 2 if form == "ski" else 0
    return der.sequence(der.integer(number), rid(recipient, form), algorithm or sign.algorithm("rsa", der.null()),
                        der.octet_string(b"\x5a" * 256))


def originator(entity, form="issuer"):
    """OriginatorIdentifierOrKey; `key` is an ephemeral key on the curve of `entity`."""
    if form != "key":
        return rid(entity, form)
    return der.implicit(1, der.sequence(keys.algorithm("ec"), der.bit_string(entity.key.public_octets())))


def agreed_key(recipient, form="issuer", extra=b""):
    """RecipientEncryptedKey; `extra` is the date and what else may follow a key identifier."""
    identifier = cms_attributes.issuer_and_serial(recipient)
    if form == "ski":
        identifier = der.implicit(0, der.sequence(der.octet_string(recipient.ski), extra))
    return der.sequence(identifier, ENCRYPTED_KEY)


def key_agreement(sender, *agreed, ukm=b"", version=3):
    algorithm = der.sequence(der.oid("1.3.132.1.11.1"), WRAP)
    wrapped = der.explicit(1, der.octet_string(ukm)) if ukm else b""
    return der.implicit(1, der.sequence(der.integer(version), der.explicit(0, sender), wrapped, algorithm,
                                        der.sequence(*agreed)))


def shared_key(key_id, extra=b""):
    return der.implicit(2, der.sequence(der.integer(4), der.sequence(der.octet_string(key_id), extra), WRAP, ENCRYPTED_KEY))


def password(derivation="1.2.840.113549.1.5.12"):
    kdf = der.implicit(0, der.sequence(der.oid(derivation), der.sequence(der.octet_string(b"salt"), der.integer(1000)))) \
        if derivation else b""
    return der.implicit(3, der.sequence(der.integer(0), kdf, der.sequence(der.oid("1.2.840.113549.1.9.16.3.9"), CBC),
                                        ENCRYPTED_KEY))


def encapsulation(recipient, form="issuer", ukm=b""):
    """KEMRecipientInfo (RFC 9629) with ML-KEM-768."""
    kem = der.sequence(der.oid("2.16.840.1.101.3.4.4.2"))
    kdf = der.sequence(der.oid("1.2.840.113549.1.9.16.3.28"))
    wrapped = der.explicit(0, der.octet_string(ukm)) if ukm else b""
    value = der.sequence(der.integer(0), rid(recipient, form), kem, der.octet_string(b"\xc3" * 32), kdf, der.integer(32),
                         wrapped, WRAP, ENCRYPTED_KEY)
    return other("1.2.840.113549.1.9.16.13.3", value)


def other(kind=oids.PRIVATE_ALGORITHM, value=b""):
    return der.implicit(4, der.sequence(der.oid(kind), value or der.utf8("?")))


def encrypted_content(algorithm=CBC, kind="data", octets=b"\xc3" * 64, field=None):
    """EncryptedContentInfo; `octets=None` leaves the content out, `field` replaces it as it stands."""
    inner = field if field is not None else b"" if octets is None else der.context(0, octets)
    return der.sequence(der.oid(oids.CONTENT.get(kind, kind)), algorithm, inner)


def enveloped(*recipients, version=0, originator_info=b"", content=None, attributes=()):
    tail = der.implicit(1, der.set_of(*attributes)) if attributes else b""
    return content_info("envelopedData", der.sequence(der.integer(version), originator_info, der.set_(*recipients),
                                                      content or encrypted_content(), tail))


def authenticated(*recipients, content=None, attributes=(), unprotected=(), mac=b"\x3c" * 16):
    authenticated_attributes = der.implicit(1, der.set_of(*attributes)) if attributes else b""
    tail = der.implicit(2, der.set_of(*unprotected)) if unprotected else b""
    return content_info("authEnvelopedData", der.sequence(
        der.integer(0), der.set_(*recipients), content or encrypted_content(GCM), authenticated_attributes,
        der.octet_string(mac), tail))
