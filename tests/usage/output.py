#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What comes out: a full disk, a closed pipe, colours, JSON by the line, and octets that would command a terminal."""

import json
import os
import pty
import subprocess

from desk import ESCAPES, JUDGED, NOW, Skip, main, mime, program, results, rfc3339
from pki import names
from pki import extensions as x
from pki import general_names as gn

CONTROL = [chr(n) for n in range(32) if n not in (9, 10)] + ["\x7f"] + [chr(n) for n in range(0x80, 0xA0)] + [
    "\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2028", "\u200e", "\u200f"]


def no_commands(outcome):
    """No octet on either stream that a terminal would obey or that would turn the text around."""
    found = []
    for name, stream in (("output", outcome.stdout), ("error", outcome.stderr)):
        text = stream.decode("utf-8", "surrogateescape")
        found += [f"{one!r} on standard {name}" for one in CONTROL if one in text]
        found += [f"octets that are no UTF-8 on standard {name}"] if any("\udc80" <= one <= "\udcff" for one in text) else []
    return found


def declare(plan, desk):
    # --- where the output goes ----------------------------------------------------------------------------

    @plan.add("A-5-2 A-4.2-1", "a full disk under the output: exit status 2 and a message, whatever the verdict")
    def _():
        if not os.path.exists("/dev/full"):
            raise Skip("there is no /dev/full")
        wrong = []
        for words in (("verify", "good.eml", *JUDGED), ("verify", "bad.eml", *JUDGED), ("verify", "good.eml", *JUDGED, "--json"),
                      ("path", "alice.crt", *JUDGED), ("show", "alice.crt"), ("show", "alice.crt", "--json"), ("--help",), ("verify", "--help"),
                      ("--version",)):
            with open("/dev/full", "wb") as full:
                wrong += [f"{words}: {line}" for line in desk.ended(desk.run(*words, stdout=full), 2, "standard output")]
        return wrong

    @plan.add("A-5-2", "a closed standard output: exit status 2 and a message")
    def _():
        return desk.ended(desk.judge("good.eml", launcher=("sh", "-c", '"$0" "$@" >&-')), 2, "standard output")

    @plan.add("A-5-2", "a closed standard error does no harm to the verdict")
    def _():
        shell = ("sh", "-c", '"$0" "$@" 2>&-')
        wrong = desk.ended(desk.judge("good.eml", launcher=shell), 0, out=("GOOD",)) + desk.ended(desk.judge("bad.eml", launcher=shell), 1, out=("BAD",))
        return wrong + desk.ended(desk.judge("missing.eml", launcher=shell), 2)

    @plan.add("A-5-2", "a reader who goes away: no verdict of success, and no noise")
    def _():
        desk.put("many.txt", b"")
        command = [program(), "verify", *["good.eml"] * 2000, *JUDGED]
        with subprocess.Popen(command, cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.read(10)
            process.stdout.close()
            errors = process.stderr.read()
            status = process.wait(60)
        return [f"exit status {status}"] * (status == 0) + [f"stderr {errors[:300]!r}"] * (len(errors) > 300)

    # --- colours ------------------------------------------------------------------------------------------

    @plan.add("A-5-2", "colours: never into a file, always when asked for, and NO_COLOR")
    def _():
        def coloured(**options):
            return b"\x1b[" in desk.judge("good.eml", *options.pop("words", ()), **options).stdout
        wanted = {(("--color", "always"), "1"): True, (("--color", "always"), None): True, (("--color", "never"), None): False, ((), "1"): False,
                  ((), None): False, (("--color", "auto"), None): False}
        return [f"{words} with NO_COLOR={value}: colours {not expected}" for (words, value), expected in wanted.items()
                if coloured(words=words, changes={"NO_COLOR": value, "TERM": "xterm"}) != expected]

    @plan.add("A-5-2", "colours on a terminal, and none there with NO_COLOR or a dumb terminal")
    def _():
        wrong = []
        for changes, expected in (({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)):
            seen = b"\x1b[" in on_terminal(desk, {"NO_COLOR": None, "TERM": "xterm", **changes})
            wrong += [] if seen == expected else [f"{changes}: colours {seen}"]
        return wrong

    @plan.add("D-ADM-1", "no colours in JSON")
    def _():
        outcome = desk.judge("good.eml", "bad.eml", "--json", "--color", "always")
        return ["an escape in JSON"] if b"\x1b" in outcome.stdout else []

    # --- JSON ---------------------------------------------------------------------------------------------

    @plan.add("D-ADM-1", "JSON: one object a line for each input, parseable, with the members of the contract")
    def _():
        inputs = ["good.eml", "bad.eml", "weak.eml", "unknown.eml", "plain.eml", "alice.crt"]
        outcome = desk.judge(*inputs, "--json")
        found = results(outcome)
        wrong = [] if [one["input"] for one in found] == inputs else [f"inputs {[one['input'] for one in found]}"]
        for one in found:
            wrong += [f"{one['input']} lacks {name}" for name in ("input", "verdict", "time", "signers", "findings", "signed") if name not in one]
            for signer in one["signers"]:
                wrong += [f"{one['input']}: a signer lacks {name}" for name in
                          ("verdict", "part", "signature", "address", "certificate", "path", "findings") if name not in signer]
                wrong += [f"an address lacks {name}" for name in ("result", "header", "certificate") if name not in signer["address"]]
                wrong += [f"a certificate lacks {name}" for step in signer["path"] for name in
                          ("subject", "issuer", "serial", "sha256", "not_before", "not_after", "addresses") if name not in step]
            for finding in one["findings"] + [each for signer in one["signers"] for each in signer["findings"]]:
                wrong += [f"a finding lacks {name}" for name in ("code", "severity", "certificate", "rule", "text") if name not in finding]
        return wrong

    @plan.add("D-ADM-1", "JSON of paths and of shown objects: one object a line")
    def _():
        wrong = []
        for words in (("path", "alice.crt", "root.crt", *JUDGED, "--json"), ("show", "alice.crt", "root.crl", "good.eml", "--json")):
            found = [json.loads(line) for line in desk.run(*words).stdout.decode().splitlines()]
            inputs = [one for one in words[1:4] if not one.startswith("--")]
            wrong += [] if [one.get("input") for one in found] == inputs else [f"{words}: {[one.get('input') for one in found]}"]
        return wrong

    @plan.add("D-ADM-1 B-DN-10", "JSON stays JSON with quotes, backslashes, controls and broken UTF-8 in names and headers")
    def _():
        wrong = []
        for value in (b'"quoted" \\back\\', b"\x00\x01\x1f\x7f", b"\xff\xfe\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u2028\u2029\U0001f600".encode()):
            desk.put("odd.eml", b"Subject: " + value.replace(b"\x00", b"") + b"\n" + desk.good.replace(b"Subject: A test\n", b""))
            wrong += [f"{value!r}: {line}" for line in checked(desk, "odd.eml", "--json")]
            signer = desk.world.end_entity("Odd", desk.root, email="odd@example.com", key="p256:Odd",
                                           subject=names.dn(("O", value), ("CN", value)))
            desk.put("odd.eml", desk.world.signed_mail(signer))
            wrong += [f"{value!r}: {line}" for line in checked(desk, "odd.eml", "--json")]
        return wrong

    # --- octets that would command a terminal -------------------------------------------------------------

    @plan.add("B-DN-10 E-15 A-5-2", "commands in From, Subject and Date are shown and not obeyed")
    def _():
        wrong = []
        for field in (b"From", b"Subject", b"Date", b"Sender"):
            for value in (ESCAPES, "\u202eevil".encode(), b"=?utf-8?Q?=1B[2J=07=C2=9B31m?=", b"=?utf-8?B?G1sySg==?= <x@y.example>"):
                lines = [line for line in desk.good.split(b"\n") if not line.startswith(field + b":")]
                desk.put("odd.eml", field + b": " + value + b"\n" + b"\n".join(lines))
                wrong += [f"{field}: {line}" for json_too in ((), ("--json",)) for line in checked(desk, "odd.eml", *json_too)]
        return wrong

    @plan.add("B-DN-10 E-15", "commands in the names, addresses and URIs of a certificate")
    def _():
        w, wrong = desk.world, []
        for number, value in enumerate((ESCAPES, "\u202egro.elpmaxe".encode(), b"a\x00b", b"line\nend\r\n")):
            signer = w.end_entity("Odd", desk.root, email=None, key=f"p256:Odd{number}", subject=names.dn(("CN", value), ("O", value, "teletex")),
                                  ext={"subjectAltName": x.subject_alt_name(gn.email(value), gn.uri(value), gn.dns(value))},
                                  extra=[x.private(value)])
            desk.put("odd.eml", w.signed_mail(signer, "odd@example.com"))
            desk.put("odd.crt", signer.cert)
            for words in (("verify", "odd.eml", *JUDGED), ("path", "odd.crt", *JUDGED), ("show", "odd.crt"), ("verify", "odd.eml", *JUDGED, "--explain")):
                wrong += [f"{number} {words[0]}: {line}" for json_too in ((), ("--json",)) for line in no_commands(desk.run(*words, *json_too))]
        return wrong

    @plan.add("B-DN-10 E-15", "commands in MIME parameters, file names of parts and boundaries")
    def _():
        wrong = []
        for value in (ESCAPES, "\u202etxt.exe".encode()):
            octets = desk.world.signature(mime.text(), desk.alice, detached=False)
            field = b'application/pkcs7-mime; name="' + value + b'"; smime-type="' + value + b'"'
            desk.put("odd.eml", mime.message(desk.world.fields("Alice <alice@example.com>"), mime.opaque(octets, value=field, disposition=False)))
            wrong += [line for words in (("verify", "odd.eml", *JUDGED), ("show", "odd.eml")) for line in no_commands(desk.run(*words))]
            desk.put("odd.eml", desk.good.replace(b"micalg=sha-256", b'micalg="' + value + b'"'))
            wrong += checked(desk, "odd.eml")
        return wrong

    @plan.add("A-5-2 E-15", "commands in the names of files, in results and in messages")
    def _():
        wrong = []
        for name in (b"\x1b[31mred.eml", "\u202elme.doog".encode(), b"new\nline.eml", b"bell\x07.eml", b"\xff\xfe.eml", b"\xc2\x9b2J.eml"):
            word = name.decode("utf-8", "surrogateescape")
            desk.put(name, desk.good)
            for words in (("verify", word, *JUDGED), ("verify", word, *JUDGED, "--json"), ("show", word), ("verify", "missing" + word, *JUDGED),
                          ("verify", "good.eml", "--anchor", word, *JUDGED), ("verify", "good.eml", *JUDGED, "--at", word), ("x" + word,),
                          ("verify", "--" + word)):
                outcome = desk.run(*words)
                text = outcome.stdout.decode("utf-8", "surrogateescape")
                wrong += [f"{name!r} {words[0]!r} {words[-1]!r}: {line}" for line in no_commands(outcome)]
                wrong += [f"{name!r}: a line of its own"] if b"\n" in name and "\nline.eml" in text else []
        return wrong

    @plan.add("A-5-2", "a name that looks like a verdict does not make one: the first word of the first line is the verdict")
    def _():
        desk.put("GOOD  bad.eml", (desk.folder / "bad.eml").read_bytes())
        desk.put("x\nGOOD  fine.eml", (desk.folder / "bad.eml").read_bytes())
        wrong = []
        for name in ("GOOD  bad.eml", "x\nGOOD  fine.eml"):
            lines = desk.judge(name).stdout.decode().splitlines()
            wrong += [] if lines[0].startswith("BAD") else [f"first line {lines[0]!r}"]
            wrong += [f"a line that begins with GOOD: {line!r}" for line in lines if line.startswith("GOOD")]
        return wrong

    @plan.add("A-5-2", "a subject that looks like a verdict stays behind its label")
    def _():
        desk.put("odd.eml", (desk.folder / "bad.eml").read_bytes().replace(b"Subject: A test", b"Subject: x\r\n\tGOOD  odd.eml"))
        return [f"a line that begins with GOOD: {line!r}" for line in desk.judge("odd.eml").stdout.decode().splitlines() if line.startswith("GOOD")]

    # --- time ---------------------------------------------------------------------------------------------

    @plan.add("A-5-6", "the time judged for is printed, --at or the clock; other zones are converted")
    def _():
        wrong = []
        for word, shown in ((rfc3339(NOW), "2026-06-01T12:00:00Z"), ("2026-06-01T14:00:00+02:00", "2026-06-01T12:00:00Z"),
                            ("2026-06-01T00:30:00-11:30", "2026-06-01T12:00:00Z"), ("2026-06-01t12:00:00z", "2026-06-01T12:00:00Z")):
            words = ("verify", "good.eml", *JUDGED[:4], "--at", word)
            wrong += desk.ended(desk.run(*words), 0, out=(shown,)) + desk.ended(desk.run(*words, "--json"), 0, out=(f'"time":"{shown}"',))
        outcome = desk.run("verify", "good.eml", *JUDGED[:4], "--json")
        return wrong + ([] if results(outcome)[0]["time"].startswith("20") else ["no time"])

    @plan.add("A-3-13 A-5-2", "--explain adds what lost, and takes nothing away")
    def _():
        plain, more = desk.judge("unknown.eml"), desk.judge("unknown.eml", "--explain")
        lines = set(more.stdout.decode().splitlines())
        return desk.ended(more, 3, out=("NO_TRUST_PATH",)) + [f"gone with --explain: {line}" for line in plain.stdout.decode().splitlines() if line not in lines]


def checked(desk, name, *words):
    """What is wrong with the output on this file: commands, JSON that is none."""
    outcome = desk.judge(name, *words)
    found = no_commands(outcome) + ([outcome.trouble] if outcome.trouble else [])
    if "--json" in words:
        try:
            found += [] if len(results(outcome)) == 1 else ["not one line"]
        except ValueError as error:
            found.append(f"not JSON: {error}: {outcome.stdout[:200]!r}")
    return found


def on_terminal(desk, changes):
    """The octets that the program writes to a terminal."""
    try:
        controller, terminal = pty.openpty()
    except OSError as reason:
        raise Skip(f"there is no terminal to be had: {reason}") from reason
    try:
        desk.judge("good.eml", stdout=terminal, changes=changes)
        os.set_blocking(controller, False)
        return os.read(controller, 65536)
    finally:
        os.close(controller)
        os.close(terminal)


if __name__ == "__main__":
    main(declare)
