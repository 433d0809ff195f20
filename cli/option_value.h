/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options whose argument is more than a text: each function takes one into OPTIONS, and returns
 * false when it is not acceptable.
 */
#ifndef CLI_OPTION_VALUE_H
#define CLI_OPTION_VALUE_H

#include "options.h"

bool option_set_at(struct options *options, const char *argument);
bool option_set_revocation(struct options *options, const char *argument);
bool option_set_anchor_revocation(struct options *options, const char *argument);
bool option_set_profile(struct options *options, const char *argument);
bool option_set_purpose(struct options *options, const char *argument);
bool option_set_crl_max_age(struct options *options, const char *argument);
bool option_set_deadline(struct options *options, const char *argument);
bool option_set_within(struct options *options, const char *argument);
bool option_set_jobs(struct options *options, const char *argument);
bool option_set_budget(struct options *options, const char *argument);
bool option_set_max_input(struct options *options, const char *argument);
bool option_set_color(struct options *options, const char *argument);
bool option_set_verify_jobs(struct options *options, const char *argument);
bool option_set_entries(struct options *options, const char *argument);
bool option_set_form(struct options *options, const char *argument);
bool option_set_passphrase_fd(struct options *options, const char *argument);
bool option_set_trusted_for(struct options *options, const char *argument);
bool option_set_csr_uses(struct options *options, const char *argument);
bool option_set_detached(struct options *options, const char *argument);
bool option_set_cipher(struct options *options, const char *argument);
bool option_set_digest(struct options *options, const char *argument);
bool option_set_forced(struct options *options, const char *argument);
bool option_set_before(struct options *options, const char *argument);
bool option_set_import_forced(struct options *options, const char *argument);
bool option_set_lint_rules(struct options *options, const char *argument);
bool option_set_distrust_after(struct options *options, const char *argument);
bool option_set_no_constraints(struct options *options, const char *argument);

#endif
