/* SPDX-License-Identifier: Apache-2.0 */
#include "compose.h"
#include "fault.h"

static struct sg_arena arena;

static enum signet_status prepare(struct signet_span message, struct sg_content *content)
{
    struct sg_compose_error error = {NULL, NULL};
    sg_arena_clear(&arena);
    sg_arena_init(&arena, COMPOSE_ARENA);
    enum signet_status status = sg_content_prepare(message, &arena, content, &error);
    return status != SIGNET_OK ? status : sg_content_protect(content, &arena, &error);
}

static void repeats_what_the_sender_wrote(void **state)
{
    (void)state;
    static const struct {
        const char *message, *entity;
    } rows[] = {
        {"Received: x\nReturn-Path: <a@example.org>\nFrom: a@example.org\nTo: b@example.org,\n "
         "c@example.org \n"
         "Bcc: d@example.org\nSubject: caf\xc3\xa9\nX-Name: caf\xc3\xa9\nMIME-Version: "
         "1.0\n\nhello\n",
         "From: a@example.org\r\nTo: b@example.org,\r\n c@example.org\r\n"
         "Subject: =?UTF-8?B?Y2Fmw6k=?=\r\n"
         "Content-Type: text/plain; charset=us-ascii;\r\n hp=\"clear\"\r\n\r\nhello\r\n"},
        {"From: a@example.org\nContent-Type: multipart/mixed;\n boundary=b ; \n\n--b\n\nx\n--b--\n",
         "From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b;\r\n "
         "hp=\"clear\"\r\n\r\n"
         "--b\r\n\r\nx\r\n--b--\r\n"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_content content;
        assert_int_equal(prepare(text_bytes(rows[i].message), &content), SIGNET_OK);
        struct signet_span entity = entity_of(&content);
        assert_span_text(entity, rows[i].entity);
        assert_canonical(entity);
        struct sg_part *mail = assert_read_back(&content, entity, &arena);
        assert_span_text(sg_mime_param_find(&mail->children[0].type, "hp"), "clear");
    }
}

static void survives_want_of_memory(void **state)
{
    (void)state;
    struct signet_span message = text_bytes("From: a@example.org\nSubject: \xc3\xa9\n\nhello\n");
    struct sg_content content;
    size_t n = 0;
    for (; fault_begin(n), prepare(message, &content) != SIGNET_OK; n++)
        assert_true(n < 100);
    fault_end();
    assert_true(n > 0);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("D-HDR-1", repeats_what_the_sender_wrote),
             SG_TEST("", survives_want_of_memory))
