/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MD2 (RFC 1319), which no crypto library has any more. To read old signatures, never to make one.
 */
#ifndef SG_CRYPTO_MD2_H
#define SG_CRYPTO_MD2_H

#include "signet/base.h"

#define SG_MD2_LEN 16

struct sg_md2 {
    uint8_t state[SG_MD2_LEN];
    uint8_t checksum[SG_MD2_LEN];
    uint8_t pending[SG_MD2_LEN]; /* the beginning of the next block */
    size_t num_pending;
};

void sg_md2_init(struct sg_md2 *md2);
void sg_md2_update(struct sg_md2 *md2, struct signet_span bytes);
void sg_md2_finish(struct sg_md2 *md2, uint8_t out[SG_MD2_LEN]);

#endif
