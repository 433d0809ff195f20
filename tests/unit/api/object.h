/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The objects that scenes.py makes, by name. Only what is public is used.
 */
#ifndef SG_TESTS_UNIT_API_OBJECT_H
#define SG_TESTS_UNIT_API_OBJECT_H

#include <signet/signet.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* 2026-06-01T12:00:00Z */
#define NOW 1780315200

struct object {
    const char *name;
    const unsigned char *octets;
    size_t len;
};

static const struct object objects[] = {
#include "api_scenes.inc"
};

static inline struct signet_span object(const char *name)
{
    for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++) {
        if (strcmp(objects[i].name, name) == 0)
            return (struct signet_span){objects[i].octets, objects[i].len};
    }
    fail_msg("no object \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

static inline struct signet_policy policy_now(void)
{
    struct signet_policy policy;
    signet_policy_init(&policy);
    policy.time = NOW;
    return policy;
}

struct fixture {
    struct signet_context *context;
    struct signet_pool *pool;
};

static inline bool begin(struct fixture *f)
{
    *f = (struct fixture){NULL, signet_pool_new(NULL)};
    return f->pool != NULL && signet_context_new(&f->context) == SIGNET_OK &&
           signet_pool_add_anchor_bundle(f->pool, object("root"), NULL, NULL, NULL) == SIGNET_OK &&
           signet_pool_add_bundle(f->pool, object("bundle"), NULL, NULL) == SIGNET_OK;
}

static inline void end(struct fixture *f)
{
    signet_pool_free(f->pool);
    signet_context_free(f->context);
}

/* Messages, and what must be said of them. */
static const struct {
    const char *message;
    enum signet_verdict verdict;
    enum signet_coverage coverage;
    size_t num_signers;
} judged[] = {
    {"clear", SIGNET_VERDICT_GOOD, SIGNET_SIGNED_WHOLE, 1},
    {"opaque", SIGNET_VERDICT_GOOD, SIGNET_SIGNED_WHOLE, 1},
    {"changed", SIGNET_VERDICT_BAD, SIGNET_SIGNED_WHOLE, 1},
    {"mallory", SIGNET_VERDICT_BAD, SIGNET_SIGNED_WHOLE, 1},
    {"revoked", SIGNET_VERDICT_BAD, SIGNET_SIGNED_WHOLE, 1},
    {"countersigned", SIGNET_VERDICT_GOOD, SIGNET_SIGNED_WHOLE, 1},
    {"two", SIGNET_VERDICT_BAD, SIGNET_SIGNED_WHOLE, 2},
    {"squeezed", SIGNET_VERDICT_GOOD, SIGNET_SIGNED_WHOLE, 1},
    {"squeezed-bare", SIGNET_VERDICT_GOOD, SIGNET_SIGNED_WHOLE, 1},
    {"plain", SIGNET_VERDICT_NONE, SIGNET_SIGNED_NONE, 0},
};

static inline bool swallow(void *context, struct signet_span bytes)
{
    *(size_t *)context += bytes.len;
    return true;
}

#define TEST(ids, function)                                                                        \
    {                                                                                              \
        ids " " #function, function, NULL, NULL, NULL                                              \
    }

#endif
