/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The paths that scenes.py makes, parsed, and a judgement to hold them against.
 */
#ifndef SG_TESTS_UNIT_PATH_SCENE_H
#define SG_TESTS_UNIT_PATH_SCENE_H

#include "make.h"
#include "path/validate.h"

enum { MAX_SCENE = 6 };

struct scene_row {
    const char *name;
    size_t num;
    struct signet_span octets[MAX_SCENE]; /* from the end entity up; the last is the anchor's */
};

static const struct scene_row scene_rows[] = {
#include "path_scenes.inc"
};

struct scene {
    struct bench bench;
    struct sg_crypto *crypto;
    struct signet_pool *pool;
    struct signet_certificate *certificates[MAX_SCENE];
    size_t num;
    struct sg_anchor anchor;
    const struct signet_certificate *borrowed[MAX_SCENE];
    struct sg_path path;
};

static inline const struct scene_row *find_scene(const char *name)
{
    for (size_t i = 0; i < SG_NUM(scene_rows); i++) {
        if (strcmp(scene_rows[i].name, name) == 0)
            return &scene_rows[i];
    }
    fail_msg("no scene \"%s\"", name);
    abort();
}

static inline void scene_begin(struct scene *scene, const char *name)
{
    const struct scene_row *row = find_scene(name);
    *scene = (struct scene){.num = row->num};
    bench_begin(&scene->bench);
    assert_int_equal(sg_crypto_new(&scene->crypto), SIGNET_OK);
    scene->pool = signet_pool_new(NULL);
    assert_non_null(scene->pool);
    scene->bench.judgement.crypto = scene->crypto;
    scene->bench.judgement.pool = scene->pool;
    for (size_t i = 0; i < row->num; i++) {
        struct signet_span der = sg_test_copy(row->octets[i].ptr, row->octets[i].len);
        struct signet_parse_error error = {0};
        if (signet_certificate_parse(der, &scene->certificates[i], &error) != SIGNET_OK)
            fail_msg("%s %zu: %s at %zu", name, i, error.expected, error.offset);
        scene->borrowed[i] = scene->certificates[i];
    }
    const struct signet_certificate *top = scene->certificates[row->num - 1];
    scene->anchor =
        (struct sg_anchor){.subject = top->subject, .spki = top->spki, .certificate = top};
    signet_anchor_terms_init(&scene->anchor.terms);
    scene->path = (struct sg_path){scene->borrowed, row->num - 1, &scene->anchor};
}

static inline void scene_end(struct scene *scene)
{
    bench_end(&scene->bench);
    for (size_t i = 0; i < scene->num; i++)
        signet_certificate_unref(scene->certificates[i]);
    signet_pool_free(scene->pool);
    sg_crypto_free(scene->crypto);
}

static inline const char *kind_name(enum sg_kind kind)
{
    static const char *const names[] = {
#define KIND(name, code, rule, text)                            #name,
#define KIND_AS(name, code, normal, strict, legacy, rule, text) #name,
#include "finding/kinds.def"
#undef KIND
#undef KIND_AS
    };
    return names[kind];
}

/* All findings as text, "KIND@1 KIND@anchor". */
static inline const char *findings_text(const struct sg_findings *findings)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 20);
    for (size_t i = 0; i < findings->num; i++) {
        const struct signet_finding *finding = &findings->items[i].finding;
        sg_buffer_printf(&text, "%s%s@", i > 0 ? " " : "", kind_name(findings->items[i].kind));
        if (finding->object == SIGNET_OBJECT_CERTIFICATE)
            sg_buffer_printf(&text, "%d", finding->certificate);
        else
            sg_buffer_add_text(&text, signet_object_name(finding->object));
    }
    const char *copy = as_text(sg_buffer_span(&text));
    sg_buffer_free(&text);
    return copy;
}

#endif
