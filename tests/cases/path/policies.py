# SPDX-License-Identifier: Apache-2.0
"""Policy processing: the sets that RFC 5280, 6.1 and RFC 9618 demand, in every combination of the settings."""

from pki import oids
from pki import extensions as x
from runner import case

A, B, C, D, ANY = oids.POLICY_A, oids.POLICY_B, oids.POLICY_C, oids.POLICY_D, oids.ANY_POLICY


def member(policies=None, mappings=None, require=None, inhibit=None, inhibit_any=None):
    """The policy extensions of one certificate; None leaves an extension out."""
    found = []
    if policies is not None:
        found.append(x.certificate_policies(*policies))
    if mappings is not None:
        found.append(x.policy_mappings(*mappings))
    if require is not None or inhibit is not None:
        found.append(x.policy_constraints(require, inhibit))
    if inhibit_any is not None:
        found.append(x.inhibit_any_policy(inhibit_any))
    return dict(extra=found)


def line(w, *members):
    """A path whose certificates, from the one under the root to the end entity, carry these extensions."""
    issuer = w.root()
    for number, one in enumerate(members[:-1], 1):
        issuer = w.ca(f"CA {number}", issuer, **one)
    return w.end_entity("Alice", issuer, **members[-1])


def add(ids, title, members, verdict, policies=None, **options):
    @case(ids, title)
    def _(w):
        codes = ["POLICY_FAIL"] if verdict == "BAD" else []
        return w.path(line(w, *members), expect=verdict, codes=codes, policies=policies, **options)


P, NONE = member, member()

# --- the set returned -------------------------------------------------------------------------------------
add("B-61d B-OUT-1 D-PATH-1", "one policy all the way down is returned", [P([A]), P([A])], "GOOD", [A])
add("B-61d", "two policies all the way down are both returned", [P([A, B]), P([A, B])], "GOOD", [A, B])
add("B-61d", "what the end entity drops is not returned", [P([A, B]), P([A])], "GOOD", [A])
add("B-61d", "what the end entity adds is not returned", [P([A]), P([A, B])], "GOOD", [A])
add("B-61d", "nothing in common leaves nothing", [P([A]), P([B])], "GOOD", [])
add("B-61d", "anyPolicy above takes what is below", [P([ANY]), P([A, B])], "GOOD", [A, B])
add("B-61d", "anyPolicy below takes what is above", [P([A]), P([ANY])], "GOOD", [A])
add("B-61d", "anyPolicy everywhere stays anyPolicy", [P([ANY]), P([ANY])], "GOOD", [ANY])
add("B-61d", "a policy beside anyPolicy", [P([A, ANY]), P([B])], "GOOD", [B])
add("B-61d", "a branch that ends above is pruned", [P([A, B]), P([A, B]), P([B])], "GOOD", [B])
add("B-61d", "a policy dropped in the middle does not come back", [P([A]), P([B]), P([A])], "GOOD", [])
add("B-61d", "anyPolicy in the middle lets a policy through", [P([A]), P([ANY]), P([A])], "GOOD", [A])
add("B-61ef B-61d", "no policies in the intermediate: none from there on", [P([A]), NONE, P([A])], "GOOD", [])
add("B-61ef", "no policies anywhere", [NONE, NONE], "GOOD", [])
add("B-61ef", "no policies in the end entity", [P([A]), NONE], "GOOD", [])

# --- explicit policy asked for by the user ----------------------------------------------------------------
add("B-IN-2 B-61ef", "explicit policy, and there is one", [P([A]), P([A])], "GOOD", [A], explicit_policy=True)
add("B-IN-2 B-61ef", "explicit policy, and the CA has none", [NONE, P([A])], "BAD", explicit_policy=True)
add("B-IN-2 B-61ef", "explicit policy, and the end entity has none", [P([A]), NONE], "BAD", explicit_policy=True)
add("B-IN-2 B-61ef", "explicit policy, and nothing in common", [P([A]), P([B])], "BAD", explicit_policy=True)
add("B-IN-2 B-61ef", "explicit policy and no policies at all", [NONE, NONE], "BAD", explicit_policy=True)
add("B-IN-2 B-61ef", "no explicit policy and no policies at all", [NONE, NONE], "GOOD", [])
add("B-IN-2", "explicit policy and anyPolicy all the way down", [P([ANY]), P([ANY])], "GOOD", [ANY], explicit_policy=True)

# --- the user's policy set --------------------------------------------------------------------------------
add("B-POL-5 B-IN-2", "the user's policy is among the path's", [P([A, B]), P([A, B])], "GOOD", [A], policy=[A],
    explicit_policy=True)
add("B-POL-5", "the user's policy is not among the path's: explicit", [P([B]), P([B])], "BAD", policy=[A],
    explicit_policy=True)
add("B-POL-5", "the user's policy is not among the path's: not explicit", [P([B]), P([B])], "GOOD", [], policy=[A])
add("B-POL-5", "anyPolicy at the end expands to the user's set", [P([ANY]), P([ANY])], "GOOD", [A], policy=[A])
add("B-POL-5", "anyPolicy at the end expands to all of the user's set", [P([ANY]), P([ANY])], "GOOD", [A, B],
    policy=[A, B], explicit_policy=True)
add("B-POL-5", "a user's set of three, of which the path has one", [P([A, D]), P([A, D])], "GOOD", [A], policy=[A, B, C],
    explicit_policy=True)
add("B-POL-5", "anyPolicy asked for by the user takes everything", [P([A]), P([A])], "GOOD", [A], policy=[ANY],
    explicit_policy=True)
add("B-POL-5", "anyPolicy and a policy of the path together", [P([ANY, A]), P([ANY, A])], "GOOD", [A, B], policy=[A, B])

# --- requireExplicitPolicy --------------------------------------------------------------------------------
add("B-POL-1", "requireExplicitPolicy 0 in the first CA, no policies", [P(require=0), NONE, NONE], "BAD")
add("B-POL-1", "requireExplicitPolicy 1 in the first CA, no policies", [P(require=1), NONE, NONE], "BAD")
add("B-POL-1", "requireExplicitPolicy 2 in the first of three, no policies", [P(require=2), NONE, NONE], "BAD")
add("B-POL-1", "requireExplicitPolicy 3 in the first of three, no policies", [P(require=3), NONE, NONE], "GOOD", [])
add("B-POL-1", "requireExplicitPolicy 10, no policies", [P(require=10), NONE, NONE], "GOOD", [])
add("B-POL-1", "requireExplicitPolicy 0 and policies all the way", [P([A], require=0), P([A]), P([A])], "GOOD", [A])
add("B-POL-1", "requireExplicitPolicy 0 in the end entity itself, no policies", [NONE, P(require=0)], "BAD")
add("B-POL-1", "requireExplicitPolicy 0 in the end entity and policies all the way", [P([A]), P([A], require=0)], "GOOD", [A])
add("B-POL-1", "requireExplicitPolicy 1 in the end entity asks for nothing", [NONE, P(require=1)], "GOOD", [])
add("B-POL-1", "a later larger value does not lift an earlier one", [P(require=1), P(require=5), NONE], "BAD")
add("B-POL-1", "a later smaller value tightens", [P(require=5), P(require=0), NONE], "BAD")
add("B-POL-1 B-POL-5", "requireExplicitPolicy and a user set without the path's policy", [P([A], require=0), P([A])], "BAD",
    policy=[B])
add("B-POL-1", "a huge skip count is no count that wraps", [P(require=2**32), NONE, NONE], "GOOD|BAD|UNKNOWN")

# --- mapping ----------------------------------------------------------------------------------------------
AB, BC = [(A, B)], [(B, C)]
add("B-POL-2 E-23", "a mapped policy is returned under the issuer's name", [P([A], AB), P([B])], "GOOD", [A])
add("B-POL-2", "the policy that was mapped away is gone", [P([A], AB), P([A])], "BAD", explicit_policy=True)
add("B-POL-2", "a policy mapped twice", [P([A], AB), P([B], BC), P([C])], "GOOD", [A], explicit_policy=True)
add("B-POL-2", "the user asks for the issuer's policy and gets the mapped one", [P([A], AB), P([B])], "GOOD", [A],
    policy=[A], explicit_policy=True)
add("B-POL-2", "the user asks for the subject's policy, which is not the issuer's", [P([A], AB), P([B])], "BAD",
    policy=[B], explicit_policy=True)
add("B-POL-2", "one policy mapped to two", [P([A], [(A, B), (A, C)]), P([C])], "GOOD", [A], explicit_policy=True)
add("B-POL-2", "two policies mapped to one", [P([A, B], [(A, C), (B, C)]), P([C])], "GOOD", [A, B], explicit_policy=True)
add("B-POL-2", "a mapping from a policy the certificate does not have", [P([B], AB), P([B])], "GOOD", [B])
add("B-POL-2", "a mapping under anyPolicy", [P([ANY], AB), P([B])], "GOOD", [A], explicit_policy=True)
add("B-POL-2 E-23", "a mapping from anyPolicy fails", [P([A], [(ANY, B)]), P([B])], "BAD", explicit_policy=True)
add("B-POL-2 E-23", "a mapping to anyPolicy fails", [P([A], [(A, ANY)]), P([B])], "BAD", explicit_policy=True)
add("B-POL-2", "mapping inhibited from the start", [P([A], AB), P([B])], "BAD", explicit_policy=True, inhibit_mapping=True)
add("B-POL-2 B-IN-2", "mapping inhibited by the user, and no mapping needed", [P([A]), P([A])], "GOOD", [A],
    explicit_policy=True, inhibit_mapping=True)
add("B-POL-2", "inhibitPolicyMapping 0 does not touch the CA that says so", [P([A], AB, inhibit=0), P([B])], "GOOD", [A],
    explicit_policy=True)
add("B-POL-2", "inhibitPolicyMapping 0 stops the mapping of the next CA", [P([A], inhibit=0), P([A], AB), P([B])], "BAD",
    explicit_policy=True)
add("B-POL-2", "inhibitPolicyMapping 1 lets the next CA map", [P([A], inhibit=1), P([A], AB), P([B])], "GOOD", [A],
    explicit_policy=True)
add("B-POL-2", "inhibitPolicyMapping 1 stops the CA after the next",
    [P([A], inhibit=1), P([A]), P([A], AB), P([B])], "BAD", explicit_policy=True)
add("B-POL-2", "an inhibited mapping leaves the policy itself", [P([A, B], inhibit=0), P([A, B], AB), P([B])], "GOOD", [B],
    explicit_policy=True)
add("B-POL-2", "without explicit policy an inhibited mapping only empties the set",
    [P([A], inhibit=0), P([A], AB), P([B])], "GOOD", [])

# --- inhibitAnyPolicy -------------------------------------------------------------------------------------
add("B-POL-3", "inhibitAnyPolicy 0, anyPolicy only in the next CA", [P([A], inhibit_any=0), P([ANY]), P([A])], "BAD",
    explicit_policy=True)
add("B-POL-3", "inhibitAnyPolicy 1, anyPolicy in the next CA", [P([A], inhibit_any=1), P([ANY]), P([A])], "GOOD", [A],
    explicit_policy=True)
add("B-POL-3", "inhibitAnyPolicy 1, anyPolicy in the end entity", [P([A], inhibit_any=1), P([A]), P([ANY])], "BAD",
    explicit_policy=True)
add("B-POL-3", "inhibitAnyPolicy 0, anyPolicy in the end entity", [P([A], inhibit_any=0), P([ANY])], "BAD",
    explicit_policy=True)
add("B-POL-3 B-IN-2", "anyPolicy inhibited by the user", [P([ANY]), P([ANY])], "BAD", explicit_policy=True, inhibit_any=True)
add("B-POL-3 B-IN-2", "anyPolicy inhibited by the user where nobody needs it", [P([A]), P([A])], "GOOD", [A],
    explicit_policy=True, inhibit_any=True)
add("B-POL-3", "inhibited anyPolicy beside a real policy", [P([A], inhibit_any=0), P([A, ANY])], "GOOD", [A],
    explicit_policy=True)
add("B-POL-3", "a later larger value does not lift an earlier one", [P([A], inhibit_any=0), P([A], inhibit_any=5), P([ANY])],
    "BAD", explicit_policy=True)


# --- self-issued certificates -----------------------------------------------------------------------------

def with_rollover(w, first, roll, last, after=None):
    """CA, its self-issued successor, perhaps one more CA, end entity."""
    root = w.root()
    ca = w.ca("CA 1", root, **first)
    issuer = w.self_issued(ca, **roll)
    if after is not None:
        issuer = w.ca("CA 2", issuer, **after)
    return w.end_entity("Alice", issuer, **last)


@case("B-POL-3", "inhibited anyPolicy still works in a self-issued intermediate")
def _(w):
    ee = with_rollover(w, P([A], inhibit_any=0), P([ANY]), P([A]))
    return w.path(ee, explicit_policy=True, expect="GOOD", policies=[A])


@case("B-POL-3", "inhibited anyPolicy does not work in a self-issued end entity")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, **P([A], inhibit_any=0))
    ee = w.certificate("CA", ca, subject=ca.subject, key="p256:Other", emails=("a@example.com",), **P([ANY]))
    return w.path(ee, explicit_policy=True, expect="BAD", codes=["POLICY_FAIL"])


@case("B-POL-4", "a skip count of 1 is not used up by a self-issued CA")
def _(w):
    ee = with_rollover(w, P([A], inhibit_any=1), P([A]), P([A]), after=P([ANY]))
    return w.path(ee, explicit_policy=True, expect="GOOD", policies=[A])


@case("B-POL-4", "a skip count of 1 is used up by another CA")
def _(w):
    ee = line(w, P([A], inhibit_any=1), P([A]), P([ANY]), P([A]))
    return w.path(ee, explicit_policy=True, expect="BAD", codes=["POLICY_FAIL"])


@case("B-POL-4", "requireExplicitPolicy 1 and a self-issued CA: not yet in force, then in force")
def _(w):
    one = with_rollover(w, P(require=2), P(), P())
    two = with_rollover(type(w)(), P(require=2), P(), P(), after=P())
    return [w.path(one, expect="GOOD", policies=[]), w.path(two, expect="BAD", codes=["POLICY_FAIL"])]


@case("B-POL-4 B-POL-2", "inhibitPolicyMapping 1 and a self-issued CA: the CA after it may still map")
def _(w):
    ee = with_rollover(w, P([A], inhibit=1), P([A]), P([B]), after=P([A], [(A, B)]))
    return w.path(ee, explicit_policy=True, expect="GOOD", policies=[A])


# --- cost -------------------------------------------------------------------------------------------------

@case("D-PATH-1", "a path built to make a policy tree grow without bound is judged at once")
def _(w):
    names = [f"{oids.TEST}.9.{n}" for n in range(20)]
    mesh = [(a, b) for a in names for b in names]
    members = [P(names, mesh) for _ in range(12)]
    return w.path(line(w, *members, P(names)), explicit_policy=True, expect="GOOD", policies=names)


@case("D-PATH-1", "the same with policies nobody can use at the end")
def _(w):
    names = [f"{oids.TEST}.9.{n}" for n in range(20)]
    mesh = [(a, b) for a in names for b in names]
    members = [P(names, mesh) for _ in range(12)]
    return w.path(line(w, *members, P([A])), explicit_policy=True, expect="BAD", codes=["POLICY_FAIL"])


@case("D-PATH-1 B-POL-2", "anyPolicy and mappings through ten CAs")
def _(w):
    names = [f"{oids.TEST}.9.{n}" for n in range(10)]
    steps = [P([ANY], [(a, b) for a in names for b in names if a != b]) for _ in range(10)]
    return w.path(line(w, *steps, P(names)), explicit_policy=True, expect="GOOD", policies=names)


# --- the same path more than once -------------------------------------------------------------------------

@case("B-61d A-4-7", "of two CA certificates the one whose policies satisfy the user is taken")
def _(w):
    root = w.root()
    poor = w.ca("CA", root, **P([B]))
    rich = w.ca("CA", root, key=poor.key, **P([A]))
    ee = w.end_entity("Alice", poor, **P([A]))
    return [w.path(ee, certs=certs, anchors=[root], explicit_policy=True, expect="GOOD", path=[ee, rich], policies=[A])
            for certs in ([poor, rich], [rich, poor])]


@case("B-POL-6", "an empty policyConstraints sequence is malformed, in CA and end entity")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, extra=[x.policy_constraints()])
    ee = w.end_entity("Bob", root, extra=[x.policy_constraints()])
    return [w.path(w.end_entity("Alice", ca), expect="BAD|UNKNOWN", codes=["PARSE"]),
            w.path(ee, expect="BAD|ERROR", codes=["PARSE"])]


@case("B-POL-1 B-POL-3", "negative skip counts are malformed")
def _(w):
    members = (P(require=-1), P(inhibit=-1), P(inhibit_any=-1))
    return [w.path(line(type(w)(), one, NONE), expect="BAD|UNKNOWN", codes=["PARSE"]) for one in members]
