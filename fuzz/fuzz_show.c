/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any octets can be shown, as text and as JSON, and both agree on whether all of them could be
 * read.
 */
#include "signet/report.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* Reports are made of lines of text: nothing in them acts on a terminal. */
static bool look(void *context, struct signet_span bytes)
{
    (void)context;
    for (size_t i = 0; i < bytes.len; i++)
        check(bytes.ptr[i] == '\n' || (bytes.ptr[i] >= 0x20 && bytes.ptr[i] != 0x7f));
    return true;
}

static bool show(struct signet_span bytes, enum signet_format format, bool *all_read)
{
    struct signet_sink sink = {look, NULL};
    struct signet_report_options options = {.format = format, .input = "fuzz"};
    struct signet_parse_error error = {0};
    return signet_report_show(bytes, 100, &options, &sink, all_read, &error) == SIGNET_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool text_read = false, json_read = false;
    struct signet_span bytes = {data, size};
    if (show(bytes, SIGNET_FORMAT_TEXT, &text_read) && show(bytes, SIGNET_FORMAT_JSON, &json_read))
        check(text_read == json_read);
    return 0;
}
