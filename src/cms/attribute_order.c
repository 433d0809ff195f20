/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/attribute.h"

#include <stdlib.h>

/*
 * X.690 11.6: the encodings ascending as octet strings, the shorter padded with zeros. No whole
 * element is the beginning of another, so the padding never decides.
 */
static int compare_elements(const void *a, const void *b)
{
    const struct signet_span *left = a, *right = b;
    return sg_span_compare(*left, *right);
}

static bool next_element(struct sg_der *der, struct signet_span *out)
{
    struct sg_tlv tlv;
    if (sg_der_done(der) || !sg_der_any(der, &tlv))
        return false;
    *out = tlv.full;
    return true;
}

/* Counts the elements of CONTENT. *SORTED: they are in order already. */
static size_t count_elements(struct signet_span content, bool *sorted)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(content, &error);
    struct signet_span element, last = {NULL, 0};
    size_t num = 0;
    *sorted = true;
    for (; next_element(&der, &element); num++) {
        if (num > 0 && sg_span_compare(last, element) > 0)
            *sorted = false;
        last = element;
    }
    return num;
}

/* Writes the NUM elements of CONTENT to OUT in order. OUT has CONTENT's length and is apart from
 * it. */
static bool write_sorted(struct signet_span content, size_t num, struct sg_arena *arena,
                         uint8_t *out)
{
    struct signet_span *elements = sg_arena_array(arena, num, sizeof(*elements));
    if (elements == NULL)
        return false;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(content, &error);
    for (size_t i = 0; i < num && next_element(&der, &elements[i]); i++)
        continue;
    qsort(elements, num, sizeof(*elements), compare_elements);
    for (size_t i = 0; i < num; i++) {
        memcpy(out, elements[i].ptr, elements[i].len);
        out += elements[i].len;
    }
    return true;
}

/* CONTENT, the content octets of a SET OF, in order: itself, or a copy in the arena. */
static bool sort_content(struct signet_span content, struct sg_arena *arena,
                         struct signet_span *out)
{
    bool sorted;
    size_t num = count_elements(content, &sorted);
    *out = content;
    if (sorted)
        return true;
    uint8_t *copy = sg_arena_alloc(arena, content.len);
    if (copy == NULL || !write_sorted(content, num, arena, copy))
        return false;
    *out = sg_span(copy, content.len);
    return true;
}

/* The content octets of the attrValues SET of one whole Attribute. */
static struct signet_span attribute_values(struct signet_span attribute)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(attribute, &error), fields;
    struct signet_span type, values;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "Attribute") ||
        !sg_der_oid(&fields, &type, "attrType") ||
        !sg_der_value(&fields, SG_TAG_SET, &values, "attrValues"))
        return (struct signet_span){NULL, 0};
    return values;
}

/*
 * Sorts the values of every attribute of CONTENT. Lengths don't change, so the values of an
 * attribute go back to the place they had; *OUT is CONTENT as long as nothing had to move, then a
 * copy.
 */
static bool sort_values(struct signet_span content, struct sg_arena *arena, struct signet_span *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(content, &error);
    struct signet_span attribute;
    uint8_t *copy = NULL;
    *out = content;
    while (next_element(&der, &attribute)) {
        struct signet_span values = attribute_values(attribute), sorted;
        if (!sort_content(values, arena, &sorted))
            return false;
        if (sorted.ptr == values.ptr)
            continue;
        if (copy == NULL) {
            copy = sg_arena_alloc(arena, content.len);
            if (copy == NULL)
                return false;
            memcpy(copy, content.ptr, content.len);
            *out = sg_span(copy, content.len);
        }
        memcpy(copy + (values.ptr - content.ptr), sorted.ptr, sorted.len);
    }
    return true;
}

bool sg_cms_attributes_sort(struct signet_span set, struct sg_arena *arena, struct signet_span *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(set, &error);
    struct signet_span content, values_sorted, sorted;
    *out = set;
    if (!sg_der_value(&der, SG_TAG_SET, &content, "SET"))
        return true;
    if (!sort_values(content, arena, &values_sorted) ||
        !sort_content(values_sorted, arena, &sorted))
        return false;
    if (sorted.ptr == content.ptr)
        return true;

    uint8_t *copy = sg_arena_alloc(arena, set.len);
    if (copy == NULL)
        return false;
    size_t header_len = set.len - content.len;
    memcpy(copy, set.ptr, header_len);
    memcpy(copy + header_len, sorted.ptr, sorted.len);
    *out = sg_span(copy, set.len);
    return true;
}
