#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a store is filled with in tests: store_scenes.py OUTPUT writes the objects as rows of a C table."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki import names  # noqa: E402
from pki.certificate import flip  # noqa: E402
from pki.world import World, days  # noqa: E402

w = World()
root = w.root()
ca = w.ca("Mail CA", root)
other = w.root("Other Root")
alice = w.end_entity("Alice", ca, email="Alice@Example.COM")
entities = {
    "root": root,
    "ca": ca,
    "other": other,
    "alice": alice,
    "renewed": w.end_entity("Alice Renewed", ca, email="alice@example.com", subject=alice.subject, not_before=days(-5)),
    "bob": w.end_entity("Bob", ca, emails=("bob@example.org", "robert@example.org", "BOB@example.org")),
    "umlaut": w.certificate("Baerbel", ca, subject=names.dn(("O", "Bücher"), ("CN", "Bärbel")),
                            extra=[x.subject_alt_name(gn.smtp_utf8("bärbel@bücher.example"))]),
    "nobody": w.end_entity("Nobody", other, email=None, ext={"subjectKeyIdentifier": None}),
    # The serial number that alice has, from another issuer.
    "twin": w.end_entity("Twin", other, serial=alice.serial),
}
objects = {name: entity.cert for name, entity in entities.items()}
objects["attributes"] = w.attribute_certificate(alice, ca)
objects["crl"] = w.crl(ca, [entities["bob"]]).der
objects["crl-old"] = w.crl(ca, number=0, this_update=days(-30)).der
objects["crl-long"] = w.crl(root, [w.revocation(serial) for serial in range(50000, 53000)]).der
# Signatures that nobody made, below names and key identifiers that are right.
objects["alice-false"] = w.end_entity("Alice", ca, signature_hook=lambda octets: flip(octets, 40)).cert
objects["ca-false"] = w.ca("Mail CA", root, signature_hook=lambda octets: flip(octets, 40)).cert
objects["crl-false"] = w.crl(ca, number=9, signature_hook=lambda octets: flip(octets, 40)).der
objects["name-of-ca"] = ca.subject
objects["name-of-root"] = root.subject
objects["name-of-alice"] = alice.subject


def row(name, data):
    return f'{{"{name}", {{(const unsigned char[]){{{",".join(map(str, data))}}}, {len(data)}}}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, data) for name, data in objects.items()))
