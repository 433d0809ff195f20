/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dNSName constraints (RFC 5280 4.2.1.10): the host itself, and zero or more labels added on the
 * left.
 */
#include "address/host.h"
#include "path/constraint.h"

static bool starts_with(struct signet_span text, const char *start)
{
    return sg_span_equal(sg_span_first(text, strlen(start)), sg_span_text(start));
}

/* Everything after the first label; empty when there is only one. */
static struct signet_span parent_domain(struct signet_span host)
{
    const uint8_t *dot = memchr(host.ptr, '.', host.len);
    return dot == NULL ? sg_span(NULL, 0) : sg_span_from(host, (size_t)(dot - host.ptr) + 1);
}

/*
 * A leading dot has no meaning for dNSName in the RFC, yet CAs write it for "at least one more
 * label". It is read so where that is the narrower reading, in permitted subtrees; an excluded
 * subtree takes in the domain itself.
 */
static bool base_keys(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded)
{
    if (base->value.len == 0) {
        sg_constraint_keys_add_any(keys, SG_CONSTRAINT_DNS_ANY);
        return true;
    }
    bool dot = starts_with(base->value, ".");
    struct signet_span host = sg_constraint_fold(keys, 0, sg_span_from(base->value, dot ? 1 : 0));
    if (!sg_host_valid_ascii(host))
        return false;

    struct signet_span parent = parent_domain(host);
    unsigned kinds = SG_CONSTRAINT_BIT(SG_CONSTRAINT_DNS_DOMAIN);
    if (!dot || excluded)
        kinds |= SG_CONSTRAINT_BIT(SG_CONSTRAINT_DNS_HOST);
    sg_constraint_host_key(keys, kinds, host);
    if (excluded && parent.len > 0)
        sg_constraint_host_key(keys, SG_CONSTRAINT_BIT(SG_CONSTRAINT_DNS_WILDCARD), parent);
    return true;
}

/* "*.example.com" stands for hosts of one label more: all of them must be permitted, and none of
 * them excluded. */
static bool name_keys(struct sg_constraint_keys *keys, const struct sg_general_name *name)
{
    bool wildcard = starts_with(name->value, "*.");
    struct signet_span host =
        sg_constraint_fold(keys, 0, sg_span_from(name->value, wildcard ? 2 : 0));
    if (!sg_host_valid_ascii(host))
        return false;

    sg_constraint_keys_add_any(keys, SG_CONSTRAINT_DNS_ANY);
    if (wildcard)
        sg_constraint_host_key(keys, SG_CONSTRAINT_BIT(SG_CONSTRAINT_DNS_WILDCARD), host);
    sg_constraint_host_keys(keys, wildcard ? SG_CONSTRAINT_DNS_DOMAIN : SG_CONSTRAINT_DNS_HOST,
                            SG_CONSTRAINT_DNS_DOMAIN, host);
    return true;
}

const struct sg_constraint_form sg_constraint_dns = {base_keys, name_keys};
