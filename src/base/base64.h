/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Base64 (RFC 4648 4) in lines of 64 characters, as PEM (RFC 7468 2) and MIME (RFC 2045 6.8) have
 * it, on its way to a sink. Reading it is in mime/transfer.h.
 */
#ifndef SG_BASE_BASE64_H
#define SG_BASE_BASE64_H

#include "signet/sink.h"

#define SG_BASE64_LINE_OCTETS 48

/* NUM groups of three octets at IN as so many of four characters at OUT. The time that it takes
 * tells nothing of the octets, which may be a key's. */
void sg_base64_encode(const uint8_t *in, size_t num, uint8_t *out);

struct sg_base64_writer {
    const struct signet_sink *sink;
    const char *line_end;
    uint8_t line[SG_BASE64_LINE_OCTETS]; /* what the next line will say */
    size_t line_len;
};

/* LINE_END: "\n" or "\r\n"; it must outlive the writer, as SINK must. */
struct sg_base64_writer sg_base64_writer_begin(const struct signet_sink *sink,
                                               const char *line_end);
/* False: the sink could not take it. */
SIGNET_MUST_CHECK bool sg_base64_writer_add(struct sg_base64_writer *writer,
                                            struct signet_span octets);
/* The last line, with its line end. */
SIGNET_MUST_CHECK bool sg_base64_writer_finish(struct sg_base64_writer *writer);

#endif
