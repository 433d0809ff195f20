/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "compose/survey.h"

static void sees_what_transports_change(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool eight_bit, utf8, unfit, fragile;
        size_t num_escapes;
    } rows[] = {
        {"", false, true, false, false, 0},
        {"plain\r\ntext\n\ttab", false, true, false, false, 0},
        {"a=b", false, true, false, false, 1},
        {"caf\xc3\xa9", true, true, false, false, 2},
        {"caf\xe9", true, false, false, false, 1},
        {"bare\rcr", false, true, true, false, 1},
        {"two\r\r\n", false, true, true, false, 1},
        {"cr at the end\r", false, true, true, false, 1},
        {"trailing \n", false, true, false, true, 0},
        {"trailing\t\r\nx", false, true, false, true, 0},
        {"trailing ", false, true, false, true, 0},
        {"From here", false, true, false, true, 0},
        {"x\nFrom here", false, true, false, true, 0},
        {"From", false, true, false, false, 0},
        {" From here", false, true, false, false, 0},
        {"\x1b[1m\x7f", false, true, false, false, 2},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_survey survey = sg_survey_make(text_bytes(rows[i].text));
        if (survey.eight_bit != rows[i].eight_bit || survey.utf8 != rows[i].utf8 ||
            survey.unfit != rows[i].unfit || survey.fragile != rows[i].fragile ||
            survey.num_escapes != rows[i].num_escapes)
            fail_msg("row %zu: \"%s\"", i, rows[i].text);
    }
    assert_true(sg_survey_make(sg_span("a\0b", 3)).unfit);
}

static void measures_lines(void **state)
{
    (void)state;
    assert_false(sg_survey_make(repeat(text_bytes("x\n"), 'y', 998)).unfit);
    assert_true(sg_survey_make(repeat(text_bytes("x\n"), 'y', 999)).unfit);
}

SG_TEST_MAIN(SG_TEST("C-MIME-13", sees_what_transports_change), SG_TEST("", measures_lines))
