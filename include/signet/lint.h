/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules that certificates, CRLs and chains break: those of PKIX (RFC 5280 and its updates), of
 * S/MIME (RFC 3850, 8550) and of the S/MIME Baseline Requirements of the CA/Browser Forum. Said to
 * whoever makes certificates: no verdict follows from it, and no clock takes part.
 */
#ifndef SIGNET_LINT_H
#define SIGNET_LINT_H

#include "signet/certificate.h"
#include "signet/crl.h"
#include "signet/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whose rules; a sum of them. */
#define SIGNET_LINT_PKIX  1u
#define SIGNET_LINT_SMIME 2u
#define SIGNET_LINT_BR    4u
/* The Baseline Requirements only for certificates that claim to follow them, by a policy. */
#define SIGNET_LINT_BR_CLAIMED 8u

struct signet_lint_input {
    const struct signet_certificate *const *certificates;
    size_t num_certificates;
    const struct signet_crl *const *crls;
    size_t num_crls;
    unsigned rules; /* 0: SIGNET_LINT_PKIX | SIGNET_LINT_SMIME | SIGNET_LINT_BR_CLAIMED */
};

struct signet_lint_finding {
    const char *id;                /* of the rule, stable: "pkix-aki-missing" */
    unsigned rules;                /* whose it is: one of the first three above */
    enum signet_severity severity; /* error: a MUST; warning: a SHOULD; info: to be known */
    enum signet_object object;     /* SIGNET_OBJECT_CERTIFICATE or SIGNET_OBJECT_CRL */
    size_t index;                  /* of the input */
    const char *rule;              /* document and clause */
    const char *text;              /* one sentence, escaped */
};

/* What is known of a certificate beside the rules that it breaks. */
struct signet_lint_certificate {
    const struct signet_certificate *certificate;
    /* Index of the certificate of the input that issued it, -1 where none did. Itself: it is
     * self-signed. */
    int issuer;
    /* As its policy claims (Baseline Requirements 7.1.6.1): "mailbox", "organization", "sponsor",
     * "individual"; "legacy", "multipurpose", "strict". NULL: it claims none. */
    const char *validation, *generation;
};

struct signet_lint_result;

/*
 * Holds the rules against all objects of INPUT, and against certificates together with those of
 * the input that issued them. SIGNET_ERR_LIMIT: there is more to say than memory is granted for.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_lint_run(const struct signet_lint_input *input, struct signet_lint_result **result);
SIGNET_API void signet_lint_free(struct signet_lint_result *result); /* NULL is legal */

/* In the order of the input. Borrowed, as below. */
SIGNET_API size_t signet_lint_num_findings(const struct signet_lint_result *result);
SIGNET_API const struct signet_lint_finding *
signet_lint_finding(const struct signet_lint_result *result, size_t index);
SIGNET_API size_t signet_lint_num_certificates(const struct signet_lint_result *result);
SIGNET_API const struct signet_lint_certificate *
signet_lint_certificate(const struct signet_lint_result *result, size_t index);
SIGNET_API size_t signet_lint_num_crls(const struct signet_lint_result *result);
SIGNET_API const struct signet_crl *signet_lint_crl(const struct signet_lint_result *result,
                                                    size_t index);
/* How many there are of SEVERITY. */
SIGNET_API size_t signet_lint_count(const struct signet_lint_result *result,
                                    enum signet_severity severity);

#ifdef __cplusplus
}
#endif

#endif
