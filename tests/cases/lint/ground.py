# SPDX-License-Identifier: Apache-2.0
"""Certificates that break no rule, for cases that break one."""

from pki import extensions as x
from pki import general_names as gn
from pki import names
from pki.times import days

CRL = x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/ca.crl")]))
STRICT, MULTIPURPOSE, LEGACY = "2.23.140.1.5.1.3", "2.23.140.1.5.1.2", "2.23.140.1.5.1.1"
SERIAL = 0x5A << 96 | 0x1234


def person(w, ext=None, extra=(), issuer=None, **changes):
    """An end entity with all that PKIX and S/MIME want."""
    issuer = issuer or w.ca("CA", w.root())
    return w.end_entity("Alice", issuer, ext={"cRLDistributionPoints": CRL, **(ext or {})}, extra=extra, **changes)


def subscriber(w, policy=STRICT, ext=None, **changes):
    """The same with all that the Baseline Requirements want."""
    fields = dict(subject=names.dn(("CN", "alice@example.com")), serial=SERIAL, not_before=days(-10), not_after=days(300))
    policies = x.certificate_policies(x.policy(policy)) if policy else None
    return person(w, ext={"certificatePolicies": policies, **(ext or {})}, **{**fields, **changes})
