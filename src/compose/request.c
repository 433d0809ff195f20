/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/request.h"

#include "base/span.h"

static const char question_text[] =
    "Hello,\r\n"
    "\r\n"
    "I should like to send you encrypted mail, and have no certificate of yours.\r\n"
    "\r\n"
    "Please answer this message with a mail that is signed by S/MIME, whatever\r\n"
    "is in it. Your mail program sends your certificate along with the\r\n"
    "signature. This message is signed itself, so that you have mine.\r\n";

static const char answer_text[] =
    "Hello,\r\n"
    "\r\n"
    "you have asked for my certificate. It comes with the signature of this\r\n"
    "message, which was sent by a program on my behalf; there is no need to\r\n"
    "answer it.\r\n";

static enum signet_status write_fields(const struct sg_request *request, const char *subject,
                                       struct sg_writer *writer, struct sg_arena *arena,
                                       struct sg_compose_error *error)
{
    enum signet_status status =
        sg_field_add_mailboxes(writer, "From", &request->from, 1, request->charset, arena, error);
    if (status == SIGNET_OK)
        status =
            sg_field_add_mailboxes(writer, "To", &request->to, 1, request->charset, arena, error);
    if (status == SIGNET_OK)
        status = sg_field_add_text(writer, "Subject", sg_span_text(subject), SG_FIELD_ASCII, error);
    if (status == SIGNET_OK)
        status = sg_field_add_date(writer, "Date", request->date, error);
    if (status == SIGNET_OK)
        status = sg_field_add_message_id(writer, "Message-ID", request->message_id, error);
    return status;
}

static enum signet_status write_text(struct sg_writer *writer, const char *text)
{
    sg_writer_add_text(writer, "MIME-Version: 1.0\r\n"
                               "Content-Type: text/plain; charset=us-ascii\r\n\r\n");
    sg_writer_add_text(writer, text);
    return writer->status;
}

enum signet_status sg_request_write(const struct sg_request *request, struct sg_writer *writer,
                                    struct sg_arena *arena, struct sg_compose_error *error)
{
    enum signet_status status =
        write_fields(request, "Please send me your certificate", writer, arena, error);
    if (status != SIGNET_OK)
        return status;
    /* A person asked for it: Auto-Submitted would forbid to answer (RFC 3834 2). */
    sg_writer_add_text(writer, "Signet-Request: certificate\r\n");
    return write_text(writer, question_text);
}

enum signet_status sg_request_write_answer(const struct sg_request *answer,
                                           struct signet_span in_reply_to, struct sg_writer *writer,
                                           struct sg_arena *arena, struct sg_compose_error *error)
{
    enum signet_status status =
        write_fields(answer, "Re: Please send me your certificate", writer, arena, error);
    if (status == SIGNET_OK)
        status = sg_field_add_message_id(writer, "In-Reply-To", in_reply_to, error);
    if (status == SIGNET_OK)
        status = sg_field_add_message_id(writer, "References", in_reply_to, error);
    if (status != SIGNET_OK)
        return status;
    /* RFC 3834 3.1.7, 3.1.5: nobody's program answers this. */
    sg_writer_add_text(writer, "Auto-Submitted: auto-replied\r\n");
    return write_text(writer, answer_text);
}

const char *sg_request_rule_text(enum sg_request_rule rule)
{
    static const char *const texts[] = {
        [SG_REQUEST_ANSWER] = "it is to be answered",
        [SG_REQUEST_NONE] = "it asks for no certificate",
        [SG_REQUEST_MALFORMED] =
            "a header field that it needs is missing, doubled or not understood",
        [SG_REQUEST_AUTOMATIC] = "it was sent by a program",
        [SG_REQUEST_LIST] = "it was sent to many",
        [SG_REQUEST_REPLY] = "it is an answer itself",
        [SG_REQUEST_NOT_TO_US] = "it is not addressed to you",
        [SG_REQUEST_FROM_US] = "it is from yourself",
        [SG_REQUEST_FROM_PROGRAM] = "its sender is no person",
        [SG_REQUEST_TOO_SOON] = "its sender was answered a short time ago",
    };
    return texts[rule];
}

enum sg_request_rule sg_request_pace(signet_time last, signet_time now)
{
    if (last == SIGNET_TIME_UNKNOWN)
        return SG_REQUEST_ANSWER;
    bool long_ago = last <= now && (last < 0) == (now < 0) && now - last >= SG_REQUEST_INTERVAL;
    return long_ago ? SG_REQUEST_ANSWER : SG_REQUEST_TOO_SOON;
}
