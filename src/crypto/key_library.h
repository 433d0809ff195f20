/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The crypto library as private keys and their files use it: a context of its own, shared by all
 * keys of one file, so that nothing of the process' default context (which configuration files
 * shape) is touched or changed.
 */
#ifndef SG_CRYPTO_KEY_LIBRARY_H
#define SG_CRYPTO_KEY_LIBRARY_H

#include "signet/base.h"

#include <openssl/provider.h>
#include <openssl/types.h>
#include <stdatomic.h>

struct sg_key_library {
    atomic_uint references;
    OSSL_LIB_CTX *context;
    OSSL_PROVIDER *standard;
    OSSL_PROVIDER *legacy; /* NULL until asked for */
};

/* With one reference. NULL when memory is out. */
SIGNET_MUST_CHECK struct sg_key_library *sg_key_library_new(void);
struct sg_key_library *sg_key_library_ref(struct sg_key_library *library);
void sg_key_library_unref(struct sg_key_library *library); /* NULL is legal */

/* RC2, RC4 and DES, as old files have them. False: this system does not have that provider. */
SIGNET_MUST_CHECK bool sg_key_library_load_legacy(struct sg_key_library *library);

/* Random octets. */
SIGNET_MUST_CHECK bool sg_key_library_random(struct sg_key_library *library, uint8_t *out,
                                             size_t len);

#endif
