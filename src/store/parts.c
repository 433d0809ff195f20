/* SPDX-License-Identifier: Apache-2.0 */
#include "store/parts.h"

#include "base/span.h"
#include "crypto/digest.h"

#include <stdlib.h>

enum signet_status sg_store_parts_write(struct signet_store *store, int64_t object,
                                        struct signet_span der)
{
    enum signet_status status = SIGNET_OK;
    for (uint32_t number = 0; der.len > 0 && status == SIGNET_OK; number++) {
        struct signet_span part = sg_span_first(der, SG_STORE_PART_LEN);
        status = store->backend->crl_put_part(store->db, object, number, part);
        der = sg_span_from(der, part.len);
    }
    return status;
}

enum signet_status sg_store_parts_walk(struct signet_store *store, int64_t object, uint64_t offset,
                                       uint64_t len, signet_octets_taker *taker, void *context)
{
    enum signet_status status = SIGNET_OK;
    while (len > 0 && status == SIGNET_OK) {
        struct signet_span part;
        if (offset / SG_STORE_PART_LEN > UINT32_MAX)
            return SIGNET_ERR_PARSE;
        status = store->backend->crl_get_part(store->db, object,
                                              (uint32_t)(offset / SG_STORE_PART_LEN), &part);
        if (status != SIGNET_OK)
            break;
        size_t wanted = SG_STORE_PART_LEN - (size_t)(offset % SG_STORE_PART_LEN);
        if (len < wanted)
            wanted = (size_t)len;
        part = sg_span_first(sg_span_from(part, (size_t)(offset % SG_STORE_PART_LEN)), wanted);
        if (part.len != wanted)
            return SIGNET_ERR_PARSE;
        status = taker(context, part);
        offset += wanted;
        len -= wanted;
    }
    return status;
}

static enum signet_status copy_piece(void *context, struct signet_span octets)
{
    uint8_t **out = context;
    memcpy(*out, octets.ptr, octets.len);
    *out += octets.len;
    return SIGNET_OK;
}

enum signet_status sg_store_parts_read(struct signet_store *store, int64_t object, uint64_t offset,
                                       size_t len, uint8_t *out)
{
    return sg_store_parts_walk(store, object, offset, len, copy_piece, &out);
}

/* A length that the file claims is believed only as far as there are parts. */
static enum signet_status check_len(struct signet_store *store,
                                    const struct sg_store_object *object)
{
    struct signet_span last;
    uint64_t number = object->der_len > 0 ? (object->der_len - 1) / SG_STORE_PART_LEN : UINT64_MAX;
    if (number > UINT32_MAX)
        return SIGNET_ERR_PARSE;
    enum signet_status status =
        store->backend->crl_get_part(store->db, object->id, (uint32_t)number, &last);
    if (status == SIGNET_OK && last.len != object->der_len - number * SG_STORE_PART_LEN)
        return SIGNET_ERR_PARSE;
    return status;
}

enum signet_status sg_store_parts_load_crl(struct signet_store *store,
                                           const struct sg_store_object *object,
                                           struct signet_crl **crl)
{
    uint8_t sha256[32];
    enum signet_status status = check_len(store, object);
    *crl = NULL;
    if (status != SIGNET_OK)
        return status;
    uint8_t *der = malloc((size_t)object->der_len);
    if (der == NULL)
        return SIGNET_ERR_MEMORY;
    struct signet_span octets = {der, (size_t)object->der_len};
    status = sg_store_parts_read(store, object->id, 0, octets.len, der);
    if (status == SIGNET_OK && !sg_sha256(octets, sha256))
        status = SIGNET_ERR_MEMORY;
    if (status == SIGNET_OK && !sg_span_equal(sg_span(sha256, sizeof(sha256)), object->sha256))
        status = SIGNET_ERR_PARSE;
    if (status != SIGNET_OK) {
        free(der);
        return status;
    }
    return signet_crl_parse_borrowed(octets, free, der, crl, NULL);
}

enum signet_status sg_store_parts_complete(struct signet_store *store,
                                           struct sg_store_loaded *loaded)
{
    struct signet_crl *whole;
    if (loaded->crl == NULL)
        return SIGNET_OK;
    enum signet_status status = sg_store_parts_load_crl(store, &loaded->object, &whole);
    if (status != SIGNET_OK)
        return status;
    signet_crl_unref(loaded->crl);
    loaded->crl = whole;
    return SIGNET_OK;
}
