# SPDX-License-Identifier: Apache-2.0
"""`signet lint`: the S/MIME Baseline Requirements of the CA/Browser Forum, each rule broken alone."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from ground import LEGACY, MULTIPURPOSE, SERIAL, STRICT, subscriber  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki import names  # noqa: E402
from pki.times import days  # noqa: E402
from runner import case  # noqa: E402

ALICE = gn.email("alice@example.com")
ORGANIZATION = [("O", "Example"), ("organizationIdentifier", "NTRDE-HRB1")]


def add(title, rule, *args, **changes):
    @case("D-BR-1", title)
    def _(w):
        return w.lint(subscriber(w, *args, **changes), rules=["br"], broken=rule)


def purposes(*names_):
    return {"extKeyUsage": x.ext_key_usage("emailProtection", *names_)}


def places(*uris):
    return {"cRLDistributionPoints": x.crl_distribution_points(x.distribution_point([gn.uri(one) for one in uris]))}


add("a strict, mailbox-validated certificate that breaks no rule", "")
add("a multipurpose one that breaks no rule", "", MULTIPURPOSE, ext=purposes("clientAuth"))
add("no policy of the requirements", "br-policy-missing", None)
add("a policy with an arc that is no generation", "br-policy-missing", "2.23.140.1.5.1.4")
add("a policy with an arc that is no kind of validation", "br-policy-missing", "2.23.140.1.5.5.3")
add("two policies of the requirements", "br-policy-several",
    ext={"certificatePolicies": x.certificate_policies(x.policy(STRICT), x.policy(MULTIPURPOSE))})
add("critical certificatePolicies", "br-policy-critical",
    ext={"certificatePolicies": x.certificate_policies(x.policy(STRICT), critical=True)})
add("the legacy generation after its end", "br-legacy-ended", LEGACY)
add("the legacy generation before its end", "", LEGACY, not_before=days(-400), not_after=days(300))
add("no extKeyUsage at all", "br-purpose-missing", ext={"extKeyUsage": None})
add("extKeyUsage without emailProtection", "br-purpose-missing br-purpose-other", ext={"extKeyUsage": x.ext_key_usage("clientAuth")})
for purpose in ("any", "serverAuth", "codeSigning", "timeStamping"):
    add(f"the purpose {purpose} beside emailProtection", "br-purpose-forbidden", MULTIPURPOSE, ext=purposes(purpose))
add("another purpose in the strict generation", "br-purpose-other", ext=purposes("clientAuth"))
add("no address in subjectAltName", "br-san-missing", email=None)
add("an address of the subject that subjectAltName does not repeat", "br-san-incomplete",
    subject=names.dn(("CN", "Alice"), ("emailAddress", "alice@example.org")))
add("an address of the subject that subjectAltName repeats", "", subject=names.dn(("emailAddress", "alice@example.com")))
add("no keyUsage", "br-key-usage-missing", ext={"keyUsage": None})
add("no key identifier of the issuer", "br-aki-missing", ext={"authorityKeyIdentifier": None})
add("the issuer by name and serial number", "br-aki-issuer",
    ext={"authorityKeyIdentifier": x.authority_key_identifier(b"\x01" * 20, [gn.directory(names.example("CA"))], 5)})
add("no CRL", "br-crl-missing", ext={"cRLDistributionPoints": None})
add("a CRL over LDAP only", "br-crl-missing br-crl-other", ext=places("ldap://ldap.example/CN=CA"))
add("a CRL over LDAP as well, in the strict generation", "br-crl-other", ext=places("http://crl.example/a", "ldap://ldap.example/CN=CA"))
add("a CRL over LDAP as well, in the legacy generation", "", LEGACY, not_before=days(-400),
    ext=places("http://crl.example/a", "ldap://ldap.example/CN=CA"))
add("a critical cRLDistributionPoints", "br-crl-critical", ext={"cRLDistributionPoints": x.crl_distribution_points(
    x.distribution_point([gn.uri("http://crl.example/a")]), critical=True)})
add("an organization where only the mailbox was validated", "br-mailbox-subject", subject=names.dn(("O", "Example"), ("CN", "alice@example.com")))
add("an organization, validated", "", "2.23.140.1.5.2.3", subject=names.dn(*ORGANIZATION))
add("a sponsor's certificate that does not identify the organization", "br-organization-subject", "2.23.140.1.5.3.2",
    subject=names.dn(("O", "Example"), ("GN", "Alice"), ("SN", "Example")))
add("a validity of more than 825 days", "br-validity", not_after=days(820))
add("a validity of more than 825 days in the legacy generation", "", LEGACY, not_before=days(-400), not_after=days(780))
add("a key of 1024 bits", "br-key", key="rsa1024-1")
add("a short serial number", "br-serial-short", serial=1234567)


@case("D-BR-1", "a signature over SHA-1")
def _(w):
    return w.lint(subscriber(w, issuer=w.root(key="rsa2048-01"), scheme="sha1-rsa"), rules=["br"], broken="br-digest")


@case("D-BR-1", "the kind of validation and the generation are shown")
def _(w):
    kinds = enumerate(("mailbox", "organization", "sponsor", "individual"), 1)
    generations = list(enumerate(("legacy", "multipurpose", "strict"), 1))
    return [w.lint(subscriber(w, f"2.23.140.1.5.{kind}.{number}"), contains=[f"{name} validated, {generation} generation"])
            for kind, name in kinds for number, generation in generations]


@case("D-BR-1", "the requirements hold by default for those that claim to follow them, for others only when asked for")
def _(w):
    claims, silent = (subscriber(w, policy, serial=5) for policy in (STRICT, None))
    return [w.lint(claims, broken="br-serial-short"), w.lint(silent, broken=""),
            w.lint(silent, rules=["all"], broken="br-policy-missing br-serial-short")]


@case("D-BR-1", "an issuer name that is not octet by octet the issuer's subject")
def _(w):
    ca = w.ca("CA", w.root(), subject=names.example("CA", "printable"), serial=SERIAL, ext=purposes())
    one = subscriber(w, issuer=ca, issuer_name=names.example("CA", "utf8"))
    return [w.lint(one, ca, rules=["br"], broken="br-name-bytes"), w.lint(subscriber(w, issuer=ca), ca, rules=["br"], broken="")]


@case("D-BR-1", "an issuing CA whose purposes do not keep to mail")
def _(w):
    root = w.root(serial=SERIAL)
    free, web = w.ca("Free", root, serial=SERIAL), w.ca("Web", root, serial=SERIAL, ext=purposes("serverAuth"))
    return [w.lint(subscriber(w, issuer=free), free, rules=["br"], broken="br-issuer-purpose"),
            w.lint(subscriber(w, issuer=web), web, rules=["br"], broken="br-issuer-purpose")]
