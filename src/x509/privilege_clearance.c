/* SPDX-License-Identifier: Apache-2.0 */
/* Clearance, RFC 5755 4.4.6. RFC 3281 has other tags and another OID; both are read under both
 * (RFC 5755 4.4.6). */
#include "x509/dump_names.h"
#include "x509/privilege_types.h"
#include "x509/walk.h"

struct clearance {
    struct signet_span policy;     /* content octets of an OID */
    struct signet_span levels;     /* octets of the ClassList, {NULL,0} when absent */
    struct signet_span categories; /* content octets of the SET, {NULL,0} when absent */
};

/* ClassList: bit 0 first. */
static const char *const level_names[] = {
    "unmarked", "unclassified", "restricted", "confidential", "secret", "top secret",
};
enum { NUM_LEVELS = 6, UNCLASSIFIED = 0x40 };

struct tags {
    uint32_t policy, levels, categories;
};
static const struct tags tags_5755 = {SG_TAG_OID, SG_TAG_BIT_STRING, SG_TAG_SET};
static const struct tags tags_3281 = {SG_TAG_CONTEXT(0), SG_TAG_CONTEXT(1), SG_TAG_CONTEXT_CONS(2)};

/* SecurityCategory ::= SEQUENCE { type [0] OBJECT IDENTIFIER, value [1] EXPLICIT ANY } */
static bool parse_category(struct sg_der *list, struct signet_span *type, struct sg_tlv *value)
{
    struct sg_der content, explicit_value;
    return sg_der_enter(list, SG_TAG_SEQUENCE, &content, "a SecurityCategory") &&
           sg_der_value(&content, SG_TAG_CONTEXT(0), type, "the type of a SecurityCategory") &&
           sg_oid_valid(*type) &&
           sg_der_enter(&content, SG_TAG_CONTEXT_CONS(1), &explicit_value,
                        "the value of a SecurityCategory") &&
           sg_der_any(&explicit_value, value) && sg_der_end(&explicit_value) &&
           sg_der_end(&content);
}

static bool parse_levels(struct sg_der *content, uint32_t tag, struct signet_span *out)
{
    unsigned unused;
    *out = sg_span(NULL, 0);
    return !sg_der_next_is(content, tag) ||
           sg_der_bit_string(content, tag, out, &unused, "a ClassList");
}

/*
 * Clearance ::= SEQUENCE { policyId OBJECT IDENTIFIER, classList ClassList DEFAULT {unclassified},
 * securityCategories SET OF SecurityCategory OPTIONAL }
 */
static bool parse(struct sg_der *value, struct clearance *out)
{
    struct sg_der content;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a Clearance"))
        return false;
    const struct tags *tags = sg_der_next_is(&content, tags_3281.policy) ? &tags_3281 : &tags_5755;
    const uint8_t *at = content.ptr;
    if (!sg_der_value(&content, tags->policy, &out->policy, "policyId"))
        return false;
    if (!sg_oid_valid(out->policy))
        return sg_der_fail_at(&content, at, "a well-formed OBJECT IDENTIFIER");
    if (!parse_levels(&content, tags->levels, &out->levels) ||
        !sg_der_optional(&content, tags->categories, &out->categories) || !sg_der_end(&content) ||
        !sg_der_end(value))
        return false;

    struct sg_der list = sg_der_within(&content, out->categories);
    while (!sg_der_done(&list)) {
        struct signet_span type;
        struct sg_tlv category;
        at = list.ptr;
        if (!parse_category(&list, &type, &category))
            return sg_der_fail_at(&list, at, "a SecurityCategory");
    }
    return true;
}

static bool check(struct sg_der *value)
{
    struct clearance clearance;
    return parse(value, &clearance);
}

static bool read_checked(struct signet_span value, struct clearance *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    return parse(&der, out);
}

/* The DEFAULT applies to an absent list; a present one may be empty. */
static uint8_t levels_of(const struct clearance *clearance)
{
    if (clearance->levels.ptr == NULL)
        return UNCLASSIFIED;
    return clearance->levels.len > 0 ? clearance->levels.ptr[0] : 0;
}

static bool has_level(const struct clearance *clearance, unsigned level)
{
    return (levels_of(clearance) << level & 0x80) != 0;
}

static void dump_categories(struct sg_dump *dump, struct signet_span categories)
{
    struct signet_parse_error error = {0};
    struct sg_der list = sg_der_begin(categories, &error);
    struct signet_span type;
    struct sg_tlv value;
    if (categories.ptr == NULL)
        return;
    sg_dump_list(dump, "categories");
    while (!sg_der_done(&list) && parse_category(&list, &type, &value)) {
        sg_dump_map(dump, NULL);
        sg_dump_oid(dump, "type", type);
        sg_dump_string_element(dump, "value", &value);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct clearance clearance;
    if (!read_checked(value, &clearance))
        return;
    sg_dump_oid(dump, "policy", clearance.policy);
    sg_dump_list(dump, "levels");
    for (unsigned level = 0; level < NUM_LEVELS; level++) {
        if (has_level(&clearance, level))
            sg_dump_string(dump, NULL, level_names[level]);
    }
    sg_dump_end(dump);
    dump_categories(dump, clearance.categories);
}

/* "confidential, secret (policy 1.2.3)". */
static void add_text(struct sg_buffer *buffer, struct signet_span value, struct signet_span *rest)
{
    struct clearance clearance;
    const char *before = "";
    *rest = sg_span(NULL, 0);
    if (!read_checked(value, &clearance))
        return;
    for (unsigned level = 0; level < NUM_LEVELS; level++) {
        if (!has_level(&clearance, level))
            continue;
        sg_buffer_printf(buffer, "%s%s", before, level_names[level]);
        before = ", ";
    }
    sg_buffer_add_text(buffer, *before == '\0' ? "none (policy " : " (policy ");
    sg_oid_add_dotted(buffer, clearance.policy);
    sg_buffer_add_text(buffer, clearance.categories.len > 0 ? ", with categories)" : ")");
}

const struct sg_privilege_type sg_privilege_clearance = {
    .oid = SG_OID_AT_CLEARANCE,
    .check = check,
    .dump = dump,
    .add_text = add_text,
};

const struct sg_privilege_type sg_privilege_clearance_3281 = {
    .oid = SG_OID_AT_CLEARANCE_3281,
    .check = check,
    .dump = dump,
    .add_text = add_text,
};
