/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys of stored certificates, made fit for computing once for all signatures that they are held
 * against.
 */
#ifndef SG_STORE_PROOF_KEY_H
#define SG_STORE_PROOF_KEY_H

#include "store/store.h"
#include "x509/certificate.h"

struct sg_proof_key {
    int64_t object; /* the certificate's number in the store; 0: it is not from there */
    struct signet_certificate *certificate;
    /* Whose DSA parameters it has by inheritance (RFC 5280 6.1.4 (e)), or NULL. */
    struct signet_certificate *donor;
    bool made; /* what follows is set for good */
    enum sg_key_check check;
    struct sg_public_key *key; /* NULL unless CHECK is SG_KEY_OK */
    uint8_t sha256[32];        /* as facts name it, see path/fact_memory.h */
};

/* Keys with a number are kept at the place that it decides. */
#define SG_PROOF_KEYS ((size_t)256)

struct sg_proof_keys {
    struct signet_store *store;
    struct sg_crypto *crypto;
    size_t max_bits;
    struct sg_proof_key places[SG_PROOF_KEYS];
};

SIGNET_MUST_CHECK enum signet_status sg_proof_keys_new(struct signet_store *store,
                                                       struct sg_proof_keys **keys);
void sg_proof_keys_free(struct sg_proof_keys *keys); /* NULL is legal */

/* The key of certificate OBJECT, borrowed until the next call; NULL: it is none that can be read.
 */
SIGNET_MUST_CHECK enum signet_status sg_proof_keys_get(struct sg_proof_keys *keys, int64_t object,
                                                       struct sg_proof_key **key);

/* OBJECT goes out of the store, and its number may be another's next. */
void sg_proof_keys_forget(struct sg_proof_keys *keys, int64_t object);

/* Makes KEY fit for computing, if it was not. */
SIGNET_MUST_CHECK enum signet_status sg_proof_key_make(struct sg_proof_keys *keys,
                                                       struct sg_proof_key *key);

/* The parameters that KEY has inherited; {NULL,0} for none. */
struct signet_span sg_proof_key_parameters(const struct sg_proof_key *key);

void sg_proof_key_clear(struct sg_proof_key *key);

#endif
