/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/general_name.h"

#include "x509/name.h"

/* The host of an address has no case, its local part has (B-GN-2). */
static bool same_address(struct signet_span a, struct signet_span b)
{
    size_t host = a.len;
    while (host > 0 && a.ptr[host - 1] != '@')
        host--;
    return a.len == b.len && sg_span_equal(sg_span_first(a, host), sg_span_first(b, host)) &&
           sg_span_equal_ascii_case(sg_span_from(a, host), sg_span_from(b, host));
}

bool sg_general_name_equal(const struct sg_general_name *a, const struct sg_general_name *b)
{
    static bool (*const same_value[])(struct signet_span, struct signet_span) = {
        [SG_GN_RFC822] = same_address,
        [SG_GN_DNS] = sg_span_equal_ascii_case,
        [SG_GN_URI] = sg_uri_equal,
        [SG_GN_OTHER] = sg_span_equal,
        [SG_GN_X400] = sg_span_equal,
        [SG_GN_DIRECTORY] = sg_span_equal,
        [SG_GN_EDI_PARTY] = sg_span_equal,
        [SG_GN_IP] = sg_span_equal,
        [SG_GN_REGISTERED_ID] = sg_span_equal,
    };
    return a->type == b->type && sg_span_equal(a->other_oid, b->other_oid) &&
           same_value[a->type](a->value, b->value);
}

bool sg_general_name_canonicalise(struct sg_general_name *name, struct sg_arena *arena)
{
    struct sg_name directory = {.der = name->value};
    struct sg_buffer form;
    if (name->type != SG_GN_DIRECTORY)
        return true;
    sg_buffer_init(&form, SG_NAME_MAX_FORM_LEN);
    bool made = sg_name_add_canonical(&directory, &form);
    if (made)
        name->value = sg_arena_copy(arena, sg_buffer_span(&form));
    else
        arena->failed = true;
    sg_buffer_free(&form);
    return made && name->value.ptr != NULL;
}
