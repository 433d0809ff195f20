/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iPAddress constraints (RFC 5280 4.2.1.10): an address and a mask that is a prefix (RFC 4632).
 * IPv4 and IPv6 stay apart, as their keys differ in length.
 */
#include "path/constraint.h"

/* How many leading bits MASK has set; false when there are others behind them. */
static bool mask_len(struct signet_span mask, unsigned *len)
{
    unsigned bits = 0, set = 0;
    for (size_t i = 0; i < mask.len * 8; i++) {
        if ((mask.ptr[i / 8] & (0x80u >> i % 8)) == 0)
            continue;
        bits = (unsigned)i + 1;
        set++;
    }
    *len = bits;
    return bits == set;
}

/* The first LEN bits of ADDRESS, in keys->text from AT on. */
static void add_prefix(struct sg_constraint_keys *keys, size_t at, struct signet_span address,
                       unsigned len)
{
    uint8_t *octets = keys->text + at;
    for (size_t i = 0; i < address.len; i++) {
        size_t bits = i * 8 >= len ? 0 : len - i * 8 >= 8 ? 8 : len - i * 8;
        octets[i] = (uint8_t)(address.ptr[i] & (0xff00u >> bits));
    }
    struct signet_span span = sg_span(octets, address.len);
    sg_constraint_keys_add(keys, SG_CONSTRAINT_IP + len, span, sg_span_hash(span, keys->seed));
}

static bool base_keys(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded)
{
    unsigned len = 0;
    size_t half = base->value.len / 2;
    (void)excluded;
    if ((base->value.len != 8 && base->value.len != 32) ||
        !mask_len(sg_span_from(base->value, half), &len))
        return false;
    add_prefix(keys, 0, sg_span_first(base->value, half), len);
    return true;
}

static bool name_keys(struct sg_constraint_keys *keys, const struct sg_general_name *name)
{
    if (name->value.len != 4 && name->value.len != 16)
        return false;
    for (unsigned len = 0; len <= name->value.len * 8; len++) {
        if (sg_constraint_keys_want(keys, SG_CONSTRAINT_IP + len))
            add_prefix(keys, len * name->value.len, name->value, len);
    }
    return true;
}

const struct sg_constraint_form sg_constraint_ip = {base_keys, name_keys};
