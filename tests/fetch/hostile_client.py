#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""signet-fetch spoken to by hand: it believes its client no more than its client believes it."""

import socket
import struct
import subprocess
import time

from yard import FETCH, PATIENCE, Nasty, hang, main, response

RULES, START, CANCEL, VALUE, DATA, END = range(1, 7)


def frame(kind, body=b"", number=1, version=1):
    return struct.pack(">BBHII", version, kind, 0, number, len(body)) + body


def text(words):
    words = words.encode()
    return struct.pack(">H", len(words)) + words + b"\0"


def rules(max_bytes=1 << 20, redirects=5, parallel=8, timeout=PATIENCE * 1000, private=1):
    return frame(RULES, struct.pack(">QIIIBB", max_bytes, redirects, parallel, timeout, private, 0) + text("") * 4, 0)


def start(number, url, kind=0, max_bytes=0):
    return frame(START, struct.pack(">BBQ", kind, 0, max_bytes) + text(url) + text("") * 3, number)


class Helper:
    def __init__(self):
        self.socket, other = socket.socketpair()
        self.socket.settimeout(PATIENCE)
        self.process = subprocess.Popen([FETCH], stdin=other, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        other.close()
        self.octets = b""

    def send(self, *octets):
        try:
            self.socket.sendall(b"".join(octets))
        except OSError:
            pass  # it ended, which is looked at later
        return self

    def frame(self):
        """(kind, number, body) of the next frame; None at the end."""
        while len(self.octets) < 12 or len(self.octets) < 12 + struct.unpack(">I", self.octets[8:12])[0]:
            try:
                more = self.socket.recv(1 << 20)
            except ConnectionResetError:
                more = b""
            if not more:
                return None
            self.octets += more
        _, kind, _, number, size = struct.unpack(">BBHII", self.octets[:12])
        body, self.octets = self.octets[12:12 + size], self.octets[12 + size:]
        return kind, number, body

    def outcomes(self, num):
        """number -> outcome of the next `num` requests that end."""
        found = {}
        while len(found) < num:
            got = self.frame()
            if got is None:
                break
            if got[0] == END:
                found[got[1]] = got[2][0]
        return found

    def ended(self, *statuses):
        """What is wrong with its end, once the socket is closed."""
        self.socket.close()
        _, errors = self.process.communicate(timeout=PATIENCE)
        wrong = [] if self.process.returncode in statuses else [f"exit status {self.process.returncode}"]
        return wrong + ([errors.decode(errors="replace")] if errors else [])


def declare(plan, yard):
    web = yard.web({"/": response(body=b"good"), "/big": response(body=b"x" * 900000)})
    hung = yard.keep(Nasty(hang))

    @plan.add("", "it ends in order when its socket is closed: before the rules, after them, with requests under way")
    def _():
        wrong = Helper().ended(1)
        wrong += Helper().send(rules()).ended(0)
        helper = Helper().send(rules(), start(1, web.url()), start(2, web.url("/none")), start(3, "ldap://127.0.0.1:1/x"))
        wrong += [] if helper.outcomes(3) == {1: 0, 2: 2, 3: 7} else ["other outcomes"]
        helper.send(start(4, f"http://127.0.0.1:{hung.port}/"), start(5, f"ldap://127.0.0.1:{hung.port}/x"))
        return wrong + helper.ended(0)

    def ends(title, *octets):
        @plan.add("", title)
        def _():
            helper = Helper().send(*octets)
            wrong = [] if helper.frame() is None else ["it answered"]
            return wrong + helper.ended(0, 1)

    ends("noise instead of rules", b"GET / HTTP/1.1\r\n\r\n")
    ends("a request before the rules", start(1, web.url()))
    ends("rules that are cut", frame(RULES, b"\0" * 10, 0))
    ends("rules of another version", b"\2" + rules()[1:])
    ends("rules twice", rules(), rules())
    ends("noise after the rules", rules(), b"\xff" * 100)
    ends("a frame that is its own", rules(), frame(DATA, b"x"))
    ends("a request without a body", rules(), frame(START))
    ends("a kind that there is not", rules(), start(1, web.url(), kind=9))
    ends("a URL with a NUL", rules(), frame(START, struct.pack(">BBQ", 0, 0, 0) + text("http://a\0b/") + text("") * 3))
    ends("a cancel with a body", rules(), frame(CANCEL, b"x"))

    @plan.add("", "cancelled: of what was asked, of what was not, again, and a number used twice")
    def _():
        helper = Helper().send(rules(), start(1, f"http://127.0.0.1:{hung.port}/"), frame(CANCEL), frame(CANCEL), frame(CANCEL, number=9))
        helper.send(start(2, web.url()), start(2, web.url("/none")), start(3, web.url()))
        found = helper.outcomes(2)
        wrong = [] if found.get(3) == 0 and 1 not in found else [str(found)]
        return wrong + helper.ended(0)

    @plan.add("", "more octets than the rules have cannot be asked for")
    def _():
        helper = Helper().send(rules(max_bytes=1000), start(1, web.url("/big"), max_bytes=1 << 40))
        return ([] if helper.outcomes(1) == {1: 4} else ["not too large"]) + helper.ended(0)

    @plan.add("", "a client that asks and does not listen: the network waits for it, and nothing is lost")
    def _():
        helper = Helper().send(rules(), *[start(i, web.url("/big")) for i in range(1, 41)])
        time.sleep(1)  # meanwhile it fills what there is to fill
        sizes, ended = {}, 0
        while ended < 40:
            got = helper.frame()
            if got is None:
                break
            kind, number, body = got
            sizes[number] = sizes.get(number, 0) + (len(body) if kind == DATA else 0)
            ended += kind == END and body[0] == 0
        wrong = [] if ended == 40 and set(sizes.values()) == {900000} else [f"{ended} ended, {sizes}"]
        return wrong + helper.ended(0)

    @plan.add("", "ten thousand requests at once")
    def _():
        helper = Helper().send(rules(), *[start(i, "ftp://x/") for i in range(1, 10001)])
        return ([] if set(helper.outcomes(10000).values()) == {3} else ["not refused"]) + helper.ended(0)


main(declare)
