#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""mutt, at a terminal, with contrib/mutt/signet.rc: what it signs and encrypts, and what it says of what it reads."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "usage"))

from desk import NOW, main, rfc3339  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import keys  # noqa: E402
from runner.execute import environment, program  # noqa: E402
from runner.plan import skip_all  # noqa: E402

CONTRIB = Path(__file__).resolve().parents[2] / "contrib" / "mutt"
PASSPHRASE = "sesame"
PATIENCE = 60  # seconds until something is wrong

# What mutt runs as "signet": the program at the time of the test, without a network.
SIGNET = """#!/bin/sh
verb=$1
shift
case $verb in
list|import|trust) exec {program} "$verb" --at {at} "$@" ;;
*) exec {program} "$verb" --at {at} --offline "$@" ;;
esac
"""
# What takes mail off mutt's hands: it goes into a mailbox.
SENDMAIL = """#!/bin/sh
{{ echo "From MAILER Mon Jun  1 12:00:00 2026"; sed 's/^From />From /'; echo; }} >> {sent}
"""
MUTTRC = """
set realname="Al" from="alice@example.com" use_from=yes use_domain=no
set sendmail="{bin}/sendmail" editor="true" abort_unmodified=no copy=no
set folder={home} spoolfile={home}/empty header_cache="" timeout=1 beep=no sleep_time=0 confirmappend=no wait_key=no pager_stop
set postponed={home}/postponed mbox_type=mbox crypt_protected_headers_write=no smime_timeout=300
source {rc}
set smime_sign_as="alice@example.com" smime_default_key="alice@example.com"
{more}
"""


class Terminal:
    """A program at a pseudo-terminal: what it shows, as it shows it."""

    def __init__(self, arguments, variables, folder):
        self.shown = ""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(folder)
                os.execvpe(arguments[0], arguments, variables)
            finally:
                os._exit(127)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 120, 0, 0))

    def read(self, wait):
        if not select.select([self.master], [], [], wait)[0]:
            return True
        try:
            octets = os.read(self.master, 65536)
        except OSError:  # the other end is gone
            return False
        self.shown += octets.decode("utf-8", "replace")
        return bool(octets)

    def text(self):
        """Without the words for the terminal itself."""
        return re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z]|[()][A-Z0-9]|[=>])", " ", self.shown)

    def wait(self, words, since=0):
        """Until one of the patterns is shown behind position `since` of the text; which one, or None."""
        end = time.monotonic() + PATIENCE
        while True:
            for word in words:
                if re.search(word, self.text()[since:]):
                    return word
            if time.monotonic() > end or not self.read(0.2):
                found = [word for word in words if re.search(word, self.text()[since:])]
                return found[0] if found else None

    def type(self, text):
        os.write(self.master, text.encode())

    def close(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.read(0.1):
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
        else:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ChildProcessError, ProcessLookupError):
                pass
        os.close(self.master)


class Mutt:
    def __init__(self, desk):
        self.desk, self.home = desk, desk.folder / "home-mutt"
        self.bin = self.home / "bin"
        self.bin.mkdir(parents=True)
        self.sent = self.home / "sent"
        for name, text in (("signet", SIGNET.format(program=program(), at=rfc3339(NOW))), ("sendmail", SENDMAIL.format(sent=self.sent))):
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)
        self.variables = {**environment(self.home), "TERM": "vt100", "LINES": "200", "COLUMNS": "120"}
        self.variables["PATH"] = f"{self.bin}:{self.variables.get('PATH', '/usr/bin:/bin')}"
        self.variables["XDG_CONFIG_HOME"] = str(self.home / ".config")
        w = desk.world
        self.alice = w.end_entity("Al", desk.root, key="rsa2048-05", email="alice@example.com",
                                  ext={"keyUsage": x.key_usage("digitalSignature", "keyEncipherment")})
        desk.put("al.crt", self.alice.cert)
        desk.put("al.key", keys.pem("PRIVATE KEY", self.alice.key.pkcs8()))
        desk.put("pass", PASSPHRASE.encode() + b"\n")
        desk.put("body", b"Hello, world.\n")
        self.call("signet", "import", "root.crt", "root.crl", "al.crt")
        self.call("signet", "import", "--passphrase-file", "pass", "al.key")
        self.call("signet", "trust", "--yes", "root.crt")
        self.call(str(CONTRIB / "signet-mutt-index"))

    def call(self, *arguments):
        done = subprocess.run(arguments, cwd=self.desk.folder, env=self.variables, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments}: {done.stdout!r} {done.stderr!r}")

    def start(self, more, *arguments):
        (self.home / "muttrc").write_text(MUTTRC.format(bin=self.bin, home=self.home, rc=CONTRIB / "signet.rc", more=more))
        return Terminal(["mutt", "-n", "-F", str(self.home / "muttrc"), *arguments], self.variables, self.desk.folder)

    def send(self, more, phrase=PASSPHRASE):
        """The mail that mutt hands over, or what it showed in place of that."""
        self.sent.unlink(missing_ok=True)
        mutt = self.start(more, "-s", "A test", "-i", "body", "alice@example.com")
        try:
            for prompt in (r"To: ", r"Subject: "):
                if mutt.wait([prompt, r"y:Send"]) == prompt:
                    mutt.type("\r")
            if mutt.wait([r"y:Send"]) is None:
                return None, mutt.text()
            at = len(mutt.text())
            mutt.type("y")
            asked = mutt.wait([r"passphrase:", r"Mail sent", r"Error", r"rror"], at)
            if asked == r"passphrase:":
                mutt.type(phrase + "\r")
                mutt.wait([r"Mail sent", r"Press any key", r"rror", r"not sent"], at)
            return (self.sent.read_bytes() if self.sent.exists() else None), mutt.text()
        finally:
            mutt.type("\x03q")
            mutt.close()

    def read(self, mailbox, *wanted):
        """What mutt shows of the first message of a mailbox."""
        mutt = self.start("", "-R", "-f", str(mailbox))
        try:
            if mutt.wait([r"A test"]) is None:
                return mutt.text()
            mutt.type("\r")
            if mutt.wait([r"passphrase:", *wanted]) == r"passphrase:":
                mutt.type(PASSPHRASE + "\r")
            for word in wanted:
                mutt.wait([word])
            mutt.read(0.5)
            return mutt.text()
        finally:
            mutt.type("qqx")
            mutt.close()


SIGN, ENCRYPT = "set crypt_autosign=yes", "set crypt_autoencrypt=yes"
VERIFIED = r"S/MIME signature successfully verified"


def lacks(text, *words):
    return [f"not shown: {word!r} in {' '.join(text.split())[-1500:]!r}" for word in words if not re.search(word, text)]


def declare(plan, desk):
    mutt = Mutt(desk)

    def round_trip(more, *words):
        mail, shown = mutt.send(more)
        if mail is None:
            return lacks(shown, "a mail that was sent")
        return lacks(mail.decode("utf-8", "replace"), *words) + lacks(mutt.read(mutt.sent, "Hello, world", VERIFIED), "Hello, world", VERIFIED)

    @plan.add("", "mutt signs, and finds its own signature good")
    def _():
        return round_trip(SIGN, r"multipart/signed", r"Hello, world")

    @plan.add("", "what mutt signs by signet, openssl verifies")
    def _():
        mail = mutt.sent.read_bytes().split(b"\n", 1)[1].rstrip(b"\n") + b"\n"
        desk.put("root.pem", keys.pem("CERTIFICATE", desk.root.cert))
        done = subprocess.run(["openssl", "cms", "-verify", "-CAfile", "root.pem", "-attime", str(int(NOW.timestamp())), "-purpose", "any"],
                              input=mail, cwd=desk.folder, capture_output=True, check=False)
        return [] if done.returncode == 0 else [repr(done.stderr), repr(mail[:3000])]

    @plan.add("", "mutt signs and encrypts to oneself, decrypts and verifies")
    def _():
        wrong = round_trip(f"{SIGN}\n{ENCRYPT}", r"application/(x-)?pkcs7-mime")
        hidden = b"Hello, world" not in mutt.sent.read_bytes() if mutt.sent.exists() else False
        return wrong + ([] if hidden else ["the text is not hidden"])

    @plan.add("", "mutt shows a changed message as one whose signature does not hold")
    def _():
        mail, shown = mutt.send(SIGN)
        if mail is None:
            return lacks(shown, "a mail that was sent")
        changed = mutt.home / "changed"
        changed.write_bytes(mail.replace(b"Hello, world", b"Hello, wrong"))
        text = mutt.read(changed, "Hello, wrong", r"could NOT be verified")
        return lacks(text, r"could NOT be verified") + (["believed"] if re.search(VERIFIED, text) else [])

    @plan.add("", "with a wrong passphrase mutt sends nothing")
    def _():
        mail, _ = mutt.send(SIGN, "wrong")
        return [] if mail is None else [repr(mail)]


if not shutil.which("mutt"):
    skip_all("mutt is not here")
main(declare)
