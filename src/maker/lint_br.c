/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The S/MIME Baseline Requirements 1.0.12 of the CA/Browser Forum: certificates of subscribers, and
 * a little of those of the CAs that issue them.
 */
#include "maker/lint_checks.h"
#include "maker/lint_policy.h"
#include "x509/distribution_point.h"
#include "x509/general_name.h"
#include "x509/walk.h"

/* 2025-07-15T00:00:00Z: from here on none of the legacy generation. */
#define LEGACY_END INT64_C(1752537600)

enum { DAY = 86400, MAX_DAYS = 825, MAX_DAYS_LEGACY = 1185, MIN_SERIAL_BITS = 64 };

/* --- policy */

SG_LINT_CHECK(br_policy_missing)
{
    if (subject->num_br_policies == 0)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(br_policy_several)
{
    if (subject->num_br_policies > 1)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(br_policy_critical)
{
    if (subject->certificate->policies_critical)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(br_legacy_ended)
{
    if (subject->generation == SG_BR_LEGACY && subject->certificate->not_before >= LEGACY_END)
        sg_lint_say(lint, row, subject, NULL);
}

/* --- purposes */

SG_LINT_CHECK(br_purpose_missing)
{
    if ((subject->certificate->eku & SG_EKU_EMAIL_PROTECTION) == 0)
        sg_lint_say(lint, row, subject, NULL);
}

static bool is_forbidden(enum sg_oid purpose)
{
    return purpose == SG_OID_ANY_EXTENDED_KEY_USAGE || purpose == SG_OID_KP_SERVER_AUTH ||
           purpose == SG_OID_KP_CODE_SIGNING || purpose == SG_OID_KP_TIME_STAMPING;
}

SG_LINT_CHECK(br_purpose_forbidden)
{
    struct signet_span rest = subject->certificate->eku_value;
    struct sg_tlv purpose;
    while (sg_walk(&rest, &purpose))
        if (is_forbidden(sg_oid_find(purpose.value)))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_oid_param("purpose", purpose.value)));
}

/* Forbidden ones are told by the row above. */
SG_LINT_CHECK(br_purpose_other)
{
    struct signet_span rest = subject->certificate->eku_value;
    struct sg_tlv purpose;
    while (subject->generation == SG_BR_STRICT && sg_walk(&rest, &purpose)) {
        enum sg_oid oid = sg_oid_find(purpose.value);
        if (oid != SG_OID_KP_EMAIL_PROTECTION && !is_forbidden(oid))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_oid_param("purpose", purpose.value)));
    }
}

SG_LINT_CHECK(br_issuer_purpose)
{
    const struct signet_certificate *issuer = subject->issuer;
    struct signet_span rest = issuer->eku_value;
    struct sg_tlv purpose;
    bool bad = (issuer->eku & SG_EKU_EMAIL_PROTECTION) == 0;
    if (!issuer->has_eku && issuer->self_issued)
        return; /* a root has none */
    while (sg_walk(&rest, &purpose))
        bad = bad || is_forbidden(sg_oid_find(purpose.value));
    if (bad)
        sg_lint_say(lint, row, subject, NULL);
}

/* --- names */

SG_LINT_CHECK(br_san_missing)
{
    for (size_t i = 0; i < subject->addresses.num; i++)
        if (subject->addresses.items[i].source != SG_ADDRESS_SUBJECT)
            return;
    sg_lint_say(lint, row, subject, NULL);
}

static bool fits_mailbox(enum sg_oid attribute)
{
    return attribute == SG_OID_AT_COMMON_NAME || attribute == SG_OID_AT_SERIAL_NUMBER ||
           attribute == SG_OID_AT_EMAIL_ADDRESS;
}

SG_LINT_CHECK(br_mailbox_subject)
{
    struct sg_name_iterator names = sg_name_begin(&subject->certificate->subject);
    struct sg_attribute attribute;
    while (subject->validation == SG_BR_MAILBOX && sg_name_next(&names, &attribute))
        if (!fits_mailbox(sg_oid_find(attribute.type)))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_oid_param("attribute", attribute.type)));
}

static bool has_attribute(const struct sg_name *name, enum sg_oid type)
{
    struct sg_name_iterator names = sg_name_begin(name);
    struct sg_attribute attribute;
    while (sg_name_next(&names, &attribute)) {
        if (sg_oid_find(attribute.type) == type)
            return true;
    }
    return false;
}

SG_LINT_CHECK(br_organization_subject)
{
    static const enum sg_oid wanted[] = {SG_OID_AT_ORGANIZATION, SG_OID_AT_ORGANIZATION_ID};
    if (subject->validation != SG_BR_ORGANIZATION && subject->validation != SG_BR_SPONSOR)
        return;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!has_attribute(&subject->certificate->subject, wanted[i]))
            sg_lint_say(lint, row, subject,
                        SG_PARAMS(sg_oid_param("attribute", sg_oid_octets(wanted[i]))));
}

/* --- where the CRL is */

static bool is_http(const struct sg_general_name *name)
{
    return name->type == SG_GN_URI && name->value.len > 7 &&
           sg_span_is_word(sg_span_first(name->value, 7), "http://");
}

struct places {
    size_t num_http, num_other;
};

static struct places count_places(const struct signet_certificate *certificate)
{
    struct sg_distribution_points points =
        sg_distribution_points_begin(certificate->crl_distribution_points);
    struct sg_distribution_point point;
    struct places places = {0, 0};
    while (sg_distribution_points_next(&points, &point)) {
        struct sg_general_names names = sg_general_names_begin(point.full_name);
        struct sg_general_name name;
        places.num_other += point.full_name.ptr == NULL;
        while (point.full_name.ptr != NULL && sg_general_names_next(&names, &name))
            *(is_http(&name) ? &places.num_http : &places.num_other) += 1;
    }
    return places;
}

SG_LINT_CHECK(br_crl_missing)
{
    if (count_places(subject->certificate).num_http == 0)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(br_crl_other)
{
    const char *generation = sg_br_generation_name(subject->generation);
    if (subject->generation != SG_BR_STRICT && subject->generation != SG_BR_MULTIPURPOSE)
        return;
    if (count_places(subject->certificate).num_other > 0)
        sg_lint_say(lint, row, subject, SG_PARAMS(sg_string("generation", generation)));
}

SG_LINT_CHECK(br_crl_critical)
{
    const struct signet_certificate *certificate = subject->certificate;
    struct sg_extension found;
    if (sg_lint_extension(certificate->extensions, certificate->der.ptr,
                          SG_OID_CE_CRL_DISTRIBUTION_POINTS, &found) &&
        found.critical)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(br_aki_issuer)
{
    const struct sg_aki *aki = &subject->certificate->aki;
    if (aki->issuer.ptr != NULL || aki->serial.ptr != NULL)
        sg_lint_say(lint, row, subject, NULL);
}

/* --- time, keys, numbers */

/* Both ends belong to the validity, so a year is a year and not a second more. */
SG_LINT_CHECK(br_validity)
{
    const struct signet_certificate *certificate = subject->certificate;
    int64_t allowed = subject->generation == SG_BR_LEGACY ? MAX_DAYS_LEGACY : MAX_DAYS;
    int64_t seconds = certificate->not_after - certificate->not_before + 1;
    if (seconds > allowed * DAY)
        sg_lint_say(
            lint, row, subject,
            SG_PARAMS(sg_number("days", (seconds + DAY - 1) / DAY), sg_number("allowed", allowed)));
}

static bool may_be_certified(const struct sg_spki *spki)
{
    if (spki->type == SG_KEY_RSA || spki->type == SG_KEY_RSA_PSS)
        return spki->bits >= 2048 && spki->bits % 8 == 0;
    if (spki->type == SG_KEY_EC)
        return spki->curve == SG_OID_CURVE_P256 || spki->curve == SG_OID_CURVE_P384 ||
               spki->curve == SG_OID_CURVE_P521;
    return spki->type == SG_KEY_ED25519 || spki->type == SG_KEY_ED448;
}

SG_LINT_CHECK(br_key)
{
    const struct sg_spki *spki = &subject->certificate->spki;
    if (!may_be_certified(spki))
        sg_lint_say(lint, row, subject,
                    SG_PARAMS(sg_string("key", sg_key_type_name(spki->type)),
                              sg_number("bits", spki->bits)));
}

SG_LINT_CHECK(br_serial_short)
{
    struct signet_span serial = subject->certificate->serial;
    size_t bits;
    if (serial.len > 0 && serial.ptr[0] == 0)
        serial = sg_span_from(serial, 1);
    bits = serial.len * 8;
    for (uint8_t mask = 0x80; serial.len > 0 && mask > serial.ptr[0]; mask >>= 1)
        bits--;
    /* One in 256 random numbers has its first octet zero. */
    if (bits + 8 < MIN_SERIAL_BITS)
        sg_lint_say(lint, row, subject, SG_PARAMS(sg_number("bits", (int64_t)bits)));
}
