#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bundles for the unit tests of src/bundle: bundle_scenes.py OUTPUT writes them as rows of a C table."""

import base64
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import attribute_certificate, cms, crl as crls, enveloped, keys  # noqa: E402
from pki.times import days  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root, ca, alice = w.line()
crl = w.crl(root)
octets = lambda one: one if isinstance(one, bytes) else one.encode()  # noqa: E731
pem = lambda one: octets(one.pem)  # noqa: E731
block = lambda label, der: octets(keys.pem(label, der))  # noqa: E731
certs_only = cms.certs_only([root.cert, ca.cert], [crl.der])
attributes = w.attribute_certificate(alice, root)
old_attributes = attribute_certificate.build_v1(subject_name=alice.subject, issuer_name=root.subject, signer_key=root.key, serial=5,
                                                not_before=days(-1), not_after=days(1))
mail = "From: a@example.com\r\nMIME-Version: 1.0\r\n"


def entity(kind, body, encoding="base64", fields=""):
    if encoding == "base64":
        body = base64.encodebytes(body)
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{fields}\r\n"
    return head.encode() + body


def multipart(*entities):
    joined = b"".join(b"--b\r\n" + one + b"\r\n" for one in entities)
    return b"Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n" + joined + b"--b--\r\n"



objects = {
    "certificate": root.cert,
    "crl": crl.der,
    "attribute-certificate": attributes,
    "der-sequence": root.cert + crl.der + ca.cert,
    "der-line-end": root.cert + b"\n",
    "der-junk": root.cert + b"junk",
    "pem": pem(root) + pem(ca) + pem(crl),
    "pem-after-text": b"\n# a comment\n" + pem(root) + b"more\n" + block("PKCS7", certs_only),
    "pem-old-labels": block("X509 CERTIFICATE", root.cert) + block("CRL", crl.der),
    "pem-attributes": block("ATTRIBUTE CERTIFICATE", attributes),
    "pem-long": block("X509 CRL", w.crl(root, entries=crls.many(10000, days(-1), first=1 << 64), register=False).der),
    "pem-key-only": block("PRIVATE KEY", b"\x30\x03\x02\x01\x00"),
    "pem-key-and-certificate": block("PRIVATE KEY", b"\x30\x03\x02\x01\x00") + pem(root),
    "pem-broken": pem(root) + block("CERTIFICATE", b"\x30\x03\x02\x01\x00") + block("X509 CRL", b"\x30\x00") + pem(ca),
    "certs-only": certs_only,
    "certs-only-sorted": cms.certs_only([root.cert, ca.cert], [crl.der], sort=True),
    "certs-only-attributes": cms.certs_only([root.cert, ca.cert, b"\xa2" + attributes[1:]], [crl.der], version=4, sort=True),
    "attribute-certificate-v1": old_attributes,
    "certs-only-ber": cms.certs_only([root.cert, ca.cert], [crl.der], ber=True),
    "certs-only-base64": base64.encodebytes(certs_only),
    "base64": base64.encodebytes(root.cert),
    "certs-only-empty": cms.certs_only(),
    "enveloped": enveloped.enveloped(enveloped.password()),
    "mime-certificate": entity("application/pkix-cert", root.cert),
    "mime-crl": entity("application/pkix-crl; name=x.crl", crl.der),
    "mime-crl-binary": entity("application/pkix-crl", crl.der, "binary"),
    "mime-ca": entity("application/x-x509-ca-cert", pem(root), "7bit"),
    "mime-certs-only": mail.encode() + entity("application/pkcs7-mime; smime-type=certs-only; name=smime.p7c", certs_only),
    "mime-several": mail.encode() + multipart(
        entity("text/plain", b"here they are", "7bit"), entity("application/pkix-cert", root.cert), entity("application/pkix-crl", crl.der),
        entity("application/octet-stream", ca.cert, fields="Content-Disposition: attachment; filename=ca.cer\r\n"),
        entity("application/pkix-attr-cert", attributes),
        entity("message/rfc822", mail.encode() + entity("application/x-x509-email-cert", alice.cert), "8bit")),
    "mime-broken": mail.encode() + multipart(entity("application/pkix-cert", root.cert[:100]), entity("application/pkix-cert", root.cert)),
    "mime-other": mail.encode() + multipart(entity("application/octet-stream", root.cert), entity("image/png", root.cert)),
    "mime-text": mail.encode() + entity("text/plain", b"look:\n" + pem(root), "7bit"),
    "mime-no-type": mail.encode() + b"\r\n" + base64.encodebytes(root.cert),
    "text": b"nothing of the kind\n",
    "empty": b"",
    "truncated": root.cert[:100],
}


def row(name, data):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, data)) or "0"}}}, {len(data)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in objects.items()))
