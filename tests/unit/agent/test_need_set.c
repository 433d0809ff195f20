/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/need_set.h"

#include "fault.h"
#include "test.h"
#include "x509/certificate.h"

static struct signet_certificate certificate(const char *points)
{
    return (struct signet_certificate){.crl_distribution_points = text_bytes(points)};
}

static void tells_needs_for_crls_apart_by_all_that_changes_the_answer(void **state)
{
    const struct signet_certificate here = certificate("here"), there = certificate("there"),
                                    nowhere = certificate("");
    const struct signet_need needs[] = {
        {.kind = SIGNET_NEED_CRL, .name = text_bytes("CA"), .certificate = &here},
        {.kind = SIGNET_NEED_CRL, .name = text_bytes("CB"), .certificate = &here},
        {.kind = SIGNET_NEED_CRL, .name = text_bytes("CA"), .certificate = &there},
        {.kind = SIGNET_NEED_CRL, .name = text_bytes("CA"), .certificate = &nowhere},
        {.kind = SIGNET_NEED_CRL, .missing = true, .name = text_bytes("CA"), .certificate = &here},
        {.kind = SIGNET_NEED_CRL, .anchored = true, .name = text_bytes("CA"), .certificate = &here},
    };
    struct sg_need_set set;
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    sg_need_set_init(&set, &arena);
    for (size_t i = 0; i < SG_NUM(needs); i++) {
        const struct signet_certificate other =
            certificate(as_text(needs[i].certificate->crl_distribution_points));
        struct signet_need same = needs[i];
        same.certificate = &other; /* another one, that says the same */
        assert_false(sg_need_set_has(&set, &needs[i]));
        assert_true(sg_need_set_add(&set, &needs[i]));
        assert_true(sg_need_set_has(&set, &needs[i]));
        assert_true(sg_need_set_has(&set, &same));
    }
    sg_arena_clear(&arena);
}

static void keeps_no_other_needs(void **state)
{
    const struct signet_certificate here = certificate("here");
    const struct signet_need needs[] = {
        {.kind = SIGNET_NEED_CRL, .name = text_bytes("CA")},
        {.kind = SIGNET_NEED_ISSUER, .name = text_bytes("CA"), .certificate = &here},
        {.kind = SIGNET_NEED_DELTA_CRL, .name = text_bytes("CA"), .certificate = &here},
        {.kind = SIGNET_NEED_WHOLE_CRL, .name = text_bytes("CA"), .certificate = &here},
        {.kind = SIGNET_NEED_BINDING, .certificate = &here},
    };
    struct sg_need_set set;
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    sg_need_set_init(&set, &arena);
    for (size_t i = 0; i < SG_NUM(needs); i++) {
        assert_true(sg_need_set_add(&set, &needs[i]));
        assert_false(sg_need_set_has(&set, &needs[i]));
    }
    sg_arena_clear(&arena);
}

static void tells_when_memory_is_out(void **state)
{
    const struct signet_certificate here = certificate("here");
    const struct signet_need need = {
        .kind = SIGNET_NEED_CRL, .name = text_bytes("CA"), .certificate = &here};
    bool added = false;
    (void)state;
    for (size_t n = 0; !added && n < 100; n++) {
        struct sg_need_set set;
        struct sg_arena arena;
        sg_arena_init(&arena, 1 << 16);
        sg_need_set_init(&set, &arena);
        fault_begin(n);
        added = sg_need_set_add(&set, &need);
        fault_end();
        assert_int_equal(added, !arena.failed);
        assert_int_equal(added, sg_need_set_has(&set, &need));
        sg_arena_clear(&arena);
    }
    assert_true(added);
}

SG_TEST_MAIN(SG_TEST("", tells_needs_for_crls_apart_by_all_that_changes_the_answer),
             SG_TEST("", keeps_no_other_needs), SG_TEST("", tells_when_memory_is_out))
