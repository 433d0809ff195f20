/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der.h"
#include "base/time.h"
#include "test.h"

/* "170d" or "180f", then TEXT. */
static struct sg_der begin(uint32_t tag, const char *text, struct signet_parse_error *error)
{
    size_t len = strlen(text);
    uint8_t element[64] = {(uint8_t)tag, (uint8_t)len};
    assert_true(len <= sizeof(element) - 2);
    memcpy(element + 2, text, len);
    *error = (struct signet_parse_error){0};
    return sg_der_begin(sg_test_copy(element, len + 2), error);
}

static void reads_both_forms(void **state)
{
    static const struct {
        uint32_t tag;
        const char *text, *time;
    } rows[] = {
        {SG_TAG_UTC_TIME, "491231235959Z", "2049-12-31T23:59:59Z"},
        {SG_TAG_UTC_TIME, "500101000000Z", "1950-01-01T00:00:00Z"},
        {SG_TAG_UTC_TIME, "991231235959Z", "1999-12-31T23:59:59Z"},
        {SG_TAG_UTC_TIME, "000229120000Z", "2000-02-29T12:00:00Z"},
        {SG_TAG_UTC_TIME, "380119031408Z", "2038-01-19T03:14:08Z"},
        {SG_TAG_GENERALIZED_TIME, "20380119031408Z", "2038-01-19T03:14:08Z"},
        {SG_TAG_GENERALIZED_TIME, "21060207062816Z", "2106-02-07T06:28:16Z"},
        {SG_TAG_GENERALIZED_TIME, "20500101000000Z", "2050-01-01T00:00:00Z"},
        {SG_TAG_GENERALIZED_TIME, "20260601000000Z", "2026-06-01T00:00:00Z"},
        {SG_TAG_GENERALIZED_TIME, "00000101000000Z", "0000-01-01T00:00:00Z"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error;
        struct sg_der der = begin(rows[i].tag, rows[i].text, &error);
        signet_time time;
        uint32_t tag = 0;
        char text[SIGNET_TIME_TEXT_SIZE];
        assert_true(sg_der_time(&der, &time, &tag));
        assert_true(sg_der_done(&der));
        signet_time_format(time, text);
        assert_string_equal(text, rows[i].time);
        assert_int_equal(tag, rows[i].tag);
    }
}

static void no_known_end_is_a_time(void **state)
{
    struct signet_parse_error error;
    struct sg_der der = begin(SG_TAG_GENERALIZED_TIME, "99991231235959Z", &error);
    signet_time time;
    uint32_t tag;
    (void)state;
    assert_true(sg_der_time(&der, &time, &tag));
    assert_true(time == SG_TIME_NO_END);
}

static void refuses_other_forms(void **state)
{
    static const struct {
        uint32_t tag;
        const char *text, *words;
    } rows[] = {
        {SG_TAG_UTC_TIME, "2606011200Z", "YYMMDDHHMMSSZ"},   /* no seconds */
        {SG_TAG_UTC_TIME, "260601120000", "YYMMDDHHMMSSZ"},  /* no Z */
        {SG_TAG_UTC_TIME, "2606011200000", "YYMMDDHHMMSSZ"}, /* a digit for Z */
        {SG_TAG_UTC_TIME, "260601120000z", "YYMMDDHHMMSSZ"},
        {SG_TAG_UTC_TIME, "260601120000+0200", "YYMMDDHHMMSSZ"}, /* offset */
        {SG_TAG_UTC_TIME, "2606011200+0200", "YYMMDDHHMMSSZ"},
        {SG_TAG_UTC_TIME, "20260601120000Z", "YYMMDDHHMMSSZ"}, /* the other form's year */
        {SG_TAG_UTC_TIME, "", "YYMMDDHHMMSSZ"},
        {SG_TAG_UTC_TIME, "-10601120000Z", "YYMMDDHHMMSSZ"},
        {SG_TAG_UTC_TIME, "260a01120000Z", "exist"},
        {SG_TAG_UTC_TIME, "26 601120000Z", "exist"},
        {SG_TAG_UTC_TIME, "261301120000Z", "exist"},
        {SG_TAG_UTC_TIME, "260001120000Z", "exist"},
        {SG_TAG_UTC_TIME, "260230120000Z", "exist"},
        {SG_TAG_UTC_TIME, "260601240000Z", "exist"},
        {SG_TAG_UTC_TIME, "260601126000Z", "exist"},
        {SG_TAG_UTC_TIME, "260601120060Z", "exist"},
        {SG_TAG_GENERALIZED_TIME, "20260601120000.5Z", "YYYYMMDDHHMMSSZ"},
        {SG_TAG_GENERALIZED_TIME, "20260601120000,5Z", "YYYYMMDDHHMMSSZ"},
        {SG_TAG_GENERALIZED_TIME, "202606011200Z", "YYYYMMDDHHMMSSZ"},
        {SG_TAG_GENERALIZED_TIME, "20260601120000", "YYYYMMDDHHMMSSZ"},
        {SG_TAG_GENERALIZED_TIME, "20260601120000+01", "YYYYMMDDHHMMSSZ"},
        {SG_TAG_GENERALIZED_TIME, "2o260601120000Z", "YYYYMMDDHHMMSSZ"},
        {SG_TAG_GENERALIZED_TIME, "20250229120000Z", "exist"},
        {SG_TAG_GENERALIZED_TIME, "21000229120000Z", "exist"},
        {SG_TAG_GENERALIZED_TIME, "2026060112000 Z", "exist"},
        {SG_TAG_IA5_STRING, "260601120000Z", "a UTCTime or"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error;
        struct sg_der der = begin(rows[i].tag, rows[i].text, &error);
        const uint8_t *before = der.ptr;
        signet_time time = 42;
        uint32_t tag = 42;
        if (sg_der_time(&der, &time, &tag))
            fail_msg("read \"%s\"", rows[i].text);
        assert_ptr_equal(der.ptr, before);
        assert_true(time == 42 && tag == 42);
        assert_parse_error(&error, rows[i].tag == SG_TAG_IA5_STRING ? 0 : 2, rows[i].words);
    }
}

SG_TEST_MAIN(SG_TEST("B-TIM-1", reads_both_forms), SG_TEST("B-TIM-4", no_known_end_is_a_time),
             SG_TEST("B-TIM-2", refuses_other_forms))
