/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the verbs that judge work with: the context, and the pool from --anchor, --certs, --crls,
 * --pin-ca.
 */
#ifndef CLI_MATERIAL_H
#define CLI_MATERIAL_H

#include "options.h"
#include "retrieving.h"

struct material {
    struct signet_context *context;
    struct signet_pool *pool;
    struct input *inputs; /* files whose CRLs are in the pool, which borrows them */
    size_t num_inputs, cap_inputs;
    struct retrieving retrieving; /* asks for what all these lack */
};

/* Also completes the policy: the time (the clock where --at was not given) and the subtrees. False:
 * told. */
bool material_open(struct material *material, struct options *options);
void material_close(struct material *material);

#endif
