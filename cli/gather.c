/* SPDX-License-Identifier: Apache-2.0 */
#include "gather.h"

#include <stdlib.h>
#include <string.h>

static bool take(void *context, struct signet_span bytes)
{
    struct gathered *gathered = context;
    size_t cap = gathered->cap == 0 ? 4096 : gathered->cap;
    uint8_t *grown;

    while (cap - gathered->len < bytes.len) {
        if (cap > SIZE_MAX / 2)
            return false;
        cap *= 2;
    }
    grown = cap == gathered->cap ? gathered->ptr : realloc(gathered->ptr, cap);
    if (grown == NULL)
        return false;
    gathered->ptr = grown;
    gathered->cap = cap;
    if (bytes.len > 0)
        memcpy(grown + gathered->len, bytes.ptr, bytes.len);
    gathered->len += bytes.len;
    return true;
}

struct signet_sink gathered_sink(struct gathered *gathered)
{
    return (struct signet_sink){take, gathered};
}

struct signet_span gathered_span(const struct gathered *gathered)
{
    return (struct signet_span){gathered->ptr, gathered->len};
}

void gathered_free(struct gathered *gathered)
{
    free(gathered->ptr);
    *gathered = (struct gathered){NULL, 0, 0};
}
