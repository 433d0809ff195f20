# SPDX-License-Identifier: Apache-2.0
"""Extensions of certificates, CRLs and CRL entries (RFC 5280, 4.2, 5.2, 5.3 and some neighbours).

Each function returns an `Extension` that can still be changed: `key_usage("keyCertSign").but(critical=False)`.
"""

from dataclasses import dataclass, replace

from . import der, oids
from .general_names import general_names

KEY_USAGE_BITS = ("digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
                  "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly")
REASON_FLAGS = ("unused", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
                "cessationOfOperation", "certificateHold", "privilegeWithdrawn", "aACompromise")
REASON_CODES = {name: number for number, name in enumerate(("unspecified",) + REASON_FLAGS[1:7])}
REASON_CODES.update(removeFromCRL=8, privilegeWithdrawn=9, aACompromise=10)


@dataclass(frozen=True)
class Extension:
    """`value` is what stands inside the OCTET STRING, well-formed or not; `spell_false` writes the DEFAULT."""

    name: str
    value: bytes
    critical: bool = False
    spell_false: bool = False

    def but(self, **changes):
        return replace(self, **changes)

    def der(self):
        flag = der.boolean(self.critical) if self.critical or self.spell_false else b""
        return der.sequence(der.oid(oids.EXTENSIONS.get(self.name, self.name)), flag, der.octet_string(self.value))


def extensions(members):
    """The Extensions sequence; ready octets pass through."""
    return der.sequence(*(one if isinstance(one, bytes) else one.der() for one in members))


def private(value=b"\x05\x00", critical=False, oid=oids.PRIVATE_EXTENSION):
    """An extension nobody knows."""
    return Extension(oid, value, critical)


# --- certificates -----------------------------------------------------------------------------------------

def basic_constraints(ca=True, path_len=None, critical=True):
    """`path_len` may be octets, for an INTEGER no encoder would write."""
    flag = der.boolean(True) if ca else b""
    limit = b"" if path_len is None else der.integer(path_len)
    return Extension("basicConstraints", der.sequence(flag, limit), critical)


def key_usage(*bits, critical=True):
    return Extension("keyUsage", der.named_bits([KEY_USAGE_BITS.index(bit) for bit in bits]), critical)


def ext_key_usage(*purposes, critical=False):
    return Extension("extKeyUsage", der.sequence(*(der.oid(oids.PURPOSES.get(p, p)) for p in purposes)), critical)


def subject_alt_name(*members, critical=False):
    return Extension("subjectAltName", general_names(*members), critical)


def issuer_alt_name(*members, critical=False):
    return Extension("issuerAltName", general_names(*members), critical)


def subject_key_identifier(octets, critical=False):
    return Extension("subjectKeyIdentifier", der.octet_string(octets), critical)


def authority_key_identifier(key=None, issuer=None, serial=None, critical=False):
    """`issuer` is a list of GeneralNames, beside it belongs `serial`."""
    parts = []
    if key is not None:
        parts.append(der.context(0, key))
    if issuer is not None:
        parts.append(der.context(1, b"".join(issuer), constructed=True))
    if serial is not None:
        parts.append(der.implicit(2, der.integer(serial)))
    return Extension("authorityKeyIdentifier", der.sequence(*parts), critical)


def subtree(base, minimum=None, maximum=None):
    """GeneralSubtree; `minimum=0` writes the DEFAULT that DER leaves out."""
    low = b"" if minimum is None else der.implicit(0, der.integer(minimum))
    high = b"" if maximum is None else der.implicit(1, der.integer(maximum))
    return der.sequence(base, low, high)


def name_constraints(permitted=None, excluded=None, critical=True):
    """Lists of GeneralNames (or of ready subtrees, which start with SEQUENCE)."""
    parts = []
    for number, bases in ((0, permitted), (1, excluded)):
        if bases is not None:
            trees = (base if base[:1] == b"\x30" else subtree(base) for base in bases)
            parts.append(der.context(number, b"".join(trees), constructed=True))
    return Extension("nameConstraints", der.sequence(*parts), critical)


def policy(oid, *qualifiers):
    return der.sequence(der.oid(oid), der.sequence(*qualifiers) if qualifiers else b"")


def cps(uri):
    return der.sequence(der.oid(oids.CPS_QUALIFIER), der.ia5(uri))


def user_notice(text=None, string_type="utf8", organization=None, numbers=()):
    reference = b""
    if organization is not None:
        reference = der.sequence(der.utf8(organization), der.sequence(*map(der.integer, numbers)))
    explicit_text = b"" if text is None else der.string(string_type, text)
    return der.sequence(der.oid(oids.NOTICE_QUALIFIER), der.sequence(reference, explicit_text))


def private_qualifier():
    return der.sequence(der.oid(oids.PRIVATE_QUALIFIER), der.utf8("nobody knows this"))


def certificate_policies(*policies, critical=False):
    """Each policy is a dotted OID or the result of `policy`."""
    encoded = (one if isinstance(one, bytes) else policy(one) for one in policies)
    return Extension("certificatePolicies", der.sequence(*encoded), critical)


def policy_mappings(*pairs, critical=True):
    """Pairs (issuer domain policy, subject domain policy)."""
    return Extension("policyMappings", der.sequence(*(der.sequence(der.oid(a), der.oid(b)) for a, b in pairs)), critical)


def policy_constraints(require=None, inhibit=None, critical=True):
    first = b"" if require is None else der.implicit(0, der.integer(require))
    second = b"" if inhibit is None else der.implicit(1, der.integer(inhibit))
    return Extension("policyConstraints", der.sequence(first, second), critical)


def inhibit_any_policy(skip=0, critical=True):
    return Extension("inhibitAnyPolicy", der.integer(skip), critical)


def reason_flags(number, names):
    """[number] ReasonFlags."""
    return der.implicit(number, der.named_bits([REASON_FLAGS.index(name) for name in names]))


def point_name(members=None, relative=None):
    """[0] DistributionPointName: fullName from GeneralNames, or nameRelativeToCRLIssuer from an encoded RDN."""
    if relative is not None:
        return der.explicit(0, der.implicit(1, relative))
    return der.explicit(0, der.context(0, b"".join(members), constructed=True))


def distribution_point(members=None, relative=None, reasons=None, issuer=None):
    """`members` and `issuer` are lists of GeneralNames."""
    parts = []
    if members is not None or relative is not None:
        parts.append(point_name(members, relative))
    if reasons is not None:
        parts.append(reason_flags(1, reasons))
    if issuer is not None:
        parts.append(der.context(2, b"".join(issuer), constructed=True))
    return der.sequence(*parts)


def crl_distribution_points(*points, critical=False):
    return Extension("cRLDistributionPoints", der.sequence(*points), critical)


def freshest_crl(*points, critical=False):
    return Extension("freshestCRL", der.sequence(*points), critical)


def _access(name, descriptions, critical):
    parts = (der.sequence(der.oid(oids.ACCESS_METHODS.get(method, method)), location)
             for method, location in descriptions)
    return Extension(name, der.sequence(*parts), critical)


def authority_info_access(*descriptions, critical=False):
    """Pairs (method, GeneralName)."""
    return _access("authorityInfoAccess", descriptions, critical)


def subject_info_access(*descriptions, critical=False):
    return _access("subjectInfoAccess", descriptions, critical)


def private_key_usage_period(not_before=None, not_after=None):
    parts = [der.implicit(number, der.generalized_time(moment))
             for number, moment in ((0, not_before), (1, not_after)) if moment is not None]
    return Extension("privateKeyUsagePeriod", der.sequence(*parts))


def subject_directory_attributes(*attributes):
    """Pairs (attribute OID, encoded value)."""
    return Extension("subjectDirectoryAttributes",
                     der.sequence(*(der.sequence(der.oid(oid), der.set_(value)) for oid, value in attributes)))


def smime_capabilities(*capabilities):
    """Pairs (OID, encoded parameters or nothing), RFC 4262."""
    return Extension("smimeCapabilities",
                     der.sequence(*(der.sequence(der.oid(oid), parameters) for oid, parameters in capabilities)))


def no_rev_avail():
    return Extension("noRevAvail", der.null())


# --- attribute certificates -------------------------------------------------------------------------------

def audit_identity(octets, critical=True):
    return Extension("auditIdentity", der.octet_string(octets), critical)


def target_name(member):
    """A Target from a GeneralName."""
    return der.explicit(0, member)


def target_group(member):
    return der.explicit(1, member)


def target_certificate(issuer_serial, name=b"", digest=b""):
    """From an IssuerSerial, a GeneralName and an ObjectDigestInfo."""
    return der.context(2, issuer_serial + name + digest, constructed=True)


def target_information(*targets, lists=None, critical=True):
    """One Targets of `targets`, or several from `lists` of them."""
    return Extension("targetInformation", der.sequence(*(der.sequence(*one) for one in lists or [targets])), critical)


def aa_controls(path_len=None, permitted=None, excluded=None, unspecified=True, critical=False):
    """In a certificate: what issuers of attribute certificates below it may certify."""
    lists = (b"" if oids_ is None else der.context(number, b"".join(map(der.oid, oids_)), constructed=True)
             for number, oids_ in ((0, permitted), (1, excluded)))
    return Extension("aaControls", der.sequence(b"" if path_len is None else der.integer(path_len), *lists,
                                                b"" if unspecified else der.boolean(False)), critical)


# --- CRLs -------------------------------------------------------------------------------------------------

def crl_number(number, critical=False):
    return Extension("cRLNumber", der.integer(number), critical)


def delta_crl_indicator(base, critical=True):
    return Extension("deltaCRLIndicator", der.integer(base), critical)


def issuing_distribution_point(members=None, relative=None, only_user=False, only_ca=False, reasons=None,
                               indirect=False, only_attribute=False, critical=True):
    parts = []
    if members is not None or relative is not None:
        parts.append(point_name(members, relative))
    for number, flag in ((1, only_user), (2, only_ca)):
        if flag:
            parts.append(der.implicit(number, der.boolean(True)))
    if reasons is not None:
        parts.append(reason_flags(3, reasons))
    for number, flag in ((4, indirect), (5, only_attribute)):
        if flag:
            parts.append(der.implicit(number, der.boolean(True)))
    return Extension("issuingDistributionPoint", der.sequence(*parts), critical)


# --- CRL entries ------------------------------------------------------------------------------------------

def reason_code(reason, critical=False):
    """A reason's name or number."""
    return Extension("reasonCode", der.enumerated(REASON_CODES.get(reason, reason)), critical)


def invalidity_date(moment):
    return Extension("invalidityDate", der.generalized_time(moment))


def certificate_issuer(*members, critical=True):
    return Extension("certificateIssuer", general_names(*members), critical)


def hold_instruction(oid="1.2.840.10040.2.1"):
    return Extension("holdInstructionCode", der.oid(oid))
