#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Inputs of a hundred megabytes within six hundred of address space and a minute: a verdict or a word, never a crash."""

import os

from desk import JUDGED, days, main, results
from pki import crl

# A program with sanitizers in it is slow, and its memory cannot be bounded.
SIZE = (10 if os.environ.get("SIGNET_SANITIZED") else 100) * 1024 * 1024
MEMORY = 600


def declare(plan, desk):
    def judged(name, octets, exit, **options):
        desk.put(name, octets)
        try:
            return desk.ended(desk.judge(name, memory=MEMORY, **options), exit)
        finally:
            (desk.folder / name).unlink()

    @plan.add("E-9 A-4.2-1", "zeros")
    def _():
        return judged("zeros", bytes(SIZE), (1, 2, 3, 4))

    @plan.add("E-9 A-4.2-1", "one line of text, and a million and more lines of it")
    def _():
        return judged("line", b"x" * SIZE, (1, 2, 3, 4)) + judged("lines", b"Hello, world\n" * (SIZE // 13), (1, 2, 3, 4))

    @plan.add("E-9 A-4.2-1", "header fields without end, and one that has none")
    def _():
        return judged("fields", b"X-A: b\n" * (SIZE // 7), (0, 1, 2, 3, 4)) + judged("field", b"Subject: " + b"x" * SIZE, (1, 2, 3, 4))

    @plan.add("E-9 A-4.2-1", "open brackets of DER and BER, and base64 of nothing")
    def _():
        wrong = judged("ber", b"\x30\x80" * (SIZE // 2), (1, 2, 3, 4))
        wrong += judged("der", b"\x30\x84\x06\x3f\xff\xf0" + b"\x06\x01\x2a" * (SIZE // 3), (1, 2, 3, 4))
        return wrong + judged("base64", b"MIAG" * (SIZE // 4), (1, 2, 3, 4))

    @plan.add("C-MIME-7 E-9", "a multipart/signed with a body of a hundred megabytes: good, and bad with one octet changed")
    def _():
        part = b"Content-Type: text/plain\r\n\r\n" + b"A line of text that is signed with all the others.\r\n" * (SIZE // 52)
        mail = desk.world.signed_mail(desk.alice, part=part)
        wrong = judged("big.eml", mail, 0)
        at = mail.index(b"A line") + SIZE // 2
        return wrong + judged("big.eml", mail[:at] + b"\x01" + mail[at + 1:], 1)

    @plan.add("C-MIME-7 E-9", "the same, stored with LF line ends, and standard input")
    def _():
        part = b"Content-Type: text/plain\r\n\r\n" + b"A line of text that is signed with all the others.\r\n" * (SIZE // 52)
        mail = desk.world.signed_mail(desk.alice, part=part, line_ends="lf")
        return judged("big.eml", mail, 0) + desk.ended(desk.judge("-", stdin=mail), 0)

    @plan.add("C-MIME-9 E-9", "an opaque message of thirty megabytes in base64")
    def _():
        part = b"Content-Type: text/plain\r\n\r\n" + b"A line of text that is signed with all the others.\r\n" * (SIZE // 52 * 3 // 10)
        return judged("big.eml", desk.world.signed_mail(desk.alice, part=part, form="opaque"), (0, 3))

    @plan.add("C-MIME-8 E-9", "a hundred megabytes of delimiters")
    def _():
        head = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n'
        return judged("parts", head + b"--b\n\n" * (SIZE // 5), (1, 2, 3, 4))

    @plan.add("A-2.1-4 B-CRL-22 E-9", "a CRL of a million entries")
    def _():
        desk.put("big.crl", desk.world.crl(desk.root, entries=crl.many(1000000, days(-10), first=10 ** 6), number=9, register=False).der)
        wrong = desk.ended(desk.judge("good.eml", "--crls", "big.crl", memory=MEMORY), 0)
        return wrong + desk.ended(desk.run("show", "big.crl", "--entries", "2", memory=MEMORY), 0)

    @plan.add("A-2.3-6 E-9", "an anchor file of two thousand certificates")
    def _():
        desk.put("many.pem", desk.root.pem * 2000)
        outcome = desk.run("verify", "good.eml", "--anchor", "many.pem", *JUDGED[2:], "--json", memory=MEMORY)
        return desk.ended(outcome, 0) + ([] if results(outcome)[0]["verdict"] == "GOOD" else ["not good"])


if __name__ == "__main__":
    main(declare)
