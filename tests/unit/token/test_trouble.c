/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "token/trouble.h"

static void keeps_the_first_trouble(void **state)
{
    (void)state;
    struct signet_token_report report = {.trouble = SIGNET_TOKEN_FINE};
    assert_int_equal(sg_token_fail(&report, SIGNET_TOKEN_EMPTY, "%s has %d", "a\x1b", 1),
                     SIGNET_ERR_IO);
    assert_int_equal(sg_token_fail(&report, SIGNET_TOKEN_FAILED, "later"), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_EMPTY);
    assert_string_equal(report.text, "a\\x1b has 1");
}

static void cuts_what_is_too_long_between_characters(void **state)
{
    (void)state;
    char out[SIGNET_TOKEN_TEXT_SIZE];
    struct signet_span blanks = repeat(text_bytes(""), 'x', SIGNET_TOKEN_TEXT_SIZE - 2);
    uint8_t *text = sg_test_keep(malloc(blanks.len + 2));
    memcpy(text, blanks.ptr, blanks.len);
    memcpy(text + blanks.len, "\xc3\xa9", 2);
    sg_token_set_text(out, sg_span(text, blanks.len + 2));
    assert_int_equal(strlen(out), SIGNET_TOKEN_TEXT_SIZE - 2);
    sg_token_set_text(out, repeat(text_bytes(""), 0xff, 4096));
    assert_true(strlen(out) < SIGNET_TOKEN_TEXT_SIZE);
    sg_token_set_text(out, (struct signet_span){NULL, 0});
    assert_string_equal(out, "");
}

SG_TEST_MAIN(SG_TEST("", keeps_the_first_trouble),
             SG_TEST("", cuts_what_is_too_long_between_characters))
