/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
#include "compose/line.h"
#include "compose/request.h"

struct judging {
    const struct sg_headers *headers;
    const struct sg_mailbox *own;
    struct sg_arena *arena;
    struct sg_request_question *question;
};

/* The value of the field, unfolded, without what RFC 3834 5 allows behind the keyword: parameters
 * and comments. {NULL,0}: no such field, or memory is out. */
static struct signet_span keyword(const struct judging *judging, const char *name)
{
    const struct sg_header *header = sg_header_find(judging->headers, name, 0);
    if (header == NULL)
        return (struct signet_span){NULL, 0};
    struct signet_span value = sg_header_unfold(header->value, judging->arena);
    size_t len = 0;
    while (len < value.len && strchr(" \t;(", value.ptr[len]) == NULL)
        len++;
    return sg_span_first(value, len);
}

static bool has(const struct judging *judging, const char *name)
{
    return sg_header_find(judging->headers, name, 0) != NULL;
}

static enum sg_request_rule check_marker(const struct judging *judging)
{
    return sg_span_is_word(keyword(judging, "Signet-Request"), "certificate") ? SG_REQUEST_ANSWER
                                                                              : SG_REQUEST_NONE;
}

/* Each of these decides; of two, nobody knows which. */
static enum sg_request_rule check_form(const struct judging *judging)
{
    static const char *const once[] = {
        "From",           "To",         "Cc",     "Message-ID",    "Return-Path", "Reply-To",
        "Auto-Submitted", "Precedence", "Sender", "Signet-Request"};
    for (size_t i = 0; i < sizeof(once) / sizeof(once[0]); i++) {
        if (sg_header_count(judging->headers, once[i]) > 1)
            return SG_REQUEST_MALFORMED;
    }
    return judging->headers->malformed ? SG_REQUEST_MALFORMED : SG_REQUEST_ANSWER;
}

static enum sg_request_rule check_automatic(const struct judging *judging)
{
    if (has(judging, "Auto-Submitted") &&
        !sg_span_is_word(keyword(judging, "Auto-Submitted"), "no"))
        return SG_REQUEST_AUTOMATIC;
    /* A bounce has no sender (RFC 5321 4.5.5). */
    return sg_span_is_word(keyword(judging, "Return-Path"), "<>") ? SG_REQUEST_AUTOMATIC
                                                                  : SG_REQUEST_ANSWER;
}

static enum sg_request_rule check_list(const struct judging *judging)
{
    static const char *const fields[] = {"List-Id",     "List-Post",      "List-Help",
                                         "List-Owner",  "List-Subscribe", "List-Unsubscribe",
                                         "Mailing-List"};
    static const char *const precedences[] = {"bulk", "list", "junk"};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (has(judging, fields[i]))
            return SG_REQUEST_LIST;
    }
    for (size_t i = 0; i < sizeof(precedences) / sizeof(precedences[0]); i++) {
        if (sg_span_is_word(keyword(judging, "Precedence"), precedences[i]))
            return SG_REQUEST_LIST;
    }
    return SG_REQUEST_ANSWER;
}

static enum sg_request_rule check_reply(const struct judging *judging)
{
    return has(judging, "In-Reply-To") || has(judging, "References") ? SG_REQUEST_REPLY
                                                                     : SG_REQUEST_ANSWER;
}

static bool ends_with(struct signet_span text, const char *end)
{
    size_t len = strlen(end);
    return text.len >= len && sg_span_is_word(sg_span_from(text, text.len - len), end);
}

/* RFC 3834 2: what programs are called. */
static bool is_program(struct signet_span local)
{
    static const char *const names[] = {"mailer-daemon", "postmaster",   "noreply",  "no-reply",
                                        "donotreply",    "do-not-reply", "listserv", "majordomo"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (sg_span_is_word(local, names[i]))
            return true;
    }
    return sg_span_is_word(sg_span_first(local, 6), "owner-") || ends_with(local, "-owner") ||
           ends_with(local, "-request") || ends_with(local, "-bounces");
}

static enum sg_request_rule check_sender(const struct judging *judging)
{
    const struct sg_header *from = sg_header_find(judging->headers, "From", 0);
    struct sg_address_list list;
    if (from == NULL || !sg_address_list_parse(from->value, judging->arena, &list) ||
        list.malformed || list.num != 1)
        return SG_REQUEST_MALFORMED;
    judging->question->from = list.items[0];
    if (sg_mailbox_equal(&list.items[0].mailbox, judging->own, false))
        return SG_REQUEST_FROM_US;
    return is_program(list.items[0].mailbox.local) ? SG_REQUEST_FROM_PROGRAM : SG_REQUEST_ANSWER;
}

static bool names_us(const struct judging *judging, const char *name)
{
    const struct sg_header *header = sg_header_find(judging->headers, name, 0);
    struct sg_address_list list;
    if (header == NULL || !sg_address_list_parse(header->value, judging->arena, &list))
        return false;
    for (size_t i = 0; i < list.num; i++) {
        if (sg_mailbox_equal(&list.items[i].mailbox, judging->own, false))
            return true;
    }
    return false;
}

static enum sg_request_rule check_recipient(const struct judging *judging)
{
    return names_us(judging, "To") || names_us(judging, "Cc") ? SG_REQUEST_ANSWER
                                                              : SG_REQUEST_NOT_TO_US;
}

/* An answer must say what it answers: "<left@right>". */
static enum sg_request_rule check_identifier(const struct judging *judging)
{
    struct signet_span id = keyword(judging, "Message-ID");
    if (id.len < 5 || id.ptr[0] != '<' || id.ptr[id.len - 1] != '>')
        return SG_REQUEST_MALFORMED;
    judging->question->message_id = sg_span(id.ptr + 1, id.len - 2);
    return SG_REQUEST_ANSWER;
}

bool sg_request_judge(const struct sg_headers *headers, const struct sg_mailbox *own,
                      struct sg_arena *arena, enum sg_request_rule *rule,
                      struct sg_request_question *question)
{
    static enum sg_request_rule (*const checks[])(const struct judging *judging) = {
        check_marker, check_form,      check_automatic, check_list,
        check_reply,  check_recipient, check_sender,    check_identifier,
    };
    const struct judging judging = {headers, own, arena, question};
    *rule = SG_REQUEST_ANSWER;
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]) && *rule == SG_REQUEST_ANSWER; i++)
        *rule = checks[i](&judging);
    return !arena->failed;
}
