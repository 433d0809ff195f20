#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""signet refresh: CRLs of stored certificates before they end, side by side, with a summary."""

import json
import sys
from datetime import datetime, timedelta, timezone

from place import Answer, Place, Plan, expect, points

plan = Plan()
# The clock decides what is due, and so does what is made here.
TODAY = datetime.now(timezone.utc).replace(microsecond=0)


def hours(number):
    return TODAY + timedelta(hours=number)


class Stock(Place):
    """A database with a root and some people whose distribution points are of their own."""

    def __init__(self, num=1):
        super().__init__()
        w = self.world
        self.root = w.root()
        self.people = []
        for number in range(num):
            ca = w.ca(f"CA {number}", self.root, ext={"cRLDistributionPoints": points(self.web.url("/root.crl"))})
            someone = w.end_entity(f"P{number}", ca, ext={"cRLDistributionPoints": points(self.web.url(f"/{number}.crl"))})
            self.people.append((ca, someone))
            self.put(f"ca{number}.crt", ca.cert)
            self.put(f"p{number}.crt", someone.cert)
        self.put("root.crt", self.root.cert)
        self.store("trust", "--yes", "root.crt")
        self.store("import", *(f"{kind}{number}.crt" for number in range(num) for kind in ("ca", "p")))

    def store(self, verb, *arguments):
        outcome = self.run(verb, "--store", "db", *arguments)
        if outcome.exit != 0:
            raise AssertionError(f"{verb}: {outcome.stderr.decode()}")

    def crl(self, entity, until=48, number=1, since=-1):
        return self.world.crl(entity, number=number, this_update=hours(since), next_update=hours(until)).der

    def refresh(self, *more):
        outcome = self.run("refresh", "--store", "db", "--json", *more)
        if outcome.trouble or not outcome.stdout:
            raise AssertionError(f"{outcome.trouble} {outcome.stderr.decode()}")
        return outcome.exit, json.loads(outcome.stdout)


@plan.add("A-4.1-2", "the CRLs of all stored certificates are fetched, each location once, and kept")
def _():
    with Stock(5) as stock:
        stock.serve("/root.crl", stock.crl(stock.root))
        for number, (ca, _) in enumerate(stock.people):
            stock.serve(f"/{number}.crl", stock.crl(ca))
        status, first = stock.refresh("--jobs", "2")
        asked = sorted(stock.web.asked)
        offline = [stock.judge("path", "--store", "db", "--offline", f"p{number}.crt", at=None)["verdict"] for number in range(5)]
        return expect(exit=(status, 0), asked=(asked, sorted(["/root.crl", *(f"/{i}.crl" for i in range(5))])),
                      found=(first["found"], 6), stale=(first["stale"], 0), offline=(set(offline), {"GOOD"}))


@plan.add("A-4.1-2", "only what ends within the given time is asked for again")
def _():
    with Stock() as stock:
        ca, _ = stock.people[0]
        stock.serve("/root.crl", stock.crl(stock.root, until=10, since=-20))
        stock.serve("/0.crl", stock.crl(ca, until=200, since=-20))
        stock.refresh()
        stock.web.asked.clear()
        # As if the first run had been some time ago: what it has just asked is not asked again.
        stock.configure(recent="0s")
        quiet, none = stock.refresh("--within", "1h")
        between = list(stock.web.asked)
        return expect(quiet=(quiet, 0), found=(none["found"], 0), asked=(between, []))


@plan.add("A-4.1-2", "what cannot be had is told, and the exit status is 3; the others are refreshed all the same")
def _():
    with Stock(2) as stock:
        stock.serve("/root.crl", stock.crl(stock.root))
        stock.serve("/0.crl", stock.crl(stock.people[0][0]))
        stock.serve("/1.crl", Answer(status=500))
        status, told = stock.refresh()
        return expect(exit=(status, 3), found=(told["found"], 2), stale=(told["stale"], 1), failed=(told["failed"], 1))


@plan.add("", "without a database there is nothing to refresh, which is said and no trouble for a timer; offline is")
def _():
    with Place() as place:
        none = place.run("refresh", "--store", "nowhere.db")
        with Stock() as stock:
            offline = stock.run("refresh", "--store", "db", "--offline")
        return expect(none=(none.exit, 0), told=(b"nowhere.db" in none.stderr and b"nothing to refresh" in none.stderr, True),
                      offline=(offline.exit, 2))


sys.exit(plan.run())
