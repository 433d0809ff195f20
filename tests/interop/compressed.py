#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mail compressed by the openssl program, inside and outside of signatures and of what is encrypted, where it has zlib."""

from harness import AT, SECRET, TEXT, Correspondence, main

from pki import cms, mime

FIELDS = b"From: Alice <alice@example.com>\nTo: you@example.com\nSubject: Short\n"
LONG = TEXT + b"The password is swordfish.\r\n" * 50


class Desk(Correspondence):
    def __init__(self, folder):
        super().__init__(folder)
        self.join("alice", "Alice", "rsa2048-01", "digitalSignature", "keyEncipherment")

    def cms(self, octets, *arguments):
        """What `openssl cms` makes of OCTETS. That it has no zlib is no fault of ours."""
        self.put("in", octets)
        return self.openssl("cms", *arguments, "-in", "in")

    def compress(self, octets, *options):
        return self.cms(octets, "-compress", *options)

    def sign(self, octets, *options):
        return self.cms(octets, "-sign", "-signer", "alice.pem", "-inkey", "alice.key", *options)

    def verified(self, octets, name="theirs.eml"):
        self.put(name, octets)
        done = self.signet("verify", *AT, "--anchor", "root.crt", "--crls", "root.crl", "--email", "alice@example.com", name)
        wanted = done.exit == 0 and b"compressed" in done.stdout
        return [] if wanted else [f"exit status {done.exit}, {done.stdout[:500]!r}, {done.stderr.decode()[:500]}"]


def declare(plan, folder, ending):
    desk = Desk(folder)

    @plan.add("C-ENV-10", "openssl compresses what is signed: clear, opaque, as DER, PEM and in pieces")
    def _():
        wrong = []
        for options in ((), ("-nodetach",)):
            signed = desk.sign(LONG, *options)
            wrong += desk.verified(FIELDS + desk.compress(signed)) + desk.verified(FIELDS + desk.compress(signed, "-stream"))
            wrong += desk.verified(desk.compress(signed, "-outform", "DER"), "theirs.p7z")
            wrong += desk.verified(desk.compress(signed, "-outform", "PEM"), "theirs.pem")
        return wrong

    @plan.add("C-ENV-10", "openssl signs what it compressed: clear and opaque")
    def _():
        squeezed = desk.compress(LONG)
        return desk.verified(FIELDS + desk.sign(squeezed)) + desk.verified(FIELDS + desk.sign(squeezed, "-nodetach"))

    @plan.add("C-ENV-10", "openssl encrypts what it compressed, and compresses what it encrypted")
    def _():
        encrypt = ("-encrypt", "-aes256", "-recip", "alice.pem")
        return (desk.opened(FIELDS + desk.cms(desk.compress(LONG), *encrypt), "alice") +
                desk.opened(FIELDS + desk.compress(desk.cms(LONG, *encrypt)), "alice"))

    @plan.add("C-ENV-10", "openssl opens what the tests make")
    def _():
        squeezed = mime.opaque(cms.compressed_data(LONG, ber=True), smime_type="compressed-data", name="smime.p7z")
        return [] if SECRET in desk.cms(squeezed, "-uncompress") else ["another text"]


main(declare, "openssl")
