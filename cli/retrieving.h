/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loop around judging: what a verdict needs is asked of the database, then of the network, and
 * judged again, until nothing new comes or the deadline is reached.
 */
#ifndef CLI_RETRIEVING_H
#define CLI_RETRIEVING_H

#include "options.h"

struct retrieving {
    int64_t deadline_ms;
    signet_time now;
    struct signet_fetcher *fetcher;     /* NULL: offline */
    struct signet_retriever *retriever; /* NULL: neither database nor network */
    struct signet_retrieval *retrieval; /* of the last verdict */
};

/* What signet.conf and the options say of fetching. Texts are borrowed from OPTIONS; the lists are
 * to be freed by retrieving_free_rules. False: memory is out (told). */
bool retrieving_rules(const struct options *options, struct signet_retrieve_rules *rules);
void retrieving_free_rules(struct signet_retrieve_rules *rules);
void retrieving_fetch_rules(const struct options *options, struct signet_fetch_rules *rules);

/* STORE may be NULL. No process is started before there is something to fetch. False: told. */
bool retrieving_open(struct retrieving *retrieving, const struct options *options,
                     struct signet_store *store);
void retrieving_close(struct retrieving *retrieving); /* a zeroed one is legal */

/* Settles RESULT, judged with CONTEXT and POOL, which gets what comes. */
enum signet_status retrieving_settle_message(struct retrieving *retrieving,
                                             struct signet_context *context,
                                             struct signet_pool *pool,
                                             struct signet_message_result *result);
enum signet_status retrieving_settle_path(struct retrieving *retrieving,
                                          struct signet_context *context, struct signet_pool *pool,
                                          struct signet_path_result *result);

/* The same for a plan. */
enum signet_status retrieving_settle_sign(struct retrieving *retrieving,
                                          struct signet_context *context, struct signet_pool *pool,
                                          struct signet_sign_plan *plan);

enum signet_status retrieving_settle_encrypt(struct retrieving *retrieving,
                                             struct signet_context *context,
                                             struct signet_pool *pool,
                                             struct signet_encrypt_plan *plan);

/* Where the last verdict's objects were looked for. */
const struct signet_retrieved *retrieving_sources(const struct retrieving *retrieving, size_t *num);

/* Milliseconds of a clock that nobody sets. */
int64_t monotonic_ms(void);

#endif
