#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bundles, keys, PKCS #12 files and signatures, exchanged with openssl, gpgsm, certtool and NSS both ways: what the one
writes the other reads, and it is the same set of octets."""

import hashlib
import os
import shutil
import subprocess
import tempfile

from harness import Skip, ToolFailure, main, need
from workshop import Workshop

TEXT = b"Hello,\r\n\r\nplease transfer 100 EUR.\r\n"
FORMS = ("certs-only", "certs-only-pem", "certs-only-mime", "pem")


class Desk:
    def __init__(self, workshop):
        self.workshop, self.folder, self.made = workshop, workshop.folder, {}

    def ours(self, *arguments):
        """The output of the library's readers and writers. The tool keeps what it read until it ends, which is no leak."""
        done = subprocess.run([os.environ["EXCHANGE"], *map(str, arguments)], cwd=self.folder, capture_output=True, timeout=120,
                              env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}, check=False)
        if done.returncode != 0:
            raise AssertionError(f"exchange {arguments[0]}: {done.stderr.decode('utf-8', 'replace').strip()}")
        return done.stdout.decode()

    def person(self, kind):
        if kind not in self.made:
            self.made[kind] = self.workshop.person(f"Ellen{kind}", kind)
        return self.made[kind]

    def hash_of(self, certificate):
        return hashlib.sha256(self.workshop.openssl("x509", "-in", certificate, "-outform", "DER")).hexdigest()

    def hashes(self, text):
        """The certificates of a file of PEM blocks among other lines, as openssl writes them."""
        found, rest = set(), text
        while b"-----BEGIN CERTIFICATE-----" in rest:
            block, rest = rest.split(b"-----BEGIN CERTIFICATE-----", 1)[1].split(b"-----END CERTIFICATE-----", 1)
            octets = self.workshop.openssl("base64", "-d", stdin=block.strip() + b"\n")
            found.add(hashlib.sha256(octets).hexdigest())
        return found

    def listed(self, *arguments):
        return self.ours("list", *arguments).splitlines()


def compare(what, found, expected):
    return [] if set(found) == set(expected) else [f"{what}: {sorted(found)} is not {sorted(expected)}"]


def declare_bundles(plan, desk):
    openssl = desk.workshop.openssl

    def written(form):
        one, crl = desk.person("p256"), desk.folder / "own.crl"
        crl.write_bytes(desk.workshop.crl())
        desk.ours("bundle", form, "out", one.cert, desk.workshop.ca.cert, crl)
        return {desk.hash_of(one.cert), desk.hash_of(desk.workshop.ca.cert)}

    @plan.add("A-4-6 C-CO-1 C-CO-3", "openssl pkcs7 reads our certs-only objects")
    def _():
        wrong = []
        for form, kind in (("certs-only", "DER"), ("certs-only-pem", "PEM")):
            expected = written(form)
            text = openssl("pkcs7", "-inform", kind, "-in", "out", "-print_certs")
            crls = openssl("pkcs7", "-inform", kind, "-in", "out", "-print").count(b"revoked:")
            wrong += compare(form, desk.hashes(text), expected) + ([] if crls == 1 else [f"{form}: {crls} CRLs"])
        return wrong

    @plan.add("A-4-6 C-CO-1", "openssl smime reads our certs-only mail")
    def _():
        expected = written("certs-only-mime")
        openssl("smime", "-pk7out", "-in", "out", "-out", "out.pem")
        return compare("mail", desk.hashes(openssl("pkcs7", "-in", "out.pem", "-print_certs")), expected)

    @plan.add("A-4-6", "openssl reads our PEM, and nothing is lost on the way through each form")
    def _():
        expected = written("pem")
        wrong = compare("pem", desk.hashes(openssl("crl2pkcs7", "-nocrl", "-certfile", "out")), set())
        openssl("crl2pkcs7", "-nocrl", "-certfile", "out", "-out", "back.p7b")
        wrong += compare("crl2pkcs7", desk.hashes(openssl("pkcs7", "-in", "back.p7b", "-print_certs")), expected)
        lines = [f"certificate {one}" for one in expected]
        for form in FORMS:
            written(form)
            got = desk.listed("out")
            wrong += compare(form, [line for line in got if line.startswith("certificate")], lines)
            wrong += [] if sum(line.startswith("crl") for line in got) == 1 else [f"{form}: the CRL is lost"]
        return wrong

    @plan.add("A-4-6 C-CO-3", "openssl crl2pkcs7's output is read by us")
    def _():
        one, wrong = desk.person("p256"), []
        expected = [f"certificate {desk.hash_of(cert)}" for cert in (one.cert, desk.workshop.ca.cert)]
        for kind in ("DER", "PEM"):
            openssl("crl2pkcs7", "-nocrl", "-certfile", one.cert, "-certfile", desk.workshop.ca.cert, "-outform", kind, "-out", "theirs")
            wrong += compare(kind, desk.listed("theirs"), expected)
        return wrong

    @plan.add("A-4-6", "certtool reads our certs-only object")
    def _():
        need("certtool")
        expected = written("certs-only")
        text = desk.workshop.run("certtool", "--p7-info", "--inder", "--infile", "out", "--outfile", "/dev/stdout")
        return compare("certtool", desk.hashes(text), expected)

    @plan.add("A-4-6", "gpgsm imports our certs-only object, and what it exports is read by us")
    def _():
        need("gpgsm")
        with tempfile.TemporaryDirectory(prefix="signet-home-") as home:
            environment = {**os.environ, "GNUPGHOME": home}
            options = ["--batch", "--no-tty", "--disable-dirmngr"]
            wrong = []
            for form in ("certs-only", "certs-only-pem"):
                expected = written(form)
                desk.workshop.run("gpgsm", *options, "--import", "out", environment=environment)
                exported = desk.workshop.run("gpgsm", *options, "--armor", "--export", environment=environment)
                (desk.folder / "exported").write_bytes(exported)
                wrong += compare(form, desk.listed("exported"), [f"certificate {one}" for one in expected])
            return wrong


def declare_keys(plan, desk):
    openssl = desk.workshop.openssl

    @plan.add("C-CO-3", "openssl reads the keys that we write")
    def _():
        wrong = []
        for kind in ("rsa2048", "p384", "ed25519"):
            one = desk.person(kind)
            expected = openssl("pkey", "-in", one.key, "-pubout")
            for form in ("der", "pem", "der-scrypt"):
                desk.ours("key", one.key, "", form, "p\u00e4ss", "key.out")
                got = openssl("pkey", "-in", "key.out", "-inform", "PEM" if form == "pem" else "DER", "-passin", "pass:p\u00e4ss", "-pubout")
                wrong += [] if got == expected else [f"{kind} {form}: another key"]
        return wrong

    @plan.add("C-CO-3", "certtool reads the keys that we write")
    def _():
        need("certtool")
        one = desk.person("p256")
        desk.ours("key", one.key, "", "pem", "secret", "key.out")
        desk.workshop.run("certtool", "--key-info", "--password", "secret", "--infile", "key.out")
        return []


def declare_pkcs12(plan, desk):
    openssl = desk.workshop.openssl

    def lines_of(one):
        own, ca = desk.hash_of(one.cert), desk.hash_of(desk.workshop.ca.cert)
        return [f"certificate {own}", f"certificate {ca}", f"key {own}"]

    def read_back(what, file, one, *passphrase):
        got = [line for line in desk.listed(file, *passphrase) if not line.startswith("name")]
        return compare(what, got, lines_of(one))

    def ours(one, name="Ellen \u00c4"):
        desk.ours("pkcs12", "own.p12", "secret", one.key, one.cert, name, desk.workshop.ca.cert)
        return "own.p12"

    @plan.add("C-CO-3", "openssl's PKCS#12 files of every age are read by us")
    def _():
        wrong, one = [], desk.person("rsa2048")
        for options in ([], ["-legacy"], ["-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-3DES"],
                        ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"], ["-nomac"], ["-macalg", "sha512"],
                        ["-certpbe", "NONE", "-keypbe", "AES-128-CBC"], ["-legacy", "-keypbe", "PBE-SHA1-RC4-128"]):
            openssl("pkcs12", "-export", *options, "-inkey", one.key, "-in", one.cert, "-certfile", desk.workshop.ca.cert,
                    "-passout", "pass:secret", "-out", "theirs.p12")
            wrong += read_back(" ".join(options), "theirs.p12", one, "secret")
        return wrong

    @plan.add("C-CO-3", "openssl reads our PKCS#12 files")
    def _():
        wrong = []
        for kind in ("rsa2048", "p256", "ed25519"):
            one = desk.person(kind)
            text = openssl("pkcs12", "-in", ours(one), "-passin", "pass:secret", "-nodes")
            wrong += compare(kind, desk.hashes(text), {desk.hash_of(one.cert), desk.hash_of(desk.workshop.ca.cert)})
            got = openssl("pkey", "-pubout", stdin=text)
            wrong += [] if got == openssl("pkey", "-in", one.key, "-pubout") else [f"{kind}: another key"]
        return wrong

    @plan.add("C-CO-3", "certtool reads our PKCS#12 files, and we read its")
    def _():
        need("certtool")
        one = desk.person("rsa2048")
        certtool = desk.workshop.run
        text = certtool("certtool", "--p12-info", "--inder", "--password", "secret", "--infile", ours(one), "--outfile", "/dev/stdout")
        wrong = compare("certtool", desk.hashes(text), {desk.hash_of(one.cert), desk.hash_of(desk.workshop.ca.cert)})
        certtool("certtool", "--to-p12", "--load-privkey", one.key, "--load-certificate", one.cert, "--load-ca-certificate",
                 desk.workshop.ca.cert, "--p12-name", "Ellen", "--password", "secret", "--outder", "--outfile", "theirs.p12")
        return wrong + read_back("certtool", "theirs.p12", one, "secret")

    @plan.add("C-CO-3", "NSS imports our PKCS#12 files, and we read what it exports")
    def _():
        need("pk12util")
        need("certutil")
        one, nss = desk.person("rsa2048"), desk.folder / "nss"
        shutil.rmtree(nss, ignore_errors=True)
        nss.mkdir()
        run = desk.workshop.run
        run("certutil", "-N", "-d", nss, "--empty-password")
        run("pk12util", "-i", ours(one), "-d", nss, "-W", "secret", "-K", "")
        run("pk12util", "-o", "theirs.p12", "-n", "Ellen \u00c4", "-d", nss, "-W", "secret", "-K", "")
        return read_back("NSS", "theirs.p12", one, "secret")

    @plan.add("C-CO-3", "gpgsm imports the key of our PKCS#12 file for old readers")
    def _():
        need("gpgsm")
        with tempfile.TemporaryDirectory(prefix="signet-home-") as home:
            environment = {**os.environ, "GNUPGHOME": home}
            with open(os.path.join(home, "gpg-agent.conf"), "w", encoding="ascii") as file:
                file.write("allow-loopback-pinentry\n")
            try:
                desk.workshop.run("gpgsm", "--batch", "--no-tty", "--disable-dirmngr", "--pinentry-mode", "loopback", "--passphrase-fd", "0",
                                  "--import", ours(desk.person("rsa2048"), "old-Ellen"), environment=environment, stdin=b"secret\n")
                listed = desk.workshop.run("gpgsm", "--batch", "--no-tty", "--with-colons", "--list-secret-keys", environment=environment)
            finally:
                subprocess.run(["gpgconf", "--kill", "gpg-agent"], env=environment, check=False, capture_output=True)
            return [] if b"crs:" in listed else ["no secret key was imported"]


def declare_signatures(plan, desk):
    openssl = desk.workshop.openssl

    def verified(kind, form):
        """The content, as openssl gives it when the signature is good."""
        (desk.folder / "content").write_bytes(TEXT)
        one = desk.person(kind)
        desk.ours("sign", "signed", "content", one.key, one.cert, form)
        content = ["-content", "content"] if form.startswith("detached") else []
        return openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", "signed", *content, "-CAfile", desk.workshop.ca.cert,
                       "-purpose", "any")

    @plan.add("C-AT-7", "openssl cms verifies what we sign, with each kind of key and in each form")
    def _():
        rows = [(kind, form) for kind in ("rsa2048", "rsa3072", "p256", "p384") for form in ("detached", "opaque", "opaque-ski")]
        rows += [("rsa2048", form) for form in ("detached-pss", "opaque-pss-sha512", "opaque-sha512")]
        wrong = []
        for kind, form in rows:
            try:
                wrong += [] if verified(kind, form) == TEXT else [f"{kind} {form}: another content"]
            except ToolFailure as failure:
                wrong.append(f"{kind} {form}: {failure}")
        return wrong

    @plan.add("C-AT-7", "openssl cms verifies what we sign with Ed25519, where it can with signed attributes")
    def _():
        return [] if verified("ed25519", "detached") == verified("ed25519", "opaque") == TEXT else ["another content"]

    @plan.add("C-AT-7", "openssl cms shows all six signed attributes, each once")
    def _():
        (desk.folder / "content").write_bytes(TEXT)
        one = desk.person("p256")
        desk.ours("sign", "signed", "content", one.key, one.cert, "opaque")
        text = openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", "signed").decode("utf-8", "replace")
        names = ("contentType (", "messageDigest (", "signingTime (", "S/MIME Capabilities (", "id-smime-aa-encrypKeyPref (",
                 "id-smime-aa-signingCertificateV2 (")
        return [f"{name}: {text.count('object: ' + name)} times" for name in names if text.count("object: " + name) != 1]


def declare(plan, folder, ending):
    desk = Desk(Workshop(folder))
    for each in (declare_bundles, declare_keys, declare_pkcs12, declare_signatures):
        each(plan, desk)


main(declare, "openssl")
