# SPDX-License-Identifier: Apache-2.0
"""Who may sign a CRL, and that this is proven under the same anchor (RFC 5280, 6.3.3 f, g; RFC 10007)."""

from pki import certificate, names
from pki import extensions as x
from pki.times import days
from runner import case


def separate(w, root, ca, **changes):
    """A certificate with the CA's name and a key of its own for CRLs, issued by `root`."""
    ext = {"basicConstraints": None, "extKeyUsage": None, "keyUsage": x.key_usage("cRLSign"), **changes.pop("ext", {})}
    return w.certificate("CA lists", root, subject=ca.subject, ext=ext, **changes)


def with_separate(w, issuer_of_lists="root", **changes):
    root = w.root()
    ca = w.ca("CA", root)
    lists = separate(w, root if issuer_of_lists == "root" else ca, ca, **changes)
    ee, bob = w.end_entity("Alice", ca), w.end_entity("Bob", ca)
    return ee, bob, [ca, lists], root, [w.crl(lists, [bob]), w.crl(root)]


@case("B-CRL-10", "certificates and CRLs signed with different keys of one CA, the root vouching for both")
def _(w):
    ee, bob, certs, root, crls = with_separate(w)
    return [w.path(ee, certs=certs, anchors=[root], crls=crls, expect="GOOD"),
            w.path(bob, certs=certs, anchors=[root], crls=crls, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-10 B-SI-1", "a CRL key certified by the CA itself")
def _(w):
    ee, bob, certs, root, crls = with_separate(w, "ca")
    return [w.path(ee, certs=certs, anchors=[root], crls=crls, expect="GOOD"),
            w.path(bob, certs=certs, anchors=[root], crls=crls, expect="BAD", codes=["CERT_REVOKED@0"])]


@case("B-CRL-10 B-CRL-20", "the certificate of the CRL key is missing: the status is not known")
def _(w):
    ee, bob, certs, root, crls = with_separate(w)
    return w.path(ee, certs=certs[:1], anchors=[root], crls=crls, expect="UNKNOWN", any_codes=["CRL_INVALID", "REV_UNAVAILABLE"])


@case("B-CRL-9 E-19", "a separate CRL key whose certificate has keyUsage without cRLSign")
def _(w):
    ee, bob, certs, root, crls = with_separate(w, ext={"keyUsage": x.key_usage("digitalSignature")})
    return [w.path(one, certs=certs, anchors=[root], crls=crls, expect="UNKNOWN", codes=["CRL_INVALID"]) for one in (ee, bob)]


@case("B-CRL-9 E-19 D-REV-3", "a separate CRL key whose certificate has no keyUsage")
def _(w):
    ee, bob, certs, root, crls = with_separate(w, ext={"keyUsage": None})
    return w.path(ee, certs=certs, anchors=[root], crls=crls, expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-CRL-9 E-19 D-REV-3", "a CA without keyUsage signs its own CRLs: told by default, refused in strict")
def _(w):
    root, ca, ee = w.line(ca=dict(ext={"keyUsage": None}))
    return [w.path(ee, expect="WARN"), w.path(ee, profile="strict", expect="UNKNOWN|BAD", codes=["CRL_INVALID"])]


@case("B-CRL-9 E-19", "a v1 anchor signs CRLs")
def _(w):
    root = w.root(version=certificate.V1, extensions=None)
    return w.path(w.end_entity("Alice", root), expect="GOOD")


@case("B-CRL-8", "a namesake under another anchor")
def _(w):
    here, there = w.root("Root"), w.root("Other Root")
    ca = w.ca("CA", here)
    namesake = w.ca("CA", there, key="p256:Namesake")
    ee = w.end_entity("Alice", ca)
    upper = w.crl(here)
    clean, revoking = w.crl(namesake), w.crl(namesake, [ee])
    args = dict(certs=[ca, namesake], anchors=[here, there])
    return [w.path(ee, crls=[clean, upper], expect="UNKNOWN", codes=["CRL_INVALID"], **args),
            w.path(ee, crls=[revoking, upper], expect="UNKNOWN", codes=["CRL_INVALID"], forbid=["CERT_REVOKED"], **args),
            w.path(ee, crls=[clean, w.crl(ca), upper], expect="GOOD|WARN", **args)]


@case("B-CRL-8", "a namesake under no anchor at all")
def _(w):
    root, ca, ee = w.line()
    impostor = w.root("CA", key="p256:Impostor")
    fake = w.crl(impostor, register=False)
    return w.path(ee, certs=[ca, impostor], anchors=[root], crls=[fake, w.crl(root)], expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-CRL-8", "a CRL signed by the person it would revoke")
def _(w):
    root, ca, mallory = w.line()
    fake = w.crl(ca, signer_key=mallory.key)
    return w.path(mallory, crls=[fake, w.crl(root)], expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-CRL-8", "the CRL signer's certificate is expired")
def _(w):
    ee, bob, certs, root, crls = with_separate(w, not_after=days(-1))
    return w.path(ee, certs=certs, anchors=[root], crls=crls, expect="UNKNOWN", codes=["CRL_INVALID"])


@case("B-CRL-8 B-CRL-21", "the CRL signer's certificate is revoked")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    lists = separate(w, root, ca)
    ee = w.end_entity("Alice", ca)
    crls = [w.crl(lists), w.crl(root, [lists])]
    return w.path(ee, certs=[ca, lists], anchors=[root], crls=crls, expect="UNKNOWN|BAD", any_codes=["CRL_INVALID", "CERT_REVOKED"])


@case("B-CRL-21", "a CRL signer that stands on its own CRL comes to an end")
def _(w):
    root = w.root()
    ca = w.ca("CA", root)
    lists = separate(w, ca, ca)
    ee = w.end_entity("Alice", ca)
    crls = [w.crl(lists, [lists]), w.crl(root)]
    return w.path(ee, certs=[ca, lists], anchors=[root], crls=crls, expect="UNKNOWN|BAD|GOOD|WARN")


@case("B-CRL-21", "a CRL key that is certified by its CA alone: the CRL answers for its own signer, and this is told")
def _(w):
    ee, bob, certs, root, crls = with_separate(w, "ca")
    return w.path(ee, certs=certs, anchors=[root], crls=crls, expect="GOOD", contains=["only CRL 1 of CN=CA"])


@case("B-CRL-21", "signers of CRLs whose status hangs on the CRL of the next one: a few are followed, many are told")
def _(w):
    root = w.root()
    steps = [w.ca(f"Step {n}", root) for n in range(9)]
    signers = [separate(w, steps[n + 1], steps[n]) for n in range(8)]
    crls = [w.crl(one) for one in signers] + [w.crl(steps[8]), w.crl(root)]
    args = dict(certs=[*steps, *signers], anchors=[root], crls=crls)
    return [w.path(w.end_entity("Near", steps[6]), expect="GOOD", **args),
            w.path(w.end_entity("Far", steps[0]), expect="UNKNOWN", codes=["CRL_INVALID@0", "REV_UNAVAILABLE@0"], **args)]


@case("B-CRL-21", "two CRL signers that answer for each other come to an end")
def _(w):
    root = w.root()
    one, two = (w.ca(name, root) for name in ("One", "Two"))
    first = w.certificate("One lists", two, subject=one.subject, ext={"keyUsage": x.key_usage("cRLSign"), "extKeyUsage": None})
    second = w.certificate("Two lists", one, subject=two.subject, ext={"keyUsage": x.key_usage("cRLSign"), "extKeyUsage": None})
    ee = w.end_entity("Alice", one)
    crls = [w.crl(first), w.crl(second), w.crl(root)]
    return w.path(ee, certs=[one, two, first, second], anchors=[root], crls=crls, expect="UNKNOWN|GOOD|WARN")


@case("B-CRL-8", "CA key and namesake key: the CRL by the right one is found among fifty")
def _(w):
    root = w.root()
    cas = [w.ca(f"Namesake {n}", root, subject=names.example("Namesake")) for n in range(50)]
    ee = w.end_entity("Alice", cas[20])
    crls = [w.crl(one) for one in cas if one is not cas[20]] + [w.crl(cas[20], [ee]), w.crl(root)]
    return w.path(ee, certs=cas, anchors=[root], crls=crls, expect="BAD", codes=["CERT_REVOKED@0"])


@case("B-CRL-8 A-4-7", "the CRL's key is certified by two anchors' CAs, and one of them is the path's")
def _(w):
    here, there = w.root("Root"), w.root("Other Root")
    ca = w.ca("CA", here)
    cross = w.cross(ca, there)
    ee = w.end_entity("Alice", ca)
    crls = [w.crl(ca), w.crl(here), w.crl(there)]
    return [w.path(ee, certs=certs, anchors=anchors, crls=crls, expect="GOOD")
            for certs in ([ca, cross], [cross, ca]) for anchors in ([here, there], [there, here], [here])]
