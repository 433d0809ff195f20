/* SPDX-License-Identifier: Apache-2.0 */
/*
 * directoryName constraints (RFC 5280 4.2.1.10): the base's RDNs are the first of the name,
 * compared by RFC 5280 7.1, that is by canonical form (x509/name.h).
 */
#include "path/constraint.h"

/* The canonical form of a whole Name, in keys->canonical. */
static bool canonicalise(struct sg_constraint_keys *keys, struct signet_span der)
{
    struct signet_parse_error error = {0};
    struct sg_der cursor = sg_der_begin(der, &error);
    struct sg_name name;
    if (!sg_name_parse(&cursor, &name, "Name") || !sg_der_end(&cursor))
        return false;
    keys->canonical.len = 0;
    if (!sg_name_add_canonical(&name, &keys->canonical))
        keys->failed = true;
    return !keys->failed;
}

static bool base_keys(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded)
{
    (void)excluded;
    if (!canonicalise(keys, base->value))
        return false;
    uint64_t hash = keys->seed;
    struct signet_span rest = sg_buffer_span(&keys->canonical), rdn;
    while (sg_name_canonical_next(&rest, &rdn))
        hash = sg_span_hash(rdn, hash);
    sg_constraint_keys_add(keys, SG_CONSTRAINT_DIRECTORY, sg_buffer_span(&keys->canonical), hash);
    return true;
}

void sg_constraint_directory_keys(struct sg_constraint_keys *keys, struct signet_span canonical)
{
    uint64_t hash = keys->seed;
    struct signet_span rest = canonical, rdn;
    sg_constraint_keys_add(keys, SG_CONSTRAINT_DIRECTORY, sg_span_first(canonical, 0), hash);
    while (sg_name_canonical_next(&rest, &rdn)) {
        hash = sg_span_hash(rdn, hash);
        sg_constraint_keys_add(keys, SG_CONSTRAINT_DIRECTORY,
                               sg_span_first(canonical, canonical.len - rest.len), hash);
    }
}

static bool name_keys(struct sg_constraint_keys *keys, const struct sg_general_name *name)
{
    if (!canonicalise(keys, name->value))
        return false;
    sg_constraint_directory_keys(keys, sg_buffer_span(&keys->canonical));
    return true;
}

const struct sg_constraint_form sg_constraint_directory = {base_keys, name_keys};
