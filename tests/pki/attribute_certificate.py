# SPDX-License-Identifier: Apache-2.0
"""Attribute certificates: version 2 of RFC 5755 (RFC 3281) and the version 1 that came before it."""

from . import der, digests
from .certificate import signed
from .extensions import extensions as encode_extensions
from .general_names import directory
from .sign import scheme as choose_scheme

AUTHENTICATION_INFO, ACCESS_IDENTITY = "1.3.6.1.5.5.7.10.1", "1.3.6.1.5.5.7.10.2"
CHARGING_IDENTITY, GROUP, ENCRYPTED = "1.3.6.1.5.5.7.10.3", "1.3.6.1.5.5.7.10.4", "1.3.6.1.5.5.7.10.6"
ROLE, CLEARANCE, CLEARANCE_3281 = "2.5.4.72", "2.5.4.55", "2.5.1.5.55"
PUBLIC_KEY, CERTIFICATE, OTHER = 0, 1, 2
LEVELS = ("unmarked", "unclassified", "restricted", "confidential", "secret", "topSecret")


# --- whom it is about, and who issued it ------------------------------------------------------------------

def issuer_serial(name, serial, uid=None, names=None):
    """IssuerSerial; `names` is a list of GeneralNames in place of the one `name`."""
    listed = [directory(name)] if names is None else names
    return der.sequence(der.sequence(*listed), der.integer(serial), b"" if uid is None else der.bit_string(uid))


def object_digest(octets, kind=CERTIFICATE, digest="sha256", other=None, value=None):
    """ObjectDigestInfo over `octets`."""
    return der.sequence(der.enumerated(kind), b"" if other is None else der.oid(other), digests.identifier(digest),
                        der.bit_string(digests.digest(digest, octets) if value is None else value))


def holder(base=None, names=None, digest=None):
    """Holder from an IssuerSerial, a list of GeneralNames, an ObjectDigestInfo."""
    return der.sequence(b"" if base is None else der.implicit(0, base),
                        b"" if names is None else der.context(1, b"".join(names), constructed=True),
                        b"" if digest is None else der.implicit(2, digest))


def holder_by_certificate(issuer_name, serial):
    return holder(base=issuer_serial(issuer_name, serial))


def holder_by_name(name):
    return holder(names=[directory(name)])


def holder_by_digest(certificate, digest="sha256"):
    """objectDigestInfo over a whole certificate (publicKeyCert)."""
    return holder(digest=object_digest(certificate, digest=digest))


def v2_form(name=None, names=None, base=None, digest=None):
    """[0] V2Form with the one name RFC 5755 asks for; `names` is a list of GeneralNames in place of it."""
    listed = [directory(name)] if names is None else names
    return der.context(0, (der.sequence(*listed) if listed else b"") + (b"" if base is None else der.implicit(0, base))
                       + (b"" if digest is None else der.implicit(1, digest)), constructed=True)


def v1_form(name):
    return der.sequence(directory(name))


# --- attributes -------------------------------------------------------------------------------------------

def attribute(oid, *values):
    return der.sequence(der.oid(oid), der.set_of(*values))


def ietf(*values, authority=None):
    """IetfAttrSyntax; a text is a string, anything else is ready octets."""
    return der.sequence(b"" if authority is None else der.context(0, b"".join(authority), constructed=True),
                        der.sequence(*(der.utf8(one) if isinstance(one, str) else one for one in values)))


def group(*texts, authority=None):
    return attribute(GROUP, ietf(*texts, authority=authority))


def charging_identity(*texts, authority=None):
    return attribute(CHARGING_IDENTITY, ietf(*texts, authority=authority))


def service(where, identity, secret=None):
    """SvceAuthInfo from two GeneralNames."""
    return der.sequence(where, identity, b"" if secret is None else der.octet_string(secret))


def authentication_info(*values):
    return attribute(AUTHENTICATION_INFO, *values)


def access_identity(*values):
    return attribute(ACCESS_IDENTITY, *values)


def role(name, authority=None):
    """A role from GeneralNames."""
    return attribute(ROLE, der.sequence(b"" if authority is None else der.context(0, b"".join(authority), constructed=True),
                                        der.explicit(1, name)))


def class_list(*levels):
    return der.named_bits([LEVELS.index(one) for one in levels])


def category(oid, value):
    """SecurityCategory."""
    return der.sequence(der.implicit(0, der.oid(oid)), der.explicit(1, value))


def clearance(policy, *levels, categories=(), oid=CLEARANCE):
    return attribute(oid, der.sequence(der.oid(policy), class_list(*levels) if levels else b"",
                                       der.set_of(*categories) if categories else b""))


def clearance_3281(policy, *levels, categories=()):
    """The same by the tags and the OID of RFC 3281."""
    return attribute(CLEARANCE_3281, der.sequence(
        der.implicit(0, der.oid(policy)), der.implicit(1, class_list(*levels)) if levels else b"",
        der.implicit(2, der.set_of(*categories)) if categories else b""))


# --- the whole --------------------------------------------------------------------------------------------

def period(not_before, not_after):
    """AttCertValidityPeriod; octets are ready times."""
    return der.sequence(*(one if isinstance(one, bytes) else der.generalized_time(one) for one in (not_before, not_after)))


def build(*, holder, issuer_name, signer_key, serial, not_before, not_after, attributes=None, extensions=None,
          issuer=None, scheme=None, inner=None, outer=None, issuer_uid=None, signature_hook=None, tbs_hook=None,
          hook=None, version=1):
    """A version 2 attribute certificate (whose version number is 1). `version=None` leaves that out. Hooks as in
    `certificate.build`."""
    scheme = choose_scheme(scheme, signer_key)
    tbs = der.sequence(
        b"" if version is None else der.integer(version), holder, v2_form(issuer_name) if issuer is None else issuer,
        inner or scheme.identifier, der.integer(serial), period(not_before, not_after),
        der.sequence(*([group("staff")] if attributes is None else attributes)),
        b"" if issuer_uid is None else der.bit_string(issuer_uid),
        encode_extensions(extensions) if extensions is not None else b"")
    if tbs_hook:
        tbs = tbs_hook(tbs)
    finished = signed(tbs, signer_key, scheme, outer, signature_hook)
    return hook(finished) if hook else finished


def build_v1(*, issuer_name, signer_key, serial, not_before, not_after, subject_name=None, subject=None, scheme=None,
             explicit=False, version=None):
    """AttributeCertificateV1 of X.509 (1997): version DEFAULT v1, subject and issuer as GeneralNames. `explicit` takes
    the tags of RFC 5652 12.2, `subject` is an IssuerSerial in place of a name."""
    scheme = choose_scheme(scheme, signer_key)
    number, value = (0, subject) if subject else (1, der.sequence(directory(subject_name)))
    tbs = der.sequence(b"" if version is None else der.integer(version),
                       der.explicit(number, value) if explicit else der.implicit(number, value),
                       der.sequence(directory(issuer_name)), scheme.identifier, der.integer(serial),
                       period(not_before, not_after), der.sequence(group("staff")))
    return signed(tbs, signer_key, scheme)
