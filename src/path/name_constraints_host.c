/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Host names in constraints: matched label by label, ASCII letters folded, IDNs as A-labels (RFC
 * 9549 2.3).
 */
#include "path/constraint.h"

struct signet_span sg_constraint_fold(struct sg_constraint_keys *keys, size_t at,
                                      struct signet_span host)
{
    if (at > sizeof(keys->text) || host.len > sizeof(keys->text) - at)
        return (struct signet_span){NULL, 0};
    sg_ascii_lower_copy(host, keys->text + at);
    return sg_span(keys->text + at, host.len);
}

/* A host's domains from the shortest to itself. The hash of each goes on from the one that is a
 * label shorter: all together cost little more than the longest. */
struct domains {
    struct signet_span host;
    struct sg_sip sip;
    size_t start; /* of the domain */
    unsigned depth;
};

static struct domains domains_begin(const struct sg_constraint_keys *keys, struct signet_span host)
{
    return (struct domains){host, sg_sip_begin(keys->seed), host.len + 1, 0};
}

static bool domains_next(struct domains *domains)
{
    if (domains->start == 0)
        return false;
    size_t end = domains->start - 1, start = end;
    while (start > 0 && domains->host.ptr[start - 1] != '.')
        start--;
    sg_sip_add(&domains->sip, sg_span(domains->host.ptr + start, end - start));
    domains->start = start;
    domains->depth++;
    return true;
}

static void add_domain(struct sg_constraint_keys *keys, const struct domains *domains,
                       unsigned kinds)
{
    if (sg_constraint_wants_key(&keys->wants, kinds, domains->depth))
        sg_constraint_keys_add(
            keys, (struct sg_constraint_key){kinds, domains->depth,
                                             sg_span_from(domains->host, domains->start),
                                             sg_sip_end(&domains->sip)});
}

void sg_constraint_host_key(struct sg_constraint_keys *keys, unsigned kinds,
                            struct signet_span host)
{
    struct domains domains = domains_begin(keys, host);
    while (domains_next(&domains))
        ;
    add_domain(keys, &domains, kinds);
}

void sg_constraint_host_keys(struct sg_constraint_keys *keys, enum sg_constraint_kind host_kind,
                             enum sg_constraint_kind domain_kind, struct signet_span host)
{
    struct domains domains = domains_begin(keys, host);
    if (!sg_constraint_wants_any(&keys->wants,
                                 SG_CONSTRAINT_BIT(host_kind) | SG_CONSTRAINT_BIT(domain_kind)))
        return;
    while (domains_next(&domains))
        add_domain(keys, &domains, SG_CONSTRAINT_BIT(domains.start > 0 ? domain_kind : host_kind));
}
