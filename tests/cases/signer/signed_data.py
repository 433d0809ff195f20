# SPDX-License-Identifier: Apache-2.0
"""SignedData itself: its encoding, versions, digests, contents, and what else its certificates field may hold (RFC 5652, 5
and 10.2; RFC 2315)."""

from pki import attribute_certificate as ac
from pki import cms, der, digests, keys, mime
from pki.times import days
from runner import case

PART = mime.text("Hello,\r\n\r\nthis is signed.\r\n")
GOOD = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match")
ODD = dict(GOOD, codes=["NONCONFORMING"])
TOLD = dict(GOOD, codes=["SKIPPED"])
FORMS = ("detached", "opaque")
FROM_ALICE = "Alice <alice@example.com>"


def alice_and_root(w):
    root = w.root()
    return w.end_entity("Alice", root), root


def add(ids, title, wanted, **data):
    """A mail whose SignedData is made with these options, clear-signed and opaque."""
    @case(ids, title)
    def _(w):
        alice, root = alice_and_root(w)
        return [w.verify(w.signed_mail(alice, part=PART, form=form, data=data), anchors=[root], **wanted) for form in FORMS]


# --- encoding (C-SD-1, MESSAGES 1) ------------------------------------------------------------------------
add("C-SD-1", "BER with indefinite lengths and a content in pieces", GOOD, ber=True)
add("C-SD-1", "BER with over-long lengths", GOOD, ber="long")
for _size in (1, 7, 1000, 100000):
    add("C-SD-1", f"a content in pieces of {_size} octets", GOOD, ber=True, segment=_size)


@case("C-SD-1", "the same SignedData in DER and in BER: the same verdict, good or bad")
def _(w):
    alice, root = alice_and_root(w)
    changed = w.signature(PART, alice, detached=False, data=dict(ber=True)).replace(b"this is", b"that is")
    runs = [w.verify(w.signed_mail(alice, part=PART, form="opaque", data=dict(ber=ber)), anchors=[root], **GOOD) for ber in (False, True, "long")]
    return runs + [w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(changed)), anchors=[root], expect="BAD",
                            codes=["DIGEST_MISMATCH"], signatures="BAD")]


@case("C-SD-1", "strings in strings: segments nested three deep, and empty ones among them")
def _(w):
    alice, root = alice_and_root(w)
    info = cms.signer_info(alice, PART)
    inner = der.indefinite(0x24, der.segmented(PART[:10], 3) + der.octet_string(b"") + der.segmented(PART[10:], 5, definite=True))
    octets = cms.signed_data([info], raw_content=inner, certificates=[alice.cert], ber=True)
    return w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(octets)), anchors=[root], **GOOD)


@case("C-SD-1 E-9", "strings nested a hundred thousand deep end in words, not in a crash")
def _(w):
    alice, root = alice_and_root(w)
    info = cms.signer_info(alice, PART)
    deep = b"\x24\x80" * 100000 + der.octet_string(PART) + b"\x00\x00" * 100000
    octets = cms.signed_data([info], raw_content=deep, certificates=[alice.cert], ber=True)
    return w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(octets)), anchors=[root], expect="BAD|UNKNOWN", signed=None)


@case("C-SD-1", "certificates must be DER wherever they stand: in BER they are not those that were signed")
def _(w):
    alice, root = alice_and_root(w)
    ber = der.ber(alice.cert)
    mail = w.signed_mail(alice, part=PART, certs=[ber])
    return w.verify(mail, anchors=[root], expect="UNKNOWN|BAD", signatures=None)


@case("C-SD-1 B-ENC-7", "cut anywhere, lengths that lie, octets behind the end: words, and never a crash")
def _(w):
    alice, root = alice_and_root(w)
    octets = w.signature(PART, alice, detached=False)
    cut = [octets[:at] for at in range(1, len(octets), len(octets) // 40)]
    lying = [octets[:at] + b"\xff" + octets[at + 1:] for at in (1, 2, 5, 20, 30, 60, 90)]
    runs = [w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(one)), anchors=[root], expect="BAD|UNKNOWN", signed=None)
            for one in cut + lying]
    return runs + [w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(octets + b"\x00junk")), anchors=[root], **ODD)]


@case("C-SD-1", "BER, cut before its end-of-contents octets")
def _(w):
    alice, root = alice_and_root(w)
    octets = w.signature(PART, alice, detached=False, data=dict(ber=True))
    return [w.verify(mime.message(w.fields(FROM_ALICE), mime.opaque(octets[:-count])), anchors=[root], expect="BAD|UNKNOWN|GOOD|WARN")
            for count in (1, 2, 4, 6)]


# --- versions (C-SD-2) ------------------------------------------------------------------------------------
for _version in (0, 1, 2, 3, 4, 5):
    add("C-SD-2 A-1-4", f"SignedData of version {_version}", dict(GOOD, codes=[]), version=_version)


@case("C-SD-2 C-SI-1", "version 3 where a signer is named by key identifier, and any other there")
def _(w):
    alice, root = alice_and_root(w)
    return [w.verify(w.signed_mail(alice, part=PART, sid="ski", data=dict(version=version)), anchors=[root], **GOOD) for version in (1, 3, 4, 5)]


@case("C-SD-2", "a version that there is none of yet")
def _(w):
    alice, root = alice_and_root(w)
    return [w.verify(w.signed_mail(alice, part=PART, data=dict(version=version)), anchors=[root], expect="GOOD|WARN|UNKNOWN|BAD",
                     forbid=["SIG_BAD", "DIGEST_MISMATCH"]) for version in (6, 99, 2 ** 70)]


# --- digestAlgorithms (C-SD-4) ----------------------------------------------------------------------------
SHA = {name: digests.identifier(name) for name in ("sha1", "sha256", "sha512")}
add("C-SD-4", "no digest algorithm announced", ODD, digest_identifiers=[])
add("C-SD-4", "another one announced", ODD, digest_identifiers=[SHA["sha512"]])
add("C-SD-4", "several, the used one among them", GOOD, digest_identifiers=[SHA["sha1"], SHA["sha512"], SHA["sha256"]])
add("C-SD-4", "the used one with NULL", GOOD, digest_identifiers=[digests.identifier("sha256", True)])
add("C-SD-4", "one that nobody knows beside it", GOOD, digest_identifiers=[SHA["sha256"], der.sequence(der.oid("1.3.6.1.4.1.32473.6.9"))])
add("C-SD-4", "the used one twice", dict(GOOD, codes=[]), digest_identifiers=[SHA["sha256"]] * 2)


@case("C-SD-4", "no digest algorithm announced is no excuse in strict")
def _(w):
    alice, root = alice_and_root(w)
    return w.verify(w.signed_mail(alice, part=PART, data=dict(digest_identifiers=[])), anchors=[root], profile="strict", expect="BAD",
                    codes=["NONCONFORMING"], signatures="GOOD")


# --- content of PKCS#7 1.5 (C-SD-5) -----------------------------------------------------------------------

@case("C-SD-5", "a content that is no OCTET STRING: the digest is over its value octets")
def _(w):
    alice, root = alice_and_root(w)
    value = der.integer(5) + der.utf8("a receipt of the old kind")
    content = der.sequence(value)
    kind = "1.3.6.1.4.1.32473.5.1"
    def old(signed, **options):
        info = cms.signer_info(alice, signed, content_type=kind)
        return cms.signed_data([info], raw_content=content, content_type=kind, certificates=[alice.cert], version=1, **options)
    fine = dict(anchors=[root], name="old.p7m", email="alice@example.com")
    return [w.verify(old(value), expect="GOOD|WARN", signatures="GOOD", addresses="match", **fine),
            w.verify(old(content), expect="BAD", codes=["DIGEST_MISMATCH"], signatures="BAD", **fine)]


@case("C-SD-5", "a content that is any single value, of id-data too")
def _(w):
    alice, root = alice_and_root(w)
    info = cms.signer_info(alice, b"Hello")
    octets = cms.signed_data([info], raw_content=der.utf8("Hello"), certificates=[alice.cert], version=1)
    return w.verify(octets, name="old.p7m", email="alice@example.com", anchors=[root], expect="GOOD|WARN|BAD",
                    any_codes=["NONCONFORMING", "PARSE", "DIGEST_MISMATCH"])


# --- the certificates field (C-CC-1) ----------------------------------------------------------------------

def v1_ac(alice, root):
    return cms.v1_attribute_certificate(ac.build_v1(subject_name=alice.subject, issuer_name=root.subject, signer_key=root.key, serial=5,
                                                    not_before=days(-1), not_after=days(1)))


def v2_ac(alice, root):
    return cms.v2_attribute_certificate(alice.world.attribute_certificate(alice, root))


def extended(alice, root):
    return cms.extended_certificate(alice.cert)


def other(alice, root):
    return cms.other_certificate()


def with_elements(w, *makers, form="detached", **options):
    alice, root = alice_and_root(w)
    made = [make(alice, root) for make in makers]
    return w.signed_mail(alice, part=PART, form=form, certs=[*made[:1], alice, *made[1:]], **options), alice, root


def beside(ids, title, wanted, *makers, **options):
    @case(ids, title)
    def _(w):
        runs = []
        for form in FORMS:
            mail, alice, root = with_elements(w, *makers, form=form, **options)
            runs.append(w.verify(mail, anchors=[root], crls=[w.crl(root)], path=[alice], **wanted))
        return runs


beside("A-1.4-1 E-6 C-CC-1", "a version 1 attribute certificate: skipped with a note", TOLD, v1_ac)
beside("A-2.2.1-1 E-7 C-CC-1", "a PKCS#6 extended certificate: skipped with a note", TOLD, extended)
beside("C-CC-1", "another kind of certificate: skipped with a note", TOLD, other)
beside("A-2.2-4 A-2.3-14 C-CC-1", "a version 2 attribute certificate changes nothing", GOOD, v2_ac)
beside("C-CC-1", "all five kinds in one message", TOLD, extended, v1_ac, v2_ac, other)
beside("A-1.4-1", "a version 1 attribute certificate in strict", dict(expect="GOOD|WARN", signatures="GOOD", profile="strict"), v1_ac)


@case("C-CC-1 A-2.3-13", "the dump has a line for each of the five kinds")
def _(w):
    mail, alice, root = with_elements(w, extended, v1_ac, v2_ac, other, form="opaque")
    return w.show(mail, name="message.eml", contains=["extended", "v1 attribute", "v2 attribute", "other", "- kind: certificate"])


@case("A-2.2.1-1 E-7 A-1.4-1", "nothing is taken out of what is skipped: the signer's certificate inside it does not count")
def _(w):
    alice, root = alice_and_root(w)
    return w.verify(w.signed_mail(alice, part=PART, certs=[cms.extended_certificate(alice.cert)]), anchors=[root], expect="UNKNOWN",
                    codes=["NO_SIGNER_CERT", "SKIPPED"], signatures="UNKNOWN")


@case("C-CC-1 A-2.3-13", "certificates that cannot be read, beside the right one: told, and passed over")
def _(w):
    alice, root = alice_and_root(w)
    broken = [der.sequence(), alice.cert[:4] + bytes(len(alice.cert) - 4), der.sequence(der.sequence(), der.null(), der.null()),
              cms.v2_attribute_certificate(der.sequence()), der.implicit(9, der.sequence())]
    return [w.verify(w.signed_mail(alice, part=PART, certs=[one, alice]), anchors=[root], expect="GOOD|WARN", signatures="GOOD",
                     addresses="match", path=[alice]) for one in broken]


# --- bare objects -----------------------------------------------------------------------------------------
BARE = dict(expect="GOOD", only_codes=[], signed="whole", signatures="GOOD", addresses="match", parts=[""])


@case("C-CO-3 C-SD-1", "a bare object in DER, PEM and base64, under any name")
def _(w):
    alice, root = alice_and_root(w)
    octets = w.signature(PART, alice, detached=False)
    forms = [octets, keys.pem("PKCS7", octets), keys.pem("CMS", octets), mime.base64_lines(octets), mime.line_ends(mime.base64_lines(octets)),
             w.signature(PART, alice, detached=False, data=dict(ber=True))]
    return [w.verify(one, name=name, email="alice@example.com", anchors=[root], **{**BARE, "parts": None})
            for one, name in zip(forms, ("a.p7m", "a.pem", "a", "a.b64", "a.eml", "a.p7s"))]


@case("A-3-11", "a bare object has no From: the address is --email's, and without it nothing is compared")
def _(w):
    alice, root = alice_and_root(w)
    octets = w.signature(PART, alice, detached=False)
    bare = dict(name="message.p7m", anchors=[root], signed="whole", signatures="GOOD")
    return [w.verify(octets, email="alice@example.com", expect="GOOD", addresses="match", json={"signers.0.address.field": "given"}, **bare),
            w.verify(octets, email="boss@example.com", expect="BAD", codes=["ADDR_MISMATCH"], addresses="mismatch", **bare),
            w.verify(octets, email="not an address", expect="BAD|ERROR", **{**bare, "signed": None, "signatures": None}),
            w.verify(octets, expect="GOOD|UNKNOWN|WARN", addresses="none", **bare)]


@case("C-SI-5 C-MIME-7", "a bare detached signature: --content gives what it signs, octet by octet")
def _(w):
    alice, root = alice_and_root(w)
    octets = w.signature(b"any\noctets\x00", alice)
    bare = dict(name="message.p7s", anchors=[root], email="alice@example.com")
    return [w.verify(octets, content=b"any\noctets\x00", **BARE, **bare),
            w.verify(octets, content=b"any\r\noctets\x00", expect="BAD", codes=["DIGEST_MISMATCH"], signatures="BAD", **bare),
            w.verify(octets, content=b"", expect="BAD", codes=["DIGEST_MISMATCH"], signatures="BAD", **bare),
            w.verify(octets, expect="UNKNOWN", signatures="UNKNOWN", addresses="match", **bare)]


@case("C-SI-5", "--content beside a content inside: what was given is what is asked about")
def _(w):
    alice, root = alice_and_root(w)
    octets = w.signature(b"inside", alice, detached=False)
    bare = dict(name="message.p7m", anchors=[root], email="alice@example.com")
    return [w.verify(octets, content=b"outside", expect="BAD", codes=["DIGEST_MISMATCH"], signatures="BAD", **bare),
            w.verify(octets, content=b"inside", expect="GOOD|WARN", signatures="GOOD", **bare)]


@case("C-MIME-5 C-CO-2", "bare objects of other content types are named, and signed by nobody")
def _(w):
    alice, root = alice_and_root(w)
    objects = [(cms.enveloped_data(w.end_entity("Bob", root, key="rsa2048-01")), "ENCRYPTED"), (cms.compressed_data(PART), "NOT_SIGNED"),
               (cms.content_info("data", der.octet_string(PART)), "SKIPPED"), (cms.content_info("1.2.3.4", der.null()), "SKIPPED")]
    return [w.verify(octets, name="message.p7m", anchors=[root], expect="NONE", codes=[code], signed="none", signatures="")
            for octets, code in objects]
