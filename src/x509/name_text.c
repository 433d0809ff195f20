/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/name.h"

#include "asn1/string.h"
#include "base/text.h"
#include "x509/walk.h"

/* The words of RFC 4514 section 3; other attribute types go by the names of their standards. */
static const struct {
    enum sg_oid oid;
    const char *word;
} keywords[] = {
    {SG_OID_AT_COMMON_NAME, "CN"},
    {SG_OID_AT_LOCALITY, "L"},
    {SG_OID_AT_STATE, "ST"},
    {SG_OID_AT_ORGANIZATION, "O"},
    {SG_OID_AT_ORGANIZATIONAL_UNIT, "OU"},
    {SG_OID_AT_COUNTRY, "C"},
    {SG_OID_AT_STREET, "STREET"},
    {SG_OID_AT_DOMAIN_COMPONENT, "DC"},
    {SG_OID_AT_USER_ID, "UID"},
};

static void add_type(struct sg_buffer *buffer, struct signet_span type)
{
    enum sg_oid oid = sg_oid_find(type);
    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        if (keywords[i].oid == oid) {
            sg_buffer_add_text(buffer, keywords[i].word);
            return;
        }
    }
    if (oid != SG_OID_UNKNOWN)
        sg_buffer_add_text(buffer, sg_oid_name(oid));
    else
        sg_oid_add_dotted(buffer, type);
}

/* RFC 4514 2.4. The backslash itself is doubled by sg_text_add_safe. */
static bool is_special(struct signet_span text, size_t at)
{
    uint8_t octet = text.ptr[at];
    if (octet == ' ')
        return at == 0 || at + 1 == text.len;
    if (octet == '#')
        return at == 0;
    return octet != '\0' && strchr("\"+,;<>", octet) != NULL;
}

static void add_escaped(struct sg_buffer *buffer, struct signet_span text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_special(text, i))
            continue;
        sg_text_add_safe(buffer, sg_span(text.ptr + start, i - start));
        sg_buffer_add_byte(buffer, '\\');
        sg_buffer_add_byte(buffer, text.ptr[i]);
        start = i + 1;
    }
    sg_text_add_safe(buffer, sg_span_from(text, start));
}

static void add_value(struct sg_buffer *buffer, const struct sg_attribute *attribute)
{
    struct sg_buffer utf8;
    sg_buffer_init(&utf8, buffer->max);
    if (sg_string_to_utf8(attribute->tag, attribute->value, &utf8)) {
        add_escaped(buffer, sg_buffer_span(&utf8));
    } else {
        sg_buffer_add_byte(buffer, '#');
        sg_text_add_hex(buffer, attribute->full, 0);
    }
    if (utf8.status != SIGNET_OK && buffer->status == SIGNET_OK)
        buffer->status = utf8.status;
    sg_buffer_free(&utf8);
}

void sg_rdn_add_text(struct sg_buffer *buffer, struct signet_span rdn)
{
    struct sg_name_iterator attributes = sg_rdn_begin(rdn);
    struct sg_attribute attribute;
    const char *separator = "";
    while (sg_name_next(&attributes, &attribute)) {
        sg_buffer_add_text(buffer, separator);
        add_type(buffer, attribute.type);
        sg_buffer_add_byte(buffer, '=');
        add_value(buffer, &attribute);
        separator = "+";
    }
}

static void reverse(struct sg_buffer *buffer, size_t from)
{
    if (buffer->status != SIGNET_OK)
        return;
    for (size_t i = from, j = buffer->len; i < j; i++) {
        uint8_t octet = buffer->ptr[i];
        buffer->ptr[i] = buffer->ptr[--j];
        buffer->ptr[j] = octet;
    }
}

/* The last RDN comes first (RFC 4514 2.1): each is written backwards, and then all of them are
 * turned round, which needs no list of them. */
void sg_name_add_text(struct sg_buffer *buffer, const struct sg_name *name)
{
    struct signet_span rest = sg_walk_into(name->der);
    struct sg_tlv rdn;
    size_t start = buffer->len;
    while (sg_walk(&rest, &rdn) && buffer->status == SIGNET_OK) {
        if (buffer->len > start)
            sg_buffer_add_byte(buffer, ',');
        size_t at = buffer->len;
        sg_rdn_add_text(buffer, rdn.value);
        reverse(buffer, at);
    }
    reverse(buffer, start);
    if (buffer->len == start)
        sg_buffer_add_text(buffer, "(empty)");
}

size_t sg_name_write_text(const struct sg_name *name, char *text, size_t size)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX / 4);
    sg_name_add_text(&buffer, name);
    size_t len = buffer.status == SIGNET_OK ? buffer.len : 0;
    if (size > 0) {
        struct signet_span kept =
            sg_text_cut(sg_span_first(sg_buffer_span(&buffer), len), size - 1);
        if (kept.len > 0)
            memcpy(text, kept.ptr, kept.len);
        text[kept.len] = '\0';
    }
    sg_buffer_free(&buffer);
    return len;
}
