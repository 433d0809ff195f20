/* SPDX-License-Identifier: Apache-2.0 */
/*
 * certificatePolicies, policyMappings (RFC 5280 4.2.1.4, 4.2.1.5), and the subtrees of
 * nameConstraints (4.2.1.10): walks over values that have passed their check.
 */
#ifndef SG_X509_POLICY_EXTENSIONS_H
#define SG_X509_POLICY_EXTENSIONS_H

#include "x509/general_name.h"

struct sg_policy_information {
    struct signet_span oid;
    bool is_any;
    struct signet_span
        qualifiers; /* content of the SEQUENCE OF PolicyQualifierInfo, {NULL,0} when absent */
    bool unknown_qualifier; /* one that is neither CPS pointer nor user notice */
};
struct sg_policies {
    struct signet_span rest;
};
struct sg_policies sg_policies_begin(struct signet_span value);
bool sg_policies_next(struct sg_policies *policies, struct sg_policy_information *out);

struct sg_policy_mapping {
    struct signet_span issuer_domain, subject_domain;
};
struct sg_policy_mappings {
    struct signet_span rest;
};
struct sg_policy_mappings sg_policy_mappings_begin(struct signet_span value);
bool sg_policy_mappings_next(struct sg_policy_mappings *mappings, struct sg_policy_mapping *out);

struct sg_subtree {
    struct sg_general_name base;
    bool has_bounds; /* minimum other than 0, or maximum present (RFC 5280 4.2.1.10, B-NC-8) */
};
struct sg_subtrees {
    struct signet_span rest;
};
/* The permitted and excluded subtrees of a nameConstraints value; rest {NULL,0} for an absent
 * field. */
void sg_name_constraints_open(struct signet_span value, struct sg_subtrees *permitted,
                              struct sg_subtrees *excluded);
bool sg_subtrees_next(struct sg_subtrees *subtrees, struct sg_subtree *out);
size_t sg_subtrees_count(struct sg_subtrees subtrees);
/* Checks a bare GeneralSubtrees SEQUENCE given by a caller (RFC 5280 6.1.1 (h), (i)) and opens it.
 */
SIGNET_MUST_CHECK bool sg_subtrees_parse(struct sg_der *der, struct sg_subtrees *out);

#endif
