/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CompressedData: a refusal has a reason, what is handed out lies in the input, and never more
 * comes out than may, the second time as the first.
 */
#include "counting_dump.h"

#include "cms/compressed_data_open.h"
#include "cms/content_info.h"

#include <stdlib.h>

#define MAX_PLAIN_LEN ((size_t)1 << 17)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lies_in(struct signet_span part, struct signet_span whole)
{
    return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

static bool begin(void *context, size_t len, struct sg_spool *out)
{
    check(len <= MAX_PLAIN_LEN);
    return sg_spool_begin(out, context, len);
}

static void open_data(const struct sg_compressed_data *data, struct sg_arena *arena)
{
    struct sg_uncompressing uncompressing = {MAX_PLAIN_LEN, MAX_PLAIN_LEN, begin, arena};
    struct sg_findings findings;
    struct signet_span plain, again;
    enum sg_uncompressed result, same;
    sg_findings_init(&findings, arena);
    check(sg_compressed_data_open(data, &uncompressing, &plain, &result) == SIGNET_OK);
    check((result == SG_UNCOMPRESSED_DONE) == (plain.ptr != NULL));
    check(uncompressing.left <= MAX_PLAIN_LEN - plain.len);
    sg_uncompressed_tell(data, "1", &uncompressing, result, plain.len, &findings);
    check(findings.num == 1);
    uncompressing.left = plain.len;
    check(sg_compressed_data_open(data, &uncompressing, &again, &same) == SIGNET_OK);
    check(result != SG_UNCOMPRESSED_DONE || (same == result && sg_span_equal(plain, again)));
}

static void check_content(struct signet_span content)
{
    struct sg_arena arena;
    struct sg_compressed_data data;
    struct signet_parse_error error;
    sg_arena_init(&arena, (size_t)1 << 26);
    if (sg_compressed_data_parse(content, &arena, &data, &error)) {
        struct counter counter = {.dump = {&writer}};
        struct sg_octets rest = data.content.octets;
        struct signet_span segment;
        while (sg_octets_next(&rest, &segment))
            check(lies_in(segment, content));
        check(rest.num == 0 && rest.len == 0);
        sg_compressed_data_dump(&data, &counter.dump);
        check(counter.depth == 0);
        open_data(&data, &arena);
    } else {
        check(arena.failed ? error.expected == NULL
                           : error.expected != NULL && error.offset <= content.len);
    }
    sg_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_content_info info;
    struct signet_parse_error error;
    struct signet_span input = {data, size};
    if (sg_content_info_parse(input, &info, &error) && info.has_content)
        check_content(info.content);
    else
        check_content(input);
    return 0;
}
