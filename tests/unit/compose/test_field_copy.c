/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

#include "compose/field.h"

static void cleans_line_ends_and_blanks(void **state)
{
    (void)state;
    static const struct {
        const char *value, *field;
    } rows[] = {
        {"", "X:\r\n"},
        {" a", "X: a\r\n"},
        {" a \n b\t\r\n\tc", "X: a\r\n b\r\n\tc\r\n"},
        {"\n a", "X:\r\n a\r\n"},
        {" a\n \n\t \n b", "X: a\r\n b\r\n"}, /* a line of blanks would end the header */
        {" \xe9", "X: \xe9\r\n"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct sg_header header = {text_bytes("X"), text_bytes(rows[i].value)};
        struct kept kept;
        assert_true(sg_field_can_copy(&header));
        sg_field_copy(keep_begin(&kept), &header);
        assert_span_text(keep_end(&kept), rows[i].field);
    }
}

static void folds_lines_that_are_too_long(void **state)
{
    (void)state;
    struct kept kept;
    struct sg_writer *writer = keep_begin(&kept);
    for (size_t i = 0; i < 1000; i++)
        sg_writer_add_text(writer, " 123456789");
    struct signet_span value = keep_end(&kept);
    const struct sg_header header = {text_bytes("References"), value};
    assert_true(sg_field_can_copy(&header));
    sg_field_copy(keep_begin(&kept), &header);
    struct signet_span field = keep_end(&kept);
    size_t column = 0, num_words = 0;
    for (size_t i = 0; i < field.len; i++) {
        column = field.ptr[i] == '\n' ? 0 : column + 1;
        assert_true(column <= 999); /* with the CR */
        num_words += field.ptr[i] == '9';
        assert_false(field.ptr[i] == '\n' && i > 1 && field.ptr[i - 2] == ' ');
    }
    assert_int_equal(num_words, 1000);
}

static void refuses_what_it_cannot_fold(void **state)
{
    (void)state;
    const struct signet_span bad[] = {
        repeat(text_bytes(" "), 'x', 997), sg_test_copy(" a\0b", 4), text_bytes(" a\rb"),
        repeat(text_bytes(" a\n"), ' ', 2000), /* blanks only: left out */
        repeat(text_bytes(" a\n "), 'x', 998)};
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        const struct sg_header header = {text_bytes("X"), bad[i]};
        assert_int_equal(sg_field_can_copy(&header), i == 3);
    }
    const struct sg_header longest = {text_bytes("X"), repeat(text_bytes(" "), 'x', 995)};
    assert_true(sg_field_can_copy(&longest));
    const struct sg_header long_name = {repeat(text_bytes("X"), 'x', 600), text_bytes(" a")};
    assert_false(sg_field_can_copy(&long_name));
}

SG_TEST_MAIN(SG_TEST("", cleans_line_ends_and_blanks), SG_TEST("", folds_lines_that_are_too_long),
             SG_TEST("", refuses_what_it_cannot_fold))
