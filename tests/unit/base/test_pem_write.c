/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "base/pem_write.h"
#include "test.h"

static bool keep(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

/* Whether all went into ROOM octets. */
static bool write_block(struct sg_buffer *kept, size_t room)
{
    const struct signet_sink sink = {keep, kept};
    struct sg_pem_writer writer;
    sg_buffer_init(kept, room);
    return sg_pem_writer_begin(&writer, "X509 CRL", &sink) &&
           sg_pem_writer_add(&writer, text_bytes("foo")) &&
           sg_pem_writer_add(&writer, text_bytes("b")) && sg_pem_writer_finish(&writer);
}

static void writes_a_block(void **state)
{
    struct sg_buffer kept;
    (void)state;
    assert_true(write_block(&kept, 1000));
    assert_span_text(sg_buffer_span(&kept),
                     "-----BEGIN X509 CRL-----\nZm9vYg==\n-----END X509 CRL-----\n");
    sg_buffer_free(&kept);
}

static void tells_of_a_full_sink(void **state)
{
    struct sg_buffer kept;
    (void)state;
    for (size_t room = 0; room < 56; room++) {
        assert_false(write_block(&kept, room));
        sg_buffer_free(&kept);
    }
}

SG_TEST_MAIN(SG_TEST("", writes_a_block), SG_TEST("", tells_of_a_full_sink))
