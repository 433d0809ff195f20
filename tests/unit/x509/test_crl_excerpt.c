/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_excerpt.h"

#include "crypto/digest.h"
#include "fault.h"
#include "long_crl.h"
#include "sample.h"

#define NOON INT64_C(1780315200) /* 2026-06-01T12:00:00Z */

static const uint8_t keys[64] = {1, [32] = 2};

/* What a store would put together for SERIALS. */
static enum signet_status cut(const struct signet_crl *whole, const struct signet_span *serials,
                              size_t num, struct signet_crl **out)
{
    struct sg_crl_excerpt_parts parts = {.der_len = whole->der.len,
                                         .num_entries = whole->num_entries,
                                         .serials = serials,
                                         .num_serials = num,
                                         .keys = sg_span(keys, sizeof(keys))};
    struct sg_buffer entries;
    sg_buffer_init(&entries, SIZE_MAX);
    assert_true(sg_crl_frame_get(whole, &parts.frame));
    assert_true(sg_crl_sha256(whole, parts.sha256));
    for (size_t i = 0; i < num; i++) {
        struct sg_crl_entry entry;
        if (!sg_crl_find(whole, serials[i], &whole->issuer, &entry))
            continue;
        size_t list = sg_der_open(&entries, SG_TAG_SEQUENCE);
        sg_der_put(&entries, SG_TAG_INTEGER, entry.serial);
        sg_der_put_time(&entries, entry.revocation_date);
        if (entry.extensions.ptr != NULL)
            sg_der_put(&entries, SG_TAG_SEQUENCE, entry.extensions);
        sg_der_close(&entries, list);
    }
    parts.entries = sg_buffer_span(&entries);
    enum signet_status status = sg_crl_excerpt_new(&parts, out);
    sg_buffer_free(&entries);
    return status;
}

static void compare_finding(const struct signet_crl *whole, const struct signet_crl *excerpt,
                            struct signet_span serial)
{
    struct sg_crl_entry a = {0}, b = {0};
    bool listed = sg_crl_find(whole, serial, &whole->issuer, &a);
    assert_true(sg_crl_covers(excerpt, serial));
    assert_int_equal(sg_crl_find(excerpt, serial, &excerpt->issuer, &b), listed);
    if (!listed)
        return;
    assert_span_equal(a.serial, b.serial);
    assert_span_equal(a.extensions, b.extensions);
    assert_int_equal(a.revocation_date, b.revocation_date);
    assert_int_equal(a.reason, b.reason);
    assert_int_equal(a.invalidity_date, b.invalidity_date);
}

static void compare_frames(const struct signet_crl *whole, const struct signet_crl *excerpt)
{
    uint8_t a[32], b[32];
    assert_int_equal(excerpt->version, whole->version);
    assert_int_equal(excerpt->this_update, whole->this_update);
    assert_int_equal(excerpt->next_update, whole->next_update);
    assert_span_equal(excerpt->extensions, whole->extensions);
    assert_span_equal(excerpt->number, whole->number);
    assert_span_equal(excerpt->signature, whole->signature);
    assert_true(sg_name_equal(&excerpt->issuer, &whole->issuer));
    assert_int_equal(signet_crl_num_entries(excerpt), signet_crl_num_entries(whole));
    assert_int_equal(sg_crl_whole_len(excerpt), whole->der.len);
    assert_true(sg_crl_sha256(whole, a) && sg_crl_sha256(excerpt, b));
    assert_memory_equal(a, b, sizeof(a));
    assert_int_equal(excerpt->unusable, whole->unusable);
    assert_int_equal(excerpt->notes.num, whole->notes.num);
    for (size_t i = 0; i < whole->notes.num; i++) {
        assert_int_equal(excerpt->notes.items[i].kind, whole->notes.items[i].kind);
        assert_int_equal(excerpt->notes.items[i].offset, whole->notes.items[i].offset);
    }
}

static const struct long_crl longs[] = {
    {.num_entries = 3000, .version = 2, .serial_len = 16, .this_update = NOON},
    {.num_entries = 3000, .version = 2, .serial_len = 5, .reasons = true, .this_update = NOON},
    {.num_entries = 3000, .version = 1, .serial_len = 8, .this_update = NOON},
    {.num_entries = 3000, .version = 2, .serial_len = 8, .repeated = true, .this_update = NOON},
    {.num_entries = 3000,
     .version = 2,
     .serial_len = 16,
     .odd_time = true,
     .this_update = NOON,
     /* an issuingDistributionPoint that is not critical, with a URI, is noted, too */
     .extra = "301d 0603 551d1c 0416 3014 a012 a010 860e 687474703a2f2f63726c2f312f33"},
};

/* Differential: for each serial number, listed or not, the excerpt says what the whole says. */
static void answers_as_the_whole_would(void **state)
{
    (void)state;
    for (size_t row = 0; row < SG_NUM(longs); row++) {
        struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[row]));
        for (size_t i = 0; i < longs[row].num_entries; i += 7) {
            uint8_t octets[3][32];
            struct signet_crl *excerpt;
            struct signet_span serials[3];
            for (size_t k = 0; k < 3; k++)
                serials[k] = long_crl_serial(&longs[row], i + k * 1009, octets[k]);
            octets[2][0] ^= 0x20; /* hardly ever listed */
            assert_int_equal(cut(whole, serials, 3, &excerpt), SIGNET_OK);
            assert_true(signet_crl_is_excerpt(excerpt));
            compare_frames(whole, excerpt);
            for (size_t k = 0; k < 3; k++)
                compare_finding(whole, excerpt, serials[k]);
            signet_crl_unref(excerpt);
        }
        signet_crl_unref(whole);
    }
}

static void knows_what_it_covers_and_who_verified_it(void **state)
{
    uint8_t octets[2][32];
    static const uint8_t other[32] = {3};
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[0])), *excerpt, *less, *none;
    struct signet_span serials[] = {long_crl_serial(&longs[0], 5, octets[0]),
                                    long_crl_serial(&longs[0], 6, octets[1])};
    (void)state;
    assert_int_equal(cut(whole, serials, 2, &excerpt), SIGNET_OK);
    assert_int_equal(cut(whole, serials, 1, &less), SIGNET_OK);
    assert_int_equal(cut(whole, NULL, 0, &none), SIGNET_OK);
    assert_true(sg_crl_covers(whole, hex("01")));
    assert_false(sg_crl_covers(excerpt, hex("01")));
    assert_true(sg_crl_covers(less, serials[0]));
    assert_false(sg_crl_covers(less, serials[1]));
    assert_false(sg_crl_covers(none, serials[0]));
    assert_int_equal(none->num_entries, 0);
    assert_true(sg_crl_is_verified_by(excerpt, keys) && sg_crl_is_verified_by(none, keys + 32));
    assert_false(sg_crl_is_verified_by(excerpt, other));
    assert_false(sg_crl_is_verified_by(whole, keys));
    sg_crl_note_verified(whole, keys);
    sg_crl_note_verified(whole, other); /* only the first */
    assert_true(sg_crl_is_verified_by(whole, keys));
    assert_false(sg_crl_is_verified_by(whole, other));
    assert_true(sg_crl_excerpt_is_within(less, excerpt));
    assert_false(sg_crl_excerpt_is_within(excerpt, less));
    assert_true(sg_crl_excerpt_is_within(excerpt, whole));
    assert_true(sg_crl_same_whole(less, excerpt));
    assert_false(sg_crl_same_whole(whole, excerpt)); /* it has not been hashed */
    signet_crl_unref(none);
    signet_crl_unref(less);
    signet_crl_unref(excerpt);
    signet_crl_unref(whole);
}

/* Only the whole can tell of these. */
static void leaves_some_whole(void **state)
{
    static const struct long_crl rows[] = {
        {.num_entries = 300, .version = 2, .serial_len = 16, .this_update = NOON}, /* short */
        {.num_entries = 3000,
         .version = 2,
         .serial_len = 16,
         .this_update = NOON,
         .extra = "300d 0603 551d1b 0101ff 0403 020101"}, /* delta */
        {.num_entries = 3000,
         .version = 2,
         .serial_len = 16,
         .this_update = NOON,
         .extra = "300f 0603 551d1c 0101ff 0405 3003 8401ff"}, /* indirect */
        {.num_entries = 3000,
         .version = 1,
         .serial_len = 16,
         .this_update = NOON,
         .reasons = true}, /* unusable */
        {.num_entries = 3000,
         .version = 2,
         .serial_len = 16,
         .this_update = NOON,
         .last = "301f 020101 170d 3235303130313030303030305a 300b 3009 0603 551d15 0402 0500"},
        {.num_entries = 3000,
         .version = 2,
         .serial_len = 16,
         .this_update = NOON,
         .last = "3020 020101 170d 3235303130313030303030305a 300c 300a 0603 551d15 0403 0a0107"},
        {.num_entries = 3000,
         .version = 2,
         .serial_len = 16,
         .this_update = NOON,
         .last = "3020 020101 170d 3235303130313030303030305a 300c 300a 0603 551d15 0403 0a0108"},
    };
    struct sg_crl_frame frame;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_crl *crl = long_crl_parse(long_crl_der(&rows[i]));
        if (sg_crl_frame_get(crl, &frame))
            fail_msg("row %zu", i);
        signet_crl_unref(crl);
    }
}

static void refuses_parts_of_no_crl(void **state)
{
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[0])), *excerpt;
    struct sg_crl_excerpt_parts parts = {0};
    (void)state;
    assert_true(sg_crl_frame_get(whole, &parts.frame));
    parts.entries = hex("0500");
    assert_int_equal(sg_crl_excerpt_new(&parts, &excerpt), SIGNET_ERR_PARSE);
    assert_null(excerpt);
    parts.entries = hex("");
    parts.frame.front = hex("020101");
    assert_int_equal(sg_crl_excerpt_new(&parts, &excerpt), SIGNET_ERR_PARSE);
    signet_crl_unref(whole);
}

static void survives_lack_of_memory(void **state)
{
    struct signet_crl *whole = long_crl_parse(long_crl_der(&longs[0])), *excerpt = NULL;
    uint8_t octets[32];
    struct sg_crl_excerpt_parts parts = {.der_len = whole->der.len, .num_serials = 1};
    struct signet_span serial = long_crl_serial(&longs[0], 5, octets);
    enum signet_status status = SIGNET_ERR_MEMORY;
    (void)state;
    assert_true(sg_crl_frame_get(whole, &parts.frame));
    parts.serials = &serial;
    for (size_t n = 0; status != SIGNET_OK; n++) {
        fault_begin(n);
        status = sg_crl_excerpt_new(&parts, &excerpt);
        fault_end();
        assert_true(status == SIGNET_OK || (status == SIGNET_ERR_MEMORY && excerpt == NULL));
    }
    signet_crl_unref(excerpt);
    signet_crl_unref(whole);
}

SG_TEST_MAIN(SG_TEST("A-4.1-3", answers_as_the_whole_would),
             SG_TEST("A-4.1-3", knows_what_it_covers_and_who_verified_it),
             SG_TEST("A-4.1-3", leaves_some_whole), SG_TEST("", refuses_parts_of_no_crl),
             SG_TEST("", survives_lack_of_memory))
