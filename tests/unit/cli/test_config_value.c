/* SPDX-License-Identifier: Apache-2.0 */
#include "config_value.h"

#include "test.h"

static void reads_durations(void **state)
{
    static const struct {
        const char *text;
        int64_t milliseconds; /* -1: refused */
    } rows[] = {
        {"0", 0},
        {"5", 5000},
        {"5s", 5000},
        {"500ms", 500},
        {"2m", 120000},
        {"12h", 43200000},
        {"1d", 86400000},
        {"36525d", 3155760000000},
        {"36526d", -1},
        {"", -1},
        {"s", -1},
        {"5 s", -1},
        {"-5s", -1},
        {"+5s", -1},
        {"5.5s", -1},
        {"5S", -1},
        {"5sec", -1},
        {"1000000000ms", 1000000000},
        {"1000000001ms", -1},
        {"99999999999999999999s", -1},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        int64_t milliseconds;
        bool good = value_duration(rows[i].text, &milliseconds);
        if (good != (rows[i].milliseconds >= 0) || (good && milliseconds != rows[i].milliseconds))
            fail_msg("%s", rows[i].text);
    }
}

static void reads_sizes_and_numbers(void **state)
{
    int64_t number;
    (void)state;
    assert_true(value_size("3", &number) && number == 3);
    assert_true(value_size("3K", &number) && number == 3072);
    assert_true(value_size("2M", &number) && number == 2 << 20);
    assert_true(value_size("1024G", &number) && number == (int64_t)1 << 40);
    assert_false(value_size("1025G", &number));
    assert_false(value_size("1T", &number));
    assert_false(value_size("0x10", &number));
    assert_true(value_number("1000000000", &number) && number == 1000000000);
    assert_false(value_number("1000000001", &number));
    assert_false(value_number("1 ", &number));
}

static void reads_words(void **state)
{
    bool flag = false;
    (void)state;
    assert_true(value_flag("yes", &flag) && flag);
    assert_true(value_flag("off", &flag) && !flag);
    assert_true(value_flag("true", &flag) && flag);
    assert_false(value_flag("YES", &flag));
    assert_false(value_flag("", &flag));
    assert_true(value_word("b", "a|b|cd"));
    assert_false(value_word("c", "a|b|cd"));
    assert_false(value_word("a|b", "a|b|cd"));
    assert_false(value_word("", "a|b"));
    assert_true(value_order(" b  a ", "a|b|cd"));
    assert_true(value_order("cd", "a|b|cd"));
    assert_false(value_order("a a", "a|b|cd"));
    assert_false(value_order("a,b", "a|b|cd"));
    assert_false(value_order("  ", "a|b|cd"));
}

SG_TEST_MAIN(SG_TEST("", reads_durations), SG_TEST("", reads_sizes_and_numbers),
             SG_TEST("", reads_words))
