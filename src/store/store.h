/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store from the inside, and what its files share. All meaning is here, above the backend.
 */
#ifndef SG_STORE_STORE_H
#define SG_STORE_STORE_H

#include "store/backend.h"

struct signet_store {
    const struct sg_store_backend *backend;
    struct sg_store_db *db; /* NULL when memory was out */
    bool began;             /* the caller has begun a transaction */
    bool writing;           /* a transaction is open */
    struct sg_arena lent;   /* what was lent until the next call */
};

/* The most memory that one call works with: lists of what was found, not the objects. */
#define SG_STORE_MAX_WORK ((size_t)1 << 30)

/*
 * A change is a transaction of its own unless the caller has begun one:
 *
 *   enum signet_status status = sg_store_change(store);
 *   if (status == SIGNET_OK)
 *       status = sg_store_changed(store, …the work…);
 *
 * SG_STORE_CHANGED commits when STATUS is SIGNET_OK, else drops the change if it is one of its own;
 * returns STATUS, or why the commit failed.
 */
SIGNET_MUST_CHECK enum signet_status sg_store_change(struct signet_store *store);
SIGNET_MUST_CHECK enum signet_status sg_store_changed(struct signet_store *store,
                                                      enum signet_status status);

/* The number of the object with this fingerprint (32 octets); 0: there is none. Found by its print,
 * compared by its octets' own fingerprint. */
SIGNET_MUST_CHECK enum signet_status sg_store_object_find(struct signet_store *store,
                                                          enum signet_record_kind kind,
                                                          struct signet_span sha256, int64_t *id);

/* One object, read and parsed again; one of the three is set, by KIND. Free with unload. */
struct sg_store_loaded {
    struct sg_store_object object; /* its body and origin are borrowed from the backend */
    uint8_t sha256[32];
    struct signet_certificate *certificate;
    struct signet_crl *crl;
    struct signet_attribute_certificate *attribute_certificate;
};
/*
 * SIGNET_ERR_PARSE: it is there, but not what was stored: another fingerprint, or unreadable.
 * LOADED->object.id 0: there is none of this number.
 */
SIGNET_MUST_CHECK enum signet_status sg_store_load(struct signet_store *store, int64_t id,
                                                   struct sg_store_loaded *loaded);
void sg_store_unload(struct sg_store_loaded *loaded);

#endif
