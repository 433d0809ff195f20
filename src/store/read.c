/* SPDX-License-Identifier: Apache-2.0 */
/* The octets of an object, exactly as they came. */
#include "store/parts.h"

static enum signet_status read_object(struct signet_store *store, enum signet_record_kind kind,
                                      struct signet_span sha256, signet_octets_taker *taker,
                                      void *context)
{
    struct sg_store_object object;
    int64_t id;
    enum signet_status status = sg_store_object_find(store, kind, sha256, &id);
    if (status == SIGNET_OK && id == 0)
        return SIGNET_ERR_ARGUMENT;
    if (status == SIGNET_OK)
        status = store->backend->object_get(store->db, id, &object);
    if (status != SIGNET_OK)
        return status;
    if (kind == SIGNET_RECORD_CRL)
        return sg_store_parts_walk(store, id, 0, object.der_len, taker, context);
    return taker(context, object.body);
}

enum signet_status signet_store_read(struct signet_store *store, enum signet_record_kind kind,
                                     struct signet_span sha256, signet_octets_taker *taker,
                                     void *context)
{
    enum signet_status status = sg_store_look(store);
    if (status != SIGNET_OK)
        return status;
    return sg_store_looked(store, read_object(store, kind, sha256, taker, context));
}
