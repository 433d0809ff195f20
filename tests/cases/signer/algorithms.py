# SPDX-License-Identifier: Apache-2.0
"""Messages under each algorithm: strong, weak, misused, unknown (RFC 8551, 2.1, 2.2; RFC 5754; RFC 4056; RFC 8419)."""

from pki import digests, mime, oids, sign
from pki import der, keys
from pki.certificate import flip
from runner import case

PART = mime.text()
FORMS = ("detached", "opaque")


def signed_by(w, key, form="detached", **options):
    """(mail, root): a mail of Alice, whose key has this name, under a sound root."""
    root = w.root()
    alice = w.end_entity("Alice", root, key=key)
    return w.signed_mail(alice, part=PART, form=form, **options), root


def strength(*words):
    """The line that says how strong the message is names all of this (C-KEY-5)."""
    plain = lambda text: text.lower().replace("-", "").replace(" ", "")
    return {"signers.0.algorithm": lambda text: all(plain(word) in plain(text) for word in words)}


def turned(octets):
    return flip(octets, len(octets) // 2)


def add(ids, title, key, words=(), **options):
    """Sound under every profile; one bit turned over is bad."""
    @case(ids, title)
    def _(w):
        runs = []
        for form in FORMS:
            mail, root = signed_by(w, key, form, **options)
            runs += [w.verify(mail, anchors=[root], profile=profile, expect="GOOD", only_codes=[], signed="whole", signatures="GOOD",
                              addresses="match", json=strength(*words)) for profile in ("default", "strict", "legacy")]
        mail, root = signed_by(w, key, signature_hook=turned, **options)
        changed, _ = signed_by(w, key, alter=lambda part: part + b"x", **options)
        return runs + [w.verify(mail, anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD", addresses="match"),
                       w.verify(changed, anchors=[root], expect="BAD", codes=["DIGEST_MISMATCH"], signatures="BAD")]


# --- RSA (D-ALG-1, D-ALG-4) -------------------------------------------------------------------------------
for _size, _key in ((2048, "rsa2048-01"), (3072, "rsa3072-1"), (4096, "rsa4096-1")):
    for _digest in ("sha256", "sha384", "sha512"):
        add("D-ALG-1 D-ALG-4 C-SI-7 C-KEY-5", f"RSA of {_size} bits with {_digest}", _key, ("RSA", str(_size), _digest), digest=_digest)
for _digest in ("sha256", "sha384", "sha512"):
    add("D-ALG-1 B-ALG-5", f"the combined identifier of RSA with {_digest}", "rsa2048-02", ("RSA", _digest), digest=_digest,
        scheme=f"{_digest}-rsa")
add("D-ALG-1 C-KEY-4", "RSA of 8192 bits", "rsa8192-1", ("RSA", "8192"))
add("D-ALG-1", "RSA with the public exponent 3", "rsa2048-e3", ("RSA",))

# --- RSASSA-PSS (D-ALG-3) ---------------------------------------------------------------------------------
for _digest in ("sha256", "sha384", "sha512"):
    add("D-ALG-3", f"RSASSA-PSS with {_digest}", "rsa2048-03", ("PSS", _digest), digest=_digest, scheme=f"{_digest}-pss")
add("D-ALG-3", "RSASSA-PSS with 3072 bits", "rsa3072-1", ("PSS", "3072"), scheme="sha256-pss")
add("D-ALG-3", "RSASSA-PSS with a salt of 20 octets", "rsa2048-03", scheme=sign.pss("sha256", salt=20))
add("D-ALG-3", "RSASSA-PSS without salt", "rsa2048-03", scheme=sign.pss("sha256", salt=0))

# --- elliptic curves (D-ALG-2) ----------------------------------------------------------------------------
for _curve, _digest in (("p256", "sha256"), ("p384", "sha384"), ("p521", "sha512"), ("p256", "sha512"), ("p521", "sha256")):
    add("D-ALG-2 D-ALG-4", f"ECDSA with {_curve.upper()} and {_digest}", f"{_curve}:Alice", (_digest,), digest=_digest)
add("D-ALG-2", "Ed25519", "ed25519:Alice", ("Ed25519",), digest="sha512")


@case("D-ALG-2", "Ed448 with SHAKE256")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="ed448:Alice")
    options = dict(digest="shake256", mime_options=dict(micalg="shake256"))
    bare = w.signed_mail(alice, part=PART, attributes=None, **options)
    turned_over = w.signed_mail(alice, part=PART, signature_hook=turned, **options)
    return [w.verify(w.signed_mail(alice, part=PART, **options), anchors=[root], expect="GOOD", only_codes=[], signatures="GOOD",
                     addresses="match", json=strength("Ed448")),
            w.verify(bare, anchors=[root], expect="WARN", only_codes=["SIGNED_ATTRS_ABSENT"], signatures="GOOD", addresses="match"),
            w.verify(turned_over, anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")]


@case("D-ALG-2", "EdDSA beside another digest than the one prescribed: told, and none the worse")
def _(w):
    mail, root = signed_by(w, "ed25519:Alice", digest="sha256", mime_options=dict(micalg="sha-256"))
    return w.verify(mail, anchors=[root], expect="GOOD", codes=["NONCONFORMING"], signatures="GOOD")


# --- DSA (C-SI-7) -----------------------------------------------------------------------------------------

@case("C-SI-7 A-4.3-1 A-1-4", "DSA of 1024 bits with SHA-1: verified and weak; of 2048 bits with SHA-256: verified")
def _(w):
    old, old_root = signed_by(w, "dsa1024-a", digest="sha1")
    new, new_root = signed_by(w, "dsa2048-a", digest="sha256")
    bad, bad_root = signed_by(w, "dsa2048-a", digest="sha256", signature_hook=turned)
    return [w.verify(old, anchors=[old_root], expect="WEAK", codes=["WEAK_ALG", "WEAK_KEY@0"], signatures="GOOD", addresses="match",
                     json=strength("DSA", "1024")),
            w.verify(new, anchors=[new_root], expect="GOOD|WEAK", signatures="GOOD", addresses="match", json=strength("DSA", "2048")),
            w.verify(bad, anchors=[bad_root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")]


# --- weak (E-1 to E-3): computed in every profile, concluded in three ways ---------------------------------
CONCLUSIONS = (("default", "WEAK"), ("strict", "BAD"), ("legacy", "WARN"))


def add_weak(ids, title, key, codes, words=(), **options):
    if options.get("digest") == "md5":
        options["digest_identifier"] = digests.identifier("md5", True)

    @case(ids, title)
    def _(w):
        runs = []
        for form in FORMS:
            mail, root = signed_by(w, key, form, **options)
            runs += [w.verify(mail, anchors=[root], profile=profile, expect=verdict, only_codes=codes, signed="whole", signatures="GOOD",
                              addresses="match", json=strength(*words)) for profile, verdict in CONCLUSIONS]
        mail, root = signed_by(w, key, signature_hook=turned, **options)
        changed, _ = signed_by(w, key, alter=lambda part: part + b"x", **options)
        return runs + [w.verify(mail, anchors=[root], profile=profile, expect="BAD", codes=["SIG_BAD"], signatures="BAD")
                       for profile, _ in CONCLUSIONS] + [
            w.verify(changed, anchors=[root], profile="legacy", expect="BAD", codes=["DIGEST_MISMATCH"], signatures="BAD")]


add_weak("C-SI-7 E-1 A-1-4", "RSA with MD5", "rsa2048-01", ["WEAK_ALG"], ("MD5",), digest="md5")
add_weak("C-SI-7 E-1", "RSA with SHA-1", "rsa2048-01", ["WEAK_ALG"], ("SHA-1",), digest="sha1")
add_weak("E-1", "RSA with MD5, by the combined identifier", "rsa2048-01", ["WEAK_ALG"], ("MD5",), digest="md5", scheme="md5-rsa")
add_weak("E-1", "ECDSA with SHA-1", "p256:Alice", ["WEAK_ALG"], ("SHA-1",), digest="sha1")
add_weak("D-ALG-3 E-1", "RSASSA-PSS with SHA-1", "rsa2048-01", ["WEAK_ALG"], ("SHA-1",), digest="sha1", scheme="sha1-pss")
add_weak("E-2 C-KEY-4 D-ALG-1", "RSA of 512 bits", "rsa512-1", ["WEAK_KEY"], ("RSA", "512"))
add_weak("E-2 C-KEY-4 D-ALG-1", "RSA of 511 bits", "rsa511-1", ["WEAK_KEY"], ("RSA", "511"))
add_weak("E-2 C-KEY-4 D-ALG-1", "RSA of 1024 bits", "rsa1024-1", ["WEAK_KEY"], ("RSA", "1024"))
add_weak("E-2 C-KEY-4 D-ALG-1", "RSA of 1536 bits", "rsa1536-1", ["WEAK_KEY"], ("RSA", "1536"))
add_weak("A-1-4 E-1 E-2", "MD5 and 512 bits", "rsa512-1", ["WEAK_ALG", "WEAK_KEY"], ("MD5", "512"), digest="md5")
add_weak("C-SI-7 E-1 E-2", "DSA with SHA-1", "dsa1024-a", ["WEAK_ALG", "WEAK_KEY"], ("DSA", "SHA-1"), digest="sha1")


@case("A-4.3-4 A-5-7 E-1 E-4", "RSA with MD2: verified and weak, or not supported in this build")
def _(w):
    mail, root = signed_by(w, "rsa2048-01", digest="md2")
    bad, _ = signed_by(w, "rsa2048-01", digest="md2", alter=lambda part: part + b"x")
    return [w.verify(mail, anchors=[root], expect="WEAK|UNKNOWN", any_codes=["WEAK_ALG", "ALG_UNSUPPORTED"], forbid=["SIG_BAD"]),
            w.verify(mail, anchors=[root], profile="strict", expect="BAD|UNKNOWN", any_codes=["WEAK_ALG", "ALG_UNSUPPORTED"]),
            w.verify(mail, anchors=[root], profile="legacy", expect="WARN|UNKNOWN", any_codes=["WEAK_ALG", "ALG_UNSUPPORTED"]),
            w.verify(bad, anchors=[root], expect="BAD|UNKNOWN", any_codes=["DIGEST_MISMATCH", "ALG_UNSUPPORTED"])]


@case("A-1-4 C-MIME-4 E-1", "a message of S/MIME version 2 whole: PKCS#7 1.5, MD5, 512 bits, the old types")
def _(w):
    root = w.root(key="rsa1024-1", scheme="md5-rsa")
    root.scheme = sign.named("md5-rsa")
    alice = w.end_entity("Alice", root, key="rsa512-1")
    old = dict(content_type="application/x-pkcs7-mime", smime_type=None)
    clear = dict(protocol="application/x-pkcs7-signature", micalg="rsa-md5")
    options = dict(part=PART, digest="md5", digest_identifier=digests.identifier("md5", True), data=dict(version=1))
    mails = [w.signed_mail(alice, form="opaque", mime_options=old, **options), w.signed_mail(alice, mime_options=clear, **options)]
    return [w.verify(one, anchors=[root], profile=profile, expect=verdict, only_codes=["WEAK_ALG", "WEAK_KEY"], signed="whole",
                     signatures="GOOD", addresses="match") for one in mails for profile, verdict in CONCLUSIONS]


@case("E-3 B-ALG-10", "weak never hides what is worse, in no profile")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa1024-1")
    w.crl(root, [alice])
    mail = w.signed_mail(alice, part=PART, digest="md5")
    other = w.signed_mail(alice, "<x@y.example>", part=PART, digest="md5")
    return [w.verify(mail, anchors=[root], profile=one, expect="BAD", codes=["CERT_REVOKED@0", "WEAK_ALG", "WEAK_KEY@0"])
            for one, _ in CONCLUSIONS] + [
        w.verify(other, anchors=[root], profile="legacy", expect="BAD", codes=["ADDR_MISMATCH"]),
        w.verify(mail, anchors=[], profile="legacy", crls="off", expect="UNKNOWN", codes=["NO_TRUST_PATH", "WEAK_ALG"])]


@case("A-5-2 C-KEY-5", "text: the weak algorithm stands in the first line, its strength in the body")
def _(w):
    md5, root = signed_by(w, "rsa2048-01", digest="md5")
    short, other = signed_by(w, "rsa1024-1")
    sound, third = signed_by(w, "rsa3072-1")
    return [w.verify(md5, anchors=[root], expect="WEAK", exit=1, reads_json=False, first=["WEAK", "WEAK_ALG"], contains=["MD5", "strength"]),
            w.verify(short, anchors=[other], expect="WEAK", exit=1, reads_json=False, first=["WEAK", "WEAK_KEY"], contains=["1024"]),
            w.verify(sound, anchors=[third], expect="GOOD", exit=0, reads_json=False, first=["GOOD"], contains=["strength", "3072", "SHA-256"])]


# --- parameters (B-ALG-3 to B-ALG-5, D-ALG-4) -------------------------------------------------------------

@case("B-ALG-4 D-ALG-4", "digest identifiers with NULL and without")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa2048-01")
    runs = []
    for name, verdict in (("md5", "WEAK"), ("sha1", "WEAK"), ("sha256", "GOOD"), ("sha384", "GOOD"), ("sha512", "GOOD")):
        for null in (False, True):
            mail = w.signed_mail(alice, part=PART, digest=name, digest_identifier=digests.identifier(name, null))
            runs.append(w.verify(mail, anchors=[root], expect=verdict, signatures="GOOD", addresses="match"))
    return runs


@case("B-ALG-5", "one signature under both spellings: rsaEncryption, and the combined identifier")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa2048-01")
    spelt = [sign.algorithm("rsa", der.null()), sign.algorithm("sha256-rsa", der.null()), sign.algorithm("rsa"), sign.algorithm("sha256-rsa")]
    return [w.verify(w.signed_mail(alice, part=PART, signature_identifier=one), anchors=[root], expect="GOOD", signatures="GOOD",
                     addresses="match") for one in spelt]


@case("B-ALG-2 E-36", "id-dsa as the algorithm of a signature, id-ecPublicKey as that of another")
def _(w):
    root = w.root()
    dsa = w.end_entity("Alice", root, key="dsa2048-a")
    ec = w.end_entity("Bob", root, key="p256:Bob")
    return [w.verify(w.signed_mail(dsa, part=PART, signature_identifier=sign.algorithm(oids.KEYS["dsa"])), anchors=[root],
                     expect="GOOD|WEAK", signatures="GOOD"),
            w.verify(w.signed_mail(ec, part=PART, signature_identifier=sign.algorithm(oids.KEYS["ec"])), anchors=[root],
                     expect="GOOD|UNKNOWN", forbid=["SIG_BAD"])]


@case("B-ALG-3", "the whole block of PKCS#1 is compared: garbage behind, short padding, another block type, lengths in BER")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa2048-01")
    blocks = [sign.pad_with_garbage, sign.pad_short, sign.pad_type_2, sign.pad_long_length]
    plain = sign.algorithm("rsa", der.null())
    schemes = [sign.rsa(block=one, identifier=plain) for one in blocks]
    return [w.verify(w.signed_mail(alice, part=PART, scheme=one), anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")
            for one in schemes]


@case("B-ALG-3", "a signature forged for the exponent 3")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa2048-e3")
    forged = sign.forged_e3().spelt(sign.algorithm("rsa", der.null()))
    return w.verify(w.signed_mail(alice, part=PART, scheme=forged), anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")


@case("B-ALG-3", "a DigestInfo without NULL: read or refused, and never another digest")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key="rsa2048-01")
    lax = sign.rsa(null=False, identifier=sign.algorithm("rsa", der.null()))
    other = sign.rsa("sha1", identifier=sign.algorithm("rsa", der.null()))
    return [w.verify(w.signed_mail(alice, part=PART, scheme=lax), anchors=[root], expect="GOOD|WARN|BAD"),
            w.verify(w.signed_mail(alice, part=PART, scheme=other), anchors=[root], expect="BAD", codes=["SIG_BAD"])]


PSS_LIES = {
    "another salt length than was used": sign.pss(salt=32, parameters=sign.pss_parameters(salt=20)),
    "another mask digest than was used": sign.pss(parameters=sign.pss_parameters(mgf="sha512")),
    "a trailer field that there is none for": sign.pss(trailer=2),
    "a salt longer than the key": sign.pss(parameters=sign.pss_parameters(salt=400)),
    "a negative salt length": sign.pss(parameters=der.sequence(der.explicit(2, der.integer(-1)))),
    "no parameters": sign.pss(parameters=b""),
    "NULL as parameters": sign.pss(parameters=der.null()),
}
for _title, _scheme in PSS_LIES.items():
    @case("D-ALG-3", f"RSASSA-PSS with {_title}: never good")
    def _(w, scheme=_scheme):
        mail, root = signed_by(w, "rsa2048-01", scheme=scheme)
        return w.verify(mail, anchors=[root], expect="BAD|UNKNOWN", signatures=None)


@case("D-ALG-3 C-SI-8", "RSASSA-PSS over another digest than the SignerInfo names")
def _(w):
    mail, root = signed_by(w, "rsa2048-01", scheme=sign.pss("sha512"))
    return w.verify(mail, anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")


@case("B-ALG-9 D-ALG-2", "an algorithm that does not go with the key")
def _(w):
    root = w.root()
    pairs = [("p256:Alice", sign.algorithm("sha256-rsa", der.null())), ("rsa2048-01", sign.algorithm("sha256-ecdsa")),
             ("ed25519:Alice", sign.algorithm("sha256-ecdsa")), ("p256:Alice", sign.algorithm("ed25519")),
             ("p256:Alice", sign.algorithm("sha1-dsa"))]
    runs = []
    for key, identifier in pairs:
        alice = w.end_entity("Alice", root, key=key)
        runs.append(w.verify(w.signed_mail(alice, part=PART, signature_identifier=identifier), anchors=[root], expect="BAD",
                             codes=["SIG_BAD"], signatures="BAD"))
    return runs


@case("B-ALG-8", "a signature algorithm, a digest, a key that nobody knows: unknown, and never bad")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root)
    strange = der.sequence(der.sequence(der.oid(oids.PRIVATE_ALGORITHM)), der.bit_string(b"\x01\x02"))
    holder = w.end_entity("Holder", root, key=keys.PublicKey("strange", strange), email="alice@example.com")
    unknown = dict(anchors=[root], expect="UNKNOWN", codes=["ALG_UNSUPPORTED"], forbid=["SIG_BAD"], signatures="UNKNOWN")
    algorithm = sign.algorithm(oids.PRIVATE_ALGORITHM)
    fixed = sign.fixed(sign.named("sha256-ecdsa").identifier)
    return [w.verify(w.signed_mail(alice, part=PART, signature_identifier=algorithm), **unknown),
            w.verify(w.signed_mail(alice, part=PART, digest_identifier=algorithm), **unknown),
            w.verify(w.signed_mail(holder, "<alice@example.com>", part=PART, scheme=fixed), **{**unknown, "expect": "UNKNOWN"})]


@case("D-ALG-9", "a message whose signature algorithm says that it is unsigned")
def _(w):
    mail, root = signed_by(w, "p256:Alice", scheme=sign.fixed(sign.algorithm("unsigned"), b""))
    return w.verify(mail, anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD")


@case("C-KEY-4", "a key above the cap costs no time, and is no bad signature in silence")
def _(w):
    root = w.root()
    alice = w.end_entity("Alice", root, key=keys.get("rsa16384"))
    mail = w.signed_mail(alice, part=PART, scheme=sign.fixed(sign.algorithm("rsa", der.null()), b"\x01" * 2048))
    return w.verify(mail, anchors=[root], expect="UNKNOWN", codes=["LIMIT"], signatures="UNKNOWN", addresses="match")


@case("B-ALG-9", "keys that nobody can have: an even modulus, the exponent 1")
def _(w):
    root = w.root()
    runs = []
    for name in ("rsa-even", "rsa-e1"):
        alice = w.end_entity("Alice", root, key=keys.get(name))
        mail = w.signed_mail(alice, part=PART, scheme=sign.fixed(sign.algorithm("rsa", der.null()), b"\x01" * 256))
        runs.append(w.verify(mail, anchors=[root], expect="BAD", codes=["SIG_BAD"], signatures="BAD"))
    return runs
