/* SPDX-License-Identifier: Apache-2.0 */
#include "sink.h"

#include "compose/request.h"

static struct sg_arena arena;

static struct sg_headers headers_of(struct signet_span message)
{
    struct sg_headers headers;
    size_t len;
    assert_true(sg_headers_parse(message, &arena, &headers, &len));
    return headers;
}

static struct sg_mailbox mailbox(const char *address)
{
    struct sg_mailbox parsed;
    assert_true(sg_mailbox_parse(text_bytes(address), &arena, &parsed));
    return parsed;
}

static enum sg_request_rule judge(struct signet_span message, const char *own,
                                  struct sg_request_question *question)
{
    struct sg_headers headers = headers_of(message);
    struct sg_mailbox us = mailbox(own);
    enum sg_request_rule rule;
    assert_true(sg_request_judge(&headers, &us, &arena, &rule, question));
    return rule;
}

static struct sg_request ann_to_bob(void)
{
    struct sg_request request = {
        .from = {text_bytes("Ann"), text_bytes("ann@example.org")},
        .to = {text_bytes(""), text_bytes("bob@example.net")},
        .date = 1795293900,
        .message_id = text_bytes("1@example.org"),
    };
    return request;
}

static struct signet_span written(const struct sg_request *request)
{
    struct kept kept;
    assert_int_equal(sg_request_write(request, keep_begin(&kept), &arena, NULL), SIGNET_OK);
    return keep_end(&kept);
}

static void is_answered_once(void **state)
{
    (void)state;
    sg_arena_init(&arena, (size_t)1 << 24);
    struct sg_request request = ann_to_bob();
    struct signet_span message = written(&request);
    static const char start[] = "From: Ann <ann@example.org>\r\nTo: bob@example.net\r\n"
                                "Subject: Please send me your certificate\r\n"
                                "Date: Sat, 21 Nov 2026 ";
    assert_int_equal(strncmp(as_text(message), start, strlen(start)), 0);
    struct sg_request_question question;
    assert_int_equal(judge(message, "BOB@example.net", &question), SG_REQUEST_ANSWER);
    assert_span_text(question.from.text, "ann@example.org");
    assert_span_text(question.message_id, "1@example.org");

    struct sg_request answer = {
        .from = {text_bytes("Bob"), text_bytes("bob@example.net")},
        .to = {question.from.display, question.from.text},
        .date = request.date + 60,
        .message_id = text_bytes("2@example.net"),
    };
    struct kept kept;
    assert_int_equal(
        sg_request_write_answer(&answer, question.message_id, keep_begin(&kept), &arena, NULL),
        SIGNET_OK);
    struct signet_span reply = keep_end(&kept);
    assert_non_null(strstr(as_text(reply), "\r\nIn-Reply-To: <1@example.org>\r\n"));
    assert_non_null(strstr(as_text(reply), "\r\nReferences: <1@example.org>\r\n"));
    assert_non_null(strstr(as_text(reply), "\r\nAuto-Submitted: auto-replied\r\n"));
    assert_int_equal(judge(reply, "ann@example.org", &question), SG_REQUEST_NONE);
    /* Even with our marker on it, an answer is not answered. */
    sg_writer_add_text(keep_begin(&kept), "Signet-Request: certificate\r\n");
    sg_writer_add(&kept.writer, reply);
    assert_int_equal(judge(keep_end(&kept), "ann@example.org", &question), SG_REQUEST_AUTOMATIC);
}

#define GOOD "Signet-Request: Certificate\nMessage-ID: <1@x>\n"
#define FROM "From: ann@example.org\n"
#define TO   "To: x@y.example, Bob <bob@example.net>\n"

static void keeps_to_the_rules_of_rfc_3834(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum sg_request_rule rule;
    } rows[] = {
        {GOOD FROM TO, SG_REQUEST_ANSWER},
        {GOOD FROM "Cc: bob@example.net\n", SG_REQUEST_ANSWER},
        {GOOD FROM TO "Auto-Submitted: No (a person)\n", SG_REQUEST_ANSWER},
        {GOOD FROM TO "Return-Path: <ann@example.org>\n", SG_REQUEST_ANSWER},
        {GOOD FROM TO "Precedence: first-class\n", SG_REQUEST_ANSWER},
        {FROM TO, SG_REQUEST_NONE},
        {"Signet-Request: certificates\n" FROM TO, SG_REQUEST_NONE},
        {"Signet-Request:\n" FROM TO, SG_REQUEST_NONE},
        {GOOD FROM TO "Auto-Submitted: auto-generated\n", SG_REQUEST_AUTOMATIC},
        {GOOD FROM TO "Auto-Submitted: auto-replied; x=y\n", SG_REQUEST_AUTOMATIC},
        {GOOD FROM TO "Auto-Submitted:\n", SG_REQUEST_AUTOMATIC},
        {GOOD FROM TO "Return-Path: <>\n", SG_REQUEST_AUTOMATIC},
        {GOOD FROM TO "Precedence: Bulk\n", SG_REQUEST_LIST},
        {GOOD FROM TO "Precedence: list\n", SG_REQUEST_LIST},
        {GOOD FROM TO "List-Id: <l.example.org>\n", SG_REQUEST_LIST},
        {GOOD FROM TO "List-Unsubscribe: <mailto:x@y.example>\n", SG_REQUEST_LIST},
        {GOOD FROM TO "In-Reply-To: <2@x>\n", SG_REQUEST_REPLY},
        {GOOD FROM TO "References:\n <2@x>\n", SG_REQUEST_REPLY},
        {GOOD FROM, SG_REQUEST_NOT_TO_US},
        {GOOD FROM "To: eve@example.net\n", SG_REQUEST_NOT_TO_US},
        {GOOD FROM "To: \"bob@example.net\" <eve@example.net>\n", SG_REQUEST_NOT_TO_US},
        {GOOD "From: bob@example.net\n" TO, SG_REQUEST_FROM_US},
        {GOOD "From: BOB@EXAMPLE.NET\n" TO, SG_REQUEST_FROM_US},
        {GOOD "From: MAILER-DAEMON@example.org\n" TO, SG_REQUEST_FROM_PROGRAM},
        {GOOD "From: owner-l@example.org\n" TO, SG_REQUEST_FROM_PROGRAM},
        {GOOD "From: l-request@example.org\n" TO, SG_REQUEST_FROM_PROGRAM},
        {GOOD "From: No-Reply@example.org\n" TO, SG_REQUEST_FROM_PROGRAM},
        {GOOD TO, SG_REQUEST_MALFORMED},
        {GOOD "From: ann@example.org, eve@example.org\n" TO, SG_REQUEST_MALFORMED},
        {GOOD "From: ann\n" TO, SG_REQUEST_MALFORMED},
        {GOOD FROM FROM TO, SG_REQUEST_MALFORMED},
        {GOOD FROM TO TO, SG_REQUEST_MALFORMED},
        {GOOD GOOD FROM TO, SG_REQUEST_MALFORMED},
        {GOOD FROM TO "Auto-Submitted: no\nAuto-Submitted: no\n", SG_REQUEST_MALFORMED},
        {"Signet-Request: certificate\n" FROM TO, SG_REQUEST_MALFORMED},
        {"Signet-Request: certificate\nMessage-ID: 1@x\n" FROM TO, SG_REQUEST_MALFORMED},
        {GOOD FROM TO "no field\n", SG_REQUEST_MALFORMED},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char message[1024];
        snprintf(message, sizeof(message), "%s\nbody\n", rows[i].header);
        struct sg_request_question question;
        enum sg_request_rule rule = judge(text_bytes(message), "bob@example.net", &question);
        if (rule != rows[i].rule)
            fail_msg("row %zu: %s", i, sg_request_rule_text(rule));
    }
}

static void answers_nobody_often(void **state)
{
    (void)state;
    const signet_time now = 1795293900;
    assert_int_equal(sg_request_pace(SIGNET_TIME_UNKNOWN, now), SG_REQUEST_ANSWER);
    assert_int_equal(sg_request_pace(now - SG_REQUEST_INTERVAL, now), SG_REQUEST_ANSWER);
    assert_int_equal(sg_request_pace(now - SG_REQUEST_INTERVAL + 1, now), SG_REQUEST_TOO_SOON);
    assert_int_equal(sg_request_pace(now, now), SG_REQUEST_TOO_SOON);
    assert_int_equal(sg_request_pace(now + 1, now), SG_REQUEST_TOO_SOON);
    assert_int_equal(sg_request_pace(INT64_MIN + 1, INT64_MAX), SG_REQUEST_TOO_SOON);
}

static void names_the_field_that_cannot_be_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct sg_request request = ann_to_bob();
        static const char *const names[] = {"From", "To", "Date", "Message-ID", "In-Reply-To"};
        request.from.address = i == 0 ? text_bytes("ann\r\nX: y") : request.from.address;
        request.to.display = i == 1 ? text_bytes("a\nb") : request.to.display;
        request.date = i == 2 ? SIGNET_TIME_UNKNOWN : request.date;
        request.message_id = i == 3 ? text_bytes("") : request.message_id;
        struct kept kept;
        struct sg_compose_error error = {NULL, NULL};
        enum signet_status status =
            i == 4 ? sg_request_write_answer(&request, text_bytes("<1@x>"), keep_begin(&kept),
                                             &arena, &error)
                   : sg_request_write(&request, keep_begin(&kept), &arena, &error);
        assert_int_equal(status, SIGNET_ERR_ARGUMENT);
        assert_string_equal(error.where, names[i]);
        (void)keep_end(&kept);
    }
}

static void tells_want_of_memory(void **state)
{
    (void)state;
    struct sg_headers headers = headers_of(text_bytes(GOOD FROM TO "\n"));
    struct sg_mailbox us = mailbox("bob@example.net");
    struct sg_arena none;
    sg_arena_init(&none, 0);
    enum sg_request_rule rule;
    struct sg_request_question question;
    assert_false(sg_request_judge(&headers, &us, &none, &rule, &question));
    sg_arena_clear(&none);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", is_answered_once), SG_TEST("", keeps_to_the_rules_of_rfc_3834),
             SG_TEST("", answers_nobody_often), SG_TEST("", names_the_field_that_cannot_be_written),
             SG_TEST("", tells_want_of_memory))
