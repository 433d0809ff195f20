/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared secrets by a token: ECDH (SEC 1 3.3.1), X25519 and X448 (RFC 7748), without a derivation,
 * which is done over them here. The peer's point is checked first: a token that does not is robbed
 * of its key by points of other curves.
 */
#include "base/span.h"
#include "token/key.h"

static size_t secret_len(const struct sg_spki *peer)
{
    return peer->type == SG_KEY_X25519 ? 32 : peer->type == SG_KEY_X448 ? 56 : (peer->bits + 7) / 8;
}

static enum sg_key_answer check_peer(struct sg_token_key *key, const struct sg_spki *peer)
{
    struct sg_public_key *public = NULL;
    size_t len = peer->type == SG_KEY_X25519 ? 32 : 56;
    if (peer->type == SG_KEY_X25519 || peer->type == SG_KEY_X448)
        return peer->key_bits.len == len ? SG_KEY_DONE : SG_KEY_CANNOT; /* any is a point */
    if (peer->type != SG_KEY_EC)
        return SG_KEY_CANNOT;
    enum sg_key_check checked =
        sg_public_key_new(key->crypto, peer, sg_span(NULL, 0), SIZE_MAX, &public);
    sg_public_key_free(public);
    if (checked == SG_KEY_NO_MEMORY)
        return SG_KEY_NEEDS_MEMORY;
    return checked == SG_KEY_OK ? SG_KEY_DONE : SG_KEY_CANNOT;
}

/* The value of a session object that the token derived; all zeros come from a point of small order
 * (RFC 7748 6.1). */
static enum sg_key_answer read_secret(struct sg_token_key *key, CK_OBJECT_HANDLE derived,
                                      struct sg_secret *shared)
{
    CK_ATTRIBUTE value = {CKA_VALUE, shared->ptr, shared->len};
    CK_RV status = key->slot.module.functions->C_GetAttributeValue(sg_slot_session(&key->slot),
                                                                   derived, &value, 1);
    if (status != CKR_OK)
        return sg_token_answer(status);
    if (value.ulValueLen != shared->len)
        return SG_KEY_FAILED;
    uint8_t any = 0;
    for (size_t i = 0; i < shared->len; i++)
        any |= shared->ptr[i];
    return any != 0 ? SG_KEY_DONE : SG_KEY_CANNOT;
}

static enum sg_key_answer derive(struct sg_token_key *key, const struct sg_spki *peer,
                                 struct sg_secret *shared)
{
    CK_FUNCTION_LIST *functions = key->slot.module.functions;
    CK_OBJECT_CLASS class_ = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
    CK_ULONG len = shared->len;
    CK_ATTRIBUTE wanted[] = {
        {CKA_CLASS, &class_, sizeof(class_)}, {CKA_KEY_TYPE, &type, sizeof(type)},
        {CKA_TOKEN, &no, sizeof(no)},         {CKA_SENSITIVE, &no, sizeof(no)},
        {CKA_EXTRACTABLE, &yes, sizeof(yes)}, {CKA_VALUE_LEN, &len, sizeof(len)},
    };
    CK_ECDH1_DERIVE_PARAMS params = {
        .kdf = CKD_NULL,
        .ulPublicDataLen = peer->key_bits.len,
        .pPublicData = (unsigned char *)(uintptr_t)peer->key_bits.ptr,
    };
    CK_MECHANISM mechanism = {CKM_ECDH1_DERIVE, &params, sizeof(params)};
    CK_OBJECT_HANDLE derived;
    CK_RV status =
        functions->C_DeriveKey(sg_slot_session(&key->slot), &mechanism, key->object.handle, wanted,
                               sizeof(wanted) / sizeof(wanted[0]), &derived);
    if (status != CKR_OK)
        return sg_token_answer(status);
    enum sg_key_answer answer = read_secret(key, derived, shared);
    functions->C_DestroyObject(sg_slot_session(&key->slot), derived);
    return answer;
}

enum sg_key_answer sg_token_key_agree(void *state, const struct sg_spki *peer,
                                      struct sg_secret *shared)
{
    struct sg_token_key *key = state;
    /* PKCS #11 has no begin of a derivation that a PIN could follow. */
    enum sg_key_answer answer = key->slot.denied ? SG_KEY_DENIED : check_peer(key, peer);
    if (answer != SG_KEY_DONE)
        return answer;
    if (!sg_secret_new(secret_len(peer), shared))
        return SG_KEY_NEEDS_MEMORY;
    answer = derive(key, peer, shared);
    if (answer != SG_KEY_DONE)
        sg_secret_free(shared);
    return answer;
}
