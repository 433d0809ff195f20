# SPDX-License-Identifier: Apache-2.0
"""Known and unknown, critical and not (RFC 5280, 4.2)."""

from pki import der, oids
from pki import extensions as x
from pki import general_names as gn
from runner import case


@case("B-EXT-1 B-614o", "an unknown critical extension in the end entity")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[x.private(critical=True)]))
    return w.path(ee, expect="BAD", codes=["CRIT_UNKNOWN@0"])


@case("B-EXT-1 B-614o", "an unknown critical extension in an intermediate")
def _(w):
    root, ca, ee = w.line(ca=dict(extra=[x.private(critical=True)]))
    return w.path(ee, expect="BAD", codes=["CRIT_UNKNOWN@1"], forbid=["CRIT_UNKNOWN@0"])


@case("B-EXT-1 B-614o", "unknown critical extensions in intermediate and end entity are both told")
def _(w):
    root, ca, ee = w.line(ca=dict(extra=[x.private(critical=True)]), ee=dict(extra=[x.private(critical=True)]))
    return w.path(ee, expect="BAD", codes=["CRIT_UNKNOWN@0", "CRIT_UNKNOWN@1"])


@case("B-EXT-1 B-IN-3", "an unknown critical extension in the anchor is not applied")
def _(w):
    root, ca, ee = w.line(root=dict(extra=[x.private(critical=True)]))
    return w.path(ee, expect="GOOD", forbid=["CRIT_UNKNOWN"])


@case("B-EXT-1", "an unknown critical extension in a certificate that is not on the path does not matter")
def _(w):
    root, ca, ee = w.line()
    stranger = w.ca("Stranger", root, extra=[x.private(critical=True)])
    return w.path(ee, certs=[stranger, ca], anchors=[root], expect="GOOD")


@case("B-EXT-1", "of two intermediates of one name and key the one without an unknown critical extension is taken")
def _(w):
    root = w.root()
    odd = w.ca("CA", root, extra=[x.private(critical=True)])
    good = w.ca("CA", root, key=odd.key)
    ee = w.end_entity("Alice", odd)
    return [w.path(ee, certs=[odd, good], anchors=[root], expect="GOOD", path=[ee, good]),
            w.path(ee, certs=[good, odd], anchors=[root], expect="GOOD", path=[ee, good])]


@case("B-EXT-5 A-4.4-2", "unknown extensions that are not critical are passed over at every place")
def _(w):
    extra = dict(extra=[x.private()])
    root, ca, ee = w.line(root=extra, ca=extra, ee=extra)
    return w.path(ee, expect="GOOD")


@case("B-EXT-5 A-4.4-2", "an unknown extension full of garbage is shown in hexadecimal and does no harm")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[x.private(b"\xde\xad\xbe\xef\xff\x80")]))
    digits = "deadbeefff80"
    return [w.path(ee, expect="GOOD"),
            w.run(["show", "alice.crt"], {"alice.crt": ee}, contains=[oids.PRIVATE_EXTENSION, digits])]


@case("A-4.4-2", "an unknown extension with no content at all does no harm")
def _(w):
    root, ca, ee = w.line(ee=dict(extra=[x.private(b"")]))
    return w.path(ee, expect="GOOD")


KNOWN_IN_EE = {
    "keyUsage": x.key_usage("digitalSignature"),
    "certificatePolicies": x.certificate_policies(oids.POLICY_A, critical=True),
    "subjectAltName": x.subject_alt_name(gn.email("alice@example.com"), critical=True),
    "basicConstraints": x.basic_constraints(False, critical=True),
    "extKeyUsage": x.ext_key_usage("emailProtection", critical=True),
}
KNOWN_IN_CA = {
    "keyUsage": x.key_usage("keyCertSign", "cRLSign"),
    "certificatePolicies": x.certificate_policies(oids.ANY_POLICY, critical=True),
    "subjectAltName": x.subject_alt_name(gn.uri("http://ca.example/"), critical=True),
    "basicConstraints": x.basic_constraints(True, 0),
    "nameConstraints": x.name_constraints([gn.email("example.com")]),
    "policyConstraints": x.policy_constraints(inhibit=0),
    "extKeyUsage": x.ext_key_usage("emailProtection", critical=True),
    "inhibitAnyPolicy": x.inhibit_any_policy(0),
    "policyMappings": x.policy_mappings((oids.POLICY_A, oids.POLICY_B), critical=True),
}


def add_known(place, name, extension):
    @case("B-EXT-3 A-4.4-1" if name != "policyMappings" else "B-EXT-4", f"a critical {name} in the {place} is known")
    def _(w):
        changes = {"ca" if place == "intermediate" else "ee": dict(ext={name: extension})}
        root, ca, ee = w.line(**changes)
        return w.path(ee, expect="GOOD", forbid=["CRIT_UNKNOWN"])


for _name, _extension in KNOWN_IN_EE.items():
    add_known("end entity", _name, _extension)
for _name, _extension in KNOWN_IN_CA.items():
    add_known("intermediate", _name, _extension)


def add_enforced(name, code, ca=None, ee=None, **options):
    @case("B-EXT-3", f"a critical {name} is enforced")
    def _(w):
        _, _, alice = w.line(ca=dict(ext=ca or {}), ee=dict(ext=ee or {}))
        return w.path(alice, expect="BAD", codes=[code], **options)


add_enforced("keyUsage", "KU_FORBIDS@0", ee={"keyUsage": x.key_usage("dataEncipherment")}, purpose="sign")
add_enforced("extKeyUsage", "EKU_FORBIDS@0", ee={"extKeyUsage": x.ext_key_usage("clientAuth", critical=True)}, purpose="sign")
add_enforced("basicConstraints", "NOT_A_CA@1", ca={"basicConstraints": x.basic_constraints(False),
                                                   "keyUsage": x.key_usage("cRLSign")})
add_enforced("nameConstraints", "NAME_CONSTRAINT@0", ca={"nameConstraints": x.name_constraints([gn.email("example.org")])})
add_enforced("subjectAltName", "NAME_CONSTRAINT@0", ca={"nameConstraints": x.name_constraints([gn.email("example.com")])},
             ee={"subjectAltName": x.subject_alt_name(gn.email("a@example.org"), critical=True)})
add_enforced("policyConstraints", "POLICY_FAIL", ca={"policyConstraints": x.policy_constraints(require=0)})
add_enforced("certificatePolicies", "POLICY_FAIL", explicit_policy=True, policy=[oids.POLICY_B],
             ca={"certificatePolicies": x.certificate_policies(oids.POLICY_A, critical=True)},
             ee={"certificatePolicies": x.certificate_policies(oids.POLICY_A, critical=True)})
add_enforced("inhibitAnyPolicy", "POLICY_FAIL", explicit_policy=True,
             ca={"certificatePolicies": x.certificate_policies(oids.POLICY_A), "inhibitAnyPolicy": x.inhibit_any_policy(0)},
             ee={"certificatePolicies": x.certificate_policies(oids.ANY_POLICY)})


@case("B-EXT-2 A-4.4-3", "known extensions are processed though they are not critical")
def _(w):
    tight = {"nameConstraints": x.name_constraints([gn.email("example.org")], critical=False)}
    root, ca, ee = w.line(ca=dict(ext=tight))
    short = w.ca("Short", root, ext={"basicConstraints": x.basic_constraints(True, 0, critical=False)})
    below = w.end_entity("Bob", w.ca("Below", short))
    return [w.path(ee, expect="BAD", codes=["NAME_CONSTRAINT@0"]), w.path(below, expect="BAD", codes=["PATHLEN@1"])]


@case("B-EXT-2 B-NC-7", "a critical constraint on x400Address with such a name below cannot be processed")
def _(w):
    names = x.subject_alt_name(gn.email("alice@example.com"), gn.x400())
    root, ca, ee = w.line(ca=dict(extra=[x.name_constraints([gn.x400()])]), ee=dict(ext={"subjectAltName": names}))
    return w.path(ee, expect="BAD")


@case("B-EXT-2 B-CP-1", "a critical policy with a qualifier nobody knows cannot be processed")
def _(w):
    policies = x.certificate_policies(x.policy(oids.POLICY_A, x.private_qualifier()), critical=True)
    root, ca, ee = w.line(ee=dict(extra=[policies]))
    return w.path(ee, expect="BAD")


@case("B-EXT-4 B-EXT-3", "key identifiers are known even when they are critical")
def _(w):
    root, ca, _ = w.line()
    ee = w.end_entity("Alice", ca, ext={
        "authorityKeyIdentifier": x.authority_key_identifier(ca.ski, critical=True),
        "subjectKeyIdentifier": x.subject_key_identifier(b"12345678", critical=True)})
    return w.path(ee, expect="GOOD", forbid=["CRIT_UNKNOWN"])


@case("B-EXT-4", "policyMappings are processed, critical or not")
def _(w):
    runs = []
    for critical in (True, False):
        world = type(w)()
        mapping = x.policy_mappings((oids.POLICY_A, oids.POLICY_B), critical=critical)
        root, ca, ee = world.line(ca=dict(extra=[x.certificate_policies(oids.POLICY_A), mapping]),
                                  ee=dict(extra=[x.certificate_policies(oids.POLICY_B)]))
        runs.append(world.path(ee, explicit_policy=True, expect="GOOD", policies=[oids.POLICY_A]))
    return runs


MALFORMED = {
    "basicConstraints": der.octet_string(b"x"), "keyUsage": der.integer(5), "extKeyUsage": der.sequence(),
    "subjectAltName": b"", "subjectKeyIdentifier": der.integer(1), "authorityKeyIdentifier": der.null(),
    "certificatePolicies": der.sequence(), "nameConstraints": der.sequence(), "policyMappings": der.sequence(),
    "policyConstraints": der.sequence(), "inhibitAnyPolicy": der.boolean(True),
    "cRLDistributionPoints": der.sequence(), "authorityInfoAccess": der.sequence(), "issuerAltName": der.sequence(),
    "freshestCRL": der.sequence(),
}
AS_RECOGNISED = ("basicConstraints", "keyUsage", "extKeyUsage", "subjectAltName", "certificatePolicies",
                 "subjectKeyIdentifier", "authorityKeyIdentifier")


def add_malformed(place, name):
    ids = "A-4.4-6 B-EXT-2" + (" B-NC-11" if name == "nameConstraints" else "") + (
        " B-POL-6" if name == "policyConstraints" else "")

    @case(ids, f"a malformed {name} in the {place}")
    def _(w):
        broken = x.Extension(name, MALFORMED[name], critical=name in ("basicConstraints", "keyUsage"))
        root, ca, ee = w.line(**{"ca" if place == "intermediate" else "ee": dict(ext={name: broken})})
        if place == "intermediate":
            return w.path(ee, expect="BAD|UNKNOWN", codes=["PARSE"])
        return w.path(ee, expect="BAD|ERROR", codes=["PARSE"])


for _name in AS_RECOGNISED:
    add_malformed("end entity", _name)
for _name in ("basicConstraints", "keyUsage", "nameConstraints", "policyConstraints", "inhibitAnyPolicy",
              "certificatePolicies", "policyMappings", "subjectAltName"):
    add_malformed("intermediate", _name)


@case("A-4.4-2 B-AIA-2", "malformed extensions that only point somewhere are told")
def _(w):
    root, ca, _ = w.line()
    return [w.path(w.end_entity("Alice", ca, ext={name: x.Extension(name, MALFORMED[name])}), expect="GOOD|BAD|WARN|ERROR",
                   any_codes=["PARSE", "NONCONFORMING"])
            for name in ("cRLDistributionPoints", "authorityInfoAccess", "issuerAltName", "freshestCRL")]
