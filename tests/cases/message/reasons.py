# SPDX-License-Identifier: Apache-2.0
"""One message for each reason there is (RFC 3850, 5): told at once, in the first line, with the exit status; and two at once."""

from pki import keys, mime, oids, sign
from pki import extensions as x
from pki import general_names as gn
from pki.certificate import flip
from pki.times import days
from runner import case

PART = mime.text("Hello,\r\n\r\nplease transfer 100 EUR.\r\n")
FROM_ALICE = "Alice <alice@example.com>"
EXITS = {"GOOD": 0, "WARN": 0, "BAD": 1, "WEAK": 1, "UNKNOWN": 3, "NONE": 4}


def add(ids, code, verdict, where="", **more):
    """Declares a case around a function that gives (mail, what `verify` needs)."""
    def declare(build):
        @case(ids, f"{code}: {verdict}, in the result, in the exit status and in the first line for a reader")
        def _(w):
            mail, options = build(w)
            options = {**options, **more}
            exit = EXITS[verdict]
            return [w.verify(mail, expect=verdict, exit=exit, codes=[code + where], **options),
                    w.verify(mail, expect=verdict, exit=exit, reads_json=False, first=[verdict, *([] if verdict == "NONE" else [code])],
                             lacks=["please transfer"], **options)]
        return build
    return declare


def line(w, root=None, ca=None, ee=None):
    """(root, signer) with the given changes; the CRLs of all of them are at hand."""
    top, _, signer = w.line(root, ca, ee)
    return top, signer


def mailed(w, changes=None, mail=None, **options):
    """(mail, options) of a signer with these changes to root, CA and end entity."""
    root, signer = line(w, **(changes or {}))
    return w.signed_mail(signer, part=PART, **(mail or {})), {"anchors": [root], **options}


def bare_dsa(name):
    return keys.get(name).spki(parameters=b"")


# --- the seven of RFC 3850, section 5 ---------------------------------------------------------------------

@add("A-5-F1 A-5-2 A-5-3", "ADDR_MISMATCH", "BAD")
def _(w):
    return mailed(w, mail=dict(from_="Mallory <mallory@evil.example>"))


@add("A-5-F2 A-5-2 A-5-3", "NO_TRUST_PATH", "UNKNOWN")
def _(w):
    return mailed(w, anchors=[w.root("Other")])


@add("A-5-F3 A-5-2 A-5-3", "REV_UNAVAILABLE", "UNKNOWN", "@0")
def _(w):
    return mailed(w, crls="none")


@add("A-5-F4 A-5-2 A-5-3", "CRL_INVALID", "UNKNOWN", "@0")
def _(w):
    root, signer = line(w)
    w.crl(signer.issuer, signature_hook=flip)
    return w.signed_mail(signer, part=PART), {"anchors": [root]}


@add("A-5-F5 A-5-2 A-5-3", "CRL_EXPIRED", "UNKNOWN", "@0")
def _(w):
    root, signer = line(w)
    w.crl(signer.issuer, this_update=days(-60), next_update=days(-30))
    return w.signed_mail(signer, part=PART), {"anchors": [root]}


@add("A-5-F6 A-5-2 A-5-3", "CERT_EXPIRED", "BAD", "@0")
def _(w):
    return mailed(w, dict(ee=dict(not_after=days(-1))))


@add("A-5-F6 A-5-2 A-5-3", "CERT_EXPIRED", "BAD", "@1")
def _(w):
    return mailed(w, dict(ca=dict(not_after=days(-1))))


@add("A-5-F7 A-5-2 A-5-3", "CERT_REVOKED", "BAD", "@0")
def _(w):
    root, signer = line(w)
    w.crl(signer.issuer, [signer])
    return w.signed_mail(signer, part=PART), {"anchors": [root]}


@add("A-5-F7 A-5-2 A-5-3", "CERT_REVOKED", "BAD", "@1")
def _(w):
    root, signer = line(w)
    w.crl(root, [signer.issuer])
    return w.signed_mail(signer, part=PART), {"anchors": [root]}


# --- the others -------------------------------------------------------------------------------------------

@add("A-5-3 A-5-2", "CERT_NOT_YET_VALID", "BAD", "@0")
def _(w):
    return mailed(w, dict(ee=dict(not_before=days(1))))


@add("A-5-3 A-5-2", "SIG_BAD", "BAD")
def _(w):
    return mailed(w, mail=dict(signature_hook=lambda octets: flip(octets, len(octets) // 2)))


@add("A-5-3 A-5-2", "SIG_BAD", "UNKNOWN", "@1")
def _(w):
    return mailed(w, dict(ca=dict(signature_hook=flip)))


@add("A-5-3 A-5-2 C-SI-5", "DIGEST_MISMATCH", "BAD")
def _(w):
    return mailed(w, mail=dict(alter=lambda part: part.replace(b"100", b"900")))


@add("A-5-3 A-5-2 A-1-2", "NO_SIGNER_CERT", "UNKNOWN")
def _(w):
    return mailed(w, mail=dict(certs="none"))


@add("A-5-3 A-5-2 A-4.4.2-2", "KU_FORBIDS", "BAD", "@0")
def _(w):
    return mailed(w, dict(ee=dict(key="rsa2048-01", ext={"keyUsage": x.key_usage("keyEncipherment")})))


@add("A-5-3 A-5-2 A-4.4.4-2", "EKU_FORBIDS", "BAD", "@0")
def _(w):
    return mailed(w, dict(ee=dict(ext={"extKeyUsage": x.ext_key_usage("clientAuth")})))


@add("A-5-3 A-5-2", "NOT_A_CA", "BAD", "@1")
def _(w):
    return mailed(w, dict(ca=dict(ext={"basicConstraints": None})))


@add("A-5-3 A-5-2", "PATHLEN", "BAD")
def _(w):
    root = w.root()
    signer = w.end_entity("Alice", w.ca("Sub", w.ca("Top", root, path_len=0)))
    return w.signed_mail(signer, part=PART), {"anchors": [root]}


@add("A-5-3 A-5-2", "NAME_CONSTRAINT", "BAD", "@0")
def _(w):
    return mailed(w, dict(ca=dict(ext={"nameConstraints": x.name_constraints([gn.email("example.org")])})))


@add("A-5-3 A-5-2", "POLICY_FAIL", "BAD")
def _(w):
    return mailed(w, explicit_policy=True)


@add("A-5-3 A-5-2", "CRIT_UNKNOWN", "BAD", "@0")
def _(w):
    return mailed(w, dict(ee=dict(extra=[x.private(critical=True)])))


@add("A-5-3 A-5-2", "ALG_UNSUPPORTED", "UNKNOWN")
def _(w):
    return mailed(w, mail=dict(signature_identifier=sign.algorithm(oids.PRIVATE_ALGORITHM)))


@add("A-5-3 A-5-2", "WEAK_ALG", "WEAK")
def _(w):
    return mailed(w, mail=dict(digest="sha1"))


@add("A-5-3 A-5-2", "WEAK_KEY", "WEAK", "@0")
def _(w):
    return mailed(w, dict(ee=dict(key="rsa1024-1")))


@add("A-5-3 A-5-2 A-2.3-10", "KEY_PARAMS_MISSING", "UNKNOWN")
def _(w):
    root = w.root(key="dsa2048-a/1", spki=bare_dsa("dsa2048-a/1"))
    signer = w.end_entity("Alice", root, key="dsa2048-a/2", spki=bare_dsa("dsa2048-a/2"))
    return w.signed_mail(signer, part=PART, digest="sha256"), {"anchors": [root], "crls": "off"}


@add("A-5-3 A-5-2 E-40", "NONCONFORMING", "BAD", profile="strict")
def _(w):
    return mailed(w, mail=dict(data=dict(digest_identifiers=[])))


@add("A-5-3 A-3-5", "NO_ADDR", "WARN")
def _(w):
    return mailed(w, dict(ee=dict(email=None)), mail=dict(from_=FROM_ALICE))


@add("A-5-3 A-5-2 E-9", "LIMIT", "UNKNOWN")
def _(w):
    return mailed(w, options=["--budget", "1"])


@add("A-5-3 A-5-2", "PARSE", "BAD")
def _(w):
    root, signer = line(w)
    return mime.message(w.fields(FROM_ALICE), mime.opaque(b"\x30\x80nothing")), {"anchors": [root]}


@add("A-5-3", "NOT_SIGNED", "NONE")
def _(w):
    root, signer = line(w)
    return mime.message(w.fields(FROM_ALICE), PART), {"anchors": [root]}


@add("A-5-3", "REV_OFF", "WARN")
def _(w):
    return mailed(w, crls="off")


# --- two at once ------------------------------------------------------------------------------------------

@case("A-5-3", "two faults at once: both are reported, and so are five")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, not_after=days(-1))
    alice = w.end_entity("Alice", ca, key="rsa1024-1", ext={"extKeyUsage": x.ext_key_usage("clientAuth")})
    w.crl(ca, [alice])
    two = w.end_entity("Bob", root, not_after=days(-1))
    mail = w.signed_mail(alice, "<mallory@evil.example>", part=PART, digest="md5", alter=lambda part: part + b"x")
    return [w.verify(w.signed_mail(two, "<x@y.example>"), anchors=[root], expect="BAD", only_codes=["ADDR_MISMATCH", "CERT_EXPIRED"]),
            w.verify(mail, anchors=[root], expect="BAD", signatures="BAD", addresses="mismatch",
                     codes=["DIGEST_MISMATCH", "ADDR_MISMATCH", "CERT_REVOKED@0", "EKU_FORBIDS@0", "WEAK_KEY@0", "WEAK_ALG", "CERT_EXPIRED@1"])]


@case("A-5-3", "a fault of the path beside a fault of the message, neither hides the other")
def _(w):
    root, signer = line(w)
    broken = w.signed_mail(signer, part=PART, alter=lambda part: part + b"x")
    return [w.verify(broken, anchors=[w.root("Other")], expect="BAD", codes=["DIGEST_MISMATCH", "NO_TRUST_PATH"], signatures="BAD"),
            w.verify(broken, anchors=[root], crls="none", expect="BAD", codes=["DIGEST_MISMATCH", "REV_UNAVAILABLE@0"], signatures="BAD"),
            w.verify(w.signed_mail(signer, "<x@y.example>", part=PART), anchors=[w.root("Other 2")], expect="BAD",
                     codes=["ADDR_MISMATCH", "NO_TRUST_PATH"], signatures="GOOD")]


@case("A-5-F2 A-3-13", "no path to an anchor: the furthest partial path is shown")
def _(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    alice = w.end_entity("Alice", sub)
    stranger = w.root("Stranger")
    mail = w.signed_mail(alice, part=PART, certs=[alice, sub, top])
    return [w.verify(mail, anchors=[stranger], expect="UNKNOWN", codes=["NO_TRUST_PATH"], path=[alice, sub, top]),
            w.verify(w.signed_mail(alice, part=PART, certs=[alice, sub]), anchors=[stranger], expect="UNKNOWN", codes=["NO_TRUST_PATH"],
                     path=[alice, sub]),
            w.verify(mail, anchors=[stranger], expect="UNKNOWN", reads_json=False, first=["NO_TRUST_PATH"],
                     contains=["CN=Alice", "CN=Sub", "CN=Top", "CN=Root"])]


@case("A-4.2-1 A-5-2", "one command to a verdict: no question, nothing trusted by itself, nothing weak hidden")
def _(w):
    root = w.root(key="rsa1024-1")
    alice = w.end_entity("Alice", root)
    runs = [w.verify(w.signed_mail(alice, part=PART), anchors=[root], expect="WEAK", codes=["WEAK_KEY"]),
            w.verify(w.signed_mail(alice, part=PART, certs=[alice, root]), anchors=[], expect="UNKNOWN", codes=["NO_TRUST_PATH"])]
    for run in runs:
        run.stdin = b"yes\nyes\n"
    return runs


@case("A-5-3 D-ADM-1", "every finding names a rule and says a sentence")
def _(w):
    root, signer = line(w)
    told = lambda findings: bool(findings) and all(one["rule"] and len(one["text"]) > 10 for one in findings)
    return [w.verify(w.signed_mail(signer, "<x@y.example>", part=PART), anchors=[root], expect="BAD", json={"signers.0.findings": told}),
            w.verify(w.signed_mail(signer, part=PART), anchors=[], expect="UNKNOWN", json={"signers.0.findings": told})]
