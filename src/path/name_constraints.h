/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name constraints (RFC 5280 4.2.1.10, 6.1.3 (b), (c), 6.1.4 (g); RFC 9549, RFC 9598 6): permitted
 * sets intersect along a path, excluded sets unite. Knows nothing of path building.
 */
#ifndef SG_PATH_NAME_CONSTRAINTS_H
#define SG_PATH_NAME_CONSTRAINTS_H

#include "path/judgement.h"
#include "x509/policy_extensions.h"

struct sg_name_constraints; /* the permitted and excluded subtrees in force */

/* No constraints. NULL: memory is out. */
SIGNET_MUST_CHECK struct sg_name_constraints *
sg_name_constraints_new(struct sg_judgement *judgement);

/* 6.1.4 (g): takes in subtrees of one more CA (or of the caller or the anchor). */
void sg_name_constraints_add(struct sg_name_constraints *constraints, struct sg_subtrees permitted,
                             struct sg_subtrees excluded);

/* 6.1.3 (b), (c): all names of CERTIFICATE (subject, subjectAltName, and emailAddress of the
 * subject, E-14), at INDEX of the path. Adds NAME_CONSTRAINT findings that name the name and the
 * constraint; LIMIT when the budget is out. */
void sg_name_constraints_check(struct sg_name_constraints *constraints,
                               const struct signet_certificate *certificate, size_t index,
                               struct sg_findings *findings);

/* The same question, answered by no more than yes or no; yes also when the budget is out, since
 * then nothing is known. */
bool sg_name_constraints_allow(struct sg_name_constraints *constraints,
                               const struct signet_certificate *certificate);

#endif
