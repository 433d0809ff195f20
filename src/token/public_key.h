/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The public half of a token's private key: PKCS#11 has no one place for it.
 */
#ifndef SG_TOKEN_PUBLIC_KEY_H
#define SG_TOKEN_PUBLIC_KEY_H

#include "token/slot.h"

/*
 * A SubjectPublicKeyInfo for the private key KEY, in SPKI: from the key itself (RSA), from the
 * public key with the same CKA_ID, or from the certificate with it. SIGNET_ERR_IO: there is none,
 * or of a kind that is not known (told).
 */
SIGNET_MUST_CHECK enum signet_status
sg_token_public_key(struct sg_slot *slot, const struct sg_object *key, struct sg_buffer *spki);

#endif
