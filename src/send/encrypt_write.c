/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Carrying out a plan to encrypt. The entity is written twice: to be measured, as DER wants lengths
 * first, and into the cipher.
 */
#include "cms/enveloped_data_write.h"
#include "compose/mail.h"
#include "path/table.h"
#include "send/encrypt_plan.h"

struct writing {
    const struct signet_encrypt_plan *plan;
    const struct sg_cipher_kind *kind;
    struct sg_writer *mail;
    struct sg_base64 base64;
    bool begun;
    struct sg_envelope *envelope;
    enum signet_status status; /* of what the cipher met with while the entity was written */
};

static bool count(void *context, struct signet_span bytes)
{
    size_t *len = context;
    if (bytes.len > SIZE_MAX - *len)
        return false;
    *len += bytes.len;
    return true;
}

static enum signet_status measure(const struct signet_encrypt_plan *plan, size_t *len)
{
    struct signet_sink sink = {count, len};
    struct sg_writer writer;
    *len = 0;
    sg_writer_init(&writer, &sink);
    sg_content_write(&plan->content, &writer);
    return sg_writer_finish(&writer) == SIGNET_OK ? SIGNET_OK : SIGNET_ERR_LIMIT;
}

/* The object's octets. The mail's header goes before the first, so that nothing is written unless
 * the key is encrypted to everybody. */
static bool take_object(void *context, struct signet_span bytes)
{
    struct writing *writing = context;
    if (!writing->begun)
        sg_mail_begin_cms(&writing->plan->content, true,
                          writing->kind->authenticated ? SG_MAIL_AUTH_ENVELOPED : SG_MAIL_ENVELOPED,
                          writing->mail, &writing->base64);
    writing->begun = true;
    sg_base64_add(&writing->base64, bytes);
    return writing->mail->status == SIGNET_OK;
}

static bool take_content(void *context, struct signet_span bytes)
{
    struct writing *writing = context;
    writing->status = sg_envelope_add(writing->envelope, bytes);
    return writing->status == SIGNET_OK;
}

static bool is_certificate(const void *item, const void *key)
{
    const struct signet_certificate *a = item, *b = key;
    return memcmp(a->sha256, b->sha256, sizeof(a->sha256)) == 0;
}

/* One certificate may be two people's. False: memory is out. */
static bool is_new(struct sg_table *listed, const struct signet_certificate *certificate, bool *new)
{
    uint64_t hash; /* nobody can choose a fingerprint's octets by the thousand */
    memcpy(&hash, certificate->sha256, sizeof(hash));
    *new = sg_table_find(listed, hash, is_certificate, certificate) == NULL;
    return !*new || sg_table_add(listed, hash, (struct signet_certificate *)(uintptr_t)certificate);
}

/* False: memory is out. */
static bool list_recipients(struct signet_encrypt_plan *plan, struct sg_new_recipient *out,
                            size_t *num)
{
    struct sg_table listed = {.arena = &plan->round};
    *num = 0;
    for (size_t i = 0; i < plan->num_addressees; i++) {
        const struct sg_addressee *addressee = &plan->addressees[i];
        if (addressee->chosen == NULL)
            continue;
        const struct signet_certificate *certificate = addressee->chosen->certificate;
        bool new;
        if (!is_new(&listed, certificate, &new))
            return false;
        if (!new)
            continue;
        out[(*num)++] =
            (struct sg_new_recipient){.certificate = certificate,
                                      .by_key_id = plan->options.key_id,
                                      .transport = {.oaep = plan->options.oaep || addressee->oaep,
                                                    .digest = SG_DIGEST_SHA256,
                                                    .mgf_digest = SG_DIGEST_SHA256}};
    }
    return true;
}

static enum signet_status write_content(struct writing *writing)
{
    struct signet_sink sink = {take_content, writing};
    struct sg_writer writer;
    sg_writer_init(&writer, &sink);
    sg_content_write(&writing->plan->content, &writer);
    enum signet_status status = sg_writer_finish(&writer);
    if (writing->status != SIGNET_OK)
        return writing->status;
    return status == SIGNET_OK ? sg_envelope_finish(writing->envelope) : status;
}

static enum signet_status write_object(struct writing *writing,
                                       const struct sg_enveloping *enveloping)
{
    struct signet_sink sink = {take_object, writing};
    enum signet_status status = sg_envelope_new(enveloping, &sink, &writing->envelope, NULL);
    if (status == SIGNET_OK)
        status = write_content(writing);
    sg_envelope_free(writing->envelope);
    if (status == SIGNET_OK)
        sg_base64_end(&writing->base64);
    return status;
}

enum signet_status signet_encrypt_plan_write(struct signet_encrypt_plan *plan,
                                             const struct signet_sink *sink)
{
    struct sg_writer mail;
    struct writing writing = {.plan = plan, .mail = &mail};
    struct sg_enveloping enveloping = {.recipients = NULL};
    if (!signet_encrypt_plan_ready(plan))
        return SIGNET_ERR_ARGUMENT;
    struct sg_new_recipient *recipients =
        sg_arena_array(&plan->round, plan->num_addressees, sizeof(*recipients));
    if (recipients == NULL || !list_recipients(plan, recipients, &enveloping.num_recipients))
        return SIGNET_ERR_MEMORY;
    writing.kind = sg_cipher_kind_of(plan->cipher);
    enveloping.recipients = recipients;
    enveloping.kind = writing.kind;
    enum signet_status status = measure(plan, &enveloping.content_len);
    if (status != SIGNET_OK)
        return status;
    sg_writer_init(&mail, sink);
    status = write_object(&writing, &enveloping);
    return status == SIGNET_OK ? sg_writer_finish(&mail) : status;
}
