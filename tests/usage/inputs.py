#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Files that are none, empty, cut, forbidden, of another kind; several at once; standard input."""

import shutil

from desk import JUDGED, cms, main, mime, program, results
from runner.unprivileged import unprivileged

RANKS = {"good.eml": 0, "plain.eml": 4, "unknown.eml": 3, "weak.eml": 1, "bad.eml": 1, "missing.eml": 2}
# Worst first, as the contract has it: trouble, bad or weak, unknown, not signed, good.
ORDER = (2, 1, 3, 4, 0)


def worst(*names):
    return min((RANKS[name] for name in names), key=ORDER.index)


def declare(plan, desk):
    # --- one file -----------------------------------------------------------------------------------------

    @plan.add("A-4.2-1", "each verdict has its exit status")
    def _():
        return [f"{name}: {line}" for name, exit in RANKS.items() for line in desk.ended(desk.judge(name), exit)]

    @plan.add("A-4.2-1", "a file that is not there")
    def _():
        wrong = [line for verb in ("verify", "path", "show") for line in desk.refused(desk.run(verb, "missing.eml"), "missing.eml")]
        for option in ("--anchor", "--certs", "--crls", "--content", "--pin-ca"):
            wrong += [f"{option}: {line}" for line in desk.refused(desk.judge("good.eml", option, "missing"), "missing")]
        return wrong

    @plan.add("A-4.2-1", "a directory in place of a file")
    def _():
        (desk.folder / "directory").mkdir()
        wrong = [line for verb in ("verify", "path", "show") for line in desk.refused(desk.run(verb, "directory"), "directory")]
        return wrong + desk.refused(desk.judge("good.eml", "--content", "directory"), "directory")

    @plan.add("A-4.2-1", "a path through a file, a name that is too long, an empty name")
    def _():
        return [line for name in ("good.eml/x", "x" * 5000, "", "\n") for line in desk.refused(desk.judge(name))]

    @plan.add("A-4.2-1", "an empty file, as message, certificate, CRL and anchor")
    def _():
        desk.put("empty", b"")
        wrong = [f"{verb}: {line}" for verb in ("verify", "path") for line in desk.refused(desk.run(verb, "empty"), "empty")]
        wrong += desk.ended(desk.run("show", "empty"), 2, "empty")
        for option in ("--anchor", "--certs", "--crls"):
            wrong += [f"{option}: {line}" for line in desk.refused(desk.judge("good.eml", option, "empty"), "empty")]
        return wrong

    @plan.add("A-4.2-1 C-MIME-7", "a message cut at every place: a verdict or a word, never good")
    def _():
        wrong = []
        end = desk.good.rindex(b"--signet-boundary--")
        for at in [1, 2, 10] + list(range(20, end - 1, max(1, end // 60))):
            desk.put("cut.eml", desk.good[:at])
            wrong += [f"cut at {at}: {line}" for line in desk.ended(desk.judge("cut.eml"), (1, 2, 3, 4))]
        return wrong

    @plan.add("A-4.2-1 B-ENC-7", "a certificate and a CRL cut at every place")
    def _():
        wrong = []
        cert, crl = (desk.folder / "alice.crt").read_bytes(), (desk.folder / "root.crl").read_bytes()
        for at in range(1, len(cert), 17):
            desk.put("cut.crt", cert[:at])
            wrong += desk.refused(desk.run("path", "cut.crt", *JUDGED), "cut.crt") + desk.ended(desk.run("show", "cut.crt"), 2)
        for at in range(1, len(crl), 17):
            desk.put("cut.crl", crl[:at])
            wrong += desk.refused(desk.judge("good.eml", "--crls", "cut.crl"), "cut.crl")
        return wrong

    @plan.add("A-4.2-1", "files of another kind: a message as anchor, a certificate as message, a CRL as certificate")
    def _():
        wrong = [line for option in ("--anchor", "--certs") for line in desk.refused(desk.judge("good.eml", option, "plain.eml"), "plain.eml")]
        wrong += desk.refused(desk.judge("good.eml", "--anchor", "root.crl")) + desk.refused(desk.run("path", "root.crl"), "root.crl")
        return wrong + desk.ended(desk.judge("alice.crt"), (1, 2, 4), lacks=("GOOD",)) + desk.ended(desk.judge("root.crl"), (1, 2, 4), lacks=("GOOD",))

    @plan.add("A-4.2-1", "octets of every kind: zeros, text, noise, a program, line ends")
    def _():
        wrong = []
        noise = bytes((n * 7919 + n // 3) % 256 for n in range(20000))
        for octets in (b"\x00" * 5000, b"Hello\n" * 500, noise, noise[::-1], b"\n", b"\r", b"\x00", b"\x7fELF" + noise, b"\r\n" * 3000, b"\xef\xbb\xbf",
                       b"\xff\xfeF\x00r\x00o\x00m\x00", b"-----BEGIN CERTIFICATE-----\n", b"-----BEGIN PKCS7-----\n-----END PKCS7-----\n"):
            desk.put("octets", octets)
            wrong += [f"{octets[:20]!r}: {line}" for line in desk.ended(desk.judge("octets"), (1, 2, 4), lacks=("GOOD  ",))]
            wrong += desk.ended(desk.run("show", "octets"), (0, 2)) + desk.refused(desk.run("path", "octets"))
        return wrong

    @plan.add("A-4.2-1", "a byte-order mark before a good message: judged, or not taken for signed, but never bad")
    def _():
        desk.put("bom.eml", b"\xef\xbb\xbf" + desk.good)
        return desk.ended(desk.judge("bom.eml"), (0, 3, 4))

    @plan.add("A-4.2-1", "a file that may not be read")
    def _():
        launcher = unprivileged(program(), "--version")
        desk.folder.chmod(0o755)
        for name in ("secret.eml", "secret.crt"):
            desk.put(name, desk.good)
            (desk.folder / name).chmod(0)
        wrong = desk.refused(desk.judge("secret.eml", launcher=launcher), "secret.eml", "denied")
        wrong += desk.refused(desk.judge("good.eml", "--anchor", "secret.crt", launcher=launcher), "secret.crt", "denied")
        return wrong + desk.refused(desk.run("show", "secret.eml", launcher=launcher), "secret.eml", "denied")

    @plan.add("A-4.2-1", "a directory that may not be read")
    def _():
        launcher = unprivileged(program(), "--version")
        locked = desk.folder / "locked"
        locked.mkdir(mode=0)
        wrong = desk.ended(desk.judge("--recursive", "locked", launcher=launcher), 2, "locked")
        wrong += desk.refused(desk.judge("good.eml", "--anchor", "locked", launcher=launcher), "locked")
        locked.chmod(0o755)
        return wrong

    @plan.add("A-4.2-1", "nothing is written beside the files that are judged")
    def _():
        place = desk.folder / "quiet"
        place.mkdir()
        for name in ("good.eml", "root.crt", "root.crl"):
            shutil.copy(desk.folder / name, place)
        before = sorted(str(one) for one in place.rglob("*"))
        home = desk.folder / "quiet-home"
        home.mkdir()
        wrong = desk.ended(desk.run("verify", "quiet/good.eml", *JUDGED, home=home), 0)
        return wrong + ([] if sorted(str(one) for one in place.rglob("*")) == before else ["a file came or went"]) + (
            [] if not list(home.iterdir()) else ["something is in the home directory"])

    # --- standard input -----------------------------------------------------------------------------------

    @plan.add("A-4.2-1", "- is standard input, for the message and for what stands beside it")
    def _():
        root = (desk.folder / "root.crt").read_bytes()
        wrong = desk.ended(desk.judge("-", stdin=desk.good), 0, out=("GOOD",)) + desk.ended(desk.judge("-", stdin=b""), 2, "standard input")
        wrong += desk.ended(desk.run("show", "-", stdin=root), 0, out=("Root",))
        wrong += desk.ended(desk.run("path", "-", *JUDGED, stdin=(desk.folder / "alice.crt").read_bytes()), 0, out=("GOOD",))
        return wrong + desk.ended(desk.run("verify", "good.eml", "--anchor", "-", *JUDGED[2:], stdin=root), 0, out=("GOOD",))

    @plan.add("A-4.2-1", "standard input twice: the second finds nothing, and that is told")
    def _():
        return desk.ended(desk.judge("-", "-", stdin=desk.good), 2, out=("GOOD",))

    @plan.add("A-4.2-1", "standard input closed, or a directory")
    def _():
        shell = ("sh", "-c", '"$0" "$@" <&-')
        wrong = desk.ended(desk.judge("-", launcher=shell), 2, "signet")
        return wrong + desk.ended(desk.judge("-", launcher=("sh", "-c", '"$0" "$@" </')), 2, "signet")

    @plan.add("A-4.2-1", "nothing is asked and nothing is read from standard input unless it was named")
    def _():
        return desk.ended(desk.judge("good.eml", stdin=b"y\n" * 100), 0) + desk.ended(desk.judge("unknown.eml", stdin=b"y\n"), 3)

    # --- several ------------------------------------------------------------------------------------------

    @plan.add("A-4.2-1 D-ADM-1", "several inputs: the worst decides, trouble above all, and each has its result")
    def _():
        names, wrong = list(RANKS), []
        for first in names:
            for second in names:
                outcome = desk.judge(first, second, "--json")
                wrong += [f"{first} {second}: {line}" for line in desk.ended(outcome, worst(first, second))]
                told = [one["input"] for one in results(outcome)]
                wrong += [] if told == [one for one in (first, second) if one != "missing.eml"] else [f"{first} {second}: results of {told}"]
        return wrong

    @plan.add("A-4.2-1 D-ADM-1", "a hundred inputs, one of them bad")
    def _():
        outcome = desk.judge(*["good.eml"] * 50, "bad.eml", *["good.eml"] * 49, "--json")
        verdicts = [one["verdict"] for one in results(outcome)]
        return desk.ended(outcome, 1) + ([] if verdicts == ["GOOD"] * 50 + ["BAD"] + ["GOOD"] * 49 else [f"verdicts {verdicts}"])

    @plan.add("A-2.3-8", "what one message brings does not help the next one")
    def _():
        w = desk.world
        ca = w.ca("Between", desk.root)
        w.crl(ca)
        carol = w.end_entity("Carol", ca)
        desk.put("carol-full.eml", w.signed_mail(carol))
        desk.put("carol-bare.eml", w.signed_mail(carol, certs=[carol]))
        desk.put("carol.crl", w.crl(ca).der)
        outcome = desk.judge("carol-full.eml", "carol-bare.eml", "--crls", "carol.crl", "--json")
        verdicts = [one["verdict"] for one in results(outcome)]
        return [] if verdicts == ["GOOD", "UNKNOWN"] else [f"verdicts {verdicts}", outcome.stderr.decode()]

    @plan.add("C-CO-3", "certificates and CRLs in DER, PEM, bundles, .p7c and directories")
    def _():
        root, crl = desk.root, desk.world.crl(desk.root, register=False)
        desk.put("all.pem", b"text around\n" + root.pem + b"more\n" + crl.pem + desk.alice.pem)
        desk.put("all.p7c", cms.certs_only([root.cert, desk.alice.cert], [crl.der]))
        for name in ("a.pem", "b.crt"):
            desk.put(f"anchors/{name}", root.pem if name == "a.pem" else root.cert)
        desk.put("anchors/README", b"These are the CAs we trust.\n")
        wrong = []
        for anchor, crls in (("all.pem", "all.pem"), ("all.p7c", "all.p7c"), ("anchors", "root.crl")):
            wrong += [f"{anchor}: {line}" for line in desk.ended(
                desk.run("verify", "good.eml", "--anchor", anchor, "--crls", crls, *JUDGED[4:]), 0, out=("GOOD",))]
        return wrong


if __name__ == "__main__":
    main(declare)
