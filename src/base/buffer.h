/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growable buffer that cannot be made without a maximum. Failure is latched: write all, ask once.
 */
#ifndef SG_BASE_BUFFER_H
#define SG_BASE_BUFFER_H

#include "signet/base.h"

struct sg_buffer {
    uint8_t *ptr;
    size_t len;
    size_t cap;
    size_t max;
    enum signet_status status; /* SIGNET_OK, or the first failure: ERR_MEMORY or ERR_LIMIT */
};

void sg_buffer_init(struct sg_buffer *buffer, size_t max);
void sg_buffer_free(struct sg_buffer *buffer); /* a zeroed buffer is legal */
void sg_buffer_add(struct sg_buffer *buffer, struct signet_span bytes);
void sg_buffer_add_byte(struct sg_buffer *buffer, uint8_t byte);
void sg_buffer_add_text(struct sg_buffer *buffer, const char *text);
void sg_buffer_printf(struct sg_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline struct signet_span sg_buffer_span(const struct sg_buffer *buffer)
{
    return (struct signet_span){buffer->ptr, buffer->len};
}

#endif
