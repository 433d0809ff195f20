/* SPDX-License-Identifier: Apache-2.0 */
#include "store/crl_store.h"

#include "judging.h"

#include "fault.h"
#include "long_crl.h"
#include "store/crl_pieces.h"
#include "store/octets.h"
#include "x509/crl_excerpt.h"

static const struct long_crl longs[] = {
    {.num_entries = 20000, .version = 2, .serial_len = 16, .this_update = NOON},
    {.num_entries = 5000, .version = 2, .serial_len = 5, .reasons = true, .this_update = NOON},
    {.num_entries = 5000, .version = 1, .serial_len = 8, .this_update = NOON},
    {.num_entries = 5000, .version = 2, .serial_len = 8, .repeated = true, .this_update = NOON},
};

static const uint8_t key[32] = {1};

/* Stores CRL; what the database says of it. */
static struct sg_store_object put(struct judging *j, const struct signet_crl *crl)
{
    static uint8_t sha256[32];
    struct sg_store_object object;
    int64_t id;
    assert_int_equal(signet_store_add_crl(j->store, crl, &j->origin, NULL), SIGNET_OK);
    assert_true(sg_crl_sha256(crl, sha256));
    assert_int_equal(sg_store_object_find(j->store, SIGNET_RECORD_CRL, sg_span(sha256, 32), &id),
                     SIGNET_OK);
    assert_int_equal(j->store->backend->object_get(j->store->db, id, &object), SIGNET_OK);
    assert_int_equal(object.id, id);
    return object;
}

static struct sg_store_object get(struct judging *j, int64_t id)
{
    struct sg_store_object object;
    assert_int_equal(j->store->backend->object_get(j->store->db, id, &object), SIGNET_OK);
    return object;
}

static struct signet_crl *excerpt_of(struct judging *j, int64_t id,
                                     const struct signet_span *serials, size_t num)
{
    struct sg_store_object object = get(j, id);
    struct signet_crl *crl;
    assert_int_equal(sg_crl_store_excerpt(j->store, &object, serials, num, sg_span(key, 32), &crl),
                     SIGNET_OK);
    return crl;
}

static bool same_answer(const struct signet_crl *whole, const struct signet_crl *excerpt,
                        struct signet_span serial)
{
    struct sg_crl_entry a = {0}, b = {0};
    if (sg_crl_find(whole, serial, &whole->issuer, &a) !=
        sg_crl_find(excerpt, serial, &excerpt->issuer, &b))
        return false;
    return sg_span_equal(a.serial, b.serial) && sg_span_equal(a.extensions, b.extensions) &&
           a.revocation_date == b.revocation_date && a.reason == b.reason &&
           a.invalidity_date == b.invalidity_date;
}

/* Differential: every serial number that is listed, and as many that are not. */
static void answers_for_each_serial_as_the_whole_would(void **state)
{
    (void)state;
    for (size_t row = 0; row < SG_NUM(longs); row++) {
        struct judging j;
        struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[row]));
        judging_begin(&j);
        int64_t id = put(&j, whole).id;
        assert_int_equal(signet_store_begin(j.store), SIGNET_OK);
        for (size_t i = 0; i < longs[row].num_entries; i++) {
            uint8_t octets[2][32];
            struct signet_span serials[2];
            serials[0] = long_crl_serial(&longs[row], i, octets[0]);
            serials[1] = long_crl_serial(&longs[row], i, octets[1]);
            octets[1][1] ^= 1;
            struct signet_crl *excerpt = excerpt_of(&j, id, serials, 2);
            assert_true(signet_crl_is_excerpt(excerpt));
            assert_true(sg_crl_is_verified_by(excerpt, key));
            if (excerpt->num_entries != 1 || !same_answer(whole, excerpt, serials[0]) ||
                !same_answer(whole, excerpt, serials[1]))
                fail_msg("row %zu, entry %zu", row, i);
            signet_crl_unref(excerpt);
        }
        signet_store_rollback(j.store);
        signet_crl_unref(whole);
        judging_end(&j);
    }
}

static enum signet_status gather(void *context, struct signet_span octets)
{
    sg_buffer_add(context, octets);
    return SIGNET_OK;
}

static void gives_back_the_octets_that_came(void **state)
{
    struct judging j;
    struct sg_buffer octets;
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[0])), *again;
    (void)state;
    judging_begin(&j);
    struct sg_store_object object = put(&j, whole);
    uint8_t sha256[32];
    memcpy(sha256, object.sha256.ptr, sizeof(sha256));
    assert_int_equal(sg_crl_store_whole(j.store, &object, &again), SIGNET_OK);
    assert_span_equal(again->der, whole->der);
    assert_true(again->has_sha256);
    sg_buffer_init(&octets, SIZE_MAX);
    assert_int_equal(
        signet_store_read(j.store, SIGNET_RECORD_CRL, sg_span(sha256, 32), gather, &octets),
        SIGNET_OK);
    assert_span_equal(sg_buffer_span(&octets), whole->der);
    sg_buffer_free(&octets);
    signet_crl_unref(again);
    signet_crl_unref(whole);
    judging_end(&j);
}

static void tells_the_essential_in_brief(void **state)
{
    static const struct {
        struct long_crl make;
        bool excerpted, is_delta;
        bool placed;
    } rows[] = {
        {{.num_entries = 5000, .version = 2, .serial_len = 9, .this_update = NOON},
         true,
         false,
         false},
        {{.num_entries = 5, .version = 2, .serial_len = 9, .this_update = NOON - 9},
         false,
         false,
         false},
        {{.num_entries = 5000,
          .version = 2,
          .serial_len = 9,
          .this_update = NOON,
          .extra = "300d 0603 551d1b 0101ff 0403 020101"},
         false,
         true,
         false},
        {{.num_entries = 5000,
          .version = 2,
          .serial_len = 9,
          .this_update = NOON,
          .extra = "301d 0603 551d1c 0416 3014 a012 a010 860e 687474703a2f2f63726c2f312f33"},
         true,
         false,
         true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_crl *crl = long_crl_parse(long_crl_der(&rows[i].make));
        struct sg_crl_brief brief;
        struct sg_buffer body;
        sg_buffer_init(&body, SIZE_MAX);
        sg_crl_store_body(crl, &body);
        assert_int_equal(sg_crl_store_brief(sg_buffer_span(&body), &brief), SIGNET_OK);
        assert_int_equal(brief.excerpted, rows[i].excerpted);
        assert_int_equal(brief.is_delta, rows[i].is_delta);
        assert_int_equal(brief.this_update, rows[i].make.this_update);
        assert_int_equal(brief.point != 0, rows[i].placed);
        for (size_t len = 0; len < body.len; len++)
            assert_int_equal(sg_crl_store_brief(sg_span(body.ptr, len), &brief), SIGNET_ERR_PARSE);
        for (size_t at = 0; at < body.len; at++) {
            body.ptr[at] ^= 0x10;
            assert_int_equal(sg_crl_store_brief(sg_buffer_span(&body), &brief), SIGNET_ERR_PARSE);
            body.ptr[at] ^= 0x10;
        }
        sg_buffer_free(&body);
        signet_crl_unref(crl);
    }
}

/* Whatever happens to the index: no entry is overlooked for it. */
static void reads_the_whole_where_the_index_is_damaged(void **state)
{
    struct judging j;
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[1]));
    (void)state;
    for (size_t damage = 0; damage < 4; damage++) {
        judging_begin(&j);
        int64_t id = put(&j, whole).id;
        const struct sg_store_backend *backend = j.store->backend;
        struct signet_span piece;
        uint8_t octets[8000], serial[32];
        assert_int_equal(backend->crl_find_index(j.store->db, id, UINT32_MAX / 2, &piece),
                         SIGNET_OK);
        assert_true(piece.len <= sizeof(octets));
        memcpy(octets, piece.ptr, piece.len);
        piece.ptr = octets;
        assert_int_equal(signet_store_begin(j.store), SIGNET_OK);
        if (damage == 0)
            octets[piece.len / 2] ^= 1; /* a pair */
        else if (damage == 1)
            octets[15]++; /* where the next piece begins */
        else if (damage == 2)
            piece.len -= 8;
        assert_int_equal(backend->crl_clear_index(j.store->db, id), SIGNET_OK);
        if (damage < 3)
            assert_int_equal(backend->crl_put_index(j.store->db, id, 0, piece), SIGNET_OK);
        for (size_t i = 0; i < 40; i++) {
            struct signet_span one = long_crl_serial(&longs[1], i * 100, serial);
            struct signet_crl *crl = excerpt_of(&j, id, &one, 1);
            assert_false(signet_crl_is_excerpt(crl));
            assert_true(same_answer(whole, crl, one));
            signet_crl_unref(crl);
        }
        signet_store_rollback(j.store);
        judging_end(&j);
    }
    signet_crl_unref(whole);
}

static void reads_the_whole_where_the_body_is_damaged(void **state)
{
    struct judging j;
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[1])), *crl;
    uint8_t serial[32], octets[1000];
    struct signet_span one = long_crl_serial(&longs[1], 9, serial);
    (void)state;
    judging_begin(&j);
    struct sg_store_object object = put(&j, whole);
    assert_true(object.body.len < sizeof(octets));
    memcpy(octets, object.body.ptr, object.body.len);
    octets[object.body.len / 2] ^= 1;
    object.body.ptr = octets;
    assert_int_equal(sg_crl_store_excerpt(j.store, &object, &one, 1, sg_span(key, 32), &crl),
                     SIGNET_OK);
    assert_false(signet_crl_is_excerpt(crl));
    signet_crl_unref(crl);
    signet_crl_unref(whole);
    judging_end(&j);
}

static void says_when_parts_are_damaged(void **state)
{
    struct judging j;
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[1])), *crl;
    uint8_t part[SG_STORE_PART_LEN] = {0};
    (void)state;
    judging_begin(&j);
    int64_t id = put(&j, whole).id;
    assert_int_equal(signet_store_begin(j.store), SIGNET_OK);
    assert_int_equal(
        j.store->backend->crl_put_part(j.store->db, id, 1, sg_span(part, sizeof(part))), SIGNET_OK);
    struct sg_store_object object = get(&j, id);
    assert_int_equal(sg_crl_store_whole(j.store, &object, &crl), SIGNET_ERR_PARSE);
    assert_null(crl);
    signet_store_rollback(j.store);
    signet_crl_unref(whole);
    judging_end(&j);
}

/* An entry of 64 KiB still goes into an excerpt, and of one that is longer the whole tells. */
static void reads_the_whole_for_an_entry_that_is_too_long(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct judging j;
        struct sg_crl_entry entry;
        const struct long_crl make = {.num_entries = 5000,
                                      .version = 2,
                                      .serial_len = 8,
                                      .this_update = NOON,
                                      .last_len = 65536 + more};
        struct signet_crl *whole = long_crl_parse(long_crl_der(&make));
        judging_begin(&j);
        struct signet_crl *crl = excerpt_of(&j, put(&j, whole).id, &long_crl_last_serial, 1);
        assert_int_equal(signet_crl_is_excerpt(crl), more == 0);
        assert_true(sg_crl_find(crl, long_crl_last_serial, &crl->issuer, &entry));
        assert_true(same_answer(whole, crl, long_crl_last_serial));
        signet_crl_unref(crl);
        signet_crl_unref(whole);
        judging_end(&j);
    }
}

static void excerpts_survive_lack_of_memory(void **state)
{
    struct judging j;
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[1])), *crl = NULL;
    enum signet_status status = SIGNET_ERR_MEMORY;
    uint8_t octets[32];
    struct signet_span serial = long_crl_serial(&longs[1], 77, octets);
    (void)state;
    judging_begin(&j);
    int64_t id = put(&j, whole).id;
    for (size_t n = 0; status != SIGNET_OK; n++) {
        struct sg_store_object object = get(&j, id);
        fault_begin(n);
        status = sg_crl_store_excerpt(j.store, &object, &serial, 1, sg_span(key, 32), &crl);
        fault_end();
        if (status != SIGNET_OK)
            assert_true((status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_IO) && crl == NULL);
    }
    assert_true(signet_crl_is_excerpt(crl));
    signet_crl_unref(crl);
    signet_crl_unref(whole);
    judging_end(&j);
}

SG_TEST_MAIN(SG_TEST("A-4.1-3", answers_for_each_serial_as_the_whole_would),
             SG_TEST("", gives_back_the_octets_that_came),
             SG_TEST("", tells_the_essential_in_brief),
             SG_TEST("A-4.1-3", reads_the_whole_where_the_index_is_damaged),
             SG_TEST("A-4.1-3", reads_the_whole_where_the_body_is_damaged),
             SG_TEST("A-4.1-3", reads_the_whole_for_an_entry_that_is_too_long),
             SG_TEST("", says_when_parts_are_damaged), SG_TEST("", excerpts_survive_lack_of_memory))
