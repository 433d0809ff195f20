/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/context.h"
#include "crypto/secret.h"

#include <openssl/err.h>
#include <stdlib.h>

enum signet_status sg_crypto_new(struct sg_crypto **crypto)
{
    *crypto = NULL;
    struct sg_crypto *made = calloc(1, sizeof *made);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    made->numbers = BN_CTX_new();
    if (made->numbers == NULL) {
        free(made);
        (void)sg_crypto_drain();
        return SIGNET_ERR_MEMORY;
    }
    *crypto = made;
    return SIGNET_OK;
}

void sg_crypto_free(struct sg_crypto *crypto)
{
    if (crypto == NULL)
        return;
    for (size_t i = 0; i < SG_NUM_CURVES; i++)
        EC_GROUP_free(crypto->groups[i]);
    for (size_t i = 0; i < SG_NUM_DIGESTS; i++)
        EVP_MD_free(crypto->digests[i]);
    OSSL_LIB_CTX_free(crypto->library);
    BN_CTX_free(crypto->numbers);
    sg_wipe(crypto->stock, crypto->num_stock);
    free(crypto);
}

OSSL_LIB_CTX *sg_crypto_library(struct sg_crypto *crypto)
{
    if (crypto->library == NULL)
        crypto->library = OSSL_LIB_CTX_new();
    return crypto->library;
}

const EVP_MD *sg_crypto_digest(struct sg_crypto *crypto, enum sg_digest_type type, const char *name)
{
    if (crypto->digests[type] == NULL && sg_crypto_library(crypto) != NULL)
        crypto->digests[type] = EVP_MD_fetch(crypto->library, name, NULL);
    return crypto->digests[type];
}

bool sg_crypto_drain(void)
{
    unsigned long error = ERR_get_error();
    bool no_memory = error == 0;
    for (; error != 0; error = ERR_get_error())
        no_memory = no_memory || ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
    return no_memory;
}
