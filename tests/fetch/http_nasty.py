#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Web servers that fail, lie and hang: every request has one answer, in words, and the fetcher goes on."""

import time

from yard import Nasty, differs, free_port, hang, main, response


def drip(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.05)


def endless(head):
    def page(connection, _):
        connection.sendall(head)
        while True:
            connection.sendall(b"X-Filler: 0123456789abcdef\r\n" * 400)
    return page


def declare(plan, yard):
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
    web = yard.web({
        "/good": response(body=b"good"),
        "/hang": lambda connection, _: hang(connection),
        "/drip": drip,
        "/endless": endless(head + b"\r\n"),
        "/fields": endless(head),
        "/chunks": endless(head + b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"),
        "/error": endless(b"HTTP/1.1 500 No\r\nConnection: close\r\n\r\n"),
        "/large": response(body=b"x", length=1 << 40),
        "/exact": response(body=b"x" * 1000),
        "/over": response(body=b"x" * 1001),
        "/cut": response(body=b"x" * 10, length=20),
        "/nothing": lambda connection, _: None,
        "/noise": b"\x15\x03\x01\x00\x02\x02\x28",
        "/http09": b"good",
        "/lengths": head + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
        "/negative": head + b"Content-Length: -1\r\n\r\n",
        "/badchunk": head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "/cutchunk": head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "/nowhere": response("302 Found"),
        "/loop": response("302 Found", fields=["Location: /loop"]),
    })

    def told(title, path, outcome, *words, options=()):
        @plan.add("", title)
        def _():
            return differs(yard.one(*options, "url", web.url(path)), outcome, *words)

    @plan.add("", "nobody listens")
    def _():
        return differs(yard.one("url", f"http://127.0.0.1:{free_port()}/"), "failed", "connect")

    @plan.add("", "no such host")
    def _():
        return differs(yard.one("url", "http://no-such-host.invalid/"), "failed", "resolve")

    soon = ("--timeout", 300)
    told("a server that hangs", "/hang", "timed-out", "300 ms", options=soon)
    told("a body that drips", "/drip", "timed-out", options=soon)
    told("a body without end", "/endless", "too-large", "1000 octets", options=("--max-bytes", 1000))
    told("header fields without end", "/fields", "failed")
    told("a chunk without end", "/chunks", "too-large", options=("--max-bytes", 1000))
    told("an error page without end", "/error", "failed")
    told("a length that says it is too large", "/large", "too-large", options=("--max-bytes", 1000))
    told("as large as may be", "/exact", "done", options=("--max-bytes", 1000))
    told("one octet larger", "/over", "too-large", options=("--max-bytes", 1000))
    told("a body that ends before its length", "/cut", "failed")
    told("no answer at all", "/nothing", "failed")
    told("what is not HTTP", "/noise", "failed")
    told("HTTP/0.9", "/http09", "failed")
    told("a chunk whose length is none", "/badchunk", "failed")
    told("a chunk that ends in the middle", "/cutchunk", "failed")
    told("a redirect that leads nowhere", "/nowhere", "failed")
    told("a redirect that leads to itself", "/loop", "refused", "5 redirects")
    told("no redirects where none may be", "/loop", "refused", "0 redirects", options=("--redirects", 0))

    @plan.add("", "two lengths, a negative one: an answer, whichever")
    def _():
        answers = yard.fetch("url", web.url("/lengths"), "url", web.url("/negative"))
        return [] if len(answers) == 2 and answers.pending == [0] else ["not answered"]

    @plan.add("", "a host that accepts and never answers TLS")
    def _():
        server = yard.keep(Nasty(hang))
        return differs(yard.one(*soon, "url", f"https://127.0.0.1:{server.port}/"), "timed-out")

    @plan.add("", "all of them at once, and the good one among them")
    def _():
        paths = ["/hang", "/drip", "/fields", "/cut", "/nothing", "/noise", "/loop", "/error", "/badchunk", "/good"]
        answers = yard.fetch("--timeout", 4000, "--parallel", 4, *[word for path in paths for word in ("url", web.url(path))])
        wrong = [] if len(answers) == len(paths) and answers.pending == [0] else [f"{len(answers)} answers"]
        good = [a for a in answers if a["id"] == len(paths)]
        return wrong + differs(good[0], "done", values=[("body", b"good")])

    @plan.add("", "fifty URLs that hang: the caller's one deadline ends it, and the next round is answered as before")
    def _():
        pages = [word for i in range(50) for word in ("url", web.url("/hang") + "?" + str(i))]
        hung = yard.web({f"/hang?{i}": lambda connection, _: hang(connection) for i in range(50)})
        pages = [word.replace(f":{web.port}/", f":{hung.port}/") for word in pages]
        answers = yard.fetch("--deadline", 700, "--timeout", 30000, "--rounds", 2, *pages)
        wrong = [] if answers.pending == [50, 50] else [f"pending {answers.pending}"]
        return wrong + ([] if not answers else [f"{len(answers)} answers"])

    @plan.add("", "fifty URLs that hang: one that answers is not kept waiting for ever")
    def _():
        hung = yard.web({f"/{i}": lambda connection, _: hang(connection) for i in range(50)})
        pages = [word for i in range(50) for word in ("url", hung.url(f"/{i}"))]
        answers = yard.fetch("--timeout", 3000, "--parallel", 50, *pages, "url", web.url("/good"))
        late = [a["outcome"] for a in answers.by_id()]
        return [] if late == ["timed-out"] * 50 + ["done"] else [str(late)]


main(declare)
