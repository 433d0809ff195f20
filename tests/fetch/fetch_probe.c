/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fetcher from the command line, for tests: starts the requests it is told of, polls until all
 * are answered or the deadline has come, and writes one JSON object a line for each answer, then
 * {"pending": n}.
 *
 *   fetch_probe PROGRAM [OPTION VALUE]... REQUEST...
 *
 *   requests   url URL | ldap URL ADDRESS | smimea ADDRESS | cert ADDRESS
 *   options    --max-bytes --redirects --parallel --timeout (ms) --proxy --ca --anchor --forward
 *              --ldap-tls (try, require, never) --private (yes, no) --deadline (ms)
 *              --etag --modified (of the requests that follow) --dump DIRECTORY (values as files)
 *              --times N (the request that follows) --rounds N (all of it again by the same
 * fetcher)
 */
#include "signet/fetch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_REQUESTS = 1024, MAX_SHOWN = 4096 };

struct probe {
    const char *program, *dump;
    struct signet_fetch_rules rules;
    struct signet_fetch_request requests[MAX_REQUESTS];
    size_t num_requests;
    struct signet_fetch_request next; /* what options say of it */
    unsigned long times, rounds, deadline_ms;
};

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "fetch_probe: %s: %s\n", what, why);
    exit(2);
}

static void write_text(const char *name, const char *text)
{
    printf("\"%s\": \"", name);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    printf("\", ");
}

static void dump_value(const struct probe *probe, const struct signet_fetch_answer *answer,
                       size_t index)
{
    char path[4096];
    const struct signet_span octets = answer->values[index].octets;
    if (probe->dump == NULL)
        return;
    snprintf(path, sizeof path, "%s/%" PRIu32 "-%zu", probe->dump, answer->id, index);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(octets.ptr, 1, octets.len, file) != octets.len)
        fail(path, "cannot be written");
    fclose(file);
}

static void write_value(const struct signet_fetch_value *value)
{
    printf("{");
    write_text("label", value->label);
    printf("\"len\": %zu, \"hex\": \"", value->octets.len);
    for (size_t i = 0; i < value->octets.len && i < MAX_SHOWN; i++)
        printf("%02x", value->octets.ptr[i]);
    printf("\"}");
}

static void write_answer(const struct probe *probe, const struct signet_fetch_answer *answer)
{
    printf("{\"id\": %" PRIu32 ", ", answer->id);
    write_text("outcome", signet_fetch_outcome_name(answer->outcome));
    write_text("reason", answer->reason);
    write_text("final_url", answer->final_url);
    write_text("content_type", answer->content_type);
    write_text("etag", answer->etag);
    write_text("last_modified", answer->last_modified);
    printf("\"values\": [");
    for (size_t i = 0; i < answer->num_values; i++) {
        printf("%s", i > 0 ? ", " : "");
        write_value(&answer->values[i]);
        dump_value(probe, answer, i);
    }
    printf("]}\n");
    fflush(stdout);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void run_round(const struct probe *probe, struct signet_fetcher *fetcher)
{
    int64_t deadline = now_ms() + (int64_t)probe->deadline_ms, left;
    const struct signet_fetch_answer *answer = NULL;
    uint32_t ids[MAX_REQUESTS];
    for (size_t i = 0; i < probe->num_requests; i++) {
        if (signet_fetcher_start(fetcher, &probe->requests[i], &ids[i]) != SIGNET_OK)
            fail("start", signet_fetcher_trouble(fetcher));
    }
    while (signet_fetcher_num_pending(fetcher) > 0 && (left = deadline - now_ms()) > 0) {
        if (signet_fetcher_poll(fetcher, (int)left, &answer) != SIGNET_OK)
            fail("poll", "memory is out");
        if (answer != NULL)
            write_answer(probe, answer);
    }
    printf("{\"pending\": %zu}\n", signet_fetcher_num_pending(fetcher));
    for (size_t i = 0; i < probe->num_requests; i++)
        signet_fetcher_cancel(fetcher, ids[i]);
    if (signet_fetcher_num_pending(fetcher) > 0)
        fail("cancel", "requests are left");
}

static void add_request(struct probe *probe, enum signet_fetch_kind kind, const char *url,
                        const char *address)
{
    for (; probe->times > 0; probe->times--) {
        if (probe->num_requests == MAX_REQUESTS)
            fail("requests", "too many");
        struct signet_fetch_request request = probe->next;
        request.kind = kind;
        request.url = url;
        request.address = address;
        probe->requests[probe->num_requests++] = request;
    }
    probe->times = 1;
}

static bool take_number(struct probe *probe, const char *option, const char *value)
{
    unsigned long number = strtoul(value, NULL, 10);
    if (strcmp(option, "--max-bytes") == 0)
        probe->rules.max_bytes = number;
    else if (strcmp(option, "--redirects") == 0)
        probe->rules.max_redirects = (unsigned)number;
    else if (strcmp(option, "--parallel") == 0)
        probe->rules.max_parallel = (unsigned)number;
    else if (strcmp(option, "--timeout") == 0)
        probe->rules.timeout_ms = (unsigned)number;
    else if (strcmp(option, "--deadline") == 0)
        probe->deadline_ms = number;
    else if (strcmp(option, "--times") == 0)
        probe->times = number;
    else if (strcmp(option, "--rounds") == 0)
        probe->rounds = number;
    else
        return false;
    return true;
}

static bool take_text(struct probe *probe, const char *option, const char *value)
{
    const struct {
        const char *option, **member;
    } members[] = {
        {"--proxy", &probe->rules.proxy},
        {"--ca", &probe->rules.ca_file},
        {"--anchor", &probe->rules.dns_anchor_file},
        {"--forward", &probe->rules.dns_forward},
        {"--etag", &probe->next.etag},
        {"--modified", &probe->next.last_modified},
        {"--dump", &probe->dump},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (strcmp(option, members[i].option) == 0) {
            *members[i].member = value;
            return true;
        }
    }
    return false;
}

static bool take_choice(struct probe *probe, const char *option, const char *value)
{
    if (strcmp(option, "--private") == 0)
        probe->rules.allow_private = strcmp(value, "yes") == 0;
    else if (strcmp(option, "--ldap-tls") == 0)
        probe->rules.ldap_tls = strcmp(value, "require") == 0 ? SIGNET_FETCH_LDAP_TLS_REQUIRE
                                : strcmp(value, "never") == 0 ? SIGNET_FETCH_LDAP_TLS_NEVER
                                                              : SIGNET_FETCH_LDAP_TLS_TRY;
    else
        return false;
    return true;
}

static int take_request(struct probe *probe, char **argv)
{
    if (strcmp(argv[0], "url") == 0)
        add_request(probe, SIGNET_FETCH_URL, argv[1], NULL);
    else if (strcmp(argv[0], "smimea") == 0)
        add_request(probe, SIGNET_FETCH_DNS_SMIMEA, NULL, argv[1]);
    else if (strcmp(argv[0], "cert") == 0)
        add_request(probe, SIGNET_FETCH_DNS_CERT, NULL, argv[1]);
    else if (strcmp(argv[0], "ldap") == 0 && argv[2] != NULL)
        add_request(probe, SIGNET_FETCH_LDAP_ADDRESS, argv[1], argv[2]);
    else
        fail(argv[0], "no option and no request");
    return strcmp(argv[0], "ldap") == 0 ? 3 : 2;
}

static void take_arguments(struct probe *probe, char **argv)
{
    while (*argv != NULL) {
        if (argv[1] == NULL)
            fail(*argv, "a value is missing");
        if (take_number(probe, argv[0], argv[1]) || take_text(probe, argv[0], argv[1]) ||
            take_choice(probe, argv[0], argv[1]))
            argv += 2;
        else
            argv += take_request(probe, argv);
    }
}

int main(int argc, char **argv)
{
    static struct probe probe = {.times = 1, .rounds = 1, .deadline_ms = 60000};
    struct signet_fetcher *fetcher;
    if (argc < 2)
        fail("usage", "fetch_probe PROGRAM [OPTION VALUE]... REQUEST...");
    signet_fetch_rules_init(&probe.rules);
    probe.program = argv[1];
    take_arguments(&probe, argv + 2);
    if (signet_fetcher_new(probe.program, &probe.rules, &fetcher) != SIGNET_OK)
        fail("rules", "cannot be");
    for (; probe.rounds > 0; probe.rounds--)
        run_round(&probe, fetcher);
    signet_fetcher_free(fetcher);
    return 0;
}
