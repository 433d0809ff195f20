#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Issuers' certificates from caIssuers: a small bound, or not at all."""

import sys

from place import Place, Plan, ca_issuers, cms, codes, days, expect, outcomes, points, reason

plan = Plan()


def line_of(place, length=1, bases=None):
    """Root, `length` CAs and Alice; each certificate names where its issuer's is: /ca<n>.crt."""
    w = place.world
    root = above = w.root()
    for number in range(length):
        extra = {} if number == 0 else {"authorityInfoAccess": ca_issuers(place.web.url(f"/ca{number - 1}.crt"))}
        above = w.ca(f"CA {number}", above, ext=extra)
        place.serve(f"/ca{number}.crt", above.cert)
    alice = w.end_entity("Alice", above, ext={"authorityInfoAccess": ca_issuers(place.web.url(f"/ca{length - 1}.crt"))})
    place.put("root.crt", root.cert)
    place.put("alice.crt", alice.cert)
    return root, above, alice


def path(place, *more):
    return place.judge("path", "--no-store", "--revocation", "off", "--anchor", "root.crt", *more, "alice.crt")


@plan.add("D-PATH-2", "a missing intermediate is fetched from caIssuers, step by step up to the anchor")
def _():
    with Place() as place:
        line_of(place, 3)
        result = path(place)
        return expect(verdict=(result["verdict"], "WARN"), path=(len(result["path"]), 4),
                      asked=(place.web.asked, ["/ca2.crt", "/ca1.crt", "/ca0.crt"]),
                      sources=(outcomes(result), {f"ca{i}.crt": "found" for i in range(3)}))


@plan.add("D-PATH-2 E-32", "no more issuers than the bound, and none where that is configured")
def _():
    wrong = []
    with Place() as place:
        line_of(place, 3)
        place.configure(issuers="2")
        result = path(place)
        wrong += expect(verdict=(result["verdict"], "UNKNOWN"), left=(outcomes(result)["ca0.crt"], "left-out"),
                        asked=(place.web.asked, ["/ca2.crt", "/ca1.crt"]))
        place.web.asked.clear()
        place.configure(issuers="0")
        result = path(place)
        wrong += expect(verdict=(result["verdict"], "UNKNOWN"), none=(place.web.asked, []), sources=(result["sources"], []))
    return wrong


@plan.add("D-PATH-2 E-32", "sixty-four rounds are waited for, whatever the bound of issuers, and no more")
def _():
    wrong = []
    for length, verdict in ((64, "WARN"), (65, "UNKNOWN")):
        with Place() as place:
            line_of(place, length)
            place.configure(issuers="100", requests="100")
            result = path(place)
            wrong += expect(verdict=(result["verdict"], verdict),
                            asked=(place.web.asked, [f"/ca{number}.crt" for number in range(length - 1, length - 65, -1)]))
    return wrong


@plan.add("D-PATH-2 E-32", "issuers of a path that reaches an anchor are not asked for, whether its CRL comes or not; one that has ended is replaced")
def _():
    wrong = []
    with Place() as place:
        w, url = place.world, place.web.url
        root = w.root()
        upper = w.ca("CA", root)
        old = w.certificate("Old CA", root, ca=True, subject=upper.subject, key=upper.key, not_after=days(-2))
        pointers = {"authorityInfoAccess": ca_issuers(url("/ca.crt"))}
        alice = w.end_entity("Alice", root, ext={**pointers, "cRLDistributionPoints": points(url("/root.crl"))})
        bob = w.end_entity("Bob", upper, ext=pointers)
        for name, one in (("root.crt", root), ("old.crt", old), ("alice.crt", alice), ("bob.crt", bob)):
            place.put(name, one.cert)
        place.serve("/ca.crt", upper.cert)
        lacking = place.judge("path", "--no-store", "--anchor", "root.crt", "alice.crt")
        wrong += expect(lacking=(lacking["verdict"], "UNKNOWN"), asked=(place.web.asked, ["/root.crl"]))
        place.web.asked.clear()
        place.serve("/root.crl", w.crl(root).der)
        good = place.judge("path", "--no-store", "--anchor", "root.crt", "alice.crt")
        wrong += expect(good=(good["verdict"], "GOOD"), once=(place.web.asked, ["/root.crl"]))
        place.web.asked.clear()
        renewed = place.judge("path", "--no-store", "--revocation", "off", "--anchor", "root.crt", "--certs", "old.crt", "bob.crt")
        wrong += expect(renewed=(renewed["verdict"], "WARN"), issuer=(place.web.asked, ["/ca.crt"]))
    return wrong


@plan.add("D-PATH-2 E-41", "a lookalike of the issuer does not keep the real one from being fetched")
def _():
    with Place() as place:
        w = place.world
        root, ca, alice = line_of(place)
        stranger = w.root("Elsewhere", subject=root.subject)
        place.put("lookalike.crt", w.certificate("Lookalike", stranger, ca=True, subject=ca.subject, key=ca.key).cert)
        result = place.judge("path", "--no-store", "--anchor", "root.crt", "--certs", "lookalike.crt", "alice.crt")
        return expect(asked=(place.web.asked, ["/ca0.crt"]), path=(len(result["path"]), 2), false=("SIG_BAD" in codes(result), False))


@plan.add("B-AIA-1", "a single DER certificate and a certs-only message are used whatever media type they come with")
def _():
    wrong = []
    with Place() as place:
        _, ca, _ = line_of(place)
        for body, media in ((ca.cert, "text/plain"), (cms.certs_only([ca.cert]), "application/pkix-cert"),
                            (ca.cert, "application/pkcs7-mime"), (cms.certs_only([ca.cert]), "image/png")):
            place.serve("/ca0.crt", body, headers={"Content-Type": media})
            result = path(place)
            wrong += expect(verdict=(result["verdict"], "WARN"), outcome=(outcomes(result), {"ca0.crt": "found"}))
    return wrong


@plan.add("B-AIA-1", "a certificate of another name, HTML and nothing at all are no issuers")
def _():
    wrong = []
    with Place() as place:
        line_of(place)
        other = place.world.root("Elsewhere")
        for body, word in ((other.cert, "not the one asked for"), (b"<html></html>", "HTML"), (b"", "empty")):
            place.serve("/ca0.crt", body)
            result = path(place)
            wrong += expect(verdict=(result["verdict"], "UNKNOWN"), outcome=(outcomes(result), {"ca0.crt": "invalid"}),
                            word=(word in reason(result, "ca0.crt"), True), told=("NO_TRUST_PATH" in codes(result), True))
    return wrong


@plan.add("D-PATH-2", "certificates that name each other's location come to an end")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        uri = place.web.url("/loop.crt")
        first = w.ca("First", root, ext={"authorityInfoAccess": ca_issuers(uri)})
        second = w.ca("Second", first, ext={"authorityInfoAccess": ca_issuers(uri)})
        alice = w.end_entity("Alice", second, ext={"authorityInfoAccess": ca_issuers(uri)})
        place.put("root.crt", w.root("Elsewhere").cert)
        place.put("alice.crt", alice.cert)
        place.serve("/loop.crt", second.cert)
        result = path(place)
        return expect(verdict=(result["verdict"], "UNKNOWN"), asked=(place.web.asked, ["/loop.crt"]))


@plan.add("A-4.2-6", "one object from the message, one from the network, and the CRLs from there too: GOOD")
def _():
    with Place() as place:
        w = place.world
        root = w.root()
        ca = w.ca("CA", root, ext={"cRLDistributionPoints": points(place.web.url("/root.crl"))})
        alice = w.end_entity("Alice", ca, ext={"authorityInfoAccess": ca_issuers(place.web.url("/ca.crt")),
                                               "cRLDistributionPoints": points(place.web.url("/ca.crl"))})
        place.put("root.crt", root.cert)
        place.serve("/ca.crt", ca.cert)
        place.serve("/ca.crl", w.crl(ca).der)
        place.serve("/root.crl", w.crl(root).der)
        place.put("mail.eml", w.signed_mail(alice, certs=[alice.cert]))
        result = place.judge("verify", "--no-store", "--anchor", "root.crt", "mail.eml")
        return expect(verdict=(result["verdict"], "GOOD"), asked=(sorted(place.web.asked), ["/ca.crl", "/ca.crt", "/root.crl"]))


sys.exit(plan.run())
