/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans to sign with what sign_scenes.py makes.
 */
#ifndef SG_TESTS_UNIT_SEND_SIGN_SCENE_H
#define SG_TESTS_UNIT_SEND_SIGN_SCENE_H

#include "test.h"

#include "base/buffer.h"
#include "signet/pool.h"
#include "signet/sign.h"
#include "x509/certificate.h"

#define NOON INT64_C(1780315200) /* 2026-06-01T12:00:00Z, the moment of sign_scenes.py */

static const struct {
    const char *name;
    const unsigned char *octets;
    size_t len;
} scene_objects[] = {
#include "sign_scenes.inc"
};

static inline struct signet_span scene_octets(const char *name)
{
    for (size_t i = 0; i < SG_NUM(scene_objects); i++) {
        if (strcmp(scene_objects[i].name, name) == 0)
            return sg_span(scene_objects[i].octets, scene_objects[i].len);
    }
    fail_msg("no object \"%s\"", name);
    return sg_span(NULL, 0);
}

#define ALICES_MAIL                                                                                \
    "From: Alice <alice@example.com>\r\nTo: bob@example.org\r\nSubject: A test\r\n"                \
    "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello, world.\r\n"

/* A pool of two CAs, their CRLs and the anchor, and own certificates. */
struct scene {
    struct signet_context *context;
    struct signet_pool *pool;
    struct signet_policy policy;
    struct signet_sign_options options;
    const struct signet_certificate *own[16];
    size_t num_own;
    struct signet_sign_plan *plan;
    struct signet_send_error error;
};

static inline struct signet_certificate *scene_certificate(const char *name)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(scene_octets(name), &certificate, NULL), SIGNET_OK);
    return certificate;
}

static inline void scene_add(struct scene *scene, const char *name)
{
    struct signet_certificate *certificate = scene_certificate(name);
    assert_int_equal(signet_pool_add_certificate(scene->pool, certificate), SIGNET_OK);
    signet_certificate_unref(certificate);
}

static inline void scene_add_anchor(struct scene *scene, const char *name)
{
    struct signet_certificate *certificate = scene_certificate(name);
    assert_int_equal(signet_pool_add_anchor(scene->pool, certificate, NULL), SIGNET_OK);
    signet_certificate_unref(certificate);
}

static inline void scene_add_crl(struct scene *scene, const char *name)
{
    struct signet_crl *crl;
    assert_int_equal(signet_crl_parse(scene_octets(name), &crl, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_crl(scene->pool, crl), SIGNET_OK);
    signet_crl_unref(crl);
}

/* Nothing in the pool. */
static inline void scene_begin_bare(struct scene *scene)
{
    *scene = (struct scene){.pool = signet_pool_new(NULL)};
    assert_non_null(scene->pool);
    assert_int_equal(signet_context_new(&scene->context), SIGNET_OK);
    signet_policy_init(&scene->policy);
    scene->policy.time = NOON;
    scene->options.time = SIGNET_TIME_UNKNOWN;
}

static inline void scene_begin(struct scene *scene)
{
    scene_begin_bare(scene);
    scene_add_anchor(scene, "root");
    scene_add(scene, "middle");
    scene_add(scene, "ca");
    scene_add_crl(scene, "root.crl");
    scene_add_crl(scene, "middle.crl");
    scene_add_crl(scene, "ca.crl");
}

static inline void scene_own(struct scene *scene, const char *name)
{
    scene->own[scene->num_own++] = scene_certificate(name);
}

/* Makes the plan anew. */
static inline enum signet_status scene_plan(struct scene *scene, const char *message)
{
    signet_sign_plan_free(scene->plan);
    scene->plan = NULL;
    return signet_sign_plan_new(scene->context, sg_span_text(message), scene->own, scene->num_own,
                                scene->pool, &scene->policy, &scene->options, &scene->plan,
                                &scene->error);
}

static inline void scene_must_plan(struct scene *scene, const char *message)
{
    assert_int_equal(scene_plan(scene, message), SIGNET_OK);
}

static inline void scene_drop_own(struct scene *scene)
{
    signet_sign_plan_free(scene->plan);
    scene->plan = NULL;
    for (size_t i = 0; i < scene->num_own; i++)
        signet_certificate_unref((struct signet_certificate *)(uintptr_t)scene->own[i]);
    scene->num_own = 0;
}

static inline void scene_end(struct scene *scene)
{
    scene_drop_own(scene);
    signet_pool_free(scene->pool);
    signet_context_free(scene->context);
}

static inline bool is_certificate(const struct signet_certificate *certificate, const char *name)
{
    return sg_span_equal(certificate->der, scene_octets(name));
}

/* The candidate NAME. */
static inline const struct signet_sign_candidate *scene_candidate(const struct scene *scene,
                                                                  const char *name)
{
    size_t num;
    const struct signet_sign_candidate *all = signet_sign_plan_candidates(scene->plan, &num);
    for (size_t i = 0; i < num; i++) {
        if (is_certificate(all[i].certificate, name))
            return &all[i];
    }
    fail_msg("%s is no candidate", name);
    return NULL;
}

static inline bool scene_has_finding(const struct scene *scene, const char *words)
{
    struct signet_findings findings = signet_sign_plan_findings(scene->plan);
    for (size_t i = 0; i < findings.num; i++) {
        if (strstr(findings.items[i].text, words) != NULL)
            return true;
    }
    return false;
}

static inline bool scene_keep(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

/* What is written with the key of NAME; to be freed. */
static inline enum signet_status scene_write(struct scene *scene, const char *name,
                                             struct sg_buffer *out)
{
    struct signet_key *key;
    char key_name[64];
    snprintf(key_name, sizeof(key_name), "%s.key", name);
    assert_int_equal(signet_key_read(scene_octets(key_name), sg_span(NULL, 0), &key, NULL),
                     SIGNET_OK);
    sg_buffer_init(out, SIZE_MAX);
    enum signet_status status =
        signet_sign_plan_write(scene->plan, key, &(struct signet_sink){scene_keep, out});
    signet_key_unref(key);
    return status;
}

#endif
