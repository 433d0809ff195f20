#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Seeds for the fuzz targets: seeds.py DIRECTORY writes DIRECTORY/KIND/NAME, the same files each time."""

import base64
import hashlib
import sqlite3
import struct
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from pki import attribute_certificate, certification_request, cms, cms_attributes, crl, der, digests, enveloped, extensions, general_names, keys, mime, sign  # noqa: E402
from pki.times import days  # noqa: E402
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

STRUCTURES = (
    "Content-Type: multipart/mixed; boundary=b\n\npre\n--b\nContent-Type: multipart/alternative; boundary=\"bb\"\n\n"
    "--bb\n\nx\n--bb \t\n\ny\n--b\nContent-Type: message/rfc822\n\nFrom: a@example.com\nSubject: =?utf-8?b?w7w=?=\n"
    " =?iso-8859-1?q?=FC?=\n\nz\n--b--\npost\n",
    "Content-Type: multipart/digest;\r\n\tboundary=\"a b\" (c)\r\n\r\n--a b\r\n\r\nFrom: a@example.com\r\n\r\nx\r\n"
    "--a b\r\nContent-Type: multipart/signed; micalg=sha-256;\r\n protocol=\"application/pkcs7-signature\"; boundary=\"a\""
    "\r\n\r\n--a\r\n\r\ny\r\n--a\r\nContent-Type: application/octet-stream; name*0*=utf-8''%73; name*1=\"x.p7s\"\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nMAA=\r\n--a--\r\n--a b--",
    "From a@example.com Sat Jan  3 00:00:00 2026\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    "Q29udGVudC1UeXBlOiBtdWx0aXBhcnQvbWl4ZWQ7IGJvdW5kYXJ5PWIKCi0tYgoKeAotLWItLQo=\n",
    "Content-Transfer-Encoding: quoted-printable\nContent-Disposition: attachment; filename=\"=?utf-8?q?a?=\"\n\na=3D=\nb \n",
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


def rich_signer(part, alice, bob):
    """A SignerInfo with every attribute that a reader looks into, countersigned."""
    protection = cms_attributes.algorithm_protection(digests.identifier("sha256"), sign.algorithm("sha256-ecdsa"))
    extra = [cms_attributes.smime_capabilities(), cms_attributes.key_preference(bob), protection,
             cms_attributes.signing_certificate(alice, bob), cms_attributes.signing_certificate_v2(alice, digest="sha512")]
    bare = cms.signer_info(alice, part, add=extra)
    counter = cms_attributes.countersignature(cms.countersign(bob, cms.signature_of(bare)))
    return cms.signer_info(alice, part, add=extra, sid="ski", order="reversed", unsigned=[counter])


def signatures(world, people):
    part = mime.canonical(mime.text())
    listed = world.crl(people["middle"], register=False)
    yield "detached", world.signature(part, people["alice"])
    yield "opaque", world.signature(part, people["alice"], detached=False)
    yield "two", world.signature(part, [people["alice"], people["bob"]], crls=[listed])
    yield "ber", world.signature(part, people["alice"], detached=False, data={"ber": True, "segment": 20})
    yield "attributes", cms.signed_data([rich_signer(part, people["alice"], people["bob"])], part)
    yield "certs-only", cms.signed_data([], None, certificates=[people["alice"].cert], crls=[listed.der])


def encrypted(world, people):
    alice, bob = people["alice"], people["bob"]
    information = cms.originator_info([alice.cert, cms.other_certificate()], [world.crl(people["middle"], register=False).der])
    everyone = [enveloped.key_transport(alice), enveloped.key_transport(bob, "ski"), enveloped.password(),
                enveloped.key_agreement(enveloped.originator(alice, "key"), enveloped.agreed_key(bob), ukm=b"ukm"),
                enveloped.shared_key(b"key"), enveloped.encapsulation(bob), enveloped.other()]
    yield "all", enveloped.enveloped(*everyone, version=3, originator_info=information)
    yield "ber", der.ber(enveloped.enveloped(*everyone))
    yield "authenticated", enveloped.authenticated(everyone[0], attributes=[cms_attributes.content_type()],
                                                   unprotected=[cms_attributes.unknown()])


def compressed(world, people):
    part = mime.text()
    yield "text", cms.compressed_data(part)
    yield "stored", cms.compressed_data(part, level=0)
    yield "ber", cms.compressed_data(part, ber=True, segment=20)
    yield "long", cms.compressed_data(bytes(range(256)) * 20)
    yield "grows", cms.compressed_data(bytes(200000))
    yield "nested", cms.compressed_data(cms.compressed_data(part))
    yield "signed", cms.compressed_data(world.signature(part, people["alice"], detached=False))


def for_fuzzer(world, people):
    """Encrypted to the keys of fuzz_decrypt.c, by every means; what is wrapped is none of them."""
    curve = world.end_entity("Fuzz", people["root"], key="p256:Fuzz")
    rsa = world.end_entity("Fuzz RSA", people["root"], key="rsa2048-01")
    agreed = enveloped.key_agreement(enveloped.originator(people["alice"], "key"), enveloped.agreed_key(curve, "ski"), ukm=b"ukm")
    static = enveloped.key_agreement(enveloped.originator(people["alice"]), enveloped.agreed_key(curve, "ski"))
    transported = enveloped.key_transport(rsa, "ski")
    oaep = enveloped.key_transport(rsa, "ski", algorithm=der.sequence(der.oid("1.2.840.113549.1.1.7"), der.sequence()))
    for name, one in (("agreed", agreed), ("static", static), ("transported", transported), ("oaep", oaep)):
        yield name, enveloped.enveloped(one)
        yield name + "-authenticated", enveloped.authenticated(one, attributes=[cms_attributes.content_type()])
    yield "all", enveloped.enveloped(agreed, static, transported, oaep, version=2)


def mails(world, people):
    alice = people["alice"]
    for form in ("detached", "opaque", "octet-stream"):
        yield form, world.signed_mail(alice, form=form)
    yield "lf", world.signed_mail(alice, line_ends="lf")
    yield "plain", mime.message(world.fields("alice@example.com"), mime.text())
    yield from numbered(STRUCTURES)


def names(people):
    for name, person in people.items():
        yield name, person.subject


KEYS = ("rsa512-1", "rsa1024-1", "dsa1024-a", "dh1024", "p256:A", "p384:A", "p521:A", "ed25519:A", "ed448:A", "x25519:A")

SCHEMES = ("sha256-rsa", "md5-rsa", "sha1-pss", "sha512-pss", "sha1-dsa", "sha256-ecdsa", "ed25519", "ed448")


def public_keys():
    for name in KEYS:
        yield name, keys.get(name).spki()
    dsa, rsa, ec = (keys.get(name) for name in ("dsa1024-a", "rsa1024-1", "p256:A"))
    yield "dsa-inherits", dsa.spki(b"") + dsa.parameters()
    yield "pss", der.sequence(keys.algorithm("rsassa-pss", sign.pss_parameters()), der.bit_string(rsa.public_octets()))
    yield "compressed", der.sequence(keys.algorithm("ec", ec.parameters()), der.bit_string(ec.public_octets("compressed")))
    yield "explicit", ec.spki(ec.explicit_parameters())


def signature_algorithms():
    for name in SCHEMES:
        yield name, sign.named(name).identifier
    for name in ("rsa", "dsa", "ec"):
        yield name, keys.algorithm(name)
    yield "pss-key", sign.algorithm("pss", sign.pss_parameters("sha256", "sha1", 11, trailer=2))


def constrained_names():
    """GeneralSubtrees, then names of that form, and a subject."""
    gn = general_names
    subject = der.sequence(der.set_of(der.sequence(der.oid("2.5.4.10"), der.utf8("Example"))),
                           der.set_of(der.sequence(der.oid("1.2.840.113549.1.9.1"), der.ia5("a@example.com"))))
    for name, bases, members in (
        ("mail", [gn.email("example.com"), gn.email(".example.org"), gn.email("a@b.example")],
         [gn.email("x@example.com"), gn.email("A@b.example"), gn.smtp_utf8("\u00e4@m.example.org")]),
        ("dns", [gn.dns("x.example"), gn.dns(".y.example"), gn.dns("")], [gn.dns("a.x.example"), gn.dns("*.y.example")]),
        ("uri", [gn.uri("h.example"), gn.uri(".d.example")], [gn.uri("http://u@h.example:1/"), gn.uri("urn:x:y")]),
        ("ip", [gn.ip("10.0.0.0/8"), gn.ip("2001:db8::/32")], [gn.ip("10.1.2.3"), gn.ip("2001:db8::1")]),
        ("directory", [gn.directory((("O", "Example"),))], [gn.directory((("O", "EXAMPLE"), ("CN", "x")))]),
        ("other", [gn.registered_id("1.2.3"), gn.x400()], [gn.registered_id("1.2.3"), gn.edi_party()]),
    ):
        yield name, der.sequence(*(extensions.subtree(base) for base in bases)) + b"".join(members) + subject


def attribute_certificates(world, people):
    """One of each form of holder and issuer, with every attribute and extension."""
    gn, ac, x = general_names, attribute_certificate, extensions
    alice, root = people["alice"], people["root"]
    base = ac.issuer_serial(alice.issuer_name, alice.serial, b"\1")
    digest = ac.object_digest(alice.cert)
    point = x.crl_distribution_points(x.distribution_point([gn.uri("http://crl.example/")]))
    services = [ac.service(gn.uri("ldap://x/"), gn.email("a@example.org"), b"secret")]
    attributes = [ac.authentication_info(*services), ac.access_identity(*services), ac.charging_identity("1", authority=[gn.dns("x")]),
                  ac.group("staff", der.oid("1.2.3"), der.octet_string(b"x")), ac.role(gn.uri("urn:x"), authority=[gn.dns("x")]),
                  ac.clearance("1.2.3", "secret", categories=[ac.category("1.2.4", der.utf8("x"))]), ac.clearance_3281("1.2.3", "secret")]
    targets = x.target_information(x.target_name(gn.uri("http://x/")), x.target_group(gn.dns("x")),
                                   x.target_certificate(base, gn.dns("x"), digest))
    yield "plain", world.attribute_certificate(alice, root, extensions=[x.no_rev_avail()])
    yield "everything", world.attribute_certificate(
        alice, root, holder=ac.holder(base, [gn.directory(alice.subject)], digest), attributes=attributes, issuer_uid=b"\1",
        extensions=[targets, x.audit_identity(b"x"), point, x.authority_key_identifier(b"\1")])
    yield "forms", world.attribute_certificate(alice, root, issuer=ac.v2_form(root.subject, base=base, digest=digest))
    old = dict(issuer_name=root.subject, signer_key=root.key, serial=5, not_before=days(-1), not_after=days(1))
    yield "v1", ac.build_v1(subject_name=alice.subject, **old)
    yield "v1-explicit", ac.build_v1(subject=base, explicit=True, **old)


def numbered(texts):
    return ((f"{number:02}", text.encode()) for number, text in enumerate(texts))


def with_length(octets):
    return len(octets).to_bytes(2, "big") + octets


def judged(world, people):
    """What fuzz_message.c reads: anchors, certificates and CRLs, a message."""
    anchors = with_length(people["root"].cert)
    lists = b"".join(world.crl(people[name], register=False).der for name in ("root", "middle", "constrained"))
    for name, mail in mails(world, people):
        yield name, anchors + with_length(lists) + mail
    everyone = [people["alice"], people["bob"]]
    yield "two", anchors + with_length(lists) + world.signed_mail(everyone)
    yield "bare", anchors + with_length(lists) + world.signature(b"content\r\n", people["alice"], detached=False)
    squeezed = mime.opaque(cms.compressed_data(mime.text()), smime_type="compressed-data")
    yield "compressed", anchors + with_length(lists) + world.signed_mail(people["alice"], part=squeezed)
    yield "compressed-bare", anchors + with_length(lists) + cms.compressed_data(world.signed_mail(people["alice"]))
    chain = people["alice"].cert + people["middle"].cert
    yield "apart", anchors + with_length(lists + chain) + world.signed_mail(people["alice"], certs="none")


def anything(world, people):
    """One of each kind of object that `show` reads."""
    yield "certificate", people["constrained"].cert
    yield "crl", world.crl(people["middle"], [people["alice"]], register=False).der
    yield "mail", world.signed_mail(people["alice"])
    yield from signatures(world, people)
    yield from ((f"encrypted-{name}", octets) for name, octets in encrypted(world, people))
    yield from ((f"compressed-{name}", octets) for name, octets in compressed(world, people))
    yield from attribute_certificates(world, people)


def frames():
    """Conversations of library and signet-fetch: src/fetch/frame.h."""
    def frame(kind, body, number=1):
        return struct.pack(">BBHII", 1, kind, 0, number, len(body)) + body

    def texts(*words):
        return b"".join(struct.pack(">H", len(word)) + word + b"\0" for word in words)
    rules = struct.pack(">QIIIBB", 1 << 24, 5, 8, 10000, 1, 2) + texts(b"http://proxy.example:3128", b"", b"/etc/key", b"192.0.2.1@53")
    start = struct.pack(">BBQ", 1, 1, 0) + texts(b"ldap://host.example/dc=x", b"a@example.com", b"", b"")
    end = b"\0" + texts(b"", b"http://example.com/", b"application/pkix-crl", b'"1"', b"Sat, 21 Nov 2026 09:00:00 GMT")
    yield "asked", frame(1, rules, 0) + frame(2, start) + frame(3, b"")
    yield "answered", frame(4, texts(b"body")) + frame(5, b"octets") + frame(5, b"more") + frame(4, texts(b"body")) + frame(6, end)
    yield "failed", frame(6, b"\7" + texts(b"HTTP 503", b"", b"", b"", b""))


def carrying(certificate):
    """A mail with a certificate in two ways."""
    entity = "--b\r\nContent-Type: application/{}\r\nContent-Transfer-Encoding: {}\r\n\r\n"
    return (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + entity.format("pkix-cert", "base64").encode() +
            base64.encodebytes(certificate) + entity.format("x-x509-ca-cert", "binary").encode() + certificate + b"\r\n--b--\r\n")


def files(*patterns):
    """Files that tests read and that only other tools can make."""
    unit = Path(__file__).resolve().parents[1] / "tests" / "unit"
    for pattern in patterns:
        yield from ((path.name, path.read_bytes()) for path in sorted(unit.glob(pattern)))


def private_keys():
    for name in KEYS:
        if not name.startswith(("dh", "rsa512")):
            yield name, keys.get(name).pkcs8()
    yield from files("crypto/key_files/*.pem")


TOKEN_URIS = [
    "pkcs11:",
    "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;model=1.0;serial=12;type=cert;"
    "object=my-certificate;id=%69%95%3E%5C%F4%BD%EC%91?pin-source=file:///etc/token_pin",
    "pkcs11:object=key;type=private?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/etc/pin",
    "pkcs11:id=%00;x-vendor=1?pin-value=1234",
]
LOCATIONS = ["http://ca.example.com/ca.crl", "ldap:///cn=CA,o=Example?certificateRevocationList;binary", "https://[2001:db8::1]:8443/?x#y",
             "ldap://LDAP.example.com/cn=x", "alice+tag@example.com", "\x03\x01\x01" + "\x00" * 32, "\x00\x01\x12\x34\x050\x00"]
REQUESTS = MAILBOXES + (
    "http://example.com:80/a%20b?c#d", "https://user:pw@example.com/", "ldap://[::1]:389/cn=x,dc=y?cACertificate;binary?sub?(a=b)",
    "http://127.0.0.1/", "ldap:///cn=x", "x)(mail=*@example.com", "userSMIMECertificate;binary", "http://[::ffff:10.0.0.1]/",
)


ADDRESS_KEYS = 0x416464726573  # src/store/keys.c


def key_of(octets, kind=0, space=0):
    """46 bits of their SHA-256 as the store has them, behind the two of their space."""
    return (space << 46 | (int.from_bytes(hashlib.sha256(octets).digest()[:6], "big") >> 2 ^ kind) % 2**46) - 2**47


def value_of(*fields):
    """What a row of table known has as its value: src/store/sqlite_known.h."""
    octets = b""
    for one in fields:
        if isinstance(one, int):
            octets += one.to_bytes(8, "big", signed=True)
        elif one is None:
            octets += b"\xff" * 4
        else:
            held = one if isinstance(one, bytes) else one.encode() + b"\0"
            octets += len(held).to_bytes(4, "big") + held
    return octets


NEVER = -2**63  # no time


def known():
    """A row of each kind."""
    fingerprint = bytes(32)
    return [
        (1, 1, "", value_of(1, "<1@example.com>", 1000)),
        (2, 1, "", fingerprint),
        (3, 2, "", value_of(1, "<1@example.com>", 1000, 3, 2, NEVER, None, None, "1.2.3 1.2.4", 0, "why", NEVER)),
        (4, 1, "a@example.com", value_of("A@example.com", 2, "she said so", 1000)),
        (5, 0, "alice@example.com", value_of("Alice@example.com", b"0\0", None, 1000)),
        (6, 0, fingerprint.hex() + " ", value_of(fingerprint, "", b"0\0", 1000)),
        (7, 0, "http://example.com/", value_of("http://example.com/", "", "", 1000, NEVER, "", None)),
        (8, 0, fingerprint.hex(), value_of(1)),
    ]


def databases(people):
    """Databases of our schema with small pages, as files of their own and as those that others may have open."""
    alice, root = people["alice"].cert, people["root"].cert
    schema = Path(__file__).resolve().parents[1] / "src" / "store" / "schema"
    for mode in ("delete", "wal"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "seed.db"
            database = sqlite3.connect(path)
            database.executescript(f"PRAGMA page_size = 512; PRAGMA journal_mode = {mode};")
            files = sorted(schema.glob("*.sql"))
            for one in files:
                database.executescript(one.read_text(encoding="utf-8"))
            database.executescript(f"PRAGMA user_version = {len(files)}; PRAGMA application_id = 0x73676e74;")
            for number, octets in enumerate((alice, root), 1):
                mark = key_of(octets, space=1)
                database.execute("INSERT INTO object VALUES (?, 0, ?, 1, ?)", (number, mark, octets))
                database.execute("INSERT INTO key VALUES (?, ?)", (mark, number))
            for address in (b"alice@example.com", b"a@example.com"):
                database.execute("INSERT INTO key VALUES (?, 1)", (key_of(address, ADDRESS_KEYS),))
            database.executescript("INSERT INTO key VALUES (5, 1), (6, 2); INSERT INTO fact VALUES (1, 1);")
            database.executemany("INSERT INTO known VALUES (?, ?, ?, ?)", known())
            database.commit()
            database.close()
            yield mode, path.read_bytes()


def certification_requests(people):
    key, name = people["alice"].key, people["alice"].subject
    address = extensions.subject_alt_name(general_names.email("alice@example.com"), general_names.smtp_utf8("дима@example.com"))
    asked = certification_request.extension_request(extensions.key_usage("digitalSignature"), address)
    password = certification_request.attribute(certification_request.CHALLENGE_PASSWORD, der.utf8("secret"))
    for label, attributes in (("whole", [asked, password]), ("empty", []), ("bare", None)):
        yield label, certification_request.build(subject=name, key=key, attributes=attributes)
    yield "rsa", certification_request.build(subject=name, key=keys.get("rsa2048-01"), attributes=[asked])


def kinds():
    world = World()
    people = certificates(world)
    signed = dict(signatures(world, people))
    pem = b"".join(person.pem if isinstance(person.pem, bytes) else person.pem.encode() for person in people.values())
    return {
        "certificate": ((name, person.cert) for name, person in people.items()),
        "crl": ((name, made.der) for name, made in crls(world, people)),
        "attribute_certificate": attribute_certificates(world, people),
        "name": names(people),
        "cms": signed.items(),
        "enveloped": encrypted(world, people),
        "encrypted": for_fuzzer(world, people),
        "compressed": compressed(world, people),
        "mail": mails(world, people),
        "judged": judged(world, people),
        "certification_request": certification_requests(people),
        "pem": [("all", pem), ("base64", base64.encodebytes(signed["opaque"])), ("mail", carrying(people["root"].cert))],
        "mailbox": numbered(MAILBOXES),
        "from": numbered(FROM_FIELDS),
        "time": numbered(TIMES),
        "oid": numbered(OIDS),
        "pkcs12": files("bundle/pkcs12_files/*.p12"),
        "private_key": private_keys(),
        "spki": public_keys(),
        "algorithm": signature_algorithms(),
        "subtrees": constrained_names(),
        "any": anything(world, people),
        "frame": frames(),
        "request": numbered(REQUESTS),
        "location": numbered(LOCATIONS),
        "token_uri": numbered(TOKEN_URIS),
        "database": databases(people),
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
