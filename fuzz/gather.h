/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sink that keeps what a report writes.
 */
#ifndef SIGNET_FUZZ_GATHER_H
#define SIGNET_FUZZ_GATHER_H

#include <signet/base.h>

#include <stdlib.h>
#include <string.h>

struct gathered {
    uint8_t *ptr;
    size_t len, cap;
};

static inline bool gather(void *context, struct signet_span bytes)
{
    struct gathered *text = context;
    if (bytes.len > text->cap - text->len) {
        size_t cap = (text->len + bytes.len) * 2;
        uint8_t *grown = realloc(text->ptr, cap);
        if (grown == NULL)
            return false;
        text->ptr = grown;
        text->cap = cap;
    }
    if (bytes.len > 0)
        memcpy(text->ptr + text->len, bytes.ptr, bytes.len);
    text->len += bytes.len;
    return true;
}

static inline struct signet_span gathered_span(const struct gathered *text)
{
    return (struct signet_span){text->ptr, text->len};
}

#endif
