/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/frame_stream.h"

#include "base/span.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

void sg_inbox_clear(struct sg_inbox *inbox)
{
    free(inbox->octets);
    *inbox = (struct sg_inbox){0};
}

static bool would_wait(void)
{
    return errno == EAGAIN || errno == EINTR; /* EWOULDBLOCK is EAGAIN on Linux and the BSDs */
}

enum sg_stream_state sg_inbox_receive(struct sg_inbox *inbox, int fd, bool *got)
{
    *got = false;
    if (inbox->octets == NULL && (inbox->octets = malloc(SG_FRAME_MAX_LEN)) == NULL)
        return SG_STREAM_CLOSED;
    if (inbox->start > 0) {
        memmove(inbox->octets, inbox->octets + inbox->start, inbox->end - inbox->start);
        inbox->end -= inbox->start;
        inbox->start = 0;
    }
    /* Whole frames were taken out before, so what is left is less than one, and there is room. */
    ssize_t len = recv(fd, inbox->octets + inbox->end, SG_FRAME_MAX_LEN - inbox->end, 0);
    if (len < 0)
        return would_wait() ? SG_STREAM_OPEN : SG_STREAM_CLOSED;
    if (len == 0)
        return SG_STREAM_CLOSED;
    *got = true;
    inbox->end += (size_t)len;
    return SG_STREAM_OPEN;
}

bool sg_inbox_next(struct sg_inbox *inbox, struct sg_frame *frame, enum sg_stream_state *state)
{
    size_t len = 0;
    if (inbox->start == inbox->end)
        return false;
    enum sg_frame_read read = sg_frame_parse(
        sg_span(inbox->octets + inbox->start, inbox->end - inbox->start), frame, &len);
    if (read == SG_FRAME_READ_WRONG)
        *state = SG_STREAM_WRONG;
    inbox->start += len;
    return read == SG_FRAME_READ_WHOLE;
}

void sg_outbox_init(struct sg_outbox *outbox, size_t max)
{
    *outbox = (struct sg_outbox){0};
    sg_buffer_init(&outbox->buffer, max);
}

void sg_outbox_clear(struct sg_outbox *outbox)
{
    sg_buffer_free(&outbox->buffer);
    outbox->sent = 0;
}

/* Room is made once half of what is held is gone, so that each octet is moved a bounded number of
 * times. */
static void forget_sent(struct sg_outbox *outbox)
{
    if (outbox->sent < outbox->buffer.len - outbox->sent)
        return;
    outbox->buffer.len -= outbox->sent;
    if (outbox->buffer.len > 0)
        memmove(outbox->buffer.ptr, outbox->buffer.ptr + outbox->sent, outbox->buffer.len);
    outbox->sent = 0;
}

enum sg_stream_state sg_outbox_flush(struct sg_outbox *outbox, int fd)
{
    if (outbox->buffer.status != SIGNET_OK)
        return SG_STREAM_CLOSED;
    while (sg_outbox_len(outbox) > 0) {
        ssize_t len = send(fd, outbox->buffer.ptr + outbox->sent, sg_outbox_len(outbox),
                           MSG_NOSIGNAL | MSG_DONTWAIT);
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0)
            return would_wait() ? SG_STREAM_OPEN : SG_STREAM_CLOSED;
        outbox->sent += (size_t)len;
        forget_sent(outbox);
    }
    return SG_STREAM_OPEN;
}
