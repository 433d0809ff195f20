/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/dump_names.h"

#include "address/host.h"
#include "asn1/string.h"
#include "x509/name.h"
#include "x509/walk.h"

/* More than any string that somebody wants to read. */
enum { MAX_TEXT_LEN = 1 << 20 };

/* Enough for one host name and what IDNA takes to show it. */
enum { MAX_HOST_MEMORY = 1 << 16 };

void sg_dump_string_element(struct sg_dump *dump, const char *key, const struct sg_tlv *element)
{
    struct sg_buffer utf8;
    sg_buffer_init(&utf8, MAX_TEXT_LEN);
    bool is_text = sg_string_to_utf8(element->tag, element->value, &utf8);
    if (is_text && utf8.status == SIGNET_OK)
        sg_dump_text(dump, key, sg_buffer_span(&utf8));
    else
        sg_dump_hex(dump, key, element->full);
    sg_buffer_free(&utf8);
}

static void dump_other(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    struct signet_span rest = name->value;
    struct sg_tlv value;
    sg_dump_map(dump, key);
    sg_dump_oid(dump, "type", name->other_oid);
    if (sg_walk(&rest, &value))
        sg_dump_string_element(dump, "value", &value);
    sg_dump_end(dump);
}

static void dump_ascii(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    sg_dump_text(dump, key, name->value);
}

/* RFC 5280 7.2, 7.5: where the name from octet HOST on has A-labels, the name is also shown with
 * what they stand for. */
static void dump_unicode(struct sg_dump *dump, struct signet_span name, size_t host)
{
    struct sg_arena arena;
    sg_arena_init(&arena, MAX_HOST_MEMORY);
    struct signet_span ascii = sg_span_from(name, host);
    struct signet_span shown = {NULL, 0};
    if (ascii.len <= SG_HOST_MAX_LEN)
        shown = sg_host_display(ascii, &arena);
    if (shown.ptr != NULL && !sg_span_equal(shown, ascii)) {
        struct sg_buffer text;
        sg_buffer_init(&text, MAX_TEXT_LEN);
        sg_buffer_add(&text, sg_span_first(name, host));
        sg_buffer_add(&text, shown);
        sg_dump_text(dump, "unicode", sg_buffer_span(&text));
        sg_buffer_free(&text);
    }
    sg_arena_clear(&arena);
}

static void dump_host(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    sg_dump_text(dump, key, name->value);
    dump_unicode(dump, name->value, 0);
}

static void dump_address(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    size_t host = name->value.len;
    while (host > 0 && name->value.ptr[host - 1] != '@')
        host--;
    sg_dump_text(dump, key, name->value);
    dump_unicode(dump, name->value, host);
}

static void dump_hex(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    sg_dump_hex(dump, key, name->value);
}

static void dump_directory(struct sg_dump *dump, const char *key,
                           const struct sg_general_name *name)
{
    const struct sg_name directory = {.der = name->value};
    sg_dump_name(dump, key, &directory);
}

static void dump_ip(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    struct sg_buffer text;
    sg_buffer_init(&text, MAX_TEXT_LEN);
    sg_general_name_add_value(&text, name);
    sg_dump_text(dump, key, sg_buffer_span(&text));
    sg_buffer_free(&text);
}

static void dump_oid(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    sg_dump_oid(dump, key, name->value);
}

void sg_dump_general_name(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    static void (*const dumps[])(struct sg_dump *, const char *, const struct sg_general_name *) = {
        [SG_GN_OTHER] = dump_other,
        [SG_GN_RFC822] = dump_address,
        [SG_GN_DNS] = dump_host,
        [SG_GN_X400] = dump_hex,
        [SG_GN_DIRECTORY] = dump_directory,
        [SG_GN_EDI_PARTY] = dump_hex,
        [SG_GN_URI] = dump_ascii,
        [SG_GN_IP] = dump_ip,
        [SG_GN_REGISTERED_ID] = dump_oid,
    };
    sg_dump_map(dump, key);
    dumps[name->type](dump, sg_general_name_type_name(name->type), name);
    sg_dump_end(dump);
}

void sg_dump_general_names(struct sg_dump *dump, const char *key, struct signet_span names)
{
    struct sg_general_names rest = sg_general_names_begin(names);
    struct sg_general_name name;
    if (names.ptr == NULL)
        return;
    sg_dump_list(dump, key);
    while (sg_general_names_next(&rest, &name))
        sg_dump_general_name(dump, NULL, &name);
    sg_dump_end(dump);
}
