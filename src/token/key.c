/* SPDX-License-Identifier: Apache-2.0 */
#include "token/key.h"

#include "base/span.h"
#include "token/public_key.h"
#include "token/trouble.h"

#include <stdlib.h>

#define MAX_PUBLIC_DER 16384

enum sg_key_answer sg_token_answer(CK_RV status)
{
    static const struct {
        CK_RV status;
        enum sg_key_answer answer;
    } rows[] = {
        {CKR_OK, SG_KEY_DONE},
        {CKR_HOST_MEMORY, SG_KEY_NEEDS_MEMORY},
        /* It is not to be used by us, or not there any more. */
        {CKR_USER_NOT_LOGGED_IN, SG_KEY_DENIED},
        {CKR_PIN_INCORRECT, SG_KEY_DENIED},
        {CKR_PIN_LOCKED, SG_KEY_DENIED},
        {CKR_PIN_EXPIRED, SG_KEY_DENIED},
        {CKR_FUNCTION_CANCELED, SG_KEY_DENIED},
        {CKR_DEVICE_REMOVED, SG_KEY_DENIED},
        {CKR_TOKEN_NOT_PRESENT, SG_KEY_DENIED},
        {CKR_TOKEN_NOT_RECOGNIZED, SG_KEY_DENIED},
        {CKR_SESSION_CLOSED, SG_KEY_DENIED},
        {CKR_SESSION_HANDLE_INVALID, SG_KEY_DENIED},
        {CKR_KEY_HANDLE_INVALID, SG_KEY_DENIED},
        {CKR_OBJECT_HANDLE_INVALID, SG_KEY_DENIED},
        {CKR_CRYPTOKI_NOT_INITIALIZED, SG_KEY_DENIED},
        /* Not this by this key. */
        {CKR_ARGUMENTS_BAD,
         SG_KEY_CANNOT}, /* SoftHSM's word for OAEP with another digest than SHA-1 */
        {CKR_MECHANISM_INVALID, SG_KEY_CANNOT},
        {CKR_MECHANISM_PARAM_INVALID, SG_KEY_CANNOT},
        {CKR_KEY_TYPE_INCONSISTENT, SG_KEY_CANNOT},
        {CKR_KEY_FUNCTION_NOT_PERMITTED, SG_KEY_CANNOT},
        {CKR_KEY_SIZE_RANGE, SG_KEY_CANNOT},
        {CKR_FUNCTION_NOT_SUPPORTED, SG_KEY_CANNOT},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].status == status)
            return rows[i].answer;
    }
    return SG_KEY_FAILED;
}

bool sg_token_digest(enum sg_digest_type type, CK_MECHANISM_TYPE *mechanism,
                     CK_RSA_PKCS_MGF_TYPE *mask)
{
    static const struct {
        enum sg_digest_type type;
        CK_MECHANISM_TYPE mechanism;
        CK_RSA_PKCS_MGF_TYPE mask;
    } rows[] = {
        {SG_DIGEST_SHA1, CKM_SHA_1, CKG_MGF1_SHA1},
        {SG_DIGEST_SHA224, CKM_SHA224, CKG_MGF1_SHA224},
        {SG_DIGEST_SHA256, CKM_SHA256, CKG_MGF1_SHA256},
        {SG_DIGEST_SHA384, CKM_SHA384, CKG_MGF1_SHA384},
        {SG_DIGEST_SHA512, CKM_SHA512, CKG_MGF1_SHA512},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].type != type)
            continue;
        *mechanism = rows[i].mechanism;
        *mask = rows[i].mask;
        return true;
    }
    return false;
}

enum sg_key_answer sg_token_begin(struct sg_token_key *key, CK_MECHANISM *mechanism,
                                  CK_RV (*init)(CK_SESSION_HANDLE, CK_MECHANISM *,
                                                CK_OBJECT_HANDLE))
{
    if (key->slot.denied)
        return SG_KEY_DENIED;
    enum sg_key_answer answer =
        sg_token_answer(init(sg_slot_session(&key->slot), mechanism, key->object.handle));
    if (answer != SG_KEY_DONE || !key->always_authenticate)
        return answer;
    enum signet_status status = sg_slot_login(&key->slot, true);
    if (status == SIGNET_ERR_MEMORY)
        return SG_KEY_NEEDS_MEMORY;
    return status == SIGNET_OK ? SG_KEY_DONE : SG_KEY_DENIED;
}

/* --- opening one */

static void free_key(void *state)
{
    struct sg_token_key *key = state;
    sg_slot_close(&key->slot);
    sg_crypto_free(key->crypto);
    sg_key_library_unref(key->library);
    sg_wipe(key->rejection, sizeof(key->rejection));
    free(key);
}

static const struct sg_key_methods methods = {
    .holder = "token",
    .sign = sg_token_key_sign,
    .decrypt = sg_token_key_decrypt,
    .agree = sg_token_key_agree,
    .hand_out = NULL,
    .free = free_key,
};

/* The one private key that the URI fits. */
static enum signet_status find_key(struct sg_token_key *key)
{
    struct sg_slot *slot = &key->slot;
    struct sg_object_list list = {NULL, 0, 0};
    size_t num = 0;
    if (slot->uri.type != SG_TOKEN_URI_ANY && slot->uri.type != SG_TOKEN_URI_PRIVATE)
        return sg_token_fail(&slot->report, SIGNET_TOKEN_URI,
                             "The PKCS#11 URI speaks of no private key but of another type.");
    enum signet_status status = sg_module_find(&slot->module, CKO_PRIVATE_KEY, &list);
    if (status != SIGNET_OK)
        return status;
    for (size_t i = 0; i < list.num; i++) {
        if (!sg_slot_object_fits(slot, &list.items[i], &slot->uri))
            continue;
        num++;
        key->object = list.items[i];
    }
    if (slot->arena.failed)
        return sg_arena_status(&slot->arena);
    if (num == 0)
        return sg_token_fail(&slot->report, SIGNET_TOKEN_NO_KEY,
                             "Token %s has no such private key.", slot->label);
    if (num > 1)
        return sg_token_fail(&slot->report, SIGNET_TOKEN_AMBIGUOUS,
                             "The URI fits %zu private keys of token %s; name one by id=.", num,
                             slot->label);
    return SIGNET_OK;
}

static enum signet_status read_public(struct sg_token_key *key)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_buffer spki;
    sg_buffer_init(&spki, MAX_PUBLIC_DER);
    enum signet_status status = sg_token_public_key(&key->slot, &key->object, &spki);
    if (status == SIGNET_OK && spki.status != SIGNET_OK)
        status = spki.status;
    if (status == SIGNET_OK)
        key->public_der = sg_arena_copy(&key->slot.arena, sg_buffer_span(&spki));
    sg_buffer_free(&spki);
    if (status == SIGNET_OK)
        status = sg_arena_status(&key->slot.arena);
    if (status != SIGNET_OK)
        return status;
    struct sg_der der = sg_der_begin(key->public_der, &error);
    if (sg_spki_parse(&der, &key->spki) && sg_der_end(&der) && key->spki.type != SG_KEY_UNKNOWN)
        return SIGNET_OK;
    return sg_token_fail(&key->slot.report, SIGNET_TOKEN_UNSUPPORTED,
                         "The public key that token %s has for the private key cannot be read.",
                         key->slot.label);
}

static void read_always_authenticate(struct sg_token_key *key)
{
    struct signet_span value;
    key->always_authenticate =
        sg_object_attribute(&key->slot.module, &key->object, CKA_ALWAYS_AUTHENTICATE, 1, &value) ==
            SG_ATTRIBUTE_FOUND &&
        value.len == 1 && value.ptr[0] != CK_FALSE;
}

static enum signet_status open_key(struct sg_token_key *key, const char *uri,
                                   const struct signet_token_access *access)
{
    enum signet_status status = sg_slot_open(&key->slot, uri, access);
    if (status == SIGNET_OK)
        status = sg_slot_login(&key->slot, false);
    if (status == SIGNET_OK)
        status = find_key(key);
    if (status == SIGNET_OK)
        status = read_public(key);
    if (status != SIGNET_OK)
        return status;
    read_always_authenticate(key);
    return sg_crypto_new(&key->crypto);
}

enum signet_status signet_token_key_open(const char *uri, const struct signet_token_access *access,
                                         struct signet_key **key,
                                         struct signet_token_report *report)
{
    bool no_memory = true;
    struct sg_token_key *opened = calloc(1, sizeof(*opened));
    *key = NULL;
    *report = (struct signet_token_report){.trouble = SIGNET_TOKEN_FINE};
    if (opened == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = open_key(opened, uri, access);
    *report = opened->slot.report;
    if (status != SIGNET_OK) {
        free_key(opened);
        return status;
    }
    *key = sg_key_new(&methods, opened, opened->public_der, &no_memory);
    return *key != NULL ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

bool signet_token_uri_is(const char *text)
{
    return sg_token_uri_is(sg_span_text(text));
}
