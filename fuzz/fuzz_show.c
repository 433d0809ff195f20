/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any octets can be shown, under any name, as text and as JSON: the text does not act on a
 * terminal, the JSON is valid, and both agree on whether all of the octets could be read.
 */
#include "gather.h"
#include "json_check.h"
#include "signet/report.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_plain(const struct gathered *text)
{
    for (size_t i = 0; i < text->len; i++)
        check(text->ptr[i] == '\n' || (text->ptr[i] >= 0x20 && text->ptr[i] != 0x7f));
}

/* False: memory is out. */
static bool show(struct signet_span bytes, const char *name, enum signet_format format,
                 bool *all_read)
{
    struct gathered text = {0};
    struct signet_sink sink = {gather, &text};
    struct signet_report_options options = {.format = format, .input = name};
    struct signet_parse_error error = {0};
    bool done = signet_report_show(bytes, 100, &options, &sink, all_read, &error) == SIGNET_OK;
    if (done) {
        check_plain(&text);
        check(*all_read || error.expected != NULL);
        if (format == SIGNET_FORMAT_JSON)
            check(json_is_valid(gathered_span(&text)));
    }
    free(text.ptr);
    return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool text_read = false, json_read = false;
    struct signet_span bytes = {data, size};
    char name[64] = "";
    if (size > 0)
        memcpy(name, data, size < sizeof(name) - 1 ? size : sizeof(name) - 1);
    if (show(bytes, name, SIGNET_FORMAT_TEXT, &text_read) &&
        show(bytes, name, SIGNET_FORMAT_JSON, &json_read))
        check(text_read == json_read);
    return 0;
}
