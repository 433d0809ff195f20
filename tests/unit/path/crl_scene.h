/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The paths with CRLs that crl_scenes.py makes, parsed, and a judgement to hold them against.
 */
#ifndef SG_TESTS_UNIT_PATH_CRL_SCENE_H
#define SG_TESTS_UNIT_PATH_CRL_SCENE_H

#include "anchors.h"
#include "make.h"
#include "path/revocation.h"

enum { MAX_OBJECTS = 64, DAY = 86400 };

struct object_list {
    size_t num;
    struct signet_span octets[MAX_OBJECTS];
};

struct crl_row {
    const char *name;
    struct object_list path, anchors, certificates, crls; /* the path's anchor is the first one */
};

static const struct crl_row crl_rows[] = {
#include "path_crl_scenes.inc"
};

/* What a scene is judged by, beside the defaults. */
enum {
    STRICT = 1,
    LEGACY = 2,
    PREFER = 4,
    OFF = 8,
    MAX_AGE = 16,       /* CRLs without nextUpdate may be 30 days old */
    THEN = 32,          /* judged for ten days ago; the clock is right */
    THEN_NO_CLOCK = 64, /* the same, and nobody says what the clock shows */
    REVERSED = 128,     /* the CRLs come in the other order */
    BARE_ANCHOR = 256,  /* the path's anchor is only a name and a key */
    ONE_SIGNATURE = 512,
    NO_COMPARISONS = 1024
};

struct crl_scene {
    struct bench bench;
    struct sg_crypto *crypto;
    struct signet_pool *pool;
    struct signet_certificate *certificates[3 * MAX_OBJECTS];
    struct signet_crl *crls[MAX_OBJECTS];
    size_t num_certificates, num_crls;
    const struct signet_certificate *borrowed[MAX_OBJECTS];
    struct sg_anchor bare;
    struct sg_path path;
};

static inline const struct crl_row *find_crl_row(const char *name)
{
    for (size_t i = 0; i < SG_NUM(crl_rows); i++) {
        if (strcmp(crl_rows[i].name, name) == 0)
            return &crl_rows[i];
    }
    fail_msg("no scene \"%s\"", name);
    return NULL;
}

static inline struct signet_certificate *crl_scene_certificate(struct crl_scene *scene,
                                                               struct signet_span der)
{
    struct signet_certificate **out = &scene->certificates[scene->num_certificates++];
    assert_int_equal(signet_certificate_parse(sg_test_copy(der.ptr, der.len), out, NULL),
                     SIGNET_OK);
    return *out;
}

static inline void crl_scene_set(struct crl_scene *scene, unsigned options)
{
    struct signet_policy *policy = &scene->bench.policy;
    if ((options & STRICT) != 0)
        policy->profile = SIGNET_PROFILE_STRICT;
    if ((options & LEGACY) != 0)
        policy->profile = SIGNET_PROFILE_LEGACY;
    if ((options & PREFER) != 0)
        policy->revocation = SIGNET_REVOCATION_PREFER;
    if ((options & OFF) != 0)
        policy->revocation = SIGNET_REVOCATION_OFF;
    if ((options & MAX_AGE) != 0)
        policy->crl_max_age = 30 * DAY;
    if ((options & THEN) != 0)
        policy->now = policy->time;
    if ((options & (THEN | THEN_NO_CLOCK)) != 0)
        policy->time -= 10 * DAY;
    if ((options & ONE_SIGNATURE) != 0)
        policy->limits.max_signatures = 1;
    if ((options & NO_COMPARISONS) != 0)
        policy->limits.max_comparisons = 0;
}

static inline void crl_scene_add_crls(struct crl_scene *scene, const struct object_list *list,
                                      bool reversed)
{
    for (size_t i = 0; i < list->num; i++) {
        struct signet_span der = list->octets[reversed ? list->num - 1 - i : i];
        struct signet_crl **out = &scene->crls[scene->num_crls++];
        assert_int_equal(signet_crl_parse(sg_test_copy(der.ptr, der.len), out, NULL), SIGNET_OK);
        assert_int_equal(signet_pool_add_crl(scene->pool, *out), SIGNET_OK);
    }
}

static inline void crl_scene_begin(struct crl_scene *scene, const char *name, unsigned options)
{
    const struct crl_row *row = find_crl_row(name);
    *scene = (struct crl_scene){0};
    bench_begin(&scene->bench);
    crl_scene_set(scene, options);
    assert_int_equal(sg_crypto_new(&scene->crypto), SIGNET_OK);
    scene->pool = signet_pool_new(NULL);
    assert_non_null(scene->pool);
    scene->bench.judgement.crypto = scene->crypto;
    scene->bench.judgement.pool = scene->pool;
    for (size_t i = 0; i < row->path.num; i++) {
        scene->borrowed[i] = crl_scene_certificate(scene, row->path.octets[i]);
        if (i > 0)
            assert_int_equal(signet_pool_add_certificate(scene->pool, scene->borrowed[i]),
                             SIGNET_OK);
    }
    for (size_t i = 0; i < row->certificates.num; i++)
        assert_int_equal(
            signet_pool_add_certificate(scene->pool,
                                        crl_scene_certificate(scene, row->certificates.octets[i])),
            SIGNET_OK);
    for (size_t i = 0; i < row->anchors.num; i++)
        assert_int_equal(
            signet_pool_add_anchor(
                scene->pool, crl_scene_certificate(scene, row->anchors.octets[i]), &honouring),
            SIGNET_OK);
    crl_scene_add_crls(scene, &row->crls, (options & REVERSED) != 0);
    scene->path = (struct sg_path){scene->borrowed, row->path.num, sg_pool_anchor(scene->pool, 0)};
    scene->bare = *scene->path.anchor;
    scene->bare.certificate = NULL;
    if ((options & BARE_ANCHOR) != 0)
        scene->path.anchor = &scene->bare;
}

static inline void crl_scene_end(struct crl_scene *scene)
{
    bench_end(&scene->bench);
    for (size_t i = 0; i < scene->num_certificates; i++)
        signet_certificate_unref(scene->certificates[i]);
    for (size_t i = 0; i < scene->num_crls; i++)
        signet_crl_unref(scene->crls[i]);
    signet_pool_free(scene->pool);
    sg_crypto_free(scene->crypto);
}

/* The states of a path and all findings as text: "good revoked; BAD CERT_REVOKED@1, …": what counts
 * with its effect, in the order in which it is told, then in brackets what does not. */
static inline const char *crl_scene_text(struct crl_scene *scene,
                                         const struct sg_revocation_status *statuses)
{
    static const char *const states[] = {"unchecked", "good", "revoked", "unknown"};
    static const char *const kinds[] = {
#define KIND(name, code, rule, text)                            #name,
#define KIND_AS(name, code, normal, strict, legacy, rule, text) #name,
#include "finding/kinds.def"
#undef KIND
#undef KIND_AS
    };
    struct sg_findings *findings = &scene->bench.findings;
    size_t size = (findings->num + scene->path.num + 1) * 64, len = 0;
    char *text = sg_test_keep(calloc(size, 1));
    sg_findings_conclude(findings, &scene->bench.policy);
    for (size_t i = 0; i < scene->path.num; i++)
        len += (size_t)snprintf(text + len, size - len, "%s%s", i > 0 ? " " : "",
                                states[statuses[i].state]);
    for (size_t i = 0; i < findings->num; i++) {
        const struct signet_finding *finding = &findings->items[i].finding;
        bool counts = finding->effect > SIGNET_VERDICT_GOOD;
        len +=
            (size_t)snprintf(text + len, size - len, counts ? "; %s%s%s@%d" : "; (%s%s%s@%d)",
                             counts ? signet_verdict_name(finding->effect) : "", counts ? " " : "",
                             kinds[findings->items[i].kind], finding->certificate);
    }
    return text;
}

struct crl_case {
    const char *scene;
    unsigned options;
    const char *result;
};

static inline void check_crl_cases(const struct crl_case *cases, size_t num)
{
    size_t num_wrong = 0;
    for (size_t i = 0; i < num; i++) {
        struct crl_scene scene;
        crl_scene_begin(&scene, cases[i].scene, cases[i].options);
        const struct sg_revocation_status *statuses =
            sg_revocation_check(&scene.bench.judgement, &scene.path, 0, &scene.bench.findings);
        assert_non_null(statuses);
        const char *found = crl_scene_text(&scene, statuses);
        if (strcmp(found, cases[i].result) != 0) {
            print_error("%s (%u): {%s}, wanted {%s}\n", cases[i].scene, cases[i].options, found,
                        cases[i].result);
            num_wrong++;
        }
        crl_scene_end(&scene);
    }
    assert_int_equal(num_wrong, 0);
}

#endif
