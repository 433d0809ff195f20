/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Asking a correspondent for a certificate by mail (RFC 3850 4: at the least a message that asks
 * for a signed reply), and answering such a message without ever going round in circles. What is
 * written here is to be signed (signet/sign.h).
 */
#ifndef SIGNET_REQUEST_H
#define SIGNET_REQUEST_H

#include "signet/send_error.h"
#include "signet/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_request {
    const char *from, *to; /* addr-specs */
    signet_time date;
    const char *message_id; /* left@right without brackets, new for each message */
};

/* Writes the message that asks, or with IN_REPLY_TO (else NULL) the answer to the one of this
 * Message-ID. SIGNET_ERR_ARGUMENT: a member is not what it should be, ERROR (may be NULL) says
 * which. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_request_write(const struct signet_request *request, const char *in_reply_to,
                     const struct signet_sink *sink, struct signet_send_error *error);

/* What is known of a message that may ask. */
struct signet_question {
    bool answer;          /* it is to be answered, if its signature and the pace agree */
    const char *why;      /* why not, one clause; static */
    char from[256];       /* whom to answer; "" unless ANSWER, as is MESSAGE_ID */
    char message_id[999]; /* without brackets */
};

/*
 * Whether MESSAGE asks the owner of the address OWN for a certificate, and may be answered by a
 * program (RFC 3834): it is from one person, to us, from nobody's program, to no list, and no
 * answer itself. Says nothing about who sent it. SIGNET_ERR_ARGUMENT: OWN is no addr-spec.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_question_judge(struct signet_span message, const char *own,
                      struct signet_question *question);

/* A sender who was answered at LAST (SIGNET_TIME_UNKNOWN: never) may be answered at NOW: once in
 * seven days. */
SIGNET_API bool signet_question_may_answer(signet_time last, signet_time now);

#ifdef __cplusplus
}
#endif

#endif
