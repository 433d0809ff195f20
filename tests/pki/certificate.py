# SPDX-License-Identifier: Apache-2.0
"""Certificates, field by field, each of them open to being wrong."""

from . import der
from .extensions import extensions as encode_extensions
from .sign import scheme as choose_scheme

V1, V2, V3, V4 = 0, 1, 2, 3


def signed(tbs, key, scheme, outer=None, signature_hook=None, unused_bits=0):
    """SIGNED{}: the shape that certificates, CRLs and attribute certificates share."""
    signature = scheme.sign(key, tbs)
    if signature_hook:
        signature = signature_hook(signature)
    return der.sequence(tbs, outer or scheme.identifier, der.bit_string(signature, unused_bits))


def flip(octets, at=-1, bit=0):
    """`octets` with one bit turned over: the usual hook for a signature that is wrong."""
    changed = bytearray(octets)
    changed[at] ^= 1 << bit
    return bytes(changed)


def to_be_signed(*, subject, issuer, spki, serial, not_before, not_after, extensions, inner, version,
                 issuer_uid, subject_uid):
    """TBSCertificate. `version=None` leaves the field out (v1), as does V1 unless given as octets."""
    parts = []
    if isinstance(version, bytes):
        parts.append(version)
    elif version:
        parts.append(der.explicit(0, der.integer(version)))
    parts += [der.integer(serial), inner, issuer, der.sequence(der.time(not_before), der.time(not_after)),
              subject, spki]
    for number, octets in ((1, issuer_uid), (2, subject_uid)):
        if octets is not None:
            parts.append(der.implicit(number, der.bit_string(octets)))
    if extensions is not None:
        encoded = extensions if isinstance(extensions, bytes) else encode_extensions(extensions)
        parts.append(der.explicit(3, encoded))
    return der.sequence(*parts)


def build(*, subject, issuer, key, signer_key, serial, not_before, not_after, extensions=None, version=V3,
          scheme=None, inner=None, outer=None, issuer_uid=None, subject_uid=None, spki=None,
          tbs_hook=None, signature_hook=None, unused_bits=0, hook=None):
    """The DER of one certificate.

    Names are encoded; times are datetimes or encoded; `extensions` is a list, octets or None (absent).
    `inner` and `outer` replace the two AlgorithmIdentifiers, `spki` the public key. The hooks get and give octets:
    of the to-be-signed part before signing, of the signature, and of the finished certificate.
    """
    scheme = choose_scheme(scheme, signer_key)
    tbs = to_be_signed(subject=subject, issuer=issuer, spki=spki or key.spki(), serial=serial, not_before=not_before,
                       not_after=not_after, extensions=extensions, inner=inner or scheme.identifier, version=version,
                       issuer_uid=issuer_uid, subject_uid=subject_uid)
    if tbs_hook:
        tbs = tbs_hook(tbs)
    finished = signed(tbs, signer_key, scheme, outer, signature_hook, unused_bits)
    return hook(finished) if hook else finished
