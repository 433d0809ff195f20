/* SPDX-License-Identifier: Apache-2.0 */
/*
 * uniformResourceIdentifier constraints (RFC 5280 4.2.1.10): a host, or after a leading dot all
 * hosts below a domain.
 */
#include "address/host.h"
#include "path/constraint.h"

static bool base_keys(struct sg_constraint_keys *keys, const struct sg_general_name *base,
                      bool excluded)
{
    (void)excluded;
    if (base->value.len == 0) {
        sg_constraint_keys_add_any(keys, SG_CONSTRAINT_URI_ANY);
        return true;
    }
    bool dot = base->value.ptr[0] == '.';
    struct signet_span host = sg_constraint_fold(keys, 0, sg_span_from(base->value, dot ? 1 : 0));
    if (!sg_host_valid_ascii(host))
        return false;
    enum sg_constraint_kind kind = dot ? SG_CONSTRAINT_URI_DOMAIN : SG_CONSTRAINT_URI_HOST;
    sg_constraint_host_key(keys, SG_CONSTRAINT_BIT(kind), host);
    return true;
}

static bool is_digits(struct signet_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    }
    return true;
}

/* More than one label, and no IPv4 address in any spelling: those end with a number, which no
 * top-level domain is (RFC 3696 2). */
static bool is_fully_qualified(struct signet_span host)
{
    size_t last = host.len;
    while (last > 0 && host.ptr[last - 1] != '.')
        last--;
    return last > 0 && sg_host_valid_ascii(host) && !is_digits(sg_span_from(host, last));
}

static bool name_keys(struct sg_constraint_keys *keys, const struct sg_general_name *name)
{
    struct signet_span host = sg_constraint_fold(keys, 0, sg_uri_host(name->value));
    if (host.len > 0 && host.ptr[host.len - 1] == '.')
        host.len--;
    if (!is_fully_qualified(host))
        return false;

    sg_constraint_keys_add_any(keys, SG_CONSTRAINT_URI_ANY);
    sg_constraint_host_keys(keys, SG_CONSTRAINT_URI_HOST, SG_CONSTRAINT_URI_DOMAIN, host);
    return true;
}

const struct sg_constraint_form sg_constraint_uri = {base_keys, name_keys};
