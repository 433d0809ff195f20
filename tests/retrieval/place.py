# SPDX-License-Identifier: Apache-2.0
"""A desk with a network around it: servers on loopback that answer rightly, wrongly, slowly or not at all."""

import json
import os
import socket
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki import cms  # noqa: E402, F401
from pki import extensions as x  # noqa: E402, F401
from pki import general_names as gn  # noqa: E402, F401
from pki import keys  # noqa: E402, F401
from pki.times import NOW, days, rfc3339  # noqa: E402, F401
from pki.world import World  # noqa: E402
from runner.execute import execute  # noqa: E402
from runner.plan import Plan, Skip  # noqa: E402, F401


class Answer:
    """One HTTP answer. `hold`: seconds before it, `drip`: seconds between its octets, `headers`: {name: value}."""

    def __init__(self, body=b"", status=200, headers=None, hold=0, drip=0, endless=False, cut=False):
        self.body, self.status, self.headers = body, status, dict(headers or {})
        self.hold, self.drip, self.endless, self.cut = hold, drip, endless, cut


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        web = self.server.web
        web.asked.append(self.path)
        found = web.answers.get(self.path, web.answers.get(self.path.split("?")[0]))
        answer = found(self) if callable(found) else found
        try:
            self.give(answer or Answer(status=404, body=b"<html>not here</html>"), web)
        except OSError:
            pass
        self.close_connection = True

    def give(self, answer, web):
        web.stop.wait(answer.hold)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if not answer.endless:
            self.send_header("Content-Length", str(len(answer.body) + (1000 if answer.cut else 0)))
        self.end_headers()
        if answer.drip:
            for octet in answer.body:
                self.wfile.write(bytes([octet]))
                if web.stop.wait(answer.drip):
                    return
        else:
            self.wfile.write(answer.body)
        while answer.endless and not web.stop.is_set():
            self.wfile.write(bytes(65536))


class Web:
    """An HTTP server. `answers`: {path: Answer, or a function of the request}; `asked`: the paths, in order."""

    def __init__(self):
        self.answers, self.asked, self.stop = {}, [], threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads, self.server.block_on_close = True, False
        self.server.web = self
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def close(self):
        self.stop.set()
        self.server.shutdown()
        self.server.server_close()

    def times(self, path):
        return sum(1 for one in self.asked if one == path)


def silent_port():
    """A socket that takes connections and says nothing; and one where nobody listens."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(128)
    return listening


def refusing_port():
    """A port of loopback where nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def points(*uris):
    """cRLDistributionPoints with one point of several names."""
    return x.crl_distribution_points(x.distribution_point([gn.uri(uri) for uri in uris]))


def ca_issuers(*uris):
    return x.authority_info_access(*(("caIssuers", gn.uri(uri)) for uri in uris))


def helper():
    """The helper process that was built beside the program."""
    beside = Path(os.environ.get("SIGNET", Path(__file__).resolve().parents[2] / "build" / "signet")).resolve().parent
    return os.environ.get("SIGNET_FETCH", str(beside / "fetcher" / "signet-fetch"))


class Place:
    """A folder, a world of certificates, a web server, and a signet.conf that lets the program reach it."""

    def __init__(self):
        self.room = tempfile.TemporaryDirectory(prefix="signet-retrieval-")
        self.folder = Path(self.room.name)
        self.web, self.world = Web(), World()
        self.configure()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.web.close()
        self.room.cleanup()

    def put(self, name, octets):
        (self.folder / name).write_bytes(octets)
        return name

    def serve(self, path, body, **options):
        """Answers `path` with an octet string; gives the URL."""
        self.web.answers[path] = body if isinstance(body, Answer) or callable(body) else Answer(body, **options)
        return self.web.url(path)

    def configure(self, more="", **retrieve):
        settings = {"helper": helper(), "private-addresses": "yes", "deadline": "20s", "timeout": "10s",
                    **{name.replace("_", "-"): value for name, value in retrieve.items()}}
        lines = ["[retrieve]", *(f"{name} = {value}" for name, value in settings.items()), more]
        self.put("signet.conf", "\n".join(lines).encode() + b"\n")

    def run(self, *arguments, config=True, stdin=None, changes=None):
        given = ["--config", "signet.conf"] if config else []
        variables = {"SIGNET_CONFIG": "", **(changes or {})}
        return execute([arguments[0], *given, *arguments[1:]], self.folder, changes=variables, stdin=stdin)

    def judge(self, *arguments, at=NOW, **options):
        """The JSON of one run, and its outcome."""
        moment = ["--at", rfc3339(at)] if at else []
        outcome = self.run(*arguments, "--json", *moment, **options)
        lines = outcome.stdout.decode("utf-8").splitlines()
        if outcome.trouble or len(lines) != 1:
            raise AssertionError(f"{outcome.trouble}: {outcome.stderr.decode()} {lines}")
        return json.loads(lines[0])


def outcomes(result, need=None, from_=None):
    """{last part of the URL: outcome} of the sources of a result."""
    return {source["url"].rsplit("/", 1)[-1]: source["outcome"] for source in result["sources"]
            if need in (None, source["need"]) and from_ in (None, source["from"])}


def reason(result, name):
    """What is said of the source whose URL ends so."""
    return " ".join(source["reason"] for source in result["sources"] if source["url"].endswith(name))


def codes(result):
    found = result["findings"] + [one for signer in result.get("signers", []) for one in signer["findings"]]
    return {finding["code"] for finding in found}


def expect(**pairs):
    """Lines for each pair (got, wanted) that differs."""
    return [f"{name}: {got!r}, expected {wanted!r}" for name, (got, wanted) in pairs.items() if got != wanted]


def elapsed(function):
    begin = time.monotonic()
    value = function()
    return value, time.monotonic() - begin
