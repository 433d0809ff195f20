# SPDX-License-Identifier: Apache-2.0
"""Fresh keys, certificates and CRLs by the openssl program, and runs of signet on what other tools sign with them.

Nothing here is fixed in time: openssl dates everything by the clock, and signet judges for one hour after that.
"""

import re
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

from harness import run_tool

from pki import mime
from pki.times import rfc3339
from runner.case import Expectation, Run
from runner.compare import differences
from runner.execute import execute

CA_EXTENSIONS = """basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
"""
PERSON_EXTENSIONS = """keyUsage=critical,digitalSignature,nonRepudiation
extendedKeyUsage=emailProtection
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=email:{email}
"""
CA_CONFIG = """[ca]
default_ca=one
[one]
database={folder}/index.txt
crlnumber={folder}/crlnumber
default_md=sha256
default_crl_days=30
crl_extensions=crl
[crl]
authorityKeyIdentifier=keyid
"""
KEYS = {
    "rsa2048": ["RSA", "rsa_keygen_bits:2048"], "rsa3072": ["RSA", "rsa_keygen_bits:3072"],
    "p256": ["EC", "ec_paramgen_curve:P-256"], "p384": ["EC", "ec_paramgen_curve:P-384"], "ed25519": ["ED25519"], "sealed": ["RSA", "rsa_keygen_bits:2048"],
}


class Person:
    """A key, its certificate and the address in it."""

    def __init__(self, name, folder):
        self.name, self.email = name, f"{name.lower()}@example.com"
        self.key, self.cert = folder / f"{name}.key", folder / f"{name}.pem"


class Workshop:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.ca = self.person("CA", "rsa2048", issuer=None)
        self.at = self._not_before(self.ca) + timedelta(hours=1)

    def run(self, *arguments, **options):
        """The output of another tool; `ToolFailure` if it is not content."""
        return run_tool(self.folder, *arguments, **options)

    def openssl(self, *arguments, **options):
        return self.run("openssl", *arguments, **options)

    # --- people

    def person(self, name, kind="rsa2048", issuer="CA", public=None):
        """A fresh key and its certificate; `issuer=None` makes a self-signed CA. `public`: the file of another key, to
        stand in the certificate instead."""
        one = Person(name, self.folder)
        algorithm, *options = KEYS[kind]
        parameters = [word for option in options for word in ("-pkeyopt", option)]
        self.openssl("genpkey", "-algorithm", algorithm, *parameters, "-out", one.key)
        if issuer is None:
            self._self_signed(one)
        else:
            self._issued(one, kind, public)
        return one

    def _self_signed(self, one):
        lines = CA_EXTENSIONS.strip().splitlines()
        extensions = [word for line in lines for word in ("-addext", line)]
        self.openssl("req", "-x509", "-new", "-key", one.key, "-sha256", "-days", "100", "-subj", f"/O=Interop/CN={one.name}",
                     "-config", self._file("req.cnf", "[req]\ndistinguished_name=dn\n[dn]\n"), *extensions, "-out", one.cert)

    def _issued(self, one, kind, public):
        more = ["-force_pubkey", public] if public else []
        extensions = PERSON_EXTENSIONS.format(email=one.email)
        if kind == "sealed":
            extensions = extensions.replace("nonRepudiation", "keyEncipherment")
        request = self.folder / f"{one.name}.csr"
        self.openssl("req", "-new", "-key", one.key, "-subj", f"/O=Interop/CN={one.name}", "-config", self.folder / "req.cnf", "-out", request)
        self.openssl("x509", "-req", "-in", request, "-CA", self.ca.cert, "-CAkey", self.ca.key, "-days", "50", "-sha256",
                     "-set_serial", str(1000 + len(list(self.folder.glob("*.csr")))),
                     "-extfile", self._file(f"{one.name}.ext", extensions), *more, "-out", one.cert)

    def _not_before(self, one):
        text = self.openssl("x509", "-in", one.cert, "-noout", "-startdate").decode().strip().split("=", 1)[1]
        return datetime.strptime(re.sub(" +", " ", text), "%b %d %H:%M:%S %Y GMT").replace(tzinfo=timezone.utc)

    def crl(self, *revoked):
        """A fresh CRL of the CA that lists these people."""
        config = self._file("ca.cnf", CA_CONFIG.format(folder=self.folder))
        self._file("index.txt", "")
        self._file("crlnumber", "01\n")
        signer = ["-config", config, "-cert", self.ca.cert, "-keyfile", self.ca.key]
        for one in revoked:
            self.openssl("ca", *signer, "-revoke", one.cert, "-crl_reason", "keyCompromise")
        self.openssl("ca", *signer, "-gencrl", "-out", self.folder / "ca.crl")
        return (self.folder / "ca.crl").read_bytes()

    def _file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    # --- signet

    def verify(self, message, expect, *, name="message.eml", certs=(), crl=None, content=None, email=None, **expectation):
        """What is wrong with signet's judgement of `message`, as lines."""
        files = {name: message, "anchor.pem": self.ca.cert.read_bytes()}
        arguments = ["verify", name, "--anchor", "anchor.pem", "--at", rfc3339(self.at), "--no-store", "--offline", "--json"]
        for one in certs:
            files[one.cert.name] = one.cert.read_bytes()
            arguments += ["--certs", one.cert.name]
        if crl is None:
            arguments += ["--revocation", "off"]
        else:
            files["ca.crl"] = crl
            arguments += ["--crls", "ca.crl"]
        if content is not None:
            files["content"] = content
            arguments += ["--content", "content"]
        if email is not None:
            arguments += ["--email", email]
        place = self.folder / "run"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for file, octets in files.items():
            (place / file).write_bytes(octets)
        for list_of_words in ("signatures", "addresses"):
            if isinstance(expectation.get(list_of_words), str):
                expectation[list_of_words] = expectation[list_of_words].split()
        run = Run(arguments, files, Expectation(verdict=expect, **expectation))
        return differences(run, execute(arguments, place))


def mail(body, from_):
    """`body`, an entity with its own Content-Type, as a mail."""
    return mime.message([("From", from_), ("To", "bob@example.org"), ("Subject", "Interop")], body)
