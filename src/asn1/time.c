/* SPDX-License-Identifier: Apache-2.0 */
#include "base/time.h"
#include "asn1/der.h"

/* Two digits, or -1. */
static int two_digits(const uint8_t *text)
{
    unsigned tens = text[0] - (unsigned)'0', ones = text[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? -1 : (int)(tens * 10 + ones);
}

/*
 * "MMDDHHMMSSZ", the part that both types share. A field that is no number is -1: no such date
 * exists, so sg_time_from_civil refuses it.
 */
static bool parse_since_month(const uint8_t *text, struct sg_civil *civil)
{
    civil->month = two_digits(text);
    civil->day = two_digits(text + 2);
    civil->hour = two_digits(text + 4);
    civil->minute = two_digits(text + 6);
    civil->second = two_digits(text + 8);
    return text[10] == 'Z';
}

/* RFC 5280 4.1.2.5.1: YY >= 50 is 19YY. */
static bool parse_utc_time(struct signet_span content, struct sg_civil *civil)
{
    if (content.len != 13)
        return false;
    int year = two_digits(content.ptr);
    civil->year = year >= 50 ? 1900 + year : 2000 + year;
    return year >= 0 && parse_since_month(content.ptr + 2, civil);
}

/* RFC 5280 4.1.2.5.2: no fraction, although X.690 11.7 knows one. */
static bool parse_generalized_time(struct signet_span content, struct sg_civil *civil)
{
    if (content.len != 15)
        return false;
    int century = two_digits(content.ptr), year = two_digits(content.ptr + 2);
    civil->year = century * 100 + year;
    return century >= 0 && year >= 0 && parse_since_month(content.ptr + 4, civil);
}

bool sg_der_time(struct sg_der *der, signet_time *out, uint32_t *tag)
{
    bool utc = sg_der_next_is(der, SG_TAG_UTC_TIME);
    uint32_t found = utc ? SG_TAG_UTC_TIME : SG_TAG_GENERALIZED_TIME;
    struct sg_der next = *der;
    struct signet_span content;
    struct sg_civil civil = {0};
    if (!sg_der_value(&next, found, &content, "a UTCTime or GeneralizedTime"))
        return false;
    if (!(utc ? parse_utc_time(content, &civil) : parse_generalized_time(content, &civil)))
        return sg_der_fail_at(der, content.ptr,
                              utc ? "a time of the form YYMMDDHHMMSSZ"
                                  : "a time of the form YYYYMMDDHHMMSSZ");
    if (!sg_time_from_civil(&civil, out))
        return sg_der_fail_at(der, content.ptr, "a date and time of day that exist");
    *der = next;
    *tag = found;
    return true;
}
