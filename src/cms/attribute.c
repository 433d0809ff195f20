/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/attribute.h"

/* Counts the values and checks the framing of each; what is inside is read by those who know the
 * type. */
static bool parse_values(struct sg_der *values, struct sg_cms_attribute *out)
{
    out->values = sg_span(values->ptr, (size_t)(values->end - values->ptr));
    while (!sg_der_done(values)) {
        struct sg_tlv value;
        if (!sg_der_any(values, &value))
            return false;
        if (out->num_values++ == 0)
            out->value = value.full;
    }
    return true;
}

/* Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue } */
static bool parse_attribute(struct sg_der *der, struct sg_cms_attribute *out)
{
    struct sg_der fields, values;
    *out = (struct sg_cms_attribute){0};
    if (!sg_der_enter(der, SG_TAG_SEQUENCE, &fields, "Attribute SEQUENCE") ||
        !sg_der_oid(&fields, &out->type_octets, "attrType OBJECT IDENTIFIER") ||
        !sg_der_enter(&fields, SG_TAG_SET, &values, "attrValues SET") ||
        !parse_values(&values, out) || !sg_der_end(&fields))
        return false;
    out->type = sg_oid_find(out->type_octets);
    return true;
}

bool sg_cms_attributes_parse(struct signet_span content, struct sg_arena *arena,
                             struct sg_cms_attributes *out, struct signet_parse_error *error)
{
    struct sg_der der = sg_der_begin(content, error);
    void *items = NULL;
    size_t cap = 0, num = 0;
    *out = (struct sg_cms_attributes){0};
    while (!sg_der_done(&der)) {
        struct sg_cms_attribute attribute;
        if (!parse_attribute(&der, &attribute) ||
            !sg_arena_grow(arena, &items, &cap, num, sizeof(attribute)))
            return false;
        ((struct sg_cms_attribute *)items)[num++] = attribute;
    }
    *out = (struct sg_cms_attributes){items, num};
    return true;
}

bool sg_cms_attributes_valid(struct signet_span octets)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(octets, &error), set;
    struct sg_cms_attribute attribute;
    if (!sg_der_enter(&der, SG_TAG_SET, &set, "SET") || !sg_der_end(&der))
        return false;
    do {
        if (!parse_attribute(&set, &attribute))
            return false;
    } while (!sg_der_done(&set));
    return true;
}

const struct sg_cms_attribute *sg_cms_attribute_find(const struct sg_cms_attributes *attributes,
                                                     enum sg_oid type, size_t *count)
{
    const struct sg_cms_attribute *first = NULL;
    size_t found = 0;
    for (size_t i = 0; i < attributes->num; i++) {
        if (attributes->items[i].type != type)
            continue;
        if (found++ == 0)
            first = &attributes->items[i];
    }
    if (count != NULL)
        *count = found;
    return first;
}

bool sg_cms_values_next(struct sg_cms_values *values, struct signet_span *value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(values->rest, &error);
    struct sg_tlv tlv;
    if (sg_der_done(&der) || !sg_der_any(&der, &tlv))
        return false;
    *value = tlv.full;
    values->rest = sg_span_from(values->rest, tlv.full.len);
    return true;
}
