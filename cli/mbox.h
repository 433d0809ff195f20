/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mbox files (RFC 4155): messages one after another, each behind a "From " line.
 */
#ifndef CLI_MBOX_H
#define CLI_MBOX_H

#include <signet/base.h>

/* BYTES begin with a "From " line. */
bool mbox_is(struct signet_span bytes);

struct mbox {
    struct signet_span bytes;
    size_t offset;
};

struct mbox mbox_begin(struct signet_span bytes);

/* The next message without its "From " line and without the empty line that ends it. False at the
 * end. "From " lines that quoting has changed to ">From " stay so: what was signed cannot be told
 * from what was quoted. */
bool mbox_next(struct mbox *mbox, struct signet_span *message);

#endif
