/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The policies of the S/MIME Baseline Requirements (7.1.6.1): 2.23.140.1.5, how the subject was
 * validated, and the generation of the profile.
 */
#ifndef SG_MAKER_LINT_POLICY_H
#define SG_MAKER_LINT_POLICY_H

#include "maker/lint.h"

/* The values are the arcs. */
enum sg_br_validation { SG_BR_MAILBOX = 1, SG_BR_ORGANIZATION, SG_BR_SPONSOR, SG_BR_INDIVIDUAL };
enum sg_br_generation { SG_BR_LEGACY = 1, SG_BR_MULTIPURPOSE, SG_BR_STRICT };

/* Sets validation, generation and num_br_policies by the certificate's policies. */
void sg_br_policy_read(struct sg_lint_subject *subject);

/* NULL for 0. */
const char *sg_br_validation_name(unsigned validation);
const char *sg_br_generation_name(unsigned generation);

#endif
