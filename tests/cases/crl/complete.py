# SPDX-License-Identifier: Apache-2.0
"""Complete CRLs: versions, times, extensions, entries (RFC 5280, 5.1 to 5.3, 6.3.3)."""

from datetime import timedelta

from pki import crl as crls
from pki import der, names
from pki import extensions as x
from pki.certificate import flip
from pki.times import NOW, at, days
from runner import case


def with_crl(w, listed=False, **fields):
    """An end entity and one CRL of its CA, which lists it or a stranger."""
    root, ca, ee = w.line()
    w.crl(ca, [ee if listed else 4711], **fields)
    return ee


def unusable(w, ee, **options):
    return w.path(ee, expect="UNKNOWN", codes=["CRL_INVALID"], forbid=["CERT_REVOKED"], **options)


# --- versions ---------------------------------------------------------------------------------------------

@case("B-CRL-1 A-2.1-1 A-2.1-4", "a v2 CRL with number, key identifier and reasons is used")
def _(w):
    root, ca, ee = w.line()
    bob = w.end_entity("Bob", ca)
    w.crl(ca, [w.revocation(bob, reason="superseded"), w.revocation(77, reason="keyCompromise")], number=12)
    return [w.path(ee, expect="GOOD"), w.path(bob, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-1 A-2.1-3", "a v1 CRL is used, for good and for bad")
def _(w):
    root, ca, ee = w.line()
    bob = w.end_entity("Bob", ca)
    w.crl(ca, [bob], version=crls.V1)
    return [w.path(ee, expect="GOOD"), w.path(bob, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-1 A-2.1-3", "v1 CRLs at every level")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, version=crls.V1)
    first = w.crl(root, version=crls.V1)
    revoking = w.crl(root, [ca], version=crls.V1, register=False)
    return [w.path(ee, expect="GOOD"),
            w.path(ee, crls=[revoking, *[one for one in w.made_crls if one is not first]], expect="BAD",
                   codes=["CERT_REVOKED@1"])]


@case("A-2.1-1", "a CRL is decoded: issuer, dates, number, key identifier, serials and reasons are shown")
def _(w):
    root = w.root()
    listed = w.crl(root, [w.revocation(0x4711, reason="keyCompromise"), w.revocation(0x4712, days(-20))], number=0x1234)
    old = w.crl(root, [0x99AA], version=crls.V1)
    return [w.show(listed, contains=["root", "4711", "4712", "2026", "compromise"]), w.show(old, contains=["99aa", "2026"])]


@case("B-CRL-2", "a v1 CRL with CRL extensions, or with entry extensions, is not used")
def _(w):
    reasoned = [w.revocation(99, reason="superseded")]
    runs = [unusable(w, with_crl(type(w)(), version=crls.V1, ext={"cRLNumber": x.crl_number(5)}))]
    world = type(w)()
    root, ca, ee = world.line()
    world.crl(ca, entries=reasoned, version=crls.V1)
    return runs + [unusable(world, ee)]


@case("B-CRL-2 B-ENC-7", "CRL versions there are none of")
def _(w):
    return [w.path(with_crl(type(w)(), version=der.integer(number)), expect="UNKNOWN|ERROR", codes=["CRL_INVALID"])
            for number in (2, 3, -1, 255)]


# --- times ------------------------------------------------------------------------------------------------

@case("B-CRL-3", "a CRL is usable up to the second of nextUpdate, and expired one second later")
def _(w):
    end = days(3)
    ee = with_crl(w, next_update=end)
    return [w.path(ee, at=end, expect="GOOD"),
            w.path(ee, at=end + timedelta(seconds=1), expect="UNKNOWN", codes=["CRL_EXPIRED"])]


@case("B-CRL-3 A-5-F5 A-5-3", "an expired CRL settles nothing, but what it revokes is revoked")
def _(w):
    old = dict(this_update=days(-40), next_update=days(-10))
    return [w.path(with_crl(type(w)(), **old), expect="UNKNOWN", codes=["CRL_EXPIRED"], forbid=["CERT_REVOKED"]),
            w.path(with_crl(type(w)(), listed=True, entries=None, **old), expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-3 A-5-F5", "an expired CRL of an upper CA is told at the right certificate")
def _(w):
    root, ca, ee = w.line()
    w.crl(root, this_update=days(-40), next_update=days(-10))
    return w.path(ee, expect="UNKNOWN", codes=["CRL_EXPIRED@1"])


@case("B-CRL-3", "a newer CRL takes the place of an expired one")
def _(w):
    ee = with_crl(w, this_update=days(-40), next_update=days(-10), number=4)
    w.crl(ee.issuer, number=5)
    return w.path(ee, expect="GOOD")


@case("B-CRL-3", "a CRL from the far future is not used")
def _(w):
    ee = with_crl(w, this_update=at(2090), next_update=at(2091))
    return unusable(w, ee)


@case("B-CRL-3", "a CRL whose nextUpdate lies before its thisUpdate is not used for good")
def _(w):
    ee = with_crl(w, this_update=days(-1), next_update=days(-2))
    return w.path(ee, expect="UNKNOWN", any_codes=["CRL_INVALID", "CRL_EXPIRED"])


@case("B-CRL-3 B-TIM-1", "CRL times in both forms, before and after 2050")
def _(w):
    both = with_crl(type(w)(), this_update=der.generalized_time("20260501000000Z"), next_update=at(2060))
    utc = with_crl(type(w)(), this_update=der.utc_time("260501000000Z"), next_update=der.utc_time("491231235959Z"))
    return [w.path(both, expect="GOOD"), w.path(utc, expect="GOOD")]


@case("B-CRL-3", "a CRL issued in this very second is usable")
def _(w):
    return w.path(with_crl(w, this_update=NOW), expect="GOOD")


@case("B-CRL-4", "without nextUpdate and without a limit of age the status is not known")
def _(w):
    ee = with_crl(type(w)(), next_update=None)
    listed = with_crl(type(w)(), listed=True, next_update=None)
    old = with_crl(type(w)(), next_update=None, version=crls.V1)
    return [w.path(ee, expect="UNKNOWN", codes=["REV_UNAVAILABLE"]), w.path(listed, expect="BAD", codes=["CERT_REVOKED@0"]),
            w.path(old, expect="UNKNOWN", codes=["REV_UNAVAILABLE"])]


@case("B-CRL-4", "without nextUpdate a CRL counts up to the age that is allowed, and this is told")
def _(w):
    ee = with_crl(w, next_update=None, this_update=days(-10))
    return [w.path(ee, options=["--crl-max-age", "10"], expect="WARN", forbid=["REV_UNAVAILABLE"]),
            w.path(ee, options=["--crl-max-age", "9"], expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])]


@case("B-CRL-4", "archived mail may rest on a CRL without nextUpdate, and this is told")
def _(w):
    silent, listed = with_crl(type(w)(), next_update=None), with_crl(type(w)(), listed=True, next_update=None)
    return [w.path(silent, profile="legacy", expect="WARN", codes=["REV_UNAVAILABLE@0"]),
            w.path(listed, profile="legacy", expect="BAD", codes=["CERT_REVOKED@0"])]


# --- extensions nobody knows ------------------------------------------------------------------------------

@case("B-CRL-5 A-5-F4 A-5-3", "an unknown critical CRL extension: the CRL is used for no status at all")
def _(w):
    odd = dict(extra=[x.private(critical=True)])
    return [unusable(w, with_crl(type(w)(), **odd)), unusable(w, with_crl(type(w)(), listed=True, **odd))]


@case("B-CRL-5", "an unknown CRL extension that is not critical is passed over")
def _(w):
    return w.path(with_crl(w, extra=[x.private()]), expect="GOOD")


@case("B-CRL-6", "an unknown critical entry extension anywhere: the CRL is not used")
def _(w):
    odd = x.private(critical=True)
    own, other = type(w)(), type(w)()
    runs = []
    for world, stranger in ((own, False), (other, True)):
        root, ca, ee = world.line()
        world.crl(ca, [world.revocation(4711 if stranger else ee, extensions=[odd])])
        runs.append(unusable(world, ee))
    return runs


@case("B-CRL-6", "an unknown entry extension that is not critical is passed over")
def _(w):
    root, ca, ee = w.line()
    bob = w.end_entity("Bob", ca)
    w.crl(ca, [w.revocation(bob, extensions=[x.private()])])
    return [w.path(ee, expect="GOOD"), w.path(bob, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-5 B-ENC-5", "the same CRL extension twice")
def _(w):
    return unusable(w, with_crl(w, extra=[x.crl_number(9)]))


# --- reasons ----------------------------------------------------------------------------------------------

SHOWN = {"unspecified": "unspecified", "keyCompromise": "compromise", "cACompromise": "compromise",
         "affiliationChanged": "affiliation", "superseded": "superseded", "cessationOfOperation": "cessation",
         "certificateHold": "hold", "privilegeWithdrawn": "privilege", "aACompromise": "compromise"}


def add_reason(reason, word):
    @case("B-CRL-19 A-5-F7", f"the reason {reason} counts as revoked and is named")
    def _(w):
        root, ca, ee = w.line()
        w.crl(ca, [w.revocation(ee, days(-12), reason)], number=0x77)
        texts = lambda found: any(one["code"] == "CERT_REVOKED" and "2026-05-20" in one["text"] for one in found)
        return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"], contains=[word], json={"findings": texts})


for _reason, _word in SHOWN.items():
    add_reason(_reason, _word)


@case("B-CRL-19", "a reason code nobody has defined still revokes, or spoils the CRL")
def _(w):
    runs = []
    for number in (7, 11, 127):
        world = type(w)()
        root, ca, ee = world.line()
        world.crl(ca, [world.revocation(ee, reason=number)])
        runs.append(world.path(ee, expect="BAD|UNKNOWN", any_codes=["CERT_REVOKED@0", "CRL_INVALID"]))
    return runs


@case("B-CRL-19", "removeFromCRL outside of a delta CRL spoils the CRL")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [w.revocation(ee, reason="removeFromCRL")])
    return w.path(ee, expect="UNKNOWN|BAD", any_codes=["CRL_INVALID"])


@case("B-CRL-19", "the invalidity date is reported")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [w.revocation(ee, days(-2), "keyCompromise", [x.invalidity_date(at(2026, 3, 14))])])
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"], contains=["2026-03-14"])


@case("B-CRL-19", "a revocation date in the future is a revocation all the same, or not yet one, and never a crash")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [w.revocation(ee, days(10))])
    return w.path(ee, expect="BAD|WARN|GOOD")


@case("B-CRL-19", "an entry listed twice, once as a hold and once for good")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [w.revocation(ee, reason="certificateHold"), w.revocation(ee, reason="keyCompromise")])
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


# --- broken CRLs ------------------------------------------------------------------------------------------

@case("B-CRL-8 A-5-F4 A-5-3 B-ENC-1", "a bit of the CRL's signature turned over")
def _(w):
    return [unusable(w, with_crl(type(w)(), signature_hook=flip)),
            unusable(w, with_crl(type(w)(), listed=True, signature_hook=flip))]


@case("B-ENC-1 B-CRL-8", "a serial in the CRL changed after signing")
def _(w):
    ee = with_crl(w, listed=True)
    crl = w.made_crls[0]
    changed = crl.der.replace(der.integer(ee.serial), der.integer(ee.serial + 1))
    assert changed != crl.der
    rest = [one for one in w.all_crls() if one is not crl]
    return unusable(w, ee, crls=[changed, *rest])


@case("A-5-F4 B-CRL-20", "garbage among the CRLs is told, and another source settles the status")
def _(w):
    root, ca, ee = w.line()
    good = w.all_crls()
    junk = w.crl(ca, signature_hook=flip, register=False)
    return [w.path(ee, crls=[junk, *good], expect="GOOD|WARN"), w.path(ee, crls=[*good, junk], expect="GOOD|WARN")]


@case("A-5-F3 A-5-3 B-CRL-20", "no CRL at all: which certificate's status is missing")
def _(w):
    root, ca, ee = w.line()
    w.made_crls = []
    return [w.path(ee, crls="none", expect="UNKNOWN", codes=["REV_UNAVAILABLE@0", "REV_UNAVAILABLE@1"]),
            w.path(ee, crls=[w.crl(ca)], expect="UNKNOWN", codes=["REV_UNAVAILABLE@1"], forbid=["REV_UNAVAILABLE@0"]),
            w.path(ee, crls=[w.crl(root)], expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], forbid=["REV_UNAVAILABLE@1"])]


@case("B-CRL-20 A-5-F4", "of two faults of two CRLs each is told")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, this_update=days(-40), next_update=days(-10))
    w.crl(root, signature_hook=flip)
    return w.path(ee, expect="UNKNOWN", codes=["CRL_EXPIRED@0", "CRL_INVALID"])


@case("B-CRL-22", "an empty revokedCertificates sequence is tolerated and told")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, empty_list=True)
    return w.path(ee, expect="GOOD", codes=["NONCONFORMING"])


@case("B-CRL-22", "a missing key identifier and a missing number are tolerated and told")
def _(w):
    runs = []
    for name in ("authorityKeyIdentifier", "cRLNumber"):
        world = type(w)()
        root, ca, ee = world.line()
        world.crl(ca, ext={name: None})
        runs.append(world.path(ee, expect="GOOD", codes=["NONCONFORMING"]))
    return runs


@case("B-CRL-22", "a key identifier of the CRL that points to nobody is no reason against it")
def _(w):
    ee = with_crl(w, ext={"authorityKeyIdentifier": x.authority_key_identifier(b"\x13" * 20)})
    return w.path(ee, expect="GOOD|WARN", forbid=["CRL_INVALID"])


@case("B-CRL-22 E-9", "a CRL with a million entries is searched in bounded time")
def _(w):
    root, ca, ee = w.line(ee=dict(serial=5_000_000))
    listed = w.end_entity("Bob", ca, serial=999_999)
    w.crl(ca, entries=crls.many(1_000_000, days(-30)))
    return [w.path(ee, expect="GOOD"), w.path(listed, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-22 B-ENC-7", "a CRL cut off, with octets behind it, and with a length it does not have")
def _(w):
    root, ca, ee = w.line()
    good = w.crl(ca, register=False).der
    upper = w.crl(root, register=False)
    broken = [good[:-1], good[:50], der.tlv(der.SEQUENCE, der.content(good), claimed=len(good) + 99), b"\x30\x80"]
    return [w.path(ee, crls=[one, upper], expect="UNKNOWN|ERROR", any_codes=["CRL_INVALID", "PARSE", "REV_UNAVAILABLE"])
            for one in broken]


@case("B-CRL-22", "entries out of order, and the wanted one last")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [w.revocation(n) for n in (900, 5, 70000, 3, 2**100)] + [w.revocation(ee)])
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-CRL-11 B-DN-4", "the CRL issuer's name is compared as names are")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, subject=names.dn(("O", "Example"), ("CN", "Mail CA")))
    ee = w.end_entity("Alice", ca)
    w.crl(ca, [ee], issuer_name=names.dn(("O", "EXAMPLE", "printable"), ("CN", "mail  ca", "bmp")))
    return w.path(ee, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-CRL-11", "a CRL of the right key under another name is not this CA's")
def _(w):
    root, ca, ee = w.line()
    w.crl(ca, [ee], issuer_name=names.example("Nobody"))
    return w.path(ee, expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"], forbid=["CERT_REVOKED"])


@case("A-4.2-4", "CRLs of strangers beside the right one are ignored")
def _(w):
    root, ca, ee = w.line()
    strangers = [w.root(f"Stranger {n}") for n in range(12)]
    lists = [w.crl(one, [ee.serial]) for one in strangers]
    right = [w.crl(ca), w.crl(root)]
    return [w.path(ee, certs=[ca], anchors=[root], crls=lists + right, expect="GOOD", forbid=["CERT_REVOKED", "CRL_INVALID"]),
            w.path(ee, certs=[ca], anchors=[root], crls=lists + right[1:], expect="UNKNOWN", codes=["REV_UNAVAILABLE@0"])]


