/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which keyUsage suits a kind of key (RFC 3279 2.3, RFC 5480 3, RFC 8410 5; RFC 3850 4.4.2).
 */
#ifndef SG_MAKER_KEY_USE_H
#define SG_MAKER_KEY_USE_H

#include "crypto/public_key.h"
#include "x509/certificate.h"

/* The bits (enum sg_key_usage) of a certificate for signing, encrypting or both. False: the key
 * cannot do it. */
SIGNET_MUST_CHECK bool sg_key_use_usage(enum sg_key_type type, bool sign, bool encrypt,
                                        uint16_t *usage);

/* The bits for all that the key can do for mail. */
uint16_t sg_key_use_mail(enum sg_key_type type);

/* All bits that make sense for the kind of key. */
uint16_t sg_key_use_possible(enum sg_key_type type);

#endif
