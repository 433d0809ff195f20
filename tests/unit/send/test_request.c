/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "signet/request.h"
#include "test.h"

#include "base/buffer.h"

#define NOON INT64_C(1780315200) /* 2026-06-01T12:00:00Z */

static const struct signet_request request = {"ada@example.com", "bob@example.com", NOON,
                                              "1@example.com"};

static bool keep(void *context, struct signet_span bytes)
{
    sg_buffer_add(context, bytes);
    return ((struct sg_buffer *)context)->status == SIGNET_OK;
}

static const char *written(const struct signet_request *asked, const char *in_reply_to)
{
    struct sg_buffer out;
    struct signet_send_error error;
    sg_buffer_init(&out, 1 << 20);
    assert_int_equal(
        signet_request_write(asked, in_reply_to, &(struct signet_sink){keep, &out}, &error),
        SIGNET_OK);
    assert_string_equal(error.text, "");
    const char *text = as_text(sg_buffer_span(&out));
    sg_buffer_free(&out);
    return text;
}

static void asks_and_its_own_request_is_to_be_answered(void **state)
{
    struct signet_question question;
    const char *text = written(&request, NULL);
    (void)state;
    assert_non_null(strstr(text, "To: bob@example.com\r\n"));
    assert_int_equal(signet_question_judge(sg_span_text(text), "BOB@example.com", &question),
                     SIGNET_OK);
    assert_true(question.answer);
    assert_string_equal(question.from, "ada@example.com");
    assert_string_equal(question.message_id, "1@example.com");
}

static void never_answers_an_answer(void **state)
{
    struct signet_question question;
    const char *text = written(&request, "0@example.com");
    (void)state;
    assert_non_null(strstr(text, "Auto-Submitted: auto-replied\r\n"));
    assert_non_null(strstr(text, "In-Reply-To: <0@example.com>\r\n"));
    assert_int_equal(signet_question_judge(sg_span_text(text), "bob@example.com", &question),
                     SIGNET_OK);
    assert_false(question.answer);
    assert_string_equal(question.from, "");
    assert_true(strlen(question.why) > 0);
}

static void answers_a_sender_once_in_seven_days(void **state)
{
    const signet_time day = 86400;
    (void)state;
    assert_true(signet_question_may_answer(SIGNET_TIME_UNKNOWN, NOON));
    assert_false(signet_question_may_answer(NOON, NOON));
    assert_false(signet_question_may_answer(NOON - 7 * day + 1, NOON));
    assert_true(signet_question_may_answer(NOON - 7 * day, NOON));
    assert_false(signet_question_may_answer(NOON + day, NOON));
}

static void refuses_what_cannot_stand_in_a_header(void **state)
{
    const struct {
        struct signet_request request;
        const char *in_reply_to, *words;
    } rows[] = {
        {{"ada", "bob@example.com", NOON, "1@example.com"}, NULL, "From"},
        {{"ada@example.com", "bob@example.com\r\nBcc: eve@example.com", NOON, "1@example.com"},
         NULL,
         "To"},
        {{"ada@example.com", "bob@example.com", NOON, "1@example.com>\r\nBcc: <x"}, NULL, "ID"},
        {{"ada@example.com", "bob@example.com", NOON, "1@example.com"}, "x\r\ny", "In-Reply-To"},
        {{"ada@example.com", "bob@example.com", SIGNET_TIME_UNKNOWN, "1@example.com"},
         NULL,
         "Date"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer out;
        struct signet_send_error error;
        sg_buffer_init(&out, 1 << 20);
        assert_int_equal(signet_request_write(&rows[i].request, rows[i].in_reply_to,
                                              &(struct signet_sink){keep, &out}, &error),
                         SIGNET_ERR_ARGUMENT);
        if (strstr(error.text, rows[i].words) == NULL)
            fail_msg("%zu: \"%s\"", i, error.text);
        sg_buffer_free(&out);
    }
}

static void takes_addresses_beyond_ascii(void **state)
{
    const struct signet_request wide = {"j\xc3\xb6rg@example.com", "bob@example.com", NOON,
                                        "1@example.com"};
    (void)state;
    assert_non_null(strstr(written(&wide, NULL), "From: j\xc3\xb6rg@example.com\r\n"));
}

static void judges_what_is_none_or_too_long(void **state)
{
    struct signet_question question;
    struct sg_buffer message;
    (void)state;
    assert_int_equal(signet_question_judge(sg_span_text("x"), "no address", &question),
                     SIGNET_ERR_ARGUMENT);
    assert_int_equal(signet_question_judge(sg_span(NULL, 0), "bob@example.com", &question),
                     SIGNET_OK);
    assert_false(question.answer);
    /* A Message-ID that no answer could name. */
    sg_buffer_init(&message, 1 << 20);
    sg_buffer_add_text(&message, "From: ada@example.com\r\nTo: bob@example.com\r\n"
                                 "Signet-Request: certificate\r\nMessage-ID: <");
    sg_buffer_add(&message, repeat(sg_span(NULL, 0), 'a', 2000));
    sg_buffer_add_text(&message, "@example.com>\r\n\r\n");
    assert_int_equal(signet_question_judge(sg_buffer_span(&message), "bob@example.com", &question),
                     SIGNET_OK);
    assert_false(question.answer);
    assert_string_equal(question.message_id, "");
    sg_buffer_free(&message);
}

static void survives_every_want_of_memory(void **state)
{
    struct signet_question question;
    struct signet_span text = sg_span_text(written(&request, NULL));
    (void)state;
    for (size_t n = 0;; n++) {
        fault_begin(n);
        enum signet_status status = signet_question_judge(text, "bob@example.com", &question);
        fault_end();
        if (status == SIGNET_OK)
            break;
        assert_int_equal(status, SIGNET_ERR_MEMORY);
        assert_false(question.answer);
    }
    assert_true(question.answer);
}

SG_TEST_MAIN(SG_TEST("A-4-3", asks_and_its_own_request_is_to_be_answered),
             SG_TEST("A-4-3", never_answers_an_answer),
             SG_TEST("A-4-3", answers_a_sender_once_in_seven_days),
             SG_TEST("", refuses_what_cannot_stand_in_a_header),
             SG_TEST("", takes_addresses_beyond_ascii),
             SG_TEST("", judges_what_is_none_or_too_long),
             SG_TEST("", survives_every_want_of_memory))
