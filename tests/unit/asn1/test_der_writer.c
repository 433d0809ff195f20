/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der_writer.h"
#include "base/time.h"
#include "fault.h"
#include "test.h"

static struct sg_buffer begin(void)
{
    struct sg_buffer der;
    sg_buffer_init(&der, 1 << 20);
    return der;
}

static void end(struct sg_buffer *der, struct signet_span expected)
{
    assert_int_equal(der->status, SIGNET_OK);
    assert_span_equal(sg_buffer_span(der), expected);
    sg_buffer_free(der);
}

static void writes_lengths_in_the_shortest_form(void **state)
{
    static const struct {
        size_t len;
        const char *header;
    } rows[] = {{0, "04 00"},           {127, "04 7f"},       {128, "04 81 80"},
                {255, "04 81 ff"},      {256, "04 82 01 00"}, {65535, "04 82 ff ff"},
                {65536, "04 83 010000"}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer one = begin(), other = begin();
        struct signet_span content = repeat(sg_span(NULL, 0), 'x', rows[i].len);
        struct signet_span expected = repeat(hex(rows[i].header), 'x', rows[i].len);
        sg_der_put(&one, SG_TAG_OCTET_STRING, content);
        size_t opened = sg_der_open(&other, SG_TAG_OCTET_STRING);
        sg_buffer_add(&other, content);
        sg_der_close(&other, opened);
        assert_int_equal(sg_der_full_len(rows[i].len), expected.len);
        end(&one, expected);
        end(&other, expected);
    }
    assert_int_equal(sg_der_full_len(SIZE_MAX - 4), SIZE_MAX);
}

static void writes_integers_that_are_not_negative(void **state)
{
    static const struct {
        uint32_t value;
        const char *der;
    } rows[] = {{0, "02 01 00"},
                {127, "02 01 7f"},
                {128, "02 02 00 80"},
                {0x8000, "02 03 00 80 00"},
                {0xffffffff, "02 05 00 ff ff ff ff"}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer der = begin();
        sg_der_put_uint32(&der, rows[i].value);
        end(&der, hex(rows[i].der));
    }
    struct sg_buffer der = begin();
    sg_der_put_magnitude(&der, hex("00 00 01 00"));
    sg_der_put_magnitude(&der, sg_span(NULL, 0));
    end(&der, hex("02 02 01 00 02 01 00"));
}

static void writes_times_by_their_year(void **state)
{
    static const struct {
        const char *time, *der_time;
        uint32_t tag;
    } rows[] = {{"1949-12-31T23:59:59Z", "19491231235959Z", SG_TAG_GENERALIZED_TIME},
                {"1950-01-01T00:00:00Z", "500101000000Z", SG_TAG_UTC_TIME},
                {"2026-06-01T12:00:00Z", "260601120000Z", SG_TAG_UTC_TIME},
                {"2049-12-31T23:59:59Z", "491231235959Z", SG_TAG_UTC_TIME},
                {"2050-01-01T00:00:00Z", "20500101000000Z", SG_TAG_GENERALIZED_TIME},
                {"9999-12-31T23:59:59Z", "99991231235959Z", SG_TAG_GENERALIZED_TIME}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer der = begin(), expected = begin();
        signet_time time = 0;
        assert_true(signet_time_parse(rows[i].time, &time));
        sg_der_put_time(&der, time);
        sg_der_put(&expected, rows[i].tag, text_bytes(rows[i].der_time));
        end(&der, sg_buffer_span(&expected));
        sg_buffer_free(&expected);
    }
    struct sg_buffer der = begin();
    sg_der_put_time(&der, SIGNET_TIME_UNKNOWN);
    assert_int_equal(der.status, SIGNET_ERR_ARGUMENT);
    sg_buffer_free(&der);
}

static void nests_and_writes_the_small_kinds(void **state)
{
    struct sg_buffer der = begin();
    (void)state;
    size_t outer = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_algorithm_null(&der, SG_OID_RSA_ENCRYPTION);
    sg_der_put_algorithm(&der, SG_OID_ED25519);
    sg_der_put_bit_string(&der, hex("0102"));
    sg_der_close(&der, outer);
    end(&der, hex("30 1b 300d 0609 2a864886f70d010101 0500 3005 0603 2b6570 0303 00 0102"));
}

static void sorts_a_set(void **state)
{
    struct sg_buffer der = begin();
    (void)state;
    size_t set = sg_der_open(&der, SG_TAG_SET);
    sg_der_put(&der, SG_TAG_OCTET_STRING, hex("02"));
    sg_der_put_uint32(&der, 1);
    sg_der_put(&der, SG_TAG_OCTET_STRING, hex("01"));
    sg_der_put(&der, SG_TAG_OCTET_STRING, hex("0000"));
    sg_der_close_set_of(&der, set);
    end(&der, hex("31 0d 020101 040101 040102 04020000"));
}

static void refuses_a_set_of_no_elements(void **state)
{
    struct sg_buffer der = begin();
    (void)state;
    size_t set = sg_der_open(&der, SG_TAG_SET);
    sg_buffer_add(&der, hex("02 05 01"));
    sg_der_close_set_of(&der, set);
    assert_int_equal(der.status, SIGNET_ERR_ARGUMENT);
    sg_buffer_free(&der);
}

static void write_all(struct sg_buffer *der)
{
    size_t outer = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put(der, SG_TAG_OCTET_STRING, repeat(sg_span(NULL, 0), 'x', 300));
    size_t set = sg_der_open(der, SG_TAG_SET);
    sg_der_put_uint32(der, 2);
    sg_der_put_uint32(der, 1);
    sg_der_put_time(der, 0);
    sg_der_close_set_of(der, set);
    sg_der_close(der, outer);
}

static void latches_want_of_room_and_memory(void **state)
{
    struct sg_buffer whole = begin();
    (void)state;
    write_all(&whole);
    for (size_t max = 0; max < whole.len; max++) {
        struct sg_buffer der;
        sg_buffer_init(&der, max);
        write_all(&der);
        assert_int_equal(der.status, SIGNET_ERR_LIMIT);
        sg_buffer_free(&der);
    }
    enum signet_status status = SIGNET_ERR_MEMORY;
    for (size_t n = 0; status != SIGNET_OK; n++) {
        struct sg_buffer der = begin();
        struct signet_span content = repeat(sg_span(NULL, 0), 'x', 300);
        fault_begin(n);
        size_t outer = sg_der_open(&der, SG_TAG_SEQUENCE);
        sg_der_put(&der, SG_TAG_OCTET_STRING, content);
        size_t set = sg_der_open(&der, SG_TAG_SET);
        sg_der_put_uint32(&der, 2);
        sg_der_put_uint32(&der, 1);
        sg_der_close_set_of(&der, set);
        sg_der_close(&der, outer);
        fault_end();
        status = der.status;
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
        sg_buffer_free(&der);
    }
    sg_buffer_free(&whole);
}

SG_TEST_MAIN(SG_TEST("", writes_lengths_in_the_shortest_form),
             SG_TEST("", writes_integers_that_are_not_negative),
             SG_TEST("C-AT-1", writes_times_by_their_year),
             SG_TEST("", nests_and_writes_the_small_kinds), SG_TEST("", sorts_a_set),
             SG_TEST("", refuses_a_set_of_no_elements),
             SG_TEST("", latches_want_of_room_and_memory))
