#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The helper as a process: killed, missing, talking nonsense, left alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from yard import FETCH, PATIENCE, PROBE, Answers, Nasty, Skip, differs, hang, main, response


def children(pid):
    """Processes whose parent is `pid`, by /proc."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "stat").read_text().rsplit(")", 1)[1].split()[1] == str(pid):
                found.append(int(entry.name))
        except OSError:
            pass
    return found


def until(condition):
    for _ in range(PATIENCE * 50):
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise RuntimeError("it never came to that")


def declare(plan, yard):
    if not Path("/proc/self/stat").exists():
        raise Skip("no /proc")
    web = yard.web({"/": response(body=b"good")})

    @plan.add("", "killed in the middle: GONE for all that was under way, and the next request starts another")
    def _():
        server = yard.keep(Nasty(hang))
        process = yard.start("--rounds", 2, "url", f"http://127.0.0.1:{server.port}/", "url", f"http://127.0.0.1:{server.port}/2")
        until(lambda: server.num_open == 2)
        first = children(process.pid)
        os.kill(first[0], signal.SIGKILL)
        until(lambda: server.num_open == 4)
        second = children(process.pid)
        os.kill(second[0], signal.SIGKILL)
        out, errors = process.communicate(timeout=PATIENCE)
        answers = Answers(out)
        wrong = [line for answer in answers for line in differs(answer, "gone", "ended")]
        wrong += [] if len(answers) == 4 and answers.pending == [0, 0] and not errors else [out, errors]
        return wrong + ([] if len(first) == len(second) == 1 and first != second else [f"children {first}, {second}: a zombie?"])

    @plan.add("", "it ends when who asked is killed, and so do those that it started")
    def _():
        server = yard.keep(Nasty(hang))
        process = yard.start("url", f"http://127.0.0.1:{server.port}/", "url", f"ldap://127.0.0.1:{server.port}/x")
        until(lambda: server.num_open == 2)
        family = children(process.pid)
        family += [child for pid in family for child in children(pid)]
        family += [child for pid in family[1:] for child in children(pid)]
        process.kill()
        process.communicate()

        def ended(pid):
            try:
                return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] in "ZX"
            except OSError:
                return True
        until(lambda: all(ended(pid) for pid in family))
        return [] if len(family) == 3 else [f"{len(family)} processes"]

    def impostor(title, code, *words):
        @plan.add("", title)
        def _():
            path = yard.folder / "impostor"
            path.write_text(f"#!{sys.executable}\nimport os, socket, struct, time\ns = socket.socket(fileno=0)\ns.setblocking(True)\n"
                            "head = lambda kind, id, body: struct.pack('>BBHII', 1, kind, 0, id, len(body)) + body\n"
                            "text = lambda words: struct.pack('>H', len(words)) + words + b'\\0'\n"
                            # RULES, then START, whose request is answered
                            "asked = s.recv(65536)\nasked = asked[12 + struct.unpack('>I', asked[8:12])[0]:]\n"
                            "id = struct.unpack('>I', asked[4:8])[0]\n" + code)
            path.chmod(0o755)
            run = subprocess.run([PROBE, path, "--max-bytes", "1000", "--rounds", "2", "url", web.url()], capture_output=True,
                                 text=True, timeout=PATIENCE)
            answers = Answers(run.stdout)
            return [line for a in answers for line in differs(a, "gone", *words)] + (
                [] if len(answers) == 2 and answers.pending == [0, 0] else [run.stdout, run.stderr])

    wait = "time.sleep(60)\n"
    impostor("a helper that ends at once", "", "ended")
    impostor("a helper that talks nonsense is ended", "s.sendall(b'HTTP/1.1 200 OK')\n" + wait, "no answer")
    impostor("a helper of another version", "s.sendall(b'\\2' + head(6, id, b'')[1:])\n" + wait, "no answer")
    impostor("a frame that is larger than frames are", "s.sendall(struct.pack('>BBHII', 1, 5, 0, id, 1 << 20))\n" + wait, "no answer")
    impostor("octets without a value", "s.sendall(head(5, id, b'x') + head(5, id, b'x'))\n" + wait, "no answer")
    impostor("more octets than were allowed", "s.sendall(head(4, id, text(b'body')) + head(5, id, b'x' * 1001))\n" + wait, "no answer")
    impostor("values without end", "s.sendall(head(4, id, text(b'body')) * 1000)\n" + wait, "no answer")
    impostor("an outcome that there is not", "s.sendall(head(6, id, b'\\x09' + text(b'') * 5))\n" + wait, "no answer")
    impostor("a text with a NUL in it", "s.sendall(head(4, id, text(b'a\\0b')))\n" + wait, "no answer")
    impostor("a helper that asks its client", "s.sendall(head(2, id, b''))\n" + wait, "no answer")

    @plan.add("", "answers to what was not asked are ignored")
    def _():
        path = yard.folder / "stranger"
        path.write_text(f"#!{sys.executable}\nimport socket, struct\ns = socket.socket(fileno=0)\ns.setblocking(True)\n"
                        "text = b'\\0\\0\\0'\nend = lambda id: struct.pack('>BBHII', 1, 6, 0, id, 16) + b'\\2' + text * 5\n"
                        "s.sendall(end(77) + end(1))\ns.recv(100000)\ns.recv(100000)\nimport time; time.sleep(60)\n")
        path.chmod(0o755)
        run = subprocess.run([PROBE, path, "url", web.url()], capture_output=True, text=True, timeout=PATIENCE)
        answers = Answers(run.stdout)
        return [] if len(answers) == 1 and answers[0]["outcome"] == "absent" else [run.stdout, run.stderr]

    @plan.add("", "a program that is not there, or is none, is told")
    def _():
        wrong = []
        for path, words in (("/no/such/program", "no such file"), (str(yard.folder), "cannot be started")):
            run = subprocess.run([PROBE, path, "url", web.url()], capture_output=True, text=True, timeout=PATIENCE)
            wrong += [] if run.returncode == 2 and words in run.stderr else [run.stderr]
        return wrong

    @plan.add("", "it inherits neither files nor environment")
    def _():
        server = yard.keep(Nasty(hang))
        held = os.open("/etc/passwd", os.O_RDONLY)
        os.set_inheritable(held, True)
        process = subprocess.Popen([PROBE, FETCH, "--private", "yes", "--deadline", "60000", "url", f"http://127.0.0.1:{server.port}/"],
                                   stdout=subprocess.PIPE, pass_fds=(held,), env={**os.environ, "LDAPRC": "x", "SSL_CERT_FILE": "y"})
        os.close(held)
        until(lambda: server.num_open == 1)
        child = children(process.pid)[0]
        try:
            environment = Path(f"/proc/{child}/environ").read_bytes()
            links = [os.readlink(link) for link in Path(f"/proc/{child}/fd").iterdir()]
        except PermissionError:
            raise Skip("the helper cannot be looked at, which is as it should be")
        finally:
            process.kill()
            process.communicate()
        wrong = [] if environment.strip(b"\0") in (b"", b"LDAPNOINIT=1") else [f"environment {environment!r}"]
        return wrong + [f"open: {link}" for link in links if "passwd" in link]

    @plan.add("", "run by hand it says what it is, and --check what holds")
    def _():
        run = subprocess.run([FETCH], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
        wrong = [] if run.returncode == 2 and "by libsignet" in run.stderr else [run.stderr]
        run = subprocess.run([FETCH, "--check"], capture_output=True, text=True, timeout=PATIENCE)
        wrong += [] if run.returncode in (0, 1) and "privileges" in run.stdout and run.stdout.count("\n") == 7 else [run.stdout]
        run = subprocess.run([FETCH, "--version"], capture_output=True, text=True, timeout=PATIENCE)
        return wrong + ([] if run.stdout.startswith("signet-fetch ") else [run.stdout])


main(declare)
