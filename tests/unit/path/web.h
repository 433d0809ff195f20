/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The webs of certificates that webs.py makes, in a pool, and a judgement to look for paths in
 * them.
 */
#ifndef SG_TESTS_UNIT_PATH_WEB_H
#define SG_TESTS_UNIT_PATH_WEB_H

#include "anchors.h"
#include "make.h"
#include "path/build.h"

enum { MAX_WEB = 48 };

struct web_object {
    const char *label;
    struct signet_span octets;
};

struct web_row {
    const char *name;
    struct web_object target[1];
    size_t num_anchors;
    struct web_object anchors[2];
    size_t num_others;
    struct web_object others[MAX_WEB];
};

static const struct web_row web_rows[] = {
#include "path_webs.inc"
};

struct web {
    struct bench bench;
    const struct web_row *row;
    struct sg_crypto *crypto;
    struct signet_pool *pool;
    struct signet_certificate *target;
    struct sg_path_request request;
    struct sg_path_result result;
};

static inline struct signet_certificate *web_parse(const struct web_object *object)
{
    struct signet_certificate *certificate;
    struct signet_parse_error error = {0};
    struct signet_span der = sg_test_copy(object->octets.ptr, object->octets.len);
    if (signet_certificate_parse(der, &certificate, &error) != SIGNET_OK)
        fail_msg("%s: %s at %zu", object->label, error.expected, error.offset);
    return certificate;
}

static inline const struct web_row *find_web(const char *name)
{
    for (size_t i = 0; i < SG_NUM(web_rows); i++) {
        if (strcmp(web_rows[i].name, name) == 0)
            return &web_rows[i];
    }
    fail_msg("no web \"%s\"", name);
    return NULL;
}

/* All of the web's objects in the pool, revocation off. */
static inline void web_begin(struct web *web, const char *name)
{
    const struct web_row *row = find_web(name);
    *web = (struct web){.row = row};
    bench_begin(&web->bench);
    web->bench.policy.revocation = SIGNET_REVOCATION_OFF;
    assert_int_equal(sg_crypto_new(&web->crypto), SIGNET_OK);
    web->pool = signet_pool_new(NULL);
    assert_non_null(web->pool);
    web->bench.judgement.crypto = web->crypto;
    web->bench.judgement.pool = web->pool;
    web->target = web_parse(&row->target[0]);
    for (size_t i = 0; i < row->num_anchors; i++) {
        struct signet_certificate *anchor = web_parse(&row->anchors[i]);
        assert_int_equal(signet_pool_add_anchor(web->pool, anchor, &honouring), SIGNET_OK);
        signet_certificate_unref(anchor);
    }
    for (size_t i = 0; i < row->num_others; i++) {
        struct signet_parse_error error;
        assert_int_equal(sg_pool_add_octets(web->pool, row->others[i].octets, &error), SIGNET_OK);
    }
    web->request.target = web->target;
}

static inline void web_end(struct web *web)
{
    bench_end(&web->bench);
    signet_certificate_unref(web->target);
    signet_pool_free(web->pool);
    sg_crypto_free(web->crypto);
}

static inline const char *web_label(const struct web_row *row,
                                    const struct signet_certificate *certificate)
{
    if (sg_span_equal(row->target[0].octets, certificate->der))
        return row->target[0].label;
    for (size_t i = 0; i < row->num_others; i++) {
        if (sg_span_equal(row->others[i].octets, certificate->der))
            return row->others[i].label;
    }
    for (size_t i = 0; i < row->num_anchors; i++) {
        if (sg_span_equal(row->anchors[i].octets, certificate->der))
            return row->anchors[i].label;
    }
    return "?";
}

/* "Alice, CA < Root": the path from the end entity up, and its anchor where it has one. */
static inline const char *web_path(const struct web *web, const struct sg_candidate *candidate)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 20);
    for (size_t i = 0; i < candidate->path.num; i++)
        sg_buffer_printf(&text, "%s%s", i > 0 ? ", " : "",
                         web_label(web->row, candidate->path.certificates[i]));
    if (candidate->complete)
        sg_buffer_printf(&text, " < %s", web_label(web->row, candidate->path.anchor->certificate));
    const char *copy = as_text(sg_buffer_span(&text));
    sg_buffer_free(&text);
    return copy;
}

/* The codes of all findings that count, "CODE@1 CODE@anchor", that revocation is off left out. */
static inline const char *web_codes(const struct sg_findings *findings)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 1 << 20);
    for (size_t i = 0; i < findings->num; i++) {
        const struct signet_finding *finding = &findings->items[i].finding;
        if (finding->effect <= SIGNET_VERDICT_GOOD || finding->code == SIGNET_CODE_REV_OFF)
            continue;
        sg_buffer_printf(&text, "%s%s@", text.len > 0 ? " " : "", signet_code_name(finding->code));
        if (finding->certificate >= 0)
            sg_buffer_printf(&text, "%d", finding->certificate);
        else
            sg_buffer_add_text(&text, signet_object_name(finding->object));
    }
    const char *copy = as_text(sg_buffer_span(&text));
    sg_buffer_free(&text);
    return copy;
}

#endif
