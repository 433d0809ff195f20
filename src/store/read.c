/* SPDX-License-Identifier: Apache-2.0 */
/* The octets of an object, exactly as they came. */
#include "base/span.h"
#include "crypto/digest.h"
#include "store/parts.h"

/* Octets on their way to the caller, who may ask the store for other things meanwhile: they are
 * copied out of the backend's hands. */
struct reader {
    signet_octets_taker *taker;
    void *context;
    struct sg_digest *digest;
};

static enum signet_status hand_over(void *context, struct signet_span octets)
{
    const struct reader *reader = context;
    uint8_t piece[SG_STORE_PART_LEN];
    enum signet_status status = SIGNET_OK;
    sg_digest_update(reader->digest, octets);
    while (octets.len > 0 && status == SIGNET_OK) { /* once: a part is no longer than this */
        struct signet_span next = sg_span_first(octets, sizeof(piece));
        memcpy(piece, next.ptr, next.len);
        octets = sg_span_from(octets, next.len);
        status = reader->taker(reader->context, sg_span(piece, next.len));
    }
    return status;
}

/* A CRL that was changed is only known when all of it has been read. */
static enum signet_status read_parts(struct signet_store *store,
                                     const struct sg_store_object *object, struct reader *reader)
{
    struct sg_digest_value value;
    uint8_t sha256[32];
    enum signet_status status = sg_store_object_sha256(object, sha256);
    if (status == SIGNET_OK)
        status = sg_store_parts_walk(store, object->id, 0, object->der_len, hand_over, reader);
    if (status != SIGNET_OK)
        return status;
    struct sg_digest *digest = reader->digest;
    reader->digest = NULL;
    if (!sg_digest_finish(digest, &value))
        return SIGNET_ERR_MEMORY;
    return sg_span_equal(sg_span(value.octets, value.len), sg_span(sha256, sizeof(sha256)))
               ? SIGNET_OK
               : SIGNET_ERR_PARSE;
}

/* Read whole, and found by the fingerprint of what is there. */
static enum signet_status read_whole(const struct sg_store_object *object,
                                     const struct reader *reader)
{
    struct sg_arena arena;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    struct signet_span octets = sg_arena_copy(&arena, object->body);
    enum signet_status status = sg_arena_status(&arena);
    if (status == SIGNET_OK)
        status = reader->taker(reader->context, octets);
    sg_arena_clear(&arena);
    return status;
}

static enum signet_status read_object(struct signet_store *store, enum signet_record_kind kind,
                                      struct signet_span sha256, struct reader *reader)
{
    struct sg_store_object object;
    struct sg_crypto *crypto;
    int64_t id;
    enum signet_status status = sg_store_object_find(store, kind, sha256, &id);
    if (status == SIGNET_OK && id == 0)
        return SIGNET_ERR_ARGUMENT;
    if (status == SIGNET_OK)
        status = store->backend->object_get(store->db, id, &object);
    if (status != SIGNET_OK)
        return status;
    if (kind != SIGNET_RECORD_CRL)
        return read_whole(&object, reader);
    status = sg_crypto_new(&crypto);
    if (status != SIGNET_OK)
        return status;
    reader->digest = sg_digest_new(crypto, SG_DIGEST_SHA256);
    status = reader->digest != NULL ? read_parts(store, &object, reader) : SIGNET_ERR_MEMORY;
    sg_digest_free(reader->digest);
    sg_crypto_free(crypto);
    return status;
}

enum signet_status signet_store_read(struct signet_store *store, enum signet_record_kind kind,
                                     struct signet_span sha256, signet_octets_taker *taker,
                                     void *context)
{
    struct reader reader = {taker, context, NULL};
    enum signet_status status = sg_store_look(store);
    if (status != SIGNET_OK)
        return status;
    return sg_store_looked(store, read_object(store, kind, sha256, &reader));
}
