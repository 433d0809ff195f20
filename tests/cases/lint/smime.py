# SPDX-License-Identifier: Apache-2.0
"""`signet lint`: the rules of RFC 3850 and RFC 8550, each broken alone."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from ground import person  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki import names  # noqa: E402
from pki import oids  # noqa: E402
from runner import case  # noqa: E402

ADDRESS = ("emailAddress", "alice@example.com")


def add(ids, title, rule, **changes):
    @case(ids, title)
    def _(w):
        return w.lint(person(w, **changes), broken=rule)


add("A-4.4.3-1 A-4.4.3-2", "an end entity's certificate that breaks no rule, of two addresses", "", emails=["alice@example.com", "a@example.com"])
add("A-2.2-3", "a certificate without an address is allowed, and told", "smime-address-missing", email=None)
add("A-3-4", "an address in the subject is told although subjectAltName has it, too", "smime-address-in-subject",
    subject=names.dn(("CN", "Alice"), ADDRESS))
add("A-3-4 A-4.4.3-1", "an address in the subject only breaks a MUST as well", "smime-address-in-subject smime-address-not-in-san",
    subject=names.dn(("CN", "Alice"), ADDRESS), email=None)
add("A-4.4.1-2", "basicConstraints in an end entity's certificate are told",
    "smime-basic-constraints", ext={"basicConstraints": x.basic_constraints(False)})
add("A-4.4.2-1", "keyUsage that is not critical", "smime-key-usage-critical cert-extension-not-critical",
    ext={"keyUsage": x.key_usage("digitalSignature", critical=False)})
add("A-4.4-4", "a critical subjectAltName beside a full subject is told", "smime-san-critical",
    ext={"subjectAltName": x.subject_alt_name(gn.email("alice@example.com"), critical=True)})
add("A-4.4-4", "a critical subjectAltName is right where the subject is empty", "", subject=names.EMPTY)
add("A-4.4-5", "a critical private extension is told", "smime-extension-critical", extra=[x.private(critical=True)])
add("A-4.4-5", "a private extension that is not critical is none of the linter's business", "", extra=[x.private()])
add("A-4.4-3", "a critical extKeyUsage is told", "smime-extension-critical",
    ext={"extKeyUsage": x.ext_key_usage("emailProtection", critical=True)})
add("", "keyUsage for neither signing nor encrypting mail", "smime-key-usage", ext={"keyUsage": x.key_usage("cRLSign")})
add("", "extKeyUsage without emailProtection", "smime-purpose", ext={"extKeyUsage": x.ext_key_usage("clientAuth")})
add("", "a key of 1024 bits is too weak", "smime-key-weak", key="rsa1024-1")


@case("A-4.4-3", "critical name constraints in a CA's certificate are told")
def _(w):
    constrained = x.name_constraints(permitted=[x.subtree(gn.email("example.com"))])
    return w.lint(w.ca("CA", w.root(), ext={"nameConstraints": constrained}), broken="smime-extension-critical")


@case("", "a signature over SHA-1 is weak, but not one that nobody relies on")
def _(w):
    root = w.root(key="rsa2048-01", scheme="sha1-rsa")
    return [w.lint(root, broken=""), w.lint(person(w, issuer=root, scheme="sha1-rsa"), broken="smime-digest-weak"),
            w.lint(root, w.crl(root, scheme="sha1-rsa"), broken=["smime-crl-digest-weak@crl 0"])]


@case("E-25", "a whole mailbox as a constraint is deprecated")
def _(w):
    constrained = x.name_constraints(permitted=[x.subtree(gn.email("alice@example.com"))])
    return w.lint(w.ca("CA", w.root(), ext={"nameConstraints": constrained}), rules=["pkix"], broken="pkix-constraint-mailbox")


@case("A-4.4-5", "no rule of others is told when only those of S/MIME are asked for")
def _(w):
    one = person(w, ext={"authorityKeyIdentifier": None}, extra=[x.private(critical=True, oid=oids.PRIVATE_EXTENSION)])
    return [w.lint(one, rules=["smime"], broken="smime-extension-critical"), w.lint(one, rules=["pkix"], broken="pkix-aki-missing"),
            w.lint(one, rules=["pkix", "smime"], broken="smime-extension-critical pkix-aki-missing")]
