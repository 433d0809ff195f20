/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fetcher: a helper process, signet-fetch, that alone opens sockets. What a message says can
 * make it ask for something, but not make the judging process connect, parse a protocol or wait.
 * Requests run beside each other; the caller starts, polls and cancels, and has one deadline.
 */
#ifndef SIGNET_FETCH_H
#define SIGNET_FETCH_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_fetcher;

/* StartTLS (RFC 4511 4.14) for ldap: URLs; ldaps: ones are always under TLS. */
enum signet_fetch_ldap_tls {
    SIGNET_FETCH_LDAP_TLS_TRY = 0, /* where the server offers it; its certificate is not judged */
    SIGNET_FETCH_LDAP_TLS_REQUIRE, /* with a certificate that is believed, or not at all */
    SIGNET_FETCH_LDAP_TLS_NEVER
};

/* What holds for every request of a fetcher. Strings are copied; NULL: none. */
struct signet_fetch_rules {
    size_t max_bytes; /* of one answer */
    unsigned max_redirects;
    unsigned max_parallel; /* requests under way at once, 1 to 256; more wait */
    unsigned timeout_ms;   /* of one request, connecting included */
    /* Addresses that names may lead to. Without it private, loopback, link-local, multicast and
     * other addresses that are not on the public Internet are refused, after the name was resolved
     * and for every redirect and referral; and so are ports below 1024 of other services. */
    bool allow_private;
    enum signet_fetch_ldap_tls ldap_tls;
    const char *proxy; /* for http and https: "http://proxy.example.com:3128" */
    const char
        *ca_file; /* PEM of the CAs that TLS servers are believed under; NULL: the system's */
    const char *dns_anchor_file; /* of the DNSSEC root key; NULL: the system's */
    const char *dns_forward; /* ask this resolver ("192.0.2.53@5353") in place of the root servers;
                                its answers are validated here */
};

/* 16 MB, 5 redirects, 8 at once, 10 s, nothing private, StartTLS where it is offered. */
SIGNET_API void signet_fetch_rules_init(struct signet_fetch_rules *rules);

enum signet_fetch_kind {
    SIGNET_FETCH_URL = 0,      /* http, https: the body. ldap, ldaps (RFC 4516): the values */
    SIGNET_FETCH_LDAP_ADDRESS, /* certificates of ADDRESS at the directory URL, in all the
                                  attributes in use */
    SIGNET_FETCH_DNS_SMIMEA,   /* RFC 8162: of ADDRESS; only with DNSSEC proof */
    SIGNET_FETCH_DNS_CERT      /* RFC 4398: of ADDRESS */
};

struct signet_fetch_request {
    enum signet_fetch_kind kind;
    const char *url;                  /* URL, LDAP_ADDRESS: "ldap://host/base" */
    const char *address;              /* LDAP_ADDRESS, DNS_… */
    const char *etag, *last_modified; /* for a conditional GET; NULL or "" for none */
    size_t max_bytes;                 /* 0: the rules' */
    /* The place is the user's own choice, not a stranger's: it may be at a private address. Where
     * it sends on to may not. */
    bool own_place;
};

enum signet_fetch_outcome {
    SIGNET_FETCH_DONE = 0,
    SIGNET_FETCH_UNCHANGED, /* what is known is current (HTTP 304) */
    SIGNET_FETCH_ABSENT,  /* the server says that there is none (404, NXDOMAIN proven, no entry) */
    SIGNET_FETCH_REFUSED, /* by the rules: scheme, address, redirect, credentials in a URL */
    SIGNET_FETCH_TOO_LARGE,
    SIGNET_FETCH_TIMED_OUT,
    SIGNET_FETCH_UNPROVEN, /* DNS without DNSSEC proof, or with a false one */
    SIGNET_FETCH_FAILED,   /* no such host, connection refused, TLS, protocol */
    SIGNET_FETCH_GONE      /* the helper ended; the next request starts another */
};

/* One value of an answer: the body, an attribute's value, a record. */
struct signet_fetch_value {
    const char
        *label; /* "body"; the attribute's name as asked for, "userCertificate"; "SMIMEA", "CERT" */
    struct signet_span octets; /* for SMIMEA and CERT the RDATA */
};

struct signet_fetch_answer {
    uint32_t id; /* of the request */
    enum signet_fetch_outcome outcome;
    const char *reason;       /* in words, "" when done; UTF-8, to be escaped when shown */
    const char *final_url;    /* after redirects; "" where there are none */
    const char *content_type; /* "" when not told */
    const char *etag, *last_modified;
    const struct signet_fetch_value *values;
    size_t num_values;
};

/*
 * PROGRAM: path of signet-fetch; NULL: where it was installed. Started when first asked for
 * something, as a child process; a caller that waits for any child may come to wait for it, which
 * does no harm. SIGNET_ERR_ARGUMENT: RULES cannot be.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_fetcher_new(const char *program, const struct signet_fetch_rules *rules,
                   struct signet_fetcher **fetcher);
/* Ends the helper and whatever is under way; never waits for the network. NULL is legal. */
SIGNET_API void signet_fetcher_free(struct signet_fetcher *fetcher);

/* Never waits. *ID is above 0 and of this request alone. SIGNET_ERR_IO: the helper cannot be
 * started; signet_fetcher_trouble tells why. SIGNET_ERR_LIMIT: 16 MB of requests wait that the
 * helper has not taken yet. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_fetcher_start(struct signet_fetcher *fetcher, const struct signet_fetch_request *request,
                     uint32_t *id);
/* No answer to ID will come. */
SIGNET_API void signet_fetcher_cancel(struct signet_fetcher *fetcher, uint32_t id);
/* Requests without an answer yet. */
SIGNET_API size_t signet_fetcher_num_pending(const struct signet_fetcher *fetcher);

/*
 * Waits up to TIMEOUT_MS for the next answer (0 or less: only looks). *ANSWER is borrowed until the
 * next call; NULL: none came. A helper that died answers all its requests with GONE.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_fetcher_poll(struct signet_fetcher *fetcher, int timeout_ms,
                    const struct signet_fetch_answer **answer);
/* To wait on together with other things, after poll said that there is nothing yet: readable when
 * poll may have something. -1: no helper. */
SIGNET_API int signet_fetcher_fd(const struct signet_fetcher *fetcher);

/* Of the last SIGNET_ERR_IO: one sentence. */
SIGNET_API const char *signet_fetcher_trouble(const struct signet_fetcher *fetcher);

/* "done", "unchanged", "absent", "refused", "too-large", "timed-out", "unproven", "failed", "gone".
 */
SIGNET_API const char *signet_fetch_outcome_name(enum signet_fetch_outcome outcome);

#ifdef __cplusplus
}
#endif

#endif
