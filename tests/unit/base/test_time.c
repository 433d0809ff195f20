/* SPDX-License-Identifier: Apache-2.0 */
#include "base/time.h"
#include "test.h"

static const struct {
    struct sg_civil civil;
    signet_time time;
    const char *text;
} known[] = {
    {{1970, 1, 1, 0, 0, 0}, 0, "1970-01-01T00:00:00Z"},
    {{1969, 12, 31, 23, 59, 59}, -1, "1969-12-31T23:59:59Z"},
    {{2000, 2, 29, 12, 0, 0}, 951825600, "2000-02-29T12:00:00Z"},
    {{2000, 3, 1, 0, 0, 0}, 951868800, "2000-03-01T00:00:00Z"},
    {{1950, 1, 1, 0, 0, 0}, -631152000, "1950-01-01T00:00:00Z"},
    {{2038, 1, 19, 3, 14, 8}, INT64_C(2147483648), "2038-01-19T03:14:08Z"},
    {{2106, 2, 7, 6, 28, 16}, INT64_C(4294967296), "2106-02-07T06:28:16Z"},
    {{1900, 3, 1, 0, 0, 0}, INT64_C(-2203891200), "1900-03-01T00:00:00Z"},
    {{0, 1, 1, 0, 0, 0}, INT64_C(-62167219200), "0000-01-01T00:00:00Z"},
    {{9999, 12, 31, 23, 59, 59}, SG_TIME_NO_END, "9999-12-31T23:59:59Z"},
};

static void converts_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(known); i++) {
        signet_time time = 1;
        struct sg_civil civil;
        char text[SIGNET_TIME_TEXT_SIZE];
        assert_true(sg_time_from_civil(&known[i].civil, &time));
        assert_true(time == known[i].time);
        sg_time_to_civil(time, &civil);
        assert_memory_equal(&civil, &known[i].civil, sizeof(civil));
        signet_time_format(time, text);
        assert_string_equal(text, known[i].text);
        time = 1;
        assert_true(signet_time_parse(text, &time));
        assert_true(time == known[i].time);
    }
}

static void every_day_follows_the_one_before(void **state)
{
    (void)state;
    struct sg_civil last = {.month = 1}; /* the day before 0000-01-01 */
    for (signet_time time = INT64_C(-62167219200); time <= SG_TIME_NO_END; time += 86400) {
        struct sg_civil civil;
        signet_time back = 0;
        sg_time_to_civil(time, &civil);
        bool same_month = civil.day == last.day + 1 && civil.month == last.month;
        bool next_month = civil.day == 1 && last.day >= 28 && civil.month == last.month % 12 + 1;
        bool next = (same_month || next_month) &&
                    civil.year == last.year + (next_month && civil.month == 1);
        if (!next || !sg_time_from_civil(&civil, &back) || back != time)
            fail_msg("%04d-%02d-%02d", civil.year, civil.month, civil.day);
        last = civil;
    }
    assert_true(last.year == 9999 && last.month == 12 && last.day == 31);
}

static void refuses_dates_that_do_not_exist(void **state)
{
    static const struct sg_civil rows[] = {
        {2026, 13, 1, 0, 0, 0}, {2026, 0, 1, 0, 0, 0},  {2026, 1, 0, 0, 0, 0},
        {2026, 1, 32, 0, 0, 0}, {2026, 2, 30, 0, 0, 0}, {2026, 2, 29, 0, 0, 0},
        {2100, 2, 29, 0, 0, 0}, {1900, 2, 29, 0, 0, 0}, {2026, 4, 31, 0, 0, 0},
        {2026, 1, 1, 24, 0, 0}, {2026, 1, 1, 0, 60, 0}, {2026, 1, 1, 0, 0, 60},
        {-1, 1, 1, 0, 0, 0},    {10000, 1, 1, 0, 0, 0}, {2026, 1, 1, -1, 0, 0},
        {2026, 1, 1, 0, -1, 0}, {2026, 1, 1, 0, 0, -1}, {2026, -1, 1, 0, 0, 0},
        {2026, 1, -1, 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        signet_time time = 42;
        assert_false(sg_time_from_civil(&rows[i], &time));
        assert_true(time == 42);
    }
}

static void times_without_a_text(void **state)
{
    static const signet_time rows[] = {SIGNET_TIME_UNKNOWN, INT64_C(-62167219201),
                                       SG_TIME_NO_END + 1, INT64_MAX};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char text[SIGNET_TIME_TEXT_SIZE];
        struct sg_civil civil;
        signet_time_format(rows[i], text);
        assert_string_equal(text, "unknown");
        sg_time_to_civil(rows[i], &civil);
        assert_int_equal(civil.year, rows[i] < 0 ? 0 : 9999);
    }
}

static void reads_rfc_3339(void **state)
{
    static const struct {
        const char *text;
        signet_time time;
    } rows[] = {
        {"2026-06-01", 1780272000},
        {"2026-06-01T00:00:00Z", 1780272000},
        {"2026-06-01t00:00:00z", 1780272000},
        {"2026-06-01 00:00:00Z", 1780272000},
        {"2026-06-01T02:00:00+02:00", 1780272000},
        {"2026-05-31T18:30:00-05:30", 1780272000},
        {"2026-06-01T00:00:00-00:00", 1780272000},
        {"2026-06-01T00:00:00.999Z", 1780272000},
        {"2026-06-01T00:00:00.123456789012345678901234567890+00:00", 1780272000},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        signet_time time = 0;
        if (!signet_time_parse(rows[i].text, &time) || time != rows[i].time)
            fail_msg("\"%s\" is %lld", rows[i].text, (long long)time);
    }
}

static void refuses_what_is_not_rfc_3339(void **state)
{
    static const char *const rows[] = {
        "",
        "2",
        "2026",
        "2026-06",
        "2026-6-1",
        "26-06-01",
        "2026-06-01T",
        "2026-06-01T00:00Z",
        "2026-06-01T00:00:00",
        "2026-06-01T00:00:00.Z",
        "2026-06-01T00:00:00ZZ",
        "2026-06-01T00:00:00+2:00",
        "2026-06-01T00:00:00+0200",
        "2026-06-01T00:00:00+24:00",
        "2026-06-01T00:00:00+02:60",
        "2026-06-01T24:00:00Z",
        "2026-06-01T00:00:60Z",
        "2026-02-30",
        "2026-13-01",
        "2026-06-01 ",
        " 2026-06-01",
        "+026-06-01",
        "2026/06/01",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "20260601120000Z",
        "2026-06-01x",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        signet_time time = 42;
        if (signet_time_parse(as_text(text_bytes(rows[i])), &time))
            fail_msg("read \"%s\"", rows[i]);
        assert_true(time == 42);
    }
}

SG_TEST_MAIN(SG_TEST("B-TIM-1", converts_both_ways), SG_TEST("", every_day_follows_the_one_before),
             SG_TEST("B-TIM-2", refuses_dates_that_do_not_exist), SG_TEST("", times_without_a_text),
             SG_TEST("", reads_rfc_3339), SG_TEST("", refuses_what_is_not_rfc_3339))
