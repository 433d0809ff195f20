#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mail compressed by the openssl program, inside and outside of signatures and of what is encrypted, where it has zlib."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki import cms, keys, mime  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki.times import NOW, rfc3339  # noqa: E402
from pki.world import World  # noqa: E402
from runner.execute import execute  # noqa: E402
from runner.plan import Plan, Skip, skip_all  # noqa: E402

AT = ("--at", rfc3339(NOW), "--offline", "--no-store")
FIELDS = b"From: Alice <alice@example.com>\nTo: you@example.com\nSubject: Short\n"
TEXT = b"Content-Type: text/plain\r\n\r\n" + b"The password is swordfish.\r\n" * 50
plan = Plan()


class Desk:
    def __init__(self, folder):
        self.folder = Path(folder)
        w = World()
        root = w.root()
        alice = w.end_entity("Alice", root, key="rsa2048-01", ext={"keyUsage": x.key_usage("digitalSignature", "keyEncipherment")})
        self.put("root.crt", root.cert)
        self.put("root.crl", w.crl(root).der)
        self.put("alice.pem", keys.pem("CERTIFICATE", alice.cert))
        self.put("alice.key", keys.pem("PRIVATE KEY", alice.key.pkcs8()))
        (self.folder / "alice.key").chmod(0o600)

    def put(self, name, octets):
        (self.folder / name).write_bytes(octets)

    def openssl(self, octets, *arguments):
        """What `openssl cms` makes of OCTETS. That it has no zlib is no fault of ours."""
        self.put("in", octets)
        done = subprocess.run(["openssl", "cms", *arguments, "-in", "in"], cwd=self.folder, capture_output=True, timeout=120, check=False)
        if done.returncode != 0:
            raise Skip(f"openssl cms {arguments[0]}: {done.stderr.decode('utf-8', 'replace').strip()[-200:]}")
        return done.stdout

    def compress(self, octets, *options):
        return self.openssl(octets, "-compress", *options)

    def sign(self, octets, *options):
        return self.openssl(octets, "-sign", "-signer", "alice.pem", "-inkey", "alice.key", *options)

    def verified(self, octets, name="theirs.eml"):
        self.put(name, octets)
        done = execute(["verify", *AT, "--anchor", "root.crt", "--crls", "root.crl", "--email", "alice@example.com", name], self.folder)
        wanted = done.exit == 0 and b"compressed" in done.stdout
        return [] if wanted else [f"exit status {done.exit}, {done.stdout[:500]!r}, {done.stderr.decode()[:500]}"]

    def opened(self, octets):
        self.put("theirs.eml", octets)
        done = execute(["decrypt", *AT, "--key", "alice.key", "--cert", "alice.pem", "theirs.eml"], self.folder)
        return [] if done.exit == 4 and b"swordfish" in done.stdout else [
            f"exit status {done.exit}, {done.stdout[:200]!r}, {done.stderr.decode()[:500]}"]


def declare(desk):
    @plan.add("C-ENV-10", "openssl compresses what is signed: clear, opaque, as DER, PEM and in pieces")
    def _():
        wrong = []
        for options in ((), ("-nodetach",)):
            signed = desk.sign(TEXT, *options)
            wrong += desk.verified(FIELDS + desk.compress(signed)) + desk.verified(FIELDS + desk.compress(signed, "-stream"))
            wrong += desk.verified(desk.compress(signed, "-outform", "DER"), "theirs.p7z")
            wrong += desk.verified(desk.compress(signed, "-outform", "PEM"), "theirs.pem")
        return wrong

    @plan.add("C-ENV-10", "openssl signs what it compressed: clear and opaque")
    def _():
        squeezed = desk.compress(TEXT)
        return desk.verified(FIELDS + desk.sign(squeezed)) + desk.verified(FIELDS + desk.sign(squeezed, "-nodetach"))

    @plan.add("C-ENV-10", "openssl encrypts what it compressed, and compresses what it encrypted")
    def _():
        encrypt = ("-encrypt", "-aes256", "-recip", "alice.pem")
        return (desk.opened(FIELDS + desk.openssl(desk.compress(TEXT), *encrypt)) +
                desk.opened(FIELDS + desk.compress(desk.openssl(TEXT, *encrypt))))

    @plan.add("C-ENV-10", "openssl opens what the tests make")
    def _():
        squeezed = mime.opaque(cms.compressed_data(TEXT, ber=True), smime_type="compressed-data", name="smime.p7z")
        return [] if b"swordfish" in desk.openssl(squeezed, "-uncompress") else ["another text"]


def main():
    if shutil.which("openssl") is None:
        return skip_all("openssl is not installed")
    with tempfile.TemporaryDirectory(prefix="signet-interop-") as folder:
        declare(Desk(folder))
        return plan.run()


if __name__ == "__main__":
    sys.exit(main())
