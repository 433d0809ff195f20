/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protected headers (RFC 8551 3.1, RFC 9788): where what was signed repeats From, Subject or Date,
 * a difference to the outer ones, which a reader is shown, is told (E-13).
 */
#ifndef SG_AGENT_PROTECTED_HEADER_H
#define SG_AGENT_PROTECTED_HEADER_H

#include "agent/layer.h"

/* False: memory is out. */
SIGNET_MUST_CHECK bool sg_protected_header_check(const struct sg_layer *layer,
                                                 struct sg_arena *arena,
                                                 struct sg_findings *findings);

#endif
