/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SMIMEA and CERT records by libunbound, which resolves and validates by itself: what it was not
 * proven is no answer.
 */
#include "base/span.h"
#include "dns_name.h"
#include "fetch/address_guard.h"
#include "job.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unbound.h>
#include <unistd.h>

enum { TYPE_CERT = 37, TYPE_SMIMEA = 53, CLASS_IN = 1, RCODE_NOERROR = 0, RCODE_NXDOMAIN = 3 };

struct resolver {
    struct sg_desk *desk;
    struct ub_ctx *context;
};

struct query {
    struct sg_job *job;
    int id; /* libunbound's; -1: none under way */
};

/* Where the key of the root is found, if the rules don't say. */
static const char *anchor_file(const struct signet_fetch_rules *rules)
{
    static const char *const usual[] = {"/usr/share/dns/root.key", "/var/lib/unbound/root.key",
                                        "/etc/unbound/root.key", "/etc/trusted-key.key"};
    if (rules->dns_anchor_file != NULL)
        return access(rules->dns_anchor_file, R_OK) == 0 ? rules->dns_anchor_file : NULL;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (access(usual[i], R_OK) == 0)
            return usual[i];
    }
    return NULL;
}

/* A zone can name any address as its server's. */
static bool set_guard(struct ub_ctx *context)
{
    char text[INET6_ADDRSTRLEN + 8], address[INET6_ADDRSTRLEN];
    bool ok = true;
    size_t num;
    const struct sg_address_range *range = sg_address_guard_ranges(&num);
    for (; num > 0; num--, range++) {
        inet_ntop(range->family, range->prefix, address, sizeof address);
        snprintf(text, sizeof text, "%s/%u", address, range->bits);
        ok = ok && ub_ctx_set_option(context, "do-not-query-address:", text) == 0;
    }
    return ok;
}

/* Only the resolver that the rules name is asked then, and it may be anywhere. */
static bool set_forward(struct ub_ctx *context, const char *forward)
{
    return ub_ctx_set_option(context, "do-not-query-localhost:", "no") == 0 &&
           ub_ctx_set_fwd(context, forward) == 0;
}

static bool configure(struct ub_ctx *context, const struct signet_fetch_rules *rules,
                      const char *anchor)
{
    bool ok = ub_ctx_async(context, 1) == 0 && ub_ctx_debugout(context, NULL) == 0 &&
              ub_ctx_add_ta_file(context, anchor) == 0 &&
              ub_ctx_set_option(context, "val-log-level:", "0") == 0;
    if (rules->dns_forward != NULL)
        return ok && set_forward(context, rules->dns_forward);
    if (rules->allow_private)
        return ok && ub_ctx_set_option(context, "do-not-query-localhost:", "no") == 0;
    return ok && set_guard(context);
}

static void on_ready(void *context, int fd, short revents)
{
    (void)fd, (void)revents;
    ub_process(((struct resolver *)context)->context);
}

/* NULL: JOB ended with the reason. */
static struct resolver *open_resolver(struct sg_job *job)
{
    struct sg_desk *desk = job->desk;
    const struct signet_fetch_rules *rules = &desk->rules;
    const char *anchor = anchor_file(rules);
    if (desk->states[SG_TRANSPORT_DNS] != NULL)
        return desk->states[SG_TRANSPORT_DNS];
    if (anchor == NULL) {
        sg_job_failf(job, SIGNET_FETCH_UNPROVEN, "there is no DNSSEC root key: %.300s",
                     rules->dns_anchor_file != NULL
                         ? rules->dns_anchor_file
                         : "/usr/share/dns/root.key is missing (package dns-root-data)");
        return NULL;
    }
    struct resolver *resolver = calloc(1, sizeof(*resolver));
    struct ub_ctx *context = ub_ctx_create();
    if (resolver == NULL || context == NULL || !configure(context, rules, anchor) ||
        !sg_loop_watch(&desk->loop, ub_fd(context), POLLIN, on_ready, resolver)) {
        sg_job_failf(job, SIGNET_FETCH_FAILED,
                     "libunbound cannot be set up with the DNSSEC root key %.300s", anchor);
        if (context != NULL)
            ub_ctx_delete(context);
        free(resolver);
        return NULL;
    }
    *resolver = (struct resolver){desk, context};
    desk->states[SG_TRANSPORT_DNS] = resolver;
    return resolver;
}

static void give_records(struct sg_job *job, const struct ub_result *result)
{
    const char *label = job->request.kind == SIGNET_FETCH_DNS_SMIMEA ? "SMIMEA" : "CERT";
    for (size_t i = 0; result->data[i] != NULL && !job->ended; i++) {
        sg_job_value(job, label);
        (void)!sg_job_data(job, sg_span(result->data[i], (size_t)result->len[i]));
    }
    sg_job_fail(job, SIGNET_FETCH_DONE, "");
}

static void conclude(struct sg_job *job, const struct ub_result *result)
{
    bool answered = result->rcode == RCODE_NOERROR || result->rcode == RCODE_NXDOMAIN;
    if (result->bogus)
        sg_job_failf(job, SIGNET_FETCH_UNPROVEN, "the DNSSEC proof is false: %.800s",
                     result->why_bogus != NULL ? result->why_bogus : result->qname);
    else if (!answered)
        sg_job_failf(job, SIGNET_FETCH_FAILED, "the name servers failed (RCODE %d)", result->rcode);
    else if (!result->secure)
        sg_job_failf(job, SIGNET_FETCH_UNPROVEN, "%.300s is not signed with DNSSEC", result->qname);
    else if (result->havedata)
        give_records(job, result);
    else
        sg_job_failf(job, SIGNET_FETCH_ABSENT, "proven: %s",
                     result->nxdomain ? "there is no such name" : "the name has no such record");
}

static void on_answer(void *context, int error, struct ub_result *result)
{
    struct query *query = context;
    query->id = -1;
    if (error != 0 || result == NULL)
        sg_job_fail(query->job, SIGNET_FETCH_FAILED, ub_strerror(error));
    else
        conclude(query->job, result);
    ub_resolve_free(result);
}

static void start(struct sg_job *job)
{
    bool smimea = job->request.kind == SIGNET_FETCH_DNS_SMIMEA;
    char name[SG_DNS_MAX_NAME];
    const char *problem = smimea ? sg_dns_name_smimea(job->request.address, name)
                                 : sg_dns_name_cert(job->request.address, name);
    struct query *query = calloc(1, sizeof(*query));
    job->state = query;
    if (query != NULL)
        *query = (struct query){job, -1};
    if (query == NULL || problem != NULL) {
        sg_job_fail(job, query == NULL ? SIGNET_FETCH_FAILED : SIGNET_FETCH_REFUSED,
                    query == NULL ? "memory is out" : problem);
        return;
    }
    struct resolver *resolver = open_resolver(job);
    if (resolver == NULL)
        return;
    int error = ub_resolve_async(resolver->context, name, smimea ? TYPE_SMIMEA : TYPE_CERT,
                                 CLASS_IN, query, on_answer, &query->id);
    if (error != 0)
        sg_job_fail(job, SIGNET_FETCH_FAILED, ub_strerror(error));
}

static void stop(struct sg_job *job)
{
    struct resolver *resolver = job->desk->states[SG_TRANSPORT_DNS];
    struct query *query = job->state;
    if (query != NULL && query->id >= 0)
        ub_cancel(resolver->context, query->id);
    free(query);
    job->state = NULL;
}

static int tick(struct sg_desk *desk)
{
    (void)desk;
    return -1;
}

static void end(struct sg_desk *desk)
{
    struct resolver *resolver = desk->states[SG_TRANSPORT_DNS];
    if (resolver == NULL)
        return;
    ub_ctx_delete(resolver->context);
    free(resolver);
    desk->states[SG_TRANSPORT_DNS] = NULL;
}

const struct sg_transport sg_transport_dns = {"DNS", start, stop, tick, end};
