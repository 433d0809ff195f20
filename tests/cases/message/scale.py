# SPDX-License-Identifier: Apache-2.0
"""Many of everything in one message: no number is too large, and no hostile number ends in a crash or without an end
(RFC 3850, 2.3)."""

from pki import cms, der, mime, names, sign
from pki import cms_attributes as at
from pki import extensions as x
from pki import general_names as gn
from runner import case

GOOD = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
PART = mime.text()
# A signature that nobody made: certificates of strangers need none, and so they are cheap.
FAKE = sign.fixed(sign.named("sha256-ecdsa").identifier, der.sequence(der.integer(1), der.integer(1)))
FROM_ALICE = "Alice <alice@example.com>"


def line(w):
    root = w.root()
    top = w.ca("Top", root)
    sub = w.ca("Sub", top)
    return root, top, sub, w.end_entity("Alice", sub)


def strangers(w, count, issuers=(None,), **changes):
    return [w.certificate(f"Stranger {n}", issuers[n % len(issuers)], key="p256:Stranger", scheme=FAKE, **changes) for n in range(count)]


# --- certificates -----------------------------------------------------------------------------------------

@case("A-2.3-1 A-2.3-6", "five hundred strangers, duplicates, every order: the verdict and the path of the smallest message")
def _(w):
    root, top, sub, alice = line(w)
    crls = w.all_crls()
    crowd = strangers(w, 500, [None, sub, top, root])
    chain = [alice, sub, top]
    sets = [chain, chain[::-1], [*crowd, *chain], [*chain, *crowd], [*crowd[:250], top, *crowd[250:], sub, alice],
            [*crowd, *chain, *crowd[:100], *chain, root], [sub, *crowd, alice, *crowd, top]]
    return [w.verify(w.signed_mail(alice, certs=certs, form=form), anchors=[root], crls=crls, path=chain, **GOOD)
            for certs in sets for form in ("detached", "opaque")]


@case("A-2.3-6 E-9", "ten thousand certificates in one message, two thousand of one issuer's name")
def _(w):
    root, top, sub, alice = line(w)
    crls = w.all_crls()
    crowd = strangers(w, 2000, [sub], extensions=None) + strangers(w, 8000, extensions=None)
    runs = []
    for certs in ([*crowd, alice, sub, top], [alice, sub, top, *crowd]):
        runs.append(w.verify(w.signed_mail(alice, certs=certs), anchors=[root], crls=crls, path=[alice, sub, top], **GOOD))
    return runs


@case("A-2.3-6 E-9", "two thousand CAs of one name, each with a key of its own, in front of the right one")
def _(w):
    root, top, sub, alice = line(w)
    crls = w.all_crls()
    crowd = strangers(w, 2000, [top], ca=True, subject=sub.subject)
    return w.verify(w.signed_mail(alice, certs=[*crowd, sub, top, alice]), anchors=[root], crls=crls, path=[alice, sub, top], **GOOD)


@case("A-2.3-6 C-SI-2 E-9", "a thousand certificates with the signer's issuer and serial, or key identifier, in front of the right one")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    crls = w.all_crls()
    same_serial = strangers(w, 1000, [root], serial=alice.serial)
    same_key = strangers(w, 1000, [root], ext={"subjectKeyIdentifier": x.subject_key_identifier(alice.ski)})
    honest = dict(anchors=[root], crls=crls, expect="GOOD|UNKNOWN", forbid=["CERT_REVOKED"])
    return [w.verify(w.signed_mail(alice, certs=[*same_serial, alice]), **honest),
            w.verify(w.signed_mail(alice, certs=[*same_key, alice], sid="ski"), **honest)]


@case("A-2.3-6 E-9", "a mesh of CAs that all certify each other in the message: the search ends")
def _(w):
    root = w.root()
    mesh = [w.root(f"Mesh {n}") for n in range(16)]
    crossed = [w.cross(a, b) for a in mesh for b in mesh if a is not b]
    alice = w.end_entity("Alice", mesh[0])
    return w.verify(w.signed_mail(alice, certs=[*crossed, alice]), anchors=[root], crls="none", expect="UNKNOWN",
                    any_codes=["NO_TRUST_PATH", "LIMIT"], signatures="GOOD")


@case("A-2.3-1 A-4.2-4", "two thousand strangers' CRLs in the message, and the right ones")
def _(w):
    root, top, sub, alice = line(w)
    crowd = [w.crl(w.root(f"Other {n}", key="p256:Other"), [alice.serial], register=False) for n in range(2000)]
    right = [w.crl(one) for one in (sub, top, root)]
    return w.verify(w.signed_mail(alice, crls=[*crowd[:1000], *right, *crowd[1000:]]), anchors=[root], crls="none",
                    forbid=["CERT_REVOKED"], **GOOD)


# --- names ------------------------------------------------------------------------------------------------

@case("A-3-7 A-4.4.3-2 E-9", "a certificate with ten thousand addresses, a From with a thousand")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, emails=[f"u{n}@example.org" for n in range(10000)] + ["alice@example.com"])
    many = ", ".join(f"other{n}@x.example" for n in range(1000))
    return [w.verify(w.signed_mail(alice, "alice@example.com"), anchors=[root], **GOOD),
            w.verify(w.signed_mail(alice, many), anchors=[root], expect="BAD", codes=["ADDR_MISMATCH"], addresses="mismatch"),
            w.verify(w.signed_mail(alice, many + ", alice@example.com"), anchors=[root], expect="WARN|BAD|UNKNOWN", forbid=["SIG_BAD"])]


@case("B-DN-1 E-9", "names of a thousand attributes, of a hundred thousand octets")
def _(w):
    root = w.root()
    wide = w.end_entity("Alice", root, subject=names.dn(*[("OU", f"Unit {n}") for n in range(1000)], ("CN", "Alice")))
    long = w.end_entity("Alice", root, key="p256:Long", subject=names.dn(("O", "x" * 100000), ("CN", "Alice")))
    return [w.verify(w.signed_mail(one), anchors=[root], expect="GOOD|WARN", signatures="GOOD", addresses="match") for one in (wide, long)]


@case("E-9 A-3-11", "a From of a megabyte, a Subject of a megabyte, ten thousand header fields")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    megabyte = "x" * 1000000
    fields = dict(From=FROM_ALICE)
    return [w.verify(w.signed_mail(alice, fields={**fields, "Subject": megabyte}), anchors=[root], **GOOD),
            w.verify(w.signed_mail(alice, fields=[(f"X-{n}", "y") for n in range(9000)] + list(fields.items())), anchors=[root], **GOOD),
            w.verify(w.signed_mail(alice, fields=dict(From=megabyte + " <alice@example.com>")), anchors=[root],
                     expect="GOOD|WARN|BAD|UNKNOWN", forbid=["SIG_BAD", "DIGEST_MISMATCH"]),
            w.verify(w.signed_mail(alice, fields=[(f"X-{n}", "y") for n in range(30000)] + list(fields.items())), anchors=[root],
                     expect="GOOD|WARN|BAD|UNKNOWN|NONE", forbid=["SIG_BAD", "DIGEST_MISMATCH"])]


@case("E-9 E-15", "comments a hundred thousand deep, quotes, groups and angle brackets by the thousand")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    odd = ["(" * 100000 + ")" * 100000 + " alice@example.com", "<" * 100000 + "alice@example.com" + ">" * 100000,
           "a: " * 10000 + "alice@example.com" + ";" * 10000, '"' + "\\" * 100001 + '" <alice@example.com>',
           "=?utf-8?Q?" * 20000 + "?= <alice@example.com>", "," * 100000 + "alice@example.com"]
    return [w.verify(w.signed_mail(alice, fields=dict(From=one)), anchors=[root], expect="GOOD|WARN|BAD|UNKNOWN",
                     forbid=["SIG_BAD", "DIGEST_MISMATCH"]) for one in odd]


# --- signers and attributes -------------------------------------------------------------------------------

@case("C-SD-3 E-9", "a thousand signers who are all one, and a thousand who are all unknown")
def _(w):
    root = w.root()
    alice, nobody = w.end_entity("Alice", root), w.end_entity("Nobody", root)
    one, other = cms.signer_info(alice, PART), cms.signer_info(nobody, PART)
    return [w.verify(w.signed_mail([one] * 1000, FROM_ALICE, part=PART, certs=[alice]), anchors=[root], expect="GOOD|UNKNOWN",
                     json={"signers.length": 1000}),
            w.verify(w.signed_mail([one] + [other] * 1000, FROM_ALICE, part=PART, certs=[alice]), anchors=[root], expect="UNKNOWN",
                     codes=["NO_SIGNER_CERT"], json={"signers.length": 1001, "signers.0.verdict": "GOOD"})]


@case("C-AT-6 E-9", "ten thousand countersignatures cost no more than a few")
def _(w):
    root = w.root()
    alice, notary = w.end_entity("Alice", root), w.end_entity("Notary", root)
    counter = cms.countersign(notary, cms.signature_of(cms.signer_info(alice, PART)))
    mail = w.signed_mail(alice, part=PART, unsigned=[at.countersignature(*[counter] * 10000)], certs=[alice, notary])
    return w.verify(mail, anchors=[root], expect="GOOD|WARN|UNKNOWN", signatures="GOOD", addresses="match")


# --- MIME -------------------------------------------------------------------------------------------------

@case("C-MIME-8 E-9", "ten thousand parts, all signed at once")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    part = mime.multipart([mime.text(f"{n}\r\n") for n in range(10000)], boundary="inner")
    return w.verify(w.signed_mail(alice, part=part), anchors=[root], **GOOD)


@case("C-MIME-8 C-MIME-11 E-9", "a thousand signed parts beside each other")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    one = mime.multipart_signed(PART, w.signature(PART, alice, certs="none"), boundary="one")
    mail = mime.message(w.fields(FROM_ALICE), mime.multipart([one] * 1000, boundary="many"))
    return w.verify(mail, certs=[alice], anchors=[root], expect="UNKNOWN", codes=["PARTLY_SIGNED"], signed="part",
                    json={"signers.length": 1000})


@case("C-MIME-7 E-9", "a million lines that begin like the boundary, and one of ten million characters")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    near = b"Content-Type: text/plain\r\n\r\n" + b"--signet-boundar\r\n" * 300000
    long = b"Content-Type: text/plain\r\n\r\n" + b"x" * 10000000 + b"\r\n"
    return [w.verify(w.signed_mail(alice, part=one), anchors=[root], **GOOD) for one in (near, long)]


@case("C-MIME-1 E-9", "ten thousand parameters in one Content-Type, a RFC 2231 value in ten thousand pieces")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    octets = w.signature(PART, alice, detached=False)
    values = ["application/pkcs7-mime; " + "; ".join(f"p{n}=v" for n in range(10000)),
              "application/pkcs7-mime; " + "; ".join(f"name*{n}=x" for n in range(10000))]
    return [w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(octets, value=one, disposition=False)), anchors=[root],
                     expect="GOOD|WARN|UNKNOWN", forbid=["SIG_BAD", "DIGEST_MISMATCH"]) for one in values]


# --- constraints ------------------------------------------------------------------------------------------

@case("B-NC-12 E-9", "a thousand addresses under a thousand constraints")
def _(w):
    root = w.root()
    bases = [gn.email(f"d{n}.example.org") for n in range(1000)]
    ca = w.ca("CA", root, extra=[x.name_constraints([*bases, gn.email("example.com")])])
    alice = w.end_entity("Alice", ca, emails=["alice@example.com"] + [f"u@d{n}.example.org" for n in range(1000)])
    return w.verify(w.signed_mail(alice), anchors=[root], expect="GOOD|UNKNOWN", forbid=["NAME_CONSTRAINT"], signatures="GOOD")
