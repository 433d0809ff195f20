/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signer_write.h"

#include "asn1/der_writer.h"
#include "cms/signed_attributes.h"
#include "signet/attribute_certificate.h"

#include <stdlib.h>

/* Longer than any SignerInfo: names of certificates and capabilities may be long. */
#define MAX_LEN ((size_t)16 * 1024 * 1024)

/* One signer's outcome, in order; the spans of both lists lie in these. */
struct outcome {
    struct sg_buffer info;   /* SignerInfo */
    struct sg_buffer digest; /* AlgorithmIdentifier of its digest */
};

struct work {
    struct sg_crypto *crypto;
    const struct sg_signing *signing;
    enum sg_key_answer answer;
};

static bool compute_digest(const struct work *work, enum sg_digest_type type,
                           struct sg_digest_value *value)
{
    if (work->signing->digest != NULL) {
        *value = *work->signing->digest;
        return true;
    }
    struct sg_digest *digest = sg_digest_new(work->crypto, type);
    if (digest == NULL)
        return false;
    for (size_t i = 0; i < work->signing->num_content; i++)
        sg_digest_update(digest, work->signing->content[i]);
    return sg_digest_finish(digest, value);
}

/* SignerIdentifier (RFC 5652 5.3). */
static void put_sid(struct sg_buffer *der, const struct sg_new_signer *signer)
{
    if (signer->by_key_id) {
        sg_der_put(der, SG_TAG_CONTEXT(0), signer->certificate->ski);
        return;
    }
    size_t reference = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_reference_put(der, signer->certificate);
    sg_der_close(der, reference);
}

static enum signet_status make_signature(struct work *work, const struct sg_new_signer *signer,
                                         const struct sg_signature_algorithm *algorithm,
                                         struct signet_span attributes, struct sg_buffer *signature)
{
    work->answer = sg_key_sign(signer->key, work->crypto, algorithm, attributes, signature);
    if (work->answer == SG_KEY_DONE)
        return signature->status;
    return work->answer == SG_KEY_NEEDS_MEMORY ? SIGNET_ERR_MEMORY : SIGNET_ERR_CRYPTO;
}

/* SignerInfo ::= SEQUENCE { version CMSVersion, sid, digestAlgorithm, signedAttrs [0] IMPLICIT
 *     SET OF Attribute, signatureAlgorithm, signature OCTET STRING } */
static void put_info(struct sg_buffer *der, const struct sg_new_signer *signer,
                     const struct sg_signature_algorithm *algorithm, enum sg_digest_type digest,
                     struct signet_span attributes, struct signet_span signature)
{
    size_t info = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_uint32(der, signer->by_key_id ? 3 : 1);
    put_sid(der, signer);
    sg_digest_algorithm_put(der, digest);
    /* Signed with the tag of a SET, sent with [0] (RFC 5652 5.4). */
    sg_buffer_add_byte(der, SG_TAG_CONTEXT_CONS(0));
    sg_buffer_add(der, sg_span_from(attributes, 1));
    sg_signature_algorithm_put(der, algorithm, true);
    sg_der_put(der, SG_TAG_OCTET_STRING, signature);
    sg_der_close(der, info);
}

static enum signet_status sign_attributes(struct work *work, const struct sg_new_signer *signer,
                                          const struct sg_signature_algorithm *algorithm,
                                          enum sg_digest_type digest, struct signet_span attributes,
                                          struct outcome *outcome)
{
    struct sg_buffer signature;
    sg_buffer_init(&signature, MAX_LEN);
    enum signet_status status = make_signature(work, signer, algorithm, attributes, &signature);
    if (status == SIGNET_OK) {
        put_info(&outcome->info, signer, algorithm, digest, attributes, sg_buffer_span(&signature));
        sg_digest_algorithm_put(&outcome->digest, digest);
        status = outcome->info.status != SIGNET_OK ? outcome->info.status : outcome->digest.status;
    }
    sg_buffer_free(&signature);
    return status;
}

static enum signet_status sign_one(struct work *work, const struct sg_new_signer *signer,
                                   struct outcome *outcome)
{
    struct sg_signature_algorithm algorithm;
    enum sg_digest_type digest;
    struct sg_buffer der;
    struct sg_new_attributes attributes = {
        .content_type = work->signing->content_type,
        .signing_time = signer->signing_time,
        .capabilities = signer->capabilities,
        .encrypt_to = signer->encrypt_to,
        .signer = signer->certificate,
    };
    if (!sg_signature_algorithm_choose(signer->key, &signer->wish, &algorithm, &digest) ||
        !signet_key_matches(signer->key, signer->certificate) ||
        (signer->by_key_id && signer->certificate->ski.ptr == NULL) ||
        (work->signing->digest != NULL && work->signing->digest->type != digest))
        return SIGNET_ERR_ARGUMENT;
    if (!compute_digest(work, digest, &attributes.digest))
        return SIGNET_ERR_MEMORY;
    sg_buffer_init(&der, MAX_LEN);
    sg_signed_attributes_put(&der, &attributes);
    enum signet_status status = der.status;
    if (status == SIGNET_OK)
        status = sign_attributes(work, signer, &algorithm, digest, sg_buffer_span(&der), outcome);
    sg_buffer_free(&der);
    return status;
}

static enum signet_status write_signed(const struct sg_signing *signing,
                                       const struct outcome *outcomes, struct signet_span *spans,
                                       const struct signet_sink *sink)
{
    struct sg_signed_data_parts parts = {
        .certificates = signing->certificates,
        .attribute_certificates = signing->attribute_certificates,
        .crls = signing->crls,
        .signers = {spans, signing->num_signers},
        .digest_algorithms = {spans + signing->num_signers, signing->num_signers},
        .content_type = signing->content_type,
        .has_content = !signing->detached,
        .content = signing->content,
        .num_content = signing->detached ? 0 : signing->num_content,
    };
    for (size_t i = 0; i < signing->num_signers; i++) {
        spans[i] = sg_buffer_span(&outcomes[i].info);
        spans[signing->num_signers + i] = sg_buffer_span(&outcomes[i].digest);
        parts.signer_by_key_id = parts.signer_by_key_id || signing->signers[i].by_key_id;
    }
    return sg_signed_data_write(&parts, sink);
}

/* Only of version 2 (RFC 3850 2.2.1). */
static enum signet_status check_attribute_certificates(const struct sg_elements *certificates)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; status == SIGNET_OK && i < certificates->num; i++) {
        struct signet_attribute_certificate *certificate = NULL;
        status = signet_attribute_certificate_parse(certificates->items[i], &certificate, NULL);
        if (status == SIGNET_ERR_PARSE ||
            (status == SIGNET_OK && signet_attribute_certificate_version(certificate) != 2))
            status = SIGNET_ERR_ARGUMENT;
        signet_attribute_certificate_unref(certificate);
    }
    return status;
}

enum signet_status sg_signed_data_sign(struct sg_crypto *crypto, struct sg_signing *signing,
                                       const struct signet_sink *sink, enum sg_key_answer *answer)
{
    struct work work = {crypto, signing, SG_KEY_DONE};
    size_t num = signing->num_signers;
    if (num == 0)
        return SIGNET_ERR_ARGUMENT;
    struct outcome *outcomes = calloc(num, sizeof *outcomes);
    struct signet_span *spans = calloc(num, 2 * sizeof *spans);
    enum signet_status status =
        outcomes == NULL || spans == NULL
            ? SIGNET_ERR_MEMORY
            : check_attribute_certificates(&signing->attribute_certificates);
    for (size_t i = 0; status == SIGNET_OK && i < num; i++) {
        sg_buffer_init(&outcomes[i].info, MAX_LEN);
        sg_buffer_init(&outcomes[i].digest, MAX_LEN);
        status = sign_one(&work, &signing->signers[i], &outcomes[i]);
    }
    if (status == SIGNET_OK)
        status = write_signed(signing, outcomes, spans, sink);
    for (size_t i = 0; outcomes != NULL && i < num; i++) {
        sg_buffer_free(&outcomes[i].info);
        sg_buffer_free(&outcomes[i].digest);
    }
    free(outcomes);
    free(spans);
    if (answer != NULL)
        *answer = work.answer;
    return status;
}
