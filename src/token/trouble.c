/* SPDX-License-Identifier: Apache-2.0 */
#include "token/trouble.h"

#include "base/span.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

void sg_token_set_text(char out[SIGNET_TOKEN_TEXT_SIZE], struct signet_span text)
{
    struct sg_buffer buffer;
    /* An escape is at most ten bytes for one; what is beyond is cut anyway. */
    sg_buffer_init(&buffer, (size_t)16 * SIGNET_TOKEN_TEXT_SIZE);
    sg_text_add_safe(&buffer, sg_span_first(text, SIGNET_TOKEN_TEXT_SIZE));
    struct signet_span cut = sg_text_cut(sg_buffer_span(&buffer), SIGNET_TOKEN_TEXT_SIZE - 1);
    if (cut.len > 0)
        memcpy(out, cut.ptr, cut.len);
    out[cut.len] = '\0';
    sg_buffer_free(&buffer);
}

enum signet_status sg_token_fail(struct signet_token_report *report,
                                 enum signet_token_trouble trouble, const char *format, ...)
{
    if (report->trouble != SIGNET_TOKEN_FINE)
        return SIGNET_ERR_IO;
    char text[2 * SIGNET_TOKEN_TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    report->trouble = trouble;
    sg_token_set_text(report->text, sg_span_text(text));
    return SIGNET_ERR_IO;
}
