# SPDX-License-Identifier: Apache-2.0
"""Certificates by the ten thousand: the shapes of `pki`, written with what makes each one cheap.

Signatures are ECDSA on P-256 with the nonce 1, so that r is known and s is one multiplication; keys are consecutive
multiples of the base point, so that a new one costs one addition. Neither hides a secret, and every verifier must
accept the result.
"""

import hashlib
import os
import threading

from pki import certificate, crl, der, keys, names, sign
from pki import extensions as x
from pki import general_names as gn
from pki.elliptic import CURVES
from pki.times import days
from pki.world import Entity

P256 = CURVES["p256"]
_FIRST_SECRET = 0x516E37


class SerialKey(keys.EcKey):
    """The key number `number` of a fixed row. Cases run in threads, and extend the row together."""

    _points = []
    _extending = threading.Lock()

    def __init__(self, number):
        super().__init__(f"serial:{number}", P256, _FIRST_SECRET + number)
        self._spki = keys.EcKey.spki(self)
        self._identifier = hashlib.sha1(self.public_octets()).digest()

    def point(self):
        row = self._points
        with self._extending:
            if not row:
                row.append(P256.multiply_base(_FIRST_SECRET))
            while len(row) <= self.d - _FIRST_SECRET:
                row.append(P256.add(row[-1], P256.base))
        return row[self.d - _FIRST_SECRET]

    def spki(self, parameters=None):
        return self._spki

    def key_identifier(self):
        return self._identifier


_keys = {}


def key(number):
    if number not in _keys:
        _keys[number] = SerialKey(number)
    return _keys[number]


def _sign(signer, octets):
    r = P256.base[0] % P256.n
    hashed = int.from_bytes(hashlib.sha256(octets).digest(), "big")
    return der.sequence(der.integer(r), der.integer((hashed + r * signer.d) % P256.n))


class FastScheme(sign.Scheme):
    """Not remembered: nobody asks twice."""

    def __init__(self):
        super().__init__("sha256-ecdsa", "sha256", sign.algorithm("sha256-ecdsa"), _sign)

    def sign(self, key, data):
        return _sign(key, data)


FAST = FastScheme()


def size(usual, long=None, sanitized=None):
    """How many: usually, with SIGNET_LONG set, and for a program that the sanitizers slow down."""
    if os.environ.get("SIGNET_LONG"):
        return usual if long is None else long
    return sanitized if sanitized is not None and os.environ.get("SIGNET_SANITIZED") else usual


class Holder:
    """A name with a key. What it needs to issue is encoded once."""

    def __init__(self, name, number, subject=None):
        self.name, self.number = name, number
        self.subject = subject or names.example(name)
        self.key = key(number)
        self.issuer = self  # where `Entity.chain` ends


_CA_EXTENSIONS = (x.basic_constraints(True).der(), x.key_usage("keyCertSign", "cRLSign").der())
_PERSON_EXTENSIONS = (x.key_usage("digitalSignature", "nonRepudiation").der(),
                      x.ext_key_usage("emailProtection").der())
_VALIDITY = der.sequence(der.time(days(-365)), der.time(days(3650)))
_EXPIRED = der.sequence(der.time(days(-365)), der.time(days(-1)))
_VERSION = der.explicit(0, der.integer(2))


class Forge:
    """Issues certificates with consecutive serials."""

    def __init__(self):
        self._serial = 0

    def issue(self, holder, issuer, *, ca=True, constraints=None, extra=(), identifiers="right", expired=False,
              email=None):
        """A certificate of `holder` by `issuer`.

        `constraints` replaces basicConstraints (an Extension); `identifiers`: "right", None for none, or a pair of
        octets (subject's, authority's).
        """
        self._serial += 1
        members = list(_CA_EXTENSIONS if ca else _PERSON_EXTENSIONS)
        if constraints is not None:
            members[0] = constraints.der()
        if identifiers == "right":
            identifiers = (holder.key.key_identifier(), issuer.key.key_identifier())
        if identifiers:
            members.append(x.subject_key_identifier(identifiers[0]).der())
            members.append(x.authority_key_identifier(identifiers[1]).der())
        if email:
            members.append(x.subject_alt_name(gn.email(email)).der())
        members += [one if isinstance(one, bytes) else one.der() for one in extra]
        tbs = der.sequence(_VERSION, der.integer(self._serial), FAST.identifier, issuer.subject,
                           _EXPIRED if expired else _VALIDITY, holder.subject, holder.key.spki(),
                           der.explicit(3, der.sequence(*members)))
        return Entity(holder.name, holder.key, certificate.signed(tbs, issuer.key, FAST), holder.subject,
                      issuer.subject, self._serial, issuer, ca, (email,) if email else (), FAST)

    def person(self, issuer, number=0, name="Alice", **options):
        """An end entity with the key 0, which no CA should have, and an address like alice@example.com."""
        return self.issue(Holder(name, number), issuer, ca=False, email=f"{name.lower()}@example.com", **options)

    def root(self, holder):
        return self.issue(holder, holder)

    def crl(self, issuer, revoked=(), *, number=1, extra=(), entries=None, next_update=days(30), this_update=days(-1)):
        """A CRL of `issuer` that lists the certificates `revoked`; `entries` are ready ones."""
        listed = [crl.entry(one.serial, days(-10)) for one in revoked] if entries is None else entries
        extensions = [x.authority_key_identifier(issuer.key.key_identifier()), x.crl_number(number), *extra]
        return crl.build(issuer=issuer.subject, signer_key=issuer.key, this_update=this_update,
                         next_update=next_update, entries=listed, extensions=extensions, scheme=FAST)
