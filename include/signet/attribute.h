/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Attributes: whether an attribute certificate is to be believed, and what it says (RFC 5755 5).
 * Judged only when somebody asks; no verdict on a message or a path depends on the outcome.
 */
#ifndef SIGNET_ATTRIBUTE_H
#define SIGNET_ATTRIBUTE_H

#include "signet/path.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One attribute. All text is escaped. */
struct signet_attribute {
    const char *type;          /* dotted OID */
    const char *name;          /* by its standard, such as "group"; NULL when unknown */
    const char *const *values; /* group names, roles, clearances … in words, or #hexadecimal */
    size_t num_values;
    bool permitted; /* false: a CA above does not let the issuer certify it (RFC 5755 7.4), so it
                       says nothing */
};

/* One attribute certificate, judged for one holder. Borrowed from the result. */
struct signet_attributes {
    enum signet_verdict verdict; /* GOOD and WARN: the holder has these attributes */
    const struct signet_attribute_certificate *certificate;
    const char *holder, *issuer; /* as the attribute certificate names them; escaped */
    const char *serial;          /* hexadecimal, with a sign where it is negative */
    const struct signet_attribute *items;
    size_t num;
    const struct signet_candidates *issuer_paths; /* NULL: no certificate of the issuer at hand */
    struct signet_revocation_status revocation;   /* of the attribute certificate itself */
    /* Certificates in findings are those of the best one of ISSUER_PATHS. */
    struct signet_findings findings;
};

struct signet_attribute_result;

/*
 * Judges CERTIFICATE for HOLDER, who must be known to hold the key of that certificate; NULL takes
 * any in POOL that CERTIFICATE names. Valid is one (RFC 5755 5) whose holder's path and issuer's
 * path hold, whose issuer POOL has as an attribute authority that is no CA, which is signed, in
 * time, meant for one of POLICY's targets, not revoked, and without a critical extension that is
 * not known. *RESULT is set on SIGNET_OK only, and borrows from all that is given.
 * SIGNET_ERR_ARGUMENT as for signet_path_verify.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_attribute_certificate_verify(
    struct signet_context *context, const struct signet_attribute_certificate *certificate,
    const struct signet_certificate *holder, const struct signet_pool *pool,
    const struct signet_policy *policy, struct signet_attribute_result **result);
SIGNET_API void
signet_attribute_result_free(struct signet_attribute_result *result); /* NULL is legal */

SIGNET_API const struct signet_attributes *
signet_attribute_result_attributes(const struct signet_attribute_result *result);
/* Paths of the holder's certificate; NULL: there is none at hand. */
SIGNET_API const struct signet_candidates *
signet_attribute_result_holder_paths(const struct signet_attribute_result *result);

#ifdef __cplusplus
}
#endif

#endif
