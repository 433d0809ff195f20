#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Paths for the unit tests of src/path: scenes.py OUTPUT writes them as rows of a C table.

Each scene is a path from the end entity up, and the anchor's certificate. It has one thing that is special about it; its
name says what.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import certificate, der, keys, names, oids, sign  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.times import NOW, days  # noqa: E402
from pki.world import World  # noqa: E402

A, B, C, ANY = oids.POLICY_A, oids.POLICY_B, oids.POLICY_C, "2.5.29.32.0"
scenes = {}


def scene(name, *entities):
    """From the end entity to the anchor."""
    assert name not in scenes, name
    scenes[name] = [one.cert for one in entities]


def line(name, root=None, ca=None, ee=None):
    """Root, CA, Alice, each with changes."""
    w = World()
    top = w.root(**(root or {}))
    middle = w.ca("CA", top, **(ca or {}))
    end = {"email": "alice@example.com", **(ee or {})}
    scene(name, w.end_entity("Alice", middle, **end), middle, top)


def long_line(name, *members, root=None, ee=None):
    """CAs below each other, from the top; "self" makes one self-issued, a rollover of the one above."""
    w = World()
    path = [w.root(**(root or {}))]
    for number, changes in enumerate(members):
        changes = dict(changes)
        if changes.pop("self", False):
            path.append(w.self_issued(path[-1], name=f"Roll {number}", **changes))
        else:
            path.append(w.ca(f"CA {number}", path[-1], **changes))
    path.append(w.end_entity("Alice", path[-1], **{"email": "alice@example.com", **(ee or {})}))
    scene(name, *reversed(path))


def policies(*oids_, mappings=None, require=None, inhibit=None, inhibit_any=None, **more):
    extra = [x.certificate_policies(*map(x.policy, oids_))] if oids_ else []
    if mappings:
        extra.append(x.policy_mappings(*mappings))
    if require is not None or inhibit is not None:
        extra.append(x.policy_constraints(require, inhibit))
    if inhibit_any is not None:
        extra.append(x.inhibit_any_policy(inhibit_any))
    return {"extra": extra, **more}


def permit(*bases):
    return x.name_constraints(list(bases))


# --- signatures and keys

line("good")
line("ca-signed-by-another", ca={"signer_key": "p256:Mallory"})
line("ee-signed-by-another", ee={"signer_key": "p256:Mallory"})
line("both-signed-by-another", ca={"signer_key": "p256:Mallory"}, ee={"signer_key": "p256:Mallory"})
line("ee-signature-flipped", ee={"signature_hook": lambda octets: certificate.flip(octets)})
line("ee-signed-by-rsa", ee={"signer_key": "rsa2048-01"})
line("ee-unsigned", ee={"scheme": sign.fixed(sign.algorithm("unsigned"), b"")})
line("ee-algorithm-private", ee={"scheme": sign.fixed(sign.algorithm(oids.PRIVATE_ALGORITHM))})
line("ee-algorithm-malformed", ca={"key": "rsa2048-01"},
     ee={"scheme": sign.fixed(sign.algorithm("pss", der.integer(1)))})
line("ee-sha1", ca={"key": "rsa2048-01"}, ee={"scheme": "sha1-rsa"})
line("ca-md5", root={"key": "rsa2048-01"}, ca={"scheme": "md5-rsa"})
line("root-md5", root={"key": "rsa2048-01", "scheme": "md5-rsa"})
line("ee-parameters-absent", ca={"key": "rsa2048-01"}, ee={"scheme": sign.rsa(parameters=b"")})
line("root-short-key", root={"key": "rsa1024-1"})
line("ca-short-key", ca={"key": "rsa1024-1"})
line("ee-short-key", ee={"key": "rsa1024-1"})
off_the_curve = der.sequence(keys.algorithm("ec", der.oid(oids.CURVES["p256"])), der.bit_string(b"\x04" + b"\x01" * 64))
private = der.sequence(sign.algorithm(oids.PRIVATE_ALGORITHM), der.bit_string(b"\x01"))
line("ca-key-malformed", ca={"spki": off_the_curve})
line("ee-key-malformed", ee={"spki": off_the_curve})
line("ca-key-private", ca={"spki": private})
line("ee-key-private", ee={"spki": private})

dsa = keys.get("dsa2048-a")
dsa_absent, dsa_null = dsa.spki(b""), dsa.spki(der.null())
line("dsa-inherited", root={"key": "dsa2048-a"}, ca={"key": "dsa2048-a", "spki": dsa_absent},
     ee={"key": "dsa2048-a", "spki": dsa_absent})
line("dsa-null", root={"key": "dsa2048-a"}, ca={"key": "dsa2048-a", "spki": dsa_null})
line("dsa-ee-below-rsa", ca={"key": "rsa2048-01"}, ee={"key": "dsa2048-a", "spki": dsa_absent})
line("dsa-below-rsa", root={"key": "rsa2048-01"}, ca={"key": "dsa2048-a", "spki": dsa_absent})
long_line("dsa-rsa-between", {"key": "rsa2048-02"}, {"key": "dsa2048-a", "spki": dsa_absent}, root={"key": "dsa2048-a"})
line("dsa-short-inherited", root={"key": "dsa1024-a"}, ca={"key": "dsa1024-a", "spki": keys.get("dsa1024-a").spki(b"")})
line("dsa-another-group", root={"key": "dsa1024-a"}, ca={"key": "dsa1024-b", "spki": keys.get("dsa1024-b").spki(b"")})

# --- times and names

line("ee-last-second", ee={"not_after": NOW})
line("ee-first-second", ee={"not_before": NOW})
line("ee-expired", ee={"not_after": days(-1)})
line("ca-not-yet-valid", ca={"not_before": days(1)})
line("root-expired", root={"not_after": days(-1)})
line("root-not-yet-valid", root={"not_before": days(1)})
line("ee-issuer-differs", ee={"issuer_name": names.example("Somebody")})
line("ee-issuer-folded", ca={"subject": names.dn(("O", "Example"), ("CN", "The CA"))},
     ee={"issuer_name": names.dn(("O", "EXAMPLE", "printable"), ("CN", "the  ca"))})

# --- CAs

line("ca-v1", ca={"version": certificate.V1, "extensions": None})
line("ca-v2", ca={"version": certificate.V2, "extensions": None})
line("ca-without-basic-constraints", ca={"ext": {"basicConstraints": None}})
line("ca-denied", ca={"ext": {"basicConstraints": x.basic_constraints(False)}})
line("ca-without-key-usage", ca={"ext": {"keyUsage": None}})
line("ca-crl-sign-only", ca={"ext": {"keyUsage": x.key_usage("cRLSign")}})
line("root-v1", root={"version": certificate.V1, "extensions": None})
line("root-crl-sign-only", root={"ext": {"keyUsage": x.key_usage("cRLSign")}})
line("ca-critical-unknown", ca={"extra": [x.private(critical=True)]})
line("ee-critical-unknown", ee={"extra": [x.private(critical=True)]})
line("root-critical-unknown", root={"extra": [x.private(critical=True)]})

# --- path lengths

long_line("path-len-0", {"path_len": 0})
long_line("path-len-0-one-more", {"path_len": 0}, {})
long_line("path-len-0-rollover", {"path_len": 0}, {"self": True})
long_line("path-len-1-then-5", {"path_len": 1}, {"path_len": 5}, {})
long_line("path-len-5-then-0", {"path_len": 5}, {"path_len": 0}, {}, {})
long_line("path-len-without-key-cert-sign", {"path_len": 0, "ext": {"keyUsage": x.key_usage("cRLSign")}}, {})
long_line("path-len-in-root", {}, {}, root={"ext": {"basicConstraints": x.basic_constraints(True, 0)}})
w = World()
top = w.root()
upper = w.ca("Upper", top, path_len=0)
scene("path-len-0-ca-last", w.ca("Lower", upper), upper, top)

# --- name constraints

mail = permit(gn.email("example.org"))
line("names-in-ca", ca={"extra": [mail]})
line("names-in-root", root={"extra": [mail]})
line("names-in-ee", ee={"extra": [mail]})
inside = permit(gn.directory((("O", "Inside"),)))
in_dn = names.dn(("O", "Inside"), ("CN", "Alice"))
long_line("names-rollover", {"extra": [inside]}, {"self": True}, ee={"subject": in_dn})
long_line("names-other-ca", {"extra": [inside]}, {}, ee={"subject": in_dn})
w = World()
top = w.root()
upper = w.ca("Upper", top, extra=[inside])
scene("names-rollover-last", w.self_issued(upper), upper, top)

# --- policies

line("policy-a", ca=policies(A), ee=policies(A))
line("policy-a-b", ca=policies(A), ee=policies(B))
line("policy-any", ca=policies(ANY), ee=policies(ANY))
line("policy-mapped", ca=policies(A, mappings=[(A, B)]), ee=policies(B))
line("policy-any-mapped", ca=policies(A, mappings=[(ANY, B)]), ee=policies(A))
line("policy-required", ca=policies(require=0))
long_line("policy-required-later", policies(require=1), {}, {})
long_line("policy-required-after-rollover", policies(require=2), {"self": True})
long_line("policy-required-after-others", policies(require=2), {"self": True}, {})
line("policy-required-by-ee", ca=policies(), ee=policies(require=0))
long_line("policy-any-inhibited", policies(A, inhibit_any=0), policies(ANY), ee=policies(A))
long_line("policy-any-inhibited-rollover", policies(A, inhibit_any=0), policies(ANY, self=True), ee=policies(A))
long_line("policy-mapping-inhibited", policies(A, inhibit=0), policies(A, mappings=[(A, B)]), ee=policies(B))
line("policy-in-root", root=policies(A), ca=policies(ANY), ee=policies(ANY))
line("policy-root-requires", root=policies(require=0))

# --- several at once

w = World()
top = w.root()
upper = w.ca("Upper", top, path_len=0, extra=[mail])
lower = w.ca("Lower", upper, not_after=days(-1), ext={"keyUsage": x.key_usage("cRLSign")})
ee = w.end_entity("Alice", lower, email="alice@example.com", extra=[x.private(critical=True)])
scene("many-faults", ee, lower, upper, top)


def span(octets):
    text = "".join(f"\\x{byte:02x}" for byte in octets)
    return f'{{(const uint8_t *)"{text}", {len(octets)}}}'


def row(name, octets):
    spans = ", ".join(span(one) for one in octets)
    return f'{{"{name}", {len(octets)}, {{{spans}}}}},\n'


Path(sys.argv[1]).write_text("".join(row(name, octets) for name, octets in scenes.items()))
