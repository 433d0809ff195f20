#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a web server gives, and what it says of it; lighttpd, and servers of our own."""

import os

from yard import Service, differs, free_port, main, program, response

CRL = bytes(range(256)) * 8


def declare(plan, yard):
    web = yard.web({
        "/a.crl": response(body=CRL, fields=["Content-Type: application/pkix-crl", 'ETag: "7"',
                                             "Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT"]),
        "/empty": response(),
        "/gone": response("410 Gone"),
        "/busy": response("503 Service Unavailable", b"later"),
        "/part": response("206 Partial Content", CRL),
        "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
        "/html": response(body=b"<html>Sign in</html>", fields=["Content-Type: text/html"]),
        "/moved": response("301 Moved", fields=["Location: /a.crl"]),
        "/known": response("304 Not Modified"),
        "/wordy": response(body=CRL, fields=[f"X-{one}: {'x' * 8000}" for one in range(20)]),
        "/endless": response(body=CRL, fields=[f"X-{one}: {'x' * 8000}" for one in range(35)]),
        "/gzip": response(body=b"\x1f\x8b", fields=["Content-Encoding: gzip"]),
    })

    @plan.add("", "a body with its type and validators")
    def _():
        return differs(yard.one("url", web.url("/a.crl")), "done", values=[("body", CRL)], content_type="application/pkix-crl",
                       etag='"7"', last_modified="Sat, 21 Nov 2026 09:00:00 GMT", final_url="")

    @plan.add("", "an empty body, and one in chunks")
    def _():
        return (differs(yard.one("url", web.url("/empty")), "done", values=[("body", b"")])
                + differs(yard.one("url", web.url("/chunks")), "done", values=[("body", b"hello world")]))

    @plan.add("", "404 and 410 are absent, 503 and 206 have failed")
    def _():
        return (differs(yard.one("url", web.url("/none")), "absent", "HTTP 404")
                + differs(yard.one("url", web.url("/gone")), "absent", "HTTP 410")
                + differs(yard.one("url", web.url("/busy")), "failed", "HTTP 503")
                + differs(yard.one("url", web.url("/part")), "failed", "HTTP 206"))

    @plan.add("", "HTML is given to the caller as what it says it is")
    def _():
        return differs(yard.one("url", web.url("/html")), "done", content_type="text/html", values=[("body", b"<html>Sign in</html>")])

    @plan.add("E-32", "header fields without end have failed, and many have not")
    def _():
        return (differs(yard.one("url", web.url("/wordy")), "done", values=[("body", CRL)])
                + differs(yard.one("url", web.url("/endless")), "failed", values=[]))

    @plan.add("", "a redirect is followed, and told")
    def _():
        return differs(yard.one("url", web.url("/moved")), "done", values=[("body", CRL)], final_url=web.url("/a.crl"))

    @plan.add("", "a conditional request, and its 304")
    def _():
        wrong = differs(yard.one("--etag", '"7"', "--modified", "Sat, 21 Nov 2026 09:00:00 GMT", "url", web.url("/known")), "unchanged")
        head = web.seen[-1]
        wrong += [] if 'If-None-Match: "7"\r\n' in head else ["no If-None-Match"]
        return wrong + ([] if "If-Modified-Since: Sat, 21 Nov 2026 09:00:00 GMT\r\n" in head else ["no If-Modified-Since"])

    @plan.add("", "a 304 that was not asked for has failed")
    def _():
        return differs(yard.one("url", web.url("/known")), "failed", "HTTP 304")

    @plan.add("", "a validator with a line end in it writes no header field")
    def _():
        wrong = differs(yard.one("--etag", "x\r\nX-Evil: 1", "url", web.url("/a.crl")), "done")
        return wrong + (["X-Evil was sent"] if "evil" in web.seen[-1].lower() else [])

    @plan.add("", "nothing is asked for but the page: no cookies, no credentials, no compression")
    def _():
        yard.one("url", web.url("/a.crl"))
        names = {line.split(":")[0].lower() for line in web.seen[-1].split("\r\n")[1:] if line}
        return ([] if names == {"host", "user-agent", "accept"} else [f"fields {names}"]) + (
            [] if "User-Agent: signet/" in web.seen[-1] else ["no User-Agent"])

    @plan.add("", "what is compressed all the same is not unpacked")
    def _():
        return differs(yard.one("url", web.url("/gzip")), "done", values=[("body", b"\x1f\x8b")])

    @plan.add("", "forty megabytes come through in pieces, octet by octet the same")
    def _():
        big = yard.web({"/big": response(body=CRL * 20480)})
        answer = yard.one("--max-bytes", 64 << 20, "--timeout", 50000, "--dump", yard.folder, "url", big.url("/big"))
        wrong = differs(answer, "done")
        path = yard.folder / f"{answer['id']}-0"
        return wrong + ([] if not wrong and path.read_bytes() == CRL * 20480 else ["another body"])

    @plan.add("", "equal requests share one fetch, and each is answered")
    def _():
        page = yard.web({"/one": response(body=b"1")})
        answers = yard.fetch("--times", 7, "url", page.url("/one"), "url", page.url("/two"))
        wrong = [line for a in answers.by_id()[:7] for line in differs(a, "done", values=[("body", b"1")])]
        wrong += [] if len(answers) == 8 and answers.pending == [0] else [f"{len(answers)} answers"]
        return wrong + ([] if len(page.seen) == 2 else [f"{len(page.seen)} requests"])

    @plan.add("", "no more requests are under way than may be")
    def _():
        import threading
        lock, now, most = threading.Lock(), [0], [0]

        def slow(connection, _):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            threading.Event().wait(0.05)
            with lock:
                now[0] -= 1
            connection.sendall(response(body=b"x"))
        page = yard.web({f"/{i}": slow for i in range(12)})
        answers = yard.fetch("--parallel", 3, *[word for i in range(12) for word in ("url", page.url(f"/{i}"))])
        return ([] if {a["outcome"] for a in answers} == {"done"} and len(answers) == 12 else ["not all done"]) + (
            [] if most[0] <= 3 else [f"{most[0]} at once"])

    @plan.add("", "lighttpd: a file, its validators used again, no such file")
    def _():
        port, folder = free_port(), yard.folder / "lighttpd"
        folder.mkdir()
        (folder / "ca.crl").write_bytes(CRL)
        (folder / "conf").write_text(
            f'server.document-root = "{folder}"\nserver.port = {port}\nserver.bind = "127.0.0.1"\n'
            'server.stat-cache-engine = "disable"\nmimetype.assign = (".crl" => "application/pkix-crl")\n')
        yard.keep(Service([program("lighttpd"), "-D", "-f", folder / "conf"], port, folder))
        url = f"http://127.0.0.1:{port}/ca.crl"
        first = yard.one("url", url)
        wrong = differs(first, "done", values=[("body", CRL)], content_type="application/pkix-crl")
        wrong += differs(yard.one("--etag", first["etag"], "url", url), "unchanged")
        wrong += differs(yard.one("--modified", first["last_modified"], "url", url), "unchanged")
        os.utime(folder / "ca.crl", (1, 1))
        wrong += differs(yard.one("--etag", first["etag"], "url", url), "done", values=[("body", CRL)])
        return wrong + differs(yard.one("url", url + "x"), "absent", "404")


main(declare)
