/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The message that asks a correspondent for a certificate, and its answer (RFC 3850 4: at the least
 * a signed reply is asked for). Both are ordinary mail that a person can read; a field of our own,
 * "Signet-Request: certificate", lets a program answer for its user.
 *
 * Whatever answers mail by itself can be made to answer for ever, or to flood somebody. So a
 * request is answered by the rules of RFC 3834 only, each sender rarely, at its From, never
 * elsewhere, and the answer says that it is one. Both are written to be signed: see content.h.
 */
#ifndef SG_COMPOSE_REQUEST_H
#define SG_COMPOSE_REQUEST_H

#include "compose/field.h"
#include "mime/address_list.h"

/* A sender gets an answer at most so often, in seconds. */
#define SG_REQUEST_INTERVAL ((signet_time)7 * 86400)

struct sg_request {
    struct sg_field_mailbox from, to;
    signet_time date;
    struct signet_span message_id; /* left@right, new for each message */
    enum sg_field_charset charset;
};

/* The request. SIGNET_ERR_ARGUMENT names the field that cannot be written. ARENA is for parsing. */
SIGNET_MUST_CHECK enum signet_status sg_request_write(const struct sg_request *request,
                                                      struct sg_writer *writer,
                                                      struct sg_arena *arena,
                                                      struct sg_compose_error *error);

/* The answer to a request whose Message-ID was IN_REPLY_TO. */
SIGNET_MUST_CHECK enum signet_status sg_request_write_answer(const struct sg_request *answer,
                                                             struct signet_span in_reply_to,
                                                             struct sg_writer *writer,
                                                             struct sg_arena *arena,
                                                             struct sg_compose_error *error);

enum sg_request_rule {
    SG_REQUEST_ANSWER = 0,   /* to be answered */
    SG_REQUEST_NONE,         /* no request */
    SG_REQUEST_MALFORMED,    /* a field that decides is missing, doubled or not understood */
    SG_REQUEST_AUTOMATIC,    /* sent by a program: Auto-Submitted, or an empty Return-Path */
    SG_REQUEST_LIST,         /* went to many: Precedence, List-Id and its like */
    SG_REQUEST_REPLY,        /* an answer itself: In-Reply-To, References */
    SG_REQUEST_NOT_TO_US,    /* our address is not among To and Cc */
    SG_REQUEST_FROM_US,      /* sent by ourselves */
    SG_REQUEST_FROM_PROGRAM, /* from an address that belongs to no person */
    SG_REQUEST_TOO_SOON      /* the sender was answered less than SG_REQUEST_INTERVAL ago */
};

/* Why a request is not answered, as one clause: "it is an answer itself". */
const char *sg_request_rule_text(enum sg_request_rule rule);

/* What a request is answered by. Spans are those of the message. */
struct sg_request_question {
    struct sg_address from;
    struct signet_span message_id; /* without brackets */
};

/*
 * Whether the message with HEADERS is a request that is to be answered by the owner of the address
 * OWN. QUESTION is set for SG_REQUEST_ANSWER. Says nothing about who sent it: its signature does.
 * False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_request_judge(const struct sg_headers *headers,
                                        const struct sg_mailbox *own, struct sg_arena *arena,
                                        enum sg_request_rule *rule,
                                        struct sg_request_question *question);

/* ANSWER, or TOO_SOON, for a sender last answered at LAST (SIGNET_TIME_UNKNOWN: never). A LAST
 * after NOW is too soon. */
enum sg_request_rule sg_request_pace(signet_time last, signet_time now);

#endif
