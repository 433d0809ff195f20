#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""signet sign as it is meant: which own certificate signs, what goes along, what is refused, where the passphrase is from."""

import os
import shutil
import subprocess

from desk import NOW, Skip, days, main, program, results, rfc3339
from pki import attribute_certificate, keys
from pki import extensions as x
from runner.execute import environment

AT = ("--at", rfc3339(NOW), "--offline")
MAIL = b"From: Alice <alice@example.com>\nTo: bob@example.org\nSubject: A test\n\nHello, world.\n"
LOOSE = "loose.key"
ALICE = ("--from", "alice@example.com")


def pem_key(entity):
    return keys.pem("PRIVATE KEY", entity.key.pkcs8())


class Signer:
    """A home with own keys in its database, and their issuers."""

    def __init__(self, desk):
        self.desk, self.home = desk, desk.folder / "home-signer"
        self.home.mkdir()
        w = desk.world
        self.ca = ca = w.ca("Issuer", desk.root)
        self.people = {
            "al": w.end_entity("Al", ca, email="alice@example.com"),
            "old": w.end_entity("Al old", ca, email="alice@example.com", not_before=days(-900), not_after=days(-100)),
            "enc": w.end_entity("Al enc", ca, email="alice@example.com", ext={"keyUsage": x.key_usage("keyAgreement")}),
            "bo": w.end_entity("Bo", ca, email="bo@example.com"),
            "gone": w.end_entity("Gone", ca, email="gone@example.com"),
        }
        desk.put("issuer.crt", ca.cert)
        desk.put("issuer.crl", w.crl(ca, [self.people["gone"]]).der)
        desk.put("m.eml", MAIL)
        desk.put("pass", b"secret\n")
        for name, one in self.people.items():
            desk.put(f"{name}.crt", one.cert)
            desk.put(f"{name}.key", pem_key(one))
            os.chmod(desk.folder / f"{name}.key", 0o600)
            self.run("import", f"{name}.crt", "--at", rfc3339(NOW))
            self.run("import", f"{name}.key", "--passphrase-file", "pass", "--at", rfc3339(NOW))
        self.run("import", "issuer.crt", "issuer.crl", "root.crl", "--at", rfc3339(NOW))
        self.run("trust", "--yes", "root.crt", "--at", rfc3339(NOW))

    def run(self, *arguments, **options):
        return self.desk.run(*arguments, home=self.home, **options)

    def sign(self, *arguments, **options):
        return self.run("sign", *AT, "--passphrase-file", "pass", *arguments, **options)

    def judged(self, octets, *arguments):
        """What `verify` says of a message by what is in the database, and the database alone."""
        self.desk.put("judged.eml", octets)
        return results(self.run("verify", "judged.eml", "--json", "--no-keep", *AT, *arguments))[0]

    def with_file(self, name, *arguments, **options):
        """With key and certificate from files and nothing else but the database's CAs."""
        return self.run("sign", *AT, "--key", f"{name}.key", "--cert", f"{name}.crt", *arguments, **options)


def subjects(plan):
    return sorted(one["subject"].split(",")[0] for one in plan["chain"])


def expect(what, found, wanted):
    return [] if found == wanted else [f"{what}: {found!r}, expected {wanted!r}"]


def embedded(octets):
    """The CMS object of a signed mail, by the openssl program's eyes: none of our own readers."""
    if shutil.which("openssl") is None:
        raise Skip("openssl is not at hand")
    done = subprocess.run(["openssl", "cms", "-cmsout", "-print", "-inform", "SMIME"], input=octets, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def declare(plan, desk):
    signer = Signer(desk)

    @plan.add("A-3-10", "the own certificate is chosen by From among several, and the message verifies")
    def _():
        done = signer.sign("m.eml")
        found = signer.judged(done.stdout)
        return (desk.ended(done, 0, quiet="err") + expect("verdict", found["verdict"], "GOOD") +
                expect("signer", found["signers"][0]["certificate"]["subject"], "CN=Al,O=Example"))

    @plan.add("A-3-10", "what is not in From or Sender signs nothing unless that is forced")
    def _():
        mail = MAIL.replace(b"alice@", b"mallory@")
        desk.put("mallory.eml", mail)
        refused = signer.sign("mallory.eml")
        forced = signer.sign("--signer", signer.people["bo"].sha256, "--force", "address", "mallory.eml")
        return (desk.ended(refused, 1, "nothing is signed", "ADDR_MISMATCH", "address", quiet="out") +
                desk.ended(forced, 0, "set aside") +
                expect("verdict", signer.judged(forced.stdout)["verdict"], "BAD"))

    @plan.add("A-2.3-2 A-2.3-5", "all certificates for the user's keys go along with their issuers, but not the anchor")
    def _():
        plan = results(signer.sign("m.eml", "--plan", "--json"))[0]
        text = embedded(signer.sign("m.eml").stdout)
        return (expect("chain", subjects(plan), ["CN=Al", "CN=Al enc", "CN=Issuer"]) +
                expect("encrypt_to", plan["encrypt_to"]["subject"], "CN=Al enc,O=Example") +
                expect("certificates in the message", text.count("d.certificate:"), 3))

    @plan.add("A-2.3-3", "with --no-certs there is no certificate in the message")
    def _():
        done = signer.sign("m.eml", "--no-certs")
        return desk.ended(done, 0) + expect("certificates", embedded(done.stdout).count("d.certificate:"), 0)

    @plan.add("A-2.3-7a A-2.3-7b", "with --include-root a self-signed root goes along")
    def _():
        done = results(signer.sign("m.eml", "--include-root", "--plan", "--json"))[0]
        return expect("chain", subjects(done), ["CN=Al", "CN=Al enc", "CN=Issuer", "CN=Root"])

    @plan.add("A-2.1-2", "CRLs go along byte for byte when asked for, and a file that is none is refused")
    def _():
        done = signer.sign("m.eml", "--include-crls", "--bare", *ALICE)
        crl = (desk.folder / "issuer.crl").read_bytes()
        wrong = desk.ended(done, 0) + ([] if crl in done.stdout else ["the CRL is not in the message as it is"])
        plain = signer.sign("m.eml", "--bare", *ALICE)
        wrong += ["a CRL goes along unasked"] if crl in plain.stdout else []
        return wrong + desk.refused(signer.sign("m.eml", "--include-crls", "--crls", "al.key"), "al.key")

    @plan.add("A-2.2.1-2", "an attribute certificate of version 1 is never sent, one of version 2 is")
    def _():
        w, one = desk.world, signer.people["al"]
        desk.put("v2.ac", w.attribute_certificate(one, signer.ca))
        desk.put("v1.ac", attribute_certificate.build_v1(subject_name=one.subject, issuer_name=signer.ca.subject, signer_key=signer.ca.key,
                                                         serial=5, not_before=days(-1), not_after=days(1)))
        good = signer.sign("m.eml", "--bare", *ALICE, "--attach-attributes", "v2.ac")
        wrong = desk.ended(good, 0)
        wrong += [] if (desk.folder / "v2.ac").read_bytes()[1:] in good.stdout else ["the attribute certificate is not in the message"]
        return wrong + desk.ended(signer.sign("m.eml", "--attach-attributes", "v1.ac"), 1, "version 1", quiet="out")

    @plan.add("C-AT-7 C-AT-1 C-AT-2 C-AT-3", "contentType, messageDigest, signingTime, capabilities, preference and signingCertificateV2, each once")
    def _():
        text = embedded(signer.sign("m.eml").stdout)
        words = {"contentType": 1, "messageDigest": 1, "signingTime": 1, "S/MIME Capabilities": 1, "id-smime-aa-signingCertificateV2": 1,
                 "id-smime-aa-encrypKeyPref": 1, "UTCTIME:Jun  1 12:00:00 2026 GMT": 1}
        return [f"{word}: {text.count('object: ' + word)}" for word in list(words)[:-1] if text.count("object: " + word) != 1] + (
            [] if "UTCTIME:Jun  1 12:00:00 2026 GMT" in text else ["signingTime is not a UTCTime of the moment"])

    @plan.add("C-MIME-13", "8-bit text is reduced to 7 bits before it is signed")
    def _():
        desk.put("wide.eml", MAIL.replace(b"\n\n", b"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n")
                 .replace(b"world", "Wörld".encode()))
        done = signer.sign("wide.eml")
        return (desk.ended(done, 0) + (["there are octets of 8 bits"] if any(octet > 127 for octet in done.stdout) else []) +
                expect("verdict", signer.judged(done.stdout)["verdict"], "GOOD"))

    @plan.add("C-MIME-12", "opaque mail says signed-data, smime.p7m; clear-signed mail has its protocol in quotes and smime.p7s")
    def _():
        clear, opaque = signer.sign("m.eml"), signer.sign("m.eml", "--opaque")
        return (desk.ended(clear, 0, out=('multipart/signed; protocol="application/pkcs7-signature"', "micalg=sha-256", 'filename="smime.p7s"')) +
                desk.ended(opaque, 0, out=("application/pkcs7-mime; smime-type=signed-data", 'name="smime.p7m"', 'filename="smime.p7m"')) +
                expect("verdict", signer.judged(opaque.stdout)["verdict"], "GOOD"))

    for name, force, exit, code in (("gone", "revocation", 1, "CERT_REVOKED"), ("old", "validity", 1, "CERT_EXPIRED"),
                                    ("enc", "usage", 1, "KU_FORBIDS")):
        @plan.add("A-1-1 A-4.2-3", f"{code} refuses with the reason, and nothing is written unless {force} is forced")
        def _(name=name, force=force, exit=exit, code=code):
            email = signer.people[name].emails[0].encode()
            desk.put("one.eml", MAIL.replace(b"alice@example.com", email))
            target = desk.folder / f"{name}.out"
            refused = signer.with_file(name, "one.eml", "-o", str(target))
            wrong = desk.ended(refused, exit, code, force, quiet="out") + (["a file was written"] if target.exists() else [])
            for other in ("address", "path", "weak"):
                wrong += desk.ended(signer.with_file(name, "one.eml", "--force", other), exit, code)
            forced = signer.with_file(name, "one.eml", "--force", force, "-o", str(target))
            return wrong + desk.ended(forced, 0, "set aside", force) + ([] if target.exists() else ["no file was written"])

    @plan.add("A-5-F2 A-5-F3", "what is not known refuses with exit status 3")
    def _():
        return (desk.ended(signer.with_file("al", "m.eml", "--no-store"), 3, "NO_TRUST_PATH", quiet="out") +
                desk.ended(signer.with_file("al", "m.eml", "--no-store", "--anchor", "root.crt", "--certs", "issuer.crt"), 3,
                           "REV_UNAVAILABLE", quiet="out"))

    @plan.add("A-5-1", "a private key that everybody can read is refused")
    def _():
        desk.put(LOOSE, pem_key(signer.people["al"]))
        os.chmod(desk.folder / LOOSE, 0o644)
        wrong = desk.refused(signer.run("sign", *AT, "--key", LOOSE, "--cert", "al.crt", "m.eml"), LOOSE, "chmod 600")
        os.chmod(desk.folder / LOOSE, 0o600)
        return wrong + desk.ended(signer.run("sign", *AT, "--key", LOOSE, "--cert", "al.crt", "m.eml"), 0)

    @plan.add("", "the passphrase comes from a file, a descriptor or the command in signet.conf; a wrong one is told")
    def _():
        desk.put("agent.conf", f"[keys]\npassphrase-command = cat {desk.folder}/pass\n".encode())
        desk.put("failing.conf", b"[keys]\npassphrase-command = exit 3\n")
        desk.put("wrong", b"guess\n")
        read, write = os.pipe()
        os.write(write, b"secret\n")
        os.close(write)
        by_descriptor = subprocess.run([program(), "sign", *AT, "--passphrase-fd", str(read), "m.eml"], cwd=desk.folder,
                                       env=environment(signer.home), pass_fds=[read], capture_output=True, timeout=60, check=False)
        os.close(read)
        return (expect("exit by descriptor", by_descriptor.returncode, 0) +
                desk.ended(signer.run("sign", *AT, "--config", "agent.conf", "m.eml"), 0) +
                desk.ended(signer.run("sign", *AT, "--config", "failing.conf", "m.eml"), 2, "passphrase-command", quiet="out") +
                desk.ended(signer.run("sign", *AT, "--passphrase-file", "wrong", "m.eml"), 2, "passphrase", quiet="out"))

    @plan.add("", "the plan writes nothing but what would be done, and names the losers")
    def _():
        target = desk.folder / "planned.eml"
        done = signer.sign("m.eml", "--plan", "-o", str(target))
        found = results(signer.sign("m.eml", "--plan", "--json"))[0]
        whys = {one["certificate"]["subject"].split(",")[0]: one["why"] for one in found["candidates"]}
        return (desk.ended(done, 0, out=("ready to sign", "CN=Al,O=Example", "expired on", "it is for bo@example.com")) +
                (["a file was written"] if target.exists() else []) +
                expect("ready", found["ready"], True) + expect("candidates", len(found["candidates"]), 5) +
                expect("expired", whys["CN=Al old"], "expired on 2026-02-21"))

    @plan.add("", "an output file is not overwritten unasked, and its mode is that of other files")
    def _():
        target = desk.folder / "kept.eml"
        target.write_bytes(b"old")
        wrong = desk.ended(signer.sign("m.eml", "-o", str(target)), 2, "exists already")
        wrong += expect("content", target.read_bytes(), b"old")
        wrong += desk.ended(signer.sign("m.eml", "-o", str(target), "--overwrite"), 0, quiet="out")
        return wrong + expect("verdict", signer.judged(target.read_bytes())["verdict"], "GOOD")

    @plan.add("", "a bare signature over any file verifies with --content, and not over another")
    def _():
        desk.put("data.bin", bytes(range(256)) * 100)
        desk.put("data.p7s", signer.sign("--bare", *ALICE, "data.bin").stdout)
        wrong = desk.ended(signer.run("verify", *AT, "data.p7s", "--content", "data.bin", "--email", "alice@example.com"), 0, out=("GOOD",))
        desk.put("other.bin", bytes(range(255)))
        wrong += desk.ended(signer.run("verify", *AT, "data.p7s", "--content", "other.bin"), 1, out=("DIGEST_MISMATCH",))
        return wrong + desk.ended(signer.sign("--bare", "data.bin"), 3, "nothing says who signs", quiet="out")

    @plan.add("A-5-7", "digests that prove nothing cannot be asked for")
    def _():
        return [line for word in ("md2", "md5", "sha1", "sha224", "") for line in desk.refused(signer.sign("m.eml", "--digest", word), "digest")]

    @plan.add("", "options that contradict each other, unknown words and several messages are refused")
    def _():
        return [line for arguments in (("--force", "all"), ("--cert", "al.crt"), ("--pkcs12", "x.p12", "--key", "al.key"), ("m.eml",),
                                       ("--signer", "zz"), ("--key", "absent.key"), ("--attach-attributes", "al.crt"))
                for line in desk.refused(signer.sign("m.eml", *arguments))]

    @plan.add("", "a message without a header, and one with two From lines, are refused with the reason")
    def _():
        desk.put("bare.txt", b"no header at all")
        desk.put("two.eml", b"From: alice@example.com\n" + MAIL)
        return (desk.refused(signer.sign("bare.txt"), "cannot be sent", "header") +
                desk.ended(signer.sign("two.eml"), 1, "From fields", quiet="out"))

    @plan.add("", "PKCS #12 signs as well")
    def _():
        made = signer.run("export", signer.people["al"].sha256, "--form", "p12", "-o", "al.p12", "--passphrase-file", "pass")
        os.chmod(desk.folder / "al.p12", 0o600)
        done = signer.sign("--pkcs12", "al.p12", "m.eml")
        return desk.ended(made, 0) + desk.ended(done, 0) + expect("verdict", signer.judged(done.stdout)["verdict"], "GOOD")

    @plan.add("C-SEL-1 C-AT-3", "correspondents encrypt to the certificate that the signature prefers, when it is expired to the next, and without "
              "a word of its holder to the newest")
    def _():
        w = desk.world
        both = x.key_usage("digitalSignature", "keyEncipherment")
        duo = w.end_entity("Duo", signer.ca, key="rsa2048-01", not_after=days(5), ext={"keyUsage": both})
        newer = w.end_entity("Duo newer", signer.ca, email="duo@example.com", not_before=days(-10), key="rsa2048-02",
                             ext={"keyUsage": x.key_usage("keyEncipherment")})
        for name, one in (("duo", duo), ("newer", newer)):
            desk.put(f"{name}.crt", one.cert)
        desk.put("duo.key", pem_key(duo))
        os.chmod(desk.folder / "duo.key", 0o600)
        desk.put("duo.eml", MAIL.replace(b"alice@", b"duo@"))
        made = signer.with_file("duo", "duo.eml")
        desk.put("from-duo.eml", made.stdout)
        home = desk.folder / "home-receiver"
        home.mkdir()

        def chosen(moment):
            listed = results(desk.run("list", "--json", "--purpose", "encrypt", "--at", rfc3339(moment), "duo@example.com", home=home))
            return ([one["subject"] for one in listed if one["choice"]["chosen"]],
                    {one["subject"]: one["choice"]["why"] for one in listed})

        desk.run("import", "duo.crt", "newer.crt", "issuer.crt", "root.crl", "issuer.crl", "--at", rfc3339(NOW), home=home)
        desk.run("trust", "--yes", "root.crt", "--at", rfc3339(NOW), home=home)
        before, _ = chosen(NOW)
        verified = desk.run("verify", "from-duo.eml", *AT, home=home)
        preferred, _ = chosen(NOW)
        after, whys = chosen(days(6))
        return (desk.ended(made, 0) + desk.ended(verified, 0) + expect("without a word", before, ["CN=Duo newer,O=Example"]) +
                expect("preferred", preferred, ["CN=Duo,O=Example"]) + expect("expired", after, ["CN=Duo newer,O=Example"]) +
                expect("told", whys.get("CN=Duo,O=Example"), "expired on 2026-06-06"))


main(declare)
