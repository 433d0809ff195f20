/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key_derivation.h"

#include "base/span.h"
#include "crypto/context.h"
#include "crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <string.h>

/* What SharedInfo and OtherInfo may have of the sender's octets, and a key of anybody's. */
#define MAX_INFO_LEN 65536
#define MAX_KEY_LEN  64

static void put_counter(uint8_t *out, uint32_t counter)
{
    out[0] = (uint8_t)(counter >> 24);
    out[1] = (uint8_t)(counter >> 16);
    out[2] = (uint8_t)(counter >> 8);
    out[3] = (uint8_t)counter;
}

/* Both older functions hash the secret, a counter and the rest, block after block. */
static bool derive_by_counting(struct sg_key_library *library, enum sg_digest_type digest,
                               struct sg_secret *input, size_t counter_at, struct sg_secret *key)
{
    uint8_t block[SG_DIGEST_MAX_LEN];
    size_t digest_len = sg_digest_len(digest);
    bool done = true;
    for (size_t at = 0; done && at < key->len; at += digest_len) {
        put_counter(input->ptr + counter_at, (uint32_t)(at / digest_len) + 1);
        done = EVP_Q_digest(library->context, sg_hash_evp_name(digest), NULL, input->ptr,
                            input->len, block, NULL) == 1;
        if (done)
            memcpy(key->ptr + at, block, key->len - at < digest_len ? key->len - at : digest_len);
    }
    sg_wipe(block, sizeof block);
    return done;
}

static enum sg_key_answer derive_counted(struct sg_key_library *library,
                                         enum sg_derivation derivation, enum sg_digest_type digest,
                                         struct signet_span secret, struct signet_span info,
                                         size_t counter_at, struct sg_secret *key)
{
    struct sg_secret input;
    size_t gap = derivation == SG_DERIVE_X963 ? 4 : 0;
    if (!sg_secret_new(secret.len + gap + info.len, &input))
        return SG_KEY_NEEDS_MEMORY;
    if (secret.len > 0)
        memcpy(input.ptr, secret.ptr, secret.len);
    if (info.len > 0)
        memcpy(input.ptr + secret.len + gap, info.ptr, info.len);
    bool done =
        derive_by_counting(library, digest, &input, secret.len + (gap > 0 ? 0 : counter_at), key);
    sg_secret_free(&input);
    if (done)
        return SG_KEY_DONE;
    return sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
}

static enum sg_key_answer derive_hkdf(struct sg_key_library *library, enum sg_digest_type digest,
                                      struct signet_span secret, struct signet_span info,
                                      struct sg_secret *key)
{
    char *name = (char *)(uintptr_t)sg_hash_evp_name(digest);
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, name, 0),
                                 OSSL_PARAM_construct_octet_string(
                                     OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)secret.ptr, secret.len),
                                 OSSL_PARAM_construct_octet_string(
                                     OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)info.ptr, info.len),
                                 OSSL_PARAM_construct_end()};
    EVP_KDF *method = EVP_KDF_fetch(library->context, "HKDF", NULL);
    EVP_KDF_CTX *context = method == NULL ? NULL : EVP_KDF_CTX_new(method);
    bool done = context != NULL && EVP_KDF_derive(context, key->ptr, key->len, params) == 1;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(method);
    if (done)
        return SG_KEY_DONE;
    return sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
}

enum sg_key_answer sg_key_derive(struct sg_key_library *library, enum sg_derivation derivation,
                                 enum sg_digest_type digest, struct signet_span secret,
                                 struct signet_span info, size_t counter_at, size_t key_len,
                                 struct sg_secret *key)
{
    *key = (struct sg_secret){.ptr = NULL};
    if (sg_hash_evp_name(digest) == NULL || info.len > MAX_INFO_LEN || key_len > MAX_KEY_LEN ||
        (derivation == SG_DERIVE_X942 && (info.len < 4 || counter_at > info.len - 4)))
        return SG_KEY_CANNOT;
    if (!sg_secret_new(key_len, key))
        return SG_KEY_NEEDS_MEMORY;
    enum sg_key_answer answer =
        derivation == SG_DERIVE_HKDF
            ? derive_hkdf(library, digest, secret, info, key)
            : derive_counted(library, derivation, digest, secret, info, counter_at, key);
    if (answer != SG_KEY_DONE)
        sg_secret_free(key);
    return answer;
}
