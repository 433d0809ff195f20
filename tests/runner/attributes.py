# SPDX-License-Identifier: Apache-2.0
"""Mail with attribute certificates: a signer, an attribute authority, and what `verify --attributes` says of them."""

from pki import attribute_certificate as ac
from pki import cms
from pki import extensions as x

NO_REVOCATION = x.no_rev_avail()


class Office:
    """Alice signs, Authority certifies attributes, both under one root. Changes go to the entity of that name."""

    def __init__(self, w, root=None, alice=None, authority=None):
        self.w = w
        self.root = w.root(**(root or {}))
        self.alice = w.end_entity("Alice", self.root, **(alice or {}))
        self.authority = self.make_authority("Authority", **(authority or {}))

    def make_authority(self, name, issuer=None, **changes):
        """Signs attribute certificates and their CRLs, and is no CA."""
        usage = {"keyUsage": x.key_usage("digitalSignature", "cRLSign"), "extKeyUsage": None}
        changes["ext"] = {**usage, **changes.get("ext", {})}
        return self.w.end_entity(name, issuer or self.root, **{"email": None, **changes})

    def certify(self, person=None, by=None, extra=(), revocation=True, **changes):
        """An attribute certificate for Alice that will never be revoked, unless `revocation=False`. Changes as for
        `attribute_certificate.build`."""
        extensions = [NO_REVOCATION] * revocation + list(extra)
        given = {"attributes": [ac.group("staff")], "extensions": extensions or None, **changes}
        return self.w.attribute_certificate(person or self.alice, by or self.authority, **given)

    def mail(self, *attributes, **options):
        """Alice's mail with these in its certificates field."""
        elements = [cms.v2_attribute_certificate(one) for one in attributes]
        return self.w.signed_mail(self.alice, certs=[self.alice, self.authority, *elements], **options)

    def verify(self, mail, expect, codes=(), forbid=(), *, message="GOOD", authorities=None, targets=(), number=0, signer=0,
               json=None, options=(), **more):
        """The message is what it is, whatever its attribute certificate NUMBER is: `expect` and `codes` are of that."""
        at = f"signers.{signer}.attributes.{number}."
        trusted = [self.authority] if authorities is None else authorities
        files = {f"aa-{index}.crt": one for index, one in enumerate(trusted)}
        given = ["--attributes", *(word for name in files for word in ("--aa", name)),
                 *(word for name in targets for word in ("--target", name)), *options]
        wanted = {at + "verdict": lambda verdict: verdict in expect.split("|"),
                  at + "findings": lambda found: told(found, codes, forbid), **(json or {})}
        return self.w.verify(mail, **{"anchors": [self.root], "expect": message, "json": wanted, "options": given,
                                      "more_files": files, **more})


def told(found, codes, forbid):
    """FOUND has all of CODES (`CODE` or `CODE@certificate`) and none of FORBID."""
    present = {one["code"] for one in found}
    present |= {f"{one['code']}@{one['certificate']}" for one in found if one["certificate"] is not None}
    return present.issuperset(codes) and present.isdisjoint(forbid)
