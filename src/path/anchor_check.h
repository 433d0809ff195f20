/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an anchor's terms say of a path that ends there as a whole (RFC 5914, RFC 5280 6.2). What
 * they add to the inputs of RFC 5280 6.1.1 is validate.c's matter. Within src/path only.
 */
#ifndef SG_PATH_ANCHOR_CHECK_H
#define SG_PATH_ANCHOR_CHECK_H

#include "path/validate.h"

/* The purpose that PATH is for, and when its end entity was issued. */
void sg_anchor_check(struct sg_judgement *judgement, const struct sg_path *path,
                     struct sg_findings *findings);

#endif
