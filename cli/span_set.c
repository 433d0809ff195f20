/* SPDX-License-Identifier: Apache-2.0 */
#include "span_set.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a. Whoever chooses names to collide makes only the export of them slow. */
static size_t hash(struct signet_span span)
{
    uint64_t value = 0xcbf29ce484222325u;

    for (size_t i = 0; i < span.len; i++)
        value = (value ^ span.ptr[i]) * 0x100000001b3u;
    return (size_t)(value ^ value >> 32);
}

/* The slot of SPAN, or the free one where it belongs. */
static struct signet_span *find(const struct span_set *set, struct signet_span span)
{
    size_t at = hash(span) & (set->cap - 1);

    while (set->slots[at].ptr != NULL &&
           (set->slots[at].len != span.len ||
            (span.len > 0 && memcmp(set->slots[at].ptr, span.ptr, span.len) != 0)))
        at = (at + 1) & (set->cap - 1);
    return &set->slots[at];
}

static bool grow(struct span_set *set)
{
    struct span_set grown = {NULL, set->num, set->cap == 0 ? 64 : set->cap * 2};

    grown.slots = calloc(grown.cap, sizeof *grown.slots);
    if (grown.slots == NULL)
        return false;
    for (size_t i = 0; i < set->cap; i++)
        if (set->slots[i].ptr != NULL)
            *find(&grown, set->slots[i]) = set->slots[i];
    free(set->slots);
    *set = grown;
    return true;
}

bool span_set_add(struct span_set *set, struct signet_span span, bool *new)
{
    struct signet_span *slot;

    if (set->num * 2 >= set->cap && !grow(set))
        return false;
    slot = find(set, span);
    *new = slot->ptr == NULL;
    if (*new) {
        *slot = span;
        set->num++;
    }
    return true;
}

void span_set_free(struct span_set *set)
{
    free(set->slots);
    *set = (struct span_set){NULL, 0, 0};
}
