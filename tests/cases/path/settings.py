# SPDX-License-Identifier: Apache-2.0
"""What the user can ask for beyond the defaults: each setting flips a vector (RFC 5280, 6.1.1; RFC 3850, 4.1, 4.4)."""

from pki import certificate
from pki import extensions as x
from pki import general_names as gn
from pki.times import days
from runner import case


@case("A-4.4.2-3", "nonRepudiation can be demanded: digitalSignature alone fails then")
def _(w):
    root = w.root()
    plain = w.end_entity("Alice", root, ext={"keyUsage": x.key_usage("digitalSignature")})
    full = w.end_entity("Bob", root, ext={"keyUsage": x.key_usage("digitalSignature", "nonRepudiation")})
    absent = w.end_entity("Carol", root, ext={"keyUsage": None})
    demand = dict(purpose="sign", options=["--require-nonrepudiation"])
    return [w.path(plain, purpose="sign", expect="GOOD"), w.path(plain, expect="BAD", codes=["KU_FORBIDS@0"], **demand),
            w.path(full, expect="GOOD", **demand), w.path(absent, expect="GOOD", **demand)]


@case("A-4.4.4-3", "an extended key usage can be demanded: its absence fails then")
def _(w):
    root = w.root()
    absent = w.end_entity("Alice", root, ext={"extKeyUsage": None})
    other = w.end_entity("Bob", root)
    special = w.end_entity("Carol", root, ext={"extKeyUsage": x.ext_key_usage("emailProtection", "1.3.6.1.4.1.32473.9.1")})
    demand = dict(purpose="sign", options=["--require-eku", "1.3.6.1.4.1.32473.9.1"])
    mail = dict(purpose="sign", options=["--require-eku", "1.3.6.1.5.5.7.3.4"])
    refused = dict(expect="BAD", codes=["EKU_FORBIDS@0"])
    return [w.path(absent, purpose="sign", expect="GOOD"), w.path(absent, **refused, **demand),
            w.path(other, **refused, **demand), w.path(special, expect="GOOD", **demand),
            w.path(absent, **refused, **mail), w.path(other, expect="GOOD", **mail)]


@case("B-IN-2 B-IN-6", "permitted and excluded subtrees from the user bind the names of the path")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root)
    outside = dict(expect="BAD", codes=["NAME_CONSTRAINT@0"])
    return [w.path(ee, options=["--permitted-subtree", "email:example.com"], expect="GOOD"),
            w.path(ee, options=["--permitted-subtree", "email:example.org"], **outside),
            w.path(ee, options=["--excluded-subtree", "email:example.com"], **outside),
            w.path(ee, options=["--excluded-subtree", "email:example.org"], expect="GOOD"),
            w.path(ee, options=["--permitted-subtree", "dns:x.example"], expect="GOOD")]


@case("B-IN-2 B-NC-10", "the user's subtrees and a CA's intersect")
def _(w):
    root, ca, ee = w.line(ca=dict(extra=[x.name_constraints([gn.email("example.com"), gn.email("example.org")])]))
    other = w.end_entity("Bob", ca, email="bob@example.org")
    narrow = ["--permitted-subtree", "email:example.com"]
    return [w.path(ee, options=narrow, expect="GOOD"),
            w.path(other, options=narrow, expect="BAD", codes=["NAME_CONSTRAINT@0"])]


@case("B-614k E-8", "a v1 intermediate that the user has pinned as a CA is accepted, and only that very certificate")
def _(w):
    root = w.root()
    old = dict(version=certificate.V1, extensions=None)
    ca = w.ca("CA", root, **old)
    twin = w.ca("CA", root, key=ca.key, **old)
    ee = w.end_entity("Alice", ca)
    pin = dict(options=["--pin-ca", "pin.crt"], more_files={"pin.crt": ca})
    return [w.path(ee, expect="BAD", codes=["NOT_A_CA@1"]), w.path(ee, expect="GOOD|WARN", forbid=["NOT_A_CA"], **pin),
            w.path(ee, certs=[twin], anchors=[root], options=["--pin-ca", "pin.crt"],
                   more_files={"pin.crt": w.ca("Other", root, **old)}, expect="BAD", codes=["NOT_A_CA@1"])]


@case("B-614k E-8", "pinning lifts nothing else")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, version=certificate.V1, extensions=None, not_after=days(-1))
    ee = w.end_entity("Alice", ca)
    return w.path(ee, options=["--pin-ca", "pin.crt"], more_files={"pin.crt": ca}, expect="BAD", codes=["CERT_EXPIRED@1"])


@case("B-CRL-4", "a CRL without nextUpdate is used, with a warning, while it is younger than the age allowed")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, this_update=days(-5), next_update=None)
    bob = w.end_entity("Bob", ca)
    w.made_crls[0] = w.crl(ca, [bob], this_update=days(-5), next_update=None, register=False)
    return [w.path(ee, expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"]),
            w.path(ee, options=["--crl-max-age", "7"], expect="WARN"),
            w.path(ee, options=["--crl-max-age", "3"], expect="UNKNOWN", any_codes=["REV_UNAVAILABLE@0", "CRL_EXPIRED@0"]),
            w.path(bob, options=["--crl-max-age", "3"], expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-4", "the age allowed does not lengthen a CRL that says when it ends")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, this_update=days(-5), next_update=days(-2))
    return w.path(ee, options=["--crl-max-age", "100"], expect="UNKNOWN", codes=["CRL_EXPIRED@0"])


@case("E-12 D-ADR-2", "local parts can be compared with their case")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root, email="Alice@example.com")
    exact = dict(purpose="sign", options=["--exact-local-part"])
    return [w.path(ee, purpose="sign", email="alice@example.com", expect="GOOD"),
            w.path(ee, email="alice@example.com", expect="BAD", codes=["ADDR_MISMATCH"], **exact),
            w.path(ee, email="Alice@EXAMPLE.com", expect="GOOD", **exact)]


@case("E-9 A-2.3-6", "a spent budget is UNKNOWN with LIMIT, never GOOD and never BAD")
def _(w):
    issuer = root = w.root()
    for number in range(6):
        issuer = w.ca(f"CA {number}", issuer)
    ee = w.end_entity("Alice", issuer)
    return [w.path(ee, options=["--budget", "1"], expect="UNKNOWN", codes=["LIMIT"], certs=ee.chain()[1:], anchors=[root]),
            w.path(ee, options=["--budget", "1000"], expect="GOOD")]


@case("A-4.1-5", "unknown words for revocation, profile and purpose are refused as usage")
def _(w):
    root = w.root()
    ee = w.end_entity("Alice", root)
    base = ["path", "ee.crt", "--anchor", "root.crt", "--no-store", "--offline"]
    wrong = (["--revocation", "maybe"], ["--profile", "lenient"], ["--purpose", "fun"], ["--policy", "x.y"], ["--nonsense"],
             ["--certs", "missing.crt"])
    return [w.run(base + one, {"ee.crt": ee, "root.crt": root}, exit=2) for one in wrong]
