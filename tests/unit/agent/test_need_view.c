/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/need_view.h"

#include "asn1/der_writer.h"
#include "test.h"
#include "x509/certificate.h"

/* authorityInfoAccess with NUM places of the issuer's certificate, after each once more the first.
 */
static struct signet_span access_to(size_t num)
{
    struct sg_buffer der;
    sg_buffer_init(&der, 1 << 16);
    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE);
    for (size_t i = 0; i < 2 * num; i++) {
        char url[40];
        snprintf(url, sizeof url, "http://ca.example/%zu", i % 2 == 0 ? i / 2 : 0);
        size_t description = sg_der_open(&der, SG_TAG_SEQUENCE);
        sg_der_put_oid(&der, SG_OID_AD_CA_ISSUERS);
        sg_der_put(&der, SG_TAG_CONTEXT(6), text_bytes(url));
        sg_der_close(&der, description);
    }
    sg_der_close(&der, whole);
    assert_int_equal(der.status, SIGNET_OK);
    struct signet_span copy = sg_test_copy(der.ptr, der.len);
    sg_buffer_free(&der);
    return copy;
}

static void tells_a_bounded_number_of_places(void **state)
{
    static const struct {
        size_t num, told;
        const char *last;
    } rows[] = {{0, 0, NULL},
                {3, 3, "http://ca.example/2"},
                {32, 32, "http://ca.example/31"},
                {33, 32, "http://ca.example/31"}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct signet_certificate certificate = {.authority_info_access =
                                                           access_to(rows[i].num)};
        struct sg_need need = {.kind = SG_NEED_ISSUER, .certificate = &certificate};
        struct sg_need_views views;
        struct sg_arena arena;
        sg_arena_init(&arena, 1 << 16);
        struct sg_judgement judgement = {.arena = &arena, .needs = &need, .num_needs = 1};
        assert_true(sg_need_view(&judgement, true, judgement.arena, &views));
        assert_int_equal(views.num, 1);
        assert_int_equal(views.items[0].num_urls, rows[i].told);
        if (rows[i].told > 0)
            assert_span_text(views.items[0].urls[rows[i].told - 1], rows[i].last);
        assert_true(sg_need_view(&judgement, false, judgement.arena, &views));
        assert_int_equal(views.items[0].num_urls, 0);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("E-9", tells_a_bounded_number_of_places))
