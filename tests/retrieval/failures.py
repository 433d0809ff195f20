#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Servers that fail in every way: the verdict comes before the deadline and says what was missing."""

import os
import signal
import subprocess
import sys
import threading
import time

from place import Answer, Place, Plan, codes, elapsed, expect, outcomes, points, reason, refusing_port, silent_port

plan = Plan()
# Far above what a deadline of two seconds should take, for machines that are busy; far below what the servers would take.
SOON = 30


def judge(place, *uris, deadline="2s", timeout="1s", more=()):
    """(result, seconds) of Alice, whose CRL is at `uris`."""
    w = place.world
    root = w.root()
    alice = w.end_entity("Alice", root, ext={"cRLDistributionPoints": points(*uris)})
    place.put("root.crt", root.cert)
    place.put("alice.crt", alice.cert)
    place.put("mail.eml", w.signed_mail(alice))
    place.crl = w.crl(root).der
    place.configure(deadline=deadline, timeout=timeout)
    return elapsed(lambda: place.judge("verify", "--no-store", "--anchor", "root.crt", *more, "mail.eml"))


def unknown(found, outcome, *words):
    """What is wrong with a verdict that lacks a CRL."""
    result, seconds = found
    told = outcomes(result)
    wrong = expect(verdict=(result["verdict"], "UNKNOWN"), missing=("REV_UNAVAILABLE" in codes(result), True),
                   outcomes=(set(told.values()), {outcome}), soon=(seconds < SOON, True))
    text = " ".join(source["reason"] for source in result["sources"])
    return wrong + [f"not told: {word!r} in {text!r}" for word in words if word.lower() not in text.lower()]


@plan.add("E-32", "connection refused")
def _():
    with Place() as place:
        return unknown(judge(place, f"http://127.0.0.1:{refusing_port()}/a.crl"), "failed", "connect")


@plan.add("E-32", "a server that takes the connection and says nothing")
def _():
    with Place() as place, silent_port() as silent:
        return unknown(judge(place, f"http://127.0.0.1:{silent.getsockname()[1]}/a.crl"), "timed-out")


@plan.add("E-32", "a slow drip, octet by octet")
def _():
    with Place() as place:
        return unknown(judge(place, place.serve("/a.crl", bytes(100000), drip=0.2)), "timed-out")


@plan.add("E-32", "a body without an end")
def _():
    with Place() as place:
        return unknown(judge(place, place.serve("/a.crl", b"", endless=True), deadline="20s", timeout="15s"), "too-large")


@plan.add("E-32", "redirects in a circle")
def _():
    with Place() as place:
        url = place.web.url("/a.crl")
        place.serve("/a.crl", Answer(status=302, headers={"Location": url}))
        return unknown(judge(place, url, deadline="20s", timeout="10s"), "refused", "redirect")


@plan.add("E-32", "a redirect to a file of the machine")
def _():
    with Place() as place:
        place.serve("/a.crl", Answer(status=302, headers={"Location": "file:///etc/passwd"}))
        result, _ = judge(place, place.web.url("/a.crl"), deadline="20s", timeout="10s")
        return expect(verdict=(result["verdict"], "UNKNOWN"), bytes=(result["sources"][0]["bytes"], 0))


@plan.add("B-CDP-2", "HTML instead of a CRL, and other content")
def _():
    wrong = []
    with Place() as place:
        for body, word in ((b"\r\n <html>", "HTML"), (b"\x89PNG", "no CRL"), (b"-----BEGIN X509 CRL-----\nAAAA\n", "no CRL")):
            place.serve("/a.crl", body)
            wrong += unknown(judge(place, place.web.url("/a.crl"), deadline="20s", timeout="10s"), "invalid", word)
    return wrong


@plan.add("E-32", "an error of the server, and an answer that is cut off")
def _():
    wrong = []
    with Place() as place:
        url = place.serve("/a.crl", Answer(status=500, body=b"oops"))
        wrong += unknown(judge(place, url, deadline="20s", timeout="10s"), "failed", "500")
        place.serve("/a.crl", Answer(b"\x30\x82\x01\x00", cut=True))
        wrong += unknown(judge(place, url, deadline="20s", timeout="10s"), "failed")
    return wrong


@plan.add("E-32", "a host that does not exist")
def _():
    with Place() as place:
        return unknown(judge(place, "http://no-such-host.invalid/a.crl", deadline="20s", timeout="10s"), "failed")


@plan.add("E-32", "fifty locations that all hang: one deadline, and all that was asked is listed")
def _():
    with Place() as place, silent_port() as silent:
        port = silent.getsockname()[1]
        w = place.world
        above = root = w.root()
        crl = [f"http://127.0.0.1:{port}/{i}.crl" for i in range(50)]
        for number in range(4):
            above = w.ca(f"CA {number}", above, ext={"cRLDistributionPoints": points(*crl[10 * number:10 * number + 10])})
        alice = w.end_entity("Alice", above, ext={"cRLDistributionPoints": points(*crl[40:])})
        place.put("root.crt", root.cert)
        place.put("mail.eml", w.signed_mail(alice))
        place.configure(deadline="3s", timeout="60s", requests="50")
        result, seconds = elapsed(lambda: place.judge("verify", "--no-store", "--anchor", "root.crt", "mail.eml"))
        told = list(outcomes(result).values())
        return expect(verdict=(result["verdict"], "UNKNOWN"), soon=(seconds < SOON, True), told=(set(told), {"timed-out"}),
                      missing=("REV_UNAVAILABLE" in codes(result), True))


@plan.add("E-32", "a location that failed is not asked again by the next verdict of the same run")
def _():
    with Place() as place:
        url = place.serve("/a.crl", Answer(status=404))
        w = place.world
        root = w.root()
        alice = w.end_entity("Alice", root, ext={"cRLDistributionPoints": points(url)})
        place.put("root.crt", root.cert)
        for name in ("1.eml", "2.eml", "3.eml"):
            place.put(name, w.signed_mail(alice))
        outcome = place.run("verify", "--no-store", "--json", "--at", "2026-06-01T12:00:00Z", "--anchor", "root.crt", "1.eml",
                            "2.eml", "3.eml")
        return expect(asked=(place.web.asked, ["/a.crl"]), exit=(outcome.exit, 3),
                      remembered=(outcome.stdout.count(b'"remembered"'), 2))


def children(pid):
    """Processes that a process has started."""
    done = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=False)
    return [int(word) for word in done.stdout.split()]


@plan.add("E-32", "the helper is killed in the middle: the verdict comes, and says so")
def _():
    with Place() as place, silent_port() as silent:
        found = []

        def kill():
            begin = time.monotonic()
            while time.monotonic() - begin < 20 and not found:
                for program in children(os.getpid()):
                    for one in children(program):
                        os.kill(one, signal.SIGKILL)
                        found.append(one)
                time.sleep(0.05)

        killer = threading.Thread(target=kill)
        killer.start()
        result, seconds = judge(place, f"http://127.0.0.1:{silent.getsockname()[1]}/a.crl", deadline="50s", timeout="50s")
        killer.join()
        return unknown((result, seconds), "failed") + ([] if found else ["no helper was there to be killed"])


@plan.add("E-32", "there is no helper: the verdict comes, and says so")
def _():
    with Place() as place:
        url = place.serve("/a.crl", b"")
        found = judge(place, url)
        place.configure(helper="/nonexistent/signet-fetch")
        found = elapsed(lambda: place.judge("verify", "--no-store", "--anchor", "root.crt", "mail.eml"))
        return unknown(found, "failed", "signet-fetch") + expect(asked=(place.web.times("/a.crl"), 1))


@plan.add("E-32", "the helper is started only when there is something to fetch")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        alice = w.end_entity("Alice", root)
        place.put("root.crt", root.cert)
        place.put("root.crl", w.crl(root).der)
        place.put("mail.eml", w.signed_mail(alice))
        place.configure(helper="/nonexistent/signet-fetch")
        result = place.judge("verify", "--no-store", "--anchor", "root.crt", "--crls", "root.crl", "mail.eml")
        return expect(verdict=(result["verdict"], "GOOD"), sources=(result["sources"], []))


sys.exit(plan.run())
