/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library and signet-fetch say to each other over their socket pair: frames, each a head
 * of 12 octets (version, type, two octets of zero, request, length of the body; big endian) and a
 * body of at most 64 KB. Neither side trusts the other: what is not exactly a frame ends the
 * conversation. An answer comes in pieces, so that a CRL of any size needs no frame of that size:
 *
 *   to the helper:    RULES once, then START and CANCEL
 *   from the helper:  for each request VALUE (label), DATA (octets of that value) …, then END
 */
#ifndef SG_FETCH_FRAME_H
#define SG_FETCH_FRAME_H

#include "base/buffer.h"
#include "signet/fetch.h"

#define SG_FRAME_VERSION  1
#define SG_FRAME_HEAD_LEN 12
#define SG_FRAME_MAX_BODY ((size_t)64 * 1024)
#define SG_FRAME_MAX_LEN  (SG_FRAME_HEAD_LEN + SG_FRAME_MAX_BODY)
/* Requests under way at once, at most: each may be a process. */
#define SG_FRAME_MAX_PARALLEL 256
/* Octets of one text in a frame: a URL, a reason. Longer ones cannot be sent. */
#define SG_FRAME_MAX_TEXT ((size_t)8 * 1024)

enum sg_frame_type {
    SG_FRAME_RULES = 1,
    SG_FRAME_START,
    SG_FRAME_CANCEL,
    SG_FRAME_VALUE,
    SG_FRAME_DATA,
    SG_FRAME_END
};

struct sg_frame {
    enum sg_frame_type type;
    uint32_t id; /* of the request; 0 for RULES */
    struct signet_span body;
};

enum sg_frame_read {
    SG_FRAME_READ_WHOLE,
    SG_FRAME_READ_SHORT, /* more octets are needed */
    SG_FRAME_READ_WRONG  /* no octets that follow can make it a frame */
};

/* The first frame of BYTES; *LEN octets of them are it. FRAME->body points into BYTES. */
SIGNET_MUST_CHECK enum sg_frame_read sg_frame_parse(struct signet_span bytes,
                                                    struct sg_frame *frame, size_t *len);

/* What END says. Texts are never NULL in what was read; NULL is written as "". */
struct sg_frame_end {
    enum signet_fetch_outcome outcome;
    const char *reason, *final_url, *content_type, *etag, *last_modified;
};

/*
 * Bodies. Reading: false when the octets are not exactly such a body: a text without its NUL or
 * with one inside, a number out of its range, octets left over. Texts point into BODY. An empty
 * text is read as "", in RULES as NULL.
 */
SIGNET_MUST_CHECK bool sg_frame_read_rules(struct signet_span body,
                                           struct signet_fetch_rules *rules);
SIGNET_MUST_CHECK bool sg_frame_read_start(struct signet_span body,
                                           struct signet_fetch_request *request);
SIGNET_MUST_CHECK bool sg_frame_read_value(struct signet_span body, const char **label);
SIGNET_MUST_CHECK bool sg_frame_read_end(struct signet_span body, struct sg_frame_end *end);

/*
 * Whole frames, appended to OUT. A failure of the buffer is latched there. False, nothing appended:
 * a text is longer than SG_FRAME_MAX_TEXT.
 */
SIGNET_MUST_CHECK bool sg_frame_write_rules(struct sg_buffer *out,
                                            const struct signet_fetch_rules *rules);
SIGNET_MUST_CHECK bool sg_frame_write_start(struct sg_buffer *out, uint32_t id,
                                            const struct signet_fetch_request *request);
void sg_frame_write_cancel(struct sg_buffer *out, uint32_t id);
SIGNET_MUST_CHECK bool sg_frame_write_value(struct sg_buffer *out, uint32_t id, const char *label);
/* As many DATA frames as OCTETS need; none for none. */
void sg_frame_write_data(struct sg_buffer *out, uint32_t id, struct signet_span octets);
/* Texts that are too long are cut. */
void sg_frame_write_end(struct sg_buffer *out, uint32_t id, const struct sg_frame_end *end);

#endif
