/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Octets on their way to a sink, in pieces of some thousand. Failure is latched: write all, ask
 * once.
 */
#ifndef SG_COMPOSE_WRITER_H
#define SG_COMPOSE_WRITER_H

#include "signet/sink.h"

struct sg_writer {
    const struct signet_sink *sink;
    enum signet_status status; /* SIGNET_OK, or SIGNET_ERR_IO: the sink has refused */
    size_t filled;
    uint8_t buffer[16384];
};

void sg_writer_init(struct sg_writer *writer, const struct signet_sink *sink);
void sg_writer_add(struct sg_writer *writer, struct signet_span bytes);
void sg_writer_add_byte(struct sg_writer *writer, uint8_t byte);
void sg_writer_add_text(struct sg_writer *writer, const char *text);
/* BYTES with every line end as CRLF; see sg_canonical. */
void sg_writer_add_lines(struct sg_writer *writer, struct signet_span bytes);
/* Hands over what is left. */
SIGNET_MUST_CHECK enum signet_status sg_writer_finish(struct sg_writer *writer);

#endif
