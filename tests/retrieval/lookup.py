#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Certificates by address: the database, a directory, the DNS, certificate stores; the order, and what is kept."""

import hashlib
import json
import sys
from pathlib import Path

from place import Answer, Place, Plan, cms, days, expect, outcomes, points, silent_port, x

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fetch"))

from runner.plan import Skip  # noqa: E402
from yard import Yard  # noqa: E402

plan = Plan()
BASE = "dc=example,dc=com"


def slapd(place, people):
    """A directory of `people`: {name: {attribute: value}}; gives its URL."""
    from ldap import Directory, ldif
    place.yard = Yard(place.folder)
    entries = ldif(BASE, objectClass=["dcObject", "organization"], dc="example", o="Example")
    for name, attributes in people.items():
        entries += ldif(f"cn={name},{BASE}", objectClass=["inetOrgPerson", "organizationalPerson", "person"], cn=name, sn=name,
                        mail=f"{name.lower()}@example.com", **attributes)
    place.directory = Directory(place.yard, "slapd", BASE, entries)
    return place.directory.url(BASE)


def knot(place, records):
    """A signed zone example.com with these SMIMEA and CERT records; gives the section [dns] that asks it."""
    from dns import Knot, zone
    place.yard = Yard(place.folder)
    server = Knot(place.yard, "knot", {"example.com": (zone("example.com", *records), True)})
    place.put("dns.anchor", server.anchors().encode())
    return f"[dns]\nforward = 127.0.0.1@{server.port}\nanchor-file = {place.folder / 'dns.anchor'}"


def smimea(local, rdata):
    return f"{hashlib.sha256(local.encode()).hexdigest()[:56]}._smimecert TYPE53 \\# {len(rdata)} {rdata.hex()}"


class Desk(Place):
    """A CA, Alice and Bob whose CRL is given, and a database."""

    def __init__(self):
        super().__init__()
        w = self.world
        self.yard = None
        self.root = w.root()
        self.alice, self.bob = self.person("Alice"), self.person("Bob")
        self.put("root.crt", self.root.cert)
        self.put("root.crl", w.crl(self.root).der)

    def person(self, name, issuer=None, **options):
        """Somebody whom mail can be encrypted to."""
        usage = x.key_usage("digitalSignature", "keyAgreement")
        return self.world.end_entity(name, issuer or self.root, ext={"keyUsage": usage}, **options)

    def __exit__(self, *exception):
        if self.yard:
            self.yard.close()
        super().__exit__(*exception)

    def fetch(self, *addresses, more=()):
        """(exit status, the JSON of each address)"""
        outcome = self.run("fetch", "--store", "db", "--anchor", "root.crt", "--crls", "root.crl", "--at", "2026-06-01T12:00:00Z",
                           "--json", *more, *addresses)
        if outcome.trouble:
            raise AssertionError(outcome.trouble)
        lines = outcome.stdout.decode().splitlines()
        if not lines:
            raise AssertionError(outcome.stderr.decode())
        return outcome.exit, [json.loads(line) for line in lines]


def chosen(result):
    return [(one["place"], one["certificate"]["sha256"], one["bound"]) for one in result["candidates"] if one["chosen"]]


@plan.add("A-4-1 A-4-2 D-RET-2", "an HTTP certificate store is asked by address; what it gives is judged, bound and kept")
def _():
    with Desk() as desk:
        desk.configure('[http "store"]\nurl = ' + desk.web.url("/certificates/search.cgi?email={address}"))
        desk.serve("/certificates/search.cgi?email=alice%40example.com", desk.alice.cert, headers={"Content-Type": "text/plain"})
        status, (first,) = desk.fetch("alice@example.com")
        again, (second,) = desk.fetch("alice@example.com")
        return expect(exit=(status, 0), chosen=(chosen(first), [("http", desk.alice.sha256, True)]), again=(again, 0),
                      second=(chosen(second), [("database", desk.alice.sha256, False)]), asked=(len(desk.web.asked), 1))


@plan.add("A-4-5", "the order is database, then directory; a hit is kept; the user can take it away again")
def _():
    with Desk() as desk:
        url = slapd(desk, {"Alice": {"userCertificate_binary": desk.alice.cert}})
        desk.configure(f'[lookup]\norder = database ldap\n[ldap "work"]\nurl = {url}')
        status, (first,) = desk.fetch("alice@example.com")
        _, (second,) = desk.fetch("alice@example.com")
        removed = desk.run("remove", "--store", "db", "--yes", desk.alice.sha256)
        _, (third,) = desk.fetch("alice@example.com")
        trace = [(source["url"], source["outcome"]) for source in first["sources"]]
        return expect(exit=(status, 0), order=(trace, [("database", "absent"), (url, "found")]),
                      hit=(chosen(first), [("ldap", desk.alice.sha256, True)]),
                      cached=([source["url"] for source in second["sources"]], ["database"]), removed=(removed.exit, 0),
                      anew=(chosen(third), [("ldap", desk.alice.sha256, True)]))


@plan.add("D-RET-2 A-4-2", "a directory's userSMIMECertificate, a PKCS #7, is read; strangers and revoked ones are not bound")
def _():
    with Desk() as desk:
        w = desk.world
        carol = desk.person("Carol")
        desk.put("root.crl", w.crl(desk.root, [w.revocation(carol, days(-3))], number=7).der)
        stranger = desk.person("Dave", w.root("Elsewhere"))
        url = slapd(desk, {"Bob": {"userSMIMECertificate": cms.certs_only([desk.bob.cert, desk.root.cert])},
                           "Carol": {"userCertificate_binary": carol.cert},
                           "Dave": {"userCertificate_binary": stranger.cert},
                           "Erin": {"userCertificate_binary": desk.bob.cert}})
        desk.configure(f'[lookup]\norder = ldap\n[ldap "work"]\nurl = {url}')
        status, (bob,) = desk.fetch("bob@example.com")
        worse, others = desk.fetch("carol@example.com", "erin@example.com")
        unknown, _ = desk.fetch("dave@example.com")
        return expect(exit=(status, 0), bob=(chosen(bob), [("ldap", desk.bob.sha256, True)]), worse=(worse, 1),
                      unknown=(unknown in (1, 3), True), nobody=([chosen(one) for one in others], [[], []]),
                      judged=([len(one["candidates"]) for one in others], [1, 1]))


@plan.add("A-2.3-4", "the signer's certificate is only in the directory: it is fetched, and the message is good")
def _():
    with Desk() as desk:
        url = slapd(desk, {"Alice": {"userCertificate_binary": [desk.bob.cert, desk.alice.cert]}})
        desk.configure(f'[ldap "work"]\nurl = {url}')
        desk.put("mail.eml", desk.world.signed_mail(desk.alice, certs="none"))
        result = desk.judge("verify", "--no-store", "--anchor", "root.crt", "--crls", "root.crl", "mail.eml")
        offline = desk.judge("verify", "--no-store", "--offline", "--anchor", "root.crt", "--crls", "root.crl", "mail.eml")
        return expect(verdict=(result["verdict"], "GOOD"), offline=(offline["verdict"], "UNKNOWN"),
                      source=([(one["need"], one["outcome"]) for one in result["sources"]], [("signer", "found")]))


@plan.add("E-32 D-RET-2", "own directories may be at private addresses, but not where they send on to; strangers' locations may not")
def _():
    wrong = []
    with Desk() as desk:
        url = slapd(desk, {"Alice": {"userCertificate_binary": desk.alice.cert}})
        desk.configure(f'[lookup]\norder = http ldap\n[ldap "work"]\nurl = {url}\n[http "store"]\nurl = ' + desk.web.url("/{address}"),
                       private_addresses="no")
        desk.serve("/bob%40example.com", desk.bob.cert)
        desk.serve("/carol%40example.com", Answer(status=302, headers={"Location": desk.web.url("/bob%40example.com")}))
        status, (alice, bob) = desk.fetch("alice@example.com", "bob@example.com")
        wrong += expect(exit=(status, 0), alice=(chosen(alice)[0][0], "ldap"), bob=(chosen(bob)[0][0], "http"))
        _, (carol,) = desk.fetch("carol@example.com")
        wrong += expect(on=(outcomes(carol)["carol%40example.com"], "refused"))
        w = desk.world
        dave = w.end_entity("Dave", desk.root, ext={"cRLDistributionPoints": points(desk.web.url("/root.crl"))})
        desk.put("dave.crt", dave.cert)
        result = desk.judge("path", "--no-store", "--anchor", "root.crt", "dave.crt")
        wrong += expect(stranger=(outcomes(result), {"root.crl": "refused"}))
    return wrong


@plan.add("A-4.1-2", "a CRL is fetched from a configured LDAP server that the distribution point names, with and without a host")
def _():
    wrong = []
    for host in (True, False):
        with Desk() as desk:
            from ldap import Directory, ldif
            w = desk.world
            desk.yard = Yard(desk.folder)
            entries = ldif(BASE, objectClass=["dcObject", "organization"], dc="example", o="Example")
            entries += ldif(f"cn=CA,{BASE}", objectClass=["applicationProcess", "pkiCA"], cn="CA",
                            cACertificate_binary=desk.root.cert, authorityRevocationList_binary=w.crl(desk.root).der,
                            certificateRevocationList_binary=w.crl(desk.root).der)
            directory = Directory(desk.yard, "slapd", BASE, entries)
            rest = f"cn=CA,{BASE}?certificateRevocationList;binary"
            alice = w.end_entity("Alice Two", desk.root, ext={
                "cRLDistributionPoints": points(directory.url(rest) if host else f"ldap:///{rest}")})
            desk.put("alice.crt", alice.cert)
            desk.configure(f'[ldap "work"]\nurl = {directory.url(BASE)}')
            result = desk.judge("path", "--no-store", "--anchor", "root.crt", "alice.crt")
            wrong += expect(verdict=(result["verdict"], "GOOD"), asked=(list(outcomes(result).values()), ["found"]))
    return wrong


@plan.add("D-RET-1 A-4-2 E-31", "SMIMEA: usages 0 to 3, selectors and digests narrow down what is found, and never widen it")
def _():
    wrong = []
    with Desk() as desk:
        w = desk.world
        alice, root = desk.alice.cert, desk.root.cert

        def sha256(octets):
            return hashlib.sha256(octets).digest()

        other = desk.person("Mallory", email="alice@example.com")
        stranger = desk.person("Stranger", w.root("Elsewhere"), email="s@example.com")
        records = [smimea("alice", b"\x03\x00\x00" + alice), smimea("ee", b"\x01\x00\x01" + sha256(alice)),
                   smimea("ta", b"\x00\x00\x01" + sha256(root)), smimea("ta5", b"\x02\x00\x02" + hashlib.sha512(root).digest()),
                   smimea("no", b"\x03\x00\x01" + sha256(other.cert)), smimea("s", b"\x03\x00\x00" + stranger.cert),
                   smimea("odd", b"\x09\x00\x00" + alice)]
        dns = knot(desk, records)
        desk.configure(f'{dns}\n[lookup]\norder = dns http\n[http "store"]\nurl = ' + desk.web.url("/{address}"))
        people = {name: desk.person(name, email=f"{name}@example.com") for name in ("ee", "ta", "ta5", "no", "odd")}
        for name, entity in people.items():
            desk.serve(f"/{name}%40example.com", entity.cert)
        status, (whole,) = desk.fetch("alice@example.com")
        wrong += expect(whole=(chosen(whole), [("dns", desk.alice.sha256, True)]), exit=(status, 0),
                        match=(whole["candidates"][0]["smimea"], "match"))
        for name, found in (("ta", "match"), ("ta5", "match"), ("ee", "mismatch"), ("no", "mismatch"), ("odd", "none")):
            status, (one,) = desk.fetch(f"{name}@example.com")
            wrong += expect(**{name: (one["candidates"][0]["smimea"], found), f"{name}-exit": (status, 1 if found == "mismatch" else 0),
                               f"{name}-chosen": (len(chosen(one)), 0 if found == "mismatch" else 1)})
        status, (one,) = desk.fetch("s@example.com")
        wrong += expect(stranger=(chosen(one), []), unknown=(status in (1, 3), True))
    return wrong


@plan.add("D-RET-1", "CERT records of a signed zone; without a proof nothing of the DNS is believed")
def _():
    with Desk() as desk:
        dns = knot(desk, [f"alice TYPE37 \\# {len(desk.alice.cert) + 5} {(bytes([0, 1, 0, 0, 0]) + desk.alice.cert).hex()}"])
        desk.configure(f"{dns}\n[lookup]\norder = dns")
        status, (found,) = desk.fetch("alice@example.com")
        desk.run("remove", "--store", "db", "--yes", desk.alice.sha256)
        (desk.folder / "dns.anchor").write_text("example.com. IN DS 1 13 2 " + "00" * 32 + "\n")
        bogus, (none,) = desk.fetch("alice@example.com")
        return expect(exit=(status, 0), found=(chosen(found), [("dns", desk.alice.sha256, True)]), bogus=(bogus, 3),
                      none=(none["candidates"], []), unproven=(set(outcomes(none).values()), {"unproven"}))


@plan.add("A-4-1 E-31", "nobody has it: told, and the exit status says so; a place that fails leaves it open")
def _():
    with Desk() as desk, silent_port() as silent:
        desk.configure('[lookup]\norder = database http\n[http "store"]\nurl = ' + desk.web.url("/{address}"))
        absent, (none,) = desk.fetch("nobody@example.com")
        hanging = f"http://127.0.0.1:{silent.getsockname()[1]}/{{address}}"
        desk.configure(f'[lookup]\norder = database http\n[http "store"]\nurl = {hanging}', deadline="1s", timeout="1s")
        open_, (late,) = desk.fetch("nobody@example.com")
        wrong = desk.run("fetch", "--store", "db", "no address")
        return expect(absent=(absent, 1), none=(none["found"], False), open=(open_, 3), late=(outcomes(late)["database"], "absent"),
                      usage=(wrong.exit, 2))


def letter(*to):
    return f"From: Sender <sender@example.com>\r\nTo: {', '.join(to)}\r\nSubject: hello\r\n\r\nDear all.\r\n".encode()


@plan.add("A-4-1 A-4-2", "encrypt --fetch looks up who has no certificate, with and without a database; all or nothing holds")
def _():
    wrong = []
    with Desk() as desk:
        desk.configure('[lookup]\norder = database http\n[http "store"]\nurl = ' + desk.web.url("/{address}"))
        for entity in (desk.alice, desk.bob):
            desk.serve(f"/{entity.name.lower()}%40example.com", entity.cert)
        desk.put("both.eml", letter("alice@example.com", "bob@example.com"))
        desk.put("nobody.eml", letter("alice@example.com", "nobody@example.com"))
        judged = ["--anchor", "root.crt", "--crls", "root.crl", "--at", "2026-06-01T12:00:00Z"]

        def encrypt(mail, *more):
            return desk.run("encrypt", *judged, *more, mail)

        without = encrypt("both.eml", "--store", "db")
        asked = len(desk.web.asked)
        wrong += expect(without=(without.exit, 1), nothing=(without.stdout, b""), silent=(asked, 0))
        for name, where in (("bare", ["--no-store"]), ("stored", ["--store", "db"])):
            done = encrypt("both.eml", "--fetch", *where)
            wrong += expect(**{name: (done.exit, 0), f"{name}-kind": (b"application/pkcs7-mime" in done.stdout, True)})
        asked = len(desk.web.asked)
        kept = encrypt("both.eml", "--store", "db")
        lacking = encrypt("nobody.eml", "--fetch", "--store", "db", "--plan", "--json")
        told = json.loads(lacking.stdout)
        refused = encrypt("nobody.eml", "--fetch", "--store", "db")
        wrong += expect(kept=(kept.exit, 0), lacking=(lacking.exit, 1), refused=(refused.exit, 1), none=(refused.stdout, b""),
                        sources=(sum(one["url"].endswith("nobody%40example.com") for one in told["sources"]), 1))
        wrong += expect(again=([path for path in desk.web.asked[asked:] if "alice" in path], []))
    return wrong


sys.exit(plan.run())
