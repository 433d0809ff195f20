/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The module of NSS itself: what we tell against what its own search finds.
 */
#include "test.h"

#include "signet/token.h"
#include "token/builtin.h"
#include "token/module.h"

struct counts {
    size_t trusted, distrusted, dated;
    signet_time first, last; /* of the dates */
    struct signet_span previous;
    uint8_t sha256[32];
};

static enum signet_status count(void *context, const struct signet_token_certificate *one)
{
    struct counts *counts = context;
    counts->trusted += one->trust == SIGNET_TOKEN_TRUSTED;
    counts->distrusted += one->trust == SIGNET_TOKEN_DISTRUSTED;
    assert_true(one->label[0] != '\0' || one->certificate == NULL);
    if (one->certificate == NULL)
        return SIGNET_OK;
    counts->dated += one->terms.distrust_after != SIGNET_TIME_UNKNOWN;
    struct signet_span sha256 = signet_certificate_sha256(one->certificate);
    assert_true(memcmp(counts->sha256, sha256.ptr, 32) < 0);
    memcpy(counts->sha256, sha256.ptr, 32);
    return SIGNET_OK;
}

/* How many objects the module itself finds for this. */
static size_t search(struct sg_module *module, CK_ATTRIBUTE *wanted, CK_ULONG num)
{
    size_t total = 0;
    CK_OBJECT_HANDLE handles[16];
    CK_ULONG found = 1;
    assert_int_equal(module->functions->C_FindObjectsInit(module->sessions[0], wanted, num),
                     CKR_OK);
    while (found > 0) {
        assert_int_equal(module->functions->C_FindObjects(module->sessions[0], handles, 16, &found),
                         CKR_OK);
        total += found;
    }
    module->functions->C_FindObjectsFinal(module->sessions[0]);
    return total;
}

static size_t search_trust(struct sg_module *module, CK_ULONG email)
{
    CK_OBJECT_CLASS class_ = CKO_NSS_TRUST;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class_, sizeof(class_)},
                             {CKA_TRUST_EMAIL_PROTECTION, &email, sizeof(email)}};
    return search(module, wanted, 2);
}

static size_t search_undated(struct sg_module *module)
{
    CK_OBJECT_CLASS class_ = CKO_CERTIFICATE;
    CK_BBOOL no = CK_FALSE;
    CK_ATTRIBUTE wanted[] = {{CKA_CLASS, &class_, sizeof(class_)},
                             {CKA_NSS_EMAIL_DISTRUST_AFTER, &no, sizeof(no)}};
    return search(module, wanted, 2);
}

static void tells_what_the_module_finds(void **state)
{
    (void)state;
    char file[PATH_MAX];
    if (!sg_builtin_find(&sg_builtin_places, file))
        skip();
    struct counts counts = {.trusted = 0};
    struct signet_token_report report;
    assert_int_equal(signet_token_anchors(NULL, count, &counts, &report), SIGNET_OK);
    assert_int_equal(report.num_passed_over, 0);
    assert_int_equal(report.num_trusted, counts.trusted);
    assert_int_equal(report.num_distrusted, counts.distrusted);
    assert_true(counts.trusted > 20 && report.num_told > counts.trusted);
    assert_true(report.library[0] != '\0');

    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 20);
    struct sg_module module;
    assert_int_equal(sg_module_open(&module, file, &arena, &report), SIGNET_OK);
    assert_int_equal(counts.trusted, search_trust(&module, CKT_NSS_TRUSTED_DELEGATOR));
    assert_int_equal(counts.distrusted, search_trust(&module, CKT_NSS_NOT_TRUSTED));
    assert_true(counts.dated + search_undated(&module) <= report.num_told);
    sg_module_close(&module);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", tells_what_the_module_finds))
