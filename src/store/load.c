/* SPDX-License-Identifier: Apache-2.0 */
/* Objects back from the database: nothing beside their octets is believed. */
#include "crypto/digest.h"
#include "store/crl_store.h"
#include "store/keys.h"
#include "x509/certificate.h"

enum { SHA256_LEN = 32 };

enum signet_status sg_store_object_sha256(const struct sg_store_object *object, uint8_t sha256[32])
{
    if (object->kind != SIGNET_RECORD_CRL)
        return sg_sha256(object->body, sha256) ? SIGNET_OK : SIGNET_ERR_MEMORY;
    if (object->sha256.len != SHA256_LEN)
        return SIGNET_ERR_PARSE;
    memcpy(sha256, object->sha256.ptr, SHA256_LEN);
    return SIGNET_OK;
}

/* *IS: object ID is of KIND and has this fingerprint. */
static enum signet_status compare(struct signet_store *store, int64_t id,
                                  enum signet_record_kind kind, struct signet_span sha256, bool *is)
{
    struct sg_store_object object;
    uint8_t found[SHA256_LEN];
    *is = false;
    enum signet_status status = store->backend->object_get(store->db, id, &object);
    if (status != SIGNET_OK || object.id == 0 || object.kind != kind)
        return status;
    status = sg_store_object_sha256(&object, found);
    *is = status == SIGNET_OK && sg_span_equal(sg_span(found, sizeof(found)), sha256);
    return status == SIGNET_ERR_PARSE ? SIGNET_OK : status;
}

enum signet_status sg_store_object_find(struct signet_store *store, enum signet_record_kind kind,
                                        struct signet_span sha256, int64_t *id)
{
    struct sg_store_ids ids = {0};
    struct sg_arena arena;
    *id = 0;
    if (sha256.len != SHA256_LEN)
        return SIGNET_OK;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    int64_t print = sg_store_print(kind, sha256);
    enum signet_status status = store->backend->key_list(store->db, print, print, &arena, &ids);
    for (size_t i = 0; i < ids.num && status == SIGNET_OK && *id == 0; i++) {
        bool is;
        status = compare(store, ids.items[i], kind, sha256, &is);
        if (is)
            *id = ids.items[i];
    }
    sg_arena_clear(&arena);
    return status;
}

static enum signet_status check_print(const struct sg_store_loaded *loaded)
{
    const struct signet_span sha256 = sg_span(loaded->sha256, sizeof(loaded->sha256));
    return loaded->object.print == sg_store_print(loaded->object.kind, sha256) ? SIGNET_OK
                                                                               : SIGNET_ERR_PARSE;
}

/* Reading one takes its fingerprint, too, so here is the print checked when it has been read. */
static enum signet_status parse_certificate(struct sg_store_loaded *loaded)
{
    enum signet_status status =
        signet_certificate_parse(loaded->object.body, &loaded->certificate, NULL);
    if (status == SIGNET_OK)
        memcpy(loaded->sha256, loaded->certificate->sha256, sizeof(loaded->sha256));
    else if (!sg_sha256(loaded->object.body, loaded->sha256))
        return SIGNET_ERR_MEMORY;
    enum signet_status same = check_print(loaded);
    if (same == SIGNET_OK)
        return status;
    signet_certificate_unref(loaded->certificate);
    loaded->certificate = NULL;
    return same;
}

static enum signet_status parse(struct signet_store *store, struct sg_store_loaded *loaded)
{
    const struct sg_store_object *object = &loaded->object;
    if (object->kind == SIGNET_RECORD_CERTIFICATE)
        return parse_certificate(loaded);
    enum signet_status status = sg_store_object_sha256(object, loaded->sha256);
    if (status == SIGNET_OK)
        status = check_print(loaded);
    if (status != SIGNET_OK)
        return status;
    if (object->kind == SIGNET_RECORD_ATTRIBUTE_CERTIFICATE)
        return signet_attribute_certificate_parse(object->body, &loaded->attribute_certificate,
                                                  NULL);
    return sg_crl_store_excerpt(store, object, NULL, 0, (struct signet_span){NULL, 0},
                                &loaded->crl);
}

/* What the object has of the backend becomes its own. */
static enum signet_status own(struct sg_store_loaded *loaded)
{
    struct sg_store_object *object = &loaded->object;
    struct sg_arena *arena = &loaded->arena;
    object->sha256 = sg_span(loaded->sha256, sizeof(loaded->sha256));
    object->body = object->kind == SIGNET_RECORD_CRL ? sg_arena_copy(arena, object->body)
                                                     : (struct signet_span){NULL, 0};
    return sg_arena_status(arena);
}

enum signet_status sg_store_load(struct signet_store *store, int64_t id,
                                 struct sg_store_loaded *loaded)
{
    struct sg_store_object *object = &loaded->object;
    *loaded = (struct sg_store_loaded){0};
    sg_arena_init(&loaded->arena, SG_STORE_MAX_WORK);
    enum signet_status status = store->backend->object_get(store->db, id, object);
    if (status != SIGNET_OK || object->id == 0)
        return status;
    status = parse(store, loaded);
    enum signet_status owned = own(loaded);
    return status == SIGNET_OK ? owned : status;
}

enum signet_status sg_store_load_origin(struct signet_store *store, struct sg_store_loaded *loaded)
{
    struct signet_origin *origin = &loaded->object.origin;
    enum signet_status status =
        store->backend->origin_get(store->db, loaded->object.origin_number, origin);
    if (status != SIGNET_OK)
        return status;
    origin->detail = sg_arena_printf(&loaded->arena, "%s", origin->detail);
    return sg_arena_status(&loaded->arena);
}

void sg_store_unload(struct sg_store_loaded *loaded)
{
    signet_certificate_unref(loaded->certificate);
    signet_crl_unref(loaded->crl);
    signet_attribute_certificate_unref(loaded->attribute_certificate);
    sg_arena_clear(&loaded->arena);
}
