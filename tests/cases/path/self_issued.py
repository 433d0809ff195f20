# SPDX-License-Identifier: Apache-2.0
"""Rollover of a CA's key: old-with-new and new-with-old certificates (RFC 5280, 6.1; RFC 4210)."""

from pki import extensions as x
from pki import general_names as gn
from pki import oids
from pki.world import World
from runner import case


def rollover(w: World):
    """(old root, new root, new-with-old, old-with-new)"""
    old = w.root("Root")
    new = w.root("Root", key="p256:Root new")
    new_with_old = w.self_issued(old, new_key=new.key, name="New with old")
    old_with_new = w.self_issued(new, new_key=old.key, name="Old with new")
    return old, new, new_with_old, old_with_new


@case("B-SI-1", "who trusts the old key verifies what the new one signs")
def _(w):
    old, new, link, _ = rollover(w)
    ee = w.end_entity("Alice", new)
    return w.path(ee, certs=[link], anchors=[old], expect="GOOD", path=[ee, link])


@case("B-SI-1", "who trusts the new key verifies what the old one signed")
def _(w):
    old, new, _, link = rollover(w)
    ee = w.end_entity("Alice", old)
    return w.path(ee, certs=[link], anchors=[new], expect="GOOD", path=[ee, link])


@case("B-SI-1", "both links and both roots at hand do not make the search run in circles")
def _(w):
    old, new, one, two = rollover(w)
    ees = [w.end_entity("Alice", old), w.end_entity("Bob", new)]
    return [w.path(ee, certs=[old, new, one, two], anchors=[anchor], expect="GOOD") for ee in ees for anchor in (old, new)]


@case("B-SI-1 B-CRL-10", "a CRL signed with the new key speaks for certificates signed with the old one")
def _(w):
    old, new, link, _ = rollover(w)
    ca_old = w.end_entity("Alice", old)
    crl = w.crl(new)
    return w.path(ca_old, certs=[link], anchors=[old], crls=[crl], expect="GOOD")


@case("B-SI-1 B-CRL-10", "a CRL signed with the old key speaks for certificates signed with the new one")
def _(w):
    old, new, link, back = rollover(w)
    ee = w.end_entity("Alice", new)
    crl = w.crl(old, [ee])
    return w.path(ee, certs=[link, back], anchors=[new], crls=[crl], expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-SI-1 B-CRL-10", "a rolled-over intermediate whose CRLs the new key signs")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    new = w.self_issued(ca, name="CA new")
    ee, revoked = w.end_entity("Alice", ca), w.end_entity("Bob", ca)
    crls = [w.crl(root), w.crl(new, [revoked])]
    return [w.path(ee, certs=[ca, new], anchors=[root], crls=crls, expect="GOOD"),
            w.path(revoked, certs=[ca, new], anchors=[root], crls=crls, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-61bc B-NC-11 B-SI-1", "a self-issued rollover certificate is outside of name constraints")
def _(w):
    root = w.root()
    top = w.ca("Top", root, extra=[x.name_constraints([gn.email("example.com"), gn.directory((("O", "Elsewhere"),))])])
    roll = w.self_issued(top)
    return w.path(w.certificate("Alice", roll, subject=b"\x30\x00", emails=("alice@example.com",)), expect="GOOD",
                  forbid=["NAME_CONSTRAINT"])


@case("B-POL-4 B-SI-1", "policies pass through a rollover certificate")
def _(w):
    policy = [x.certificate_policies(oids.POLICY_A)]
    root = w.root()
    ca = w.ca("CA", root, extra=policy)
    roll = w.self_issued(ca, extra=policy)
    ee = w.end_entity("Alice", roll, extra=policy)
    return w.path(ee, explicit_policy=True, expect="GOOD", policies=[oids.POLICY_A])
