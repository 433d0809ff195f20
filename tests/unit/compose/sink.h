/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sink that keeps what it gets.
 */
#ifndef SG_TESTS_UNIT_COMPOSE_SINK_H
#define SG_TESTS_UNIT_COMPOSE_SINK_H

#include "test.h"

#include "base/buffer.h"
#include "compose/writer.h"

struct kept {
    struct sg_buffer buffer;
    struct signet_sink sink;
    struct sg_writer writer;
};

static inline bool keep_bytes(void *context, struct signet_span bytes)
{
    sg_buffer_add(context, bytes);
    return true;
}

static inline struct sg_writer *keep_begin(struct kept *kept)
{
    sg_buffer_init(&kept->buffer, (size_t)1 << 26);
    kept->sink = (struct signet_sink){keep_bytes, &kept->buffer};
    sg_writer_init(&kept->writer, &kept->sink);
    return &kept->writer;
}

/* What was written, with nothing readable behind it. */
static inline struct signet_span keep_end(struct kept *kept)
{
    assert_int_equal(sg_writer_finish(&kept->writer), SIGNET_OK);
    struct signet_span bytes = sg_test_copy(kept->buffer.ptr, kept->buffer.len);
    sg_buffer_free(&kept->buffer);
    return bytes;
}

#endif
