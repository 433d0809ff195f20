# SPDX-License-Identifier: Apache-2.0
"""A world of certificates in which the program can be run."""

import re
from datetime import datetime

from pki import keys
from pki.times import NOW, rfc3339
from pki.world import Crl, Entity, World

from .case import Expectation, Run

# More objects than this go into one PEM bundle instead of a file each.
SINGLE_FILES = 20


def octets_of(thing):
    """The DER of an entity, a CRL, or octets themselves."""
    if isinstance(thing, Entity):
        return thing.cert
    return thing.der if isinstance(thing, Crl) else thing


def file_name(thing, number, ending):
    label = thing.name if isinstance(thing, (Entity, Crl)) else f"file-{number}"
    return f"{number:02d}-{re.sub('[^a-z0-9]+', '-', label.lower()).strip('-')}{ending}"


def words(value):
    """A list from a list or from the words of a text."""
    return value.split() if isinstance(value, str) else value


class Scene(World):
    """Adds to `World` the runs of the program. Unless told otherwise they neither use a store nor the network."""

    def path(self, target, *, certs=None, anchors=None, crls="all", purpose="any", **options):
        """`signet path` on the certificate `target`. Without `certs` and `anchors` those above it are given."""
        files = {"target.crt": octets_of(target)}
        certs = target.chain()[1:] if certs is None else certs
        anchors = [target.top()] if anchors is None else anchors
        crls = self._revocation(crls, options.get("at", NOW), target)
        return self._judge(["path", "target.crt"], files, certs, anchors, crls, purpose=purpose, **options)

    def verify(self, message, *, certs=(), anchors=(), crls="all", name="message.eml", content=None, **options):
        """`signet verify` on a message, or on a bare CMS object called e.g. `message.p7m`."""
        files, arguments = {name: message}, ["verify", name]
        if content is not None:
            files["content.bin"] = content
            arguments += ["--content", "content.bin"]
        crls = self._revocation(crls, options.get("at", NOW))
        return self._judge(arguments, files, certs, anchors, crls, **options)

    def show(self, thing, *, name="object.der", exit=0, contains=(), lacks=(), json=False):
        """`signet show` on a file; its output is for people unless `json`."""
        arguments = ["show", name] + (["--json"] if json else [])
        return Run(arguments, {name: octets_of(thing)},
                   Expectation(exit=exit, contains=list(contains), lacks=list(lacks)), reads_json=False)

    def lint(self, *things, broken=None, rules=(), exit=None, contains=(), name="object.pem"):
        """`signet lint` on certificates and CRLs in one file. `broken`: the ids of exactly the rules that are broken."""
        arguments = ["lint", name] + [word for one in rules for word in ("--rules", one)]
        arguments += [] if broken is None else ["--json"]
        octets = octets_of(things[0]) if len(things) == 1 else b"".join(
            keys.pem("X509 CRL" if isinstance(one, Crl) else "CERTIFICATE", octets_of(one)) for one in things)
        expectation = Expectation(exit=exit, contains=list(contains), broken=None if broken is None else words(broken))
        return Run(arguments, {name: octets}, expectation, reads_json=False)

    # --- with the database: the runs of one case have one home, and so one database

    def trust(self, *anchors, options=(), exit=0, contains=()):
        """`signet trust`, agreed to."""
        files = {file_name(one, number, ".crt"): one for number, one in enumerate(anchors)}
        return self.run(["trust", "--yes", *options, *files], files, exit=exit, contains=contains)

    def put_in(self, *things, exit=0, contains=(), options=()):
        """`signet import`."""
        files = {file_name(one, number, ".der"): one for number, one in enumerate(things)}
        return self.run(["import", *options, *files], files, exit=exit, contains=contains)

    def judge_stored(self, message, **options):
        """`signet verify` with nothing but the database."""
        return self.verify(message, **{"store": True, "crls": "none", **options})

    def path_stored(self, target, **options):
        """`signet path` with nothing but the database."""
        return self.path(target, **{"store": True, "crls": "none", "certs": [], "anchors": [], **options})

    def run(self, arguments, files=None, *, exit=0, contains=(), lacks=(), stderr=(), stdin=None):
        """Any other run. Files are {name: octets, entity or CRL}."""
        return Run(list(arguments), {name: octets_of(one) for name, one in (files or {}).items()},
                   Expectation(exit=exit, contains=list(contains), lacks=list(lacks), stderr=list(stderr)),
                   reads_json=False, stdin=stdin)

    def _revocation(self, crls, moment, target=None):
        """The list behind the words "all" and "none". A case with several worlds means that of the target."""
        if crls == "none":
            return []
        if crls != "all":
            return crls
        world = target.world if isinstance(target, Entity) else self
        return world.all_crls(moment if isinstance(moment, datetime) else NOW)

    def _judge(self, arguments, files, certs, anchors, crls, *, expect, at=NOW, codes=(), any_codes=(), only_codes=None,
               forbid=(), json=None, policies=None, path=None, exit=None, contains=(), lacks=(), revocation=None,
               profile=None, purpose=None, email=None, policy=(), explicit_policy=False, inhibit_mapping=False, inhibit_any=False,
               options=(), more_files=None, store=False, offline=True, reads_json=True, first=(), signed=None,
               signatures=None, addresses=None, parts=None):
        arguments = list(arguments)
        files.update({name: octets_of(one) for name, one in (more_files or {}).items()})
        if crls == "off":
            revocation, crls = "off", ()
        for option, things, ending in (("--anchor", anchors, ".crt"), ("--certs", certs, ".crt"),
                                       ("--crls", crls, ".crl")):
            arguments += self._inputs(option, list(things), ending, files)
        for option, value in (("--revocation", revocation), ("--profile", profile), ("--purpose", purpose),
                              ("--email", email), ("--at", at and rfc3339(at))):
            if value is not None:
                arguments += [option, value]
        for oid in policy:
            arguments += ["--policy", oid]
        for flag, given in (("--require-explicit-policy", explicit_policy), ("--inhibit-policy-mapping", inhibit_mapping),
                            ("--inhibit-any-policy", inhibit_any), ("--no-store", not store), ("--offline", offline),
                            ("--json", reads_json)):
            if given:
                arguments.append(flag)
        expectation = Expectation(
            verdict=expect, exit=exit, codes=list(codes), any_codes=list(any_codes), only_codes=only_codes,
            forbid=list(forbid), json=dict(json or {}), policies=policies, contains=list(contains), lacks=list(lacks),
            path=None if path is None else [one.sha256 for one in path], first=list(first), signed=signed,
            signatures=words(signatures), addresses=words(addresses), parts=words(parts))
        return Run(arguments + list(options), files, expectation, reads_json)

    @staticmethod
    def _inputs(option, things, ending, files):
        """Puts the objects into files and gives the options that name these."""
        kind = option.strip("-")
        if len(things) > SINGLE_FILES:
            label = "X509 CRL" if kind == "crls" else "CERTIFICATE"
            files[f"{kind}.pem"] = b"".join(keys.pem(label, octets_of(one)) for one in things)
            return [option, f"{kind}.pem"]
        arguments = []
        for number, thing in enumerate(things):
            name = f"{kind}-{file_name(thing, number, ending)}"
            files[name] = octets_of(thing)
            arguments += [option, name]
        return arguments
