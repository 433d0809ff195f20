# SPDX-License-Identifier: Apache-2.0
"""Composing mail. Everything here ends its lines with CRLF; `line_ends` changes that for the transport."""

import base64
import quopri

BOUNDARY = "signet-boundary"


def header(name, value):
    """One field as octets. `value` may be octets, raw and folded as the test wants it."""
    raw = value if isinstance(value, bytes) else value.encode("utf-8")
    return name.encode("utf-8") + b": " + raw + b"\r\n"


def headers(fields):
    """Fields from a dict or from a list of pairs (a list can repeat a name); ready octets pass through."""
    if isinstance(fields, bytes):
        return fields
    pairs = fields.items() if isinstance(fields, dict) else fields
    return b"".join(header(name, value) for name, value in pairs if value is not None)


def entity(fields, body=b""):
    """A MIME entity: header section, empty line, body."""
    return headers(fields) + b"\r\n" + (body if isinstance(body, bytes) else body.encode("utf-8"))


def encode(octets, how):
    """Content-transfer-encoding: `base64`, `quoted-printable`, or none for `7bit`, `8bit`, `binary`."""
    if how == "base64":
        return base64_lines(octets)
    if how == "quoted-printable":
        return quopri.encodestring(octets).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return octets


def base64_lines(octets, width=64):
    text = base64.b64encode(octets)
    return b"".join(text[i:i + width] + b"\r\n" for i in range(0, len(text), width))


def text(body="Hello,\r\n\r\nthis is signed.\r\n", charset="us-ascii", encoding="7bit", fields=()):
    """A text/plain entity; `fields` come first (protected headers go there)."""
    octets = body if isinstance(body, bytes) else body.encode("utf-8")
    return entity([*fields, ("Content-Type", f"text/plain; charset={charset}"),
                   ("Content-Transfer-Encoding", encoding)], encode(octets, encoding))


def multipart(parts, subtype="mixed", boundary=BOUNDARY, parameters="", preamble=b"", epilogue=b"", closed=True,
              fields=()):
    """A multipart entity from encoded parts. The line break before each delimiter belongs to the delimiter."""
    mark = b"--" + boundary.encode()
    body = preamble + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    body += mark + b"--\r\n" + epilogue if closed else b""
    return entity([*fields, ("Content-Type", f'multipart/{subtype}; boundary="{boundary}"{parameters}')], body)


def rfc822(message):
    """A message/rfc822 entity around a whole message."""
    return entity([("Content-Type", "message/rfc822")], message)


def signature_part(cms, content_type="application/pkcs7-signature", name="smime.p7s", encoding="base64"):
    return entity([("Content-Type", f'{content_type}; name="{name}"'), ("Content-Transfer-Encoding", encoding),
                   ("Content-Disposition", f'attachment; filename="{name}"')], encode(cms, encoding))


def multipart_signed(part, cms, *, micalg="sha-256", protocol="application/pkcs7-signature", boundary=BOUNDARY,
                     content_type=None, signature=None, preamble=b"", epilogue=b"", closed=True, fields=()):
    """multipart/signed. `content_type` replaces the whole value of the field, `signature` the second part."""
    value = content_type or (f'multipart/signed; protocol="{protocol}"; '
                             + (f"micalg={micalg}; " if micalg else "") + f'boundary="{boundary}"')
    whole = multipart([part, signature or signature_part(cms)], "signed", boundary, preamble=preamble,
                      epilogue=epilogue, closed=closed)
    body = whole.split(b"\r\n\r\n", 1)[1]
    return entity([*fields, ("Content-Type", value)], body)


def opaque(cms, *, smime_type="signed-data", content_type="application/pkcs7-mime", name="smime.p7m",
           encoding="base64", value=None, disposition=True, fields=()):
    """application/pkcs7-mime. `value` replaces the whole Content-Type value."""
    parameters = (f"; smime-type={smime_type}" if smime_type else "") + (f'; name="{name}"' if name else "")
    members = [*fields, ("Content-Type", value or content_type + parameters), ("Content-Transfer-Encoding", encoding)]
    if disposition and name:
        members.append(("Content-Disposition", f'attachment; filename="{name}"'))
    return entity(members, encode(cms, encoding))


def octet_stream(cms, name="smime.p7m", encoding="base64"):
    """What gateways make of an S/MIME part."""
    return opaque(cms, smime_type=None, content_type="application/octet-stream", name=name, encoding=encoding)


def message(fields, body_entity):
    """A message: its own fields, then the entity's fields and body."""
    return headers(fields) + header("MIME-Version", "1.0") + body_entity


def line_ends(octets, form="lf"):
    """The stored form of a message: `lf`, `crlf` (as made), or `mixed` (every second line ends with LF)."""
    if form == "lf":
        return octets.replace(b"\r\n", b"\n")
    if form == "mixed":
        lines = octets.split(b"\r\n")
        return b"".join(line + (b"\n" if i % 2 else b"\r\n") for i, line in enumerate(lines[:-1])) + lines[-1]
    return octets


def canonical(octets):
    """Every line end as CRLF: what is signed."""
    return octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
