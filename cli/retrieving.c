/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieving.h"

#include "message.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Each round brings at least one object: an issuer for each step of a path, then CRLs. */
enum { MAX_ROUNDS = 64 };

int64_t monotonic_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *text_or_null(const struct config *config, enum config_key key)
{
    const char *text = config_text(config, key);

    return text[0] == '\0' ? NULL : text;
}

static size_t places(const struct config *config, const char *kind, const char **urls)
{
    size_t num = 0;

    for (size_t i = 0; i < config->num_places; i++)
        if (strcmp(config->places[i].kind, kind) == 0)
            urls[num++] = config->places[i].url;
    return num;
}

/* The words of [lookup] order, which have been checked. */
static size_t read_order(const char *text, enum signet_place order[SIGNET_NUM_PLACES])
{
    size_t num = 0;

    while (*(text += strspn(text, " \t")) != '\0' && num < SIGNET_NUM_PLACES) {
        size_t len = strcspn(text, " \t");

        for (int place = 0; place < SIGNET_NUM_PLACES; place++) {
            const char *name = signet_place_name((enum signet_place)place);

            if (strlen(name) == len && memcmp(name, text, len) == 0)
                order[num++] = (enum signet_place)place;
        }
        text += len;
    }
    return num;
}

bool retrieving_rules(const struct options *options, struct signet_retrieve_rules *rules)
{
    const struct config *config = &options->config;
    const char **ldap = calloc(config->num_places + 1, sizeof *ldap);
    const char **http = calloc(config->num_places + 1, sizeof *http);

    signet_retrieve_rules_init(rules);
    rules->ldap = ldap;
    rules->http = http;
    if (ldap == NULL || http == NULL) {
        message_status("retrieval", SIGNET_ERR_MEMORY);
        retrieving_free_rules(rules);
        return false;
    }
    rules->num_ldap = places(config, "ldap", ldap);
    rules->num_http = places(config, "http", http);
    rules->max_issuers = (unsigned)config_number(config, KEY_ISSUERS);
    rules->crls = config_flag(config, KEY_CRLS);
    rules->max_requests = (unsigned)config_number(config, KEY_REQUESTS);
    rules->max_hosts = (unsigned)config_number(config, KEY_HOSTS);
    rules->max_bytes = (size_t)config_number(config, KEY_BYTES);
    rules->max_object_bytes = (size_t)config_number(config, KEY_OBJECT_BYTES);
    rules->ldap_first = strcmp(config_text(config, KEY_FIRST), "ldap") == 0;
    rules->https = config_flag(config, KEY_HTTPS);
    rules->recent = config_number(config, KEY_RECENT) / 1000;
    rules->margin = config_number(config, KEY_MARGIN) / 1000;
    rules->failure_memory = config_number(config, KEY_REMEMBER) / 1000;
    rules->num_order = read_order(config_text(config, KEY_ORDER), rules->order);
    return true;
}

void retrieving_free_rules(struct signet_retrieve_rules *rules)
{
    free((void *)(uintptr_t)rules->ldap);
    free((void *)(uintptr_t)rules->http);
    rules->ldap = rules->http = NULL;
}

/* Within what the fetcher's rules can say: a day, in milliseconds. */
static unsigned at_least_one(int64_t number)
{
    return number < 1 ? 1 : number > 86400000 ? 86400000 : (unsigned)number;
}

void retrieving_fetch_rules(const struct options *options, struct signet_fetch_rules *rules)
{
    const struct config *config = &options->config;

    signet_fetch_rules_init(rules);
    rules->max_bytes = (size_t)config_number(config, KEY_OBJECT_BYTES);
    rules->max_redirects = (unsigned)config_number(config, KEY_REDIRECTS);
    rules->max_parallel = at_least_one(config_number(config, KEY_PARALLEL));
    rules->timeout_ms = at_least_one(config_number(config, KEY_TIMEOUT));
    rules->allow_private = config_flag(config, KEY_PRIVATE);
    rules->proxy = text_or_null(config, KEY_PROXY);
    rules->ca_file = text_or_null(config, KEY_CA_FILE);
    rules->dns_anchor_file = text_or_null(config, KEY_DNS_ANCHOR);
    rules->dns_forward = text_or_null(config, KEY_DNS_FORWARD);
}

static bool open_fetcher(struct retrieving *retrieving, const struct options *options)
{
    struct signet_fetch_rules rules;
    enum signet_status status;

    if (options->offline || config_flag(&options->config, KEY_OFFLINE))
        return true;
    retrieving_fetch_rules(options, &rules);
    status = signet_fetcher_new(text_or_null(&options->config, KEY_HELPER), &rules,
                                &retrieving->fetcher);
    if (status == SIGNET_ERR_ARGUMENT)
        message_error("the settings of [retrieve] cannot be used together; 'signet config' prints "
                      "them");
    else if (status != SIGNET_OK)
        message_status("retrieval", status);
    return status == SIGNET_OK;
}

bool retrieving_open(struct retrieving *retrieving, const struct options *options,
                     struct signet_store *store)
{
    struct signet_retrieve_rules rules;
    enum signet_status status;

    *retrieving = (struct retrieving){.deadline_ms = config_number(&options->config, KEY_DEADLINE),
                                      .now = (signet_time)time(NULL)};
    if (!open_fetcher(retrieving, options))
        return false;
    if (retrieving->fetcher == NULL && store == NULL)
        return true;
    if (!retrieving_rules(options, &rules))
        return false;
    status = signet_retriever_new(&rules, retrieving->fetcher, store, &retrieving->retriever);
    retrieving_free_rules(&rules);
    if (status != SIGNET_OK)
        message_status("retrieval", status);
    return status == SIGNET_OK;
}

void retrieving_close(struct retrieving *retrieving)
{
    signet_retrieval_free(retrieving->retrieval);
    signet_retriever_free(retrieving->retriever);
    signet_fetcher_free(retrieving->fetcher);
    *retrieving = (struct retrieving){.retrieval = NULL};
}

const struct signet_retrieved *retrieving_sources(const struct retrieving *retrieving, size_t *num)
{
    *num = 0;
    return retrieving->retrieval == NULL ? NULL
                                         : signet_retrieval_sources(retrieving->retrieval, num);
}

/* A result of either kind. */
struct judged {
    void *result;
    const struct signet_need *(*needs)(const struct judged *judged, size_t *num);
    enum signet_status (*update)(const struct judged *judged);
};

/* Waits for what was asked until some of it comes. */
static enum signet_status await(struct signet_retrieval *retrieval, int64_t until,
                                size_t *num_added)
{
    enum signet_status status = SIGNET_OK;

    while (status == SIGNET_OK && *num_added == 0 && signet_retrieval_num_pending(retrieval) > 0) {
        int64_t left = until - monotonic_ms();

        if (left <= 0)
            break;
        status = signet_retrieval_poll(retrieval, left < INT_MAX ? (int)left : INT_MAX, num_added);
    }
    return status;
}

static enum signet_status settle(struct retrieving *retrieving, const struct judged *judged)
{
    int64_t until = monotonic_ms() + retrieving->deadline_ms;
    struct signet_retrieval *retrieval = retrieving->retrieval;
    enum signet_status status = SIGNET_OK;

    for (size_t round = 0; round < MAX_ROUNDS && status == SIGNET_OK; round++) {
        size_t num, num_added = 0;
        const struct signet_need *needs = judged->needs(judged, &num);

        if (retrieving->fetcher != NULL && round > 0 && monotonic_ms() >= until)
            break;
        status = signet_retrieval_start(retrieval, needs, num, &num_added);
        if (status == SIGNET_OK)
            status = await(retrieval, until, &num_added);
        if (status != SIGNET_OK || num_added == 0)
            break;
        status = judged->update(judged);
    }
    return status == SIGNET_OK ? signet_retrieval_give_up(retrieval) : status;
}

static enum signet_status begin(struct retrieving *retrieving, struct signet_context *context,
                                struct signet_pool *pool)
{
    signet_retrieval_free(retrieving->retrieval);
    retrieving->retrieval = NULL;
    return signet_retrieval_new(retrieving->retriever, context, pool, retrieving->now,
                                &retrieving->retrieval);
}

/* With a retrieval of its own, where there is anything to ask at all. */
static enum signet_status settle_anew(struct retrieving *retrieving, struct signet_context *context,
                                      struct signet_pool *pool, const struct judged *judged)
{
    enum signet_status status;

    if (retrieving->retriever == NULL)
        return SIGNET_OK;
    status = begin(retrieving, context, pool);
    return status == SIGNET_OK ? settle(retrieving, judged) : status;
}

static const struct signet_need *message_needs(const struct judged *judged, size_t *num)
{
    return signet_message_result_needs(judged->result, num);
}

static enum signet_status message_update(const struct judged *judged)
{
    return signet_message_result_update(judged->result);
}

/* An address of a header field is what stands in <>, or all of it; one that had to be escaped, or
 * is longer than any, is none that a directory knows. */
static enum signet_status add_sender(struct signet_retrieval *retrieval, const char *text,
                                     size_t len)
{
    char address[256];

    if (len == 0 || len >= sizeof address || memchr(text, '\\', len) != NULL ||
        memchr(text, ' ', len) != NULL || memchr(text, '@', len) == NULL)
        return SIGNET_OK;
    memcpy(address, text, len);
    address[len] = '\0';
    return signet_retrieval_add_address(retrieval, address);
}

/* Whose certificates a directory may be asked for: those whom From names. */
static enum signet_status add_senders(struct signet_retrieval *retrieval,
                                      const struct signet_message_result *result)
{
    const char *text = signet_message_result_from(result), *next;
    enum signet_status status = SIGNET_OK;

    if (text == NULL)
        return SIGNET_OK;
    if (strchr(text, '<') == NULL)
        return add_sender(retrieval, text, strlen(text));
    while (status == SIGNET_OK && (next = strchr(text, '<')) != NULL) {
        size_t len = strcspn(next + 1, ">");

        status = add_sender(retrieval, next + 1, len);
        text = next + 1 + len;
    }
    return status;
}

enum signet_status retrieving_settle_message(struct retrieving *retrieving,
                                             struct signet_context *context,
                                             struct signet_pool *pool,
                                             struct signet_message_result *result)
{
    const struct judged judged = {result, message_needs, message_update};
    enum signet_status status;

    if (retrieving->retriever == NULL)
        return SIGNET_OK;
    status = begin(retrieving, context, pool);
    if (status == SIGNET_OK)
        status = add_senders(retrieving->retrieval, result);
    return status == SIGNET_OK ? settle(retrieving, &judged) : status;
}

static const struct signet_need *path_needs(const struct judged *judged, size_t *num)
{
    return signet_path_result_needs(judged->result, num);
}

static enum signet_status path_update(const struct judged *judged)
{
    return signet_path_result_update(judged->result);
}

enum signet_status retrieving_settle_path(struct retrieving *retrieving,
                                          struct signet_context *context, struct signet_pool *pool,
                                          struct signet_path_result *result)
{
    const struct judged judged = {result, path_needs, path_update};

    return settle_anew(retrieving, context, pool, &judged);
}

static const struct signet_need *sign_needs(const struct judged *judged, size_t *num)
{
    return signet_sign_plan_needs(judged->result, num);
}

static enum signet_status sign_update(const struct judged *judged)
{
    return signet_sign_plan_update(judged->result);
}

enum signet_status retrieving_settle_sign(struct retrieving *retrieving,
                                          struct signet_context *context, struct signet_pool *pool,
                                          struct signet_sign_plan *plan)
{
    const struct judged judged = {plan, sign_needs, sign_update};

    return settle_anew(retrieving, context, pool, &judged);
}

static const struct signet_need *encrypt_needs(const struct judged *judged, size_t *num)
{
    return signet_encrypt_plan_needs(judged->result, num);
}

static enum signet_status encrypt_update(const struct judged *judged)
{
    return signet_encrypt_plan_update(judged->result);
}

enum signet_status retrieving_settle_encrypt(struct retrieving *retrieving,
                                             struct signet_context *context,
                                             struct signet_pool *pool,
                                             struct signet_encrypt_plan *plan)
{
    const struct judged judged = {plan, encrypt_needs, encrypt_update};

    return settle_anew(retrieving, context, pool, &judged);
}
