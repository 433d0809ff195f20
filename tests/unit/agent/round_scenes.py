#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mail that lacks things, and the things: round_scenes.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import cms_attributes, der, mime  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.times import days  # noqa: E402
from pki.world import World  # noqa: E402

PLACES = [
    x.authority_info_access(("ocsp", gn.uri("http://ocsp.example/")), ("caIssuers", gn.uri("http://pki.example/ca.cer")),
                            ("caIssuers", gn.uri("file:///etc/passwd")), ("caIssuers", gn.uri("LDAP://ldap.example/cn=CA"))),
    x.crl_distribution_points(x.distribution_point([gn.uri("http://pki.example/ca.crl"), gn.uri("ftp://pki.example/ca.crl")]),
                              x.distribution_point([gn.uri("https://pki.example/ca.crl"), gn.uri("http://pki.example/ca.crl")])),
    x.freshest_crl(x.distribution_point([gn.uri("http://pki.example/delta.crl")])),
]

w = World()
root = w.root()
ca = w.ca("CA", root)
alice = w.end_entity("Alice", ca, extra=PLACES)
spare = w.end_entity("Alice", ca, key="p256:spare", ext={"keyUsage": x.key_usage("keyAgreement")})
nobody = w.end_entity("Nobody", ca, email=None)
lone = w.certificate("Lone", None, emails=("lone@example.com",))
old = w.certificate("Old", None, emails=("old@example.com",), not_after=days(-1))
wrong_use = w.certificate("Wrong use", None, emails=("wrong.use@example.com",), ext={"keyUsage": x.key_usage("keyAgreement")})
stranger_root = w.root("Stranger Root")
stranger = w.end_entity("Stranger", stranger_root, extra=PLACES)
below_alice = w.certificate("Victim", alice, emails=("victim@example.com",), extra=PLACES)
other_issuer = w.ca("CRL Issuer", root)
indirect = w.end_entity("Indirect", ca, extra=[x.crl_distribution_points(
    x.distribution_point([gn.uri("http://pki.example/indirect.crl")], issuer=[gn.directory(other_issuer.subject)]))])

lists = [w.crl(root), w.crl(ca)]
newer = w.crl(ca, [alice], number=2)
capabilities = cms_attributes.smime_capabilities()
preference = cms_attributes.key_preference(spare)
stranger_preference = cms_attributes.key_preference(nobody)


def bare(signer, *args, **options):
    return w.signed_mail(signer, *args, certs="none", **options)


def subtrees(*members):
    return der.sequence(*(x.subtree(one) for one in members))


objects = {
    "root": root.cert, "ca": ca.cert, "alice": alice.cert, "nobody": nobody.cert, "lone": lone.cert, "old": old.cert,
    "wrong use": wrong_use.cert, "indirect": indirect.cert, "spare": spare.cert, "stranger root": stranger_root.cert,
    "root crl": lists[0].der, "ca crl": lists[1].der, "newer ca crl": newer.der,
    "bare mail": bare(alice), "bare mail by key": bare(alice, sid="ski"),
    "mail": w.signed_mail(alice, crls=lists), "mail without crls": w.signed_mail(alice),
    "anchorless mail": w.signed_mail(stranger, certs=[stranger, stranger_root]),
    "mail below alice": w.signed_mail(below_alice, certs=[below_alice, alice, ca], crls=lists),
    "mail of nobody": w.signed_mail(nobody, "Bob <b@example.org>", crls=lists),
    "mail of nobody to c": w.signed_mail(nobody, "Carol <c@example.org>", crls=lists),
    "mail of alice as b": w.signed_mail(alice, "Bob <b@example.org>", crls=lists),
    "mail of lone": w.signed_mail(lone, certs=[lone]),
    "mail of lone as b": w.signed_mail(lone, "Bob <b@example.org>", certs=[lone]),
    "changed mail of lone": w.signed_mail(lone, certs=[lone], alter=lambda octets: octets.replace(b"Hello", b"Hallo")),
    "mail of old": w.signed_mail(old, certs=[old]),
    "mail of wrong use": w.signed_mail(wrong_use, certs=[wrong_use]),
    "claiming mail": w.signed_mail(alice, certs=[alice, ca, spare], crls=lists, add=[capabilities, preference]),
    "claims of others": w.signed_mail(alice, crls=lists, add=[stranger_preference]),
    "only example.org": subtrees(gn.email("example.org")), "only example.com": subtrees(gn.email("example.com")),
    "part": mime.canonical(mime.text()),
}


def row(name, octets):
    return f'{{"{name}", {{(const unsigned char[]){{{",".join(map(str, octets))}}}, {len(octets)}}}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, octets) for name, octets in objects.items()))
