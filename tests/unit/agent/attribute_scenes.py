#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Objects for the unit tests of attribute certificates: attribute_scenes.py OUTPUT writes them as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import attribute_certificate as ac  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.times import days  # noqa: E402
from pki.world import World  # noqa: E402

objects = {}
w = World()
root = w.root()
alice = w.end_entity("Alice", root)
bob = w.end_entity("Bob", root)
authority = w.end_entity("Authority", root, email=None, ext={"keyUsage": x.key_usage("digitalSignature", "cRLSign"), "extKeyUsage": None})
POINT = x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/")]))
TARGET = x.target_information(x.target_name(gn.dns("shop.example")), x.target_name(gn.directory([("CN", "Shop")])))


def attributed(name, *extra, revocation=True, **changes):
    extensions = [x.no_rev_avail()] * revocation + list(extra)
    objects[f"ac {name}"] = w.attribute_certificate(alice, authority, **{"serial": 7, "extensions": extensions, **changes})


for one in (root, alice, bob, authority):
    objects[one.name] = one.cert
objects["root CRL"] = w.crl(root).der
objects["authority CRL"] = w.crl(authority).der
objects["authority CRL listing"] = w.crl(authority, [7], number=2).der
objects["CRL of certificates"] = w.crl(authority, [7], extra=[x.issuing_distribution_point(only_user=True)]).der
attributed("good")
attributed("by name", holder=ac.holder(names=[gn.email("alice@example.com")]))
attributed("by digest", holder=ac.holder_by_digest(alice.cert))
attributed("of nobody", holder=ac.holder())
attributed("of a stranger", holder=ac.holder(names=[gn.email("carol@example.com")]))
attributed("targeted", TARGET)
attributed("pointer", POINT, revocation=False)
attributed("no scheme", revocation=False)
attributed("expired", not_after=days(-1))
attributed("long serial", serial=0x100000)
attributed("long serial of another", holder=ac.holder(names=[gn.email("carol@example.com")]), serial=0x100000)
attributed("many attributes", attributes=[ac.group("staff"), ac.attribute("1.2.3", *(ac.der.integer(n) for n in range(300)))])
OLD = dict(issuer_name=authority.subject, signer_key=authority.key, serial=5, not_before=days(-1), not_after=days(1))
objects["ac v1"] = ac.build_v1(subject_name=alice.subject, **OLD)


# Those of the authority's name: some with its key, which have expired, and many with keys of their own.
PLAIN = {"email": None, "ext": {"keyUsage": x.key_usage("digitalSignature"), "extKeyUsage": None}}
for n in range(8):
    objects[f"expired authority {n}"] = w.end_entity("Authority", root, not_after=days(-1), **PLAIN).cert
    objects[f"expired Alice {n}"] = w.end_entity("Alice", root, not_after=days(-1)).cert
for n in range(64):
    objects[f"namesake {n}"] = w.end_entity(f"Namesake {n}", root, subject=authority.subject, **PLAIN).cert


def row(name, octets):
    text = "".join(f"\\x{byte:02x}" for byte in octets)
    return f'{{"{name}", {{(const uint8_t *)"{text}", {len(octets)}}}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, octets) for name, octets in objects.items()))
