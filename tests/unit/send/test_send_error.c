/* SPDX-License-Identifier: Apache-2.0 */
#include "send/send_error.h"
#include "test.h"

static void names_the_message_a_part_or_a_field(void **state)
{
    static const struct {
        const char *where, *text;
    } rows[] = {
        {"", "the message cannot be sent: it is odd"},
        {"1.2", "part 1.2 cannot be sent: it is odd"},
        {"Subject", "the field Subject cannot be sent: it is odd"},
    };
    struct signet_send_error error;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        sg_send_error_set(&error, &(struct sg_compose_error){rows[i].where, "it is odd"});
        assert_string_equal(error.text, rows[i].text);
    }
    sg_send_error_set(&error, &(struct sg_compose_error){NULL, NULL});
    assert_string_equal(error.text, "");
    sg_send_error_set(NULL, &(struct sg_compose_error){"", "it is odd"});
}

static void escapes_names_and_cuts_long_ones(void **state)
{
    char name[300];
    struct signet_send_error error;
    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    name[0] = '\x1b';
    name[sizeof(name) - 1] = '\0';
    sg_send_error_set(&error, &(struct sg_compose_error){name, "it is odd"});
    assert_non_null(strstr(error.text, "the field \\x1bxxx"));
    assert_non_null(strstr(error.text, "x cannot be sent: it is odd"));
}

SG_TEST_MAIN(SG_TEST("", names_the_message_a_part_or_a_field),
             SG_TEST("", escapes_names_and_cuts_long_ones))
