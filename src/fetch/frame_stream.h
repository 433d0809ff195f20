/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames over a non-blocking stream socket: what has arrived, and what is to be sent.
 */
#ifndef SG_FETCH_FRAME_STREAM_H
#define SG_FETCH_FRAME_STREAM_H

#include "fetch/frame.h"

enum sg_stream_state {
    SG_STREAM_OPEN,   /* nothing more can be done now */
    SG_STREAM_CLOSED, /* the other side ended, or the socket failed */
    SG_STREAM_WRONG   /* the other side said what is no frame */
};

/* Never holds more than one frame of the largest size. */
struct sg_inbox {
    uint8_t *octets; /* SG_FRAME_MAX_LEN; NULL until first used */
    size_t start, end;
};

void sg_inbox_clear(struct sg_inbox *inbox); /* a zeroed inbox is legal */
/* Reads once from FD, as much as there is room for. Never waits if FD does not. *GOT: octets came.
 * SIGNET_ERR_MEMORY is told as SG_STREAM_CLOSED. */
SIGNET_MUST_CHECK enum sg_stream_state sg_inbox_receive(struct sg_inbox *inbox, int fd, bool *got);
/* The next frame, borrowed until the next call of either function. False: there is no whole one
 * yet, or (*STATE is SG_STREAM_WRONG then) there will not be. */
SIGNET_MUST_CHECK bool sg_inbox_next(struct sg_inbox *inbox, struct sg_frame *frame,
                                     enum sg_stream_state *state);

struct sg_outbox {
    struct sg_buffer buffer; /* where frames are appended; has a maximum */
    size_t sent;             /* octets of it that are gone */
};

void sg_outbox_init(struct sg_outbox *outbox, size_t max);
void sg_outbox_clear(struct sg_outbox *outbox);
/* Octets not sent yet. */
static inline size_t sg_outbox_len(const struct sg_outbox *outbox)
{
    return outbox->buffer.len - outbox->sent;
}
/* Sends what FD takes; no SIGPIPE. SG_STREAM_CLOSED also when the buffer failed. */
SIGNET_MUST_CHECK enum sg_stream_state sg_outbox_flush(struct sg_outbox *outbox, int fd);

#endif
