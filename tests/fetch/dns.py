#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The DNS: knot with signed zones, one that lies, one that nobody signed; and name servers that are none."""

import hashlib
import re
import subprocess
import threading
import time
import socket

from yard import PATIENCE, Service, differs, free_port, main, program
from runner.plan import Skip

SMIMEA = bytes.fromhex("030000") + b"\x30\x03\x02\x01\x05"
CERT = bytes.fromhex("000100000000") + b"\x30\x00"  # PKIX, no key tag, no algorithm (RFC 4398 2)


def owner(local):
    return hashlib.sha256(local.encode()).hexdigest()[:56] + "._smimecert"


def generic(rdata):
    return f"\\# {len(rdata)} {rdata.hex()}"


def zone(name, *records):
    head = f"$ORIGIN {name}.\n$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n"
    return head + "".join(record + "\n" for record in records)


class Knot:
    """`zones`: name -> (text, to be signed)."""

    def __init__(self, yard, name, zones):
        self.yard, self.folder, self.port = yard, yard.folder / name, free_port()
        self.folder.mkdir()
        self.conf = self.folder / "conf"
        text = f"server:\n  listen: 127.0.0.1@{self.port}\n  rundir: {self.folder}\n  background-workers: 1\n  tcp-workers: 1\n  udp-workers: 1\n"
        text += f"log:\n  - target: stderr\n    any: error\ndatabase:\n  storage: {self.folder}\n"
        text += "policy:\n  - id: small\n    algorithm: ecdsap256sha256\n    single-type-signing: on\nzone:\n"
        for domain, (records, signed) in zones.items():
            (self.folder / f"{domain}.zone").write_text(records)
            text += f"  - domain: {domain}.\n    storage: {self.folder}\n    file: {domain}.zone\n    semantic-checks: off\n"
            text += "    dnssec-signing: on\n    dnssec-policy: small\n    zonefile-sync: 0\n" if signed else ""
        self.conf.write_text(text)
        self.signed = [domain for domain, (_, signed) in zones.items() if signed]
        self.service = yard.keep(Service([program("knotd"), "-c", self.conf], self.port, self.folder))

    def signed_zone(self, domain):
        """The zone file as knot wrote it when it had signed it."""
        path = self.folder / f"{domain}.zone"
        for _ in range(PATIENCE * 10):
            if "RRSIG" in path.read_text():
                return path.read_text()
            time.sleep(0.1)
        raise Skip(f"knot did not sign {domain}")

    def anchors(self):
        text = ""
        for domain in self.signed:
            self.signed_zone(domain)
            run = subprocess.run([program("keymgr"), "-c", self.conf, f"{domain}.", "ds"], capture_output=True, text=True, check=True)
            text += "".join(line.replace(" DS ", " IN DS ") + "\n" for line in run.stdout.splitlines() if " DS " in line)
        return text


def declare(plan, yard):
    hugh, quoted = owner("hugh"), owner("a b")
    records = [
        f"{hugh} TYPE53 {generic(SMIMEA)}", f"{hugh} TYPE53 {generic(SMIMEA[:-1] + b'2')}", f"{quoted} TYPE53 {generic(SMIMEA)}",
        f"{owner('Hugh')} TYPE53 {generic(SMIMEA[:-1] + b'3')}", f"{owner('alias')} CNAME {hugh}", f"{owner('away')} CNAME {hugh}.unsigned.example.",
        f"{owner('other')} TXT here", f"hugh TYPE37 {generic(CERT)}", f"hugh\\.b TYPE37 {generic(CERT)}",
        "sub DNAME signed2.example.", "insecure NS ns", f"{owner('big')} TYPE53 {generic(SMIMEA + bytes(3000))}",
    ]
    knot = Knot(yard, "knot", {
        "signed.example": (zone("signed.example", *records), True),
        "signed2.example": (zone("signed2.example", f"{hugh} TYPE53 {generic(SMIMEA)}"), True),
        "forged.example": (zone("forged.example", f"{hugh} TYPE53 {generic(SMIMEA)}", f"hugh TYPE37 {generic(CERT)}"), True),
        "unsigned.example": (zone("unsigned.example", f"{hugh} TYPE53 {generic(SMIMEA)}"), False),
        "insecure.signed.example": (zone("insecure.signed.example", f"{hugh} TYPE53 {generic(SMIMEA)}"), False),
    })
    anchor = yard.folder / "anchor"
    anchor.write_text(knot.anchors())
    signed = knot.signed_zone("forged.example")
    forged = re.sub(r"(?im)^(c93f\S*\s+\d+\s+(?:IN\s+)?(?:SMIMEA|TYPE53)\s+.*)05\s*$", r"\g<1>06", signed)
    other = Knot(yard, "liar", {"forged.example": (forged, False)})
    asked = ("--anchor", anchor, "--forward", f"127.0.0.1@{knot.port}", "--timeout", 20000)
    lied = ("--anchor", anchor, "--forward", f"127.0.0.1@{other.port}", "--timeout", 20000)

    @plan.add("D-RET-1", "the RFC's example has the owner name that the RFC gives it")
    def _():
        return [] if hugh == "c93f1e400f26708f98cb19d936620da35eec8f72e57f9eec01c1afd6._smimecert" else [hugh]

    @plan.add("D-RET-1 A-4-2 A-4-1", "SMIMEA records of a signed zone, all of them")
    def _():
        return differs(yard.one(*asked, "smimea", "hugh@signed.example"), "done",
                       values=[("SMIMEA", SMIMEA), ("SMIMEA", SMIMEA[:-1] + b"2")])

    @plan.add("D-RET-1", "the local part is hashed as it is: its case, and without its quotes")
    def _():
        wrong = differs(yard.one(*asked, "smimea", "Hugh@SIGNED.example"), "done", values=[("SMIMEA", SMIMEA[:-1] + b"3")])
        wrong += differs(yard.one(*asked, "smimea", '"hugh"@signed.example'), "done")
        return wrong + differs(yard.one(*asked, "smimea", '"a b"@signed.example'), "done", values=[("SMIMEA", SMIMEA)])

    @plan.add("D-RET-1", "aliases are followed while they are proven: CNAME, DNAME")
    def _():
        wrong = differs(yard.one(*asked, "smimea", "alias@signed.example"), "done")
        return wrong + differs(yard.one(*asked, "smimea", "hugh@sub.signed.example"), "done", values=[("SMIMEA", SMIMEA)])

    @plan.add("D-RET-1", "an answer that needs TCP")
    def _():
        return differs(yard.one(*asked, "smimea", "big@signed.example"), "done", values=[("SMIMEA", SMIMEA + bytes(3000))])

    @plan.add("D-RET-1", "larger than may be")
    def _():
        return differs(yard.one(*asked, "--max-bytes", 1000, "smimea", "big@signed.example"), "too-large")

    @plan.add("D-RET-1", "no such name, and no such record, both proven")
    def _():
        wrong = differs(yard.one(*asked, "smimea", "nobody@signed.example"), "absent", "proven", "no such name")
        return wrong + differs(yard.one(*asked, "smimea", "other@signed.example"), "absent", "proven", "no such record")

    @plan.add("D-RET-1", "a zone that nobody signed, under an anchor and without, and an alias into one")
    def _():
        wrong = []
        for address in ("hugh@unsigned.example", "hugh@insecure.signed.example", "nobody@unsigned.example", "away@signed.example"):
            wrong += differs(yard.one(*asked, "smimea", address), "unproven", "not signed")
        return wrong

    @plan.add("D-RET-1", "a record that was changed after it was signed, and a denial without proof")
    def _():
        if forged == signed:
            return ["nothing was forged"]
        wrong = differs(yard.one(*asked, "smimea", "hugh@forged.example"), "done")
        wrong += differs(yard.one(*lied, "smimea", "hugh@forged.example"), "unproven", "false")
        return wrong + differs(yard.one(*lied, "cert", "hugh@forged.example"), "done")

    @plan.add("D-RET-1", "a signed zone that is served without its signatures")
    def _():
        stripped = Knot(yard, "stripped", {"signed.example": (zone("signed.example", *records), False)})
        options = ("--anchor", anchor, "--forward", f"127.0.0.1@{stripped.port}", "--timeout", 20000)
        return differs(yard.one(*options, "smimea", "hugh@signed.example"), "unproven", "false") + differs(
            yard.one(*options, "smimea", "nobody@signed.example"), "unproven", "false")

    @plan.add("D-RET-1", "CERT records, also of a local part with a dot in it")
    def _():
        wrong = differs(yard.one(*asked, "cert", "hugh@signed.example"), "done", values=[("CERT", CERT)])
        wrong += differs(yard.one(*asked, "cert", "hugh.b@signed.example"), "done", values=[("CERT", CERT)])
        return wrong + differs(yard.one(*asked, "cert", "none@signed.example"), "absent", "proven")

    @plan.add("D-RET-1", "what has no name in the DNS is not asked for")
    def _():
        wrong = []
        for address in ("hugh@[192.0.2.1]", "hugh", "@signed.example", "", "a b@signed.example", "hugh@" + "x." * 200 + "example"):
            wrong += differs(yard.one(*asked, "smimea", address), "refused")
        return wrong + differs(yard.one(*asked, "cert", "x" * 64 + "@signed.example"), "refused", "label")

    @plan.add("D-RET-1", "no root key: told, and nothing asked")
    def _():
        wrong = differs(yard.one("--anchor", yard.folder / "none", "smimea", "hugh@signed.example"), "unproven", "root key")
        (yard.folder / "noise").write_text("this is no key\n")
        return wrong + differs(yard.one("--anchor", yard.folder / "noise", "--forward", f"127.0.0.1@{knot.port}", "smimea", "hugh@signed.example"),
                               "failed")

    @plan.add("D-RET-1", "a name server that hangs, and one that is not there")
    def _():
        port = free_port(socket.SOCK_DGRAM)
        options = ("--anchor", anchor, "--timeout", 500, "--forward")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", port))
            wrong = differs(yard.one(*options, f"127.0.0.1@{port}", "smimea", "hugh@signed.example"), "timed-out")
        answer = yard.one(*options, f"127.0.0.1@{free_port()}", "smimea", "hugh@signed.example")
        return wrong + ([] if answer["outcome"] in ("timed-out", "failed") else [str(answer)])

    @plan.add("D-RET-1", "a name server that answers noise")
    def _():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noisy:
            noisy.bind(("127.0.0.1", 0))
            noisy.settimeout(PATIENCE)

            def answer():
                try:
                    while True:
                        asked, who = noisy.recvfrom(65536)
                        noisy.sendto(asked[:2] + b"\x81\x80" + b"\xc0\x0c" * 200, who)
                except OSError:
                    pass
            threading.Thread(target=answer, daemon=True).start()
            got = yard.one("--anchor", anchor, "--timeout", 1000, "--forward", f"127.0.0.1@{noisy.getsockname()[1]}", "smimea", "hugh@signed.example")
        return [] if got["outcome"] in ("failed", "timed-out", "unproven") else [str(got)]

    @plan.add("D-RET-1", "many at once, and the caller's deadline")
    def _():
        words = [word for i in range(20) for word in ("smimea", f"n{i}@signed.example")]
        answers = yard.fetch(*asked, *words, "smimea", "hugh@signed.example")
        got = [a["outcome"] for a in answers.by_id()]
        wrong = [] if got == ["absent"] * 20 + ["done"] else [str(got)]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            hung = yard.fetch("--anchor", anchor, "--deadline", 500, "--forward", f"127.0.0.1@{silent.getsockname()[1]}", *words)
        return wrong + ([] if hung.pending == [20] and not hung else [str(hung.pending)])


if __name__ == "__main__":
    main(declare)
