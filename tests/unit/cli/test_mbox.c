/* SPDX-License-Identifier: Apache-2.0 */
#include "mbox.h"

#include "test.h"

static void finds_each_message(void **state)
{
    static const struct {
        const char *mbox;
        size_t num;
        const char *messages[3];
    } rows[] = {
        {"From a\nA: 1\n\nx\n", 1, {"A: 1\n\nx\n"}},
        {"From a\nA: 1\n\nx\n\nFrom b\nB: 2\n\ny\n\n", 2, {"A: 1\n\nx\n", "B: 2\n\ny\n"}},
        {"From a\r\nA: 1\r\n\r\nx\r\n\r\nFrom b\r\nB: 2\r\n", 2, {"A: 1\r\n\r\nx\r\n", "B: 2\r\n"}},
        {"From a\nA: 1\n\nx\nFrom the text\n",
         1,
         {"A: 1\n\nx\nFrom the text\n"}}, /* no empty line */
        {"From a\nA: 1\n\n>From quoted\n", 1, {"A: 1\n\n>From quoted\n"}},
        {"From a\n\nFrom b\nB: 2\n", 2, {"", "B: 2\n"}},
        {"From a\nA: 1\n\nx\n\n\nFrom b\n", 2, {"A: 1\n\nx\n\n", ""}}, /* one empty line goes */
        {"From a", 1, {""}},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span bytes = text_bytes(rows[i].mbox), message;
        struct mbox mbox = mbox_begin(bytes);
        assert_true(mbox_is(bytes));
        for (size_t k = 0; k < rows[i].num; k++) {
            if (!mbox_next(&mbox, &message))
                fail_msg("row %zu has only %zu messages", i, k);
            assert_span_text(message, rows[i].messages[k]);
        }
        assert_false(mbox_next(&mbox, &message));
    }
}

static void knows_what_is_none(void **state)
{
    (void)state;
    assert_false(mbox_is(text_bytes("")));
    assert_false(mbox_is(text_bytes("From")));
    assert_false(mbox_is(text_bytes("From: a@example.com\n")));
    assert_false(mbox_is(text_bytes(">From a\n")));
}

SG_TEST_MAIN(SG_TEST("", finds_each_message), SG_TEST("", knows_what_is_none))
