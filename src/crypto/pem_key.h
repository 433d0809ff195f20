/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys in PEM (RFC 7468 10, 11), also in the older blocks that are encrypted as privacy
 * enhanced mail was (RFC 1421 4.6.1.1, "Proc-Type: 4,ENCRYPTED").
 */
#ifndef SG_CRYPTO_PEM_KEY_H
#define SG_CRYPTO_PEM_KEY_H

#include "crypto/pbe.h"

/* The first private key among the blocks of TEXT. */
SIGNET_MUST_CHECK enum signet_status
sg_pem_key_read(struct sg_opening *opening, struct signet_span text, struct signet_key **key);

#endif
