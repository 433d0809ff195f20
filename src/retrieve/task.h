/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tasks: one need and the places where it may be met, in the order in which they are tried.
 */
#ifndef SG_RETRIEVE_TASK_H
#define SG_RETRIEVE_TASK_H

#include "retrieve/answer.h"
#include "retrieve/location.h"

/* A place to ask. */
struct sg_target {
    enum signet_fetch_kind kind;
    const char *url;     /* the name of the source, too */
    const char *address; /* LDAP_ADDRESS, DNS */
    const char *refusal; /* NULL: may be asked; else why not */
    bool own;            /* a place that the user configured */
};

/* Of more places than these the rest is passed over: all are ways to the same object. */
enum { SG_TASK_MAX_TARGETS = 32 };

struct sg_task {
    struct sg_wanted wanted;
    bool missing;
    bool finished;
    struct sg_target *targets;
    size_t num_targets;
    size_t next;    /* target to try */
    size_t request; /* waits for it; SIZE_MAX: for none */
};

/* Addresses that a signer's certificate may be looked up by. */
struct sg_addresses {
    const char **items;
    size_t num, cap;
};

/*
 * Makes TASK of NEED, copying into ARENA. False: memory is out, or the need cannot be read. A need
 * that RULES rule out altogether gives a task without targets.
 */
SIGNET_MUST_CHECK bool sg_task_init(struct sg_task *task, struct sg_arena *arena,
                                    const struct signet_retrieve_rules *rules,
                                    const struct signet_need *need,
                                    const struct sg_addresses *addresses);

/* The same wish at the same places. */
bool sg_task_equal(const struct sg_task *a, const struct sg_task *b);

/* NEED is not missing, and what is at hand is too young to be asked for again. */
bool sg_need_is_recent(const struct signet_need *need, const struct signet_retrieve_rules *rules,
                       signet_time now);

#endif
