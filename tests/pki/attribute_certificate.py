# SPDX-License-Identifier: Apache-2.0
"""Attribute certificates: version 2 of RFC 3281 and the version 1 it forbids."""

from . import der, digests
from .certificate import signed
from .extensions import extensions as encode_extensions
from .general_names import directory
from .sign import scheme as choose_scheme

ROLE = "2.5.4.72"
GROUP = "1.3.6.1.5.5.7.10.4"


def issuer_serial(name, serial):
    return der.sequence(der.sequence(directory(name)), der.integer(serial))


def holder_by_certificate(issuer_name, serial):
    return der.sequence(der.implicit(0, issuer_serial(issuer_name, serial)))


def holder_by_name(name):
    return der.sequence(der.context(1, directory(name), constructed=True))


def holder_by_digest(certificate, digest="sha256"):
    """objectDigestInfo over a whole certificate (publicKeyCert)."""
    info = der.sequence(der.enumerated(1), digests.identifier(digest),
                        der.bit_string(digests.digest(digest, certificate)))
    return der.sequence(der.implicit(2, info))


def v2_form(name):
    """[0] V2Form with the one name RFC 3281 asks for."""
    return der.context(0, der.sequence(directory(name)), constructed=True)


def v1_form(name):
    return der.sequence(directory(name))


def attribute(oid, *values):
    return der.sequence(der.oid(oid), der.set_of(*values))


def group(*texts):
    """The group attribute: an IetfAttrSyntax of strings."""
    return attribute(GROUP, der.sequence(der.sequence(*(der.utf8(text) for text in texts))))


def build(*, holder, issuer_name, signer_key, serial, not_before, not_after, attributes=None, extensions=None,
          issuer=None, scheme=None, signature_hook=None, version=1):
    """A version 2 attribute certificate (whose version number is 1)."""
    scheme = choose_scheme(scheme, signer_key)
    validity = der.sequence(der.generalized_time(not_before), der.generalized_time(not_after))
    tbs = der.sequence(
        der.integer(version), holder, issuer or v2_form(issuer_name), scheme.identifier, der.integer(serial), validity,
        der.sequence(*([group("staff")] if attributes is None else attributes)),
        encode_extensions(extensions) if extensions is not None else b"")
    return signed(tbs, signer_key, scheme, signature_hook=signature_hook)


def build_v1(*, subject_name, issuer_name, signer_key, serial, not_before, not_after, scheme=None):
    """AttributeCertificateV1 of X.509 (1997): version DEFAULT v1, subject and issuer as GeneralNames."""
    scheme = choose_scheme(scheme, signer_key)
    subject = der.context(1, directory(subject_name), constructed=True)
    validity = der.sequence(der.generalized_time(not_before), der.generalized_time(not_after))
    tbs = der.sequence(subject, der.sequence(directory(issuer_name)), scheme.identifier, der.integer(serial),
                       validity, der.sequence(group("staff")))
    return signed(tbs, signer_key, scheme)
