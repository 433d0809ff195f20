/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/general_name.h"

#include "asn1/oid.h"
#include "asn1/string.h"
#include "base/text.h"
#include "x509/name.h"
#include "x509/walk.h"

enum { IPV4_LEN = 4, IPV6_LEN = 16, NUM_GROUPS = 8 };

static void add_ascii(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    sg_text_add_safe(buffer, name->value);
}

static void add_hex(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    sg_buffer_add_byte(buffer, '#');
    sg_text_add_hex(buffer, name->value, 0);
}

static void add_other(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    struct signet_span rest = name->value;
    struct sg_tlv value;
    struct sg_buffer utf8;
    sg_buffer_init(&utf8, buffer->max);
    enum sg_oid oid = sg_oid_find(name->other_oid);
    if (oid != SG_OID_UNKNOWN)
        sg_buffer_add_text(buffer, sg_oid_name(oid));
    else
        sg_oid_add_dotted(buffer, name->other_oid);
    sg_buffer_add_byte(buffer, '=');
    if (sg_walk(&rest, &value) && sg_string_to_utf8(value.tag, value.value, &utf8))
        sg_text_add_safe(buffer, sg_buffer_span(&utf8));
    else
        add_hex(buffer, name);
    sg_buffer_free(&utf8);
}

static void add_directory(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    const struct sg_name directory = {.der = name->value};
    sg_name_add_text(buffer, &directory);
}

static void add_ipv4(struct sg_buffer *buffer, const uint8_t *octets)
{
    sg_buffer_printf(buffer, "%u.%u.%u.%u", octets[0], octets[1], octets[2], octets[3]);
}

/* Where the longest run of two or more zero groups begins, and its length: 0 for none. */
static size_t find_zeros(const unsigned *groups, size_t *start)
{
    size_t best = 0, run = 0;
    for (size_t i = 0; i < NUM_GROUPS; i++) {
        run = groups[i] == 0 ? run + 1 : 0;
        if (run > best && run > 1) {
            best = run;
            *start = i + 1 - run;
        }
    }
    return best;
}

/* RFC 5952 section 4. */
static void add_ipv6(struct sg_buffer *buffer, const uint8_t *octets)
{
    unsigned groups[NUM_GROUPS];
    for (size_t i = 0; i < NUM_GROUPS; i++)
        groups[i] = (unsigned)octets[2 * i] << 8 | octets[2 * i + 1];

    size_t start = NUM_GROUPS, zeros = find_zeros(groups, &start);
    for (size_t i = 0; i < NUM_GROUPS;) {
        if (zeros > 0 && i == start) {
            sg_buffer_add_text(buffer, "::");
            i += zeros;
            continue;
        }
        bool first = i == 0 || (zeros > 0 && i == start + zeros);
        sg_buffer_printf(buffer, first ? "%x" : ":%x", groups[i]);
        i++;
    }
}

static unsigned count_ones(struct signet_span mask)
{
    unsigned ones = 0;
    for (size_t i = 0; i < mask.len * 8; i++)
        ones += (unsigned)mask.ptr[i / 8] >> (7 - i % 8) & 1u;
    return ones;
}

static void add_ip(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    struct signet_span value = name->value;
    bool constraint = value.len == (size_t)IPV4_LEN * 2 || value.len == (size_t)IPV6_LEN * 2;
    size_t len = constraint ? value.len / 2 : value.len;
    if (len == IPV4_LEN)
        add_ipv4(buffer, value.ptr);
    else if (len == IPV6_LEN)
        add_ipv6(buffer, value.ptr);
    else
        add_hex(buffer, name);
    if (constraint)
        sg_buffer_printf(buffer, "/%u", count_ones(sg_span_from(value, len)));
}

static void add_registered_id(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    sg_oid_add_dotted(buffer, name->value);
}

void sg_general_name_add_value(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    static void (*const add[])(struct sg_buffer *, const struct sg_general_name *) = {
        [SG_GN_OTHER] = add_other,
        [SG_GN_RFC822] = add_ascii,
        [SG_GN_DNS] = add_ascii,
        [SG_GN_X400] = add_hex,
        [SG_GN_DIRECTORY] = add_directory,
        [SG_GN_EDI_PARTY] = add_hex,
        [SG_GN_URI] = add_ascii,
        [SG_GN_IP] = add_ip,
        [SG_GN_REGISTERED_ID] = add_registered_id,
    };
    add[name->type](buffer, name);
}

void sg_general_name_add_text(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    sg_buffer_add_text(buffer, sg_general_name_type_name(name->type));
    sg_buffer_add_byte(buffer, ':');
    sg_general_name_add_value(buffer, name);
}
