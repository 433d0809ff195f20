/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Octets written to memory, to be put out when all is done.
 */
#ifndef CLI_GATHER_H
#define CLI_GATHER_H

#include <signet/sink.h>

struct gathered {
    uint8_t *ptr; /* from malloc */
    size_t len, cap;
};

struct signet_sink gathered_sink(struct gathered *gathered);
struct signet_span gathered_span(const struct gathered *gathered);
void gathered_free(struct gathered *gathered); /* a zeroed one is legal */

#endif
