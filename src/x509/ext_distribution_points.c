/* SPDX-License-Identifier: Apache-2.0 */
/* cRLDistributionPoints, RFC 5280 4.2.1.13; freshestCRL, 4.2.1.15 and 5.2.6;
 * issuingDistributionPoint, 5.2.5. */
#include "x509/distribution_point.h"

#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/name.h"
#include "x509/walk.h"

static const char *const reason_names[] = {
    "unused",       "keyCompromise",        "cACompromise",    "affiliationChanged",
    "superseded",   "cessationOfOperation", "certificateHold", "privilegeWithdrawn",
    "aACompromise",
};
enum { NUM_REASONS = sizeof(reason_names) / sizeof(reason_names[0]) };

/* fullName [0] GeneralNames */
static bool parse_full_name(struct sg_der *choice, struct signet_span *out)
{
    struct sg_der names;
    if (!sg_der_enter(choice, SG_TAG_CONTEXT_CONS(0), &names, "fullName"))
        return false;
    *out = sg_span(names.ptr, (size_t)(names.end - names.ptr));
    return sg_general_names_parse(&names);
}

/* nameRelativeToCRLIssuer [1] RelativeDistinguishedName */
static bool parse_relative_name(struct sg_der *choice, struct signet_span *out)
{
    struct sg_der set;
    bool unordered = false;
    if (!sg_der_enter(choice, SG_TAG_CONTEXT_CONS(1), &set, "nameRelativeToCRLIssuer"))
        return false;
    *out = sg_span(set.ptr, (size_t)(set.end - set.ptr));
    return sg_rdn_parse(&set, &unordered);
}

/* distributionPoint [0] DistributionPointName OPTIONAL; EXPLICIT, for DistributionPointName is a
 * CHOICE. */
static bool parse_point_name(struct sg_der *content, struct signet_span *full_name,
                             struct signet_span *relative_name)
{
    struct sg_der choice;
    if (!sg_der_next_is(content, SG_TAG_CONTEXT_CONS(0)))
        return true;
    if (!sg_der_enter(content, SG_TAG_CONTEXT_CONS(0), &choice, "a DistributionPointName"))
        return false;
    bool parsed = sg_der_next_is(&choice, SG_TAG_CONTEXT_CONS(1))
                      ? parse_relative_name(&choice, relative_name)
                      : parse_full_name(&choice, full_name);
    return parsed && sg_der_end(&choice);
}

/* ReasonFlags ::= BIT STRING; bits to come are passed over. */
static bool parse_reasons(struct sg_der *content, uint32_t tag, bool *present, unsigned *out)
{
    struct signet_span octets;
    unsigned unused, reasons = 0;
    *present = sg_der_next_is(content, tag);
    *out = SG_REASONS_ALL;
    if (!*present)
        return true;
    if (!sg_der_bit_string(content, tag, &octets, &unused, "ReasonFlags"))
        return false;
    for (size_t bit = 0; bit < NUM_REASONS && bit / 8 < octets.len; bit++) {
        if ((octets.ptr[bit / 8] << bit % 8 & 0x80) != 0)
            reasons |= 1u << bit;
    }
    *out = reasons;
    return true;
}

static bool parse_crl_issuer(struct sg_der *content, struct signet_span *out)
{
    if (!sg_der_optional(content, SG_TAG_CONTEXT_CONS(2), out))
        return false;
    struct sg_der names = sg_der_within(content, *out);
    return out->ptr == NULL || sg_general_names_parse(&names);
}

/* DistributionPoint ::= SEQUENCE { distributionPoint [0] … OPTIONAL, reasons [1] ReasonFlags
 * OPTIONAL, cRLIssuer [2] GeneralNames OPTIONAL } */
static bool parse_point(struct sg_der *list, struct sg_distribution_point *out)
{
    struct sg_distribution_point point = {0};
    struct sg_der content;
    bool has_reasons;
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &content, "a DistributionPoint") ||
        !parse_point_name(&content, &point.full_name, &point.relative_name) ||
        !parse_reasons(&content, SG_TAG_CONTEXT(1), &has_reasons, &point.reasons) ||
        !parse_crl_issuer(&content, &point.crl_issuer) || !sg_der_end(&content))
        return false;
    *out = point;
    return true;
}

/* CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint */
static bool check_points(struct sg_der *value)
{
    struct sg_der list;
    struct sg_distribution_point point;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &list, "a CRLDistributionPoints"))
        return false;
    do {
        if (!parse_point(&list, &point))
            return false;
    } while (!sg_der_done(&list));
    return sg_der_end(value);
}

struct sg_distribution_points sg_distribution_points_begin(struct signet_span value)
{
    return (struct sg_distribution_points){sg_walk_into(value)};
}

bool sg_distribution_points_next(struct sg_distribution_points *points,
                                 struct sg_distribution_point *out)
{
    struct sg_tlv element;
    if (!sg_walk(&points->rest, &element))
        return false;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(element.full, &error);
    return parse_point(&der, out);
}

static void dump_point_name(struct sg_dump *dump, struct signet_span full_name,
                            struct signet_span relative_name)
{
    sg_dump_general_names(dump, "names", full_name);
    if (relative_name.ptr == NULL)
        return;
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 20);
    sg_rdn_add_text(&text, relative_name);
    sg_dump_text(dump, "relative_name", sg_buffer_span(&text));
    sg_buffer_free(&text);
}

static void dump_reasons(struct sg_dump *dump, unsigned reasons)
{
    sg_dump_list(dump, "reasons");
    for (unsigned bit = 0; bit < NUM_REASONS; bit++) {
        if ((reasons >> bit & 1) != 0)
            sg_dump_string(dump, NULL, reason_names[bit]);
    }
    sg_dump_end(dump);
}

static void dump_points(struct sg_dump *dump, struct signet_span value)
{
    struct sg_distribution_points points = sg_distribution_points_begin(value);
    struct sg_distribution_point point;
    sg_dump_list(dump, "points");
    while (sg_distribution_points_next(&points, &point)) {
        sg_dump_map(dump, NULL);
        dump_point_name(dump, point.full_name, point.relative_name);
        if (point.reasons != SG_REASONS_ALL)
            dump_reasons(dump, point.reasons);
        sg_dump_general_names(dump, "crl_issuer", point.crl_issuer);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_crl_distribution_points = {
    .oid = SG_OID_CE_CRL_DISTRIBUTION_POINTS,
    .places = SG_IN_CERTIFICATE | SG_IN_ATTRIBUTE_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE | SG_IN_ATTRIBUTE_CERTIFICATE,
    .check = check_points,
    .dump = dump_points,
};

const struct sg_extension_type sg_ext_freshest_crl = {
    .oid = SG_OID_CE_FRESHEST_CRL,
    .places = SG_IN_CERTIFICATE | SG_IN_CRL,
    .processed = SG_IN_CERTIFICATE | SG_IN_CRL,
    .criticality = SG_CRITICAL_NEVER,
    .check = check_points,
    .dump = dump_points,
};

/* [TAG] BOOLEAN DEFAULT FALSE */
static bool parse_flag(struct sg_der *content, unsigned number, bool *out, bool *default_spelled)
{
    uint32_t tag = SG_TAG_CONTEXT(number);
    if (!sg_der_next_is(content, tag))
        return true;
    if (!sg_der_boolean(content, tag, out))
        return false;
    *default_spelled |= !*out;
    return true;
}

/*
 * IssuingDistributionPoint ::= SEQUENCE { distributionPoint [0] … OPTIONAL, onlyContainsUserCerts
 * [1], onlyContainsCACerts [2], onlySomeReasons [3] ReasonFlags OPTIONAL, indirectCRL [4],
 * onlyContainsAttributeCerts [5] }
 */
bool sg_issuing_distribution_point_parse(struct sg_der *value,
                                         struct sg_issuing_distribution_point *out)
{
    struct sg_issuing_distribution_point point = {.present = true};
    struct sg_der content;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "an IssuingDistributionPoint"))
        return false;
    point.empty = sg_der_done(&content);
    bool *spelled = &point.default_spelled;
    if (!parse_point_name(&content, &point.full_name, &point.relative_name) ||
        !parse_flag(&content, 1, &point.only_user_certs, spelled) ||
        !parse_flag(&content, 2, &point.only_ca_certs, spelled) ||
        !parse_reasons(&content, SG_TAG_CONTEXT(3), &point.has_reasons, &point.reasons) ||
        !parse_flag(&content, 4, &point.indirect_crl, spelled) ||
        !parse_flag(&content, 5, &point.only_attribute_certs, spelled) || !sg_der_end(&content) ||
        !sg_der_end(value))
        return false;
    *out = point;
    return true;
}

static bool check_issuing(struct sg_der *value)
{
    struct sg_issuing_distribution_point point;
    return sg_issuing_distribution_point_parse(value, &point);
}

static void dump_issuing(struct sg_dump *dump, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct sg_issuing_distribution_point point;
    if (!sg_issuing_distribution_point_parse(&der, &point))
        return;
    dump_point_name(dump, point.full_name, point.relative_name);
    sg_dump_boolean(dump, "only_user_certs", point.only_user_certs);
    sg_dump_boolean(dump, "only_ca_certs", point.only_ca_certs);
    sg_dump_boolean(dump, "only_attribute_certs", point.only_attribute_certs);
    sg_dump_boolean(dump, "indirect_crl", point.indirect_crl);
    if (point.has_reasons)
        dump_reasons(dump, point.reasons);
}

const struct sg_extension_type sg_ext_issuing_distribution_point = {
    .oid = SG_OID_CE_ISSUING_DISTRIBUTION_POINT,
    .places = SG_IN_CRL,
    .processed = SG_IN_CRL,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check_issuing,
    .dump = dump_issuing,
};
