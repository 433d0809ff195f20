# SPDX-License-Identifier: Apache-2.0
"""certificatePolicies: qualifiers, notices, repeated policies (RFC 5280, 4.2.1.4)."""

from pki import der, oids
from pki import extensions as x
from runner import case

A, B = oids.POLICY_A, oids.POLICY_B


def with_policies(w, *policies, critical=False, place="ee"):
    extension = x.certificate_policies(*policies, critical=critical)
    return w.line(**{place: dict(extra=[extension])})[2]


@case("B-CP-1", "a qualifier nobody knows in a critical extension is refused, at every place")
def _(w):
    odd = x.policy(A, x.private_qualifier())
    ee, ca = with_policies(w, odd, critical=True), with_policies(type(w)(), odd, critical=True, place="ca")
    return [w.path(ee, expect="BAD"), w.path(ca, expect="BAD")]


@case("B-CP-1", "a qualifier nobody knows in an extension that is not critical is passed over")
def _(w):
    ee = with_policies(w, x.policy(A, x.private_qualifier()))
    return w.path(ee, expect="GOOD")


@case("B-CP-1", "known qualifiers in a critical extension are accepted")
def _(w):
    ee = with_policies(w, x.policy(A, x.cps("http://cps.example/"), x.user_notice("Read this.")), critical=True)
    return w.path(ee, expect="GOOD")


@case("B-CP-1", "a known qualifier beside one nobody knows in a critical extension is refused")
def _(w):
    ee = with_policies(w, x.policy(A, x.cps("http://cps.example/")), x.policy(B, x.private_qualifier()), critical=True)
    return w.path(ee, expect="BAD")


@case("B-CP-2", "the same policy twice is never passed over in silence")
def _(w):
    ee = with_policies(w, A, B, A)
    return w.path(ee, expect="BAD|GOOD|ERROR", any_codes=["PARSE", "NONCONFORMING", "POLICY_FAIL"])


@case("B-CP-2", "the same policy twice in an intermediate is never passed over in silence")
def _(w):
    ee = with_policies(w, A, A, place="ca")
    return w.path(ee, expect="BAD|UNKNOWN|GOOD", any_codes=["PARSE", "NONCONFORMING", "POLICY_FAIL"])


def add_notice(title, text, string_type, wanted):
    @case("B-CP-3", title)
    def _(w):
        ee = with_policies(w, x.policy(A, x.user_notice(text, string_type)))
        return [w.path(ee, expect="GOOD"), w.show(ee, contains=[wanted])]


add_notice("a notice in UTF8String is shown", "Beware of M\u00fcnchen", "utf8", "beware of m\u00fcnchen")
add_notice("a notice in VisibleString is shown", "Beware of the dog", "visible", "beware of the dog")
add_notice("a notice in IA5String is shown", "Beware of the cat", "ia5", "beware of the cat")
add_notice("a notice in BMPString is shown", "Beware of M\u00fcnchen", "bmp", "beware of m\u00fcnchen")
add_notice("a notice of 300 characters in BMPString is shown", "Beware! " * 37 + "Tail", "bmp", "tail")


@case("B-CP-3 B-DN-10", "a notice that would write to the terminal is made harmless")
def _(w):
    ee = with_policies(w, x.policy(A, x.user_notice("Beware\x1b[2J\u202e of this", "bmp")))
    return w.show(ee, contains=["beware", "of this"], lacks=["\x1b", "\u202e"])


@case("B-CP-3", "a notice reference is shown when there is no text, and the text where nothing resolves the reference")
def _(w):
    reference = with_policies(w, x.policy(A, x.user_notice(None, organization="Notice Org", numbers=(4, 7))))
    both = with_policies(type(w)(), x.policy(A, x.user_notice("The text", organization="Notice Org", numbers=(4,))))
    return [w.show(reference, contains=["notice org", "4", "7"]), w.show(both, contains=["the text"]),
            w.path(both, expect="GOOD")]


@case("B-CP-3", "an empty user notice is accepted")
def _(w):
    ee = with_policies(w, x.policy(A, der.sequence(der.oid(oids.NOTICE_QUALIFIER), der.sequence())))
    return w.path(ee, expect="GOOD")


@case("B-CP-3", "the CPS address is shown")
def _(w):
    ee = with_policies(w, x.policy(A, x.cps("http://cps.example/mail")))
    return w.show(ee, contains=["http://cps.example/mail", A])
