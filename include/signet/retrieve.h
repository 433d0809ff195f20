/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Retrieval: what a judgement needs, asked of the database and then of the network, within rules
 * that bound what a message can make us fetch (RFC 8550 6). All that was asked, found, refused and
 * left out is a list that can be shown. And the look-up of a correspondent's certificates by
 * address (RFC 3850 4).
 */
#ifndef SIGNET_RETRIEVE_H
#define SIGNET_RETRIEVE_H

#include "signet/fetch.h"
#include "signet/need.h"
#include "signet/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where certificates of an address are looked for. */
enum signet_place {
    SIGNET_PLACE_DATABASE = 0,
    SIGNET_PLACE_LDAP,
    SIGNET_PLACE_DNS, /* SMIMEA (RFC 8162), then CERT (RFC 4398) */
    SIGNET_PLACE_HTTP /* certificate stores (RFC 4387) and other services that answer a GET */
};
#define SIGNET_NUM_PLACES 4

/* "database", "ldap", "dns", "http". */
SIGNET_API const char *signet_place_name(enum signet_place place);

/* What may be fetched for one verdict. Texts and lists are copied by signet_retriever_new. */
struct signet_retrieve_rules {
    unsigned max_issuers;  /* requests for issuers' certificates (caIssuers): for paths that nobody
                              has vouched for yet; 0: none (RFC 5280 4.2.2.1, opt-in) */
    bool crls;             /* from distribution points, of paths that reach an anchor */
    unsigned max_requests; /* of every kind */
    unsigned max_hosts;    /* different servers */
    size_t max_bytes;      /* received in all */
    size_t max_object_bytes;
    bool ldap_first;        /* of several locations; else http */
    bool https;             /* follow https locations that certificates name (RFC 5280 8) */
    int64_t recent;         /* seconds: a CRL younger than this is not asked for again ... */
    int64_t margin;         /* ... unless fewer than this are left until its nextUpdate */
    int64_t failure_memory; /* seconds for which a location that failed is not asked again */
    /* Directories that the user configured, "ldap://host/base". LDAP locations of certificates are
     * asked of these hosts only, those without a host of each. */
    const char *const *ldap;
    size_t num_ldap;
    const char *const *http; /* URLs with "{address}" where the address goes, percent-encoded */
    size_t num_http;
    enum signet_place order[SIGNET_NUM_PLACES]; /* of a look-up by address */
    size_t num_order;
};

/* Issuers 4, CRLs, 16 requests to 8 hosts, 64 MB, 16 MB each, http first, recent 12 h, failures 10
 * min; database, LDAP, DNS, HTTP. */
SIGNET_API void signet_retrieve_rules_init(struct signet_retrieve_rules *rules);

enum signet_retrieve_outcome {
    SIGNET_RETRIEVE_FOUND = 0,
    SIGNET_RETRIEVE_UNCHANGED, /* what is at hand is the newest there is */
    SIGNET_RETRIEVE_RECENT,    /* asked so lately that it was not asked again */
    SIGNET_RETRIEVE_ABSENT,    /* the place says that it has none */
    SIGNET_RETRIEVE_INVALID,   /* an answer, but not what was asked for */
    SIGNET_RETRIEVE_REFUSED,   /* by the rules */
    SIGNET_RETRIEVE_TOO_LARGE,
    SIGNET_RETRIEVE_TIMED_OUT,
    SIGNET_RETRIEVE_UNPROVEN, /* DNS without DNSSEC */
    SIGNET_RETRIEVE_FAILED,
    SIGNET_RETRIEVE_REMEMBERED, /* failed so lately that it was not asked again */
    SIGNET_RETRIEVE_LEFT_OUT    /* a bound of the rules was reached */
};

/* "found", "unchanged", "recent", "absent", "invalid", "refused", "too-large", "timed-out",
 * "unproven", "failed", "remembered", "left-out". */
SIGNET_API const char *signet_retrieve_outcome_name(enum signet_retrieve_outcome outcome);

enum signet_retrieved_from {
    SIGNET_FROM_DATABASE = 0, /* objects stored */
    SIGNET_FROM_MEMORY,       /* what is known of the place; it was not asked */
    SIGNET_FROM_NETWORK
};

/* "database", "memory", "network". */
SIGNET_API const char *signet_retrieved_from_name(enum signet_retrieved_from from);

/* One source that was used, failed, or was passed over. All text is escaped. */
struct signet_retrieved {
    const char *url; /* "database"; "smimea:alice@example.com" for DNS */
    enum signet_need_kind need;
    enum signet_retrieve_outcome outcome;
    enum signet_retrieved_from from;
    const char *reason; /* in words; "" where there is nothing to add */
    size_t bytes;       /* received */
};

/* --- for many verdicts: rules, the fetcher, the store, what failed lately --------------------- */

struct signet_retriever;

/* FETCHER and STORE may be NULL: no network, no database. Both must outlive it. One thread at a
 * time. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_retriever_new(const struct signet_retrieve_rules *rules, struct signet_fetcher *fetcher,
                     struct signet_store *store, struct signet_retriever **retriever);
SIGNET_API void signet_retriever_free(struct signet_retriever *retriever); /* NULL is legal */

/* --- for one verdict ------------------------------------------------------------------------- */

struct signet_retrieval;

/*
 * What comes is added to POOL, and to the store: CRLs and certificates that are what a need asked
 * for. NOW is the clock's time (not the time judged for), CONTEXT the one judged with.
 *
 * The loop: judge; start with the needs; while something was added or is pending: poll, judge
 * again, start with the new needs. One retriever has one retrieval at a time.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_retrieval_new(struct signet_retriever *retriever, struct signet_context *context,
                     struct signet_pool *pool, signet_time now,
                     struct signet_retrieval **retrieval);
/* Cancels what is pending, without a word in the list. NULL is legal. */
SIGNET_API void signet_retrieval_free(struct signet_retrieval *retrieval);

/* Whose certificate a SIGNER need may be looked up by in configured directories: addr-specs,
 * copied. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_retrieval_add_address(struct signet_retrieval *retrieval, const char *address);

/*
 * Asks the database for NEEDS; where it had nothing new, asks the network for those that the rules
 * allow: CRLs for needs that are anchored, issuers under their bound, the missing ones first, and
 * of the others those for which what is at hand is not recent. Never waits. *NUM_ADDED: so many
 * objects are new to the pool. The needs are copied.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_retrieval_start(struct signet_retrieval *retrieval, const struct signet_need *needs,
                       size_t num, size_t *num_added);

/* Waits up to TIMEOUT_MS until something was added or nothing is pending, and takes whatever
 * answers are there. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_retrieval_poll(struct signet_retrieval *retrieval, int timeout_ms, size_t *num_added);
SIGNET_API size_t signet_retrieval_num_pending(const struct signet_retrieval *retrieval);

/* The deadline was reached: what is pending is given up, listed and remembered as timed out. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_retrieval_give_up(struct signet_retrieval *retrieval);

/* In the order in which they were asked. Valid until the next call. */
SIGNET_API const struct signet_retrieved *
signet_retrieval_sources(const struct signet_retrieval *retrieval, size_t *num);

#ifdef __cplusplus
}
#endif

#endif
