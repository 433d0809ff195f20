# SPDX-License-Identifier: Apache-2.0
"""GeneralName in all nine forms. Each function returns one encoded GeneralName."""

import ipaddress

from . import der, names, oids


def _text(value):
    return value if isinstance(value, bytes) else value.encode("utf-8")


def other(type_oid, value):
    """otherName; `value` is the encoded value that stands in [0]."""
    return der.context(0, der.oid(type_oid) + der.explicit(0, value), constructed=True)


def smtp_utf8(address):
    return other(oids.SMTP_UTF8_MAILBOX, der.utf8(address))


def email(address):
    return der.context(1, _text(address))


def dns(name):
    return der.context(2, _text(name))


def x400(content=b""):
    """x400Address with an (empty) ORAddress; nobody reads deeper."""
    return der.context(3, content or der.sequence(), constructed=True)


def directory(name):
    """directoryName from an encoded Name or from the arguments of `names.dn`. Name is a CHOICE: explicit."""
    return der.explicit(4, name if isinstance(name, bytes) else names.dn(*name))


def edi_party(name="party"):
    return der.context(5, der.explicit(1, der.utf8(name)), constructed=True)


def uri(text):
    return der.context(6, _text(text))


def ip(address):
    """iPAddress from text, from a network (`10.0.0.0/8`: address and mask, for constraints) or from octets."""
    if isinstance(address, bytes):
        return der.context(7, address)
    if "/" in address:
        network = ipaddress.ip_network(address, strict=False)
        return der.context(7, network.network_address.packed + network.netmask.packed)
    return der.context(7, ipaddress.ip_address(address).packed)


def registered_id(dotted):
    return der.context(8, der.oid_octets(dotted))


def general_names(*members):
    return der.sequence(*members)
