# SPDX-License-Identifier: Apache-2.0
"""W5: thousands of certificates in one message, the chain hidden among them."""

import random

from contest import Contest, Entry, Target
from ground import AT, EPOCH, decoding, walking
from hostile import forge
from pki import mime
from pki.world import World
from workloads.w4_large import ours

SEED = 20260601


def crowd(number):
    """Certificates of strangers under CAs of their own, hundreds for each CA."""
    maker = forge.Forge()
    found = []
    for group in range((number + 499) // 500):
        top = maker.root(forge.Holder(f"Stranger {group}", group + 1))
        found.append(top.cert)
        found += [maker.person(top, name=f"Nobody {group}.{one}").cert for one in range(min(499, number - len(found)))]
    return found[:number]


def contest_of(ground, number):
    folder = ground.enter(f"w5-{number}")
    w = World("rsa2048")
    root = w.root()
    ca = w.ca("CA", root)
    alice = w.end_entity("Alice", ca)
    crls = [w.crl(one).der for one in (root, ca)]
    certificates = crowd(number) + [one.cert for one in (alice, ca)]
    random.Random(SEED).shuffle(certificates)
    part = mime.text()
    signature = w.signature(mime.canonical(part), alice, certs=certificates)
    message = mime.message(w.fields("Alice <alice@example.com>"), mime.multipart_signed(part, signature, micalg="sha-256"))
    ground.write("mail.eml", message)
    ground.write("root.crt", root.cert)
    ground.pem("root.crl", crls=crls)
    ground.pem("openssl.pem", [root.cert], crls)
    ground.write("signature.p7s", signature)
    ground.write("part.bin", mime.canonical(part))
    offset = message.index(b"\r\n\r\n", message.index(b"pkcs7-signature;")) + 4
    ground.write("jobs", decoding(folder / "mail.eml", offset) + walking(folder / "signature.p7s"))
    slow = 60.0
    entries = [Entry("limit", [ground.tool("limit"), "jobs", 1], note="base64 decoded and hashed, every tag and length read"),
               Entry("signet", [*ours(ground), "mail.eml"], says="GOOD"),
               Entry("openssl", ["openssl", "cms", "-verify", "-in", "mail.eml", "-CAfile", "openssl.pem", "-crl_check_all",
                                 "-attime", str(EPOCH), "-out", "/dev/null"], says="successful", limit_s=slow)]
    if ground.has("inprocess-gnutls") and number <= 10000:
        entries.append(Entry("gnutls library", [ground.tool("inprocess-gnutls"), "mail", "signature.p7s", "part.bin",
                                                "openssl.pem", EPOCH, 1], limit_s=slow))
    size = len(signature) / 1e6
    targets = [Target("the size of the certificates + 16 MB", size + 16, figure="private_mb")]
    if number >= 100000:
        targets.append(Target("at most 2 x limit", 2, "limit"))
    return Contest(f"W5 {number}", f"{number} certificates in one message ({size:.0f} MB)", entries, targets, folder=folder)


def contests(ground, full):
    return [contest_of(ground, number) for number in ((1000, 10000, 100000) if full else (1000, 10000))]
