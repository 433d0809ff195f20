/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/privilege.h"

#include "asn1/string.h"
#include "base/text.h"
#include "x509/dump_names.h"
#include "x509/privilege_types.h"
#include "x509/walk.h"

/* More than any value that somebody wants to read. */
enum { MAX_TEXT_LEN = 1 << 16 };

static const struct sg_privilege_type *const types[] = {
    &sg_privilege_authentication_info,
    &sg_privilege_access_identity,
    &sg_privilege_charging_identity,
    &sg_privilege_group,
    &sg_privilege_role,
    &sg_privilege_clearance,
    &sg_privilege_clearance_3281,
};

const struct sg_privilege_type *sg_privilege_type_find(enum sg_oid oid)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (types[i]->oid == oid)
            return types[i];
    }
    return NULL;
}

bool sg_privilege_parse(struct sg_der *list, struct sg_privilege *out)
{
    struct sg_privilege privilege = {0};
    struct sg_der next = *list, content, values;
    struct sg_tlv value;
    if (!sg_der_enter(&next, SG_TAG_SEQUENCE, &content, "an Attribute") ||
        !sg_der_oid(&content, &privilege.type_octets, "an attribute type") ||
        !sg_der_enter(&content, SG_TAG_SET, &values, "attribute values") || !sg_der_end(&content))
        return false;
    privilege.values = sg_span(values.ptr, (size_t)(values.end - values.ptr));
    for (; !sg_der_done(&values); privilege.num_values++) {
        if (!sg_der_any(&values, &value))
            return false;
    }
    privilege.type = sg_oid_find(privilege.type_octets);
    *out = privilege;
    *list = next;
    return true;
}

bool sg_privileges_next(struct sg_privileges *privileges, struct sg_privilege *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(privileges->rest, &error);
    if (sg_der_done(&der) || !sg_privilege_parse(&der, out))
        return false;
    privileges->rest = sg_span_from(privileges->rest, (size_t)(der.ptr - privileges->rest.ptr));
    return true;
}

bool sg_privilege_value_valid(const struct sg_privilege_type *type, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    return type != NULL && type->check(&der);
}

struct sg_privilege_texts sg_privilege_texts_begin(const struct sg_privilege *privilege)
{
    return (struct sg_privilege_texts){.type = sg_privilege_type_find(privilege->type),
                                       .values = privilege->values};
}

/* A string as it is, anything else in hexadecimal. */
static void add_element(struct sg_buffer *buffer, const struct sg_tlv *element)
{
    struct sg_buffer utf8;
    sg_buffer_init(&utf8, MAX_TEXT_LEN);
    if (sg_string_to_utf8(element->tag, element->value, &utf8) && utf8.status == SIGNET_OK) {
        sg_text_add_safe(buffer, sg_buffer_span(&utf8));
    } else {
        sg_buffer_add_byte(buffer, '#');
        sg_text_add_hex(buffer, element->full, 0);
    }
    sg_buffer_free(&utf8);
}

bool sg_privilege_texts_next(struct sg_privilege_texts *texts, struct sg_buffer *buffer)
{
    struct sg_tlv element;
    if (texts->rest.len == 0) {
        if (!sg_walk(&texts->values, &element))
            return false;
        if (!sg_privilege_value_valid(texts->type, element.full)) {
            add_element(buffer, &element);
            return true;
        }
        texts->value = texts->rest = element.full;
    }
    texts->type->add_text(buffer, texts->value, &texts->rest);
    return true;
}

static void dump_value(struct sg_dump *dump, const struct sg_privilege_type *type,
                       const struct sg_tlv *value)
{
    if (!sg_privilege_value_valid(type, value->full)) {
        sg_dump_string_element(dump, NULL, value);
        return;
    }
    sg_dump_map(dump, NULL);
    type->dump(dump, value->full);
    sg_dump_end(dump);
}

void sg_privileges_dump(struct sg_dump *dump, const char *key, struct signet_span attributes)
{
    struct sg_privileges privileges = sg_privileges_begin(attributes);
    struct sg_privilege privilege;
    struct sg_tlv value;
    sg_dump_list(dump, key);
    while (sg_privileges_next(&privileges, &privilege)) {
        const struct sg_privilege_type *type = sg_privilege_type_find(privilege.type);
        sg_dump_map(dump, NULL);
        sg_dump_oid(dump, "type", privilege.type_octets);
        sg_dump_list(dump, "values");
        while (sg_walk(&privilege.values, &value))
            dump_value(dump, type, &value);
        sg_dump_end(dump);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}
