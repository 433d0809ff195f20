/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iPAddress constraints (RFC 5280 4.2.1.10): an address and a mask that is a prefix (RFC 4632).
 */
#include "path/constraint.h"

static void add_key(struct sg_constraint_keys *keys, struct signet_span octets)
{
    sg_constraint_keys_add(
        keys, (struct sg_constraint_key){SG_CONSTRAINT_BIT(SG_CONSTRAINT_IP), 0, octets, 0});
}

static bool base_keys(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded)
{
    (void)excluded;
    if ((base->value.len != 8 && base->value.len != 32) ||
        !sg_ip_mask_is_prefix(sg_span_from(base->value, base->value.len / 2)))
        return false;
    add_key(keys, base->value);
    return true;
}

static bool name_keys(struct sg_constraint_keys *keys, const struct sg_general_name *name)
{
    if (name->value.len != 4 && name->value.len != 16)
        return false;
    add_key(keys, name->value);
    return true;
}

const struct sg_constraint_form sg_constraint_ip = {base_keys, name_keys};
