/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judging in rounds: the objects that round_scenes.py makes, a pool that grows, and somebody who
 * brings what is needed.
 */
#ifndef SG_TESTS_UNIT_AGENT_ROUND_SCENE_H
#define SG_TESTS_UNIT_AGENT_ROUND_SCENE_H

#include "signet/message.h"
#include "test.h"
#include "x509/certificate.h"
#include "x509/crl.h"

static const struct {
    const char *name;
    struct signet_span octets;
} scene_objects[] = {
#include "round_scenes.inc"
};

static inline struct signet_span scene_octets(const char *name)
{
    for (size_t i = 0; i < SG_NUM(scene_objects); i++) {
        if (strcmp(scene_objects[i].name, name) == 0)
            return sg_test_copy(scene_objects[i].octets.ptr, scene_objects[i].octets.len);
    }
    fail_msg("no object \"%s\"", name);
    return sg_span(NULL, 0);
}

struct desk {
    struct signet_context *context;
    struct signet_pool *pool;
    struct signet_policy policy;
    struct signet_message_result *result;
};

static inline struct signet_certificate *scene_certificate(const char *name)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(scene_octets(name), &certificate, NULL), SIGNET_OK);
    return certificate;
}

static inline void desk_add_crl(struct desk *desk, const char *name)
{
    struct signet_crl *crl;
    assert_int_equal(signet_crl_parse(scene_octets(name), &crl, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_crl(desk->pool, crl), SIGNET_OK);
    signet_crl_unref(crl);
}

static inline void desk_add(struct desk *desk, const char *name)
{
    struct signet_certificate *certificate = scene_certificate(name);
    assert_int_equal(signet_pool_add_certificate(desk->pool, certificate), SIGNET_OK);
    signet_certificate_unref(certificate);
}

static inline void desk_trust(struct desk *desk, const char *name,
                              const struct signet_anchor_terms *terms)
{
    struct signet_certificate *certificate = scene_certificate(name);
    assert_int_equal(signet_pool_add_anchor(desk->pool, certificate, terms), SIGNET_OK);
    signet_certificate_unref(certificate);
}

static inline void desk_bind(struct desk *desk, const char *name, const char *address,
                             enum signet_binding_kind kind)
{
    struct signet_certificate *certificate = scene_certificate(name);
    assert_int_equal(
        signet_pool_add_binding(desk->pool, sg_span(certificate->sha256, 32), address, kind),
        SIGNET_OK);
    signet_certificate_unref(certificate);
}

/* ANCHOR: NULL for none. */
static inline void desk_begin(struct desk *desk, const char *anchor)
{
    *desk = (struct desk){.pool = signet_pool_new(NULL)};
    assert_non_null(desk->pool);
    assert_int_equal(signet_context_new(&desk->context), SIGNET_OK);
    signet_policy_init(&desk->policy);
    desk->policy.time = 1780315200; /* 2026-06-01T12:00:00Z */
    if (anchor != NULL)
        desk_trust(desk, anchor, NULL);
}

static inline void desk_end(struct desk *desk)
{
    signet_message_result_free(desk->result);
    signet_pool_free(desk->pool);
    signet_context_free(desk->context);
}

static inline enum signet_verdict desk_verify(struct desk *desk, const char *mail)
{
    signet_message_result_free(desk->result);
    desk->result = NULL;
    assert_int_equal(signet_message_verify(desk->context, scene_octets(mail), desk->pool,
                                           &desk->policy, NULL, &desk->result),
                     SIGNET_OK);
    return signet_message_result_verdict(desk->result);
}

static inline enum signet_verdict desk_update(struct desk *desk)
{
    assert_int_equal(signet_message_result_update(desk->result), SIGNET_OK);
    return signet_message_result_verdict(desk->result);
}

static inline const struct signet_signer *desk_signer(const struct desk *desk)
{
    size_t num;
    const struct signet_signer *signers = signet_message_result_signers(desk->result, &num);
    assert_true(num > 0);
    return &signers[0];
}

/* The finding of the first signer with CODE; NULL for none. */
static inline const struct signet_finding *desk_finding(const struct desk *desk,
                                                        enum signet_code code)
{
    const struct signet_findings *findings = &desk_signer(desk)->findings;
    for (size_t i = 0; i < findings->num; i++) {
        if (findings->items[i].code == code)
            return &findings->items[i];
    }
    return NULL;
}

static inline bool desk_says(const struct desk *desk, const char *text)
{
    const struct signet_findings *findings = &desk_signer(desk)->findings;
    for (size_t i = 0; i < findings->num; i++) {
        if (strstr(findings->items[i].text, text) != NULL)
            return true;
    }
    return false;
}

/* The first need of KIND; NULL for none. */
static inline const struct signet_need *desk_need(const struct desk *desk,
                                                  enum signet_need_kind kind)
{
    size_t num;
    const struct signet_need *needs = signet_message_result_needs(desk->result, &num);
    for (size_t i = 0; i < num; i++) {
        if (needs[i].kind == kind)
            return &needs[i];
    }
    return NULL;
}

#endif
