/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether an object is what a query looks for. What led to the object is not believed.
 */
#ifndef SG_STORE_MATCH_H
#define SG_STORE_MATCH_H

#include "store/store.h"
#include "x509/name.h"

/* A query made ready for comparing. */
struct sg_store_wanted {
    const struct signet_store_query *query;
    unsigned kinds;
    const char *folded;             /* the address; NULL: none is looked for */
    bool nothing;                   /* no object can be what is looked for */
    struct sg_name issuer, subject; /* canonical where they are looked for */
    struct sg_arena arena;
    struct sg_buffer names;
};

/* SIGNET_ERR_ARGUMENT: issuer or subject is no Name. To be freed in any case. */
SIGNET_MUST_CHECK enum signet_status sg_store_wanted_init(struct sg_store_wanted *wanted,
                                                          const struct signet_store_query *query);
void sg_store_wanted_free(struct sg_store_wanted *wanted);

SIGNET_MUST_CHECK enum signet_status sg_store_match(struct signet_store *store,
                                                    const struct sg_store_wanted *wanted,
                                                    const struct sg_store_loaded *loaded,
                                                    bool *matches);

#endif
