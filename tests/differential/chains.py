# SPDX-License-Identifier: Apache-2.0
"""Chains with faults, chosen by a generator of fixed seed: the same ones everywhere."""

import random
from dataclasses import dataclass, field

from pki import extensions as x
from pki import general_names as gn
from pki import names
from pki.certificate import V1, flip
from pki.times import days
from pki.world import World

POLICY, OTHER_POLICY = "1.3.6.1.4.1.32473.1.1", "1.3.6.1.4.1.32473.1.2"


@dataclass
class Chain:
    """What both programs are asked about. `faults` names what was done, for whoever reads a difference."""

    number: int
    world: World
    certs: list
    anchor: object
    target: object
    crls: list
    faults: list = field(default_factory=list)
    revocation: bool = False
    explicit_policy: bool = False
    wanted: str = None


# A fault changes the keywords of one certificate. `ca` ones are for intermediates, `any` ones for all.
CA_FAULTS = {
    "no basicConstraints": {"ext": {"basicConstraints": None}},
    "not a CA": {"ext": {"basicConstraints": x.basic_constraints(False)}},
    "pathLen 0": {"path_len": 0},
    "pathLen 1": {"path_len": 1},
    "no keyCertSign": {"ext": {"keyUsage": x.key_usage("digitalSignature", "cRLSign")}},
    "no keyUsage": {"ext": {"keyUsage": None}},
    "version 1": {"version": V1, "extensions": None},
    "permits example.com": {"extra": [x.name_constraints(permitted=[gn.email("example.com")])]},
    "permits example.net": {"extra": [x.name_constraints(permitted=[gn.email("example.net")])]},
    "excludes example.com": {"extra": [x.name_constraints(excluded=[gn.email("example.com")])]},
    "permits O=Example": {"extra": [x.name_constraints(permitted=[gn.directory((("O", "Example"),))])]},
    "permits O=Other": {"extra": [x.name_constraints(permitted=[gn.directory((("O", "Other"),))])]},
    "excludes O=Example": {"extra": [x.name_constraints(excluded=[gn.directory((("O", "Example"),))])]},
    "requires a policy": {"extra": [x.policy_constraints(require=0)]},
    "inhibits anyPolicy": {"extra": [x.inhibit_any_policy(0)]},
    "for servers only": {"extra": [x.ext_key_usage("serverAuth")]},
}
ANY_FAULTS = {
    "expired": {"not_after": days(-1)},
    "not yet valid": {"not_before": days(1)},
    "wrong signature": {"signature_hook": flip},
    "signed by another key": {"signer_key": "p256:Somebody"},
    "another issuer name": {"issuer_name": names.example("Somebody")},
    "unknown critical extension": {"extra": [x.private(critical=True)]},
    "unknown extension": {"extra": [x.private()]},
    "misleading key identifier": {"ext": {"authorityKeyIdentifier": x.authority_key_identifier(b"\x55" * 20)}},
    "no key identifiers": {"ext": {"authorityKeyIdentifier": None, "subjectKeyIdentifier": None}},
    "policy": {"extra": [x.certificate_policies(POLICY)]},
    "other policy": {"extra": [x.certificate_policies(OTHER_POLICY)]},
    "anyPolicy": {"extra": [x.certificate_policies("2.5.29.32.0")]},
    "SHA-1": {"scheme": "sha1-ecdsa"},
}


def merged(first, second):
    """Two sets of keywords; `ext` and `extra` add up."""
    both = {**first, **second}
    for name, empty in (("ext", {}), ("extra", [])):
        if name in first or name in second:
            a, b = first.get(name, empty), second.get(name, empty)
            both[name] = {**a, **b} if name == "ext" else [*a, *b]
    return both


def special(chance, ca, faults, label):
    """Keywords for one certificate: mostly none, sometimes a fault or two."""
    chosen = {}
    for _ in range(chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2))):
        table = CA_FAULTS if ca and chance.random() < 0.5 else ANY_FAULTS
        name = chance.choice(list(table))
        if any(one.name in [other.name for other in chosen.get("extra", [])] for one in table[name].get("extra", [])):
            continue
        faults.append(f"{label}: {name}")
        chosen = merged(chosen, table[name])
    return chosen


def make(number, seed=20260601):
    chance = random.Random(f"{seed}/{number}")
    w, faults = World(), []
    everywhere = {"extra": [x.certificate_policies(POLICY)]} if chance.random() < 0.3 else {}
    def options(ca, label):
        chosen = special(chance, ca, faults, label)
        clash = any(one.name == "certificatePolicies" for one in chosen.get("extra", []))
        bare = chosen.get("extensions", "default") is None
        return chosen if clash or bare or not everywhere else merged(everywhere, chosen)
    root = w.root("Root")
    above, certs = root, []
    for level in range(chance.choice((0, 1, 1, 2, 2, 3, 4))):
        above = w.ca(f"CA {level}", above, **options(True, f"CA {level}"))
        certs.append(above)
    target = w.end_entity("Alice", above, **options(False, "Alice"))
    chain = Chain(number, w, certs, root, target, [], faults)
    duplicate(chance, chain)
    chance.shuffle(chain.certs)
    chain.revocation = chance.random() < 0.4
    if chain.revocation:
        revoke(chance, chain)
    chain.explicit_policy = chance.random() < 0.25
    if chain.explicit_policy:
        chain.wanted = chance.choice((None, POLICY, OTHER_POLICY))
        chain.faults.append(f"a policy is required: {chain.wanted or 'any'}")
    return chain


def duplicate(chance, chain):
    """Sometimes a second certificate of a CA, with its key or with a new one."""
    if not chain.certs or chance.random() > 0.2:
        return
    ca = chance.choice(chain.certs)
    key = chance.choice((ca.key.name, "p256:New"))
    chain.certs.append(chain.world.ca(f"{ca.name} again", ca.issuer, subject=ca.subject, key=key))
    chain.faults.append(f"{ca.name} has a second certificate ({key})")


def revoke(chance, chain):
    """A CRL of each CA, mostly empty, now and then missing or listing somebody."""
    everybody = [*chain.certs, chain.target]
    issuers = {one.issuer.subject: one.issuer for one in everybody}
    for ca in issuers.values():
        listed = [one for one in everybody if one.issuer is ca and chance.random() < 0.12]
        if chance.random() < 0.08:
            chain.faults.append(f"no CRL of {ca.name}")
            continue
        late = chance.random() < 0.08
        chain.faults += [f"{one.name} is revoked" for one in listed] + ([f"old CRL of {ca.name}"] if late else [])
        times = {"this_update": days(-40), "next_update": days(-1)} if late else {}
        chain.crls.append(chain.world.crl(ca, listed, **times))
