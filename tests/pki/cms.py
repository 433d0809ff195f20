# SPDX-License-Identifier: Apache-2.0
"""Cryptographic Message Syntax: SignedData in every shape, the other content types as far as a reader needs them.

A signer is anything with `key`, `cert`, `issuer_name`, `serial` and `ski`: an `Entity` of `world`.
"""

import zlib

from . import cms_attributes as attributes_
from . import der, digests, oids, sign
from .keys import EdwardsKey, EcKey, RsaKey
from .times import NOW


def content_info(kind, content):
    """ContentInfo; `content=None` leaves [0] out."""
    body = b"" if content is None else der.explicit(0, content)
    return der.sequence(der.oid(oids.CONTENT.get(kind, kind)), body)


# --- SignerInfo -------------------------------------------------------------------------------------------

def scheme_for(key, digest):
    """The scheme a SignerInfo names by default: rsaEncryption for RSA, the combined OIDs otherwise."""
    if isinstance(key, RsaKey):
        return sign.rsa(digest, identifier=sign.algorithm("rsa", der.null()))
    if isinstance(key, EdwardsKey):
        return sign.named(key.kind)
    return sign.named(f"{digest}-{'ecdsa' if isinstance(key, EcKey) else 'dsa'}")


def default_attributes(content, digest, content_type="data", time=NOW):
    """{name: attribute}: what nearly every sender writes. `time=None` leaves signingTime out."""
    members = {"contentType": attributes_.content_type(content_type)}
    if time is not None:
        members["signingTime"] = attributes_.signing_time(time)
    members["messageDigest"] = attributes_.message_digest(digests.digest(digest, content))
    return members


def signer_info(signer, content, *, digest="sha256", scheme=None, content_type="data", sid="issuer", version=None,
                attributes="default", time=NOW, add=(), drop=(), replace=None, order="der", sign_as="der",
                unsigned=(), digest_identifier=None, signature_identifier=None, signature_hook=None):
    """The DER of one SignerInfo over `content`.

    `attributes`: "default", None (none at all) or a list of encoded ones; `drop`, `replace` and `add` change the
    default ones by name. `order`: how the SET is sent, "der" or "reversed". `sign_as`: what is signed, "der" (the
    sorted SET), "sent" (the SET as sent) or "tagged" (wrongly, with the [0] tag). `sid`: "issuer", "ski" or octets.
    """
    scheme = sign.named(scheme) if isinstance(scheme, str) else scheme or scheme_for(signer.key, digest)
    members = _members(attributes, default_attributes(content, digest, content_type, time), add, drop, replace)
    signed, octets = _signed_attributes(members, order, sign_as)
    signature = scheme.sign(signer.key, content if members is None else octets)
    if signature_hook:
        signature = signature_hook(signature)
    identifier = _sid(signer, sid)
    if version is None:
        version = 3 if identifier[0] == 0x80 else 1
    unsigned_part = der.implicit(1, der.set_of(*unsigned)) if unsigned else b""
    return der.sequence(der.integer(version), identifier, digest_identifier or digests.identifier(digest), signed,
                        signature_identifier or scheme.identifier, der.octet_string(signature), unsigned_part)


def _members(attributes, defaults, add, drop, replace):
    if attributes is None:
        return None
    if attributes != "default":
        return list(attributes)
    defaults.update(replace or {})
    return [one for name, one in defaults.items() if name not in drop] + list(add)


def _signed_attributes(members, order, sign_as):
    """(the field as sent, the octets that are signed)."""
    if members is None:
        return b"", b""
    sent = der.set_of(*members)
    if order == "reversed":
        sent = der.set_(*reversed(sorted(members)))
    field = der.implicit(0, sent)
    return field, {"der": der.set_of(*members), "sent": sent, "tagged": field}[sign_as]


def _sid(signer, sid):
    if isinstance(sid, bytes):
        return sid
    if sid == "ski":
        return der.implicit(0, der.octet_string(signer.ski))
    return attributes_.issuer_and_serial(signer)


def countersign(signer, signature, **options):
    """A SignerInfo over another one's signature octets. It carries no contentType (RFC 5652, 11.4)."""
    return signer_info(signer, signature, drop=("contentType",), **options)


def signature_of(info):
    """The signature octets of a SignerInfo, to countersign them."""
    for child in reversed(der.children(info)):
        if child[0] == der.OCTET_STRING:
            return der.content(child)
    raise ValueError("no signature")


# --- SignedData -------------------------------------------------------------------------------------------

def extended_certificate(certificate):
    """[0]: a PKCS#6 extended certificate around a plain one, with a signature of zeros."""
    info = der.sequence(der.integer(0), certificate, der.set_())
    return der.implicit(0, der.sequence(info, sign.algorithm("sha1-rsa", der.null()), der.bit_string(b"\x00" * 64)))


def v1_attribute_certificate(certificate):
    return der.implicit(1, certificate)


def v2_attribute_certificate(certificate):
    return der.implicit(2, certificate)


def other_certificate(oid=oids.PRIVATE_CONTENT, value=b""):
    return der.implicit(3, der.sequence(der.oid(oid), value or der.utf8("another kind")))


def other_crl(oid=oids.OCSP_RESPONSE, value=b""):
    """[1] OtherRevocationInfoFormat, by default an OCSP response that answers tryLater."""
    return der.implicit(1, der.sequence(der.oid(oid), value or der.sequence(der.enumerated(3))))


def _version(infos, certificates, crls, content_type):
    """RFC 5652, 5.1."""
    kinds = {one[0] for one in certificates} | {one[0] + 0x100 for one in crls}
    if 0xA3 in kinds or 0x1A1 in kinds:
        return 5
    if 0xA2 in kinds:
        return 4
    version_3 = 0xA1 in kinds or content_type != "data" or any(der.children(one)[0] == der.integer(3) for one in infos)
    return 3 if version_3 else 1


def _digest_identifiers(infos):
    return sorted({der.children(one)[2] for one in infos})


def signed_data(infos, content=None, *, content_type="data", certificates=(), crls=(), version=None,
                digest_identifiers=None, ber=False, segment=64, raw_content=None, sort=False):
    """ContentInfo of a SignedData.

    `content=None` is a detached signature; `raw_content` replaces the OCTET STRING by any encoded value (PKCS#7 1.5).
    `ber=True` writes indefinite lengths and a segmented content, `ber="long"` over-long definite lengths.
    """
    if version is None:
        version = _version(infos, certificates, crls, content_type)
    if digest_identifiers is None:
        digest_identifiers = _digest_identifiers(infos)
    wrap, opaque = _writers(ber, segment)
    inner = raw_content if raw_content is not None else None if content is None else opaque(content)
    eci = wrap(der.SEQUENCE, der.oid(oids.CONTENT.get(content_type, content_type)),
               b"" if inner is None else wrap(0xA0, inner))
    parts = [der.integer(version), wrap(der.SET, *digest_identifiers), eci]
    for identifier, members in ((0xA0, certificates), (0xA1, crls)):
        if members:
            parts.append(wrap(identifier, *(sorted(members) if sort else members)))
    parts.append(wrap(der.SET, *infos))
    return wrap(der.SEQUENCE, der.oid(oids.CONTENT["signedData"]), wrap(0xA0, wrap(der.SEQUENCE, *parts)))


def _writers(ber, segment):
    """(writer of constructed values, writer of the content) in DER or BER."""
    if not ber:
        return (lambda identifier, *parts: der.tlv(identifier, b"".join(parts))), der.octet_string
    if ber == "long":
        return (lambda identifier, *parts: der.tlv(identifier, b"".join(parts), length_octets=4),
                lambda octets: der.segmented(octets, segment, definite=True))
    return (lambda identifier, *parts: der.indefinite(identifier, b"".join(parts)),
            lambda octets: der.segmented(octets, segment))


def certs_only(certificates=(), crls=(), **options):
    """The degenerate SignedData that carries certificates and CRLs and signs nothing."""
    return signed_data([], certificates=certificates, crls=crls, **options)


# --- the other content types ------------------------------------------------------------------------------

def enveloped_data(recipient, originator=b"", cipher="aes128-cbc"):
    """EnvelopedData for one RSA recipient. The octets decrypt to nothing: for readers, not for decrypters."""
    info = der.sequence(der.integer(0), attributes_.issuer_and_serial(recipient),
                        sign.algorithm("rsa", der.null()), der.octet_string(b"\x5a" * 256))
    encrypted = der.sequence(der.oid(oids.CONTENT["data"]),
                             der.sequence(der.oid(oids.CIPHERS[cipher]), der.octet_string(b"\x01" * 16)),
                             der.context(0, b"\xc3" * 64))
    version = 2 if originator else 0
    return content_info("envelopedData", der.sequence(der.integer(version), originator, der.set_(info), encrypted))


def originator_info(certificates=(), crls=()):
    parts = [der.context(number, b"".join(members), constructed=True)
             for number, members in ((0, certificates), (1, crls)) if members]
    return der.context(0, b"".join(parts), constructed=True)


def compressed_data(content, content_type="data", *, version=0, algorithm=None, stream=None, ber=False, segment=64, level=-1):
    """CompressedData (RFC 3274). `stream` replaces what zlib makes of `content`; neither of them: [0] is left out.
    `algorithm` is the whole identifier; `ber` as in `signed_data`."""
    wrap, opaque = _writers(ber, segment)
    octets = stream if stream is not None else None if content is None else zlib.compress(content, level)
    inner = wrap(der.SEQUENCE, der.oid(oids.CONTENT.get(content_type, content_type)),
                 b"" if octets is None else wrap(0xA0, opaque(octets)))
    data = wrap(der.SEQUENCE, der.integer(version), algorithm or wrap(der.SEQUENCE, der.oid(oids.ZLIB)), inner)
    return wrap(der.SEQUENCE, der.oid(oids.CONTENT["compressedData"]), wrap(0xA0, data))


def inside(content_info_octets):
    """The element that a DER ContentInfo holds: what another object has as its content octets."""
    return der.content(der.children(content_info_octets)[1])
