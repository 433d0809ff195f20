/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/context.h"
#include "cms/signer_write.h"
#include "compose/mail.h"
#include "send/capabilities.h"
#include "send/sign_plan.h"

#include <stdlib.h>

/* What a signature covers, and the object around it, while it is made. */
struct writing {
    struct signet_sign_plan *plan;
    const struct signet_key *key;
    enum sg_digest_type type;
    struct sg_digest_value digest; /* of the content */
    struct sg_buffer content;      /* of an opaque mail: a length stands before it */
    struct sg_buffer object;       /* of a clear-signed mail: the boundary comes first */
    struct sg_buffer capabilities;
    struct signet_span *elements; /* certificates, attribute certificates, CRLs */
};

/* --- the content */

static bool write_to_digest(void *context, struct signet_span bytes)
{
    sg_digest_update(context, bytes);
    return true;
}

static bool write_to_buffer(void *context, struct signet_span bytes)
{
    struct sg_buffer *buffer = context;
    sg_buffer_add(buffer, bytes);
    return buffer->status == SIGNET_OK;
}

static enum signet_status write_content(const struct signet_sign_plan *plan,
                                        const struct signet_sink *sink)
{
    struct sg_writer writer;
    sg_writer_init(&writer, sink);
    if (sg_sign_form_is_bare(plan->options.form))
        sg_writer_add(&writer, plan->message);
    else
        sg_content_write(&plan->content, &writer);
    return sg_writer_finish(&writer);
}

static enum signet_status compute_digest(struct writing *writing)
{
    struct sg_digest *digest = sg_digest_new(writing->plan->context->crypto, writing->type);
    if (digest == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status =
        write_content(writing->plan, &(struct signet_sink){write_to_digest, digest});
    if (status != SIGNET_OK) {
        sg_digest_free(digest);
        return status;
    }
    return sg_digest_finish(digest, &writing->digest) ? SIGNET_OK : SIGNET_ERR_CRYPTO;
}

static enum signet_status keep_content(struct writing *writing)
{
    enum signet_status status =
        write_content(writing->plan, &(struct signet_sink){write_to_buffer, &writing->content});
    return writing->content.status != SIGNET_OK ? writing->content.status : status;
}

/* --- the object */

static bool is_detached(const struct signet_sign_plan *plan)
{
    return plan->options.form == SIGNET_SIGN_CLEAR || plan->options.form == SIGNET_SIGN_BARE;
}

static size_t num_elements(const struct signet_sign_plan *plan)
{
    return plan->num_chain + plan->options.num_attribute_certificates + plan->num_crls;
}

/* Puts all that goes along into SIGNING. */
static void enclose(struct writing *writing, struct sg_signing *signing)
{
    const struct signet_sign_plan *plan = writing->plan;
    struct signet_span *next = writing->elements;
    signing->certificates = (struct sg_elements){next, plan->num_chain};
    for (size_t i = 0; i < plan->num_chain; i++)
        *next++ = plan->chain[i]->der;
    signing->attribute_certificates =
        (struct sg_elements){next, plan->options.num_attribute_certificates};
    for (size_t i = 0; i < plan->options.num_attribute_certificates; i++)
        *next++ = signet_attribute_certificate_der(plan->options.attribute_certificates[i]);
    signing->crls = (struct sg_elements){next, plan->num_crls};
    for (size_t i = 0; i < plan->num_crls; i++)
        *next++ = signet_crl_der(plan->crls[i]);
}

static enum signet_status sign(struct writing *writing, const struct signet_sink *sink)
{
    const struct signet_sign_plan *plan = writing->plan;
    const struct sg_new_signer signer = {
        .key = writing->key,
        .certificate = plan->own[0].certificate,
        .by_key_id = plan->options.key_id,
        .wish = plan->wish,
        .signing_time = plan->options.time,
        .capabilities = sg_buffer_span(&writing->capabilities),
        .encrypt_to = plan->encrypt_to,
    };
    struct signet_span content = sg_sign_form_is_bare(plan->options.form)
                                     ? plan->message
                                     : sg_buffer_span(&writing->content);
    struct sg_signing signing = {
        .signers = &signer,
        .num_signers = 1,
        .content_type = SG_OID_CT_DATA,
        .content = &content,
        .num_content = 1,
        .digest = is_detached(plan) ? &writing->digest : NULL,
        .detached = is_detached(plan),
    };
    enclose(writing, &signing);
    return sg_signed_data_sign(plan->context->crypto, &signing, sink, NULL);
}

/* --- the mail around it */

/* RFC 8551 3.5.3.2; what is not in its list goes by its own name. */
static const char *micalg_of(enum sg_digest_type type)
{
    static const char *const names[SG_NUM_DIGESTS] = {[SG_DIGEST_SHA256] = "sha-256",
                                                      [SG_DIGEST_SHA384] = "sha-384",
                                                      [SG_DIGEST_SHA512] = "sha-512",
                                                      [SG_DIGEST_SHAKE256] = "shake256"};
    return names[type];
}

static enum signet_status write_clear(struct writing *writing, struct sg_writer *writer)
{
    char separator[SG_SEPARATOR_SIZE];
    const struct sg_content *content = &writing->plan->content;
    enum signet_status status =
        sign(writing, &(struct signet_sink){write_to_buffer, &writing->object});
    if (writing->object.status != SIGNET_OK)
        status = writing->object.status;
    if (status == SIGNET_OK)
        status = sg_separator_choose(content, sg_span(writing->digest.octets, writing->digest.len),
                                     separator);
    return status == SIGNET_OK
               ? sg_mail_write_signed(content, false, micalg_of(writing->type), separator,
                                      sg_buffer_span(&writing->object), writer, NULL)
               : status;
}

/* The part's header goes out with the first octets of the object: nothing before it is signed. */
struct opaque {
    const struct sg_content *content;
    struct sg_writer *writer;
    struct sg_base64 base64;
    bool begun;
};

static bool write_opaque_octets(void *context, struct signet_span bytes)
{
    struct opaque *opaque = context;
    if (!opaque->begun)
        sg_mail_begin_cms(opaque->content, false, SG_MAIL_SIGNED, opaque->writer, &opaque->base64);
    opaque->begun = true;
    sg_base64_add(&opaque->base64, bytes);
    return opaque->writer->status == SIGNET_OK;
}

static enum signet_status write_opaque(struct writing *writing, struct sg_writer *writer)
{
    struct opaque opaque = {.content = &writing->plan->content, .writer = writer};
    enum signet_status status = sign(writing, &(struct signet_sink){write_opaque_octets, &opaque});
    if (status == SIGNET_OK)
        sg_base64_end(&opaque.base64);
    return status;
}

static enum signet_status write_mail(struct writing *writing, const struct signet_sink *sink)
{
    struct sg_writer writer;
    sg_writer_init(&writer, sink);
    enum signet_status status = writing->plan->options.form == SIGNET_SIGN_CLEAR
                                    ? write_clear(writing, &writer)
                                    : write_opaque(writing, &writer);
    return status == SIGNET_OK ? sg_writer_finish(&writer) : status;
}

/* --- all of it */

static enum signet_status prepare(struct writing *writing)
{
    const struct signet_sign_plan *plan = writing->plan;
    sg_own_capabilities_put(&writing->capabilities);
    writing->elements = calloc(num_elements(plan) + 1, sizeof(*writing->elements));
    if (writing->elements == NULL)
        return SIGNET_ERR_MEMORY;
    if (writing->capabilities.status != SIGNET_OK)
        return writing->capabilities.status;
    if (is_detached(plan))
        return compute_digest(writing);
    return plan->options.form == SIGNET_SIGN_OPAQUE ? keep_content(writing) : SIGNET_OK;
}

enum signet_status signet_sign_plan_write(struct signet_sign_plan *plan,
                                          const struct signet_key *key,
                                          const struct signet_sink *sink)
{
    struct writing writing = {.plan = plan, .key = key};
    struct sg_signature_algorithm algorithm;
    if (!signet_sign_plan_ready(plan) || !signet_key_matches(key, plan->own[0].certificate) ||
        !sg_signature_algorithm_choose(key, &plan->wish, &algorithm, &writing.type))
        return SIGNET_ERR_ARGUMENT;
    sg_buffer_init(&writing.content, SIZE_MAX / 2);
    sg_buffer_init(&writing.object, SIZE_MAX / 2);
    sg_buffer_init(&writing.capabilities, 4096);
    enum signet_status status = prepare(&writing);
    if (status == SIGNET_OK)
        status = sg_sign_form_is_bare(plan->options.form) ? sign(&writing, sink)
                                                          : write_mail(&writing, sink);
    sg_buffer_free(&writing.content);
    sg_buffer_free(&writing.object);
    sg_buffer_free(&writing.capabilities);
    free(writing.elements);
    return status;
}
