#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""signet encrypt and decrypt as they are meant: whom it is encrypted to, by what, what is refused, what is told."""

import json
import os
import re
import zlib

from desk import NOW, days, main, results, rfc3339
from pki import cms, keys, mime
from pki import cms_attributes as at
from pki import extensions as x

AT = ("--at", rfc3339(NOW), "--offline")
MAIL = (b"From: Alice <alice@example.com>\nTo: Bob <bob@example.com>\nSubject: A test\nDate: Mon, 1 Jun 2026 10:00:00 +0000\n"
        b"Content-Type: text/plain\n\nThe password is swordfish.\n")
BOTH = {"keyUsage": x.key_usage("digitalSignature", "keyAgreement")}
RSA = {"keyUsage": x.key_usage("keyEncipherment")}


def pem_key(entity):
    return keys.pem("PRIVATE KEY", entity.key.pkcs8())


class Room:
    """A home whose database has correspondents, own keys and CRLs."""

    def __init__(self, desk):
        self.desk, self.home = desk, desk.folder / "home-secret"
        self.home.mkdir()
        self.world = w = desk.world
        self.ca = ca = w.ca("Secret CA", desk.root)
        self.people = {
            "alice": w.end_entity("Alice", ca, ext=BOTH),
            "bob": w.end_entity("Bob", ca, ext=BOTH),
            "carol": w.end_entity("Carol", ca, key="rsa2048-01", ext=RSA),
            "dora": w.end_entity("Dora", ca, key="x25519:Dora", ext={"keyUsage": x.key_usage("keyAgreement")}),
            "dh": w.end_entity("Dh", ca, key="dh2048/1", ext={"keyUsage": x.key_usage("keyAgreement")}),
            "sealed": w.end_entity("Sealed", ca),
            "eku": w.end_entity("Eku", ca, ext=BOTH | {"extKeyUsage": x.ext_key_usage("clientAuth")}),
            "old": w.end_entity("Old", ca, ext=BOTH, not_before=days(-900), not_after=days(-100)),
            "gone": w.end_entity("Gone", ca, ext=BOTH),
            "edwards": w.end_entity("Edwards", ca, key="ed25519:Edwards"),
            "older": w.end_entity("Twice", ca, ext=BOTH, not_before=days(-200)),
            "newer": w.end_entity("Twice", ca, key="p256:newer", ext=BOTH, not_before=days(-20)),
        }
        for bits in ("keyAgreement encipherOnly", "keyAgreement decipherOnly", "keyAgreement encipherOnly decipherOnly", "encipherOnly"):
            name = bits.replace("keyAgreement", "k").replace(" ", "").lower()
            self.people[name] = w.end_entity(name, ca, ext={"keyUsage": x.key_usage(*bits.split())})
        for name, ciphers in (("gcm", ("aes128-GCM",)), ("cbc", ("aes256-CBC", "aes128-CBC")), ("tdes", ("des-ede3-cbc",))):
            self.people[name] = w.end_entity(name, ca, ext=BOTH | {"smimeCapabilities": x.smime_capabilities(
                *((CIPHERS[cipher], b"") for cipher in ciphers))})
        desk.put("secret-ca.crt", ca.cert)
        desk.put("secret-ca.crl", w.crl(ca, [self.people["gone"]]).der)
        desk.put("secret.eml", MAIL)
        desk.put("pass", b"secret\n")
        desk.put("everybody.p7c", b"".join(keys.pem("CERTIFICATE", one.cert) for one in self.people.values()))
        self.run("import", "everybody.p7c", "secret-ca.crt", "secret-ca.crl", "root.crl", "--at", rfc3339(NOW))
        for name in ("alice", "bob", "carol", "dora", "dh"):
            desk.put(f"{name}.crt", self.people[name].cert)
            desk.put(f"{name}.key", pem_key(self.people[name]))
            os.chmod(desk.folder / f"{name}.key", 0o600)
        for name in ("alice", "bob"):
            self.run("import", f"{name}.key", "--passphrase-file", "pass", "--at", rfc3339(NOW))
        self.run("trust", "--yes", "root.crt", "--at", rfc3339(NOW))

    def run(self, *arguments, **options):
        return self.desk.run(*arguments, home=self.home, **options)

    def encrypt(self, *arguments, **options):
        return self.run("encrypt", *AT, *arguments, **options)

    def plan(self, *arguments):
        return results(self.encrypt("--plan", "--json", *arguments))[0]

    def decrypt(self, octets, *arguments, **options):
        self.desk.put("encrypted.eml", octets)
        return self.run("decrypt", *AT, "--passphrase-file", "pass", "encrypted.eml", *arguments, **options)


def squeezed(entity, **options):
    """An application/pkcs7-mime entity with compressed data."""
    return mime.opaque(cms.compressed_data(entity, **options), smime_type="compressed-data", name="smime.p7z")


def entity_of(mail):
    """(The header fields of MAIL that do not describe its content, the entity.)"""
    header, _, body = mail.replace(b"\r\n", b"\n").partition(b"\n\n")
    fields = re.split(rb"\n(?![ \t])", header)
    of_content = [one for one in fields if one.lower().startswith(b"content-")]
    others = [one for one in fields if one not in of_content]
    return b"\n".join(others) + b"\n", b"\n".join(of_content) + b"\n\n" + body


def compressed_mail(mail, times=1, **options):
    """MAIL with its entity compressed."""
    fields, entity = entity_of(mail)
    for _ in range(times):
        entity = squeezed(entity, **options)
    return fields + entity


CIPHERS = {"aes128-GCM": "2.16.840.1.101.3.4.1.6", "aes256-CBC": "2.16.840.1.101.3.4.1.42", "aes128-CBC": "2.16.840.1.101.3.4.1.2",
           "des-ede3-cbc": "1.2.840.113549.3.7"}


def expect(what, found, wanted):
    return [] if found == wanted else [f"{what}: {found!r}, expected {wanted!r}"]


def codes(plan):
    return sorted({one["code"] for one in plan["findings"]})


def told(outcome):
    """The JSON objects on standard error."""
    return [json.loads(line) for line in outcome.stderr.decode().splitlines() if line.startswith("{")]


def to(*names):
    return [word for name in names for word in ("--only-to", f"{name}@example.com")]


def declare(plan, desk):
    room = Room(desk)

    @plan.add("C-ENV-6 C-ENV-9 E-42 D-ALG-5", "mail is encrypted to its recipient and its sender by AES-256-GCM, and both can read it")
    def _():
        done = room.encrypt("secret.eml")
        wrong = desk.ended(done, 0, out=("smime-type=authEnveloped-data", "Subject: A test"), lacks=("swordfish",), quiet="err")
        for name in ("alice", "bob"):
            opened = room.decrypt(done.stdout, "--key", f"{name}.key", "--cert", f"{name}.crt")
            wrong += desk.ended(opened, 4, "aes-256-gcm", out=("swordfish", "Subject: A test", "From: Alice"))
        return wrong

    @plan.add("C-ENV-4", "the key is found among all in the database, and opened only when it is named")
    def _():
        done = room.encrypt("secret.eml")
        stranger = room.encrypt("secret.eml", "--no-self", *to("carol"))
        desk.put("wrong-pass", b"guess\n")
        return (desk.ended(room.decrypt(done.stdout), 4, out=("swordfish",)) +
                desk.ended(room.decrypt(stranger.stdout), 3, "NOT_DECRYPTED", "not encrypted to any of the keys", quiet="out") +
                desk.ended(room.run("decrypt", *AT, "--passphrase-file", "wrong-pass", "encrypted.eml"), 3, quiet="out", lacks=("passphrase",)) +
                desk.refused(room.decrypt(done.stdout, "--passphrase-file", "wrong-pass"), "passphrase"))

    @plan.add("C-ENV-1 C-ENV-2 C-ENV-3", "each kind of key gets its own method, and opens the message")
    def _():
        wrong = []
        methods = {"bob": "ECDH P-256", "carol": "RSAES-PKCS1-v1_5", "dora": "X25519", "dh": "DH"}
        for name, method in methods.items():
            found = room.plan("secret.eml", "--no-self", *to(name))
            done = room.encrypt("secret.eml", "--no-self", *to(name))
            opened = room.decrypt(done.stdout, "--key", f"{name}.key", "--cert", f"{name}.crt")
            wrong += expect(name, found["recipients"][0]["method"], method) + desk.ended(opened, 4, out=("swordfish",))
        done = room.encrypt("secret.eml", "--no-self", "--oaep", *to("carol"))
        return wrong + desk.ended(room.decrypt(done.stdout, "--key", "carol.key", "--cert", "carol.crt"), 4, out=("swordfish",))

    @plan.add("D-ALG-5 C-ENV-7", "each cipher by name; what does not authenticate is told when it is opened")
    def _():
        wrong = []
        for cipher in ("aes256-gcm", "aes128-gcm", "chacha20-poly1305", "aes256-cbc", "aes128-cbc", "compat", "3des-cbc"):
            done = room.encrypt("secret.eml", "--cipher", cipher, *to("bob"))
            opened = room.decrypt(done.stdout)
            malleable = cipher.endswith("cbc") or cipher == "compat"
            wrong += desk.ended(opened, 4, *(("MALLEABLE",) if malleable else ()), out=("swordfish",))
            wrong += expect(f"{cipher} is weak", b"too weak" in done.stderr, cipher == "3des-cbc")
            wrong += expect(f"{cipher} told", b"MALLEABLE" in opened.stderr, malleable)
        return wrong + desk.refused(room.encrypt("secret.eml", "--cipher", "rc2"), "--cipher")

    for name, code in (("sealed", "KU_FORBIDS"), ("eku", "EKU_FORBIDS"), ("old", "CERT_EXPIRED"), ("gone", "CERT_REVOKED"),
                       ("edwards", "KU_FORBIDS")):
        @plan.add("C-ENV-5 A-1-1 A-4.2-3", f"nothing is encrypted to a certificate with {code} ({name}), and nothing is written")
        def _(name=name):
            target = desk.folder / f"{name}.out"
            done = room.encrypt("secret.eml", *to("bob", name, "carol"), "-o", str(target))
            return (desk.ended(done, 1, "nothing is encrypted", "NO_RECIPIENT_CERT", f"{name}@example.com", quiet="out") +
                    (["a file was written"] if target.exists() else []) +
                    expect("certificate", [one["certificate"] is None for one in
                                           room.plan("secret.eml", "--no-self", *to("bob", name, "carol"))["recipients"]],
                           [False, True, False]))

    @plan.add("A-4.4.4-2 A-4.4.4-1", "a recipient's extended key usage must have mail in it")
    def _():
        return desk.ended(room.encrypt("secret.eml", *to("eku")), 1, "eku@example.com", "extended key usage", quiet="out")

    for name, allowed in (("kencipheronly", True), ("kdecipheronly", False), ("kencipheronlydecipheronly", False), ("encipheronly", False)):
        @plan.add("A-4.4.2.1-2 E-17", f"encrypting by agreement with {name} is {'allowed' if allowed else 'refused'}")
        def _(name=name, allowed=allowed):
            return desk.ended(room.encrypt("secret.eml", *to(name)), 0 if allowed else 1)

    @plan.add("A-4-1", "a recipient of whom there is no certificate is told, and nothing is written; --partial leaves out")
    def _():
        done = room.encrypt("secret.eml", *to("bob", "nobody"))
        partial = room.encrypt("secret.eml", "--partial", *to("bob", "nobody"))
        return (desk.ended(done, 1, "NO_RECIPIENT_CERT", "nobody@example.com", "no certificate", quiet="out") +
                desk.ended(partial, 0, "nobody@example.com is left out", out=("authEnveloped-data",)) +
                desk.ended(room.encrypt("secret.eml", "--partial", *to("nobody")), 1, quiet="out") +
                desk.ended(room.encrypt("secret.eml", "--only-to", "no address"), 1, "no mail address", quiet="out"))

    @plan.add("A-5-1", "the plan lists each recipient with the fingerprint, and why of two certificates the newer one")
    def _():
        text = room.encrypt("secret.eml", "--plan", "--explain", "--no-self", *to("twice"))
        found = room.plan("secret.eml", "--no-self", *to("twice"))["recipients"][0]
        newer, older = room.people["newer"], room.people["older"]
        return (desk.ended(text, 0, out=("twice@example.com", newer.sha256, older.sha256, "newer")) +
                expect("chosen", found["certificate"]["sha256"], newer.sha256) +
                expect("candidates", len(found["candidates"]), 2) +
                desk.ended(room.encrypt("secret.eml", "--plan", "-o", "plan.out", *to("bob")), 0) +
                (["the plan wrote a message"] if (desk.folder / "plan.out").exists() else []))

    @plan.add("C-ENV-9 D-CAP-1", "what the certificates say that is read decides the cipher, in their order")
    def _():
        return (expect("gcm", room.plan("secret.eml", *to("gcm"))["cipher"], "aes128-gcm") +
                expect("cbc", room.plan("secret.eml", *to("cbc"))["cipher"], "aes256-cbc") +
                expect("cbc and unknown", room.plan("secret.eml", *to("bob", "cbc"))["cipher"], "aes256-cbc"))

    @plan.add("C-ENV-9 C-SEL-1 D-SIG-1", "what signed mail said is remembered: the certificate preferred, and what its holder reads; an expired one is told")
    def _():
        w, one, preferred = desk.world, room.people["newer"], room.people["older"]
        signer = w.end_entity("Twice", room.ca, key="p256:signer")
        desk.put("said.eml", w.signed_mail(signer, "Twice <twice@example.com>", certs=[signer, room.ca, preferred], add=[
            at.smime_capabilities(at.capability("aes128-cbc"), at.capability("aes256-cbc")), at.key_preference(preferred)]))
        before = room.plan("secret.eml", "--no-self", *to("twice"))
        kept = room.run("verify", *AT, "said.eml")
        after = room.plan("secret.eml", "--no-self", *to("twice"))
        other = results(room.run("encrypt", "--offline", "--at", rfc3339(days(200)), "--revocation", "off", "--plan", "--json", "--no-self",
                                 *to("old"), "secret.eml"))[0]
        return (desk.ended(kept, 0) + expect("before", (before["cipher"], before["recipients"][0]["certificate"]["sha256"]), ("aes256-gcm", one.sha256)) +
                expect("after", (after["cipher"], after["recipients"][0]["certificate"]["sha256"]), ("aes128-cbc", preferred.sha256)) +
                expect("expired", (other["ready"], "expired" in other["recipients"][0]["why"]), (False, True)))

    @plan.add("C-ENV-8 E-42", "no cipher for all, or a weak one only: refused until one is named")
    def _():
        return (desk.ended(room.encrypt("secret.eml", *to("gcm", "cbc")), 1, "ALG_UNSUPPORTED", "--cipher", quiet="out") +
                desk.ended(room.encrypt("secret.eml", *to("tdes")), 1, "ALG_UNSUPPORTED", quiet="out") +
                desk.ended(room.encrypt("secret.eml", "--cipher", "aes256-cbc", *to("gcm", "cbc")), 0))

    @plan.add("C-ENV-6", "Bcc is not in what is written, and what it still shows is told; the sender's lack of a certificate is no hindrance")
    def _():
        desk.put("bcc.eml", MAIL.replace(b"Subject:", b"Cc: dora@example.com\nBcc: carol@example.com\nSubject:").replace(b"alice", b"zoe"))
        done = room.encrypt("bcc.eml")
        plan = room.plan("bcc.eml")
        return (desk.ended(done, 0, "carol@example.com", "blind carbon copy", "zoe@example.com will not be able", out=("Cc: dora@example.com",)) +
                (["Bcc is in the message"] if b"carol" in done.stdout.lower() else []) +
                expect("fields", [one["field"] for one in plan["recipients"]], ["To", "Cc", "Bcc", "self"]) +
                desk.ended(room.decrypt(done.stdout, "--key", "carol.key", "--cert", "carol.crt"), 4, out=("swordfish",)))

    @plan.add("C-ENV-5", "certificates by file, for who they name and for somebody they alone know")
    def _():
        desk.put("dave.crt", desk.world.end_entity("Dave", room.ca, ext=BOTH).cert)
        nameless = desk.world.end_entity("Nameless", room.ca, email=None, ext=BOTH)
        desk.put("nameless.crt", nameless.cert)
        return (desk.ended(room.encrypt("secret.eml", "--cert", "dave.crt", *to("dave")), 0) +
                desk.ended(room.encrypt("secret.eml", *to("dave")), 1) +
                expect("nameless", room.plan("secret.eml", "--cert", "nameless.crt")["recipients"][-1]["certificate"]["sha256"], nameless.sha256) +
                desk.ended(room.encrypt("secret.eml", "--cert", "pass"), 2, "pass", quiet="out"))

    @plan.add("C-ENV-5", "what is no file of certificates is told in the same words as by path, and nothing is written")
    def _():
        desk.put("broken.crt", keys.pem("CERTIFICATE", room.people["bob"].cert) + keys.pem("CERTIFICATE", room.people["bob"].cert[:-9]))
        wrong = []
        for name, word in (("pass", "pass: "), ("root.crl", "holds no certificate"), ("bob.key", "expected"), ("broken.crt", "expected"), ("nothere.crt", "No such file")):
            refused, judged = room.encrypt("secret.eml", "--cert", name), room.run("path", "--no-store", *AT, "--anchor", "root.crt", name)
            wrong += desk.ended(refused, 2, name, word, quiet="out") + expect(name, refused.stderr, judged.stderr)
        return wrong

    @plan.add("C-ENV-5 E-9", "eleven hundred in one field, some of them twice, all of one certificate: each is planned for once, and it is encrypted to once")
    def _():
        everybody = [f"p{number}@example.com" for number in range(1100)]
        crowd = desk.world.end_entity("Crowd", room.ca, emails=everybody, ext=BOTH)
        desk.put("crowd.crt", crowd.cert)
        desk.put("crowd.eml", MAIL.replace(b"Bob <bob@example.com>", ",\n ".join(everybody).encode() + b"\nCc: P7@EXAMPLE.com, p1099@example.com"))
        plan = room.plan("crowd.eml", "--cert", "crowd.crt", "--no-self")
        done = room.encrypt("crowd.eml", "--cert", "crowd.crt", "--no-self")
        desk.put("crowd.p7m", done.stdout)
        shown = desk.run("show", "crowd.p7m", "--json")
        return (desk.ended(done, 0) + expect("planned", [one["address"] for one in plan["recipients"]], everybody) +
                expect("certificates", {one["certificate"]["sha256"] for one in plan["recipients"]}, {crowd.sha256}) +
                expect("recipient informations", shown.stdout.count(b'"issuer"'), 1))

    @plan.add("C-ENV-1 C-ENV-4", "signed first, then encrypted: what is inside is judged when it is opened")
    def _():
        done = room.encrypt("secret.eml", "--sign", "--passphrase-file", "pass")
        opened = room.decrypt(done.stdout, "--json")
        found = told(opened)
        return (desk.ended(done, 0, out=("authEnveloped-data",), lacks=("swordfish", "multipart/signed")) +
                desk.ended(opened, 0, out=("swordfish", "multipart/signed")) +
                expect("outcome", [one.get("outcome", one.get("verdict")) for one in found], ["opened", "GOOD"]) +
                expect("authenticated", found[0]["authenticated"], True) +
                desk.refused(room.encrypt("secret.eml", "--key", "alice.key"), "--sign"))

    @plan.add("C-ENV-1", "what was changed on its way is told alike, and nothing of it is given out")
    def _():
        wrong = []
        for cipher in ("aes256-gcm", "aes256-cbc"):
            octets = room.encrypt("secret.eml", "--cipher", cipher, *to("bob")).stdout
            body = octets.index(b"\n\n" if b"\n\n" in octets else b"\r\n\r\n") + 4
            at = len(octets) - 12
            bad = octets[:at] + (b"A" if octets[at:at + 1] != b"A" else b"B") + octets[at + 1:]
            done = room.decrypt(bad)
            wrong += desk.ended(done, (3,) if cipher == "aes256-gcm" else (3, 4), *(("was changed",) if cipher == "aes256-gcm" else ()))
            wrong += ["something was given out"] if cipher == "aes256-gcm" and done.stdout else []
            wrong += [] if body < at else ["no body"]
        return wrong

    @plan.add("C-MIME-5", "what is not encrypted is told with exit status 4; what stands around an encrypted part is left out")
    def _():
        inner = room.encrypt("secret.eml", *to("bob")).stdout
        header, _, body = inner.replace(b"\r\n", b"\n").partition(b"\n\n")
        part = b"\n".join(line for line in header.split(b"\n") if line.startswith((b"Content-", b" ", b"\t")))
        mixed = (b"From: x@example.org\nTo: bob@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
                 b"Content-Type: text/html\n\n<img src='http://example.org/\n--x\n" + part + b"\n\n" + body + b"\n--x\n"
                 b"Content-Type: text/html\n\n'>\n--x--\n")
        done = room.decrypt(mixed)
        return (desk.ended(room.decrypt(MAIL), 4, "nothing in it is encrypted", quiet="out") +
                desk.ended(done, 4, "left out", out=("swordfish", "From: x@example.org"), lacks=("<img",)))

    @plan.add("C-ENV-10", "compressed, then encrypted: what is given is what was compressed")
    def _():
        wrong = []
        for times in (1, 3):
            desk.put("squeezed.eml", compressed_mail(MAIL, times))
            done = room.encrypt("squeezed.eml", *to("bob"))
            wrong += desk.ended(done, 0) + desk.ended(room.decrypt(done.stdout), 4, "is compressed", out=(
                "swordfish", "Subject: A test", "Content-Type: text/plain"), lacks=("pkcs7-mime",))
        return wrong

    @plan.add("C-ENV-10", "signed, compressed, then encrypted: opened, and the signature judged; compressed in the signature, too")
    def _():
        signing = ("--key", "alice.key", "--cert", "alice.crt", "--passphrase-file", "pass")
        signed = room.run("sign", *AT, *signing, "secret.eml")
        desk.put("outside.eml", compressed_mail(signed.stdout))
        desk.put("squeezed.eml", compressed_mail(MAIL))
        desk.put("inside.eml", room.run("sign", *AT, *signing, "squeezed.eml").stdout)
        wrong = desk.ended(signed, 0)
        for name in ("outside.eml", "inside.eml"):
            opened = room.decrypt(room.encrypt(name, *to("bob")).stdout, "--json")
            wrong += desk.ended(opened, 0, "is compressed")
            wrong += expect(name, [(one["verdict"], one["signed"]) for one in told(opened) if "verdict" in one], [("GOOD", "whole")])
        return wrong

    @plan.add("C-ENV-10", "encrypted, then compressed: by a mail program, by a gateway beside other parts, as a bare object")
    def _():
        sealed = room.encrypt("secret.eml", *to("bob")).stdout
        fields, entity = entity_of(sealed)
        mixed = fields + mime.multipart([mime.text("Hello"), squeezed(entity)])
        bare = cms.compressed_data(sealed)
        inner = mime.base64.b64decode(entity.partition(b"\n\n")[2])
        direct = cms.compressed_data(cms.inside(inner), "authEnvelopedData")
        twice = cms.compressed_data(cms.inside(direct), "compressedData")
        wrong = []
        for octets in (compressed_mail(sealed), compressed_mail(sealed, 4), bare, direct, twice):
            wrong += desk.ended(room.decrypt(octets), 4, "is compressed", "aes-256-gcm", out=("swordfish",), lacks=("left out",))
        wrong += desk.ended(room.decrypt(mixed), 4, "left out", out=("swordfish", "Subject: A test"), lacks=("Hello",))
        return wrong

    @plan.add("C-ENV-10", "compressed around encrypted around compressed around encrypted: each is opened, in any of the forms of BER")
    def _():
        octets = room.encrypt("secret.eml", *to("bob")).stdout
        for ber in (True, "long"):
            desk.put("layer.eml", compressed_mail(octets, ber=ber))
            octets = room.encrypt("layer.eml", *to("bob")).stdout
        return desk.ended(room.decrypt(compressed_mail(octets)), 4, out=("swordfish", "Content-Type: text/plain"))

    @plan.add("C-ENV-10", "compressed, and nothing is encrypted; or it cannot be opened, so that nobody knows")
    def _():
        part = mime.entity([("Content-Type", "multipart/mixed; boundary=x")], b"--x\r\n\r\nHello\r\n--x\r\n" + squeezed(MAIL) + b"\r\n--x--\r\n")
        sealed = room.encrypt("secret.eml", *to("bob")).stdout
        options = ("--budget", "memory=200000")
        desk.put("large.eml", compressed_mail(MAIL + b"x" * 200000))
        large = room.encrypt("large.eml", *to("bob")).stdout
        squeezer = zlib.compressobj(9)
        bomb = b"".join(squeezer.compress(bytes(1 << 20)) for _ in range(600)) + squeezer.flush()
        return (desk.ended(room.decrypt(compressed_mail(sealed, stream=bomb)), 3, "which is all that may", quiet="out") +
                desk.ended(room.decrypt(compressed_mail(MAIL)), 4, "nothing in it is encrypted", quiet="out") +
                desk.ended(room.decrypt(b"From: a@example.com\r\n" + part), 4, "nothing in it is encrypted", quiet="out") +
                desk.ended(room.decrypt(compressed_mail(sealed, stream=b"\x78\x9c")), 3, "the end of the compressed content", quiet="out") +
                desk.ended(room.decrypt(compressed_mail(sealed, version=1)), 3, "in version 1", quiet="out") +
                desk.ended(room.decrypt(compressed_mail(sealed, 5)), 3, "there is more inside", quiet="out") +
                desk.ended(room.decrypt(compressed_mail(MAIL + b"x" * 200000), *options), 3, "more than 100000 octets", quiet="out") +
                desk.ended(room.decrypt(large, *options), 3, "more than 100000 octets", out=("compressed-data",)))

    @plan.add("A-5-1", "files are written whole, privately and not over others; wrong usage is told")
    def _():
        done = room.encrypt("secret.eml", *to("bob")).stdout
        target = desk.folder / "clear.eml"
        wrong = desk.ended(room.decrypt(done, "-o", str(target)), 4, quiet="out")
        wrong += expect("mode", oct(target.stat().st_mode & 0o777), "0o600")
        wrong += desk.refused(room.encrypt("secret.eml", *to("bob"), "-o", str(target)), "clear.eml")
        wrong += desk.refused(room.run("decrypt", *AT, "--cert", "bob.crt", "encrypted.eml"), "--key")
        wrong += desk.refused(room.encrypt("secret.eml", "secret.eml"), "one message")
        desk.put("loose-secret.key", pem_key(room.people["bob"]))
        os.chmod(desk.folder / "loose-secret.key", 0o644)
        wrong += desk.refused(room.run("decrypt", *AT, "--key", "loose-secret.key", "encrypted.eml"), "chmod 600")
        desk.put("broken.eml", b"no header at all")
        return wrong + desk.ended(room.encrypt("broken.eml", *to("bob")), (1, 2))


main(declare)
