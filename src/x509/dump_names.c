/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/dump_names.h"

#include "address/host.h"
#include "asn1/string.h"
#include "x509/name.h"
#include "x509/walk.h"

/* More than any string that somebody wants to read. */
enum { MAX_TEXT_LEN = 1 << 20 };

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

/* RFC 5280 7.2: A-labels are also shown as what they stand for. */
static void dump_host(struct sg_dump *dump, const char *key, const struct sg_general_name *name)
{
    sg_dump_text(dump, key, name->value);
    struct sg_arena arena;
    sg_arena_init(&arena, 16 * (size_t)SG_HOST_MAX_LEN);
    if (name->value.len <= SG_HOST_MAX_LEN) {
        struct signet_span shown = sg_host_display(name->value, &arena);
        if (shown.ptr != NULL && !sg_span_equal(shown, name->value))
            sg_dump_text(dump, "unicode", shown);
    }
    sg_arena_clear(&arena);
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
        [SG_GN_RFC822] = dump_ascii,
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
