/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking up a correspondent's certificates by address (RFC 3850 4): in the database, in LDAP
 * directories, in the DNS (SMIMEA, RFC 8162; CERT, RFC 4398) and in HTTP certificate stores (RFC
 * 4387), in the configured order, the local before the central. What a place gives is a candidate:
 * the caller judges it, and only what holds is bound to the address.
 */
#ifndef SIGNET_LOOKUP_H
#define SIGNET_LOOKUP_H

#include "signet/path.h"
#include "signet/retrieve.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the SMIMEA records of an address, all proven by DNSSEC, say of a certificate (RFC 8162, RFC
 * 6698 2.1.1). They narrow down what our own anchors allow and never widen it. */
enum signet_smimea_result {
    SIGNET_SMIMEA_NONE = 0, /* there are no records that can be used */
    SIGNET_SMIMEA_MATCH,
    SIGNET_SMIMEA_MISMATCH
};

/* "none", "match", "mismatch". */
SIGNET_API const char *signet_smimea_result_name(enum signet_smimea_result result);

struct signet_lookup_candidate {
    const struct signet_certificate *certificate;
    enum signet_place place;
    const char *source; /* the URL, "database", "smimea:…"; escaped */
};

struct signet_lookup;

/* POOL gets the certificates that come, as intermediates. SIGNET_ERR_ARGUMENT: ADDRESS is no
 * addr-spec. NOW is the clock's time. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_lookup_new(struct signet_retriever *retriever, struct signet_context *context,
                  const char *address, struct signet_pool *pool, signet_time now,
                  struct signet_lookup **lookup);
SIGNET_API void signet_lookup_free(struct signet_lookup *lookup); /* NULL is legal */

/* Asks the next place of the order that there is. *PLACE is set where *ANY; else all were asked.
 * Never waits. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_lookup_next(struct signet_lookup *lookup, enum signet_place *place, bool *any);
SIGNET_API size_t signet_lookup_num_pending(const struct signet_lookup *lookup);
/* Waits up to TIMEOUT_MS for an answer, and takes those that are there. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_lookup_poll(struct signet_lookup *lookup,
                                                                   int timeout_ms);
/* The deadline was reached. */
SIGNET_API void signet_lookup_give_up(struct signet_lookup *lookup);

/* End entities' certificates found so far, whatever their worth, in order; none twice. Borrowed
 * until the next call. */
SIGNET_API const struct signet_lookup_candidate *
signet_lookup_candidates(const struct signet_lookup *lookup, size_t *num);

/* Holds the best path of RESULT, for a candidate, against the records met so far: usages 1 and 3
 * against the certificate, 0 and 2 against the CAs of the path and its anchor. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_lookup_check(const struct signet_lookup *lookup, const struct signet_path_result *result,
                    enum signet_smimea_result *match);

/*
 * Stores candidate NUMBER and the certificates of its path, and binds it to the address
 * (SIGNET_BINDING_FETCHED), when RESULT, its path judged for this address, is GOOD or WARN and no
 * record is against it; *BOUND tells. Without a store nothing is bound.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_lookup_bind(struct signet_lookup *lookup, size_t number,
                   const struct signet_path_result *result, bool *bound);

/* As signet_retrieval_sources. */
SIGNET_API const struct signet_retrieved *signet_lookup_sources(const struct signet_lookup *lookup,
                                                                size_t *num);

#ifdef __cplusplus
}
#endif

#endif
