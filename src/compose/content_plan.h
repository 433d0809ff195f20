/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How each part is to be written, decided before anything is.
 */
#ifndef SG_COMPOSE_CONTENT_PLAN_H
#define SG_COMPOSE_CONTENT_PLAN_H

#include "compose/content.h"

/* Depth and number of parts that we sign or encrypt; recursion is as deep. Fewer than our reader
 * looks into by default (signet_limits), as signatures and envelopes are put around. */
#define SG_CONTENT_MAX_DEPTH 90
#define SG_CONTENT_MAX_PARTS 10000

/* The field is one of MIME's, which describe the content and go inside with it. */
bool sg_content_is_inner(const struct sg_header *header);
/* It goes nowhere: MIME-Version, which is written anew, and Content-Length, which mailboxes add and
 * which counts octets that are not these any more. */
bool sg_content_is_dropped(const struct sg_header *header);

/* Content-Transfer-Encoding says 8bit or binary, which is *LABEL: a gateway would re-encode the
 * part, whatever it holds, and break the signature. */
bool sg_content_is_labelled_wide(const struct sg_part *part, const char **label);

/* Plans the root of CONTENT, whose message is set. */
SIGNET_MUST_CHECK enum signet_status
sg_content_plan(struct sg_content *content, struct sg_arena *arena, struct sg_compose_error *error);

/* Whether the text between parts, which no reader shows, may stay. */
bool sg_content_keeps_filler(struct signet_span filler);

#endif
