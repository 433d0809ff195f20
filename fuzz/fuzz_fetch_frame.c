/* SPDX-License-Identifier: Apache-2.0 */
/* What comes out of the socket between library and signet-fetch, read by both sides; what was read
 * is written back as it stood. */
#include "fetch/exchange.h"

#include "base/span.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_ANSWER = 1000 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_written(struct sg_buffer *out, struct signet_span body)
{
    check(out->status == SIGNET_OK);
    check(sg_span_equal(sg_span_from(sg_buffer_span(out), SG_FRAME_HEAD_LEN), body));
    sg_buffer_free(out);
}

/* One body may be read as several types: each must hold by itself. */
static void check_body(const struct sg_frame *frame)
{
    struct signet_fetch_rules rules;
    struct signet_fetch_request request;
    struct sg_frame_end end;
    struct sg_buffer out;
    const char *label;
    sg_buffer_init(&out, SG_FRAME_MAX_LEN);
    if (sg_frame_read_rules(frame->body, &rules)) {
        check(sg_frame_write_rules(&out, &rules));
        check_written(&out, frame->body);
    }
    if (sg_frame_read_start(frame->body, &request)) {
        check(sg_frame_write_start(&out, 1, &request));
        check_written(&out, frame->body);
    }
    if (sg_frame_read_value(frame->body, &label)) {
        check(sg_frame_write_value(&out, 1, label));
        check_written(&out, frame->body);
    }
    if (sg_frame_read_end(frame->body, &end)) {
        sg_frame_write_end(&out, 1, &end);
        check_written(&out, frame->body);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct signet_fetch_request asked = {.url = "http://example.com/"};
    struct sg_fetch_exchange *exchange = sg_fetch_exchange_new(&asked, MAX_ANSWER);
    struct signet_span rest = sg_span(data, size);
    struct sg_frame frame;
    size_t len, sum = 0;
    bool good = exchange != NULL;
    while (rest.len > 0 && sg_frame_parse(rest, &frame, &len) == SG_FRAME_READ_WHOLE) {
        check(len >= SG_FRAME_HEAD_LEN && len <= rest.len && frame.body.len <= SG_FRAME_MAX_BODY);
        check_body(&frame);
        good = good && !exchange->done && sg_fetch_exchange_take(exchange, &frame);
        rest = sg_span_from(rest, len);
    }
    for (size_t i = 0; exchange != NULL && exchange->done && i < exchange->num_values; i++)
        sum += exchange->values[i].octets.len;
    check(sum <= MAX_ANSWER);
    sg_fetch_exchange_free(exchange);
    return 0;
}
