/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSA decryption by a token. It takes the padding off itself, and says whether that was right; here
 * this goes no further: what fails gives another key, as in software (implicit_rejection.h). How
 * long the token took for it is the token's.
 */
#include "base/span.h"
#include "crypto/digest.h"
#include "token/key.h"

#define MAX_BLOCK 4096

/* What the ciphertext has no part in: the PIN, the token's presence, what the key is for. */
static bool is_no_rejection(enum sg_key_answer answer)
{
    return answer == SG_KEY_DENIED || answer == SG_KEY_NEEDS_MEMORY;
}

static enum sg_key_answer run(struct sg_token_key *key, CK_MECHANISM *mechanism,
                              struct signet_span encrypted, uint8_t block[MAX_BLOCK], size_t *len,
                              uint32_t *wrong)
{
    CK_FUNCTION_LIST *functions = key->slot.module.functions;
    CK_ULONG block_len = MAX_BLOCK;
    *len = 0;
    enum sg_key_answer answer = sg_token_begin(key, mechanism, functions->C_DecryptInit);
    if (answer != SG_KEY_DONE)
        return answer;
    CK_RV status =
        functions->C_Decrypt(sg_slot_session(&key->slot), (unsigned char *)(uintptr_t)encrypted.ptr,
                             encrypted.len, block, &block_len);
    answer = sg_token_answer(status);
    if (is_no_rejection(answer))
        return answer;
    *wrong = (uint32_t)(status != CKR_OK) | (uint32_t)(block_len > MAX_BLOCK);
    *len = block_len;
    return SG_KEY_DONE;
}

/*
 * A secret that only the token can compute, so that one ciphertext is rejected by the same octets
 * whenever it comes: the bare RSA operation on a fixed number. Where the token does not do that, a
 * random one, the same as long as the key is open.
 */
static enum sg_key_answer make_secret(struct sg_token_key *key)
{
    static const char purpose[] = "signet: octets that stand for a key that was not decrypted";
    uint8_t block[MAX_BLOCK], fixed[MAX_BLOCK] = {0};
    size_t len = (key->spki.bits + 7) / 8, out_len;
    CK_MECHANISM raw = {CKM_RSA_X_509, NULL, 0};
    uint32_t wrong = 1;
    struct sg_key_library *library = sg_key_library_new();
    if (library == NULL)
        return SG_KEY_NEEDS_MEMORY;
    bool made = false;
    enum sg_key_answer answer = SG_KEY_CANNOT;
    if (len > sizeof(purpose) && len <= MAX_BLOCK) {
        memcpy(fixed + len - sizeof(purpose), purpose, sizeof(purpose));
        answer = run(key, &raw, sg_span(fixed, len), block, &out_len, &wrong);
        made = answer == SG_KEY_DONE && wrong == 0 && out_len >= len - 1 &&
               sg_sha256(sg_span(block, out_len), key->rejection);
    }
    sg_wipe(block, sizeof(block));
    if (!made && !is_no_rejection(answer))
        made = sg_key_library_random(library, key->rejection, sizeof(key->rejection));
    if (made)
        key->library = library;
    else
        sg_key_library_unref(library);
    return made ? SG_KEY_DONE : is_no_rejection(answer) ? answer : SG_KEY_FAILED;
}

static bool make_mechanism(const struct sg_key_transport *transport, CK_MECHANISM *mechanism,
                           CK_RSA_PKCS_OAEP_PARAMS *oaep)
{
    CK_MECHANISM_TYPE mask_digest;
    CK_RSA_PKCS_MGF_TYPE unused;
    *mechanism = (CK_MECHANISM){CKM_RSA_PKCS, NULL, 0};
    if (!transport->oaep)
        return true;
    if (!sg_token_digest(transport->digest, &oaep->hashAlg, &unused) ||
        !sg_token_digest(transport->mgf_digest, &mask_digest, &oaep->mgf))
        return false;
    oaep->source = CKZ_DATA_SPECIFIED;
    oaep->pSourceData = (void *)(uintptr_t)transport->label.ptr;
    oaep->ulSourceDataLen = transport->label.len;
    *mechanism = (CK_MECHANISM){CKM_RSA_PKCS_OAEP, oaep, sizeof(*oaep)};
    return true;
}

static enum sg_key_answer decrypt(struct sg_token_key *key, CK_MECHANISM *mechanism,
                                  struct signet_span encrypted, struct sg_secret *plain)
{
    uint8_t block[MAX_BLOCK] = {0};
    size_t len;
    uint32_t wrong = 1;
    enum sg_key_answer answer = run(key, mechanism, encrypted, block, &len, &wrong);
    if (answer == SG_KEY_DONE)
        sg_rejection_choose(plain->ptr, block, plain->len, wrong | (uint32_t)(len != plain->len));
    sg_wipe(block, sizeof(block));
    return answer;
}

enum sg_key_answer sg_token_key_decrypt(void *state, const struct sg_key_transport *transport,
                                        struct signet_span encrypted, size_t plain_len,
                                        struct sg_secret *plain)
{
    struct sg_token_key *key = state;
    CK_MECHANISM mechanism;
    CK_RSA_PKCS_OAEP_PARAMS oaep = {0};
    if (plain_len > SG_REJECTION_MAX_LEN || !make_mechanism(transport, &mechanism, &oaep))
        return SG_KEY_CANNOT;
    enum sg_key_answer answer = key->library != NULL ? SG_KEY_DONE : make_secret(key);
    if (answer != SG_KEY_DONE)
        return answer;
    if (!sg_secret_new(plain_len, plain))
        return SG_KEY_NEEDS_MEMORY;
    answer = sg_rejection_fill(key->library, key->rejection, encrypted, plain->ptr, plain_len)
                 ? decrypt(key, &mechanism, encrypted, plain)
                 : SG_KEY_FAILED;
    if (answer != SG_KEY_DONE)
        sg_secret_free(plain);
    return answer;
}
