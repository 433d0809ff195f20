/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys in files, of whatever form; see signet_key_read.
 */
#ifndef SG_CRYPTO_KEY_FILE_H
#define SG_CRYPTO_KEY_FILE_H

#include "crypto/pbe.h"

/* The first private key in BYTES. */
SIGNET_MUST_CHECK enum signet_status
sg_key_file_read(struct sg_opening *opening, struct signet_span bytes, struct signet_key **key);

#endif
