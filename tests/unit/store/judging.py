#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Certificates, CRLs and mails for the tests of judging with a store: judging.py OUTPUT writes them as rows of a C table.

Everything is right unless its name says otherwise. The long CRL is one that a store gives as excerpts.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hostile.forge import Forge, Holder  # noqa: E402
from pki import cms_attributes, crl  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.times import NOW, at, days  # noqa: E402
from pki.world import World  # noqa: E402

w = World()
root, ca, alice = w.line()
bob = w.end_entity("Bob", ca)
lists = [w.crl(root), w.crl(ca, [bob])]
entries = crl.many(4000, days(-100), first=1_000_000) + w.revocation(bob) + crl.many(1000, days(-50), first=9_000_000)
long = w.crl(ca, entries=entries, number=2, at=days(0.5))
forged_long = w.crl(ca, entries=crl.many(4000, days(-100), first=1_000_000), number=9, signer_key=w.key_for("Mallory"),
                    at=days(0.7))
later = w.crl(ca, [bob, alice], number=3, at=days(0.9))
old_ca_list = w.crl(ca, number=0, at=days(-200))

# Others of the name and address of Alice.
junk_ca = w.ca("CA", w.root("Elsewhere"), subject=ca.subject)
fake = w.root("Fake Alice", emails=("alice@example.com",), ext={"subjectAltName": x.subject_alt_name(gn.email("alice@example.com")),
                                 "basicConstraints": None, "keyUsage": x.key_usage("digitalSignature")})


def alices(label, **changes):
    return w.end_entity(label, ca, email="alice@example.com", **changes)


expired = alices("Alice expired", not_before=days(-900), not_after=days(-100))
renewed = alices("Alice renewed", not_before=days(-30))
early = alices("Alice early", not_before=days(30))
unfit = alices("Alice CRL signer", ext={"keyUsage": x.key_usage("cRLSign")})
other = w.end_entity("Other", ca, email="other@example.net")
revoked = alices("Alice revoked")
with_revoked = w.crl(ca, [bob, revoked], number=2, at=days(0.6))
encrypting = alices("Alice encrypting", ext={"keyUsage": x.key_usage("keyAgreement")})

capabilities = [cms_attributes.smime_capabilities(), cms_attributes.key_preference(encrypting)]
fewer = [cms_attributes.smime_capabilities(cms_attributes.capability("aes128-cbc"))]
strangers = [w.end_entity(f"Stranger {i}", ca).cert for i in range(40)]
chain = [alice.cert, ca.cert, encrypting.cert]

# Alice with 145 issuers above her, one behind the other.
forge, above = Forge(), [Holder(f"CA {number}", 1 + number) for number in range(145)]
line = [forge.person(above[0]), *(forge.issue(lower, upper) for lower, upper in zip(above, above[1:])), forge.root(above[-1])]
objects = {
    "root": root.cert, "ca": ca.cert, "alice": alice.cert, "bob": bob.cert, "junk-ca": junk_ca.cert, "fake": fake.cert,
    "expired": expired.cert, "renewed": renewed.cert, "early": early.cert, "unfit": unfit.cert, "revoked": revoked.cert,
    "other": other.cert, "encrypting": encrypting.cert,
    "root.crl": lists[0].der, "ca.crl": lists[1].der, "long.crl": long.der, "forged.crl": forged_long.der,
    "later.crl": later.der, "old.crl": old_ca_list.der, "revoked.crl": with_revoked.der,
    "line": b"".join(one.cert for one in line),
    "mail": w.signed_mail(alice, crls=lists),
    "mail.bare": w.signed_mail(alice, certs="none"),
    "mail.bob": w.signed_mail(bob),
    "mail.changed": w.signed_mail(alice, crls=lists, alter=lambda octets: octets.replace(b"Hello", b"Hallo"), add=capabilities),
    "mail.mallory": w.signed_mail(alice, "Mallory <mallory@example.net>", crls=lists),
    "mail.able": w.signed_mail(alice, crls=lists, certs=chain, add=capabilities, time=days(-1)),
    "mail.able.older": w.signed_mail(alice, crls=lists, certs=chain, add=fewer, time=days(-2)),
    "mail.able.newer": w.signed_mail(alice, crls=lists, certs=chain, add=fewer, time=NOW),
    "mail.able.2099": w.signed_mail(alice, crls=lists, certs=chain, add=fewer, time=at(2099)),
    "mail.able.timeless": w.signed_mail(alice, crls=lists, certs=chain, add=fewer, time=None),
    "mail.able.changed": w.signed_mail(alice, crls=lists, certs=chain, add=fewer, time=NOW,
                                       alter=lambda octets: octets.replace(b"Hello", b"Hallo")),
    "mail.crowd": w.signed_mail(fake, crls=[forged_long], certs=[fake.cert, *strangers]),
    "mail.root": w.signed_mail(alice, crls=lists, certs=[alice.cert, ca.cert, root.cert]),
}


def row(name, octets):
    return f'{{"{name}", (const unsigned char[]){{{",".join(map(str, octets))}}}, {len(octets)}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, octets) for name, octets in objects.items()))
