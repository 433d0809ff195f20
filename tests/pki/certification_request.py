# SPDX-License-Identifier: Apache-2.0
"""Certification requests (PKCS #10, RFC 2986), field by field, each of them open to being wrong."""

from . import der, keys
from .certificate import signed
from .extensions import extensions as encode_extensions
from .sign import scheme as choose_scheme

EXTENSION_REQUEST, CHALLENGE_PASSWORD = "1.2.840.113549.1.9.14", "1.2.840.113549.1.9.7"


def attribute(oid, *values):
    return der.sequence(der.oid(oid), der.set_of(*values))


def extension_request(*members):
    return attribute(EXTENSION_REQUEST, encode_extensions(members))


def build(*, subject, key, attributes=(), version=0, spki=None, signer_key=None, scheme=None, hook=None):
    """The DER of one request. `attributes` are encoded; None leaves the field out. `hook` gets and gives the
    octets of the info before signing."""
    signer = keys.get(signer_key) if signer_key else key
    fields = [der.integer(version), subject, spki or key.spki()]
    if attributes is not None:
        fields.append(der.context(0, b"".join(attributes), constructed=True))
    info = der.sequence(*fields)
    return signed(hook(info) if hook else info, signer, choose_scheme(scheme, signer))
