#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Retrieval with a database: what was fetched is kept, what is kept is asked for conditionally or not at all."""

import sys
from datetime import datetime, timedelta, timezone

from place import Answer, Place, Plan, ca_issuers, days, expect, outcomes, points

plan = Plan()


def database(place):
    """Makes the database, with the root as an anchor."""
    outcome = place.run("trust", "--store", "db", "--yes", "root.crt")
    return [] if outcome.exit == 0 else [outcome.stderr.decode()]


@plan.add("A-4.2-6", "one object from the message, one from the database, one from the network: GOOD")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        ca = w.ca("CA", root)
        alice = w.end_entity("Alice", ca, ext={"cRLDistributionPoints": points(place.web.url("/ca.crl"))})
        place.put("root.crt", root.cert)
        place.put("ca.crt", ca.cert)
        place.put("root.crl", w.crl(root).der)
        place.serve("/ca.crl", w.crl(ca).der)
        place.put("mail.eml", w.signed_mail(alice, certs=[alice.cert]))
        wrong = database(place)
        wrong += expect(imported=(place.run("import", "--store", "db", "ca.crt", "root.crl").exit, 0))
        result = place.judge("verify", "--store", "db", "mail.eml")
        return wrong + expect(verdict=(result["verdict"], "GOOD"), network=(outcomes(result, from_="network"), {"ca.crl": "found"}),
                              stored=("found" in outcomes(result, from_="database").values(), True))


@plan.add("A-4.1-3", "what is fetched for the first message of all is kept: the database is there before it is asked for")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        alice = w.end_entity("Alice", root, ext={"cRLDistributionPoints": points(place.web.url("/root.crl"))})
        place.put("root.crt", root.cert)
        place.put("mail.eml", w.signed_mail(alice))
        place.serve("/root.crl", w.crl(root).der)
        first = place.judge("verify", "--store", "db", "--anchor", "root.crt", "mail.eml")
        place.web.asked.clear()
        again = place.judge("verify", "--store", "db", "--anchor", "root.crt", "--offline", "mail.eml")
        return expect(first=(first["verdict"], "GOOD"), source=(outcomes(first, from_="network"), {"root.crl": "found"}),
                      again=(again["verdict"], "GOOD"), asked=(place.web.asked, []))


@plan.add("A-4.1-1", "a newer CRL at the CA beats the stored one; the stored one is used while it is recent, or nothing else is there")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        alice = w.end_entity("Alice", root, ext={"cRLDistributionPoints": points(place.web.url("/root.crl"))})
        place.put("root.crt", root.cert)
        place.put("mail.eml", w.signed_mail(alice))
        place.put("old.crl", w.crl(root, number=5, this_update=days(-9), next_update=days(30)).der)
        newer = w.crl(root, [w.revocation(alice, days(-1))], number=6).der
        wrong = database(place)
        wrong += expect(imported=(place.run("import", "--store", "db", "old.crl").exit, 0))
        place.serve("/root.crl", Answer(status=404))
        place.configure(failure_memory="0s")
        stored = place.judge("verify", "--store", "db", "--no-keep", "mail.eml")
        place.serve("/root.crl", newer)
        fetched = place.judge("verify", "--store", "db", "mail.eml")
        place.web.asked.clear()
        again = place.judge("verify", "--store", "db", "mail.eml")
        return wrong + expect(stored=(stored["verdict"], "GOOD"), newer=(fetched["verdict"], "BAD"),
                              source=(outcomes(fetched, from_="network"), {"root.crl": "found"}),
                              again=(again["verdict"], "BAD"), asked=(place.web.asked, []))


@plan.add("A-4.1-1", "what is stored is asked for with its validators, and 304 keeps it")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        alice = w.end_entity("Alice", root, ext={"cRLDistributionPoints": points(place.web.url("/root.crl"))})
        place.put("root.crt", root.cert)
        place.put("mail.eml", w.signed_mail(alice))
        crl = w.crl(root).der
        seen = []

        def answer(request):
            seen.append(request.headers.get("If-None-Match"))
            return Answer(status=304) if seen[-1] == '"v1"' else Answer(crl, headers={"ETag": '"v1"'})

        place.serve("/root.crl", answer)
        wrong = database(place)
        place.configure(recent="0s", failure_memory="0s")
        first = place.judge("verify", "--store", "db", "mail.eml")
        second = place.judge("verify", "--store", "db", "mail.eml")
        return wrong + expect(first=(first["verdict"], "GOOD"), second=(second["verdict"], "GOOD"), seen=(seen, [None, '"v1"']),
                              unchanged=(outcomes(second, from_="network"), {"root.crl": "unchanged"}))


@plan.add("E-32", "a location that failed is remembered from one run to the next")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        alice = w.end_entity("Alice", root, ext={"cRLDistributionPoints": points(place.web.url("/root.crl"))})
        place.put("root.crt", root.cert)
        place.put("mail.eml", w.signed_mail(alice))
        wrong = database(place)
        place.judge("verify", "--store", "db", "mail.eml")
        second = place.judge("verify", "--store", "db", "mail.eml")
        return wrong + expect(asked=(place.web.asked, ["/root.crl"]), told=(outcomes(second, from_="memory"), {"root.crl": "remembered"}))


@plan.add("D-PATH-2", "an issuer that was fetched is kept, and not fetched again")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        ca = w.ca("CA", root)
        alice = w.end_entity("Alice", ca, ext={"authorityInfoAccess": ca_issuers(place.web.url("/ca.crt"))})
        place.put("root.crt", root.cert)
        place.put("alice.crt", alice.cert)
        place.serve("/ca.crt", ca.cert)
        wrong = database(place)
        both = [place.judge("path", "--store", "db", "--revocation", "off", "alice.crt") for _ in range(2)]
        return wrong + expect(verdicts=([one["verdict"] for one in both], ["WARN", "WARN"]), asked=(place.web.asked, ["/ca.crt"]),
                              stored=("found" in outcomes(both[1], "issuer", "database").values(), True))


sys.exit(plan.run())
