/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EnvelopedData and AuthEnvelopedData: a refusal has a reason, what is handed out lies in the
 * input, and whatever could be read can be shown.
 */
#include "counting_dump.h"

#include "cms/content_info.h"
#include "cms/enveloped_data.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lies_in(struct signet_span part, struct signet_span whole)
{
    return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

static void check_objects(struct sg_cms_objects objects, struct signet_span input)
{
    struct sg_cms_object object;
    while (sg_cms_objects_next(&objects, &object))
        check(lies_in(object.full, input));
    check(objects.num == 0 && objects.elements.len == 0);
}

static void check_parsed(const struct sg_enveloped_data *data, struct signet_span input)
{
    struct sg_octets rest = data->content;
    struct signet_span segment;
    while (sg_octets_next(&rest, &segment))
        check(lies_in(segment, input));
    check(rest.num == 0 && rest.len == 0);
    check_objects(data->certificates, input);
    check_objects(data->crls, input);
    for (size_t i = 0; i < data->num_recipients; i++) {
        const struct sg_recipient *recipient = &data->recipients[i];
        check(recipient->malformed == (recipient->error.expected != NULL));
        check(recipient->error.offset <= input.len);
        check(recipient->kind != SG_RECIPIENT_UNKNOWN || recipient->malformed);
    }
}

static void check_content(struct signet_span content, bool authenticated)
{
    struct sg_arena arena;
    struct sg_enveloped_data data;
    struct signet_parse_error error;
    sg_arena_init(&arena, (size_t)1 << 26);
    if (sg_enveloped_data_parse(content, authenticated, &arena, &data, &error)) {
        struct counter counter = {.dump = {&writer}};
        check_parsed(&data, content);
        sg_enveloped_data_dump(&data, &counter.dump);
        check(counter.depth == 0);
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
    struct signet_span input = sg_span(data, size);
    if (sg_content_info_parse(input, &info, &error) && info.has_content) {
        check_content(info.content, info.type == SG_OID_CT_AUTH_ENVELOPED_DATA);
        check_content(info.content, info.type != SG_OID_CT_AUTH_ENVELOPED_DATA);
    }
    check_content(input, false);
    return 0;
}
