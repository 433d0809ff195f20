#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The verbs of the database as they are meant: where it is, what goes in and comes out, what is asked."""

import json
import os
import pty
import shutil
import sqlite3
import stat
import subprocess
from pathlib import Path

from desk import ESCAPES, NOW, Skip, main, program, results, rfc3339
from pki import names
from runner.execute import environment

AT = ("--at", rfc3339(NOW))
STORED = ("--offline", *AT)


class Shelf:
    """A home of its own with a database in it."""

    def __init__(self, desk, name):
        self.desk, self.home = desk, desk.folder / f"home-{name}"
        self.home.mkdir()
        self.file = self.home / "data" / "signet" / "signet.db"

    def run(self, *arguments, **options):
        return self.desk.run(*arguments, home=self.home, **options)

    def filled(self):
        """With the root trusted, and Alice and a CRL."""
        self.run("trust", "--yes", "root.crt", *AT)
        self.run("import", "alice.crt", "root.crl", *AT)
        return self


def tree(folder):
    """Every file below with what would tell that it was touched."""
    return sorted((str(one.relative_to(folder)), one.lstat().st_mtime_ns, one.lstat().st_ctime_ns, one.lstat().st_size)
                  for one in [folder, *folder.rglob("*")])


def at_terminal(desk, shelf, arguments, answer):
    """(exit status, what stood on the terminal) of a run on a terminal at which `answer` is typed."""
    try:
        controller, terminal = pty.openpty()
    except OSError as reason:
        raise Skip(f"there is no terminal to be had: {reason}") from reason
    process = subprocess.Popen([program(), *arguments], cwd=desk.folder, env=environment(shelf.home), stdin=terminal,
                               stdout=subprocess.PIPE, stderr=terminal)
    os.write(controller, answer)
    out, _ = process.communicate(timeout=60)
    os.set_blocking(controller, False)
    shown = b""
    try:
        while more := os.read(controller, 65536):
            shown += more
    except OSError:  # that was all
        pass
    os.close(controller)
    os.close(terminal)
    return process.returncode, out.decode() + shown.decode("utf-8", "replace")


def declare(plan, desk):
    root, alice = desk.root.sha256, desk.alice.sha256

    # --- where it is --------------------------------------------------------------------------------------

    @plan.add("A-4-4", "the database and its folders are made when something is stored, for their owner alone")
    def _():
        shelf = Shelf(desk, "modes")
        wrong = desk.ended(shelf.run("import", "alice.crt"), 0, out=("1 certificate", "new"))
        for one, mode in ((shelf.file, 0o600), (shelf.file.parent, 0o700), (shelf.file.parent.parent, 0o700)):
            found = stat.S_IMODE(one.stat().st_mode)
            wrong += [] if found == mode else [f"{one.name} has mode {found:o}"]
        return wrong

    @plan.add("A-4-4", "--store goes before SIGNET_STORE, that before signet.conf, and all before the usual place")
    def _():
        shelf = Shelf(desk, "places")
        named, variable, configured = (shelf.home / name for name in ("named.db", "variable.db", "configured.db"))
        config = shelf.home / "signet.conf"
        config.write_text(f"[store]\nfile = {configured}\n")
        files = {"SIGNET_CONFIG": str(config)}
        changes = {**files, "SIGNET_STORE": str(variable)}
        wrong = desk.ended(shelf.run("import", "alice.crt", "--store", str(named), changes=changes), 0)
        wrong += [] if named.exists() and not variable.exists() else ["--store does not go first"]
        wrong += desk.ended(shelf.run("import", "alice.crt", changes=changes), 0)
        wrong += [] if variable.exists() and not configured.exists() else ["SIGNET_STORE does not go second"]
        wrong += desk.ended(shelf.run("import", "alice.crt", changes=files), 0)
        return wrong + ([] if configured.exists() and not shelf.file.exists() else ["signet.conf does not go third"])

    @plan.add("A-4-4", "without XDG_DATA_HOME it is in ~/.local/share; without HOME, too, it says what to do")
    def _():
        shelf = Shelf(desk, "home")
        wrong = desk.ended(shelf.run("import", "alice.crt", changes={"XDG_DATA_HOME": None}), 0)
        wrong += [] if (shelf.home / ".local/share/signet/signet.db").exists() else ["not in ~/.local/share"]
        wrong += desk.refused(shelf.run("import", "alice.crt", changes={"XDG_DATA_HOME": None, "HOME": None}), "--store")
        return wrong + desk.refused(shelf.run("list", changes={"XDG_DATA_HOME": "relative", "HOME": ""}), "--store")

    @plan.add("A-4-4", "a database that is not there: nothing to list, no word when judging, and the verbs that need it say so")
    def _():
        shelf = Shelf(desk, "none")
        wrong = desk.ended(shelf.run("list"), 0, "no certificate database", quiet="out")
        wrong += desk.ended(shelf.run("list", "alice@example.com"), 1, quiet="out") + desk.ended(shelf.run("export", "alice"), 1, quiet="out")
        for words in (("check",), ("remove", alice), ("distrust", root), ("backup", "copy.db"), ("bind", "--remove", "a@example.com")):
            wrong += desk.refused(shelf.run(*words), "signet.db")
        wrong += desk.ended(shelf.run("verify", "good.eml", "--anchor", "root.crt", "--crls", "root.crl", "--no-keep", *STORED), 0, quiet="err")
        return wrong + ([] if not list(shelf.home.iterdir()) else ["something was made"])

    @plan.add("A-4-4 E-41", "--no-store leaves no trace, and does not even look")
    def _():
        shelf = Shelf(desk, "untouched").filled()
        before = tree(shelf.home)
        wrong = desk.ended(shelf.run("verify", "good.eml", "--anchor", "root.crt", "--crls", "root.crl", "--no-store", *STORED), 0, quiet="err")
        wrong += desk.ended(shelf.run("path", "alice.crt", "--no-store", *STORED), 3, "no trust anchor")
        wrong += [] if tree(shelf.home) == before else ["a file was touched"]
        shelf.file.write_bytes(b"this is no database")
        wrong += desk.ended(shelf.run("verify", "good.eml", "--anchor", "root.crt", "--crls", "root.crl", "--no-store", *STORED), 0, quiet="err")
        empty = Shelf(desk, "traceless")
        wrong += desk.ended(empty.run("verify", "good.eml", "--anchor", "root.crt", "--crls", "root.crl", "--no-store", *STORED), 0)
        return wrong + ([] if not list(empty.home.iterdir()) else ["something was made"])

    @plan.add("A-4-4", "mail that nobody signed makes no database; signed mail does")
    def _():
        shelf = Shelf(desk, "first")
        wrong = desk.ended(shelf.run("verify", "plain.eml", *STORED), 4)
        wrong += [] if not shelf.file.exists() else ["made for an unsigned message"]
        wrong += desk.ended(shelf.run("verify", "good.eml", *STORED), 3)
        return wrong + ([] if shelf.file.exists() else ["not made for a signed message"])

    # --- listing ------------------------------------------------------------------------------------------

    @plan.add("A-4-4", "list shows each object on a line, and narrows down by kind, issuer, serial, key identifier, fingerprint and text")
    def _():
        shelf = Shelf(desk, "list").filled()
        wrong = desk.ended(shelf.run("list"), 0, out=("anchor", "certificate", "crl", "CN=Alice", "<alice@example.com>", "import alice.crt, 2026-06-01"))
        wrong += [] if len(shelf.run("list").stdout.splitlines()) == 3 else ["not a line each"]
        serial, key_id = f"{desk.alice.serial:x}", desk.alice.ski.hex()
        for words in (("--serial", serial), ("--serial", f"0{serial.upper()}"[-4:] if len(serial) % 2 else serial), ("--key-id", key_id), (alice,), (alice[:8],),
                      (":".join(alice[n:n + 2] for n in range(0, 64, 2)).upper(),), (alice[:7],), ("alice",), ("ALICE@EXAMPLE.COM", "--issuer", "root")):
            wrong += [f"{words}: {line}" for line in desk.ended(shelf.run("list", *words), 0, out=("CN=Alice",), lacks=("crl ", "anchor "))]
        wrong += desk.ended(shelf.run("list", "--crls"), 0, out=("crl", "CN=Root", "0 entries"), lacks=("CN=Alice",))
        wrong += desk.ended(shelf.run("list", "--anchors"), 0, out=("anchor", "CN=Root", "trusted 2026-06-01"), lacks=("CN=Alice",))
        wrong += desk.ended(shelf.run("list", "--own"), 0, quiet="out")
        for words in (("nobody",), ("nobody@example.com",), ("ffffffff",)):
            wrong += desk.ended(shelf.run("list", *words), 1, words[0], quiet="out")
        return wrong + desk.ended(shelf.run("list", "--explain", "Alice"), 0, out=(alice, "serial", "issuer", "valid", "origin", "CA          no"))

    @plan.add("A-4-4", "list --json: one object a line")
    def _():
        shelf = Shelf(desk, "json").filled()
        found = results(shelf.run("list", "--json"))
        kinds = sorted(one["kind"] for one in found)
        people = [one for one in found if one.get("addresses")]
        wrong = [] if kinds == ["certificate", "certificate", "crl"] else [f"kinds: {kinds}"]
        wrong += [] if [one["sha256"] for one in people] == [alice] and people[0]["anchor"] is None else [f"Alice: {people}"]
        anchors = [one["anchor"] for one in found if one.get("anchor")]
        wrong += [] if len(anchors) == 1 and anchors[0]["purposes"] == ["sign", "encrypt"] and anchors[0]["distrusted"] is None else [f"anchors: {anchors}"]
        origins = {(one["origin"]["kind"], one["origin"]["since"]) for one in found}
        return wrong + ([] if origins == {("import", "2026-06-01T12:00:00Z")} else [f"origins: {origins}"])

    @plan.add("A-4-4 A-5-2", "text of strangers is made harmless: subjects, addresses, file names, reasons")
    def _():
        shelf = Shelf(desk, "escapes")
        odd = desk.world.end_entity("Odd", desk.root, email=None, subject=names.dn(("CN", "x\x1b[31mred\x07")))
        desk.put("odd\x1b[2Jname.crt", odd.cert)
        wrong = []
        for words in (("import", "odd\x1b[2Jname.crt", "odd\x1b[2Jmissing"), ("trust", "--yes", "odd\x1b[2Jname.crt", "--why", ESCAPES.decode("latin-1")),
                      ("list",), ("list", "--json"), ("list", "--explain"), ("bind", "o@example.com", odd.sha256, "--why", "\x1b[1m"), ("list", "--bindings"),
                      ("list", "\x1b[5m"), ("remove", "\x1b[5m")):
            outcome = shelf.run(*words)
            text = (outcome.stdout + outcome.stderr).decode("utf-8", "replace")
            wrong += [f"{words[0]}: {line}" for line in [outcome.trouble] if line]
            wrong += [f"{words[0]}: {one!r} in the output" for one in ("\x1b", "\x07", "\x9b") if one in text]
        return wrong

    @plan.add("A-4-4", "an ambiguous fingerprint lists what begins so, and nothing is done")
    def _():
        shelf = Shelf(desk, "ambiguous")
        w = desk.world
        made = {}
        while len({one[:4] for one in made}) == len(made):  # until two begin with the same four digits
            one = w.end_entity(f"Person {len(made)}", desk.root, key="p256:Person")
            made[one.sha256] = one.cert
        desk.put("many.der", b"".join(made.values()))
        wrong = desk.ended(shelf.run("import", "many.der"), 0, out=(f"{len(made)} certificates",))
        wrong += desk.refused(shelf.run("remove", "abc"), "fingerprint") + desk.refused(shelf.run("remove", ""), "fingerprint")
        prefix, pair = next((one[:4], two) for one in made for two in made if one != two and one[:4] == two[:4])
        outcome = shelf.run("remove", prefix)
        wrong += desk.ended(outcome, 2, "more digits", *(one[:16] for one in made if one[:4] == prefix), quiet="out")
        return wrong + desk.ended(shelf.run("list", pair), 0)

    # --- trust and consent --------------------------------------------------------------------------------

    @plan.add("A-2.3-9", "on a terminal trust asks, and only yes is yes")
    def _():
        wrong = []
        for number, (answer, expected) in enumerate(((b"y\n", 0), (b"yes\n", 0), (b"n\n", 2), (b"\n", 2), (b"Y es\n", 2), (b"\x04", 2))):
            shelf = Shelf(desk, f"ask-{number}")
            exit, text = at_terminal(desk, shelf, ["trust", "root.crt"], answer)
            listed = shelf.run("list", "--anchors").stdout
            wrong += [] if exit == expected and "[y/N]" in text and root in text else [f"{answer!r}: exit {exit}, {text!r}"]
            wrong += [] if (root[:16].encode() in listed) == (expected == 0) else [f"{answer!r}: anchors {listed!r}"]
        return wrong

    @plan.add("A-2.3-9", "trust needs something to trust, one kind at a time, and values that can be")
    def _():
        shelf = Shelf(desk, "values")
        wrong = desk.refused(shelf.run("trust"), "--system") + desk.refused(shelf.run("trust", "root.crt", "--bundle", "root.crt"), "one of")
        wrong += desk.refused(shelf.run("trust", "--yes", "--bundle", "missing"), "missing")
        wrong += desk.refused(shelf.run("trust", "--yes", "--system", "--module", "root.crt"), "signet")
        wrong += desk.refused(shelf.run("trust", "--yes", "root.crl"), "root.crl") + desk.ended(shelf.run("trust", "--yes", "abcdef12"), 1, "abcdef12")
        for option, value in (("--for", "web"), ("--distrust-after", "soon"), ("--revocation", "maybe"), ("--domain", ""), ("--domain", "a b"),
                              ("--policy", "x"), ("--permitted-subtree", "x")):
            wrong += [f"{option} {value}: {line}" for line in desk.refused(shelf.run("trust", "--yes", "root.crt", option, value))]
        return wrong + ([] if not shelf.file.exists() else desk.ended(shelf.run("list", "--anchors"), 0, quiet="out"))

    @plan.add("A-2.3-9", "trust --json writes what it did; distrust of what was not trusted says so")
    def _():
        shelf = Shelf(desk, "trust-json")
        found = results(shelf.run("trust", "--yes", "--json", "root.crt", "--for", "sign", "--why", "a reason"))
        wrong = [] if [one["anchor"]["why"] for one in found] == ["a reason"] and found[0]["anchor"]["purposes"] == ["sign"] else [f"{found}"]
        wrong += desk.ended(shelf.run("import", "alice.crt"), 0) + desk.ended(shelf.run("distrust", alice[:12]), 1, "was not trusted")
        wrong += desk.ended(shelf.run("distrust", "root.crt", "--why", "because"), 0, out=("distrusted", "because"))
        return wrong + desk.ended(shelf.run("distrust", "root.crt"), 1)

    @plan.add("A-2.3-9", "what the user distrusted does not come back with a bundle, but when it is named")
    def _():
        shelf = Shelf(desk, "again")
        wrong = desk.ended(shelf.run("trust", "--yes", "root.crt"), 0) + desk.ended(shelf.run("distrust", root[:12]), 0)
        wrong += desk.ended(shelf.run("trust", "--yes", "--bundle", "root.crt"), 0, "stay so", out=("0 certificates",))
        wrong += desk.ended(shelf.run("verify", "good.eml", "--crls", "root.crl", *STORED), 3)
        wrong += desk.ended(shelf.run("trust", "--yes", root), 0)
        return wrong + desk.ended(shelf.run("verify", "good.eml", "--crls", "root.crl", *STORED), 0)

    @plan.add("D-PATH-3 A-2.3-9", "trust --system takes the roots for mail with where they are from, and takes trust back from those that were dropped")
    def _():
        shelf = Shelf(desk, "system")
        outcome = shelf.run("trust", "--system", "--yes")
        if outcome.exit == 2 and b"libnssckbi" in outcome.stderr:
            raise Skip("there is no libnssckbi.so")
        wrong = desk.ended(outcome, 0, out=("trusted from now on",))
        anchors = results(shelf.run("list", "--anchors", "--json"))
        wrong += [] if len(anchors) > 50 else [f"only {len(anchors)} anchors"]
        wrong += [f"{one['subject']}: {one['anchor']}" for one in anchors if one["anchor"]["origin"]["kind"] != "system" or one["anchor"]["purpose_unknown"]]
        wrong += [] if any(one["anchor"]["distrust_after"] for one in anchors) else ["no date of distrust at all"]
        wrong += desk.ended(shelf.run("trust", "--yes", "root.crt"), 0)
        base = sqlite3.connect(shelf.file)
        # An anchor's value begins with the kind of its origin: src/store/sqlite_anchor.c.
        base.execute("UPDATE known SET value = cast((SELECT substr(value, 1, 8) FROM known WHERE kind = 3 AND instr(value, 'root.crt') = 0) "
                     "|| substr(value, 9) AS BLOB) WHERE kind = 3 AND instr(value, 'root.crt') > 0")
        base.commit()
        base.close()
        wrong += desk.ended(shelf.run("trust", "--system"), 2, "CN=Root", "no longer", "distrust 1")
        wrong += desk.ended(shelf.run("trust", "--system", "--yes"), 0, "no longer in the system's set")
        wrong += desk.ended(shelf.run("list", "--anchors", root[:12]), 0, out=("distrusted", "no longer in the system's set"))
        return wrong + desk.ended(shelf.run("trust", "--system", "--yes"), 0, quiet="err")

    # --- export, remove, bind, check, backup --------------------------------------------------------------

    @plan.add("A-4-6", "what is exported another tool reads: openssl")
    def _():
        if shutil.which("openssl") is None:
            raise Skip("there is no openssl")
        shelf = Shelf(desk, "export").filled()
        place = desk.folder / "export"
        place.mkdir()
        wrong = []
        for form, command in (("p7c", "pkcs7 -inform DER -print_certs"), ("p7c-pem", "pkcs7 -print_certs"), ("pem", "x509 -subject")):
            wrong += desk.ended(shelf.run("export", "--chain", "--crls", "--form", form, "-o", f"export/{form}", "alice@example.com"), 0, out=("2 certificates, 1 CRL",))
            done = subprocess.run(["openssl", *command.split(), "-in", place / form], capture_output=True, text=True, check=False)
            wrong += [] if done.returncode == 0 and "Alice" in done.stdout else [f"openssl {command}: {done.stderr}"]
        wrong += desk.ended(shelf.run("export", "--form", "der", alice, "-o", "export/alice.der"), 0)
        return wrong + ([] if (place / "alice.der").read_bytes() == desk.alice.cert else ["the DER is another"])

    @plan.add("A-4-6", "what is exported another tool reads, and what it exports we read: gpgsm")
    def _():
        if shutil.which("gpgsm") is None or shutil.which("gpgconf") is None:
            raise Skip("there is no gpgsm")
        shelf = Shelf(desk, "gpgsm").filled()
        home = desk.folder / "gnupg"
        home.mkdir(mode=0o700)
        settings = {**os.environ, "GNUPGHOME": str(home)}

        def gpgsm(*words):
            return subprocess.run(["gpgsm", "--batch", "--disable-dirmngr", "--no-autostart", *words], cwd=desk.folder, env=settings, capture_output=True, check=False)

        wrong = desk.ended(shelf.run("export", "--chain", "--crls", "-o", "to-gpgsm.p7c", "alice@example.com"), 0)
        done = gpgsm("--import", "to-gpgsm.p7c")
        listed = gpgsm("--list-keys").stdout
        wrong += [] if b"CN=Alice" in listed and b"CN=Root" in listed else [f"gpgsm --import: {done.stderr!r}, {listed!r}"]
        for words, file, number in (((), "from-gpgsm.der", 1), (("--armor",), "from-gpgsm.pem", 2)):
            gpgsm(*words, "--output", file, "--export")
            wrong += desk.ended(shelf.run("import", file), 0, out=("0 certificates", f"{number} known already"))
        subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], capture_output=True, check=False)
        return wrong

    @plan.add("A-4-6", "export never overwrites a file unless --force says so, and leaves no half of one")
    def _():
        shelf = Shelf(desk, "overwrite").filled()
        desk.put("taken.pem", b"precious")
        wrong = desk.refused(shelf.run("export", "alice", "-o", "taken.pem"), "taken.pem", "--force")
        wrong += [] if (desk.folder / "taken.pem").read_bytes() == b"precious" else ["overwritten"]
        wrong += desk.ended(shelf.run("export", "alice", "-o", "taken.pem", "-f"), 0)
        wrong += [] if b"BEGIN CERTIFICATE" in (desk.folder / "taken.pem").read_bytes() else ["not written"]
        wrong += desk.refused(shelf.run("export", "alice", "-o", "no/such/folder.pem"), "no/such/folder.pem")
        wrong += desk.refused(shelf.run("export", "--form", "der", "-o", "two.der"), "one") + desk.ended(shelf.run("export", "nobody", "-o", "none.pem"), 1)
        wrong += [f"{name} was left" for name in ("two.der", "none.pem") if (desk.folder / name).exists()]
        wrong += desk.ended(shelf.run("export", "alice"), 0, out=("BEGIN CERTIFICATE",), quiet="err")
        with open("/dev/full", "wb") as full:
            wrong += desk.ended(shelf.run("export", "alice", stdout=full), 2, "standard output")
        wrong += desk.refused(shelf.run("export", "alice", "-o", "/dev/full", "--force"), "/dev/full")
        return wrong + desk.refused(shelf.run("export", "alice", "bob"), "one")

    @plan.add("C-CO-3", "own keys: PKCS #12 in and out, kept encrypted, under the passphrase that opened it")
    def _():
        if shutil.which("openssl") is None:
            raise Skip("there is no openssl")
        shelf = Shelf(desk, "keys")
        make_own(desk)
        wrong = desk.ended(shelf.run("import", "own.p12"), 2, "passphrase", "--passphrase-file")
        wrong += desk.ended(shelf.run("import", "own.p12", "--passphrase-file", "wrong.txt"), 2, "own.p12", "passphrase")
        wrong += desk.ended(shelf.run("import", "own.p12", "--passphrase-file", "right.txt"), 0, out=("1 certificate", "1 private key new"))
        wrong += desk.ended(shelf.run("import", "own.p12", "--passphrase-file", "right.txt"), 0, out=("0 certificates", "2 known already"))
        wrong += desk.ended(shelf.run("list", "--own"), 0, out=("own", "CN=own"))
        data = b"".join(one.read_bytes() for one in shelf.file.parent.iterdir())
        wrong += [f"{word!r} is in the database" for word in (b"open sesame", b"PRIVATE KEY", (desk.folder / "own.pkcs1").read_bytes()[290:330]) if word in data]
        wrong += desk.ended(shelf.run("export", "--own", "-o", "out.p12", "--passphrase-file", "right.txt"), 0)
        done = subprocess.run(["openssl", "pkcs12", "-in", desk.folder / "out.p12", "-passin", "pass:open sesame", "-nodes"], capture_output=True, check=False)
        wrong += [] if done.returncode == 0 and b"PRIVATE KEY" in done.stdout and b"BEGIN CERTIFICATE" in done.stdout else [f"openssl: {done.stderr!r}"]
        wrong += [] if stat.S_IMODE((desk.folder / "out.p12").stat().st_mode) == 0o600 else ["others may read out.p12"]
        wrong += desk.refused(shelf.run("export", "--own", "-o", "out2.p12", "--passphrase-file", "wrong.txt"), "passphrase")
        wrong += [] if not (desk.folder / "out2.p12").exists() else ["half a file was left"]
        fingerprint = results(shelf.run("list", "--own", "--json"))[0]["sha256"]
        wrong += desk.ended(shelf.run("remove", fingerprint), 2, "consent") + desk.ended(shelf.run("list", "--own"), 0, out=("CN=own",))
        wrong += desk.ended(shelf.run("remove", "--yes", fingerprint), 0)
        return wrong + desk.ended(shelf.run("list", "--own"), 0, quiet="out")

    @plan.add("C-CO-3", "own keys in PEM and PKCS #8, through a file descriptor, and a key without its certificate")
    def _():
        if shutil.which("openssl") is None:
            raise Skip("there is no openssl")
        shelf = Shelf(desk, "pem-keys")
        make_own(desk)
        wrong = desk.ended(shelf.run("import", "own.key", "--passphrase-file", "right.txt"), 2, "import the certificate first")
        wrong += desk.ended(shelf.run("import", "own.key", "own.crt", "--passphrase-file", "right.txt"), 2, "own.key")
        launcher = ("sh", "-c", 'exec 7<&0; exec "$@"', "sh")
        outcome = shelf.run("import", "own.key", "--passphrase-fd", "7", stdin=b"open sesame\n", launcher=launcher)
        wrong += desk.ended(outcome, 0, out=("1 private key new",)) + desk.ended(shelf.run("import", "own.p12", "--passphrase-fd", "99"), 2, "passphrase-fd")
        other = Shelf(desk, "der-keys")
        wrong += desk.ended(other.run("import", "own.crt"), 0)
        wrong += desk.ended(other.run("import", "own.key.der", "--passphrase-file", "right.txt"), 0, out=("1 private key new",), quiet="err")
        return wrong + desk.ended(shelf.run("list", "--own"), 0, out=("CN=own",))

    @plan.add("A-4-5", "remove and bind say what is not there")
    def _():
        shelf = Shelf(desk, "absent").filled()
        wrong = desk.ended(shelf.run("remove", alice[:10], "00000000"), 1, "00000000", out=("CN=Alice",))
        wrong += desk.ended(shelf.run("list", "alice"), 1) + desk.refused(shelf.run("bind", "alice@example.com"), "usage")
        wrong += desk.refused(shelf.run("trust", "--yes", "no.crt"), "no.crt", "no such file") + desk.refused(shelf.run("backup", ""), "empty")
        wrong += desk.refused(shelf.run("bind", "no address", root), "no mail address") + desk.ended(shelf.run("bind", "a@example.com", "00000000"), 1)
        wrong += desk.ended(shelf.run("bind", "--remove", "a@example.com"), 1, "nothing is bound")
        return wrong + desk.refused(shelf.run("bind", "a@example.com", root, "x"), "usage") + desk.refused(shelf.run("remove"), "usage")

    @plan.add("A-4-4", "check finds what was changed behind its back, and mends what can be")
    def _():
        shelf = Shelf(desk, "check").filled()
        wrong = desk.ended(shelf.run("check"), 0, out=("no flaw",)) + desk.ended(shelf.run("check", "--json"), 0, quiet="out")
        base = sqlite3.connect(shelf.file)
        tables = [(table, column) for table, in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                  for _, column, kind, *_ in base.execute(f"PRAGMA table_info({table})") if kind == "BLOB"]
        for table, column in tables:
            for der, in list(base.execute(f"SELECT {column} FROM {table}")):
                if isinstance(der, bytes) and desk.alice.cert[-40:] in der:
                    base.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (der[:-10] + bytes([der[-10] ^ 1]) + der[-9:], der))
        base.commit()
        base.close()
        wrong += desk.ended(shelf.run("check"), 1, "--mend") + [] if tables else ["no table with DER"]
        found = results(shelf.run("check", "--json"))
        wrong += [] if found and all(not one["mended"] and one["text"] for one in found) else [f"flaws: {found}"]
        wrong += desk.ended(shelf.run("check", "--mend"), 0, out=("mended",)) + desk.ended(shelf.run("check"), 0, out=("no flaw",))
        return wrong + desk.ended(shelf.run("list", "alice"), 1) + desk.refused(shelf.run("check", "file"), "--store")

    @plan.add("A-4-4", "check finds tables that are not ours, triggers and views, and saves what can be read")
    def _():
        wrong = []
        strange = {"columns": "DROP TABLE known; CREATE TABLE known (other)", "table": "DROP TABLE fact",
                   "trigger": "CREATE TRIGGER t AFTER INSERT ON object BEGIN DELETE FROM known; END",
                   "view": "ALTER TABLE key RENAME TO other; CREATE VIEW key AS SELECT * FROM other"}
        for name, script in strange.items():
            shelf = Shelf(desk, f"strange-{name}").filled()
            held = len(results(shelf.run("list", "--json")))
            base = sqlite3.connect(shelf.file)
            base.executescript(script)
            base.close()
            wrong += desk.ended(shelf.run("check"), 1, "--mend") + desk.ended(shelf.run("check", "--mend"), 1, out=(".mended",))
            saved = results(shelf.run("list", "--json", "--store", f"{shelf.file}.mended"))
            wrong += [] if len(saved) == held > 0 else [f"{name}: {len(saved)} of {held} were saved"]
        return wrong

    @plan.add("A-4-4", "a backup is a database, for its owner alone, and overwrites nothing")
    def _():
        shelf = Shelf(desk, "backup").filled()
        wrong = desk.ended(shelf.run("backup", "copy.db"), 0, out=("copy.db",))
        copy = desk.folder / "copy.db"
        wrong += [] if stat.S_IMODE(copy.stat().st_mode) == 0o600 else ["others may read it"]
        wrong += [] if shelf.run("list", "--json").stdout == shelf.run("list", "--json", "--store", "copy.db").stdout else ["it holds something else"]
        wrong += desk.refused(shelf.run("backup", "copy.db"), "copy.db") + desk.refused(shelf.run("backup", "no/such/copy.db"), "no/such")
        return wrong + desk.refused(shelf.run("backup"), "usage") + desk.refused(shelf.run("backup", "a", "b"), "one")

    @plan.add("A-4-4", "a long import or check shows on a terminal how far it is, and nowhere else")
    def _():
        shelf = Shelf(desk, "progress")
        one = desk.world.end_entity("Crowd", desk.root).cert
        desk.put("crowd.der", b"".join(one.replace(b"Crowd", f"C{n:04d}".encode()) for n in range(500)))
        exit, text = at_terminal(desk, shelf, ["import", "crowd.der"], b"")
        wrong = [] if exit == 0 and "imported: 100" in text and "500 certificates" in text else [f"exit {exit}, {text!r}"]
        exit, text = at_terminal(desk, shelf, ["check"], b"")
        wrong += [] if exit == 0 and "checked: 256 of 500" in text else [f"check: {exit}, {text!r}"]
        return wrong + desk.ended(shelf.run("import", "crowd.der"), 0, quiet="err")

    @plan.add("A-4-4", "import writes what it did as JSON")
    def _():
        shelf = Shelf(desk, "import-json")
        found = results(shelf.run("import", "--json", "root.crt", "alice.crt", "root.crl", "alice.crt"))
        expected = {"certificates": 2, "crls": 1, "attribute_certificates": 0, "keys": 0, "known": 1, "unreadable": 0, "passed_over": 0,
                    "verified": 3, "no_issuer": 0, "other_issuer": 0, "unsupported": 0, "limit": 0, "false": 0}
        return [] if found == [expected] else [json.dumps(found)]


def make_own(desk):
    """own.p12, own.key (PKCS #8 without encryption), own.crt, own.pkcs1, and passphrases in files."""
    if (desk.folder / "own.p12").exists():
        return
    desk.put("right.txt", b"open sesame\nsecond line\n")
    desk.put("wrong.txt", b"open barley\n")
    for command in ("req -x509 -newkey rsa:2048 -nodes -keyout own.key -out own.crt -subj /CN=own -days 3650 -addext subjectAltName=email:me@example.com",
                    "pkcs12 -export -inkey own.key -in own.crt -out own.p12 -passout file:right.txt",
                    "pkcs8 -topk8 -nocrypt -in own.key -outform DER -out own.key.der",
                    "rsa -in own.key -outform DER -out own.pkcs1 -traditional"):
        done = subprocess.run(["openssl", *command.split()], cwd=desk.folder, capture_output=True, check=False)
        if done.returncode != 0:
            raise Skip(f"openssl cannot: {done.stderr[:200]!r}")


if __name__ == "__main__":
    main(declare)
