/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The look-up of one correspondent: the places of the order are asked, one after the other, until a
 * certificate holds.
 */
#ifndef CLI_LOOKING_H
#define CLI_LOOKING_H

#include "material.h"

/* Candidates of one address: more are not judged. */
enum { LOOKING_MAX_VERDICTS = 64 };

struct looking {
    struct material *material;
    struct signet_pool *pool; /* gets the certificates that come */
    const char *address;
    struct signet_policy policy; /* for the address */
    struct signet_lookup *lookup;
    struct signet_lookup_verdict verdicts[LOOKING_MAX_VERDICTS];
    size_t num;
    const struct signet_certificate *found; /* holds, and is bound where there is a database */
};

/* MATERIAL has a retriever. Answers are awaited until UNTIL_MS of monotonic_ms. All that is given
 * must outlive LOOKING, which is to be freed whatever is returned. POLICY's address is not used.
 * SIGNET_ERR_ARGUMENT: ADDRESS is no addr-spec. */
enum signet_status looking_up(struct looking *looking, struct material *material,
                              struct signet_pool *pool, const struct signet_policy *policy,
                              const char *address, int64_t until_ms);
void looking_free(struct looking *looking); /* a zeroed one is legal */

#endif
