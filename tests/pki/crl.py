# SPDX-License-Identifier: Apache-2.0
"""Certificate revocation lists of every kind."""

from . import der
from .certificate import signed
from .extensions import extensions as encode_extensions
from .sign import scheme as choose_scheme

V1, V2 = 0, 1


def entry(serial, date, extensions=None):
    """One element of revokedCertificates; `extensions=[]` writes an empty sequence, None none."""
    extra = b"" if extensions is None else encode_extensions(extensions)
    return der.sequence(der.integer(serial), der.time(date), extra)


def many(count, date, first=1):
    """`count` entries with consecutive serials, fast enough for a million."""
    moment = der.time(date)
    return b"".join(der.sequence(der.integer(serial), moment) for serial in range(first, first + count))


def build(*, issuer, signer_key, this_update, next_update=None, entries=(), extensions=None, version=V2,
          scheme=None, inner=None, outer=None, tbs_hook=None, signature_hook=None, hook=None, empty_list=False):
    """The DER of one CRL. `entries` is a list of encoded entries or their concatenation; `empty_list` writes the
    sequence even when nothing is revoked, which RFC 5280 forbids. Hooks as in `certificate.build`."""
    scheme = choose_scheme(scheme, signer_key)
    listed = entries if isinstance(entries, bytes) else b"".join(entries)
    parts = []
    if isinstance(version, bytes):
        parts.append(version)
    elif version:
        parts.append(der.integer(version))
    parts += [inner or scheme.identifier, issuer, der.time(this_update)]
    if next_update is not None:
        parts.append(der.time(next_update))
    if listed or empty_list:
        parts.append(der.tlv(der.SEQUENCE, listed))
    if extensions is not None:
        parts.append(der.explicit(0, encode_extensions(extensions)))
    tbs = der.sequence(*parts)
    if tbs_hook:
        tbs = tbs_hook(tbs)
    finished = signed(tbs, signer_key, scheme, outer, signature_hook)
    return hook(finished) if hook else finished
