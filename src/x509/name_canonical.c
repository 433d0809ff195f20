/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/name.h"

#include "x509/name_plain.h"
#include "x509/name_prepare.h"
#include "x509/walk.h"

#include <stdlib.h>

/* What an attribute's value is compared by. */
enum { VALUE_RAW = 0, VALUE_PREPARED = 1 };

static void put_length(uint8_t *at, size_t len)
{
    at[0] = (uint8_t)(len >> 24);
    at[1] = (uint8_t)(len >> 16);
    at[2] = (uint8_t)(len >> 8);
    at[3] = (uint8_t)len;
}

static void add_length(struct sg_buffer *buffer, size_t len)
{
    uint8_t octets[4];
    put_length(octets, len);
    sg_buffer_add(buffer, sg_span(octets, sizeof(octets)));
}

/* Writes into the four octets at AT how many follow them. */
static void set_length(struct sg_buffer *buffer, size_t at)
{
    if (buffer->status != SIGNET_OK)
        return;
    put_length(buffer->ptr + at, buffer->len - at - 4);
}

/*
 * DirectoryString (RFC 5280 4.1.2.4) in any attribute, known or not, and the IA5String that
 * domainComponent and emailAddress are: caseIgnoreMatch and caseIgnoreIA5Match (RFC 5280 7.1, 7.3,
 * RFC 2985). All else is binary.
 */
static bool is_folded(uint32_t tag, struct signet_span type)
{
    static const uint32_t directory_string[] = {SG_TAG_PRINTABLE_STRING, SG_TAG_UTF8_STRING,
                                                SG_TAG_TELETEX_STRING, SG_TAG_BMP_STRING,
                                                SG_TAG_UNIVERSAL_STRING};
    for (size_t i = 0; i < sizeof(directory_string) / sizeof(directory_string[0]); i++) {
        if (tag == directory_string[i])
            return true;
    }
    if (tag != SG_TAG_IA5_STRING)
        return false;
    enum sg_oid oid = sg_oid_find(type);
    return oid == SG_OID_AT_DOMAIN_COMPONENT || oid == SG_OID_AT_EMAIL_ADDRESS;
}

static bool add_value(const struct sg_attribute *attribute, struct sg_buffer *buffer)
{
    size_t at = buffer->len;
    sg_buffer_add_byte(buffer, VALUE_PREPARED);
    enum sg_prepared prepared = SG_PREPARED_REFUSED;
    if (is_folded(attribute->tag, attribute->type))
        prepared = sg_string_prepare(attribute->tag, attribute->value, buffer);
    if (prepared == SG_PREPARED_REFUSED && buffer->status == SIGNET_OK) {
        buffer->ptr[at] = VALUE_RAW;
        sg_buffer_add(buffer, attribute->full);
    }
    return prepared != SG_PREPARED_NO_MEMORY && buffer->status == SIGNET_OK;
}

/* Length, type, value: no form of an attribute is the beginning of another's. */
static bool add_attribute(const struct sg_attribute *attribute, struct sg_buffer *buffer)
{
    size_t at = buffer->len;
    add_length(buffer, 0);
    add_length(buffer, attribute->type.len);
    sg_buffer_add(buffer, attribute->type);
    if (!add_value(attribute, buffer))
        return false;
    set_length(buffer, at);
    return true;
}

static int compare_forms(const void *a, const void *b)
{
    return sg_span_compare(*(const struct signet_span *)a, *(const struct signet_span *)b);
}

/* Sorts the NUM forms from AT on, which fill the rest of BUFFER. */
static bool sort_attributes(struct sg_buffer *buffer, size_t at, size_t num)
{
    size_t len = buffer->len - at;
    struct signet_span *forms = calloc(num, sizeof(*forms));
    uint8_t *sorted = malloc(len);
    if (forms != NULL && sorted != NULL) {
        const uint8_t *next = buffer->ptr + at;
        for (size_t i = 0; i < num; i++) {
            size_t form_len =
                (size_t)next[0] << 24 | (size_t)next[1] << 16 | (size_t)next[2] << 8 | next[3];
            forms[i] = sg_span(next, form_len + 4);
            next += form_len + 4;
        }
        qsort(forms, num, sizeof(*forms), compare_forms);
        uint8_t *to = sorted;
        for (size_t i = 0; i < num; i++) {
            memcpy(to, forms[i].ptr, forms[i].len);
            to += forms[i].len;
        }
        memcpy(buffer->ptr + at, sorted, len);
    }
    bool done = forms != NULL && sorted != NULL;
    free(forms);
    free(sorted);
    return done;
}

bool sg_rdn_add_canonical(struct signet_span rdn, struct sg_buffer *buffer)
{
    size_t at = buffer->len, num = 0;
    struct sg_name_iterator attributes = sg_rdn_begin(rdn);
    struct sg_attribute attribute;
    add_length(buffer, 0);
    while (sg_name_next(&attributes, &attribute)) {
        if (!add_attribute(&attribute, buffer))
            return false;
        num++;
    }
    if (num > 1 && !sort_attributes(buffer, at + 4, num))
        return false;
    set_length(buffer, at);
    return buffer->status == SIGNET_OK;
}

enum { PLAIN_FORM_HEAD_LEN = 13, PLAIN_FORM_ROOM = PLAIN_FORM_HEAD_LEN + 0x7f };

/* The form of RDN put together in one place. False, and nothing added: its string is not plain. */
static bool add_plain_rdn(const struct sg_plain_rdn *rdn, struct sg_buffer *buffer)
{
    uint8_t form[PLAIN_FORM_ROOM];
    size_t type_len = rdn->type.len, len;
    if (!is_folded(rdn->tag, rdn->type) ||
        !sg_string_prepare_plain(rdn->tag, rdn->value, form + PLAIN_FORM_HEAD_LEN + type_len, &len))
        return false;
    len += PLAIN_FORM_HEAD_LEN + type_len;
    put_length(form, len - 4);
    put_length(form + 4, len - 8);
    put_length(form + 8, type_len);
    memcpy(form + 12, rdn->type.ptr, type_len);
    form[12 + type_len] = VALUE_PREPARED;
    sg_buffer_add(buffer, sg_span(form, len));
    return true;
}

bool sg_name_add_canonical(const struct sg_name *name, struct sg_buffer *buffer)
{
    struct signet_span rest = sg_walk_into(name->der), before = rest;
    struct sg_plain_rdn plain;
    struct sg_tlv rdn;
    for (; rest.len > 0; before = rest) {
        if (sg_plain_rdn_take(&rest, &plain) && add_plain_rdn(&plain, buffer))
            continue;
        rest = before;
        if (!sg_walk(&rest, &rdn))
            break;
        if (!sg_rdn_add_canonical(rdn.value, buffer))
            return false;
    }
    return buffer->status == SIGNET_OK;
}
