/* SPDX-License-Identifier: Apache-2.0 */
/*
 * directoryName constraints (RFC 5280 4.2.1.10): the base's RDNs are the first of the name,
 * compared by RFC 5280 7.1, that is by canonical form (x509/name.h).
 */
#include "base/sip.h"
#include "path/constraint.h"

/* The canonical form of a whole Name, in keys->canonical. */
static bool canonicalise(struct sg_constraint_keys *keys, struct signet_span der)
{
    const struct sg_name name = {.der = der};
    keys->canonical.len = 0;
    if (!sg_name_add_canonical(&name, &keys->canonical))
        keys->failed = true;
    return !keys->failed;
}

static void add_prefix(struct sg_constraint_keys *keys, struct signet_span prefix, unsigned depth,
                       const struct sg_sip *sip)
{
    const unsigned kind = SG_CONSTRAINT_BIT(SG_CONSTRAINT_DIRECTORY);
    if (sg_constraint_wants_key(&keys->wants, kind, depth))
        sg_constraint_keys_add(keys,
                               (struct sg_constraint_key){kind, depth, prefix, sg_sip_end(sip)});
}

static bool base_keys(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded)
{
    struct sg_sip sip = sg_sip_begin(keys->seed);
    unsigned depth = 0;
    (void)excluded;
    if (!canonicalise(keys, base->value))
        return false;
    struct signet_span rest = sg_buffer_span(&keys->canonical), rdn;
    for (; sg_name_canonical_next(&rest, &rdn); depth++)
        sg_sip_add(&sip, rdn);
    add_prefix(keys, sg_buffer_span(&keys->canonical), depth, &sip);
    return true;
}

void sg_constraint_directory_keys(struct sg_constraint_keys *keys, struct signet_span canonical)
{
    struct sg_sip sip = sg_sip_begin(keys->seed);
    struct signet_span rest = canonical, rdn;
    add_prefix(keys, sg_span_first(canonical, 0), 0, &sip);
    for (unsigned depth = 1; sg_name_canonical_next(&rest, &rdn); depth++) {
        sg_sip_add(&sip, rdn);
        add_prefix(keys, sg_span_first(canonical, canonical.len - rest.len), depth, &sip);
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
