# SPDX-License-Identifier: Apache-2.0
"""Distinguished names with every string type chosen, attribute by attribute."""

from . import der, oids

# The type a careful CA takes where RFC 5280 leaves no choice.
FIXED_TYPES = {"C": "printable", "serialNumber": "printable", "dnQualifier": "printable", "DC": "ia5",
               "emailAddress": "ia5"}


def attribute(kind, value, string_type=None):
    """AttributeTypeAndValue. `kind` is a name or a dotted OID, `value` text or octets; with
    `string_type="raw"` the octets are the whole value, tag and length included."""
    string_type = string_type or FIXED_TYPES.get(kind, "utf8")
    encoded = value if string_type == "raw" else der.string(string_type, value)
    return der.sequence(der.oid(oids.ATTRIBUTES.get(kind, kind)), encoded)


def rdn(*attributes):
    """One RelativeDistinguishedName; each attribute is (kind, value[, string type])."""
    return der.set_of(*(attribute(*one) for one in attributes))


def dn(*rdns):
    """A Name. Each RDN is one attribute tuple, or a list of them for a multi-valued one, or ready octets."""
    return der.sequence(*(_any_rdn(one) for one in rdns))


def _any_rdn(one):
    if isinstance(one, bytes):
        return one
    return rdn(*one) if isinstance(one, list) else rdn(one)


def example(common_name, string_type=None):
    """The shape of most names in these tests."""
    return dn(("O", "Example"), ("CN", common_name, string_type))


EMPTY = dn()
