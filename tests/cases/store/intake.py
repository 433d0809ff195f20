# SPDX-License-Identifier: Apache-2.0
"""Signatures of what comes into the database: checked as far as issuers are known, whatever comes first
(RFC 3850 4.1, 4.2; RFC 5280 4.2.1.1, 4.2.1.2)."""

from hostile.forge import Forge, Holder, size
from pki import extensions as x
from pki import keys
from pki.certificate import flip
from runner import case

ABSENT = {"authorityKeyIdentifier": None}


def wrong(octets):
    return flip(octets, 40)


def lookalike(w, one, **changes):
    """The same name and key under the same issuer, and a signature that nobody made."""
    return w.certificate(f"{one.name} lookalike", one.issuer, ca=one.is_ca, subject=one.subject, key=one.key, emails=one.emails,
                         signature_hook=wrong, **changes)


def bare(name):
    return dict(key=name, spki=keys.get(name).spki(b""))


@case("A-4-4 A-4.1-4", "signatures are checked in any order: issuers before, behind, in another file, or stored already")
def _(w):
    root, ca, alice = w.line()
    crls = [w.crl(root), w.crl(ca)]
    bob = w.end_entity("Bob", ca)
    return [w.put_in(alice, ca, *crls, root, contains=["3 certificates, 2 CRLs new", "signatures: 5 checked\n"]),
            w.put_in(bob, contains=["1 certificate,", "signatures: 1 checked\n"]),
            w.put_in(alice, bob, contains=["2 known already"]),
            w.trust(root), w.judge_stored(w.signed_mail(bob), expect="GOOD")]


@case("A-4.2-6 A-4-4", "without its issuer a certificate is kept as ever, and this is told")
def _(w):
    root, ca, alice = w.line()
    return [w.put_in(alice, w.crl(ca), contains=["1 certificate, 1 CRL new", "0 checked, 2 whose issuer is not known here"]),
            w.put_in(ca, root, contains=["signatures: 2 checked\n"]), w.put_in(w.crl(root)),
            w.trust(root), w.judge_stored(w.signed_mail(alice), expect="GOOD")]


@case("A-4-4 E-41", "a false signature does not come in, from in front of its issuer or behind, and the rest does")
def _(w):
    root, ca, alice = w.line()
    false_ca, false_alice = lookalike(w, ca), lookalike(w, alice)
    told = ["the certificate of CN=CA", "names the key of CN=Root", "not kept", "--force signature"]
    return [w.run(["import", "all.pem"], {"all.pem": false_alice.pem + false_ca.pem + ca.pem + root.pem + alice.pem}, exit=2,
                  contains=["3 certificates,", "3 checked, 2 false"],
                  stderr=["all.pem: byte 0: ", f"all.pem: byte {len(false_alice.pem)}: ", "names the key of CN=CA", *told]),
            w.put_in(false_ca, exit=2, contains=["0 certificates,", "0 checked, 1 false"]),
            w.run(["list", "--json"], contains=[one.sha256 for one in (root, ca, alice)], lacks=[false_ca.sha256, false_alice.sha256])]


@case("A-4-4 E-41", "--force signature keeps what is false, as evidence, and tells it all the same")
def _(w):
    root, ca, _ = w.line()
    false_ca = lookalike(w, ca)
    return [w.put_in(root, ca), w.put_in(false_ca, options=["--force", "signature"], contains=["1 certificate,", "0 checked, 1 false"]),
            w.run(["list", "--json"], contains=[false_ca.sha256]), w.run(["import", "--force", "anything", "-"], exit=2, stderr=["--force"])]


@case("A-4-4 A-4.1-3", "a CRL with a false signature does not come in")
def _(w):
    root = w.root()
    false_crl = w.crl(root, signature_hook=wrong, number=7)
    return [w.put_in(false_crl, root, exit=2, contains=["1 certificate, 0 CRLs new", "1 checked, 1 false"]),
            w.run(["list", "--crls"], lacks=["CN=Root"])]


@case("A-4.2-5 E-41", "a lookalike of an intermediate in a mail is not kept, so that mail which lacks the real one stays UNKNOWN")
def _(w):
    root, ca, alice = w.line()
    crls = [w.crl(root), w.crl(ca)]
    lacking = w.signed_mail(alice, certs=[alice])
    false_ca = lookalike(w, ca)
    return [w.trust(root), w.put_in(*crls), w.judge_stored(w.signed_mail(alice, certs=[false_ca]), expect="BAD|UNKNOWN"),
            w.run(["list", "--json"], lacks=[false_ca.sha256]), w.judge_stored(lacking, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.judge_stored(w.signed_mail(alice), expect="GOOD"), w.judge_stored(lacking, expect="GOOD")]


# --- what is not known to be false

@case("A-4-4 E-41", "an issuer of the same name with another key is another issuer: what it did not sign is kept")
def _(w):
    root = w.root()
    old, new = w.ca("CA", root), w.ca("CA2", root, subject=w.ca("CA", root).subject, key=f"{w.key_kind}:CA new")
    alice, bob = w.end_entity("Alice", new), w.end_entity("Bob", new, ext=ABSENT)
    return [w.put_in(root, old, alice, bob, contains=["4 certificates,", "2 checked, 1 whose issuer is not known here, "
                                                      "1 not by any issuer known here by that name"]),
            w.put_in(new, *[w.crl(one) for one in (root, new)]), w.trust(root), w.judge_stored(w.signed_mail(alice), expect="GOOD")]


@case("A-4-4 E-41", "whoever takes an issuer's name and key identifier cannot make its certificates look false")
def _(w):
    root, ca, alice = w.line()
    forger = w.certificate("Forger", None, ca=True, subject=ca.subject,
                           ext={"subjectKeyIdentifier": x.subject_key_identifier(ca.key.key_identifier()), **ABSENT})
    return [w.put_in(forger, alice, contains=["2 certificates,", "1 not by any issuer known here by that name"]),
            w.put_in(root, ca, w.crl(root), w.crl(ca)), w.trust(root), w.judge_stored(w.signed_mail(alice), expect="GOOD")]


@case("A-4-4", "a wrong key identifier does not make a signature false that another key of that name has made")
def _(w):
    root = w.root()
    old, new = w.ca("CA", root), w.ca("CA2", root, subject=w.ca("CA", root).subject, key=f"{w.key_kind}:CA new")
    alice = w.end_entity("Alice", new, ext={"authorityKeyIdentifier": x.authority_key_identifier(old.key.key_identifier())})
    return w.put_in(alice, old, root, new, contains=["4 certificates,", "signatures: 4 checked\n"])


@case("A-4-4", "what says that it has signed itself and has not is false; without a key identifier nobody knows")
def _(w):
    own = keys.get(f"{w.key_kind}:Claims")
    claims = w.certificate("Claims", None, ca=True, signature_hook=wrong,
                           ext={"authorityKeyIdentifier": x.authority_key_identifier(own.key_identifier())})
    silent = w.certificate("Silent", None, ca=True, signature_hook=wrong, ext=ABSENT)
    return [w.run(["import", "claims.der"], {"claims.der": claims}, exit=2, stderr=["CN=Claims", "its own key", "false"],
                  contains=["0 certificates,"]),
            w.put_in(silent, contains=["1 certificate,", "1 not by any issuer known here by that name"])]


@case("A-4-4 E-37", "an algorithm that nobody knows, or none, cannot be checked, and is not false")
def _(w):
    root = w.root()
    unknown = bytes.fromhex("300b06092b0601040181e54b01")
    unsigned = bytes.fromhex("300a06082b06010505070624")
    strange = [w.end_entity(name, root, inner=octets, outer=octets) for name, octets in (("Alice", unknown), ("Bob", unsigned))]
    return w.put_in(root, *strange, contains=["3 certificates,", "1 checked, 2 that cannot be checked here"])


@case("A-4-4 E-37 B-ALG-1", "DSA keys with parameters of the issuer's issuer: checked when those are there, else unchecked")
def _(w):
    root = w.root(key="dsa2048-a/1")
    ca = w.ca("CA", root, **bare("dsa2048-a/2"))
    lower = w.ca("Lower", ca, **bare("dsa2048-a/3"))
    alice = w.end_entity("Alice", lower, **bare("dsa2048-a/4"))
    return [w.put_in(alice, lower, ca, contains=["3 certificates,", "0 checked, 1 whose issuer is not known here, 2 that cannot be checked"]),
            w.run(["remove", "--yes", alice.sha256, lower.sha256]),
            w.put_in(alice, lower, root, contains=["3 certificates,", "signatures: 3 checked\n"])]


@case("A-4-4 E-37", "other parameters than the issuer had make nothing false")
def _(w):
    true_root = w.root(key="dsa1024-a/1")
    ca = w.ca("CA", true_root, **bare("dsa1024-a/2"))
    alice = w.end_entity("Alice", ca)
    other_root = w.root(key="dsa1024-b/1")
    return w.put_in(other_root, ca, alice, contains=["3 certificates,", "that cannot be checked here"])


# --- files made to be dear

@case("A-4-4", "CAs that certify each other in a circle")
def _(w):
    root = w.root()
    one, two = w.ca("One", root), w.ca("Two", root)
    three = w.ca("Three", two)
    circle = [w.cross(two, one), w.cross(three, two), w.cross(one, three), w.self_issued(one)]
    return w.put_in(*circle, one, two, three, root, contains=["8 certificates,", "signatures: 8 checked\n"])


@case("E-41 A-4-4", "so many issuers of one name that not all are tried: told, kept, and found when used")
def _(w):
    forge, name = Forge(), Holder("CA", 1)
    num = size(120)
    holders = [Holder(f"{number}", 10 + number, subject=name.subject) for number in range(num)]
    plain = {"identifiers": None}
    bundle = [forge.issue(holder, holder, **plain).cert for holder in holders]
    people = [forge.person(holders[-1], 1000 + number, f"P{number}", **plain).cert for number in range(20)]
    return w.run(["import", "many.der"], {"many.der": b"".join(people + bundle)},
                 contains=[f"{num + 20} certificates,", f"{num} checked, 20 left for later, as too many issuers have that name"])


@case("E-41 A-4-4", "issuers of one name whose keys are so costly that not all are tried: three of ten units each are, of four one is left")
def _(w):
    root = w.root()
    cas = [w.ca("CA", root, key=f"p384:{number}") for number in range(5)]
    alice = w.end_entity("Alice", cas[4])
    return [w.put_in(root, *cas[:3], alice, contains=["5 certificates,", "4 checked, 1 whose issuer is not known here"]),
            w.run(["remove", "--yes", alice.sha256]),
            w.put_in(cas[3], alice, contains=["2 certificates,", "1 checked, 1 left for later, as too many issuers have that name"])]


@case("E-41 A-4-4", "of many issuers of one name the one whose key is named is found")
def _(w):
    forge, name = Forge(), Holder("CA", 1)
    holders = [Holder(f"{number}", 10 + number, subject=name.subject) for number in range(size(120))]
    bundle = [forge.issue(holder, holder).cert for holder in holders]
    alice = forge.person(holders[-1], 1000).cert
    return w.run(["import", "many.der"], {"many.der": b"".join([alice, *bundle])}, contains=[f"signatures: {len(holders) + 1} checked\n"])
