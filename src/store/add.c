/* SPDX-License-Identifier: Apache-2.0 */
/* Objects into the store, and out of it. */
#include "store/crl_store.h"
#include "store/keys.h"
#include "store/parts.h"

static enum signet_status put_derived(struct signet_store *store,
                                      const struct sg_store_loaded *loaded)
{
    struct sg_store_derived derived;
    struct sg_arena arena;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status = sg_store_derive(loaded, &arena, &derived)
                                    ? sg_store_derived_put(store, &loaded->object, &derived)
                                    : SIGNET_ERR_MEMORY;
    sg_arena_clear(&arena);
    return status;
}

enum signet_status sg_store_derived_put(struct signet_store *store,
                                        const struct sg_store_object *object,
                                        const struct sg_store_derived *derived)
{
    const struct sg_store_backend *backend = store->backend;
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < derived->num_keys && status == SIGNET_OK; i++)
        status = backend->key_put(store->db, derived->keys[i], object->id);
    for (size_t i = 0; i < derived->num_addresses && status == SIGNET_OK; i++)
        status = sg_store_address_put(store, derived->addresses[i], object->id);
    return status;
}

static enum signet_status put_crl(struct signet_store *store, struct sg_store_loaded *loaded)
{
    struct sg_buffer body;
    sg_buffer_init(&body, SG_STORE_MAX_TEXT);
    sg_crl_store_body(loaded->crl, &body);
    loaded->object.body = sg_buffer_span(&body);
    enum signet_status status = body.status;
    if (status == SIGNET_OK)
        status = store->backend->object_put(store->db, &loaded->object);
    if (status == SIGNET_OK)
        status = sg_store_parts_write(store, loaded->object.id, signet_crl_der(loaded->crl));
    if (status == SIGNET_OK)
        status = sg_crl_store_index(store, loaded->object.id, loaded->crl, loaded->sha256);
    loaded->object.body = (struct signet_span){NULL, 0};
    sg_buffer_free(&body);
    return status;
}

enum signet_status sg_store_put(struct signet_store *store, struct sg_store_loaded *loaded,
                                bool *added)
{
    struct sg_store_object *object = &loaded->object;
    const struct signet_span sha256 = sg_span(loaded->sha256, sizeof(loaded->sha256));
    enum signet_status status = sg_store_object_find(store, object->kind, sha256, &object->id);
    *added = status == SIGNET_OK && object->id == 0;
    if (!*added)
        return status;
    object->print = sg_store_print(object->kind, sha256);
    status = object->kind == SIGNET_RECORD_CRL ? put_crl(store, loaded)
                                               : store->backend->object_put(store->db, object);
    return status == SIGNET_OK ? put_derived(store, loaded) : status;
}

enum signet_status sg_store_add(struct signet_store *store, struct sg_store_loaded *loaded,
                                const struct signet_origin *origin, bool *added)
{
    bool is_new = false;
    if (added != NULL)
        *added = false;
    loaded->object.origin = *origin;
    enum signet_status status = sg_store_change(store);
    if (status != SIGNET_OK)
        return status;
    status = sg_store_changed(store, sg_store_put(store, loaded, &is_new));
    if (added != NULL)
        *added = status == SIGNET_OK && is_new;
    return status;
}

void sg_store_certificate_view(const struct signet_certificate *certificate,
                               struct sg_store_loaded *loaded)
{
    *loaded = (struct sg_store_loaded){
        .object = {.kind = SIGNET_RECORD_CERTIFICATE, .body = certificate->der},
        /* Not to be unloaded: it holds no reference. */
        .certificate = (struct signet_certificate *)(uintptr_t)certificate,
    };
    memcpy(loaded->sha256, certificate->sha256, sizeof(loaded->sha256));
}

enum signet_status signet_store_add_certificate(struct signet_store *store,
                                                const struct signet_certificate *certificate,
                                                const struct signet_origin *origin, bool *added)
{
    struct sg_store_loaded loaded;
    sg_store_certificate_view(certificate, &loaded);
    return sg_store_add(store, &loaded, origin, added);
}

enum signet_status sg_store_crl_view(const struct signet_crl *crl, struct sg_store_loaded *loaded)
{
    *loaded = (struct sg_store_loaded){
        .object = {.kind = SIGNET_RECORD_CRL, .der_len = signet_crl_der(crl).len},
        .crl = (struct signet_crl *)(uintptr_t)crl,
    };
    if (signet_crl_is_excerpt(crl))
        return SIGNET_ERR_ARGUMENT;
    if (!sg_crl_sha256(crl, loaded->sha256))
        return SIGNET_ERR_MEMORY;
    loaded->object.sha256 = sg_span(loaded->sha256, sizeof(loaded->sha256));
    return SIGNET_OK;
}

enum signet_status signet_store_add_crl(struct signet_store *store, const struct signet_crl *crl,
                                        const struct signet_origin *origin, bool *added)
{
    struct sg_store_loaded loaded;
    enum signet_status status = sg_store_crl_view(crl, &loaded);
    if (status != SIGNET_OK && added != NULL)
        *added = false;
    return status == SIGNET_OK ? sg_store_add(store, &loaded, origin, added) : status;
}

enum signet_status
signet_store_add_attribute_certificate(struct signet_store *store,
                                       const struct signet_attribute_certificate *certificate,
                                       const struct signet_origin *origin, bool *added)
{
    struct sg_store_loaded loaded = {
        .object = {.kind = SIGNET_RECORD_ATTRIBUTE_CERTIFICATE, .body = certificate->der},
        .attribute_certificate = (struct signet_attribute_certificate *)(uintptr_t)certificate,
    };
    memcpy(loaded.sha256, certificate->sha256, sizeof(loaded.sha256));
    return sg_store_add(store, &loaded, origin, added);
}
