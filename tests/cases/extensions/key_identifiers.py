# SPDX-License-Identifier: Apache-2.0
"""Key identifiers guide the search for a path; they prove nothing (RFC 5280, 4.2.1.1, 4.2.1.2)."""

from pki import extensions as x
from pki import general_names as gn
from pki import names
from runner import case


def aki(**fields):
    return {"authorityKeyIdentifier": x.authority_key_identifier(**fields)}


def few_tries(count):
    return count <= 3


@case("B-AKI-1 A-2.3-12", "a misleading key identifier with the right signature is good")
def _(w):
    root, ca, _ = w.line()
    ee = w.end_entity("Alice", ca, ext=aki(key=b"\x42" * 20))
    return w.path(ee, expect="GOOD", path=[ee, ca])


@case("B-AKI-1", "a misleading issuer and serial with the right signature is good")
def _(w):
    root, ca, _ = w.line()
    ee = w.end_entity("Alice", ca, ext=aki(issuer=[gn.directory(names.example("Nobody"))], serial=99))
    return w.path(ee, expect="GOOD", path=[ee, ca])


def namesakes(w, root, count):
    """CAs of one name, each with a key of its own."""
    subject = names.example("Namesake")
    return [w.ca(f"Namesake {n}", root, subject=subject) for n in range(count)]


@case("B-AKI-1 A-2.3-12", "among fifty CAs of one name the key identifier finds the right one at once")
def _(w):
    root = w.root()
    cas = namesakes(w, root, 50)
    ee = w.end_entity("Alice", cas[37])
    return w.path(ee, certs=cas, anchors=[root], expect="GOOD", path=[ee, cas[37]], json={"paths_tried": few_tries})


@case("B-AKI-1", "among fifty CAs of one name issuer and serial find the right one at once")
def _(w):
    root = w.root()
    cas = namesakes(w, root, 50)
    right = cas[41]
    ee = w.end_entity("Alice", right, ext=aki(issuer=[gn.directory(root.subject)], serial=right.serial))
    return w.path(ee, certs=cas, anchors=[root], expect="GOOD", path=[ee, right], json={"paths_tried": few_tries})


@case("B-AKI-1 A-2.3-12", "two CAs of one name and no key identifiers: both are tried")
def _(w):
    root = w.root()
    bare = {"subjectKeyIdentifier": None, "authorityKeyIdentifier": None}
    one, two = (w.ca(f"CA {n}", root, subject=names.example("CA"), ext=bare) for n in (1, 2))
    ees = [w.end_entity("Alice", ca, ext=bare) for ca in (one, two)]
    return [w.path(ee, certs=certs, anchors=[root], expect="GOOD", path=[ee, ca])
            for ee, ca in zip(ees, (one, two)) for certs in ([one, two], [two, one])]


@case("B-AKI-1 A-2.3-12", "a key identifier that points to the wrong namesake only costs a try")
def _(w):
    root = w.root()
    wrong, right = namesakes(w, root, 2)
    ee = w.end_entity("Alice", right, ext=aki(key=wrong.ski))
    return w.path(ee, certs=[wrong, right], anchors=[root], expect="GOOD", path=[ee, right])


@case("B-AKI-1", "a CA without a subjectKeyIdentifier is found by an end entity that names one")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"subjectKeyIdentifier": None}))
    return w.path(ee, expect="GOOD")


@case("B-AKI-1", "a key identifier made by another method is as good")
def _(w):
    root = w.root()
    ca = w.ca("CA", root, ext={"subjectKeyIdentifier": x.subject_key_identifier(b"\x07" * 32)})
    ee = w.end_entity("Alice", ca, ext=aki(key=b"\x07" * 32))
    return w.path(ee, expect="GOOD")


@case("B-AKI-1 A-4.4-1", "the right key identifier does not help a wrong signature")
def _(w):
    root, ca, _ = w.line()
    ee = w.end_entity("Alice", ca, signer_key="p256:Mallory")
    return w.path(ee, expect="BAD", codes=["SIG_BAD@0"])


@case("B-AKI-1", "an empty authorityKeyIdentifier says nothing and does no harm")
def _(w):
    root, ca, _ = w.line()
    ee = w.end_entity("Alice", ca, ext=aki())
    return w.path(ee, expect="GOOD")


@case("B-AKI-1", "issuer without serial in an authorityKeyIdentifier is told or refused, never a crash")
def _(w):
    root, ca, _ = w.line()
    ee = w.end_entity("Alice", ca, ext=aki(key=ca.ski, issuer=[gn.directory(root.subject)]))
    return w.path(ee, expect="GOOD|BAD|ERROR", any_codes=["PARSE", "NONCONFORMING"])
