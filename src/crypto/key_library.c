/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key_library.h"

#include "crypto/context.h"
#include "signet/key.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdlib.h>

struct sg_key_library *sg_key_library_new(void)
{
    struct sg_key_library *library = calloc(1, sizeof *library);
    if (library == NULL)
        return NULL;
    atomic_init(&library->references, 1);
    library->context = OSSL_LIB_CTX_new();
    /* By name, as loading another one later would else keep it from being loaded by itself. */
    if (library->context != NULL)
        library->standard = OSSL_PROVIDER_load(library->context, "default");
    if (library->standard != NULL)
        return library;
    (void)sg_crypto_drain();
    sg_key_library_unref(library);
    return NULL;
}

struct sg_key_library *sg_key_library_ref(struct sg_key_library *library)
{
    atomic_fetch_add_explicit(&library->references, 1, memory_order_relaxed);
    return library;
}

void sg_key_library_unref(struct sg_key_library *library)
{
    if (library == NULL ||
        atomic_fetch_sub_explicit(&library->references, 1, memory_order_acq_rel) > 1)
        return;
    if (library->legacy != NULL)
        OSSL_PROVIDER_unload(library->legacy);
    if (library->standard != NULL)
        OSSL_PROVIDER_unload(library->standard);
    OSSL_LIB_CTX_free(library->context);
    free(library);
}

bool sg_key_library_load_legacy(struct sg_key_library *library)
{
    if (library->legacy == NULL)
        library->legacy = OSSL_PROVIDER_load(library->context, "legacy");
    if (library->legacy == NULL)
        (void)sg_crypto_drain();
    return library->legacy != NULL;
}

bool sg_key_library_random(struct sg_key_library *library, uint8_t *out, size_t len)
{
    if (RAND_bytes_ex(library->context, out, len, 0) == 1)
        return true;
    (void)sg_crypto_drain();
    return false;
}

const char *signet_key_libcrypto_version(void)
{
    return OpenSSL_version(OPENSSL_VERSION);
}
