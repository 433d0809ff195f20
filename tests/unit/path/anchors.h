/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Adding anchors in tests: on terms that let their certificates limit paths (RFC 5937).
 */
#ifndef TEST_PATH_ANCHORS_H
#define TEST_PATH_ANCHORS_H

#include "signet/pool.h"

static const struct signet_anchor_terms honouring = {.purposes = SIGNET_ANCHOR_MAIL,
                                                     .honour_constraints = true,
                                                     .distrust_after = SIGNET_TIME_UNKNOWN};

#endif
