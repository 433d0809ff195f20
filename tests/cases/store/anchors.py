# SPDX-License-Identifier: Apache-2.0
"""Anchors in the database: trusted by the user alone, on terms, and taken back (RFC 3850 2.3, RFC 5280 6.2, 5937)."""

from pki import extensions as x
from pki import general_names as gn
from pki.times import days
from runner import case


def mail_of(w, root, name="Alice", **changes):
    return w.signed_mail(w.end_entity(name, root, **changes), crls=[w.crl(root)])


@case("A-2.3-9", "trust shows name and fingerprint, and needs consent")
def _(w):
    root = w.root()
    mail = mail_of(w, root)
    files = {"root.crt": root}
    return [w.run(["trust", "root.crt"], files, exit=2, contains=["CN=Root", root.sha256], stderr=["consent", "--yes"]),
            w.judge_stored(mail, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.run(["trust", "--yes", "root.crt", "--why", "asked by phone"], files, contains=["CN=Root", root.sha256]),
            w.run(["list", "--anchors"], contains=["anchor", root.sha256[:16], "asked by phone"]),
            w.judge_stored(mail, expect="GOOD"), w.run(["distrust", root.sha256[:12], "--why", "it was hacked"]),
            w.judge_stored(mail, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.run(["list", "--anchors"], contains=["distrusted", root.sha256[:16], "it was hacked"])]


@case("A-2.3-9", "a certificate in the database becomes an anchor by its fingerprint")
def _(w):
    root = w.root()
    mail = mail_of(w, root)
    return [w.put_in(root), w.judge_stored(mail, expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.run(["trust", "--yes", root.sha256]), w.judge_stored(mail, expect="GOOD")]


@case("A-2.3-9", "several certificates in one file: each is shown, and all become anchors")
def _(w):
    one, two = w.root("One"), w.root("Two")
    return [w.run(["trust", "--yes", "both.pem"], {"both.pem": (one.pem + two.pem)},
                  contains=["CN=One", one.sha256, "CN=Two", two.sha256]),
            w.judge_stored(mail_of(w, one), expect="GOOD"), w.judge_stored(mail_of(w, two, "Bob"), expect="GOOD")]


@case("A-2.3-9 E-41", "what is removed is no anchor any more")
def _(w):
    root = w.root()
    mail = mail_of(w, root)
    return [w.trust(root), w.judge_stored(mail, expect="GOOD"), w.run(["remove", root.sha256]),
            w.judge_stored(mail, expect="UNKNOWN", codes=["NO_TRUST_PATH"])]


@case("A-2.3-9", "without any anchor verify says what to type")
def _(w):
    root = w.root()
    return w.run(["verify", "--offline", "--at", "2026-06-01", "message.eml"], {"message.eml": mail_of(w, root)}, exit=3,
                 stderr=["signet trust FILE", "signet trust --system", "--anchor FILE"])


@case("A-4.1-5", "how hard CRLs are demanded is set for each anchor")
def _(w):
    strict, lax, off = w.root("Strict"), w.root("Lax"), w.root("Off")

    def mail(root, name):
        return w.signed_mail(w.end_entity(name, root))

    return [w.trust(strict), w.trust(lax, options=["--revocation", "prefer"]), w.trust(off, options=["--revocation", "off"]),
            w.judge_stored(mail(strict, "Alice"), expect="UNKNOWN", codes=["REV_UNAVAILABLE"]),
            w.judge_stored(mail(lax, "Bob"), expect="WARN", codes=["REV_UNAVAILABLE"]),
            w.judge_stored(mail(off, "Carol"), expect="WARN"),
            w.judge_stored(mail(lax, "Dave"), revocation="require", expect="WARN")]


@case("B-IN-6 D-PATH-3", "an anchor that is trusted for one mail domain vouches for no other")
def _(w):
    root = w.root()
    return [w.trust(root, options=["--domain", "example.com"]), w.judge_stored(mail_of(w, root), expect="GOOD"),
            w.judge_stored(mail_of(w, root, "Bob", email="bob@example.net"), expect="BAD", codes=["NAME_CONSTRAINT"]),
            w.judge_stored(mail_of(w, root, "Carol", email="carol@sub.example.com"), expect="BAD", codes=["NAME_CONSTRAINT"]),
            w.run(["list", "--anchors", "--explain"], contains=["within", "example.com"])]


@case("B-IN-6 D-PATH-3", "two domains, and the hosts below one")
def _(w):
    root = w.root()
    return [w.trust(root, options=["--domain", "example.net", "--domain", ".example.com"]),
            w.judge_stored(mail_of(w, root, "Bob", email="bob@example.net"), expect="GOOD"),
            w.judge_stored(mail_of(w, root, "Carol", email="carol@sub.example.com"), expect="GOOD"),
            w.judge_stored(mail_of(w, root), expect="BAD", codes=["NAME_CONSTRAINT"])]


@case("B-IN-6", "the limits of one anchor are none of another's")
def _(w):
    narrow, wide = w.root("Narrow"), w.root("Wide")
    bob = dict(email="bob@example.net")
    return [w.trust(narrow, options=["--domain", "example.com"]), w.trust(wide),
            w.judge_stored(mail_of(w, narrow, "Bob", **bob), expect="BAD", codes=["NAME_CONSTRAINT"]),
            w.judge_stored(mail_of(w, wide, "Bob", **bob), expect="GOOD")]


@case("D-PATH-3 B-IN-6", "an anchor for signed mail only is none to encrypt by, and the other way round")
def _(w):
    signs, encrypts = w.root("Signs"), w.root("Encrypts")
    free = {"keyUsage": None}
    alice, bob = w.end_entity("Alice", signs, ext=free), w.end_entity("Bob", encrypts, ext=free)
    return [w.trust(signs, options=["--for", "sign"]), w.trust(encrypts, options=["--for", "encrypt"]),
            w.put_in(w.crl(signs), w.crl(encrypts)),
            w.path_stored(alice, purpose="sign", expect="GOOD"), w.path_stored(bob, purpose="encrypt", expect="GOOD"),
            w.path_stored(alice, purpose="encrypt", expect="UNKNOWN|BAD"), w.path_stored(bob, purpose="sign", expect="UNKNOWN|BAD")]


@case("D-PATH-3 B-IN-6", "what was issued after the date of distrust does not end at the anchor")
def _(w):
    root = w.root()
    return [w.trust(root, options=["--distrust-after", "2026-01-01"]),
            w.judge_stored(mail_of(w, root), expect="GOOD"),
            w.judge_stored(mail_of(w, root, "Bob", not_before=days(-30)), expect="UNKNOWN|BAD")]


@case("E-20 D-PATH-3", "the constraints in an anchor's certificate hold when it is trusted, unless they are set aside")
def _(w):
    limits = {"nameConstraints": x.name_constraints(permitted=[gn.email("example.com")])}
    root, other = w.root("Root", ext=limits), w.root("Other", ext=limits)
    bob = dict(email="bob@example.net")
    return [w.trust(root), w.trust(other, options=["--no-constraints"]),
            w.judge_stored(mail_of(w, root), expect="GOOD"),
            w.judge_stored(mail_of(w, root, "Bob", **bob), expect="BAD", codes=["NAME_CONSTRAINT"]),
            w.judge_stored(mail_of(w, other, "Bob", **bob), expect="GOOD")]


@case("E-20", "an anchor that has expired is told: WARN, and BAD in strict")
def _(w):
    root = w.root(not_after=days(-5))
    mail = mail_of(w, root)
    return [w.trust(root), w.judge_stored(mail, expect="WARN"), w.judge_stored(mail, profile="strict", expect="BAD")]


@case("D-PATH-3 A-2.3-9", "roots of a bundle are marked: nobody has said that they are fit for mail")
def _(w):
    one, two = w.root("One"), w.root("Two")
    return [w.run(["trust", "--yes", "--bundle", "roots.pem"], {"roots.pem": one.pem + two.pem}, contains=["web roots"]),
            w.run(["list", "--anchors"], contains=["web roots, no mail purpose known"]),
            w.judge_stored(mail_of(w, one), expect="WARN")]
