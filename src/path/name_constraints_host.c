/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Host names in constraints: matched label by label, ASCII letters folded, IDNs as A-labels (RFC
 * 9549 2.3).
 */
#include "base/sip.h"
#include "path/constraint.h"

struct signet_span sg_constraint_fold(struct sg_constraint_keys *keys, size_t at,
                                      struct signet_span host)
{
    if (at > sizeof(keys->text) || host.len > sizeof(keys->text) - at)
        return (struct signet_span){NULL, 0};
    sg_ascii_lower_copy(host, keys->text + at);
    return sg_span(keys->text + at, host.len);
}

/*
 * A host's domains from the shortest to itself. Hashes go from the end of the host to the start of
 * the domain, words first, so that those of all domains share them: together they cost little more
 * than the longest, and those of domains that nobody wants cost nothing.
 */
struct domains {
    struct signet_span host;
    size_t start; /* of the domain */
    unsigned depth;
    struct sg_sip sip;
    size_t hashed; /* octets at the end that sip has taken */
};

static struct domains domains_begin(const struct sg_constraint_keys *keys, struct signet_span host)
{
    return (struct domains){.host = host, .start = host.len + 1, .sip = sg_sip_begin(keys->seed)};
}

static bool domains_next(struct domains *domains)
{
    if (domains->start == 0)
        return false;
    size_t start = domains->start - 1;
    while (start > 0 && domains->host.ptr[start - 1] != '.')
        start--;
    domains->start = start;
    domains->depth++;
    return true;
}

static uint64_t hash_domain(struct domains *domains)
{
    const uint8_t *end = domains->host.ptr + domains->host.len;
    size_t len = domains->host.len - domains->start;
    for (; domains->hashed + 8 <= len; domains->hashed += 8)
        sg_sip_add_word(&domains->sip, end - domains->hashed - 8);
    struct sg_sip sip = domains->sip;
    sg_sip_add_rest(&sip, end - len, len);
    return sg_sip_end(&sip);
}

static void add_domain(struct sg_constraint_keys *keys, struct domains *domains, unsigned kinds)
{
    if (sg_constraint_wants_key(&keys->wants, kinds, domains->depth))
        sg_constraint_keys_add(
            keys, (struct sg_constraint_key){kinds, domains->depth,
                                             sg_span_from(domains->host, domains->start),
                                             hash_domain(domains)});
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
