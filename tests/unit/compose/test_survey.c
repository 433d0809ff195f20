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

static struct sg_survey survey_plainly(struct signet_span bytes)
{
    struct sg_survey survey = {.utf8 = true};
    size_t line_len = 0;
    for (size_t i = 0; i <= bytes.len; i++) {
        bool ended = i == bytes.len || bytes.ptr[i] == '\n';
        uint8_t byte = i < bytes.len ? bytes.ptr[i] : 0;
        if (!ended) {
            bool line_end = byte == '\r' && i + 1 < bytes.len && bytes.ptr[i + 1] == '\n';
            survey.eight_bit |= byte >= 0x80;
            survey.unfit |= byte == '\0' || (byte == '\r' && !line_end);
            survey.num_escapes += !line_end && (byte == '=' || byte == 0x7f || byte >= 0x80 ||
                                                (byte < 0x20 && byte != '\t'));
            line_len += !line_end;
            continue;
        }
        const uint8_t *end = bytes.ptr + i;
        if (i > 0 && end[-1] == '\r' && i < bytes.len)
            end--;
        survey.unfit |= line_len > 998;
        survey.fragile |= line_len > 0 && (end[-1] == ' ' || end[-1] == '\t');
        survey.fragile |= line_len >= 5 && memcmp(end - line_len, "From ", 5) == 0;
        line_len = 0;
    }
    return survey;
}

/* In texts of all lengths, with one octet of any kind in any place. */
static void sees_what_the_plain_definition_sees(void **state)
{
    static const char *const texts[] = {"x", "From x", "x \r\n", "abcdefghijklmno\r\n", "=\t"};
    uint8_t text[90];
    (void)state;
    for (size_t i = 0; i < SG_NUM(texts) * 80; i++) {
        size_t len = i / SG_NUM(texts), part = strlen(texts[i % SG_NUM(texts)]);
        for (unsigned octet = 0; octet < 256; octet += octet < 64 ? 1 : 13) {
            for (size_t k = 0; k < len; k++)
                text[k] = (uint8_t)texts[i % SG_NUM(texts)][k % part];
            if (len > 0)
                text[octet * 7 % len] = (uint8_t)octet;
            struct signet_span bytes = sg_test_copy(text, len);
            struct sg_survey survey = sg_survey_make(bytes), plain = survey_plainly(bytes);
            if (survey.eight_bit != plain.eight_bit || survey.unfit != plain.unfit ||
                survey.fragile != plain.fragile || survey.num_escapes != plain.num_escapes)
                fail_msg("text %zu with octet %u", i, octet);
        }
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-13", sees_what_transports_change),
             SG_TEST("C-MIME-13", sees_what_the_plain_definition_sees), SG_TEST("", measures_lines))
