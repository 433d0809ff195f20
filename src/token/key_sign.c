/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures by a token: it gets digests, never messages, but for EdDSA. What it gives is verified:
 * one faulty RSA signature may tell the key, and a wrong public half would only show at the
 * recipient's.
 */
#include "asn1/der_writer.h"
#include "base/span.h"
#include "token/key.h"

#define MAX_SIGNATURE 4096
#define MAX_MESSAGE   ((size_t)64 << 10)

/* What goes into the token and by which mechanism. */
struct task {
    CK_MECHANISM mechanism;
    CK_RSA_PKCS_PSS_PARAMS pss;
    struct sg_buffer input;
};

/* DigestInfo (RFC 8017 9.2). */
static bool make_pkcs1(struct task *task, const struct sg_signature_algorithm *algorithm,
                       const struct sg_digest_value *digest)
{
    (void)algorithm;
    task->mechanism.mechanism = CKM_RSA_PKCS;
    size_t info = sg_der_open(&task->input, SG_TAG_SEQUENCE);
    sg_der_put_algorithm_null(&task->input, sg_digest_oid(digest->type));
    sg_der_put(&task->input, SG_TAG_OCTET_STRING, sg_span(digest->octets, digest->len));
    sg_der_close(&task->input, info);
    return true;
}

static bool make_pss(struct task *task, const struct sg_signature_algorithm *algorithm,
                     const struct sg_digest_value *digest)
{
    CK_MECHANISM_TYPE mask_digest;
    CK_RSA_PKCS_MGF_TYPE unused;
    if (!sg_token_digest(algorithm->digest, &task->pss.hashAlg, &unused) ||
        !sg_token_digest(algorithm->mgf_digest, &mask_digest, &task->pss.mgf))
        return false;
    task->pss.sLen = algorithm->salt_len;
    task->mechanism = (CK_MECHANISM){CKM_RSA_PKCS_PSS, &task->pss, sizeof(task->pss)};
    sg_buffer_add(&task->input, sg_span(digest->octets, digest->len));
    return true;
}

static bool make_ecdsa(struct task *task, const struct sg_signature_algorithm *algorithm,
                       const struct sg_digest_value *digest)
{
    (void)algorithm;
    task->mechanism.mechanism = CKM_ECDSA;
    sg_buffer_add(&task->input, sg_span(digest->octets, digest->len));
    return true;
}

static bool make_task(struct task *task, const struct sg_signature_algorithm *algorithm,
                      const struct sg_digest_value *digest, struct signet_span message)
{
    static const struct {
        enum sg_signature_scheme scheme;
        bool (*make)(struct task *task, const struct sg_signature_algorithm *algorithm,
                     const struct sg_digest_value *digest);
    } rows[] = {
        {SG_SCHEME_RSA_PKCS1, make_pkcs1},
        {SG_SCHEME_RSA_PSS, make_pss},
        {SG_SCHEME_ECDSA, make_ecdsa},
    };
    if (algorithm->scheme == SG_SCHEME_EDDSA) {
        task->mechanism.mechanism = CKM_EDDSA;
        sg_buffer_add(&task->input, message);
        return true;
    }
    /* Weak digests are read, but nobody should get new signatures over them. */
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].scheme == algorithm->scheme)
            return !sg_digest_is_weak(digest->type) && rows[i].make(task, algorithm, digest);
    }
    return false;
}

/* Ecdsa-Sig-Value from r and s side by side (PKCS #11 2.3.1). */
static bool put_ecdsa(struct sg_buffer *signature, struct signet_span pair)
{
    size_t half = pair.len / 2;
    if (half == 0 || pair.len % 2 != 0)
        return false;
    size_t sequence = sg_der_open(signature, SG_TAG_SEQUENCE);
    sg_der_put_magnitude(signature, sg_span_first(pair, half));
    sg_der_put_magnitude(signature, sg_span_from(pair, half));
    sg_der_close(signature, sequence);
    return true;
}

static enum sg_key_answer verify(struct sg_token_key *key,
                                 const struct sg_signature_algorithm *algorithm,
                                 const struct sg_digest_value *digest, struct signet_span message,
                                 struct signet_span signature)
{
    struct sg_public_key *public = NULL;
    enum sg_key_check checked =
        sg_public_key_new(key->crypto, &key->spki, sg_span(NULL, 0), SIZE_MAX, &public);
    if (checked != SG_KEY_OK)
        return checked == SG_KEY_NO_MEMORY ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
    enum sg_signature_check valid =
        digest == NULL
            ? sg_signature_verify(key->crypto, algorithm, public, message, signature)
            : sg_signature_verify_digest(key->crypto, algorithm, public, digest, signature);
    sg_public_key_free(public);
    if (valid == SG_SIGNATURE_NO_MEMORY)
        return SG_KEY_NEEDS_MEMORY;
    return valid == SG_SIGNATURE_VALID ? SG_KEY_DONE : SG_KEY_FAILED;
}

static enum sg_key_answer run(struct sg_token_key *key, struct task *task,
                              uint8_t octets[MAX_SIGNATURE], size_t *len)
{
    CK_FUNCTION_LIST *functions = key->slot.module.functions;
    CK_ULONG signature_len = MAX_SIGNATURE;
    enum sg_key_answer answer = sg_token_begin(key, &task->mechanism, functions->C_SignInit);
    if (answer == SG_KEY_DONE)
        answer = sg_token_answer(functions->C_Sign(sg_slot_session(&key->slot), task->input.ptr,
                                                   task->input.len, octets, &signature_len));
    if (answer == SG_KEY_DONE && signature_len > MAX_SIGNATURE)
        answer = SG_KEY_FAILED;
    *len = answer == SG_KEY_DONE ? signature_len : 0;
    return answer;
}

/* From the token's form to that of CMS. */
static enum sg_key_answer take(struct sg_token_key *key,
                               const struct sg_signature_algorithm *algorithm,
                               const struct sg_digest_value *digest, struct signet_span message,
                               struct signet_span made, struct sg_buffer *signature)
{
    struct sg_buffer form;
    sg_buffer_init(&form, (size_t)2 * MAX_SIGNATURE);
    enum sg_key_answer answer = SG_KEY_DONE;
    if (algorithm->scheme != SG_SCHEME_ECDSA)
        sg_buffer_add(&form, made);
    else if (!put_ecdsa(&form, made))
        answer = SG_KEY_FAILED;
    if (form.status == SIGNET_ERR_MEMORY)
        answer = SG_KEY_NEEDS_MEMORY;
    if (answer == SG_KEY_DONE)
        answer = verify(key, algorithm, digest, message, sg_buffer_span(&form));
    if (answer == SG_KEY_DONE)
        sg_buffer_add(signature, sg_buffer_span(&form));
    sg_buffer_free(&form);
    return answer;
}

enum sg_key_answer sg_token_key_sign(void *state, const struct sg_signature_algorithm *algorithm,
                                     const struct sg_digest_value *digest,
                                     struct signet_span message, struct sg_buffer *signature)
{
    struct sg_token_key *key = state;
    struct task task = {.mechanism = {0, NULL, 0}};
    uint8_t octets[MAX_SIGNATURE];
    size_t len = 0;
    sg_buffer_init(&task.input, MAX_MESSAGE);
    enum sg_key_answer answer = SG_KEY_CANNOT;
    if (make_task(&task, algorithm, digest, message))
        answer = task.input.status == SIGNET_OK           ? run(key, &task, octets, &len)
                 : task.input.status == SIGNET_ERR_MEMORY ? SG_KEY_NEEDS_MEMORY
                                                          : SG_KEY_CANNOT;
    sg_buffer_free(&task.input);
    return answer == SG_KEY_DONE
               ? take(key, algorithm, digest, message, sg_span(octets, len), signature)
               : answer;
}
