/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Path validation, RFC 5280 section 6.1 as updated by RFC 6818, 9549, 9598, 9608, 9618: a pure
 * function of path, anchor and inputs. Its steps carry the RFC's names. Revocation (6.1.3 (a)(3))
 * is apart, in revocation.h; the purpose of the end entity belongs to the agent.
 */
#ifndef SG_PATH_VALIDATE_H
#define SG_PATH_VALIDATE_H

#include "path/judgement.h"

/* From the end entity (index 0) to the certificate that the anchor issued. The anchor is not in it.
 * RFC 5280 numbers the other way: its certificate i is certificates[num - i]. */
struct sg_path {
    const struct signet_certificate **certificates;
    size_t num;
    const struct sg_anchor *anchor;
};

/* RFC 5280 6.1.6. Spans into certificates, anchor or arena. */
struct sg_path_output {
    struct signet_span
        *policies; /* user-constrained policy set, OID content octets; {2.5.29.32.0} for any */
    size_t num_policies;
    struct sg_spki working_key;            /* the end entity's */
    struct signet_span working_parameters; /* the parameters element in force for it, or {NULL,0} */
    /* certificates[num_unproven - 1] is the highest whose signature is not known to be its
     * issuer's: it may be anybody's, and so may all below it. 0: signatures lead from the anchor to
     * the end entity. */
    size_t num_unproven;
    /* certificates[num_false - 1] is the highest whose signature the key above it did not make; 0
     * for none. */
    size_t num_false;
};

/*
 * Adds every finding against PATH, all causes at once, not only the first. No finding of effect
 * worse than WARN means that the path is valid by 6.1. Running out of budget adds LIMIT.
 */
void sg_path_validate(struct sg_judgement *judgement, const struct sg_path *path,
                      struct sg_findings *findings, struct sg_path_output *output);

/* Of the above what ISSUER brings into any path that it stands in as a CA, as if of the end entity:
 * validity, basicConstraints and keyUsage, its extensions, what it may be used for. */
void sg_path_check_issuer(struct sg_judgement *judgement, const struct signet_certificate *issuer,
                          struct sg_findings *findings);

/* Of the above what CERTIFICATE, as an end entity, says by itself: validity, key, extensions. */
void sg_path_check_alone(struct sg_judgement *judgement,
                         const struct signet_certificate *certificate,
                         struct sg_findings *findings);

/* The working parameters for the key of certificates[INDEX] (6.1.4 (d)-(f)): inherited step by
 * step. {NULL,0} for none. */
struct signet_span sg_path_parameters(const struct sg_path *path, size_t index);

/* Of these, what sg_fact_verify wants beside the key of certificates[INDEX], or of the anchor for
 * path->num: {NULL,0} when the key has parameters of its own. */
struct signet_span sg_path_inherited_parameters(const struct sg_path *path, size_t index);

/* 6.1.3 (a)(2) for one certificate, at INDEX of its path: CERT_EXPIRED, CERT_NOT_YET_VALID. Both
 * ends of the validity count as valid. */
void sg_path_check_validity(struct sg_judgement *judgement, size_t index,
                            const struct signet_certificate *certificate,
                            struct sg_findings *findings);

#endif
