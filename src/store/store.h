/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store from the inside, and what its files share. All meaning is here, above the backend.
 */
#ifndef SG_STORE_STORE_H
#define SG_STORE_STORE_H

#include "store/backend.h"

struct signet_store {
    const struct sg_store_backend *backend;
    struct sg_store_db *db;
    unsigned depth; /* calls and the caller's transaction that are under way; 0: no transaction */
    bool writing;   /* the transaction is one that changes something */
    bool began;     /* the caller has begun it */
    /* A change within the transaction failed half way: it cannot be committed any more. */
    enum signet_status broken;
    struct sg_arena lent; /* what was lent until the next call */
};

/* signet_store_open with another backend than SQLite; FILE is what it takes for a place. */
SIGNET_MUST_CHECK enum signet_status sg_store_open(const struct sg_store_backend *backend,
                                                   const char *file, enum signet_store_mode mode,
                                                   unsigned busy_ms, struct signet_store **store);

/* The most memory that one call works with: lists of what was found, not the objects. */
#define SG_STORE_MAX_WORK ((size_t)1 << 30)

/* Every call is a transaction of its own unless one was begun; calls nest.
 *
 *   enum signet_status status = sg_store_change(store);
 *   if (status == SIGNET_OK)
 *       status = sg_store_changed(store, …the work…);
 *
 * CHANGED commits when STATUS is SIGNET_OK, else drops the change; returns STATUS, or why the
 * commit failed. SIGNET_ERR_ARGUMENT and SIGNET_ERR_PARSE must come before anything was written:
 * they leave a transaction that the caller has begun as it was. */
SIGNET_MUST_CHECK enum signet_status sg_store_change(struct signet_store *store);
SIGNET_MUST_CHECK enum signet_status sg_store_changed(struct signet_store *store,
                                                      enum signet_status status);
/* Ends a change without making it. */
void sg_store_abandon(struct signet_store *store);
/* The same for looking only: what is read belongs together. */
SIGNET_MUST_CHECK enum signet_status sg_store_look(struct signet_store *store);
SIGNET_MUST_CHECK enum signet_status sg_store_looked(struct signet_store *store,
                                                     enum signet_status status);

/* What a caller has nothing to say of is NULL or "". */
static inline const char *sg_store_text(const char *text)
{
    return text != NULL ? text : "";
}

/* The number of the object with this fingerprint (32 octets, else nothing is found); 0: there is
 * none. Found by its print, compared by the fingerprint of what is there. */
SIGNET_MUST_CHECK enum signet_status sg_store_object_find(struct signet_store *store,
                                                          enum signet_record_kind kind,
                                                          struct signet_span sha256, int64_t *id);
/* The fingerprint of OBJECT's octets; of a CRL the one stored. SIGNET_ERR_PARSE: a CRL without. */
SIGNET_MUST_CHECK enum signet_status sg_store_object_sha256(const struct sg_store_object *object,
                                                            uint8_t sha256[32]);

/* One object, read and parsed again; one of the three is set, by KIND. */
struct sg_store_loaded {
    struct sg_store_object object; /* without a certificate's body; its origin: see below */
    uint8_t sha256[32];
    struct signet_certificate *certificate;
    struct signet_crl *crl; /* maybe an excerpt without entries */
    struct signet_attribute_certificate *attribute_certificate;
    struct sg_arena arena;
};
/*
 * SIGNET_ERR_PARSE: it is there, but not what was stored: another fingerprint, or unreadable.
 * LOADED->object.id 0: there is none of this number. To be unloaded in any case.
 */
SIGNET_MUST_CHECK enum signet_status sg_store_load(struct signet_store *store, int64_t id,
                                                   struct sg_store_loaded *loaded);
/* Where it came from, which is not loaded with it. */
SIGNET_MUST_CHECK enum signet_status sg_store_load_origin(struct signet_store *store,
                                                          struct sg_store_loaded *loaded);
void sg_store_unload(struct sg_store_loaded *loaded);

/* Stores what LOADED->object and its parsed object say, unless it is there; sets object.id. */
SIGNET_MUST_CHECK enum signet_status sg_store_put(struct signet_store *store,
                                                  struct sg_store_loaded *loaded, bool *added);

/* CERTIFICATE, not yet stored, as if it had been loaded, without an origin. Not to be unloaded: it
 * holds no reference. */
void sg_store_certificate_view(const struct signet_certificate *certificate,
                               struct sg_store_loaded *loaded);
/* The same for a CRL, which is then not to be moved: it points into itself. SIGNET_ERR_ARGUMENT: an
 * excerpt. */
SIGNET_MUST_CHECK enum signet_status sg_store_crl_view(const struct signet_crl *crl,
                                                       struct sg_store_loaded *loaded);

/* sg_store_put of a view, in a transaction, with its origin; sets object.id, also of what was
 * there. *ADDED may be NULL. */
SIGNET_MUST_CHECK enum signet_status sg_store_add(struct signet_store *store,
                                                  struct sg_store_loaded *loaded,
                                                  const struct signet_origin *origin, bool *added);

/* Deletes LOADED, which was loaded, with all that leads to it and hangs on it. */
SIGNET_MUST_CHECK enum signet_status sg_store_drop(struct signet_store *store,
                                                   const struct sg_store_loaded *loaded);

#endif
