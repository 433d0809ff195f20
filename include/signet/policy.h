/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the caller asks for: time, profile, revocation mode, purpose, the inputs of RFC 5280 6.1.1,
 * and the work budget.
 */
#ifndef SIGNET_POLICY_H
#define SIGNET_POLICY_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A profile never changes what is computed, only what is concluded. */
enum signet_profile {
    SIGNET_PROFILE_DEFAULT = 0, /* new mail */
    SIGNET_PROFILE_STRICT,      /* weak and nonconforming become bad */
    SIGNET_PROFILE_LEGACY       /* archived mail: named weak algorithms become a warning */
};
#define SIGNET_NUM_PROFILES 3

enum signet_revocation {
    SIGNET_REVOCATION_REQUIRE = 0, /* status not known: UNKNOWN */
    SIGNET_REVOCATION_PREFER,      /* status not known: WARN */
    SIGNET_REVOCATION_OFF          /* not checked, and said so */
};

enum signet_purpose {
    SIGNET_PURPOSE_SIGN = 0,
    SIGNET_PURPOSE_ENCRYPT, /* to this certificate's key */
    SIGNET_PURPOSE_ANY,
    SIGNET_PURPOSE_DECRYPT /* what was encrypted by agreement with this static key of the sender's
                              (RFC 2632 4.4.2.1) */
};

/*
 * No input has a count limit (RFC 3850 2.3); work has. A search that runs out of budget is UNKNOWN
 * with LIMIT, never BAD and never GOOD. All are per verdict.
 */
struct signet_limits {
    size_t max_signatures;  /* signature verifications; one with a costly key counts for several */
    size_t max_paths;       /* complete candidate paths judged */
    size_t max_steps;       /* steps of the path search */
    size_t max_depth;       /* certificates in one path */
    size_t max_comparisons; /* names held against constraints, policies against mappings */
    size_t max_memory;      /* bytes of working memory */
    size_t max_key_bits;    /* larger public keys are not computed with */
    size_t max_mime_depth;  /* nested MIME parts and CMS layers */
    size_t max_mime_parts;
};

struct signet_policy {
    signet_time time; /* the time judged for; must be set by the caller */
    /* What the clock says where TIME lies in the past: CRLs issued up to then are evidence of what
     * was so at TIME, those dated later are refused. SIGNET_TIME_UNKNOWN, or earlier than TIME: the
     * same as TIME. */
    signet_time now;
    enum signet_profile profile;
    enum signet_revocation revocation;
    enum signet_purpose purpose;

    /* RFC 5280 6.1.1 (c), (e)-(g). POLICIES are OIDs in dotted text; none means any-policy. */
    const char *const *policies;
    size_t num_policies;
    bool require_explicit_policy;
    bool inhibit_policy_mapping;
    bool inhibit_any_policy;
    /* RFC 5280 6.1.1 (h), (i): DER of GeneralSubtrees (the SEQUENCE); {NULL,0} means none. */
    struct signet_span permitted_subtrees;
    struct signet_span excluded_subtrees;

    /* The address that the certificate must hold; NULL takes From and Sender of the message, and
     * for a path asks for no address. */
    const char *email;
    bool exact_local_part;       /* compare ASCII local parts exactly (E-12) */
    bool require_nonrepudiation; /* A-4.4.2-3 */
    const char *require_eku;     /* A-4.4.4-3: OID in dotted text that must be present, or NULL */
    /* For attribute certificates (RFC 5755 4.3.2): the names of who relies on them, and of groups
     * it belongs to, as "uri:…", "dns:…", "email:…" or "dn:…" (RFC 4514). */
    const char *const *targets;
    size_t num_targets;
    int64_t crl_max_age; /* seconds a CRL without nextUpdate counts as fresh; 0: never */

    struct signet_limits limits;
};

/* Default profile, revocation required, purpose sign, the default budget, time unknown. */
SIGNET_API void signet_policy_init(struct signet_policy *policy);

#ifdef __cplusplus
}
#endif

#endif
