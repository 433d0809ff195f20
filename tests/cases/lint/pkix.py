# SPDX-License-Identifier: Apache-2.0
"""`signet lint`: the rules of RFC 5280 and its updates, each broken alone; chains and CRLs."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from ground import CRL, person  # noqa: E402
from pki import certificate, crl, der, keys, names, oids  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.certificate import flip  # noqa: E402
from pki.times import days  # noqa: E402
from runner import case  # noqa: E402

ECDSA_NULL = der.sequence(der.oid("1.2.840.10045.4.3.2"), der.null())


def add(ids, title, rule, **changes):
    @case(ids, title)
    def _(w):
        return w.lint(person(w, **changes), broken=rule)


def add_ca(ids, title, rule, **changes):
    @case(ids, title)
    def _(w):
        return w.lint(w.ca("CA", w.root(), **changes), rules=["pkix"], broken=rule)


add("B-SER-2", "a negative serial number", "cert-serial-negative", serial=-5)
add("B-SER-2", "a serial number of zero", "cert-serial-zero", serial=0)
add("B-SER-2", "a serial number of 21 octets", "cert-serial-long", serial=1 << 165)
add("", "a certificate that ends before it begins", "pkix-validity-reversed", not_before=days(10), not_after=days(5))
add("", "a unique identifier", "pkix-unique-id", subject_uid=b"\x01")
add("", "a country of three letters", "pkix-country", subject=names.dn(("C", "DEU"), ("CN", "Alice")))
add("", "an ECDSA signature algorithm with NULL as parameters", "pkix-signature-parameters", inner=ECDSA_NULL, outer=ECDSA_NULL)
add("", "an RSA key with 1 as its exponent", "pkix-key-malformed", spki=keys.get("rsa-e1").spki())
add("B-ALG-6", "keyUsage for enciphering with an EC key", "pkix-key-usage-odd",
    ext={"keyUsage": x.key_usage("digitalSignature", "keyEncipherment")})
add("", "no authorityKeyIdentifier", "pkix-aki-missing", ext={"authorityKeyIdentifier": None})
add("", "no subjectKeyIdentifier", "pkix-ski-missing", ext={"subjectKeyIdentifier": None})
add("", "a constraint for CAs in an end entity's certificate", "pkix-ca-extension-misplaced smime-extension-critical",
    ext={"policyConstraints": x.policy_constraints(require=0)})
add("", "no word of where the CRL is", "pkix-crl-pointer-missing", ext={"cRLDistributionPoints": None})
add("", "extKeyUsage critical, and for any purpose", "pkix-any-purpose-critical smime-extension-critical",
    ext={"extKeyUsage": x.ext_key_usage("any", critical=True)})
add("D-REV-2", "noRevAvail beside a distribution point", "pkix-no-rev-avail-pointers", ext={"noRevAvail": x.no_rev_avail()})
add("D-ADR-1", "an ASCII address as SmtpUTF8Mailbox", "pkix-mailbox-ascii",
    ext={"subjectAltName": x.subject_alt_name(gn.smtp_utf8("alice@example.com"))})
add("D-ADR-1", "a SmtpUTF8Mailbox with U-labels", "pkix-mailbox-domain",
    ext={"subjectAltName": x.subject_alt_name(gn.smtp_utf8("дима@пример.example"))})
add("D-ADR-1", "a SmtpUTF8Mailbox with capitals in its domain", "pkix-mailbox-domain",
    ext={"subjectAltName": x.subject_alt_name(gn.smtp_utf8("дима@XN--e1afmkfd.example"))})
add("D-ADR-1", "a SmtpUTF8Mailbox with a byte order mark", "pkix-mailbox-mark",
    ext={"subjectAltName": x.subject_alt_name(gn.smtp_utf8("\ufeffдима@example.com"))})
add("D-ADR-1", "a SmtpUTF8Mailbox as RFC 9598 has it", "",
    ext={"subjectAltName": x.subject_alt_name(gn.smtp_utf8("дима@xn--e1afmkfd.example"))})
add_ca("", "a CA's certificate that breaks no rule", "")
add_ca("A-4.4.1-1", "a certificate for signing others without basicConstraints", "pkix-ca-basic-constraints-missing cert-key-cert-sign-without-ca",
       ext={"basicConstraints": None})
add_ca("", "basicConstraints of a CA that are not critical", "cert-basic-constraints-not-critical",
       ext={"basicConstraints": x.basic_constraints(True, critical=False)})
add_ca("", "a CA without subjectKeyIdentifier", "pkix-ca-ski-missing", ext={"subjectKeyIdentifier": None})
add_ca("", "a CA without keyUsage", "pkix-ca-key-usage-missing", ext={"keyUsage": None})
add_ca("", "a mapping to anyPolicy", "pkix-policy-mapping-any",
       ext={"policyMappings": x.policy_mappings((oids.POLICY_A, oids.ANY_POLICY))})
add_ca("", "a name constraint with a maximum", "pkix-constraint-bounds",
       ext={"nameConstraints": x.name_constraints(permitted=[x.subtree(gn.dns("example.com"), maximum=3)])})
add_ca("D-REV-2", "noRevAvail in a CA's certificate", "pkix-no-rev-avail-ca", ext={"noRevAvail": x.no_rev_avail()})


@case("", "a certificate of version 1")
def _(w):
    one = person(w, version=certificate.V1, extensions=None)
    return w.lint(one, rules=["pkix"], broken="pkix-version pkix-aki-missing pkix-ski-missing pkix-crl-pointer-missing")


# --- chains

@case("", "a chain that breaks no rule, in any order")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[CRL]))
    return [w.lint(ee, ca, root, broken=""), w.lint(root, ee, ca, broken=""), w.lint(ee, ee, root, ca, ca, broken="")]


@case("", "a certificate that its issuer did not sign")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[CRL], signature_hook=lambda octets: flip(octets, -1)))
    return w.lint(ee, ca, root, broken="pkix-chain-signature")


@case("", "of two CAs of one name the one whose key fits is the issuer")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[CRL]))
    other = w.ca("CA", root, key="p256:another")
    return w.lint(ee, other, ca, root, broken="")


@case("", "an issuer name in another string type")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, subject=names.example("CA", "printable"))
    ee = person(w, issuer=ca, issuer_name=names.example("CA", "utf8"))
    return w.lint(ee, ca, root, broken="pkix-chain-name-bytes")


@case("", "a key identifier that is not the issuer's")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    ee = person(w, issuer=ca, ext={"authorityKeyIdentifier": x.authority_key_identifier(b"\x01" * 20)})
    return w.lint(ee, ca, root, broken="pkix-chain-key-id")


@case("", "an issuer that is no CA")
def _(w):
    root = w.root()
    alice = person(w, issuer=root)
    bob = w.end_entity("Bob", alice, ext={"cRLDistributionPoints": CRL})
    return w.lint(bob, alice, root, rules=["pkix"], broken="pkix-chain-not-ca pkix-ca-basic-constraints-missing@1")


@case("", "a path length that is exceeded; self-issued certificates do not count")
def _(w):
    root = w.root()
    top = w.ca("Top", root, path_len=0)
    again = w.self_issued(top)
    sub = w.ca("Sub", again)
    ee = person(w, issuer=sub)
    return [w.lint(ee, sub, again, top, root, rules=["pkix"], broken="pkix-chain-path-len@3"),
            w.lint(person(w, issuer=again), again, top, root, rules=["pkix"], broken="")]


@case("", "a certificate that outlives its issuer")
def _(w):
    root, ca, ee = w.line(ca=dict(not_after=days(100)), ee=dict(extra=[CRL]))
    return w.lint(ee, ca, root, broken="pkix-chain-validity")


# --- CRLs

def add_crl(ids, title, rule, **changes):
    @case(ids, title)
    def _(w):
        root = w.root()
        return w.lint(root, w.crl(root, **changes), broken=rule)


add_crl("", "a CRL that breaks no rule", "")
add_crl("", "a CRL of version 1", ["pkix-crl-version@crl 0"], version=crl.V1)
add_crl("", "a CRL that never ends", ["pkix-crl-next-update@crl 0"], next_update=None)
add_crl("", "a CRL that ends before it begins", ["pkix-crl-reversed@crl 0"], next_update=days(-100))
add_crl("", "a CRL without number", ["crl-number-missing@crl 0"], ext={"cRLNumber": None})
add_crl("", "a CRL that its issuer did not sign", ["pkix-crl-signature@crl 0"], signature_hook=lambda octets: flip(octets, -1))


@case("", "a CRL of a CA that must not sign CRLs")
def _(w):
    root = w.root(ext={"keyUsage": x.key_usage("keyCertSign")})
    return w.lint(root, w.crl(root), broken=["pkix-crl-signer-usage@crl 0"])


# --- input

@case("", "what is no certificate and no CRL is trouble")
def _(w):
    return [w.run(["lint", "a.txt"], {"a.txt": b"hello"}, exit=2, stderr=["a.txt"]),
            w.run(["lint", "missing.pem"], exit=2, stderr=["missing.pem"]),
            w.run(["lint", "--rules", "nobody", "a.txt"], {"a.txt": b"hello"}, exit=2, stderr=["pkix|smime|br|all"])]
