# SPDX-License-Identifier: Apache-2.0
"""Validity: both time forms, no form but theirs, and both ends included (RFC 5280, 4.1.2.5)."""

from datetime import timedelta

from pki import der
from pki.times import NOW, at, days, rfc3339
from runner import case

LONG = dict(not_before=at(1990), not_after=at(2200))


def line(w, at_moment=NOW, **validity):
    """An end entity with the given validity under CAs that are valid for centuries."""
    return w.line(root=LONG, ca=LONG, ee=validity)[2]


@case("B-TIM-1", "UTCTime 491231235959Z is the end of 2049")
def _(w):
    ee = line(w, not_after=der.utc_time("491231235959Z"))
    moment = at(2049, 12, 31, 23, 59, 59)
    return [w.path(ee, at=moment, expect="GOOD", json={"path.0.not_after": "2049-12-31T23:59:59Z"}),
            w.path(ee, at=moment + timedelta(seconds=1), expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("B-TIM-1", "UTCTime 500101000000Z is the beginning of 1950")
def _(w):
    begun = line(w, not_before=der.utc_time("500101000000Z"))
    ended = line(w, not_before=der.utc_time("500101000000Z"), not_after=der.utc_time("500101000001Z"))
    return [w.path(begun, expect="GOOD", json={"path.0.not_before": "1950-01-01T00:00:00Z"}),
            w.path(ended, expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("B-TIM-1", "GeneralizedTime reaches before 1950")
def _(w):
    ee = line(w, not_before=der.generalized_time("19000101000000Z"))
    return w.path(ee, expect="GOOD", json={"path.0.not_before": "1900-01-01T00:00:00Z"})


@case("B-TIM-1", "the year 2038 is no border")
def _(w):
    ee = line(w, not_before=at(2038, 1, 19, 3, 14, 7), not_after=at(2038, 1, 19, 3, 14, 9))
    return [w.path(ee, at=at(2038, 1, 19, 3, 14, 8), expect="GOOD"),
            w.path(ee, at=at(2038, 1, 19, 3, 14, 6), expect="BAD", codes=["CERT_NOT_YET_VALID@0"]),
            w.path(ee, at=at(2038, 1, 19, 3, 14, 10), expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("B-TIM-1", "the year 2106 is no border")
def _(w):
    ee = line(w, not_before=at(2106, 2, 7, 6, 28, 14), not_after=at(2106, 2, 7, 6, 28, 17))
    return [w.path(ee, at=at(2106, 2, 7, 6, 28, 16), expect="GOOD", json={"path.0.not_after": "2106-02-07T06:28:17Z"}),
            w.path(ee, at=at(2106, 2, 7, 6, 28, 13), expect="BAD", codes=["CERT_NOT_YET_VALID@0"]),
            w.path(ee, at=at(2106, 2, 7, 6, 28, 18), expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("B-TIM-1", "29 February exists in leap years")
def _(w):
    ee = line(w, not_after=der.utc_time("280229120000Z"))
    return [w.path(ee, at=at(2028, 2, 29, 12), expect="GOOD"),
            w.path(ee, at=at(2028, 2, 29, 12, 0, 1), expect="BAD", codes=["CERT_EXPIRED@0"])]


MALFORMED_UTC = {
    "no seconds": "3001011200Z", "an offset": "300101120000+0000", "another offset": "300101120000-0800",
    "no Z": "300101120000", "a small z": "300101120000z", "month 13": "301301120000Z", "month 0": "300001120000Z",
    "30 February": "300230120000Z", "29 February of no leap year": "270229120000Z", "31 April": "300431120000Z",
    "day 0": "300100120000Z", "hour 24": "300101240000Z", "minute 60": "300101126000Z", "second 60": "300101120060Z",
    "letters": "30010112000OZ", "a sign": "+30101120000Z", "blanks": "30010112 000Z", "a fraction": "300101120000.5Z",
    "nothing": "", "Z alone": "Z", "a full year": "20300101120000Z", "text behind": "300101120000ZZ",
}
MALFORMED_GENERALIZED = {
    "a fraction": "20600101120000.5Z", "a zero fraction": "20600101120000.0Z", "no seconds": "206001011200Z",
    "an offset": "20600101120000+0100", "local time": "20600101120000", "month 13": "20601301120000Z",
    "30 February": "20600230120000Z", "29 February 2100": "21000229120000Z", "hour 24": "20600101240000Z",
    "a short year": "600101120000Z", "five digits of year": "120600101120000Z", "a comma": "20600101120000,5Z",
    "letters": "2060O101120000Z", "nothing": "",
}


def add_malformed(form, writer, label, text):
    @case("B-TIM-2", f"notAfter as {form} with {label} is no time")
    def _(w):
        ee = line(w, not_after=writer(text))
        return w.path(ee, expect="BAD|ERROR", codes=["PARSE"])


for _label, _text in MALFORMED_UTC.items():
    add_malformed("UTCTime", der.utc_time, _label, _text)
for _label, _text in MALFORMED_GENERALIZED.items():
    add_malformed("GeneralizedTime", der.generalized_time, _label, _text)


@case("B-TIM-2", "a malformed notBefore is no time")
def _(w):
    ee = line(w, not_before=der.utc_time("2001011200Z"))
    return w.path(ee, expect="BAD|ERROR", codes=["PARSE"])


@case("B-TIM-2", "a Time of another type is no time")
def _(w):
    return [w.path(line(type(w)(), not_after=one), expect="BAD|ERROR", codes=["PARSE"])
            for one in (der.utf8("300101120000Z"), der.integer(1893499200), der.null())]


@case("B-TIM-2 B-CRL-3", "a CRL with a malformed nextUpdate is not used")
def _(w):
    root, ca, ee = w.line()
    odd = w.crl(ca, next_update=der.utc_time("3001011200Z"))
    upper = w.crl(root)
    return [w.path(ee, crls=[odd, upper], expect="UNKNOWN|ERROR", codes=["CRL_INVALID"]),
            w.verify(w.signed_mail(ee, crls=[odd]), anchors=[root], crls=[upper], expect="UNKNOWN",
                     any_codes=["CRL_INVALID", "PARSE"])]


@case("B-TIM-3 B-61a2", "validity begins with the second of notBefore")
def _(w):
    start = at(2026, 5, 1, 8, 30, 15)
    ee = line(w, not_before=start)
    return [w.path(ee, at=start, expect="GOOD"),
            w.path(ee, at=start - timedelta(seconds=1), expect="BAD", codes=["CERT_NOT_YET_VALID@0"],
                   forbid=["CERT_EXPIRED"])]


@case("B-TIM-3 B-61a2", "validity ends with the second of notAfter")
def _(w):
    end = at(2026, 7, 1, 8, 30, 15)
    ee = line(w, not_after=end)
    return [w.path(ee, at=end, expect="GOOD"),
            w.path(ee, at=end + timedelta(seconds=1), expect="BAD", codes=["CERT_EXPIRED@0"],
                   forbid=["CERT_NOT_YET_VALID"])]


@case("B-TIM-3", "a validity of one second holds in that second")
def _(w):
    ee = line(w, not_before=NOW, not_after=NOW)
    return [w.path(ee, expect="GOOD"), w.path(ee, at=NOW + timedelta(seconds=1), expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("B-TIM-3", "a validity that ends before it begins never holds")
def _(w):
    ee = line(w, not_before=days(1), not_after=days(-1))
    return w.path(ee, expect="BAD", any_codes=["CERT_EXPIRED@0", "CERT_NOT_YET_VALID@0"])


@case("B-TIM-4", "99991231235959Z means no known end")
def _(w):
    ee = line(w, not_after=der.generalized_time("99991231235959Z"))
    return [w.path(ee, expect="GOOD"), w.path(ee, at=at(2150), expect="GOOD")]


@case("B-TIM-4", "GeneralizedTime before 2050 is accepted and told")
def _(w):
    ee = line(w, not_after=der.generalized_time("20300101000000Z"))
    return [w.path(ee, expect="GOOD", codes=["NONCONFORMING"]),
            w.path(ee, at=at(2030, 1, 1, 0, 0, 1), expect="BAD", codes=["CERT_EXPIRED@0"])]


@case("B-TIM-4 B-TIM-1", "UTCTime and GeneralizedTime may stand side by side")
def _(w):
    ee = line(w, not_before=at(2020), not_after=at(2060))
    return w.path(ee, expect="GOOD", json={"path.0.not_before": rfc3339(at(2020)), "path.0.not_after": rfc3339(at(2060))})
