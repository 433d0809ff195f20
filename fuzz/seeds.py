#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds for the fuzz targets: seeds.py DIRECTORY writes DIRECTORY/KIND/NAME, the same files each time."""

import base64
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from pki import cms, crl, extensions, general_names, mime  # noqa: E402
from pki.world import World  # noqa: E402

MAILBOXES = (
    "alice@example.com", '"a b"@example.com', "a.b+c@[192.0.2.1]", "ü@xn--bcher-kva.example",
    "Alice <alice@example.com>", "a@b@c", "", '"\\""@example.org', "alice@bücher.example.",
)

FROM_FIELDS = (
    "Alice Example <alice@example.com>", "alice@example.com, bob@example.org",
    "friends: a@example.com, b@example.com;", '"Bob, B." (comment (nested)) <@route.example:bob@example.org>',
    "=?utf-8?q?alice=40example.com?= <mallory@example.net>", "undisclosed-recipients:;",
)

TIMES = ("20260601120000Z", "260601120000Z", "500101000000Z", "491231235959Z", "99991231235959Z",
         "2026-06-01T12:00:00Z", "2026-06-01T12:00:00.5+02:00", "2026-02-30")

OIDS = ("1.2.840.113549.1.1.11", "2.5.29.15", "2.999.4294967296", "0.0", "1.3.6.1.5.5.7.8.9")


def certificates(world):
    root = world.root()
    middle = world.ca("Middle", root, path_len=0)
    constrained = world.ca("Constrained", root, extra=[
        extensions.name_constraints(permitted=[general_names.email("example.com")]),
    ])
    alice = world.end_entity("Alice", middle, email="alice@example.com")
    bob = world.end_entity("Bob", constrained, emails=("bob@example.org", "b@example.org"))
    bare = world.certificate("Bare", middle, extensions=None)
    return {"root": root, "middle": middle, "constrained": constrained, "alice": alice, "bob": bob, "bare": bare}


def crls(world, people):
    middle, alice = people["middle"], people["alice"]
    yield "empty", world.crl(middle)
    yield "one", world.crl(middle, [alice], number=2)
    yield "reason", world.crl(middle, [world.revocation(alice, reason=1)], number=3)
    yield "v1", world.crl(middle, [alice], version=crl.V1)


def signatures(world, people):
    part = mime.canonical(mime.text())
    listed = world.crl(people["middle"], register=False)
    yield "detached", world.signature(part, people["alice"])
    yield "opaque", world.signature(part, people["alice"], detached=False)
    yield "two", world.signature(part, [people["alice"], people["bob"]], crls=[listed])
    yield "ber", world.signature(part, people["alice"], detached=False, data={"ber": True, "segment": 20})
    yield "certs-only", cms.signed_data([], None, certificates=[people["alice"].cert], crls=[listed.der])


def mails(world, people):
    alice = people["alice"]
    for form in ("detached", "opaque", "octet-stream"):
        yield form, world.signed_mail(alice, form=form)
    yield "lf", world.signed_mail(alice, line_ends="lf")
    yield "plain", mime.message(world.fields("alice@example.com"), mime.text())


def names(people):
    for name, person in people.items():
        yield name, person.subject


def numbered(texts):
    return ((f"{number:02}", text.encode()) for number, text in enumerate(texts))


def kinds():
    world = World()
    people = certificates(world)
    signed = dict(signatures(world, people))
    pem = b"".join(person.pem if isinstance(person.pem, bytes) else person.pem.encode() for person in people.values())
    return {
        "certificate": ((name, person.cert) for name, person in people.items()),
        "crl": ((name, made.der) for name, made in crls(world, people)),
        "attribute_certificate": [("one", world.attribute_certificate(people["alice"], people["root"]))],
        "name": names(people),
        "cms": signed.items(),
        "mail": mails(world, people),
        "pem": [("all", pem), ("base64", base64.encodebytes(signed["opaque"]))],
        "mailbox": numbered(MAILBOXES),
        "from": numbered(FROM_FIELDS),
        "time": numbered(TIMES),
        "oid": numbered(OIDS),
    }


def main(directory, stamp):
    for kind, seeds in kinds().items():
        folder = Path(directory) / kind
        folder.mkdir(parents=True, exist_ok=True)
        for name, octets in seeds:
            (folder / name).write_bytes(octets)
    Path(stamp).touch()


if __name__ == "__main__":
    main(*sys.argv[1:])
