# SPDX-License-Identifier: Apache-2.0
"""Certificates into the database and out of it again, in every form (RFC 3850 4; RFC 3851 3.7)."""

from pki import attribute_certificate as ac
from pki import cms, digests, keys, mime
from pki.times import days
from runner import case


def line(w):
    root, ca, alice = w.line()
    return root, ca, alice, [w.crl(root), w.crl(ca)]


def sha256(octets):
    return digests.digest("sha256", octets).hex()


def certs_only(certificates, crls=()):
    return cms.certs_only([one.cert for one in certificates], [one.der for one in crls])


@case("A-4-6 C-CO-1", "a certs-only message with a whole chain and CRLs is imported; nothing in it becomes an anchor")
def _(w):
    root, ca, alice, crls = line(w)
    return [w.run(["import", "all.p7c"], {"all.p7c": certs_only([alice, ca, root], crls)}, contains=["3 certificates", "2 CRLs new"]),
            w.run(["list"], contains=["CN=Alice", "CN=CA", "CN=Root", "crl"], lacks=["anchor"]),
            w.judge_stored(w.signed_mail(alice), expect="UNKNOWN", codes=["NO_TRUST_PATH"]),
            w.trust(root), w.judge_stored(w.signed_mail(alice, certs="none"), expect="GOOD")]


@case("C-CO-1 A-4-6", "a certs-only message of CRLs alone is imported, an empty one is told")
def _(w):
    root = w.root()
    return [w.run(["import", "crls.p7c"], {"crls.p7c": certs_only([], [w.crl(root)])}, contains=["0 certificates", "1 CRL new"]),
            w.run(["import", "none.p7c"], {"none.p7c": certs_only([])}, exit=2, stderr=["none.p7c"])]


@case("C-CO-2 C-CO-1", "a certs-only message is not signed")
def _(w):
    root, ca, alice, crls = line(w)
    return w.verify(certs_only([alice, ca, root], crls), anchors=[root], name="message.p7m", expect="NONE", json={"signers.length": 0})


@case("C-CO-3", "each form is read: DER, PEM, several PEM blocks, several DER objects, .p7b as PEM and as base64")
def _(w):
    root, ca, alice, crls = line(w)
    cms_object = certs_only([alice, ca])
    forms = {"alice.der": alice.cert, "ca.pem": ca.pem, "both.pem": b"some words\n" + alice.pem + crls[0].pem + root.pem,
             "row.der": root.cert + ca.cert, "alice.p7b": keys.pem("PKCS7", cms_object),
             "alice.b64": b"\n".join(keys.pem("X", cms_object).splitlines()[1:-1]) + b"\n", "ca.crl": crls[1].der}
    return [w.run(["import", *forms], forms, contains=["3 certificates", "2 CRLs new", "7 known already"]),
            w.run(["list", "--json"], contains=[one.sha256 for one in (root, ca, alice)])]


@case("C-CO-3", "certificates and CRLs as parts of a mail are read")
def _(w):
    root, _, alice, crls = line(w)
    part = mime.message(w.fields("Alice <alice@example.com>"), mime.octet_stream(certs_only([alice, root], crls)))
    return w.run(["import", "mail.eml"], {"mail.eml": part}, contains=["2 certificates", "2 CRLs new"])


@case("C-CO-3", "a directory, standard input, and duplicates, which are stored once")
def _(w):
    root, ca, alice, _ = line(w)
    return [w.run(["import", "folder"], {"folder/alice.der": alice, "folder/deep/ca.pem": ca.pem, "folder/readme.txt": b"hello\n"},
                  contains=["2 certificates", "0 known already"]),
            w.run(["import", "-"], stdin=root.pem + alice.pem, contains=["1 certificate,", "1 known already"])]


@case("C-CO-3 A-4-6", "what cannot be read is told with its place, and the rest is imported")
def _(w):
    root = w.root()
    return [w.run(["import", "good.pem", "broken.der", "missing.pem"], {"good.pem": root.pem, "broken.der": root.cert[:200]}, exit=2,
                  contains=["1 certificate,", "2 could not be read"], stderr=["broken.der", "byte", "missing.pem"]),
            w.run(["list"], contains=["CN=Root"])]


@case("A-2.2.1-2", "a version 1 attribute certificate is not written into a certs-only message; one of version 2 is")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    old = ac.build_v1(subject_name=alice.subject, issuer_name=root.subject, signer_key=root.key, serial=5, not_before=days(-1),
                      not_after=days(1))
    new = w.attribute_certificate(alice, root)
    return [w.run(["import", "old.der", "new.der"], {"old.der": old, "new.der": new}, contains=["2 attribute certificates"]),
            w.run(["list"], contains=["attributes"]),
            w.run(["export", sha256(old), "--form", "p7c"], exit=2, stderr=["version 1"]),
            w.run(["export", sha256(new), "-o", "new.p7c"], contains=["new.p7c"])]


def there_and_back(w, form):
    """Exports a chain with its CRLs, imports it into an empty database, and looks whether all is there."""
    root, ca, alice, crls = line(w)
    other = w.end_entity("Other", w.root("Elsewhere"))
    file = f"../home/all.{form}"
    return [w.put_in(root, ca, alice, other, *crls),
            w.run(["export", "--chain", "--crls", "--form", form, "-o", file, "alice@example.com"], contains=["3 certificates, 2 CRLs"]),
            w.run(["import", "--store", "new.db", file], contains=["3 certificates, 2 CRLs new; 0 known"])]


for each in ("p7c", "p7c-pem", "mime", "pem"):
    @case("A-4-6 C-CO-1" if each != "pem" else "A-4-6", f"a whole chain with its CRLs, written as {each}, is the same set when it is read")
    def _(w, form=each):
        return there_and_back(w, form)
