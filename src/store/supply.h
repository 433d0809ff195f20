/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files that supply a judgement share, see signet_store_supply.
 */
#ifndef SG_STORE_SUPPLY_H
#define SG_STORE_SUPPLY_H

#include "store/store.h"
#include "x509/name.h"

struct sg_supply {
    struct signet_store *store;
    struct signet_context *context;
    struct signet_pool *pool;
    struct sg_arena *arena;
    size_t num_added;
    struct signet_certificate *first; /* of those that a need has got, to be given back; or NULL */
};

/* So many objects are looked at for one need: what a poisoned store can cost. */
#define SG_SUPPLY_MAX_CERTIFICATES 64
#define SG_SUPPLY_MAX_CRLS         64

/* Reads DER, a Name, into OUT with its canonical form, in the arena. *READ false: it is none. */
SIGNET_MUST_CHECK enum signet_status
sg_supply_name(struct sg_supply *supply, struct signet_span der, struct sg_name *out, bool *read);

/* Hands the facts kept of an object to the context: KEYS, 32 octets each, verified what has this
 * fingerprint. */
void sg_supply_facts(struct sg_supply *supply, const uint8_t sha256[32], struct signet_span keys);

/* Adds CERTIFICATE, which is OBJECT, with what was learned of it; as an anchor where it is one and
 * the pool has none of its octets: whoever judges may have terms of his own. */
SIGNET_MUST_CHECK enum signet_status
sg_supply_certificate(struct sg_supply *supply, int64_t object,
                      const struct signet_certificate *certificate);

/* Adds CRLs of the issuer NAME that may tell of the certificates of NUM_NEEDS needs. */
SIGNET_MUST_CHECK enum signet_status sg_supply_crls(struct sg_supply *supply,
                                                    const struct sg_name *name,
                                                    const struct signet_need *const *needs,
                                                    size_t num_needs);

/* Adds the whole of EXCERPT. */
SIGNET_MUST_CHECK enum signet_status sg_supply_whole_crl(struct sg_supply *supply,
                                                         const struct signet_crl *excerpt);

#endif
