/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http and https by libcurl. Redirects are followed here and not by libcurl, so that each is held
 * against the same rules as the first URL; addresses are judged on the socket that is connected,
 * after the name was resolved, so that no second look-up can give another.
 */
#include "base/span.h"
#include "fetch/address_guard.h"
#include "job.h"
#include "url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_HEADERS = 256 * 1024 };

struct http {
    struct sg_desk *desk;
    CURLM *multi;
    int64_t due; /* when libcurl wants to be called; -1: not */
};

struct transfer {
    struct sg_job *job;
    CURL *easy;
    struct curl_slist *fields;
    unsigned num_redirects;
    size_t num_header_bytes, num_discarded;
    bool body_begun, https;
    char refused[INET6_ADDRSTRLEN];
    const char *refused_as; /* what that address is */
    char error[CURL_ERROR_SIZE];
};

static void on_socket(void *context, int fd, short revents)
{
    struct http *http = context;
    int events = 0, running;
    if (revents & POLLIN)
        events |= CURL_CSELECT_IN;
    if (revents & POLLOUT)
        events |= CURL_CSELECT_OUT;
    if (revents & (POLLERR | POLLHUP | POLLNVAL))
        events |= CURL_CSELECT_IN | CURL_CSELECT_OUT | CURL_CSELECT_ERR;
    curl_multi_socket_action(http->multi, fd, events, &running);
}

static int watch_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *unused)
{
    static const short events[] = {
        [CURL_POLL_NONE] = 0,
        [CURL_POLL_IN] = POLLIN,
        [CURL_POLL_OUT] = POLLOUT,
        [CURL_POLL_INOUT] = POLLIN | POLLOUT,
    };
    struct http *http = context;
    (void)easy, (void)unused;
    if (what == CURL_POLL_REMOVE)
        sg_loop_unwatch(&http->desk->loop, fd);
    else if (!sg_loop_watch(&http->desk->loop, fd, events[what], on_socket, http))
        return -1;
    return 0;
}

static int set_timer(CURLM *multi, long timeout_ms, void *context)
{
    struct http *http = context;
    (void)multi;
    http->due = timeout_ms < 0 ? -1 : sg_loop_now_ms() + timeout_ms;
    return 0;
}

static struct http *open_http(struct sg_desk *desk)
{
    if (desk->states[SG_TRANSPORT_HTTP] != NULL)
        return desk->states[SG_TRANSPORT_HTTP];
    struct http *http = calloc(1, sizeof(*http));
    if (http == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
        free(http);
        return NULL;
    }
    *http = (struct http){.desk = desk, .multi = curl_multi_init(), .due = -1};
    if (http->multi == NULL) {
        free(http);
        return NULL;
    }
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
    desk->states[SG_TRANSPORT_HTTP] = http;
    return http;
}

/* To where the user sent us, not to where a server sends on. */
static bool may_be_private(const struct transfer *transfer)
{
    const struct sg_job *job = transfer->job;
    return job->desk->rules.allow_private ||
           (job->request.own_place && transfer->num_redirects == 0);
}

/* The address of the socket that libcurl is about to connect. With a proxy it is the proxy's, which
 * the rules named. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *transfer = context;
    const struct signet_fetch_rules *rules = &transfer->job->desk->rules;
    const char *what = sg_address_guard_find(&address->addr, address->addrlen);
    (void)purpose;
    if (what != NULL && !may_be_private(transfer) && rules->proxy == NULL) {
        const void *octets =
            address->family == AF_INET6
                ? (const void *)&((const struct sockaddr_in6 *)(const void *)&address->addr)
                      ->sin6_addr
                : (const void *)&((const struct sockaddr_in *)(const void *)&address->addr)
                      ->sin_addr;
        inet_ntop(address->family, octets, transfer->refused, sizeof transfer->refused);
        transfer->refused_as = what;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static long response_code(const struct transfer *transfer)
{
    long code = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

static size_t take_header(char *octets, size_t size, size_t num, void *context)
{
    struct transfer *transfer = context;
    (void)octets;
    transfer->num_header_bytes += size * num;
    return transfer->num_header_bytes <= MAX_HEADERS ? size * num : 0;
}

static size_t take_body(char *octets, size_t size, size_t num, void *context)
{
    struct transfer *transfer = context;
    size_t len = size * num;
    if (response_code(transfer) != 200) {
        /* What an error says is nobody's business, but it ends somewhere. */
        transfer->num_discarded += len;
        return transfer->num_discarded <= MAX_HEADERS ? len : 0;
    }
    if (!transfer->body_begun)
        sg_job_value(transfer->job, "body");
    transfer->body_begun = true;
    return sg_job_data(transfer->job, sg_span(octets, len)) ? len : 0;
}

static bool add_field(struct transfer *transfer, const char *name, const char *value)
{
    char field[SG_FRAME_MAX_TEXT + 64];
    if (*value == '\0')
        return true;
    for (const char *c = value; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return true; /* a validator that no server gave: asked without it */
    }
    snprintf(field, sizeof field, "%s: %s", name, value);
    struct curl_slist *fields = curl_slist_append(transfer->fields, field);
    if (fields == NULL)
        return false;
    transfer->fields = fields;
    return true;
}

static CURLcode set_security(CURL *easy, const struct signet_fetch_rules *rules)
{
    CURLcode code = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (code == CURLE_OK && rules->ca_file != NULL)
        code = curl_easy_setopt(easy, CURLOPT_CAINFO, rules->ca_file);
    if (code == CURLE_OK && rules->ca_file != NULL)
        code = curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    /* "": none, whatever the environment says. */
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_PROXY, rules->proxy != NULL ? rules->proxy : "");
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    return code;
}

/* The defaults of libcurl are trusted where they cannot be otherwise: no cookies, no .netrc, no
 * authentication, no redirects, no compression, certificates checked. */
static bool configure(struct transfer *transfer, struct sg_job *job)
{
    CURL *easy = transfer->easy;
    if (set_security(easy, &job->desk->rules) != CURLE_OK)
        return false;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    if (job->request.max_bytes <= INT64_MAX)
        curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)job->request.max_bytes);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    /* A look-up that hangs is left behind, not waited for. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    return curl_easy_setopt(easy, CURLOPT_USERAGENT, "signet/" SIGNET_VERSION) == CURLE_OK &&
           add_field(transfer, "If-None-Match", job->request.etag) &&
           add_field(transfer, "If-Modified-Since", job->request.last_modified) &&
           curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->fields) == CURLE_OK;
}

/* Goes to URL, at first or by a redirect. */
static void go(struct http *http, struct transfer *transfer, const char *url)
{
    struct sg_job *job = transfer->job;
    const char *refusal = sg_url_refusal(url, may_be_private(transfer));
    if (refusal != NULL) {
        sg_job_failf(job, SIGNET_FETCH_REFUSED, "%s%.500s: %s",
                     transfer->num_redirects > 0 ? "redirected to " : "", url, refusal);
        return;
    }
    transfer->https = sg_span_is_word(sg_url_scheme(url), "https");
    transfer->num_header_bytes = transfer->num_discarded = 0;
    transfer->refused_as = NULL;
    if (curl_easy_setopt(transfer->easy, CURLOPT_URL, url) != CURLE_OK ||
        curl_multi_add_handle(http->multi, transfer->easy) != CURLM_OK)
        sg_job_fail(job, SIGNET_FETCH_FAILED, "memory is out");
}

static void start(struct sg_job *job)
{
    struct http *http = open_http(job->desk);
    struct transfer *transfer = calloc(1, sizeof(*transfer));
    job->state = transfer;
    if (transfer != NULL) {
        transfer->job = job;
        transfer->easy = http != NULL ? curl_easy_init() : NULL;
    }
    if (transfer == NULL || transfer->easy == NULL || !configure(transfer, job)) {
        sg_job_fail(job, SIGNET_FETCH_FAILED, "libcurl cannot be used");
        return;
    }
    go(http, transfer, job->request.url);
}

static void stop(struct sg_job *job)
{
    struct http *http = job->desk->states[SG_TRANSPORT_HTTP];
    struct transfer *transfer = job->state;
    if (transfer == NULL)
        return;
    if (transfer->easy != NULL) {
        curl_multi_remove_handle(http->multi, transfer->easy);
        curl_easy_cleanup(transfer->easy);
    }
    curl_slist_free_all(transfer->fields);
    free(transfer);
    job->state = NULL;
}

static const char *header(const struct transfer *transfer, const char *name)
{
    struct curl_header *found;
    if (curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK)
        return "";
    return found->value;
}

static void end_with(struct transfer *transfer, enum signet_fetch_outcome outcome,
                     const char *reason)
{
    const char *url = NULL;
    curl_easy_getinfo(transfer->easy, CURLINFO_EFFECTIVE_URL, &url);
    sg_job_end(transfer->job,
               &(struct sg_frame_end){.outcome = outcome,
                                      .reason = reason,
                                      .final_url = transfer->num_redirects > 0 ? url : "",
                                      .content_type = header(transfer, "Content-Type"),
                                      .etag = header(transfer, "ETag"),
                                      .last_modified = header(transfer, "Last-Modified")});
}

/* Not one word of a redirect is believed but where it leads. */
static void redirect(struct http *http, struct transfer *transfer)
{
    struct sg_job *job = transfer->job;
    char *found = NULL;
    curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &found);
    struct signet_span scheme = sg_url_scheme(found != NULL ? found : "");
    if (found == NULL) {
        sg_job_fail(job, SIGNET_FETCH_FAILED, "a redirect that leads nowhere");
    } else if (++transfer->num_redirects > job->desk->rules.max_redirects) {
        sg_job_failf(job, SIGNET_FETCH_REFUSED, "more than %u redirects",
                     job->desk->rules.max_redirects);
    } else if (!sg_span_is_word(scheme, "https") && !sg_span_is_word(scheme, "http")) {
        sg_job_failf(job, SIGNET_FETCH_REFUSED,
                     "redirected to %.500s: only http and https are followed", found);
    } else if (transfer->https && !sg_span_is_word(scheme, "https")) {
        sg_job_failf(job, SIGNET_FETCH_REFUSED, "redirected from https to %.500s", found);
    } else {
        char *url = strdup(found); /* libcurl's own is gone once the handle is used again */
        if (url == NULL)
            sg_job_fail(job, SIGNET_FETCH_FAILED, "memory is out");
        else
            go(http, transfer, url);
        free(url);
    }
}

static void conclude_response(struct http *http, struct transfer *transfer)
{
    static const struct {
        long code;
        enum signet_fetch_outcome outcome;
    } outcomes[] = {
        {200, SIGNET_FETCH_DONE}, {404, SIGNET_FETCH_ABSENT}, {410, SIGNET_FETCH_ABSENT}};
    static const long redirects[] = {301, 302, 303, 307, 308};
    long code = response_code(transfer);
    char reason[32];
    for (size_t i = 0; i < sizeof redirects / sizeof redirects[0]; i++) {
        if (code == redirects[i]) {
            redirect(http, transfer);
            return;
        }
    }
    enum signet_fetch_outcome outcome = SIGNET_FETCH_FAILED;
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++)
        outcome = code == outcomes[i].code ? outcomes[i].outcome : outcome;
    if (code == 304 && transfer->fields != NULL)
        outcome = SIGNET_FETCH_UNCHANGED;
    snprintf(reason, sizeof reason, "HTTP %ld", code);
    if (outcome == SIGNET_FETCH_DONE && !transfer->body_begun)
        sg_job_value(transfer->job, "body");
    end_with(transfer, outcome,
             outcome == SIGNET_FETCH_DONE || outcome == SIGNET_FETCH_UNCHANGED ? "" : reason);
}

/* libcurl says how it failed in its own words, to which the address belongs that we refused. */
static void conclude_failure(struct transfer *transfer, CURLcode code)
{
    struct sg_job *job = transfer->job;
    const char *words = *transfer->error != '\0' ? transfer->error : curl_easy_strerror(code);
    if (code == CURLE_FILESIZE_EXCEEDED)
        sg_job_failf(job, SIGNET_FETCH_TOO_LARGE, "the answer is larger than %zu octets",
                     job->request.max_bytes);
    else if (transfer->num_header_bytes > MAX_HEADERS || transfer->num_discarded > MAX_HEADERS)
        sg_job_fail(job, SIGNET_FETCH_FAILED, "header fields without end");
    else if (code == CURLE_COULDNT_CONNECT && transfer->refused_as != NULL)
        sg_job_failf(job, SIGNET_FETCH_REFUSED, "%s%s is %s",
                     transfer->num_redirects > 0 ? "redirected: " : "", transfer->refused,
                     transfer->refused_as);
    else
        sg_job_fail(job, SIGNET_FETCH_FAILED, words);
}

static void take_messages(struct http *http)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
        struct transfer *transfer = NULL;
        CURLcode code = message->data.result;
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        curl_multi_remove_handle(http->multi, message->easy_handle);
        if (code == CURLE_OK)
            conclude_response(http, transfer);
        else
            conclude_failure(transfer, code);
    }
}

static int tick(struct sg_desk *desk)
{
    struct http *http = desk->states[SG_TRANSPORT_HTTP];
    int running;
    if (http == NULL)
        return -1;
    if (http->due >= 0 && http->due <= sg_loop_now_ms()) {
        http->due = -1;
        curl_multi_socket_action(http->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    take_messages(http);
    if (http->due < 0)
        return -1;
    int64_t left = http->due - sg_loop_now_ms();
    return left > 0 ? (int)left : 0;
}

static void end(struct sg_desk *desk)
{
    struct http *http = desk->states[SG_TRANSPORT_HTTP];
    if (http == NULL)
        return;
    curl_multi_cleanup(http->multi);
    free(http);
    desk->states[SG_TRANSPORT_HTTP] = NULL;
}

const struct sg_transport sg_transport_http = {"HTTP", start, stop, tick, end};
