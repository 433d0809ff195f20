/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Octets that nobody may find in memory afterwards: keys as they are written, what a key unwraps.
 */
#ifndef SG_CRYPTO_SECRET_H
#define SG_CRYPTO_SECRET_H

#include "signet/base.h"

struct sg_secret {
    uint8_t *ptr; /* NULL: none */
    size_t len;
    size_t cap; /* octets that were taken, all of which are wiped */
};

/* LEN zeroed octets. False, *SECRET empty, when memory is out. */
SIGNET_MUST_CHECK bool sg_secret_new(size_t len, struct sg_secret *secret);
SIGNET_MUST_CHECK bool sg_secret_copy(struct signet_span octets, struct sg_secret *secret);
/* Wiped first. An empty secret is legal. */
void sg_secret_free(struct sg_secret *secret);
/* Octets in a caller's frame. */
void sg_wipe(void *octets, size_t len);

static inline struct signet_span sg_secret_span(const struct sg_secret *secret)
{
    return (struct signet_span){secret->ptr, secret->len};
}

#endif
