/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state of one path validation, in the words of RFC 5280 6.1.2, and the steps that have a file
 * of their own. Within src/path only. Certificates are given by their index, 0 = end entity.
 */
#ifndef SG_PATH_VALIDATION_H
#define SG_PATH_VALIDATION_H

#include "path/name_constraints.h"
#include "path/policy_graph.h"
#include "path/validate.h"

struct sg_validation {
    struct sg_judgement *judgement;
    const struct sg_path *path;
    struct sg_findings *findings;

    struct sg_policy_graph *valid_policy_graph; /* (a), RFC 9618 */
    struct sg_name_constraints
        *name_constraints;                    /* (b) permitted_subtrees, (c) excluded_subtrees */
    size_t explicit_policy;                   /* (d) */
    size_t inhibit_any_policy;                /* (e) */
    size_t policy_mapping;                    /* (f) */
    const struct sg_spki *working_public_key; /* (g) its algorithm, (h) */
    struct signet_span working_public_key_parameters; /* (i) */
    const struct sg_name *working_issuer_name;        /* (j) */
    size_t max_path_length;                           /* (k) */

    bool policy_told;               /* that a policy was required and none held */
    size_t num_unproven, num_false; /* so far, as in the output */
};

static inline const struct signet_certificate *
sg_validation_certificate(const struct sg_validation *validation, size_t index)
{
    return validation->path->certificates[index];
}

/* The path's top is the anchor's own certificate: trusted for being the anchor, so neither its
 * signature nor its issuer counts. */
bool sg_validation_is_anchor(const struct sg_validation *validation, size_t index);

/* 6.1.3 (a)(1): the signature of the certificate, and the weakness of its digest. */
void sg_validation_check_signature(struct sg_validation *validation, size_t index);

/* B-ALG-10: the key is too short; PARAMETERS are those in force for it. */
void sg_validation_check_key(struct sg_validation *validation, struct sg_where where,
                             const struct sg_spki *spki, struct signet_span parameters);

/* The end entity's key, which nothing in the path is verified with: whether it is one (B-ALG-7,
 * B-ALG-9). After 6.1.5 (e). */
void sg_validation_check_last_key(struct sg_validation *validation);

/* 6.1.4 (d) to (f), 6.1.5 (c) to (e). */
void sg_validation_take_key(struct sg_validation *validation, const struct sg_spki *spki);

/* The user-initial-policy-set (6.1.1 (c)) as OID octets, policy->num_policies of them, in the
 * arena. A text that is no OID stays in it as an empty span: it matches nothing, and does not turn
 * the set into one that accepts anything. */
struct signet_span *sg_validation_user_policies(struct sg_judgement *judgement);

/* 6.1.2 (a), (d) to (f). False: memory is out. */
bool sg_validation_start_policies(struct sg_validation *validation);

/* What an anchor's certificate says of policies, when its constraints are honoured (RFC 5937). */
void sg_validation_take_anchor_policies(struct sg_validation *validation,
                                        const struct signet_certificate *anchor);

/* 6.1.3 (d) to (f). */
void sg_validation_check_policies(struct sg_validation *validation, size_t index);

/* 6.1.4 (a), (b). */
void sg_validation_map_policies(struct sg_validation *validation, size_t index);

/* 6.1.4 (h) to (j). */
void sg_validation_count_policies(struct sg_validation *validation,
                                  const struct signet_certificate *certificate);

/* 6.1.5 (a), (b), (g). */
void sg_validation_conclude_policies(struct sg_validation *validation,
                                     struct sg_path_output *output);

#endif
