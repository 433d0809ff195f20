/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/hash.h"

static bool begin(union sg_hash_state *state, struct sg_crypto *crypto, enum sg_digest_type type)
{
    const EVP_MD *md = sg_crypto_digest(crypto, type, sg_hash_evp_name(type));
    state->evp = md == NULL ? NULL : EVP_MD_CTX_new();
    if (state->evp != NULL && EVP_DigestInit_ex2(state->evp, md, NULL) == 1)
        return true;
    EVP_MD_CTX_free(state->evp);
    (void)sg_crypto_drain();
    return false;
}

static bool update(union sg_hash_state *state, struct signet_span bytes)
{
    return EVP_DigestUpdate(state->evp, bytes.ptr, bytes.len) == 1;
}

static bool finish(union sg_hash_state *state, uint8_t *octets, size_t len)
{
    if (EVP_MD_get_flags(EVP_MD_CTX_get0_md(state->evp)) & EVP_MD_FLAG_XOF)
        return EVP_DigestFinalXOF(state->evp, octets, len) == 1;
    return EVP_DigestFinal_ex(state->evp, octets, NULL) == 1;
}

static void abandon(union sg_hash_state *state)
{
    EVP_MD_CTX_free(state->evp);
}

const struct sg_hash sg_hash_evp = {begin, update, finish, abandon};
