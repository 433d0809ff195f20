#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""signet request: asking for a certificate, the answer, and what it brings (RFC 3850 4)."""

import os

from desk import NOW, days, main, results, rfc3339
from pki import extensions as x
from pki import keys


class Person:
    """A home with a key of its own, the issuers, and the same trust."""

    def __init__(self, desk, name, ca):
        self.desk, self.name, self.email = desk, name, f"{name}@example.com"
        self.home = desk.folder / f"home-{name}"
        self.home.mkdir()
        self.own = desk.world.end_entity(name.title(), ca, email=self.email, key="rsa2048-0" + str(len(name)),
                                         ext={"keyUsage": x.key_usage("digitalSignature", "keyEncipherment")})
        desk.put(f"{name}.crt", self.own.cert)
        desk.put(f"{name}.key", keys.pem("PRIVATE KEY", self.own.key.pkcs8()))
        for arguments in (("import", f"{name}.crt", "issuer.crt", "root.crl", "issuer.crl"),
                          ("import", f"{name}.key", "--passphrase-file", "pass"), ("trust", "--yes", "root.crt")):
            self.run(*arguments, "--at", rfc3339(NOW))

    def run(self, *arguments, **options):
        return self.desk.run(*arguments, home=self.home, **options)

    def request(self, *arguments, at=NOW, sender=None):
        return self.run("request", "--from", sender or self.email, "--passphrase-file", "pass", "--offline", "--at", rfc3339(at), *arguments)

    def listed(self, address):
        return results(self.run("list", "--json", "--at", rfc3339(NOW), address))


def fields(octets):
    head = octets.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].decode()
    return dict(line.split(": ", 1) for line in head.replace("\n ", " ").splitlines())


def expect(what, found, wanted):
    return [] if found == wanted else [f"{what}: {found!r}, expected {wanted!r}"]


def declare(plan, desk):
    w = desk.world
    ca = w.ca("Issuer", desk.root)
    desk.put("pass", b"secret\n")
    desk.put("issuer.crt", ca.cert)
    desk.put("issuer.crl", w.crl(ca).der)
    ada, bob = Person(desk, "ada", ca), Person(desk, "bob", ca)

    @plan.add("A-4-3", "asked for a certificate, a correspondent's program answers, and the verified answer binds it")
    def _():
        asked = ada.request(bob.email)
        desk.put("asked.eml", asked.stdout)
        head = fields(asked.stdout)
        wrong = desk.ended(asked, 0, quiet="err") + expect("to", head["To"], bob.email) + expect("marker", head["Signet-Request"], "certificate")
        answered = bob.request("--answer", "asked.eml")
        desk.put("answer.eml", answered.stdout)
        wrong += desk.ended(answered, 0, quiet="err")
        head = fields(answered.stdout)
        wrong += expect("to", head["To"], ada.email) + expect("automatic", head["Auto-Submitted"], "auto-replied")
        wrong += expect("in reply to", head["In-Reply-To"], fields(asked.stdout)["Message-ID"])
        # Bob's program has learned of Ada by her request.
        wrong += expect("bob knows ada", [one["sha256"] for one in bob.listed(ada.email)], [ada.own.sha256])
        wrong += expect("before", ada.listed(bob.email), [])
        verified = ada.run("verify", "answer.eml", "--offline", "--at", rfc3339(NOW))
        found = ada.listed(bob.email)
        return wrong + desk.ended(verified, 0, out=("GOOD",)) + expect("after", [one["sha256"] for one in found], [bob.own.sha256])

    @plan.add("A-4-3", "nobody is answered twice within a week")
    def _():
        desk.put("again.eml", ada.request(bob.email).stdout)
        soon = bob.request("--answer", "again.eml", at=days(6))
        later = bob.request("--answer", "again.eml", at=days(8))
        return desk.ended(soon, 1, "a short time ago", quiet="out") + desk.ended(later, 0)

    @plan.add("A-4-3", "answers, lists, programs, strangers and one's own requests are not answered")
    def _():
        asked = (desk.folder / "asked.eml").read_bytes()
        cases = {"itself": (desk.folder / "answer.eml").read_bytes(),
                 "list": b"List-Id: <l.example.org>\r\n" + asked, "program": b"Auto-Submitted: auto-generated\r\n" + asked,
                 "bounce": b"Return-Path: <>\r\n" + asked, "reply": b"In-Reply-To: <1@example.org>\r\n" + asked,
                 "plain": b"From: ada@example.com\r\nTo: bob@example.com\r\nMessage-ID: <1@example.com>\r\n"
                          b"Signet-Request: certificate\r\n\r\nHello\r\n",
                 "forged": asked.replace(b"ada@example.com", b"eve@example.com"),
                 "altered": asked.replace(b"I should like", b"I would like")}
        wrong = []
        for name, octets in cases.items():
            desk.put(f"{name}.eml", octets)
            wrong += [f"{name}: {line}" for line in desk.ended(bob.request("--answer", f"{name}.eml", at=days(20)), 1, "not answered", quiet="out")]
        desk.put("elsewhere.eml", asked)
        wrong += desk.ended(ada.request("--answer", "elsewhere.eml"), 1, "not addressed to you", quiet="out")
        return wrong

    @plan.add("A-4-3", "a plan to answer answers nobody, and the next request may be answered")
    def _():
        desk.put("planned.eml", ada.request(bob.email, at=days(30)).stdout)
        plan = bob.request("--answer", "planned.eml", "--plan", "--revocation", "off", at=days(30))
        return (desk.ended(plan, 0, out=("ready to sign",)) +
                desk.ended(bob.request("--answer", "planned.eml", "--revocation", "off", at=days(30)), 0))

    @plan.add("", "what is no address, or too much or too little, is refused")
    def _():
        return [line for done in (ada.request("bob"), ada.request("bob@example.com\r\nBcc: x@example.com"), ada.request(),
                                  ada.request("a@example.com", "b@example.com"), ada.request("--answer", "asked.eml", "b@example.com"),
                                  ada.request(bob.email, sender="ada"), ada.request("--answer", "asked.eml", sender="ada"),
                                  ada.run("request", bob.email))
                for line in desk.refused(done)] + desk.refused(ada.run("request", "--answer", "nosuch.eml"), "nosuch.eml", "no such file")


main(declare)
