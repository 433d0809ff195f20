/* SPDX-License-Identifier: Apache-2.0 */
/* certificatePolicies, RFC 5280 4.2.1.4. */
#include "asn1/string.h"
#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/policy_extensions.h"
#include "x509/walk.h"

struct qualifier {
    enum sg_oid oid;
    struct signet_span oid_octets;
    struct sg_tlv value;
};

/* PolicyQualifierInfo ::= SEQUENCE { policyQualifierId OBJECT IDENTIFIER, qualifier ANY } */
static bool parse_qualifier(struct sg_der *list, struct qualifier *out)
{
    struct sg_der content;
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &content, "a PolicyQualifierInfo") ||
        !sg_der_oid(&content, &out->oid_octets, "policyQualifierId") ||
        !sg_der_any(&content, &out->value) || !sg_der_end(&content))
        return false;
    out->oid = sg_oid_find(out->oid_octets);
    return true;
}

/* UserNotice ::= SEQUENCE { noticeRef NoticeReference OPTIONAL, explicitText DisplayText OPTIONAL }
 */
struct notice {
    bool has_reference;
    struct sg_tlv organization;
    struct signet_span numbers; /* content of SEQUENCE OF INTEGER */
    bool has_text;
    struct sg_tlv text;
};

/* Any string type will do for DisplayText, RFC 6818 and what is in use included. */
static bool parse_display_text(struct sg_der *der, struct sg_tlv *out)
{
    return sg_der_any(der, out) && sg_string_is_text(out->tag);
}

/* NoticeReference ::= SEQUENCE { organization DisplayText, noticeNumbers SEQUENCE OF INTEGER } */
static bool parse_reference(struct sg_der *notice, struct notice *out)
{
    struct sg_der reference, numbers;
    struct signet_span number;
    if (!sg_der_next_is(notice, SG_TAG_SEQUENCE))
        return true;
    out->has_reference = true;
    if (!sg_der_enter(notice, SG_TAG_SEQUENCE, &reference, "a NoticeReference") ||
        !parse_display_text(&reference, &out->organization) ||
        !sg_der_enter(&reference, SG_TAG_SEQUENCE, &numbers, "noticeNumbers") ||
        !sg_der_end(&reference))
        return false;
    out->numbers = sg_span(numbers.ptr, (size_t)(numbers.end - numbers.ptr));
    while (!sg_der_done(&numbers)) {
        if (!sg_der_integer(&numbers, &number, "a notice number"))
            return false;
    }
    return true;
}

static bool parse_notice(const struct sg_tlv *value, struct notice *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value->full, &error), content;
    *out = (struct notice){0};
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &content, "a UserNotice") ||
        !parse_reference(&content, out))
        return false;
    out->has_text = !sg_der_done(&content);
    return !out->has_text || (parse_display_text(&content, &out->text) && sg_der_done(&content));
}

/* A kind of qualifier that we know, in the syntax that it has. */
static bool is_understood(const struct qualifier *qualifier)
{
    struct notice notice;
    if (qualifier->oid == SG_OID_QT_CPS)
        return sg_string_is_text(qualifier->value.tag);
    return qualifier->oid == SG_OID_QT_UNOTICE && parse_notice(&qualifier->value, &notice);
}

/* policyQualifiers SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo OPTIONAL */
static bool parse_qualifiers(struct sg_der *policy, struct sg_policy_information *out)
{
    struct sg_der list;
    struct qualifier qualifier;
    if (sg_der_done(policy))
        return true;
    if (!sg_der_enter(policy, SG_TAG_SEQUENCE, &list, "policyQualifiers"))
        return false;
    out->qualifiers = sg_span(list.ptr, (size_t)(list.end - list.ptr));
    do {
        if (!parse_qualifier(&list, &qualifier))
            return false;
        out->unknown_qualifier |= !is_understood(&qualifier);
    } while (!sg_der_done(&list));
    return true;
}

/* PolicyInformation ::= SEQUENCE { policyIdentifier CertPolicyId, policyQualifiers … OPTIONAL } */
static bool parse_policy(struct sg_der *list, struct sg_policy_information *out)
{
    struct sg_policy_information policy = {0};
    struct sg_der content;
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &content, "a PolicyInformation") ||
        !sg_der_oid(&content, &policy.oid, "policyIdentifier") ||
        !parse_qualifiers(&content, &policy) || !sg_der_end(&content))
        return false;
    policy.is_any = sg_span_equal(policy.oid, sg_oid_octets(SG_OID_ANY_POLICY));
    *out = policy;
    return true;
}

/* certificatePolicies ::= SEQUENCE SIZE (1..MAX) OF PolicyInformation */
static bool check(struct sg_der *value)
{
    struct sg_der list;
    struct sg_policy_information policy;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &list, "a CertificatePolicies"))
        return false;
    do {
        if (!parse_policy(&list, &policy))
            return false;
    } while (!sg_der_done(&list));
    return sg_der_end(value);
}

struct sg_policies sg_policies_begin(struct signet_span value)
{
    return (struct sg_policies){sg_walk_into(value)};
}

bool sg_policies_next(struct sg_policies *policies, struct sg_policy_information *out)
{
    struct sg_tlv element;
    if (!sg_walk(&policies->rest, &element))
        return false;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(element.full, &error);
    return parse_policy(&der, out);
}

static void dump_notice(struct sg_dump *dump, const struct notice *notice)
{
    struct signet_span numbers = notice->numbers;
    struct sg_tlv number;
    sg_dump_map(dump, "notice");
    if (notice->has_reference) {
        sg_dump_string_element(dump, "organization", &notice->organization);
        sg_dump_list(dump, "numbers");
        while (sg_walk(&numbers, &number))
            sg_dump_hex(dump, NULL, number.value);
        sg_dump_end(dump);
    }
    if (notice->has_text)
        sg_dump_string_element(dump, "text", &notice->text);
    sg_dump_end(dump);
}

static void dump_qualifier(struct sg_dump *dump, const struct qualifier *qualifier)
{
    struct notice notice;
    sg_dump_map(dump, NULL);
    if (qualifier->oid == SG_OID_QT_CPS) {
        sg_dump_string_element(dump, "cps", &qualifier->value);
    } else if (qualifier->oid == SG_OID_QT_UNOTICE && parse_notice(&qualifier->value, &notice)) {
        dump_notice(dump, &notice);
    } else {
        sg_dump_oid(dump, "type", qualifier->oid_octets);
        sg_dump_hex(dump, "value", qualifier->value.full);
    }
    sg_dump_end(dump);
}

static void dump_qualifiers(struct sg_dump *dump, struct signet_span qualifiers)
{
    struct signet_parse_error error = {0};
    struct sg_der list = sg_der_begin(qualifiers, &error);
    struct qualifier qualifier;
    if (qualifiers.ptr == NULL)
        return;
    sg_dump_list(dump, "qualifiers");
    while (!sg_der_done(&list) && parse_qualifier(&list, &qualifier))
        dump_qualifier(dump, &qualifier);
    sg_dump_end(dump);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct sg_policies policies = sg_policies_begin(value);
    struct sg_policy_information policy;
    sg_dump_list(dump, "policies");
    while (sg_policies_next(&policies, &policy)) {
        sg_dump_map(dump, NULL);
        sg_dump_oid(dump, "policy", policy.oid);
        dump_qualifiers(dump, policy.qualifiers);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

const struct sg_extension_type sg_ext_certificate_policies = {
    .oid = SG_OID_CE_CERTIFICATE_POLICIES,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .check = check,
    .dump = dump,
};
