/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/signer_attributes.h"

#include "attribute_scene.h"

/* NUM attribute certificates, each with a serial number of its own, that are made of NAME's. */
static void add_many(struct signet_pool *pool, const char *name, size_t num)
{
    static const uint8_t serial[] = {SG_TAG_INTEGER, 3, 0x10, 0, 0};
    struct signet_span der = scene_octets(name);
    uint8_t *octets = (uint8_t *)(uintptr_t)der.ptr;
    size_t at = 0;
    while (!sg_span_equal(sg_span_first(sg_span_from(der, at), sizeof serial),
                          sg_span(serial, sizeof serial)))
        assert_true(at++ < der.len);
    for (size_t i = 0; i < num; i++) {
        struct signet_attribute_certificate *certificate;
        octets[at + 3] = (uint8_t)(i >> 8);
        octets[at + 4] = (uint8_t)i;
        assert_int_equal(signet_attribute_certificate_parse(der, &certificate, NULL), SIGNET_OK);
        assert_int_equal(signet_pool_add_attribute_certificate(pool, certificate), SIGNET_OK);
        signet_attribute_certificate_unref(certificate);
    }
}

/* SIGNER, judged with as many attribute certificates of others before its own one; how many
 * findings that gives. */
static size_t judge_behind(size_t num_others, struct signet_signer *signer)
{
    struct signet_pool *below = signet_pool_new(NULL), *pool = signet_pool_new(below);
    struct sg_judgement judgement;
    struct signet_policy policy;
    struct sg_findings findings;
    struct sg_crypto *crypto;
    struct sg_arena arena;
    signet_policy_init(&policy);
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    sg_arena_init(&arena, policy.limits.max_memory);
    sg_findings_init(&findings, &arena);
    add_many(below, "ac long serial of another", num_others);
    add_many(below, "ac long serial", 1);
    sg_judgement_init(&judgement, crypto, &arena, &policy, pool);
    assert_true(sg_signer_attributes_judge(&judgement, signer, 1, &findings));
    size_t num = findings.num;
    if (num > 0)
        assert_int_equal(findings.items[0].finding.code, SIGNET_CODE_SKIPPED);
    sg_judgement_clear(&judgement);
    sg_arena_clear(&arena);
    sg_crypto_free(crypto);
    signet_pool_free(pool);
    signet_pool_free(below);
    return num;
}

static void looks_at_a_bounded_number(void **state)
{
    struct signet_certificate *alice;
    (void)state;
    assert_int_equal(signet_certificate_parse(scene_octets("Alice"), &alice, NULL), SIGNET_OK);
    for (size_t over = 0; over < 2; over++) {
        struct signet_signer signer = {.certificate = alice};
        assert_int_equal(judge_behind(4095 + over, &signer), over);
        assert_int_equal(signer.num_attributes, 1 - over);
    }
    signet_certificate_unref(alice);
}

SG_TEST_MAIN(SG_TEST("A-2.3-14 E-9", looks_at_a_bounded_number))
