/* SPDX-License-Identifier: Apache-2.0 */
/* Charging identity and group, RFC 5755 4.4.3, 4.4.4. */
#include "asn1/string.h"
#include "base/text.h"
#include "x509/dump_names.h"
#include "x509/privilege_types.h"
#include "x509/walk.h"

struct ietf_attribute {
    struct signet_span authority; /* content octets of GeneralNames, {NULL,0} when absent */
    struct signet_span values;    /* content octets of the SEQUENCE OF CHOICE */
};

/* CHOICE { octets OCTET STRING, oid OBJECT IDENTIFIER, string UTF8String } */
static bool check_value(struct sg_der *values)
{
    struct signet_span octets;
    if (sg_der_next_is(values, SG_TAG_OCTET_STRING))
        return sg_der_value(values, SG_TAG_OCTET_STRING, &octets, "an OCTET STRING");
    if (sg_der_next_is(values, SG_TAG_OID))
        return sg_der_oid(values, &octets, "an OBJECT IDENTIFIER");
    const uint8_t *at = values->ptr;
    if (!sg_der_value(values, SG_TAG_UTF8_STRING, &octets, "an octets, oid or string value"))
        return false;
    return sg_utf8_valid(octets) || sg_der_fail_at(values, at, "UTF-8");
}

/* IetfAttrSyntax ::= SEQUENCE { policyAuthority [0] GeneralNames OPTIONAL, values SEQUENCE OF … }
 */
static bool parse(struct sg_der *value, struct ietf_attribute *out)
{
    struct sg_der content, values;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "an IetfAttrSyntax") ||
        !sg_der_optional(&content, SG_TAG_CONTEXT_CONS(0), &out->authority))
        return false;
    struct sg_der names = sg_der_within(&content, out->authority);
    if ((out->authority.ptr != NULL && !sg_general_names_parse(&names)) ||
        !sg_der_enter(&content, SG_TAG_SEQUENCE, &values, "the values of an IetfAttrSyntax") ||
        !sg_der_end(&content) || !sg_der_end(value))
        return false;
    out->values = sg_span(values.ptr, (size_t)(values.end - values.ptr));
    while (!sg_der_done(&values)) {
        if (!check_value(&values))
            return false;
    }
    return true;
}

static bool check(struct sg_der *value)
{
    struct ietf_attribute attribute;
    return parse(value, &attribute);
}

static bool read_checked(struct signet_span value, struct ietf_attribute *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    return parse(&der, out);
}

static void dump_value(struct sg_dump *dump, const struct sg_tlv *value)
{
    if (value->tag == SG_TAG_OID)
        sg_dump_oid(dump, NULL, value->value);
    else if (value->tag == SG_TAG_UTF8_STRING)
        sg_dump_text(dump, NULL, value->value);
    else
        sg_dump_hex(dump, NULL, value->value);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct ietf_attribute attribute;
    struct sg_tlv one;
    if (!read_checked(value, &attribute))
        return;
    sg_dump_general_names(dump, "policy_authority", attribute.authority);
    sg_dump_list(dump, "values");
    while (sg_walk(&attribute.values, &one))
        dump_value(dump, &one);
    sg_dump_end(dump);
}

static void add_value(struct sg_buffer *buffer, const struct sg_tlv *value)
{
    if (value->tag == SG_TAG_OID) {
        sg_oid_add_dotted(buffer, value->value);
    } else if (value->tag == SG_TAG_UTF8_STRING) {
        sg_text_add_safe(buffer, value->value);
    } else {
        sg_buffer_add_byte(buffer, '#');
        sg_text_add_hex(buffer, value->value, 0);
    }
}

/* "staff (URI:https://example.org/)": the same name means something else to another authority. */
static void add_text(struct sg_buffer *buffer, struct signet_span value, struct signet_span *rest)
{
    struct ietf_attribute attribute = {{NULL, 0}, {NULL, 0}};
    struct sg_tlv one;
    bool first = rest->ptr == value.ptr;
    if (!read_checked(value, &attribute) || first)
        *rest = attribute.values;
    if (!sg_walk(rest, &one)) {
        *rest = sg_span(NULL, 0);
        return;
    }
    add_value(buffer, &one);
    struct sg_general_names names = sg_general_names_begin(attribute.authority);
    struct sg_general_name name;
    for (const char *before = " ("; sg_general_names_next(&names, &name); before = ", ") {
        sg_buffer_add_text(buffer, before);
        sg_general_name_add_text(buffer, &name);
    }
    if (attribute.authority.len > 0)
        sg_buffer_add_byte(buffer, ')');
}

const struct sg_privilege_type sg_privilege_charging_identity = {
    .oid = SG_OID_ACA_CHARGING_IDENTITY,
    .single = true,
    .check = check,
    .dump = dump,
    .add_text = add_text,
};

const struct sg_privilege_type sg_privilege_group = {
    .oid = SG_OID_ACA_GROUP,
    .single = true,
    .check = check,
    .dump = dump,
    .add_text = add_text,
};
