/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/compressed.h"

static bool begin_in_arena(void *context, size_t len, struct sg_spool *out)
{
    return sg_spool_begin(out, context, len);
}

struct sg_uncompressing sg_uncompressing_begin(struct sg_arena *arena, size_t max)
{
    return (struct sg_uncompressing){
        .max = max, .left = max, .begin = begin_in_arena, .context = arena};
}

static void tell_unreadable(const char *part, const struct signet_parse_error *error,
                            struct sg_findings *findings)
{
    sg_finding_add(findings, SG_KIND_COMPRESSED_UNREADABLE, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_string("part", part), sg_number("offset", (int64_t)error->offset),
                             sg_string("expected", error->expected)));
}

enum signet_status sg_compressed_open(const struct sg_content_info *info, const char *part,
                                      struct sg_arena *arena,
                                      struct sg_uncompressing *uncompressing,
                                      struct sg_findings *findings, struct sg_content_info *inside)
{
    struct sg_compressed_data data;
    struct signet_parse_error error;
    enum sg_uncompressed result;
    *inside = (struct sg_content_info){0};
    if (!sg_compressed_data_parse(info->content, arena, &data, &error)) {
        if (!arena->failed)
            tell_unreadable(part, &error, findings);
        return sg_arena_status(arena);
    }
    struct signet_span plain;
    enum signet_status status = sg_compressed_data_open(&data, uncompressing, &plain, &result);
    if (status != SIGNET_OK)
        return arena->failed ? sg_arena_status(arena) : status;
    sg_uncompressed_tell(&data, part, uncompressing, result, plain.len, findings);
    if (result == SG_UNCOMPRESSED_DONE)
        *inside = (struct sg_content_info){.type_octets = data.content.type_octets,
                                           .type = data.content.type,
                                           .has_content = true,
                                           .content = plain};
    return SIGNET_OK;
}
