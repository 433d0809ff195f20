/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/field_line.h"

#include "base/text.h"
#include "compose/line.h"

void sg_field_line_add_word(struct sg_field_line *line, struct signet_span word)
{
    bool fold = line->column + 1 + word.len > SG_FOLD_MAX;
    sg_writer_add_text(line->writer, fold ? "\r\n " : " ");
    sg_writer_add(line->writer, word);
    line->column = (fold ? 1 : line->column + 1) + word.len;
}

struct sg_field_line sg_field_line_begin(struct sg_writer *writer, const char *name)
{
    sg_writer_add_text(writer, name);
    sg_writer_add_byte(writer, ':');
    return (struct sg_field_line){writer, strlen(name) + 1};
}

enum signet_status sg_field_line_end(struct sg_writer *writer)
{
    sg_writer_add_text(writer, "\r\n");
    return writer->status;
}

const char *sg_field_why_unfit(struct signet_span value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '\r' || value.ptr[i] == '\n')
            return "it has a line end in it";
        if ((value.ptr[i] < 0x20 && value.ptr[i] != '\t') || value.ptr[i] == 0x7f)
            return "it has a control character in it";
    }
    return sg_utf8_valid(value) ? NULL : "it is not UTF-8";
}

enum signet_status sg_field_refuse(struct sg_compose_error *error, const char *name,
                                   const char *why)
{
    return sg_compose_fail(error, name, why, SIGNET_ERR_ARGUMENT);
}

/* Takes the next run of octets that are blanks, or are none, off *REST. */
static struct signet_span take_run(struct signet_span *rest, bool blanks)
{
    size_t len = 0;
    while (len < rest->len && sg_is_blank(rest->ptr[len]) == blanks)
        len++;
    struct signet_span run = sg_span_first(*rest, len);
    *rest = sg_span_from(*rest, len);
    return run;
}

/* WORD comes out as it is only if it is encoded: not ASCII (unless CHARSET allows that), too long
 * for a line, or what looks like an encoded word. */
static bool needs_encoding(struct signet_span word, enum sg_field_charset charset)
{
    for (size_t i = 0; i < word.len; i++) {
        if ((word.ptr[i] >= 0x80 && charset == SG_FIELD_ASCII) ||
            sg_span_begins(sg_span_from(word, i), "=?"))
            return true;
    }
    return word.len > SG_FOLD_MAX - 2;
}

struct signet_span sg_field_to_encode(struct signet_span value, enum sg_field_charset charset)
{
    struct signet_span rest = value, found = {NULL, 0};
    while (rest.len > 0) {
        struct signet_span word = take_run(&rest, false);
        if (needs_encoding(word, charset)) {
            const uint8_t *first = found.ptr != NULL ? found.ptr : word.ptr;
            found = sg_span(first, (size_t)(word.ptr + word.len - first));
        }
        take_run(&rest, true);
    }
    return found;
}

#define MAX_BLANKS 16

void sg_field_line_add_words(struct sg_field_line *line, struct signet_span text)
{
    bool first = true;
    for (struct signet_span rest = sg_line_trim(text); rest.len > 0; first = false) {
        struct signet_span blanks = take_run(&rest, true), word = take_run(&rest, false);
        /* One blank is what sg_field_line_add_word puts; more than a few fill no line. */
        bool single = (first && blanks.len == 0) || blanks.len > MAX_BLANKS;
        struct signet_span all = single ? word : sg_span(blanks.ptr + 1, blanks.len - 1 + word.len);
        sg_field_line_add_word(line, all);
    }
}
