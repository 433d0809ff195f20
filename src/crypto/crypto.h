/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam to the crypto library: the only folder that includes its headers. A context holds what
 * is costly to fetch, so nothing is global; everything else is by value.
 */
#ifndef SG_CRYPTO_CRYPTO_H
#define SG_CRYPTO_CRYPTO_H

#include "signet/base.h"

/* Fetched digests, curves, scratch numbers. One per thread: never used by two at the same time. */
struct sg_crypto;

SIGNET_MUST_CHECK enum signet_status sg_crypto_new(struct sg_crypto **crypto);
void sg_crypto_free(struct sg_crypto *crypto); /* NULL is legal */

#endif
