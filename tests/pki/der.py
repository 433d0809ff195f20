# SPDX-License-Identifier: Apache-2.0
"""Writing DER, and on request what is not DER.

Every function returns octets. The checks a good encoder would make are left out on purpose: tests need
objects that a good encoder refuses to write.
"""

UNIVERSAL, APPLICATION, CONTEXT, PRIVATE = 0x00, 0x40, 0x80, 0xC0
CONSTRUCTED = 0x20

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID, ENUMERATED = 1, 2, 3, 4, 5, 6, 10
UTF8, SEQUENCE, SET = 12, 0x30, 0x31
NUMERIC, PRINTABLE, TELETEX, VIDEOTEX, IA5 = 18, 19, 20, 21, 22
UTC_TIME, GENERALIZED_TIME, GRAPHIC, VISIBLE, GENERAL, UNIVERSAL_STRING, BMP = 23, 24, 25, 26, 27, 28, 30

END_OF_CONTENTS = b"\x00\x00"


# --- tag and length ---------------------------------------------------------------------------------------

def tag(number, cls=UNIVERSAL, constructed=False, long_form=False):
    """Identifier octets; `long_form` writes the multi-octet form even for a number below 31."""
    first = cls | (CONSTRUCTED if constructed else 0)
    if number < 31 and not long_form:
        return bytes([first | number])
    return bytes([first | 31]) + base128(number)


def base128(number):
    octets = [number & 0x7F]
    while number > 0x7F:
        number >>= 7
        octets.append(0x80 | number & 0x7F)
    return bytes(reversed(octets))


def length(count, octets=None):
    """Length octets; `octets` asks for the long form with that many octets, minimal or not."""
    if octets is None:
        if count < 0x80:
            return bytes([count])
        octets = (count.bit_length() + 7) // 8
    return bytes([0x80 | octets]) + count.to_bytes(octets, "big")


def tlv(identifier, content, length_octets=None, claimed=None):
    """One value. `identifier` is an int or octets; `claimed` is a length that need not be true."""
    if isinstance(identifier, int):
        identifier = bytes([identifier])
    count = len(content) if claimed is None else claimed
    return identifier + length(count, length_octets) + content


def indefinite(identifier, content, end=END_OF_CONTENTS):
    """BER's indefinite length; `end=b""` leaves the end-of-contents octets out."""
    if isinstance(identifier, int):
        identifier = bytes([identifier])
    return identifier + b"\x80" + content + end


# --- universal types --------------------------------------------------------------------------------------

def boolean(value, octet=0xFF):
    return tlv(BOOLEAN, bytes([octet if value else 0]))


def integer_octets(value):
    """The minimal two's complement octets of an INTEGER."""
    size = (value + (value < 0)).bit_length() // 8 + 1
    return value.to_bytes(size, "big", signed=True)


def integer(value):
    """An INTEGER; octets are taken as they are, so that a non-minimal one can be written."""
    return tlv(INTEGER, value if isinstance(value, bytes) else integer_octets(value))


def enumerated(value):
    return tlv(ENUMERATED, integer_octets(value))


def null():
    return tlv(NULL, b"")


def oid_octets(dotted):
    arcs = [int(arc) for arc in dotted.split(".")]
    return b"".join(base128(arc) for arc in [arcs[0] * 40 + arcs[1]] + arcs[2:])


def oid(dotted):
    return tlv(OID, oid_octets(dotted))


def octet_string(content):
    return tlv(OCTET_STRING, content)


def bit_string(content, unused=0):
    return tlv(BIT_STRING, bytes([unused]) + content)


def named_bits(bits, trailing_zeros=0):
    """A named bit list, cut to its last set bit as DER wants; `trailing_zeros` keeps that many more."""
    if not bits and not trailing_zeros:
        return bit_string(b"")
    count = (max(bits) + 1 if bits else 0) + trailing_zeros
    size = (count + 7) // 8
    number = sum(1 << (size * 8 - 1 - bit) for bit in bits)
    return bit_string(number.to_bytes(size, "big"), size * 8 - count)


def sequence(*parts):
    return tlv(SEQUENCE, b"".join(parts))


def set_(*parts):
    """A SET in the order given."""
    return tlv(SET, b"".join(parts))


def set_of(*parts):
    """A SET OF in DER's order."""
    return tlv(SET, b"".join(sorted(parts)))


# --- strings ----------------------------------------------------------------------------------------------

STRING_TYPES = {
    "utf8": (UTF8, "utf-8"), "printable": (PRINTABLE, "latin-1"), "ia5": (IA5, "latin-1"),
    "teletex": (TELETEX, "latin-1"), "bmp": (BMP, "utf-16-be"), "universal": (UNIVERSAL_STRING, "utf-32-be"),
    "visible": (VISIBLE, "latin-1"), "numeric": (NUMERIC, "latin-1"), "octet": (OCTET_STRING, "utf-8"),
}


def string(kind, value):
    """A character string of the named kind; octets are taken as they are."""
    identifier, encoding = STRING_TYPES[kind]
    return tlv(identifier, value if isinstance(value, bytes) else value.encode(encoding))


def utf8(value):
    return string("utf8", value)


def printable(value):
    return string("printable", value)


def ia5(value):
    return string("ia5", value)


# --- times ------------------------------------------------------------------------------------------------

def utc_time(value):
    """UTCTime from a datetime or from the text itself (`491231235959Z`)."""
    return tlv(UTC_TIME, _time_octets(value, "%y%m%d%H%M%SZ"))


def generalized_time(value):
    return tlv(GENERALIZED_TIME, _time_octets(value, "%Y%m%d%H%M%SZ"))


def time(value):
    """The form RFC 5280 prescribes for this year; octets are a ready value."""
    if isinstance(value, bytes):
        return value
    return utc_time(value) if 1950 <= value.year < 2050 else generalized_time(value)


def _time_octets(value, form):
    return (value if isinstance(value, str) else value.strftime(form)).encode("ascii")


# --- context tags -----------------------------------------------------------------------------------------

def context(number, content, constructed=False):
    """[number] with the given content octets."""
    return tlv(tag(number, CONTEXT, constructed), content)


def explicit(number, value):
    return context(number, value, constructed=True)


def implicit(number, value):
    """The encoded `value` with its tag replaced by [number], primitive or constructed as it was."""
    identifier, content, _ = split(value)
    return context(number, content, bool(identifier[0] & CONSTRUCTED))


# --- taking apart what this module wrote ------------------------------------------------------------------

def split(data):
    """(identifier octets, content, rest) of the first value. For well-formed definite input only."""
    end = 1
    if data[0] & 31 == 31:
        while data[end] & 0x80:
            end += 1
        end += 1
    identifier, count, at = data[:end], data[end], end + 1
    if count & 0x80:
        size = count & 0x7F
        count, at = int.from_bytes(data[at:at + size], "big"), at + size
    return identifier, data[at:at + count], data[at + count:]


def content(data):
    return split(data)[1]


def children(data):
    """The values inside a constructed one, each with its tag and length."""
    rest, found = content(data), []
    while rest:
        after = split(rest)[2]
        found.append(rest[:len(rest) - len(after)])
        rest = after
    return found


# --- BER --------------------------------------------------------------------------------------------------

def segmented(octets, size=16, identifier=OCTET_STRING, definite=False):
    """A constructed string of `size`-octet segments."""
    parts = b"".join(tlv(identifier, octets[i:i + size]) for i in range(0, len(octets), size))
    outer = identifier | CONSTRUCTED
    return tlv(outer, parts) if definite else indefinite(outer, parts)


def ber(value, long_lengths=False):
    """`value` with every constructed level in indefinite length (or in over-long definite lengths)."""
    identifier, inner, _ = split(value)
    if not identifier[0] & CONSTRUCTED:
        return value
    parts = b"".join(ber(child, long_lengths) for child in children(value))
    return tlv(identifier, parts, length_octets=4) if long_lengths else indefinite(identifier, parts)
