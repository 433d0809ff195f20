/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Octets on their way to a sink. Failure is latched: write all, ask once.
 */
#ifndef SG_REPORT_EMIT_H
#define SG_REPORT_EMIT_H

#include "base/buffer.h"
#include "signet/report.h"

#define SG_EMIT_SIZE 4096

struct sg_emit {
    const struct signet_sink *sink;
    enum signet_status status; /* SIGNET_OK, or the first failure; then nothing more is written */
    size_t len;                /* octets waiting */
    size_t column;             /* characters since the last line end */
    uint8_t waiting[SG_EMIT_SIZE];
};

void sg_emit_init(struct sg_emit *emit, const struct signet_sink *sink);

/* Octets that are fit for the reader as they are. */
void sg_emit_bytes(struct sg_emit *emit, struct signet_span bytes);
void sg_emit_text(struct sg_emit *emit, const char *text);
/* For short texts of our own: cut at 256 octets. */
void sg_emit_printf(struct sg_emit *emit, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sg_emit_blanks(struct sg_emit *emit, size_t num);
void sg_emit_hex(struct sg_emit *emit, struct signet_span bytes);

/* Untrusted octets, escaped by sg_text_add_safe. */
void sg_emit_safe(struct sg_emit *emit, struct signet_span bytes);

/* Takes over STATUS, of something that was needed to write, unless an earlier failure is latched.
 */
void sg_emit_check(struct sg_emit *emit, enum signet_status status);

/* Hands what waits to the sink; the outcome of all. */
SIGNET_MUST_CHECK enum signet_status sg_emit_finish(struct sg_emit *emit);

#endif
