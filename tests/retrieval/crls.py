#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CRLs from distribution points: fetched when they are needed, and what goes wrong."""

import sys

from place import NOW, Answer, Place, Plan, ca_issuers, cms, codes, days, expect, keys, outcomes, points, reason, refusing_port, rfc3339
from pki import mime

plan = Plan()


def alice_of(place, *uris):
    """A root, and Alice with a distribution point."""
    root = place.world.root()
    alice = place.world.end_entity("Alice", root, ext={"cRLDistributionPoints": points(*uris)})
    place.put("root.crt", root.cert)
    place.put("alice.crt", alice.cert)
    return root, alice


def path(place, *more, **options):
    return place.judge("path", "--no-store", "--anchor", "root.crt", *more, "alice.crt", **options)


@plan.add("A-4.1-2", "a CRL is fetched from its HTTP distribution point and decides")
def _():
    with Place() as place:
        root, alice = alice_of(place, place.web.url("/root.crl"))
        place.serve("/root.crl", place.world.crl(root).der)
        good = path(place)
        place.serve("/root.crl", place.world.crl(root, [place.world.revocation(alice, days(-1))], number=9).der)
        bad = path(place)
        return expect(verdict=(good["verdict"], "GOOD"), source=(outcomes(good), {"root.crl": "found"}),
                      revoked=(bad["verdict"], "BAD"), told=("CERT_REVOKED" in codes(bad), True))


@plan.add("A-4.1-2", "a large file of certificates that is changed while its CRL is fetched: a word, and no verdict")
def _():
    wrong = []
    with Place() as place:
        root, alice = alice_of(place, place.web.url("/root.crl"))
        crl = place.world.crl(root).der
        filler = place.world.end_entity("Filler", root).cert
        octets = alice.cert + filler * (2_000_000 // len(filler))

        def change(_):
            place.put("many.crt", octets + filler)
            return Answer(crl)
        for change_it in (False, True):
            place.put("many.crt", octets)
            place.serve("/root.crl", change if change_it else crl)
            outcome = place.run("path", "--no-store", "--json", "--at", rfc3339(NOW), "--anchor", "root.crt", "many.crt")
            told = (outcome.exit, outcome.stdout.count(b"GOOD") > 0, b"many.crt: was changed" in outcome.stderr)
            wrong += expect(**{"changed" if change_it else "same": (told, (2, False, True) if change_it else (0, True, False))})
        wrong += expect(asked=(place.web.asked, ["/root.crl"] * 2))
    return wrong


@plan.add("A-4.1-2", "a local directory of CRLs is read, and then nothing needs to be fetched")
def _():
    with Place() as place:
        root, _ = alice_of(place, place.web.url("/root.crl"))
        (place.folder / "crls").mkdir()
        place.put("crls/root.crl", place.world.crl(root, this_update=days(-1)).der)
        place.put("crls/readme.txt", b"not a CRL")
        result = path(place, "--offline", "--crls", "crls")
        return expect(verdict=(result["verdict"], "GOOD"), asked=(place.web.asked, []))


@plan.add("D-REV-4 E-32", "nothing is fetched for a path that reaches no anchor, nor with --offline")
def _():
    with Place() as place:
        root, _ = alice_of(place, place.web.url("/root.crl"))
        place.serve("/root.crl", place.world.crl(root).der)
        other = place.world.root("Elsewhere")
        place.put("other.crt", other.cert)
        lost = place.judge("path", "--no-store", "--anchor", "other.crt", "--certs", "root.crt", "alice.crt")
        offline = path(place, "--offline")
        return expect(asked=(place.web.asked, []), lost=(lost["verdict"], "UNKNOWN"),
                      offline=(offline["verdict"], "UNKNOWN"), sources=(offline["sources"], []))


@plan.add("D-REV-4 E-32", "nothing is fetched for mail that nobody signed or whose signature is false, whoever's certificates it brings")
def _():
    wrong = []
    with Place() as place:
        w, url = place.world, place.web.url
        root = w.root()
        alice = w.end_entity("Alice", root, ext={"cRLDistributionPoints": points(url("/root.crl")), "authorityInfoAccess": ca_issuers(url("/ca.crt"))})
        place.put("root.crt", root.cert)
        place.serve("/root.crl", w.crl(root).der)
        for name, mail, verdict, asked in (("changed", w.signed_mail(alice, alter=lambda part: part + b"x\r\n"), "BAD", []),
                                           ("certificates", mime.message(w.fields("Alice <alice@example.com>"), mime.opaque(cms.certs_only([alice.cert]))), "NONE", []),
                                           ("good", w.signed_mail(alice), "GOOD", ["/root.crl"])):
            place.web.asked.clear()
            result = place.judge("verify", "--no-store", "--anchor", "root.crt", place.put(f"{name}.eml", mail))
            wrong += expect(**{name: ((result["verdict"], place.web.asked), (verdict, asked))})
    return wrong


@plan.add("B-CDP-2", "PEM is converted and remarked upon; HTML and a foreign CRL are refused as what they are")
def _():
    wrong = []
    with Place() as place:
        root, _ = alice_of(place, place.web.url("/root.crl"))
        crl = place.world.crl(root)
        place.serve("/root.crl", crl.pem, headers={"Content-Type": "text/html"})
        pem = path(place)
        wrong += expect(pem=(pem["verdict"], "GOOD"), remark=("not as DER" in reason(pem, "root.crl"), True))
        for body, word in ((b"<!DOCTYPE html><html>sign in</html>", "HTML"), (b"", "empty"), (b"\x30\x03\x02\x01\x05", "no CRL"),
                           (place.world.crl(place.world.root("Elsewhere")).der, "another issuer"),
                           (crl.der[:-10], "no CRL")):
            place.serve("/root.crl", body, headers={"Content-Type": "application/pkix-crl"})
            result = path(place)
            wrong += expect(verdict=(result["verdict"], "UNKNOWN"), outcome=(outcomes(result), {"root.crl": "invalid"}),
                            word=(word in reason(result, "root.crl"), True), codes=("REV_UNAVAILABLE" in codes(result), True))
    return wrong


@plan.add("B-CDP-1", "a point's first location is dead and its second is used; both are listed")
def _():
    with Place() as place:
        dead = f"http://127.0.0.1:{refusing_port()}/dead.crl"
        root, _ = alice_of(place, dead, place.web.url("/404.crl"), place.web.url("/root.crl"))
        place.serve("/root.crl", place.world.crl(root).der)
        result = path(place)
        return expect(verdict=(result["verdict"], "GOOD"),
                      sources=(outcomes(result), {"dead.crl": "failed", "404.crl": "absent", "root.crl": "found"}))


@plan.add("B-CDP-1", "LDAP locations wait behind HTTP, and only configured servers are asked")
def _():
    with Place() as place:
        root, _ = alice_of(place, "ldap://127.0.0.1:1/cn=Root?certificateRevocationList", "ldap:///cn=Root?certificateRevocationList",
                           place.web.url("/root.crl"))
        place.serve("/root.crl", Answer(status=404))
        result = path(place)
        first = result["sources"][0]["url"]
        return expect(first=(first.endswith("/root.crl"), True), verdict=(result["verdict"], "UNKNOWN"),
                      others=([source["outcome"] for source in result["sources"][1:]], ["refused", "refused"]))


@plan.add("B-CRL-21 E-32", "https and foreign locations are not followed, and this is told")
def _():
    with Place() as place:
        root, _ = alice_of(place, "https://127.0.0.1:1/root.crl", "file:///etc/passwd", "ftp://127.0.0.1/root.crl",
                           "http://user:word@127.0.0.1:1/root.crl")
        result = path(place)
        told = [source["outcome"] for source in result["sources"]]
        return expect(verdict=(result["verdict"], "UNKNOWN"), refused=(set(told), {"refused"}),
                      https=("8" in reason(result, "root.crl"), True))


@plan.add("E-32", "private and loopback addresses are refused unless configured")
def _():
    with Place() as place:
        root, _ = alice_of(place, place.web.url("/root.crl"))
        place.serve("/root.crl", place.world.crl(root).der)
        place.configure(private_addresses="no")
        result = path(place)
        return expect(verdict=(result["verdict"], "UNKNOWN"), outcome=(outcomes(result), {"root.crl": "refused"}),
                      asked=(place.web.asked, []))


@plan.add("A-4.1-1", "a fresh CRL from the CA beats the older one of the message, and its source is shown")
def _():
    with Place() as place:
        root, alice = alice_of(place, place.web.url("/root.crl"))
        old = place.world.crl(root, number=5, this_update=days(-20), next_update=days(20))
        place.serve("/root.crl", place.world.crl(root, [place.world.revocation(alice, days(-1))], number=6).der)
        place.put("mail.eml", place.world.signed_mail(alice, crls=[old]))
        fresh = place.judge("verify", "--no-store", "--anchor", "root.crt", "mail.eml")
        kept = place.judge("verify", "--no-store", "--offline", "--anchor", "root.crt", "mail.eml")
        return expect(fresh=(fresh["verdict"], "BAD"), source=(outcomes(fresh, "crl", "network"), {"root.crl": "found"}),
                      kept=(kept["verdict"], "GOOD"))


@plan.add("E-32 D-REV-4", "requests, servers and octets of one verdict are bounded, and what was left out is listed")
def _():
    wrong = []
    with Place() as place:
        alice_of(place, *(place.web.url(f"/{i}.crl") for i in range(12)))
        place.configure(requests="3")
        result = path(place)
        told = outcomes(result)
        wrong += expect(asked=(len(place.web.asked), 3), left=(list(told.values()).count("left-out"), 9))
        place.web.asked.clear()
        place.configure(bytes="2K", object_bytes="1K")
        for i in range(12):
            place.serve(f"/{i}.crl", bytes(1000))
        result = path(place)
        wrong += expect(octets=(len(place.web.asked), 3), cut=("left-out" in outcomes(result).values(), True))
    return wrong


@plan.add("E-32", "a location that many certificates name is asked once")
def _():
    with Place() as place:
        w, url = place.world, place.web.url("/all.crl")
        root = w.root()
        ca = w.ca("CA", root, ext={"cRLDistributionPoints": points(url)})
        alice = w.end_entity("Alice", ca, ext={"cRLDistributionPoints": points(url)})
        place.put("root.crt", root.cert)
        place.put("ca.crt", ca.cert)
        place.put("alice.crt", alice.cert)
        place.serve("/all.crl", keys.pem("X509 CRL", w.crl(root).der) + keys.pem("X509 CRL", w.crl(ca).der))
        result = path(place, "--certs", "ca.crt")
        return expect(verdict=(result["verdict"], "GOOD"), asked=(place.web.asked, ["/all.crl"]))


sys.exit(plan.run())
