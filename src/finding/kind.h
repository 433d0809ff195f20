/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of codes.def and kinds.def as tables. Within src/finding only.
 */
#ifndef SG_FINDING_KIND_H
#define SG_FINDING_KIND_H

#include "finding/finding.h"

struct sg_kind_row {
    enum signet_code code;
    const char *rule;
    const char *sentence;
    bool own_effects; /* else those of its code hold */
    enum signet_verdict effects[SIGNET_NUM_PROFILES];
};

/* KIND must be one of enum sg_kind. */
const struct sg_kind_row *sg_kind_get(enum sg_kind kind);

/* What a finding of KIND does to the verdict under POLICY. */
enum signet_verdict sg_kind_effect(enum sg_kind kind, const struct signet_policy *policy);

#endif
