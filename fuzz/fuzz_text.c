/* SPDX-License-Identifier: Apache-2.0 */
/* Escaped text is UTF-8 without control characters, and escaping it again only doubles backslashes.
 */
#include "base/text.h"

#include "base/span.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static size_t count(struct signet_span bytes, uint8_t byte)
{
    size_t num = 0;
    for (size_t i = 0; i < bytes.len; i++)
        num += bytes.ptr[i] == byte;
    return num;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_buffer safe, again;
    struct signet_span input = sg_span(data, size);
    sg_buffer_init(&safe, 8 * size + 64);
    sg_buffer_init(&again, 16 * size + 64);
    sg_text_add_safe(&safe, input);
    sg_text_add_safe(&again, sg_buffer_span(&safe));
    if (safe.status == SIGNET_OK && again.status == SIGNET_OK) {
        check(sg_utf8_valid(sg_buffer_span(&safe)));
        for (size_t i = 0; i < safe.len; i++)
            check(safe.ptr[i] >= 0x20 && safe.ptr[i] != 0x7f);
        check(again.len == safe.len + count(sg_buffer_span(&safe), '\\'));
    }
    check(safe.status != SIGNET_ERR_LIMIT && again.status != SIGNET_ERR_LIMIT);
    sg_buffer_free(&safe);
    sg_buffer_free(&again);

    struct signet_span cut = sg_text_cut(input, size / 2);
    check(cut.len <= size / 2 && (!sg_utf8_valid(input) || sg_utf8_valid(cut)));
    return 0;
}
