#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Paths with CRLs for the unit tests of src/path: crl_scenes.py OUTPUT writes them as rows of a C table.

Each scene is a path from the end entity up to below its anchor, the anchors (the path's first), further certificates and
the CRLs at hand. Unless its name says otherwise everything in it is right.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import certificate, crl as crls, names  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.certificate import flip  # noqa: E402
from pki.times import at, days  # noqa: E402
from pki.world import World  # noqa: E402

HERE, THERE = [gn.uri("http://crl.example/here")], [gn.uri("http://crl.example/there")]
COMPROMISE = ["keyCompromise", "cACompromise"]
OTHERS = ["affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "privilegeWithdrawn", "aACompromise"]
LISTS = {"basicConstraints": None, "extKeyUsage": None, "keyUsage": x.key_usage("cRLSign")}
PAST = dict(this_update=days(-60), next_update=days(-30))
idp, point, points = x.issuing_distribution_point, x.distribution_point, x.crl_distribution_points
scenes = {}


def scene(name, path, crls, certs=(), anchors=()):
    """`anchors` are those beside the one above the path."""
    assert name not in scenes, name
    octets = lambda many: [one if isinstance(one, bytes) else one.cert for one in many]
    scenes[name] = (octets(path), octets([path[-1].issuer, *anchors]), octets(certs),
                    [one if isinstance(one, bytes) else one.der for one in crls])


def direct(name, *lists, ee=None, root=None, more=(), **changes):
    """Alice under a root. Each of `lists` says how the root's CRL is special; True in `listed` lists Alice."""
    w = World()
    top = w.root(**(root or {}))
    alice = w.end_entity("Alice", top, **(ee or {}))
    made = []
    for fields in lists:
        fields = dict(fields)
        listed = fields.pop("listed", None)
        entries = [w.revocation(alice, **(listed if isinstance(listed, dict) else {}))] if listed else [4711]
        made.append(w.crl(top, entries, **fields))
    scene(name, [alice], made, **changes)
    return w, top, alice


def separate(w, issuer, ca, name="Lists", **changes):
    """Somebody else's certificate with the name of `ca`, for signing CRLs only."""
    return w.certificate(name, issuer, subject=ca.subject, ext={**LISTS, **changes.pop("ext", {})}, **changes)


# --- complete CRLs

direct("good", {})
direct("revoked", {"listed": True})
direct("revoked-with-reason", {"listed": dict(date=days(-12), reason="keyCompromise",
                                              extensions=[x.invalidity_date(at(2026, 3, 14))]), "number": 77})
direct("none")
direct("none-with-point", ee={"extra": [points(point(HERE))]})
direct("v1", {"version": crls.V1})
direct("v1-undated-revoked", {"version": crls.V1, "next_update": None, "listed": True})
direct("undated", {"next_update": None, "this_update": days(-10)})
direct("undated-revoked", {"next_update": None, "this_update": days(-10), "listed": True})
direct("undated-and-current", {"next_update": None, "number": 1}, {"number": 2})
direct("undated-and-junk", {"next_update": None, "number": 1}, {"number": 2, "signature_hook": flip})
direct("stale", {"this_update": days(-60), "next_update": days(-1)})
direct("stale-revoked", {**PAST, "listed": True})
direct("stale-hold-then-other-sequence", {**PAST, "ext": {"cRLNumber": None},
                                          "listed": dict(reason="certificateHold")}, {})
direct("stale-hold", {**PAST, "listed": dict(reason="certificateHold")})
direct("stale-and-junk", {**PAST, "number": 1}, {"number": 2, "signature_hook": flip})
direct("ends-before-it-begins", {"this_update": days(-1), "next_update": days(-2)})
direct("ends-before-it-begins-later", {"this_update": days(2), "next_update": days(1)})
direct("junk", {"signature_hook": flip})
direct("junk-revoked", {"signature_hook": flip, "listed": True})
direct("junk-and-good", {"signature_hook": flip, "number": 9}, {})
direct("critical", {"extra": [x.private(critical=True)]})
direct("empty-list", {"entries": [], "empty_list": True})
direct("sha1", {"scheme": "sha1-rsa"}, root={"key": "rsa2048-01"}, ee={})
direct("key-identifier-of-nobody", {"ext": {"authorityKeyIdentifier": x.authority_key_identifier(b"\x13" * 20)}})
w, top, alice = direct("anchor-itself", {})
scenes["anchor-itself"] = ([top.cert], *scenes["anchor-itself"][1:])

w = World()
top, ca, alice = w.line()
scene("two-levels", [alice, ca], [w.crl(ca), w.crl(top)])
scene("ca-revoked", [alice, ca], [w.crl(ca), w.crl(top, [ca])])
scene("ca-unknown", [alice, ca], [w.crl(ca)])
scene("both-unknown", [alice, ca], [])

# --- which CRL

direct("older-clean", {"number": 4, "this_update": days(-9)}, {"number": 5, "listed": True})
direct("older-hold", {"number": 4, "this_update": days(-9), "listed": dict(reason="certificateHold")}, {"number": 5})
direct("number-before-date", {"number": 6, "this_update": days(-9), "listed": True}, {"number": 5})
direct("twins", {"number": 5}, {"number": 5, "listed": True})
direct("clean-twins", {"number": 5}, {"number": 5, "this_update": days(-3)})
direct("junk-on-top", {"number": 99, "listed": True, "signature_hook": flip}, {"number": 5})
direct("newest-is-stale", {"number": 6, **PAST}, {"number": 5})
direct("newest-is-stale-and-revokes", {"number": 6, **PAST, "listed": True}, {"number": 5})
direct("older-stale-revokes", {"number": 5, **PAST, "listed": True}, {"number": 6, **PAST})
direct("other-scope-revokes", {"number": 1, "extra": [idp(only_user=True)], "listed": True}, {"number": 2})
direct("no-numbers", {"this_update": days(-9), "ext": {"cRLNumber": None}},
       {"listed": True, "ext": {"cRLNumber": None}})
direct("many-old", *({"number": n, "this_update": days(n - 60)} for n in range(1, 51)))

# --- scope

direct("point", {"extra": [idp(HERE)]}, ee={"extra": [points(point(HERE))]})
direct("point-elsewhere", {"extra": [idp(THERE)], "listed": True}, ee={"extra": [points(point(HERE))]})
direct("point-not-wanted", {"extra": [idp(HERE)]})
direct("no-scope", {}, ee={"extra": [points(point(HERE))]})
direct("point-of-issuer", {"extra": [idp([gn.directory(names.example("Root"))])]})
direct("point-of-alternative-name", {"extra": [idp([gn.dns("crl.example")])]},
       ee={"extra": [x.issuer_alt_name(gn.dns("CRL.example"))]})
direct("point-by-mail", {"extra": [idp([gn.email("crl@CA.example")])]},
       ee={"extra": [points(point([gn.email("crl@ca.EXAMPLE")]))]})
direct("point-by-other-mail", {"extra": [idp([gn.email("CRL@ca.example")])]},
       ee={"extra": [points(point([gn.email("crl@ca.example")]))]})
direct("point-by-other-name", {"extra": [idp([gn.other("1.2.3", b"\x05\x00")])]},
       ee={"extra": [points(point([gn.other("1.2.4", b"\x05\x00")]))]})
RDN = names.rdn(("CN", "List"))
BELOW = [gn.directory(names.dn(("O", "Example"), ("CN", "Root"), ("CN", "List")))]
direct("point-relative", {"extra": [idp(relative=RDN)]}, ee={"extra": [points(point(relative=RDN))]})
direct("point-relative-and-full", {"extra": [idp(BELOW)]}, ee={"extra": [points(point(relative=RDN))]})
direct("point-full-and-relative", {"extra": [idp(relative=RDN)]}, ee={"extra": [points(point(BELOW))]})
direct("own-name-as-crl-issuer", {"extra": [idp(HERE)]},
       ee={"extra": [points(point(HERE, issuer=[gn.directory(names.example("Root"))]))]})
direct("only-users", {"extra": [idp(only_user=True)]})
direct("only-cas", {"extra": [idp(only_ca=True)]})
direct("only-attributes", {"extra": [idp(only_attribute=True)]})
direct("only-users-v1", {"extra": [idp(only_user=True)]}, ee=dict(version=certificate.V1, extensions=None, email=None))
direct("some-reasons", {"extra": [idp(reasons=COMPROMISE)]})
direct("all-reasons-in-two", {"extra": [idp(reasons=COMPROMISE)]}, {"extra": [idp(reasons=OTHERS)]})
direct("all-reasons-one-stale", {"extra": [idp(reasons=COMPROMISE)]}, {"extra": [idp(reasons=OTHERS)], **PAST})
direct("reasons-of-point", {"extra": [idp(HERE)]}, ee={"extra": [points(point(HERE, reasons=COMPROMISE))]})
direct("reasons-of-two-points", {"extra": [idp(HERE)]},
       ee={"extra": [points(point(HERE, reasons=COMPROMISE), point(HERE, reasons=OTHERS))]})
direct("two-kinds", {"extra": [idp(only_user=True, only_ca=True)]})


def delegated(name, scope, entries=(), **changes):
    """Alice's distribution point names Lists as issuer of CRLs."""
    w = World()
    top = w.root()
    ca = w.ca("CA", top)
    lists = w.certificate("Lists", top, ext=LISTS)
    where = point(changes.pop("names", HERE), issuer=[gn.directory(changes.pop("issuer", lists.subject))])
    alice = w.end_entity("Alice", ca, serial=7, extra=[points(where)])
    listed = [w.revocation(serial, extensions=[x.certificate_issuer(gn.directory(who.subject if who else ca.subject))])
              for serial, who in ((serial, {"lists": lists, "ca": ca}[word]) for serial, word in entries)]
    scene(name, [alice, ca], [w.crl(lists, listed, extra=[scope]), w.crl(top)], certs=[lists], **changes)


delegated("indirect", idp(HERE, indirect=True))
delegated("indirect-revoked", idp(HERE, indirect=True), [(7, "ca")])
delegated("indirect-namesake-serial", idp(HERE, indirect=True), [(7, "lists")])
delegated("indirect-unsaid", idp(HERE))
delegated("indirect-elsewhere", idp(THERE, indirect=True))
delegated("indirect-by-stranger", idp(HERE, indirect=True), issuer=names.example("Stranger"))
delegated("indirect-named-after-issuer", idp([gn.directory(names.example("Lists"))], indirect=True), names=None)

# --- signers

w = World()
top = w.root()
ca = w.ca("CA", top)
alice = w.end_entity("Alice", ca)
upper = w.crl(top)
for name, changes in (("separate", {}), ("separate-without-usage", {"ext": {"keyUsage": None}}),
                      ("separate-with-other-usage", {"ext": {"keyUsage": x.key_usage("digitalSignature")}}),
                      ("separate-expired", {"not_after": days(-1)}),
                      ("separate-v1", {"version": certificate.V1, "extensions": None})):
    lists = separate(w, top, ca, **changes)
    scene(name, [alice, ca], [w.crl(lists), upper], certs=[lists])
lists = separate(w, top, ca)
scene("separate-missing", [alice, ca], [w.crl(lists, extra=[x.authority_info_access(
    ("caIssuers", gn.uri("http://ca.example/lists.cer")))]), upper])
scene("separate-revoked", [alice, ca], [w.crl(lists), w.crl(top, [lists])], certs=[lists])
scene("separate-unknown", [alice, ca], [w.crl(lists)], certs=[lists])
late = separate(w, top, ca, not_before=days(-5))
scene("separate-certified-later", [alice, ca], [w.crl(late, this_update=days(-3)), w.crl(top, this_update=days(-3))], certs=[late])
own = separate(w, ca, ca)
scene("self-answering", [alice, ca], [w.crl(own), upper], certs=[own])
scene("self-revoking", [alice, ca], [w.crl(own, [own]), upper], certs=[own])
scene("signer-as-target", [own, ca], [w.crl(own), upper])
other = w.root("Other")
namesake = w.ca("CA", other, key="p256:Namesake")
scene("namesake", [alice, ca], [w.crl(namesake), upper], certs=[namesake], anchors=[other])
scene("namesake-and-good", [alice, ca], [w.crl(namesake, number=9), w.crl(ca), upper], certs=[namesake], anchors=[other])
mallory = w.certificate("Mallory", ca, subject=ca.subject, ext={"keyUsage": x.key_usage("digitalSignature")})
scene("namesake-among-users", [alice, ca], [w.crl(mallory), upper], certs=[mallory])

direct("usage-unsaid-by-anchor", {}, root={"ext": {"keyUsage": None}})
direct("usage-denied-by-anchor", {}, root={"ext": {"keyUsage": x.key_usage("keyCertSign")}})
for name, usage in (("usage-unsaid", None), ("usage-denied", x.key_usage("keyCertSign"))):
    w = World()
    top, ca, alice = w.line(ca=dict(ext={"keyUsage": usage}))
    scene(name, [alice, ca], [w.crl(ca), w.crl(top)])

w = World()
top = w.root()
one, two = w.ca("One", top), w.ca("Two", top)
first, second = separate(w, two, one, "One lists"), separate(w, one, two, "Two lists")
alice = w.end_entity("Alice", one)
scene("circle-of-two", [alice, one], [w.crl(first), w.crl(second), w.crl(top)], certs=[two, first, second])

w = World()
top = w.root()
steps = [w.ca(f"Step {n}", top) for n in range(8)]
signers = [separate(w, steps[n + 1], steps[n], f"Lists {n}") for n in range(7)]
chain = [w.crl(one) for one in signers] + [w.crl(steps[7]), w.crl(top)]
for name, start in (("chain-of-signers", 4), ("chain-of-signers-too-long", 0)):
    scene(name, [w.end_entity("Alice", steps[start]), steps[start]], chain, certs=[*steps, *signers])

w = World()
top = w.root()
ca = w.ca("CA", top)
alice = w.end_entity("Alice", ca)
crowd = [w.ca("CA", top, key=f"p256:Crowd {n}", ext={"subjectKeyIdentifier": None}) for n in range(24)]
bare = {"ext": {"authorityKeyIdentifier": None}}
scene("crowd", [alice, ca], [w.crl(ca, [alice], **bare), w.crl(top)], certs=crowd)
scene("crowd-and-junk", [alice, ca], [w.crl(ca, signature_hook=flip, **bare), w.crl(top)], certs=crowd)

# --- delta CRLs


def pair(name, *deltas, listed=None, complete=None):
    """Alice under a root with a complete CRL, number 5, and deltas that list her for a reason (None: nobody)."""
    w = World()
    top = w.root()
    alice = w.end_entity("Alice", top)
    entry = lambda reason: [w.revocation(alice, days(-2), reason)] if reason else []
    made = [w.crl(top, entry(listed), **{"number": 5, "this_update": days(-5), **(complete or {})})]
    for fields in deltas:
        fields = {"number": 7, "extra": [], **fields}
        mark = x.delta_crl_indicator(fields.pop("base", 5))
        fields["extra"] = [mark, *fields["extra"]]
        made.append(w.crl(top, entry(fields.pop("reason", None)), **fields))
    scene(name, [alice], made)
    return made


pair("delta-clean", {})
pair("delta-revokes", {"reason": "keyCompromise"})
pair("delta-lifts", {"reason": "removeFromCRL"}, listed="certificateHold")
pair("delta-newer-base", {"base": 6, "reason": "keyCompromise"})
pair("delta-not-newer", {"base": 3, "number": 5, "reason": "keyCompromise"})
pair("delta-other-scope", {"extra": [idp(only_user=True)], "reason": "keyCompromise"})
pair("delta-other-key", {"ext": {"authorityKeyIdentifier": x.authority_key_identifier(b"\x13" * 20)}, "reason": "keyCompromise"})
pair("delta-junk", {"signature_hook": flip, "reason": "keyCompromise"})
pair("delta-unnumbered", {"ext": {"cRLNumber": None}, "reason": "keyCompromise"})
pair("delta-freshens", {}, complete=PAST)
pair("delta-dates", {}, complete={"next_update": None, "this_update": days(-50)})
pair("delta-stale-too", {"this_update": days(-40), "next_update": days(-20)}, complete=PAST)
pair("delta-stale-revokes", {"this_update": days(-4), "next_update": days(-3), "reason": "keyCompromise"})
pair("delta-stale-lifts", {"this_update": days(-4), "next_update": days(-3), "reason": "removeFromCRL"}, listed="certificateHold")
pair("deltas", {"reason": "superseded", "number": 7, "this_update": days(-4)}, {"number": 8, "this_update": days(-1)})
POINTER = x.freshest_crl(point(HERE))
pair("delta-missing", complete={"extra": [POINTER]})
pair("delta-there", {"extra": []}, complete={"extra": [POINTER]})
direct("delta-missing-by-certificate", {}, ee={"extra": [POINTER]})
scenes["delta-alone"] = (*scenes["delta-clean"][:3], scenes["delta-clean"][3][1:])

# --- the past: the time judged for is ten days ago, the clock stands at now

direct("later-clean", {"this_update": days(-1)})
direct("later-revoked-before", {"this_update": days(-1), "listed": dict(date=days(-11))})
direct("later-revoked-after", {"this_update": days(-1), "listed": dict(date=days(-9))})
direct("later-compromised-before", {"this_update": days(-1), "listed": dict(
    date=days(-9), reason="keyCompromise", extensions=[x.invalidity_date(days(-11))])})
direct("later-superseded-before", {"this_update": days(-1), "listed": dict(
    date=days(-9), reason="superseded", extensions=[x.invalidity_date(days(-11))])})
direct("later-undated", {"this_update": days(-1), "next_update": None})
direct("later-than-expiry", {"this_update": days(-1)}, ee={"not_after": days(-5)})
direct("later-than-expiry-revoked", {"this_update": days(-1), "listed": dict(date=days(-11))}, ee={"not_after": days(-5)})
direct("later-than-expiry-and-older", {"this_update": days(-1), "number": 6}, {"this_update": days(-20), "number": 5},
       ee={"not_after": days(-5)})
direct("expired", {"this_update": days(-1)}, ee={"not_after": days(-20)})
direct("future", {"this_update": days(1)})
direct("future-and-current", {"this_update": days(1), "number": 9}, {"number": 5, "listed": True})


# --- noRevAvail

direct("never-available", ee={"extra": [x.no_rev_avail()]})
direct("never-available-and-point", {"listed": True}, ee={"extra": [x.no_rev_avail(), points(point(HERE)), x.authority_info_access(
    ("ocsp", gn.uri("http://ocsp.example/")))]})


def span(octets):
    text = "".join(f"\\x{byte:02x}" for byte in octets)
    return f'{{(const uint8_t *)"{text}", {len(octets)}}}'


def spans(many):
    return f'{{{len(many)}, {{{", ".join(map(span, many)) or "{NULL, 0}"}}}}}'


Path(sys.argv[1]).write_text("".join(f'{{"{name}", {", ".join(map(spans, parts))}}},\n' for name, parts in scenes.items()))
