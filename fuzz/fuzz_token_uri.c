/* SPDX-License-Identifier: Apache-2.0 */
/* What was read is written as a URI that is read as the same. */
#include "base/span.h"
#include "token/uri.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_again(const struct sg_token_uri *uri, struct sg_arena *arena)
{
    struct sg_token_uri again;
    struct sg_buffer text;
    sg_buffer_init(&text, (size_t)4 * SG_TOKEN_URI_MAX_LEN);
    sg_token_uri_write(&text, uri);
    check(text.status == SIGNET_OK);
    if (text.len <= SG_TOKEN_URI_MAX_LEN) {
        check(sg_token_uri_parse(sg_buffer_span(&text), arena, &again) == NULL);
        check(sg_span_equal(again.token, uri->token) && sg_span_equal(again.serial, uri->serial) &&
              sg_span_equal(again.model, uri->model) && sg_span_equal(again.id, uri->id) &&
              sg_span_equal(again.manufacturer, uri->manufacturer) &&
              sg_span_equal(again.object, uri->object) &&
              sg_span_equal(again.module_path, uri->module_path) &&
              sg_span_equal(again.pin_source, uri->pin_source));
        check(again.type == uri->type || uri->type == SG_TOKEN_URI_OTHER);
    }
    sg_buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_arena arena;
    struct sg_token_uri uri;
    sg_arena_init(&arena, (size_t)1 << 20);
    if (sg_token_uri_parse(sg_span(data, size), &arena, &uri) == NULL)
        check_again(&uri, &arena);
    sg_arena_clear(&arena);
    return 0;
}
