/* SPDX-License-Identifier: Apache-2.0 */
#include "worker.h"

#include "address/mailbox.h"
#include "base/span.h"
#include "dial.h"
#include "directory_query.h"
#include "fetch/frame_stream.h"
#include "url.h"

#include <errno.h>
#include <ldap.h>
#include <openldap.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A refused StartTLS is a result that the server gave; below 0 are libldap's own, after which the
 * connection is of no use. */
enum { MAX_URL = SG_FRAME_MAX_TEXT, MAX_ENTRIES = 100, MAX_SLACK = 65536 };

struct worker {
    int channel;
    const struct signet_fetch_rules *rules;
    uint32_t id;
    struct signet_fetch_request request;
    struct sg_outbox outbox;
    unsigned num_referrals;
    size_t num_values;
    const char *names[SG_DIRECTORY_MAX_ATTRIBUTES];
    char *base; /* where to search, from the request's URL or a referral */
    int scope;
    struct sg_buffer filter;
    char url[MAX_URL + 1];      /* of the server that is asked */
    char referral[MAX_URL + 1]; /* "": none */
    struct sg_frame_end end;
    char reason[1024];
};

static void flush(struct worker *worker)
{
    struct pollfd fd = {.fd = worker->channel, .events = POLLOUT};
    while (sg_outbox_flush(&worker->outbox, worker->channel) == SG_STREAM_OPEN &&
           sg_outbox_len(&worker->outbox) > 0)
        (void)!poll(&fd, 1, -1);
}

__attribute__((format(printf, 3, 4))) static bool
conclude(struct worker *worker, enum signet_fetch_outcome outcome, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(worker->reason, sizeof worker->reason, format, args);
    va_end(args);
    worker->end.outcome = outcome;
    worker->end.reason = worker->reason;
    return false;
}

static bool fail_ldap(struct worker *worker, LDAP *ld, int code)
{
    char *words = NULL;
    ldap_get_option(ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &words);
    bool more = words != NULL && *words != '\0';
    conclude(worker, SIGNET_FETCH_FAILED, "%s%s%.500s", ldap_err2string(code), more ? ": " : "",
             more ? words : "");
    ldap_memfree(words);
    return false;
}

static void add_value(struct worker *worker, const char *label, const struct berval *value)
{
    (void)!sg_frame_write_value(&worker->outbox.buffer, worker->id, label);
    sg_frame_write_data(&worker->outbox.buffer, worker->id, sg_span(value->bv_val, value->bv_len));
    worker->num_values++;
    flush(worker);
}

/* Only what was asked for: a server may send more. */
static const char *label_of(const struct worker *worker, const char *attribute)
{
    const char *label = sg_directory_attribute_find(sg_span_text(attribute));
    for (const char *const *name = worker->names; label != NULL && *name != NULL; name++) {
        if (strcmp(*name, label) == 0)
            return label;
    }
    return NULL;
}

static void take_entry(struct worker *worker, LDAP *ld, LDAPMessage *entry)
{
    BerElement *ber = NULL;
    for (char *attribute = ldap_first_attribute(ld, entry, &ber); attribute != NULL;
         attribute = ldap_next_attribute(ld, entry, ber)) {
        const char *label = label_of(worker, attribute);
        struct berval **values = label != NULL ? ldap_get_values_len(ld, entry, attribute) : NULL;
        for (size_t i = 0; values != NULL && values[i] != NULL; i++)
            add_value(worker, label, values[i]);
        ldap_value_free_len(values);
        ldap_memfree(attribute);
    }
    ber_free(ber, 0);
}

static void note_referral(struct worker *worker, char **urls)
{
    if (urls == NULL || urls[0] == NULL || worker->referral[0] != '\0')
        return;
    snprintf(worker->referral, sizeof worker->referral, "%s", urls[0]);
}

static void take_reference(struct worker *worker, LDAP *ld, LDAPMessage *reference)
{
    char **urls = NULL;
    if (ldap_parse_reference(ld, reference, &urls, NULL, 0) == LDAP_SUCCESS)
        note_referral(worker, urls);
    ldap_memvfree((void **)urls);
}

static bool take_result(struct worker *worker, LDAP *ld, LDAPMessage *result)
{
    static const int partial[] = {LDAP_SIZELIMIT_EXCEEDED, LDAP_TIMELIMIT_EXCEEDED,
                                  LDAP_ADMINLIMIT_EXCEEDED};
    char **urls = NULL;
    int code = LDAP_OTHER;
    if (ldap_parse_result(ld, result, &code, NULL, NULL, &urls, NULL, 0) != LDAP_SUCCESS)
        return conclude(worker, SIGNET_FETCH_FAILED, "the directory's answer cannot be read");
    note_referral(worker, urls);
    ldap_memvfree((void **)urls);
    for (size_t i = 0; worker->num_values > 0 && i < sizeof partial / sizeof partial[0]; i++)
        code = code == partial[i] ? LDAP_SUCCESS : code;
    if (worker->num_values > 0 && code == LDAP_SUCCESS)
        return conclude(worker, SIGNET_FETCH_DONE, "%s", "");
    if (worker->referral[0] != '\0' && (code == LDAP_REFERRAL || code == LDAP_SUCCESS))
        return true;
    if (code == LDAP_NO_SUCH_OBJECT || code == LDAP_SUCCESS)
        return conclude(worker, SIGNET_FETCH_ABSENT, "%s",
                        code == LDAP_SUCCESS ? "no entry has such an attribute"
                                             : "there is no such entry");
    return fail_ldap(worker, ld, code);
}

/* libldap ends a session for a message that is larger than it may be as for any other trouble;
 * liblber has left ERANGE behind then. */
static void end_session(struct worker *worker, int error)
{
    if (error == ERANGE)
        conclude(worker, SIGNET_FETCH_TOO_LARGE,
                 "the answer is larger than %zu octets, or does not tell its length",
                 worker->request.max_bytes);
    else
        conclude(worker, SIGNET_FETCH_FAILED,
                 "the directory ended the connection, or sent what is no LDAP");
}

/* True: there is a referral to follow; else the outcome is known. */
static bool search(struct worker *worker, LDAP *ld)
{
    char *names[SG_DIRECTORY_MAX_ATTRIBUTES];
    bool ended = false, go_on = false;
    int id;
    for (size_t i = 0; i < SG_DIRECTORY_MAX_ATTRIBUTES; i++)
        names[i] = (char *)(uintptr_t)worker->names[i];
    int code = ldap_search_ext(ld, worker->base, worker->scope, (const char *)worker->filter.ptr,
                               names, 0, NULL, NULL, NULL, MAX_ENTRIES, &id);
    if (code != LDAP_SUCCESS)
        return fail_ldap(worker, ld, code);
    while (!ended) {
        LDAPMessage *message = NULL;
        errno = 0;
        int type = ldap_result(ld, id, LDAP_MSG_ONE, NULL, &message);
        ended = type <= 0 || type == LDAP_RES_SEARCH_RESULT;
        if (type <= 0)
            end_session(worker, errno);
        else if (type == LDAP_RES_SEARCH_ENTRY)
            take_entry(worker, ld, message);
        else if (type == LDAP_RES_SEARCH_REFERENCE)
            take_reference(worker, ld, message);
        else if (type == LDAP_RES_SEARCH_RESULT)
            go_on = take_result(worker, ld, message);
        ldap_msgfree(message);
    }
    return go_on;
}

/* GnuTLS, with which libldap may be built, believes nobody unless it is told. */
static const char *ca_file(const struct signet_fetch_rules *rules)
{
    static const char *const usual[] = {"/etc/ssl/certs/ca-certificates.crt",
                                        "/etc/pki/tls/certs/ca-bundle.crt",
                                        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};
    if (rules->ca_file != NULL)
        return rules->ca_file;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (access(usual[i], R_OK) == 0)
            return usual[i];
    }
    return NULL;
}

static void set_options(struct worker *worker, LDAP *ld, bool believed)
{
    const struct signet_fetch_rules *rules = worker->rules;
    const int version = LDAP_VERSION3, fresh = 0;
    const int certificate = believed ? LDAP_OPT_X_TLS_DEMAND : LDAP_OPT_X_TLS_ALLOW;
    const char *file = ca_file(rules);
    ber_len_t max = worker->request.max_bytes + MAX_SLACK;
    Sockbuf *socket = NULL;
    ldap_set_option(ld, LDAP_OPT_PROTOCOL_VERSION, &version);
    ldap_set_option(ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
    ldap_set_option(ld, LDAP_OPT_X_TLS_REQUIRE_CERT, &certificate);
    if (file != NULL)
        ldap_set_option(ld, LDAP_OPT_X_TLS_CACERTFILE, file);
    ldap_set_option(ld, LDAP_OPT_X_TLS_NEWCTX, &fresh);
    /* libldap keeps a message whole before anybody sees it. */
    if (ldap_get_option(ld, LDAP_OPT_SOCKBUF, &socket) == LDAP_SUCCESS && socket != NULL)
        ber_sockbuf_ctrl(socket, LBER_SB_OPT_SET_MAX_INCOMING, &max);
}

/* LDAP_SUCCESS: there is TLS, or there may be none. */
static int secure(LDAP *ld, bool ldaps, enum signet_fetch_ldap_tls start_tls)
{
    if (ldaps)
        return ldap_install_tls(ld);
    if (start_tls == SIGNET_FETCH_LDAP_TLS_NEVER)
        return LDAP_SUCCESS;
    int code = ldap_start_tls_s(ld, NULL, NULL);
    return code > 0 && start_tls == SIGNET_FETCH_LDAP_TLS_TRY ? LDAP_SUCCESS : code;
}

/* To where the user sent us, not to where a server sends on. */
static bool may_be_private(const struct worker *worker)
{
    return worker->rules->allow_private ||
           (worker->request.own_place && worker->num_referrals == 0);
}

/* A session with the server of URL; NULL: *CODE tells why, or the outcome is known (*CODE 0). */
static LDAP *open_session(struct worker *worker, const LDAPURLDesc *url,
                          enum signet_fetch_ldap_tls start_tls, int *code)
{
    const struct signet_fetch_rules *rules = worker->rules;
    bool ldaps = strcmp(url->lud_scheme, "ldaps") == 0;
    char reason[SG_DIAL_MAX_REASON];
    LDAP *ld = NULL;
    *code = LDAP_SUCCESS;
    int fd = sg_dial(url->lud_host, url->lud_port, may_be_private(worker), (int)rules->timeout_ms,
                     &worker->end.outcome, reason);
    if (fd < 0) {
        conclude(worker, worker->end.outcome, "%s", reason);
        return NULL;
    }
    *code = ldap_init_fd(fd, LDAP_PROTO_TCP, worker->url, &ld);
    if (*code != LDAP_SUCCESS) {
        conclude(worker, SIGNET_FETCH_FAILED, "%s", ldap_err2string(*code));
        close(fd);
        return NULL;
    }
    set_options(worker, ld, ldaps || start_tls == SIGNET_FETCH_LDAP_TLS_REQUIRE);
    *code = secure(ld, ldaps, start_tls);
    if (*code == LDAP_SUCCESS)
        return ld;
    fail_ldap(worker, ld, *code);
    ldap_unbind_ext(ld, NULL, NULL);
    return NULL;
}

/* True: a referral is to be followed. */
static bool ask(struct worker *worker, const LDAPURLDesc *url)
{
    enum signet_fetch_ldap_tls start_tls = worker->rules->ldap_tls;
    int code;
    snprintf(worker->url, sizeof worker->url,
             strchr(url->lud_host, ':') ? "%s://[%s]:%d" : "%s://%s:%d", url->lud_scheme,
             url->lud_host, url->lud_port);
    LDAP *ld = open_session(worker, url, start_tls, &code);
    /* A server whose TLS is broken is asked as one that has none, which is no loss: what it says is
     * signed by others or worth nothing. */
    if (ld == NULL && code < 0 && start_tls == SIGNET_FETCH_LDAP_TLS_TRY &&
        strcmp(url->lud_scheme, "ldap") == 0)
        ld = open_session(worker, url, SIGNET_FETCH_LDAP_TLS_NEVER, &code);
    if (ld == NULL)
        return false;
    bool referred = search(worker, ld);
    ldap_unbind_ext(ld, NULL, NULL);
    return referred;
}

/* NULL: the outcome is known. */
static LDAPURLDesc *read_url(struct worker *worker, const char *text)
{
    const char *refusal = sg_url_refusal(text, may_be_private(worker));
    const char *stranger = NULL;
    LDAPURLDesc *url = NULL;
    if (refusal == NULL && ldap_url_parse(text, &url) != LDAP_URL_SUCCESS)
        refusal = "it is no LDAP URL (RFC 4516)";
    else if (refusal == NULL && url->lud_crit_exts > 0)
        refusal = "it has a critical extension";
    else if (refusal == NULL && (url->lud_host == NULL || *url->lud_host == '\0'))
        refusal = "it names no host";
    else if (refusal == NULL && strcmp(url->lud_scheme, "ldap") != 0 &&
             strcmp(url->lud_scheme, "ldaps") != 0)
        refusal = "only ldap and ldaps are spoken";
    else if (refusal == NULL && worker->num_referrals == 0 &&
             !sg_directory_attributes(url->lud_attrs, worker->names, &stranger))
        refusal = "it asks for an attribute that holds neither certificates nor CRLs";
    if (refusal == NULL)
        return url;
    conclude(worker, SIGNET_FETCH_REFUSED, "%s%.500s: %s",
             worker->num_referrals > 0 ? "referred to " : "", text, refusal);
    ldap_free_urldesc(url);
    return NULL;
}

static bool is_mailbox(const char *address)
{
    struct sg_arena arena;
    struct sg_mailbox mailbox;
    sg_arena_init(&arena, 65536);
    bool good = sg_mailbox_parse(sg_span_text(address), &arena, &mailbox);
    sg_arena_clear(&arena);
    return good;
}

/* What is searched for, by the request and the URL that it came with. */
static bool set_query(struct worker *worker, const LDAPURLDesc *url)
{
    const struct signet_fetch_request *request = &worker->request;
    /* Of an address and of a part of a URL, which have their maxima. */
    sg_buffer_init(&worker->filter, SIZE_MAX);
    worker->scope = url->lud_scope;
    if (request->kind == SIGNET_FETCH_LDAP_ADDRESS) {
        if (!is_mailbox(request->address))
            return conclude(worker, SIGNET_FETCH_REFUSED, "not a mail address");
        worker->scope = LDAP_SCOPE_SUBTREE;
        sg_directory_add_filter(&worker->filter, request->address, url->lud_filter);
    } else {
        sg_buffer_add_text(&worker->filter,
                           url->lud_filter != NULL ? url->lud_filter : "(objectClass=*)");
        sg_buffer_add_byte(&worker->filter, 0);
    }
    if (worker->filter.status != SIGNET_OK)
        return conclude(worker, SIGNET_FETCH_FAILED, "memory is out");
    return true;
}

/* The base of a referral, if it has one, stands for ours (RFC 4511 4.1.10). */
static bool set_base(struct worker *worker, const LDAPURLDesc *url)
{
    if (worker->base != NULL && (url->lud_dn == NULL || *url->lud_dn == '\0'))
        return true;
    free(worker->base);
    worker->base = strdup(url->lud_dn != NULL ? url->lud_dn : "");
    return worker->base != NULL || conclude(worker, SIGNET_FETCH_FAILED, "memory is out");
}

static bool may_follow(struct worker *worker)
{
    if (worker->num_referrals >= worker->rules->max_redirects)
        return conclude(worker, SIGNET_FETCH_REFUSED, "more than %u referrals, the next to %.500s",
                        worker->rules->max_redirects, worker->referral);
    if (strncmp(worker->url, "ldaps", 5) == 0 &&
        !sg_span_is_word(sg_url_scheme(worker->referral), "ldaps"))
        return conclude(worker, SIGNET_FETCH_REFUSED, "referred from ldaps to %.500s",
                        worker->referral);
    return true;
}

static void run(struct worker *worker)
{
    char text[MAX_URL + 1];
    snprintf(text, sizeof text, "%s", worker->request.url);
    for (bool go_on = true; go_on;) {
        LDAPURLDesc *url = read_url(worker, text);
        if (url == NULL)
            return;
        go_on = (worker->num_referrals > 0 || set_query(worker, url)) && set_base(worker, url) &&
                ask(worker, url) && may_follow(worker);
        ldap_free_urldesc(url);
        snprintf(text, sizeof text, "%s", worker->referral);
        worker->referral[0] = '\0';
        worker->num_referrals += go_on;
    }
    if (worker->num_referrals > 0)
        worker->end.final_url = worker->url;
}

void sg_worker_run(int channel, const struct signet_fetch_rules *rules,
                   const struct sg_frame *start)
{
    struct worker worker = {.channel = channel, .rules = rules, .id = start->id};
    sg_outbox_init(&worker.outbox, SIZE_MAX);
    if (sg_frame_read_start(start->body, &worker.request)) {
        run(&worker);
        sg_frame_write_end(&worker.outbox.buffer, worker.id, &worker.end);
        flush(&worker);
    }
    free(worker.base);
    sg_buffer_free(&worker.filter);
    sg_outbox_clear(&worker.outbox);
}
