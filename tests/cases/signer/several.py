# SPDX-License-Identifier: Apache-2.0
"""Messages with no signer, with one, with many (RFC 5652, 5.1; RFC 4853): one verdict each, and one for the message."""

from pki import cms, der, digests, mime, oids, sign
from pki.certificate import flip
from pki.times import days
from runner import case

PART = mime.text()
CHANGED = dict(signature_hook=lambda octets: flip(octets, len(octets) // 2))
FROM_ALICE = "Alice <alice@example.com>"


def people(w, *names, **changes):
    root = w.root()
    return [root] + [w.end_entity(name, root, **changes) for name in names]


def info(signer, **options):
    return cms.signer_info(signer, PART, **options)


def mail(w, infos, certs, from_=FROM_ALICE, **options):
    return w.signed_mail(infos, from_, part=PART, certs=certs, **options)


UNKNOWN_ALGORITHM = dict(scheme=sign.fixed(sign.algorithm(oids.PRIVATE_ALGORITHM)))


# --- no signer --------------------------------------------------------------------------------------------

@case("C-CO-2 C-SD-3", "no signer: not signed, whatever the type says and however many certificates are inside")
def _(w):
    root, alice = people(w, "Alice")
    none = dict(anchors=[root], expect="NONE", exit=4, codes=["NOT_SIGNED"], signed="none", signatures="")
    objects = [cms.signed_data([], PART, certificates=[alice.cert, root.cert]), cms.signed_data([], PART), cms.signed_data([]),
               cms.certs_only([alice.cert], [w.crl(root).der])]
    runs = [w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(one)), **none) for one in objects]
    clear = mime.multipart_signed(PART, cms.certs_only([alice.cert]))
    return runs + [w.verify(mime.message(w.fields(FROM_ALICE), clear), **none)] + [
        w.verify(one, name="message.p7m", **none) for one in objects]


@case("C-CO-2 A-5-2", "text: the first line says that nothing is signed")
def _(w):
    root, alice = people(w, "Alice")
    empty = mime.message(w.fields(FROM_ALICE), mime.opaque(cms.signed_data([], PART, certificates=[alice.cert])))
    plain = mime.message(w.fields(FROM_ALICE), PART)
    return [w.verify(one, anchors=[root], expect="NONE", exit=4, reads_json=False, first=["NONE"], lacks=["GOOD"])
            for one in (empty, plain)]


# --- many -------------------------------------------------------------------------------------------------

@case("C-SD-3 E-33", "three good signers, one of them the sender: one verdict each")
def _(w):
    root, alice, bob, carol = people(w, "Alice", "Bob", "Carol")
    everybody = [alice, bob, carol]
    return w.verify(mail(w, [info(one) for one in everybody], everybody), anchors=[root], signatures="GOOD GOOD GOOD",
                    addresses="match mismatch mismatch", expect="GOOD|WARN|BAD", json={"signers.length": 3, "signers.0.verdict": "GOOD"})


@case("C-SD-3", "three signers, one of them with an algorithm that nobody knows: two verdicts, and ALG_UNSUPPORTED")
def _(w):
    root, alice, bob, carol = people(w, "Alice", "Bob", "Carol", emails=["alice@example.com"])
    infos = [info(alice), info(bob, **UNKNOWN_ALGORITHM), info(carol)]
    return w.verify(mail(w, infos, [alice, bob, carol]), anchors=[root], expect="UNKNOWN", codes=["ALG_UNSUPPORTED"],
                    forbid=["SIG_BAD"], signatures="GOOD UNKNOWN GOOD", addresses="match match match",
                    json={"signers.0.verdict": "GOOD", "signers.1.verdict": "UNKNOWN", "signers.2.verdict": "GOOD"})


@case("C-SD-3", "a SignerInfo of a version that nobody knows, beside a good one")
def _(w):
    root, alice, bob = people(w, "Alice", "Bob", emails=["alice@example.com"])
    return w.verify(mail(w, [info(alice), info(bob, version=9)], [alice, bob]), anchors=[root], expect="UNKNOWN",
                    codes=["ALG_UNSUPPORTED"], signatures="GOOD UNKNOWN", addresses="match match")


@case("C-SD-3", "a SignerInfo that cannot be read, beside a good one")
def _(w):
    root, alice = people(w, "Alice")
    broken = [der.sequence(), der.sequence(der.integer(1)), der.sequence(der.integer(1), der.null())]
    return [w.verify(mail(w, [info(alice), one], [alice], data=dict(version=1, digest_identifiers=[digests.identifier("sha256")])),
                     anchors=[root], expect="BAD", codes=["PARSE"]) for one in broken]


@case("C-SD-3 E-33", "a bad signature beside a good one: told, and the message is bad, in either order")
def _(w):
    root, alice, mallory = people(w, "Alice", "Mallory")
    good, bad = info(alice), info(mallory, **CHANGED)
    expected = dict(anchors=[root], expect="BAD", codes=["SIG_BAD"])
    return [w.verify(mail(w, [good, bad], [alice, mallory]), signatures="GOOD BAD", addresses="match mismatch", **expected),
            w.verify(mail(w, [bad, good], [alice, mallory]), signatures="BAD GOOD", addresses="mismatch match", **expected)]


@case("E-33 C-SD-3", "a good signature of somebody else does not lend itself to the sender's bad one")
def _(w):
    root, alice, mallory = people(w, "Alice", "Mallory")
    infos = [info(alice, **CHANGED), info(mallory)]
    return w.verify(mail(w, infos, [alice, mallory]), anchors=[root], expect="BAD", codes=["SIG_BAD", "ADDR_MISMATCH"],
                    signatures="BAD GOOD", addresses="match mismatch")


@case("E-33", "a good signature of somebody else, and nobody knows the sender's certificate")
def _(w):
    root, alice, mallory = people(w, "Alice", "Mallory")
    return w.verify(mail(w, [info(alice), info(mallory)], [mallory]), anchors=[root], expect="BAD", codes=["NO_SIGNER_CERT", "ADDR_MISMATCH"],
                    signatures="UNKNOWN GOOD", addresses="none mismatch")


@case("E-33", "the sender's good signature, and one of somebody whose CA nobody trusts")
def _(w):
    root, alice = people(w, "Alice")
    stranger = w.end_entity("Stranger", w.root("Elsewhere"), email="alice@example.com")
    return w.verify(mail(w, [info(alice), info(stranger)], [alice, stranger]), anchors=[root], expect="GOOD|UNKNOWN", codes=["NO_TRUST_PATH"],
                    signatures="GOOD GOOD", addresses="match match")


@case("E-33 A-5-3", "a revoked signer beside a good one of the same address")
def _(w):
    root, alice, old = people(w, "Alice", "Old", emails=["alice@example.com"])
    w.crl(root, [old])
    return w.verify(mail(w, [info(alice), info(old)], [alice, old]), anchors=[root], expect="BAD", codes=["CERT_REVOKED@0"],
                    signatures="GOOD GOOD")


@case("C-SD-3 C-SI-4", "two signers with two digests, and a third")
def _(w):
    root = w.root()
    signers = [w.end_entity("Alice", root, email="alice@example.com", key=key) for key in ("p256:a", "p384:b", "rsa2048-01")]
    infos = [info(signers[0]), info(signers[1], digest="sha384"), info(signers[2], digest="sha512")]
    listed = dict(mime_options=dict(micalg='"sha-256,sha-384,sha-512"'))
    return w.verify(mail(w, infos, signers, **listed), anchors=[root], expect="GOOD", only_codes=[], signatures="GOOD GOOD GOOD",
                    addresses="match match match")


@case("C-SD-3", "the same SignerInfo twice, twenty times")
def _(w):
    root, alice = people(w, "Alice")
    return [w.verify(mail(w, [info(alice)] * count, [alice]), anchors=[root], expect="GOOD", only_codes=[],
                     signatures=" ".join(["GOOD"] * count)) for count in (2, 20)]


# --- one signer with several signatures (D-SIG-2) ---------------------------------------------------------

@case("D-SIG-2 E-33", "one signer, an old and a new algorithm: the good one is enough")
def _(w):
    root, alice = people(w, "Alice", key="rsa2048-01")
    infos = [info(alice, digest="sha1"), info(alice)]
    return [w.verify(mail(w, order, [alice]), anchors=[root], expect="GOOD|WARN", signatures="GOOD GOOD", addresses="match match")
            for order in (infos, infos[::-1])]


@case("D-SIG-2 C-SD-3", "one signer, an algorithm that nobody knows and one that is known")
def _(w):
    root, alice = people(w, "Alice")
    infos = [info(alice, **UNKNOWN_ALGORITHM), info(alice)]
    return [w.verify(mail(w, infos, [alice]), anchors=[root], expect="GOOD|WARN", codes=["ALG_UNSUPPORTED"], signatures="UNKNOWN GOOD",
                     addresses="match match"),
            w.verify(mail(w, infos[::-1], [alice]), anchors=[root], expect="GOOD|WARN", codes=["ALG_UNSUPPORTED"],
                     signatures="GOOD UNKNOWN", addresses="match match")]


@case("D-SIG-2 E-33", "one signer, a good signature and a bad one: told, and not good")
def _(w):
    root, alice = people(w, "Alice")
    infos = [info(alice), info(alice, **CHANGED)]
    return [w.verify(mail(w, order, [alice]), anchors=[root], expect="BAD", codes=["SIG_BAD"]) for order in (infos, infos[::-1])]


@case("D-SIG-2 E-33", "somebody of another name does not settle the doubt about a signer")
def _(w):
    root = w.root()
    alice, bob = w.end_entity("Alice", root), w.end_entity("Bob", root, email="alice@example.com")
    return w.verify(mail(w, [info(alice, **UNKNOWN_ALGORITHM), info(bob)], [alice, bob]), anchors=[root], expect="UNKNOWN",
                    codes=["ALG_UNSUPPORTED"], signatures="UNKNOWN GOOD")


@case("D-SIG-2 A-4-7", "one signer with two certificates, the old one expired: each is told")
def _(w):
    root = w.root()
    old = w.end_entity("Alice", root, not_after=days(-5))
    new = w.end_entity("Alice", root, key="p256:New")
    return w.verify(mail(w, [info(old), info(new)], [old, new]), anchors=[root], expect="BAD", codes=["CERT_EXPIRED@0"],
                    signatures="GOOD GOOD", json={"signers.1.verdict": "GOOD"})
