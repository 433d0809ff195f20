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
    for (size_t i = 0; i < host.len; i++)
        keys->text[at + i] = sg_ascii_lower(host.ptr[i]);
    return sg_span(keys->text + at, host.len);
}

/* Where the last label of HOST[0, END) starts. */
static size_t label_start(struct signet_span host, size_t end)
{
    while (end > 0 && host.ptr[end - 1] != '.')
        end--;
    return end;
}

/* The hash of the domain that starts at START, from the one of the domain one label shorter: all
 * suffixes of a name cost no more than one. */
static uint64_t hash_label(struct signet_span host, size_t start, size_t end, uint64_t rest)
{
    return sg_span_hash(sg_span(host.ptr + start, end - start), rest);
}

void sg_constraint_host_key(struct sg_constraint_keys *keys, unsigned kind, struct signet_span host)
{
    uint64_t hash = keys->seed;
    size_t end = host.len, start = label_start(host, end);
    while (start > 0) {
        hash = hash_label(host, start, end, hash);
        end = start - 1;
        start = label_start(host, end);
    }
    sg_constraint_keys_add(keys, kind, host, hash_label(host, 0, end, hash));
}

void sg_constraint_host_keys(struct sg_constraint_keys *keys, unsigned host_kind,
                             unsigned domain_kind, struct signet_span host)
{
    uint64_t hash = keys->seed;
    size_t end = host.len, start = label_start(host, end);
    while (start > 0) {
        hash = hash_label(host, start, end, hash);
        sg_constraint_keys_add(keys, domain_kind, sg_span_from(host, start), hash);
        end = start - 1;
        start = label_start(host, end);
    }
    sg_constraint_keys_add(keys, host_kind, host, hash_label(host, 0, end, hash));
}
