/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Large objects (CRLs) as parts of SG_STORE_PART_LEN octets, so that octets in the middle are found
 * without walking over those before.
 */
#ifndef SG_STORE_PARTS_H
#define SG_STORE_PARTS_H

#include "store/store.h"

/* Writes DER as the parts of OBJECT. */
SIGNET_MUST_CHECK enum signet_status sg_store_parts_write(struct signet_store *store,
                                                          int64_t object, struct signet_span der);

/* Hands over LEN octets from OFFSET on, in pieces. SIGNET_ERR_PARSE: a part is missing or short. */
SIGNET_MUST_CHECK enum signet_status sg_store_parts_walk(struct signet_store *store, int64_t object,
                                                         uint64_t offset, uint64_t len,
                                                         signet_octets_taker *taker, void *context);

/* The same into OUT, which has room for LEN octets. */
SIGNET_MUST_CHECK enum signet_status sg_store_parts_read(struct signet_store *store, int64_t object,
                                                         uint64_t offset, size_t len, uint8_t *out);

/* All of OBJECT, a CRL, read and parsed. SIGNET_ERR_PARSE: it is not what was stored. */
SIGNET_MUST_CHECK enum signet_status sg_store_parts_load_crl(struct signet_store *store,
                                                             const struct sg_store_object *object,
                                                             struct signet_crl **crl);

/* Where LOADED is a CRL, the whole of it in place of what loading gave. SIGNET_ERR_PARSE: it is not
 * what was stored. */
SIGNET_MUST_CHECK enum signet_status sg_store_parts_complete(struct signet_store *store,
                                                             struct sg_store_loaded *loaded);

#endif
