/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing PEM (RFC 7468). Reading it is in bundle/pem.h.
 */
#ifndef SG_BASE_PEM_WRITE_H
#define SG_BASE_PEM_WRITE_H

#include "base/base64.h"

/* A block under way. */
struct sg_pem_writer {
    struct sg_base64_writer base64;
    const char *label;
};

/* LABEL and SINK must outlive the writer. False, here and below: the sink could not take it. */
SIGNET_MUST_CHECK bool sg_pem_writer_begin(struct sg_pem_writer *writer, const char *label,
                                           const struct signet_sink *sink);
SIGNET_MUST_CHECK bool sg_pem_writer_add(struct sg_pem_writer *writer, struct signet_span octets);
SIGNET_MUST_CHECK bool sg_pem_writer_finish(struct sg_pem_writer *writer);

#endif
