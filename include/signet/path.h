/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths: from a certificate to an anchor, built and validated (RFC 5280 6, RFC 3850 4.2), with the
 * proof.
 */
#ifndef SIGNET_PATH_H
#define SIGNET_PATH_H

#include "signet/certificate.h"
#include "signet/context.h"
#include "signet/crl.h"
#include "signet/finding.h"
#include "signet/need.h"
#include "signet/policy.h"
#include "signet/pool.h"

#ifdef __cplusplus
extern "C" {
#endif

enum signet_status_of_certificate {
    SIGNET_CERTIFICATE_NOT_CHECKED = 0,
    SIGNET_CERTIFICATE_NOT_REVOKED,
    SIGNET_CERTIFICATE_REVOKED,
    SIGNET_CERTIFICATE_UNDETERMINED
};

/* "not-checked", "good", "revoked", "undetermined". */
SIGNET_API const char *signet_status_of_certificate_name(enum signet_status_of_certificate status);

/* The revocation status of one certificate and the CRL that decided. Borrowed from the result. */
struct signet_revocation_status {
    enum signet_status_of_certificate status;
    const struct signet_crl *crl;   /* NULL where none decided */
    bool crl_brought;               /* it came in the judged message; else the caller gave it */
    const struct signet_crl *delta; /* applied to it, or NULL */
    bool delta_brought;
    signet_time revocation_date; /* SIGNET_TIME_UNKNOWN unless revoked */
    signet_time invalidity_date; /* SIGNET_TIME_UNKNOWN when not told */
    const char *reason;          /* "keyCompromise" …; NULL unless revoked */
};

/* One mail address of a certificate (RFC 3850 3), escaped for showing. */
struct signet_mail_address {
    const char *text;
    bool in_subject; /* from the subject's emailAddress, else from subjectAltName */
    bool usable;     /* false: malformed, counts for nothing */
};

/* One certificate of a path. All text is escaped and borrowed from the result. */
struct signet_path_certificate {
    const struct signet_certificate *certificate;
    const char *subject, *issuer;
    const char *serial; /* hexadecimal, with a sign where it is negative: "ff", "-01" */
    const struct signet_mail_address *addresses;
    size_t num_addresses;
    const char *key;                 /* "RSA 2048", "EC P-256" */
    const char *signature_algorithm; /* "sha256WithRSAEncryption", or dotted */
    struct signet_revocation_status revocation;
};

struct signet_path_anchor {
    const char *subject;
    const struct signet_certificate *certificate; /* NULL for an anchor given as name and key */
};

/* A path that was tried, end entity first; the anchor is not in it. */
struct signet_candidate {
    enum signet_verdict verdict;
    bool complete; /* ends at an anchor */
    const struct signet_path_certificate *certificates;
    size_t num_certificates;
    const struct signet_path_anchor *anchor; /* NULL unless complete */
    const char *const *policies; /* the user-constrained policy set, dotted OIDs; for complete paths
                                    (RFC 5280 6.1.6) */
    size_t num_policies;
    struct signet_findings findings;
};

/* The best path first, then those that lost. */
struct signet_candidates {
    const struct signet_candidate *items;
    size_t num;
    size_t num_tried; /* how many were judged; more than num when not all were kept */
};

struct signet_path_result;

/*
 * Builds and validates a path for CERTIFICATE with what POOL holds, for POLICY's purpose (key
 * usage, extended key usage, RFC 3850 4.4) and address. *RESULT is set on SIGNET_OK only and owns
 * everything reached through it, but borrows from CERTIFICATE, POOL and their objects, which must
 * stay until it is freed; what POLICY points to and CONTEXT must stay until the last update.
 * SIGNET_ERR_ARGUMENT: policy->time is unknown or an OID in the policy is none.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_path_verify(struct signet_context *context, const struct signet_certificate *certificate,
                   const struct signet_pool *pool, const struct signet_policy *policy,
                   struct signet_path_result **result);
SIGNET_API void signet_path_result_free(struct signet_path_result *result); /* NULL is legal */

/* What the judgement lacked, or would like to have newer; the same list for the same input.
 * Borrowed until the next update. */
SIGNET_API const struct signet_need *
signet_path_result_needs(const struct signet_path_result *result, size_t *num);

/*
 * Judges again with what the pool has got since. Signatures that were computed are not computed
 * again. Nothing of the earlier round remains, and pointers into the result end with it. The
 * budget is that of one verdict each time, but for memory, which is that of the result: SIGNET_OK
 * with LIMIT when it is used up. How often is up to the caller. SIGNET_ERR_MEMORY: the result says
 * UNKNOWN and nothing else, and can only be freed.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_path_result_update(struct signet_path_result *result);

SIGNET_API enum signet_verdict signet_path_result_verdict(const struct signet_path_result *result);
SIGNET_API signet_time signet_path_result_time(const struct signet_path_result *result);
SIGNET_API const struct signet_candidates *
signet_path_result_candidates(const struct signet_path_result *result);
/* All findings: those of the best path and those about the end entity's use. */
SIGNET_API struct signet_findings
signet_path_result_findings(const struct signet_path_result *result);

#ifdef __cplusplus
}
#endif

#endif
