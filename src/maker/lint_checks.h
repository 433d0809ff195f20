/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions that lint_rules.def names. Each says where SUBJECT breaks ROW's rule.
 */
#ifndef SG_MAKER_LINT_CHECKS_H
#define SG_MAKER_LINT_CHECKS_H

#include "maker/lint.h"

typedef void sg_lint_check(struct sg_lint *lint, const struct sg_lint_row *row,
                           const struct sg_lint_subject *subject);

/* A rule may be of several documents: its function is declared for each. */
#define RULE(id, whose, severity, place, function, rule, sentence)                                 \
    sg_lint_check sg_lint_check_##function;
#include "maker/lint_rules.def"
#undef RULE

#define SG_LINT_CHECK(function)                                                                    \
    void sg_lint_check_##function(struct sg_lint *lint, const struct sg_lint_row *row,             \
                                  const struct sg_lint_subject *subject)

#endif
