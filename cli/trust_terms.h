/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The terms on which `signet trust` makes anchors, as the options say them.
 */
#ifndef CLI_TRUST_TERMS_H
#define CLI_TRUST_TERMS_H

#include "options.h"

/* TERMS borrows from OPTIONS but for the subtrees. False: told; TERMS is to be freed all the same.
 */
bool trust_terms_make(const struct options *options, struct signet_anchor_terms *terms);
void trust_terms_free(struct signet_anchor_terms *terms); /* a zeroed one is legal */

#endif
