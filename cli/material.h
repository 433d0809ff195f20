/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the verbs that judge work with: the context, and the pool from --anchor, --certs, --crls,
 * --pin-ca.
 */
#ifndef CLI_MATERIAL_H
#define CLI_MATERIAL_H

#include "database.h"
#include "retrieving.h"

struct material {
    struct signet_context *context;
    struct signet_pool *pool;
    struct input *inputs; /* files whose CRLs are in the pool, which borrows them */
    size_t num_inputs, cap_inputs;
    bool in_place;                /* large files are not read into memory */
    bool complete;                /* all could be opened */
    struct database database;     /* without a store where there is none */
    struct retrieving retrieving; /* asks for what all these lack */
};

/* The policy's times: the clock where --at was not given. Once. */
void material_set_time(struct options *options);
/* Also completes the policy: the times and the subtrees. False: told. */
bool material_open(struct material *material, struct options *options);
/* The same for who asks material_is_unchanged before each verdict that is told: large CRLs stay in
 * their files. */
bool material_open_in_place(struct material *material, struct options *options);
/* All is there, and what was judged with it is what the files hold. False: nothing of it counts,
 * and everything that was learned meanwhile is to be forgotten. */
bool material_is_unchanged(const struct material *material);
/* Opens all anew, with files in memory: this time nothing changes. False: told; it can be tried
 * again. */
bool material_renew(struct material *material, struct options *options);
/* Makes the database where there was none, to keep things in. False: told as a warning. */
bool material_create_database(struct material *material, const struct options *options);
/* Looking for what RESULT lacked gave STATUS. Trouble with the database is told as a warning and
 * leaves the verdict as it is. False: another trouble. */
bool material_settled(struct material *material, enum signet_status status);
/* No trust anchor is at hand: says what to do. */
void material_warn_without_anchor(const struct material *material, const struct options *options);
/* Writes down what was learned of stored objects, unless files were changed meanwhile. */
void material_remember(struct material *material);
void material_close(struct material *material);

#endif
