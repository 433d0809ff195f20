/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/enveloped_data_write.h"

#include "asn1/der_writer.h"
#include "base/span.h"

#include <stdlib.h>

/* RecipientInfos of any number of people. */
#define MAX_HEAD_LEN ((size_t)1 << 30)

struct sg_envelope {
    struct sg_key_library *library;
    struct sg_crypto *crypto; /* computes with recipients' keys; wiped when it is freed */
    const struct signet_sink *sink;
    struct sg_cipher cipher;
    struct sg_encryption *encryption;
    size_t left; /* octets of the content that have not come */
};

/* Content octets of what is open around the ciphertext, from the inside out. */
struct lengths {
    size_t ciphertext, content_info, body, whole;
};

static size_t add_len(size_t a, size_t b)
{
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

static size_t full_len(size_t content_len)
{
    return content_len == SIZE_MAX ? SIZE_MAX : sg_der_full_len(content_len);
}

static enum sg_oid object_type(const struct sg_cipher *cipher)
{
    return cipher->kind->authenticated ? SG_OID_CT_AUTH_ENVELOPED_DATA : SG_OID_CT_ENVELOPED_DATA;
}

static bool put(const struct signet_sink *sink, struct signet_span octets)
{
    return octets.len == 0 || sink->write(sink->context, octets);
}

static bool put_header(const struct signet_sink *sink, uint32_t tag, size_t len)
{
    uint8_t header[SG_DER_HEADER_MAX_LEN];
    return put(sink, sg_span(header, sg_der_header(tag, len, header)));
}

/* What stands before the ciphertext: HEAD is version and recipientInfos, INFO the first fields of
 * EncryptedContentInfo. */
static enum signet_status put_head(const struct sg_envelope *envelope, size_t content_len,
                                   struct signet_span head, struct signet_span info)
{
    const struct signet_sink *sink = envelope->sink;
    struct signet_span type = sg_oid_octets(object_type(&envelope->cipher));
    size_t tag_len = envelope->cipher.tag_len;
    struct lengths len;
    len.ciphertext = sg_cipher_len(envelope->cipher.kind, content_len);
    len.content_info = add_len(info.len, full_len(len.ciphertext));
    len.body = add_len(head.len, full_len(len.content_info));
    len.body = add_len(len.body, tag_len > 0 ? sg_der_full_len(tag_len) : 0);
    len.whole = add_len(sg_der_full_len(type.len), full_len(full_len(len.body)));
    if (full_len(len.whole) == SIZE_MAX)
        return SIGNET_ERR_LIMIT;
    bool written = put_header(sink, SG_TAG_SEQUENCE, len.whole) &&
                   put_header(sink, SG_TAG_OID, type.len) && put(sink, type) &&
                   put_header(sink, SG_TAG_CONTEXT_CONS(0), sg_der_full_len(len.body)) &&
                   put_header(sink, SG_TAG_SEQUENCE, len.body) && put(sink, head) &&
                   put_header(sink, SG_TAG_SEQUENCE, len.content_info) && put(sink, info) &&
                   put_header(sink, SG_TAG_CONTEXT(0), len.ciphertext);
    return written ? SIGNET_OK : SIGNET_ERR_IO;
}

static enum signet_status status_of(enum sg_key_answer answer)
{
    static const enum signet_status statuses[] = {[SG_KEY_DONE] = SIGNET_OK,
                                                  [SG_KEY_CANNOT] = SIGNET_ERR_CRYPTO,
                                                  [SG_KEY_DENIED] = SIGNET_ERR_CRYPTO,
                                                  [SG_KEY_FAILED] = SIGNET_ERR_CRYPTO,
                                                  [SG_KEY_NEEDS_MEMORY] = SIGNET_ERR_MEMORY};
    return statuses[answer];
}

/* recipientInfos and, in *VERSION, what it makes of the whole (RFC 5652 6.1, RFC 5083 2.1). */
static enum signet_status put_recipients(struct sg_envelope *envelope,
                                         const struct sg_enveloping *enveloping,
                                         struct signet_span key, struct sg_buffer *der,
                                         uint32_t *version, const struct sg_new_recipient **failed)
{
    enum sg_key_answer answer = SG_KEY_DONE;
    size_t set = sg_der_open(der, SG_TAG_SET);
    *version = 0;
    for (size_t i = 0; i < enveloping->num_recipients && answer == SG_KEY_DONE; i++) {
        uint32_t one;
        answer = sg_recipient_put(envelope->library, envelope->crypto, &enveloping->recipients[i],
                                  enveloping->kind, key, der, &one);
        if (one != 0 && !enveloping->kind->authenticated)
            *version = 2;
        if (answer != SG_KEY_DONE && answer != SG_KEY_NEEDS_MEMORY)
            *failed = &enveloping->recipients[i];
    }
    sg_der_close_set_of(der, set);
    return status_of(answer);
}

static void put_content_info(struct sg_buffer *der, const struct sg_cipher *cipher)
{
    sg_der_put_oid(der, SG_OID_CT_DATA);
    sg_cipher_put(der, cipher);
}

/* RECIPIENTS and INFO are buffers for what is made; they are the caller's to free. */
static enum signet_status begin(struct sg_envelope *envelope,
                                const struct sg_enveloping *enveloping, struct signet_span key,
                                struct sg_buffer *recipients, struct sg_buffer *head,
                                struct sg_buffer *info, const struct sg_new_recipient **failed)
{
    uint32_t version;
    enum signet_status status =
        put_recipients(envelope, enveloping, key, recipients, &version, failed);
    if (status != SIGNET_OK)
        return status;
    status = status_of(sg_encryption_new(envelope->library, &envelope->cipher, key,
                                         sg_span(NULL, 0), &envelope->encryption));
    if (status != SIGNET_OK)
        return status;
    sg_der_put_uint32(head, version);
    sg_buffer_add(head, sg_buffer_span(recipients));
    put_content_info(info, &envelope->cipher);
    const struct sg_buffer *buffers[] = {recipients, head, info};
    for (size_t i = 0; i < 3; i++) {
        if (buffers[i]->status != SIGNET_OK)
            return buffers[i]->status;
    }
    return put_head(envelope, enveloping->content_len, sg_buffer_span(head), sg_buffer_span(info));
}

static enum signet_status begin_with_new_key(struct sg_envelope *envelope,
                                             const struct sg_enveloping *enveloping,
                                             const struct sg_new_recipient **failed)
{
    uint8_t key[SG_CIPHER_MAX_KEY_LEN];
    struct sg_buffer recipients, head, info;
    if (!sg_cipher_choose(envelope->library, enveloping->kind, &envelope->cipher) ||
        !sg_key_library_random(envelope->library, key, enveloping->kind->key_len))
        return SIGNET_ERR_CRYPTO;
    sg_buffer_init(&recipients, MAX_HEAD_LEN);
    sg_buffer_init(&head, MAX_HEAD_LEN);
    sg_buffer_init(&info, 256);
    enum signet_status status = begin(envelope, enveloping, sg_span(key, enveloping->kind->key_len),
                                      &recipients, &head, &info, failed);
    sg_buffer_free(&recipients);
    sg_buffer_free(&head);
    sg_buffer_free(&info);
    sg_wipe(key, sizeof key);
    return status;
}

enum signet_status sg_envelope_new(const struct sg_enveloping *enveloping,
                                   const struct signet_sink *sink, struct sg_envelope **envelope,
                                   const struct sg_new_recipient **failed)
{
    const struct sg_new_recipient *unused;
    *envelope = NULL;
    if (failed == NULL)
        failed = &unused;
    *failed = NULL;
    if (enveloping->num_recipients == 0)
        return SIGNET_ERR_ARGUMENT;
    struct sg_envelope *made = calloc(1, sizeof *made);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    made->sink = sink;
    made->left = enveloping->content_len;
    made->library = sg_key_library_new();
    enum signet_status status =
        made->library == NULL ? SIGNET_ERR_MEMORY : sg_crypto_new(&made->crypto);
    if (status == SIGNET_OK)
        status = begin_with_new_key(made, enveloping, failed);
    if (status == SIGNET_OK)
        *envelope = made;
    else
        sg_envelope_free(made);
    return status;
}

void sg_envelope_free(struct sg_envelope *envelope)
{
    if (envelope == NULL)
        return;
    sg_encryption_free(envelope->encryption);
    sg_crypto_free(envelope->crypto);
    sg_key_library_unref(envelope->library);
    free(envelope);
}

enum signet_status sg_envelope_add(struct sg_envelope *envelope, struct signet_span content)
{
    if (content.len > envelope->left)
        return SIGNET_ERR_ARGUMENT;
    envelope->left -= content.len;
    return sg_encryption_add(envelope->encryption, content, envelope->sink);
}

enum signet_status sg_envelope_finish(struct sg_envelope *envelope)
{
    uint8_t tag[SG_CIPHER_MAX_TAG_LEN];
    size_t tag_len = envelope->cipher.tag_len;
    if (envelope->left != 0)
        return SIGNET_ERR_ARGUMENT;
    enum signet_status status = sg_encryption_finish(envelope->encryption, envelope->sink, tag);
    if (status != SIGNET_OK || tag_len == 0)
        return status;
    return put_header(envelope->sink, SG_TAG_OCTET_STRING, tag_len) &&
                   put(envelope->sink, sg_span(tag, tag_len))
               ? SIGNET_OK
               : SIGNET_ERR_IO;
}
