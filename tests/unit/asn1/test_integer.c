/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/integer.h"
#include "test.h"

static void shows_numbers_of_any_size_and_sign(void **state)
{
    static const struct {
        const char *octets, *text;
    } rows[] = {
        {"00", "00"},
        {"01", "01"},
        {"7f", "7f"},
        {"00 ff", "ff"},
        {"ff", "-01"},
        {"80", "-80"},
        {"ff 00", "-0100"},
        {"80 00", "-8000"},
        {"80 00 00 01", "-7fffffff"},
        {"ff 7f", "-81"},
        {"00 80 00 00 00 00 00 00 00 01", "800000000000000001"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer out;
        sg_buffer_init(&out, 100);
        sg_integer_add_hex(&out, hex(rows[i].octets));
        assert_span_text(sg_buffer_span(&out), rows[i].text);
        sg_buffer_free(&out);
    }
}

SG_TEST_MAIN(SG_TEST("B-SER-2", shows_numbers_of_any_size_and_sign))
