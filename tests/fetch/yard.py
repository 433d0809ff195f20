# SPDX-License-Identifier: Apache-2.0
"""A yard with servers on loopback, good ones and nasty ones, and the fetcher let loose in it."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from runner.plan import Plan, Skip, skip_all  # noqa: E402, F401

FETCH, PROBE = os.environ["SIGNET_FETCH"], os.environ["FETCH_PROBE"]
PATIENCE = 60  # seconds until what should have ended is given up; nothing is concluded from it
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def program(name):
    """Its path; a daemon is not on everybody's."""
    found = shutil.which(name, path=PATH)
    if not found:
        raise Skip(f"no {name}")
    return found


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nasty:
    """A TCP server: every connection is handed to `behave(connection)` in a thread of its own."""

    def __init__(self, behave, context=None):
        self.behave, self.context, self.seen, self.opened = behave, context, [], []
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def num_open(self):
        """Connections that there ever were."""
        return len(self.opened)

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            self.opened.append(connection)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            self.behave(connection)
        except OSError:
            pass
        finally:
            connection.close()

    def close(self):
        self.socket.close()


def request_of(connection):
    """The head of an HTTP request, as text."""
    octets = b""
    while b"\r\n\r\n" not in octets:
        more = connection.recv(65536)
        if not more:
            raise OSError("ended")
        octets += more
    return octets.decode("latin-1")


def response(status="200 OK", body=b"", fields=(), length=None):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", "Connection: close", *fields]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def hang(connection):
    """Holds the connection and its tongue."""
    while connection.recv(65536):
        pass


class Web(Nasty):
    """HTTP: `pages` is path -> function(connection, request), octets of a response, or (body, fields...)."""

    def __init__(self, pages, context=None):
        self.pages = pages
        super().__init__(self.answer, context)

    def answer(self, connection):
        request = request_of(connection)
        self.seen.append(request)
        page = self.pages.get(request.split()[1], response("404 Not Found", b"<html>no</html>"))
        if callable(page):
            page(connection, request)
        else:
            connection.sendall(page)

    def url(self, path="/", scheme="http"):
        return f"{scheme}://127.0.0.1:{self.port}{path}"


class Service:
    """A server of the system's, in the foreground."""

    def __init__(self, arguments, port, folder, **options):
        self.log = open(folder / "service.log", "ab")
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, cwd=folder, **options)
        self.wait(port, folder)

    def wait(self, port, folder):
        for _ in range(PATIENCE * 20):
            if self.process.poll() is not None:
                raise Skip(f"{self.process.args[0]} ended: {(folder / 'service.log').read_text(errors='replace')[-300:]}")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise Skip(f"{self.process.args[0]} does not listen")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Answers(list):
    """One dict an answer; `.pending` of each round."""

    def __init__(self, text):
        rows = [json.loads(line) for line in text.splitlines()]
        super().__init__(row for row in rows if "outcome" in row)
        self.pending = [row["pending"] for row in rows if "pending" in row]

    def by_id(self):
        return sorted(self, key=lambda row: row["id"])


class Yard:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.closing = []

    def keep(self, server):
        self.closing.append(server)
        return server

    def web(self, pages, context=None):
        return self.keep(Web(pages, context))

    def close(self):
        for server in reversed(self.closing):
            (getattr(server, "stop", None) or server.close)()

    def start(self, *arguments, private=True):
        command = [PROBE, FETCH, "--private", "yes" if private else "no", *map(str, arguments)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def fetch(self, *arguments, private=True):
        process = self.start(*arguments, private=private)
        out, errors = process.communicate(timeout=PATIENCE)
        if process.returncode != 0 or errors:
            raise RuntimeError(f"probe ended with {process.returncode}: {errors}")
        return Answers(out)

    def one(self, *arguments, **options):
        answers = self.fetch(*arguments, **options)
        if len(answers) != 1:
            raise RuntimeError(f"{len(answers)} answers")
        return answers[0]

    # --- TLS

    def openssl(self, *arguments):
        subprocess.run([program("openssl"), *map(str, arguments)], check=True, capture_output=True, cwd=self.folder)

    def certificate(self, name, host="IP:127.0.0.1,DNS:localhost"):
        """name.pem and name.key: signed by itself, and fit to be believed as a CA."""
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                     f"/CN={name}", "-addext", f"subjectAltName={host}", "-keyout", f"{name}.key", "-out", f"{name}.pem")
        return self.folder / f"{name}.pem"

    def context(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


def differs(answer, outcome, *words, **members):
    """Lines that say what is not as it should be in an answer; `values`: a list of (label, octets)."""
    wrong = [] if answer["outcome"] == outcome else [f"{answer['outcome']}, expected {outcome}"]
    wrong += [f"not in the reason: {word!r}" for word in words if word.lower() not in answer["reason"].lower()]
    wrong += ["a reason where all is well"] if outcome in ("done", "unchanged") and answer["reason"] else []
    wrong += ["no reason"] if outcome not in ("done", "unchanged") and not answer["reason"] else []
    wrong += ["values of what is not done"] if outcome != "done" and answer["values"] else []
    values = members.pop("values", None)
    if values is not None:
        got = sorted((value["label"], bytes.fromhex(value["hex"])) for value in answer["values"])
        wrong += [] if got == sorted(values) else [f"values {got}"]
    wrong += [f"{name}: {answer[name]!r}, expected {value!r}" for name, value in members.items() if answer[name] != value]
    return wrong + ([f"answer: {json.dumps(answer)[:600]}"] if wrong else [])


def main(declare):
    with tempfile.TemporaryDirectory(prefix="signet-fetch-") as folder:
        plan, yard = Plan(), Yard(folder)
        try:
            declare(plan, yard)
            status = plan.run()
        except Skip as reason:
            skip_all(str(reason))
        finally:
            yard.close()
        sys.exit(status)
