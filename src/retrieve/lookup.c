/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/lookup.h"

#include "address/mailbox.h"
#include "agent/context.h"
#include "base/span.h"
#include "retrieve/keep.h"
#include "retrieve/location.h"
#include "retrieve/rules.h"
#include "retrieve/smimea.h"
#include "retrieve/trace.h"

#include <stdlib.h>

#define MAX_MEMORY ((size_t)16 << 20)

enum { MAX_CANDIDATES = 64, MAX_RECORDS = 64, MAX_REQUESTS = 64 };

struct request {
    uint32_t id;
    bool pending;
    enum signet_place place;
    enum signet_fetch_kind kind;
    const char *url; /* how the source is named */
    size_t row;
};

struct signet_lookup {
    struct signet_retriever *retriever;
    struct signet_context *context;
    struct signet_pool *pool;
    signet_time now;
    struct sg_arena arena;
    struct sg_trace trace;
    const char *address;
    size_t next; /* place of the order */
    struct request requests[MAX_REQUESTS];
    size_t num_requests;
    struct signet_lookup_candidate candidates[MAX_CANDIDATES];
    size_t num_candidates;
    struct sg_smimea records[MAX_RECORDS];
    size_t num_records;
};

const char *signet_smimea_result_name(enum signet_smimea_result result)
{
    static const char *const names[] = {
        [SIGNET_SMIMEA_NONE] = "none",
        [SIGNET_SMIMEA_MATCH] = "match",
        [SIGNET_SMIMEA_MISMATCH] = "mismatch",
    };
    return names[result];
}

enum signet_status signet_lookup_new(struct signet_retriever *retriever,
                                     struct signet_context *context, const char *address,
                                     struct signet_pool *pool, signet_time now,
                                     struct signet_lookup **lookup)
{
    struct signet_lookup *made = calloc(1, sizeof *made);
    struct sg_mailbox mailbox;
    enum signet_status status;

    *lookup = NULL;
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, MAX_MEMORY);
    made->trace.arena = &made->arena;
    made->retriever = retriever;
    made->context = context;
    made->pool = pool;
    made->now = now;
    made->address = sg_arena_text(&made->arena, address);
    status = SIGNET_OK;
    if (made->address == NULL ||
        !sg_mailbox_parse(sg_span_text(made->address), &made->arena, &mailbox))
        status = made->arena.failed ? SIGNET_ERR_MEMORY : SIGNET_ERR_ARGUMENT;
    if (status != SIGNET_OK)
        signet_lookup_free(made);
    else
        *lookup = made;
    return status;
}

void signet_lookup_free(struct signet_lookup *lookup)
{
    if (lookup == NULL)
        return;
    for (size_t i = 0; i < lookup->num_requests; i++)
        if (lookup->requests[i].pending)
            signet_fetcher_cancel(lookup->retriever->fetcher, lookup->requests[i].id);
    for (size_t i = 0; i < lookup->num_candidates; i++)
        signet_certificate_unref(
            (struct signet_certificate *)(uintptr_t)lookup->candidates[i].certificate);
    sg_arena_clear(&lookup->arena);
    free(lookup);
}

const struct signet_lookup_candidate *signet_lookup_candidates(const struct signet_lookup *lookup,
                                                               size_t *num)
{
    *num = lookup->num_candidates;
    return lookup->candidates;
}

const struct signet_retrieved *signet_lookup_sources(const struct signet_lookup *lookup,
                                                     size_t *num)
{
    *num = lookup->trace.num;
    return lookup->trace.rows;
}

size_t signet_lookup_num_pending(const struct signet_lookup *lookup)
{
    size_t num = 0;

    for (size_t i = 0; i < lookup->num_requests; i++)
        num += lookup->requests[i].pending;
    return num;
}

/* What does not fit into the memory of one look-up is passed over. */
static enum signet_status room_status(const struct signet_lookup *lookup)
{
    return lookup->arena.failed && !lookup->arena.at_max ? SIGNET_ERR_MEMORY : SIGNET_OK;
}

/* --- candidates ------------------------------------------------------------------------------ */

static bool has_candidate(const struct signet_lookup *lookup,
                          const struct signet_certificate *certificate)
{
    for (size_t i = 0; i < lookup->num_candidates; i++)
        if (sg_span_equal(signet_certificate_sha256(lookup->candidates[i].certificate),
                          signet_certificate_sha256(certificate)))
            return true;
    return false;
}

/* CAs' certificates are only there to build paths with. */
static enum signet_status add_certificate(struct signet_lookup *lookup, enum signet_place place,
                                          const char *source,
                                          const struct signet_certificate *certificate)
{
    enum signet_status status = signet_pool_add_certificate(lookup->pool, certificate);

    if (status != SIGNET_OK || certificate->is_ca || lookup->num_candidates == MAX_CANDIDATES ||
        has_candidate(lookup, certificate))
        return status;
    lookup->candidates[lookup->num_candidates++] =
        (struct signet_lookup_candidate){signet_certificate_ref(certificate), place, source};
    return SIGNET_OK;
}

static enum signet_status take_record(void *context, const struct signet_record *record)
{
    return add_certificate(context, SIGNET_PLACE_DATABASE, "database", record->certificate);
}

static enum signet_status ask_database(struct signet_lookup *lookup)
{
    struct signet_store *store = lookup->retriever->store;
    const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE,
                                             .address = lookup->address};
    size_t before = lookup->num_candidates;
    enum signet_status status = signet_store_find(store, &query, take_record, lookup, NULL);
    struct signet_retrieved row = {.need = SIGNET_NEED_SIGNER, .from = SIGNET_FROM_DATABASE};

    if (status == SIGNET_ERR_IO) {
        row.outcome = SIGNET_RETRIEVE_FAILED;
        row.reason = signet_store_trouble_text(store);
        status = SIGNET_OK;
    } else {
        row.outcome =
            lookup->num_candidates > before ? SIGNET_RETRIEVE_FOUND : SIGNET_RETRIEVE_ABSENT;
    }
    sg_trace_add(&lookup->trace, "database", &row);
    return status;
}

/* --- the network ----------------------------------------------------------------------------- */

/* NAME: how the source is called. */
static enum signet_status ask(struct signet_lookup *lookup, enum signet_place place,
                              enum signet_fetch_kind kind, const char *url, const char *name)
{
    struct signet_fetcher *fetcher = lookup->retriever->fetcher;
    const struct signet_fetch_request asked = {
        .kind = kind,
        .url = kind == SIGNET_FETCH_URL || kind == SIGNET_FETCH_LDAP_ADDRESS ? url : NULL,
        .address = kind == SIGNET_FETCH_URL ? NULL : lookup->address,
        .max_bytes = lookup->retriever->rules.max_object_bytes,
        .own_place = true};
    struct request *request;
    enum signet_status status;

    if (name == NULL)
        return SIGNET_ERR_MEMORY;
    if (lookup->num_requests == MAX_REQUESTS) {
        sg_trace_add(&lookup->trace, name,
                     &(struct signet_retrieved){
                         .need = SIGNET_NEED_SIGNER,
                         .outcome = SIGNET_RETRIEVE_LEFT_OUT,
                         .from = SIGNET_FROM_MEMORY,
                         .reason = "the number of requests for one address is used up"});
        return SIGNET_OK;
    }
    request = &lookup->requests[lookup->num_requests];
    *request = (struct request){.place = place, .kind = kind, .url = name};
    request->row = sg_trace_add(
        &lookup->trace, name,
        &(struct signet_retrieved){.need = SIGNET_NEED_SIGNER, .from = SIGNET_FROM_NETWORK});
    status = signet_fetcher_start(fetcher, &asked, &request->id);
    if (status == SIGNET_ERR_IO) {
        sg_trace_conclude(&lookup->trace, request->row, SIGNET_RETRIEVE_FAILED,
                          signet_fetcher_trouble(fetcher), 0);
        return SIGNET_OK;
    }
    request->pending = status == SIGNET_OK;
    lookup->num_requests++;
    return status;
}

static enum signet_status ask_directories(struct signet_lookup *lookup)
{
    const struct signet_retrieve_rules *rules = &lookup->retriever->rules;
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < rules->num_ldap && status == SIGNET_OK; i++)
        status = ask(lookup, SIGNET_PLACE_LDAP, SIGNET_FETCH_LDAP_ADDRESS, rules->ldap[i],
                     rules->ldap[i]);
    return status;
}

static enum signet_status ask_dns(struct signet_lookup *lookup)
{
    enum signet_status status = ask(lookup, SIGNET_PLACE_DNS, SIGNET_FETCH_DNS_SMIMEA, NULL,
                                    sg_arena_printf(&lookup->arena, "smimea:%s", lookup->address));

    if (status != SIGNET_OK)
        return status;
    return ask(lookup, SIGNET_PLACE_DNS, SIGNET_FETCH_DNS_CERT, NULL,
               sg_arena_printf(&lookup->arena, "cert:%s", lookup->address));
}

static enum signet_status ask_stores(struct signet_lookup *lookup)
{
    const struct signet_retrieve_rules *rules = &lookup->retriever->rules;
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < rules->num_http && status == SIGNET_OK; i++) {
        const char *url = sg_location_fill(&lookup->arena, rules->http[i], lookup->address);

        status = ask(lookup, SIGNET_PLACE_HTTP, SIGNET_FETCH_URL, url, url);
    }
    return status;
}

static bool can_be_asked(const struct signet_lookup *lookup, enum signet_place place)
{
    const struct signet_retriever *retriever = lookup->retriever;

    if (place == SIGNET_PLACE_DATABASE)
        return retriever->store != NULL;
    if (retriever->fetcher == NULL)
        return false;
    return place == SIGNET_PLACE_DNS ||
           (place == SIGNET_PLACE_LDAP ? retriever->rules.num_ldap : retriever->rules.num_http) > 0;
}

enum signet_status signet_lookup_next(struct signet_lookup *lookup, enum signet_place *place,
                                      bool *any)
{
    static enum signet_status (*const asks[])(struct signet_lookup *) = {
        [SIGNET_PLACE_DATABASE] = ask_database,
        [SIGNET_PLACE_LDAP] = ask_directories,
        [SIGNET_PLACE_DNS] = ask_dns,
        [SIGNET_PLACE_HTTP] = ask_stores,
    };
    const struct signet_retrieve_rules *rules = &lookup->retriever->rules;

    *any = false;
    while (!*any && lookup->next < rules->num_order) {
        *place = rules->order[lookup->next++];
        *any = can_be_asked(lookup, *place);
    }
    enum signet_status status = *any ? asks[*place](lookup) : SIGNET_OK;
    return status == SIGNET_OK ? room_status(lookup) : status;
}

/* --- answers --------------------------------------------------------------------------------- */

/* Keeps RDATA, and gives the certificate that lies in it, if one does. */
static struct signet_span read_smimea(struct signet_lookup *lookup, struct signet_span rdata)
{
    struct sg_smimea record;
    struct signet_span kept = sg_arena_copy(&lookup->arena, rdata);

    if (kept.ptr == NULL || lookup->num_records == MAX_RECORDS || !sg_smimea_parse(kept, &record))
        return sg_span(NULL, 0);
    lookup->records[lookup->num_records++] = record;
    return sg_smimea_certificate(&record);
}

/* The octets in VALUE that may hold certificates. */
static struct signet_span payload(struct signet_lookup *lookup, const struct request *request,
                                  const struct signet_fetch_value *value)
{
    if (request->kind == SIGNET_FETCH_DNS_SMIMEA)
        return read_smimea(lookup, value->octets);
    if (request->kind == SIGNET_FETCH_DNS_CERT)
        return sg_cert_record_certificate(value->octets);
    return value->octets;
}

static enum signet_status take_values(struct signet_lookup *lookup, const struct request *request,
                                      const struct signet_fetch_answer *answer, const char **reason,
                                      size_t *num_found)
{
    enum signet_status status = SIGNET_OK;

    *reason = "";
    for (size_t i = 0; i < answer->num_values && status == SIGNET_OK; i++) {
        struct signet_fetch_value value = {.label = "",
                                           .octets = payload(lookup, request, &answer->values[i])};
        struct sg_catch catch;

        if (value.octets.ptr == NULL)
            continue;
        status = sg_catch_certificates(&catch, &value, 1);
        for (size_t j = 0; j < catch.num_certificates && status == SIGNET_OK; j++)
            status = add_certificate(lookup, request->place, request->url, catch.certificates[j]);
        *num_found += catch.num_certificates;
        *reason = catch.reason;
        sg_catch_free(&catch);
    }
    return status;
}

static size_t count_bytes(const struct signet_fetch_answer *answer)
{
    size_t num = 0;

    for (size_t i = 0; i < answer->num_values; i++)
        num += answer->values[i].octets.len;
    return num;
}

static enum signet_status take(struct signet_lookup *lookup, struct request *request,
                               const struct signet_fetch_answer *answer)
{
    const char *reason = answer->reason;
    enum signet_retrieve_outcome outcome = sg_outcome_of_fetch(answer->outcome);
    enum signet_status status = SIGNET_OK;
    size_t num_found = 0, num_records = lookup->num_records;

    request->pending = false;
    if (answer->outcome == SIGNET_FETCH_DONE) {
        status = take_values(lookup, request, answer, &reason, &num_found);
        if (num_found == 0 && lookup->num_records > num_records)
            reason = "records that say which certificate is right, but do not hold it";
        else if (num_found == 0)
            outcome = SIGNET_RETRIEVE_INVALID;
        if (num_found == 0 && *reason == '\0')
            reason = "nothing in the answer is a certificate";
    }
    sg_trace_conclude(&lookup->trace, request->row, outcome, reason, count_bytes(answer));
    return status;
}

enum signet_status signet_lookup_poll(struct signet_lookup *lookup, int timeout_ms)
{
    const struct signet_fetch_answer *answer;
    enum signet_status status = SIGNET_OK;

    while (status == SIGNET_OK && signet_lookup_num_pending(lookup) > 0) {
        status = signet_fetcher_poll(lookup->retriever->fetcher, timeout_ms, &answer);
        if (status != SIGNET_OK || answer == NULL)
            break;
        for (size_t i = 0; i < lookup->num_requests && status == SIGNET_OK; i++)
            if (lookup->requests[i].pending && lookup->requests[i].id == answer->id)
                status = take(lookup, &lookup->requests[i], answer);
        timeout_ms = 0;
    }
    return status == SIGNET_OK ? room_status(lookup) : status;
}

void signet_lookup_give_up(struct signet_lookup *lookup)
{
    for (size_t i = 0; i < lookup->num_requests; i++) {
        struct request *request = &lookup->requests[i];

        if (!request->pending)
            continue;
        signet_fetcher_cancel(lookup->retriever->fetcher, request->id);
        request->pending = false;
        sg_trace_conclude(&lookup->trace, request->row, SIGNET_RETRIEVE_TIMED_OUT,
                          "no answer before the deadline", 0);
    }
}

/* --- worth ----------------------------------------------------------------------------------- */

static bool record_matches(const struct signet_lookup *lookup, const struct sg_smimea *record,
                           const struct signet_candidate *path, bool *failed)
{
    struct sg_crypto *crypto = lookup->context->crypto;

    if (sg_smimea_is_of_end_entity(record))
        return sg_smimea_matches(record, crypto, path->certificates[0].certificate, failed);
    for (size_t i = 1; i < path->num_certificates && !*failed; i++)
        if (sg_smimea_matches(record, crypto, path->certificates[i].certificate, failed))
            return true;
    return !*failed && path->anchor != NULL && path->anchor->certificate != NULL &&
           sg_smimea_matches(record, crypto, path->anchor->certificate, failed);
}

enum signet_status signet_lookup_check(const struct signet_lookup *lookup,
                                       const struct signet_path_result *result,
                                       enum signet_smimea_result *match)
{
    const struct signet_candidate *path = &signet_path_result_candidates(result)->items[0];
    bool failed = false;

    *match = lookup->num_records == 0 ? SIGNET_SMIMEA_NONE : SIGNET_SMIMEA_MISMATCH;
    for (size_t i = 0; i < lookup->num_records && !failed; i++)
        if (record_matches(lookup, &lookup->records[i], path, &failed))
            *match = SIGNET_SMIMEA_MATCH;
    return failed ? SIGNET_ERR_MEMORY : SIGNET_OK;
}

static enum signet_status store_path(struct signet_lookup *lookup,
                                     const struct signet_lookup_candidate *candidate,
                                     const struct signet_candidate *path)
{
    const struct signet_origin origin = {SIGNET_ORIGIN_FETCH, candidate->source, lookup->now};
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < path->num_certificates && status == SIGNET_OK; i++)
        status = signet_store_add_certificate(lookup->retriever->store,
                                              path->certificates[i].certificate, &origin, NULL);
    return status;
}

enum signet_status signet_lookup_bind(struct signet_lookup *lookup, size_t number,
                                      const struct signet_path_result *result, bool *bound)
{
    struct signet_store *store = lookup->retriever->store;
    const struct signet_lookup_candidate *candidate;
    enum signet_verdict verdict = signet_path_result_verdict(result);
    enum signet_smimea_result match;
    enum signet_status status;

    *bound = false;
    if (number >= lookup->num_candidates)
        return SIGNET_ERR_ARGUMENT;
    candidate = &lookup->candidates[number];
    status = signet_lookup_check(lookup, result, &match);
    if (status != SIGNET_OK || store == NULL || match == SIGNET_SMIMEA_MISMATCH ||
        (verdict != SIGNET_VERDICT_GOOD && verdict != SIGNET_VERDICT_WARN))
        return status;
    status = store_path(lookup, candidate, &signet_path_result_candidates(result)->items[0]);
    if (status == SIGNET_OK)
        status = signet_store_bind(
            store,
            &(struct signet_binding){.address = lookup->address,
                                     .sha256 = signet_certificate_sha256(candidate->certificate),
                                     .kind = SIGNET_BINDING_FETCHED,
                                     .why = candidate->source,
                                     .since = lookup->now});
    *bound = status == SIGNET_OK;
    return status;
}
