/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/request.h"

#include "base/text.h"
#include "compose/request.h"
#include "send/send_error.h"

/* Octets that parsing may take: some fields of one message. */
#define MAX_WORK ((size_t)64 << 20)

static bool is_ascii(const char *text)
{
    return sg_text_is_ascii(sg_span_text(text));
}

enum signet_status signet_request_write(const struct signet_request *request,
                                        const char *in_reply_to, const struct signet_sink *sink,
                                        struct signet_send_error *error)
{
    const struct sg_request wanted = {
        .from = {.address = sg_span_text(request->from)},
        .to = {.address = sg_span_text(request->to)},
        .date = request->date,
        .message_id = sg_span_text(request->message_id),
        .charset =
            is_ascii(request->from) && is_ascii(request->to) ? SG_FIELD_ASCII : SG_FIELD_UTF8,
    };
    struct sg_compose_error composing = {NULL, NULL};
    struct sg_arena arena;
    struct sg_writer writer;
    sg_arena_init(&arena, MAX_WORK);
    sg_writer_init(&writer, sink);
    enum signet_status status = in_reply_to == NULL
                                    ? sg_request_write(&wanted, &writer, &arena, &composing)
                                    : sg_request_write_answer(&wanted, sg_span_text(in_reply_to),
                                                              &writer, &arena, &composing);
    if (status == SIGNET_OK)
        status = sg_writer_finish(&writer);
    sg_send_error_set(error, &composing);
    sg_arena_clear(&arena);
    return status;
}

/* False: TEXT does not fit, or holds a NUL. */
static bool copy(struct signet_span text, char *out, size_t size)
{
    if (text.len >= size || memchr(text.ptr, '\0', text.len) != NULL)
        return false;
    memcpy(out, text.ptr, text.len);
    out[text.len] = '\0';
    return true;
}

static enum signet_status judge(struct signet_span message, const char *own, struct sg_arena *arena,
                                struct signet_question *question)
{
    struct sg_request_question asked;
    struct sg_headers headers;
    struct sg_mailbox mailbox;
    enum sg_request_rule rule;
    size_t header_len;
    if (!sg_mailbox_parse(sg_span_text(own), arena, &mailbox))
        return arena->failed ? sg_arena_status(arena) : SIGNET_ERR_ARGUMENT;
    if (!sg_headers_parse(message, arena, &headers, &header_len) ||
        !sg_request_judge(&headers, &mailbox, arena, &rule, &asked))
        return arena->failed ? sg_arena_status(arena) : SIGNET_ERR_MEMORY;
    if (rule == SG_REQUEST_ANSWER &&
        (!copy(asked.from.text, question->from, sizeof(question->from)) ||
         !copy(asked.message_id, question->message_id, sizeof(question->message_id))))
        rule = SG_REQUEST_MALFORMED;
    question->answer = rule == SG_REQUEST_ANSWER;
    question->why = sg_request_rule_text(rule);
    if (!question->answer)
        question->from[0] = question->message_id[0] = '\0';
    return SIGNET_OK;
}

enum signet_status signet_question_judge(struct signet_span message, const char *own,
                                         struct signet_question *question)
{
    struct sg_arena arena;
    *question = (struct signet_question){.why = ""};
    sg_arena_init(&arena, MAX_WORK);
    enum signet_status status = judge(message, own, &arena, question);
    sg_arena_clear(&arena);
    return status;
}

bool signet_question_may_answer(signet_time last, signet_time now)
{
    return sg_request_pace(last, now) == SG_REQUEST_ANSWER;
}
