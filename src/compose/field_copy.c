/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/field.h"
#include "compose/line.h"
#include "compose/survey.h"

/* Where a line of more than SG_LINE_MAX octets can be folded: before its last blank that keeps the
 * first part short enough and not blank. 0: nowhere. */
static size_t fold_at(struct signet_span line, size_t already)
{
    size_t max = SG_LINE_MAX - already;
    for (size_t at = line.len < max ? line.len : max; at > 1; at--) {
        bool before = at < line.len && sg_is_blank(line.ptr[at]);
        if (before && sg_span_trim(sg_span_first(line, at)).len > 0)
            return at;
    }
    return 0;
}

/* Writes one line, or with WRITER NULL only says whether it can be. ALREADY: octets before it. */
static bool copy_line(struct sg_writer *writer, struct signet_span line, size_t already)
{
    while (line.len > SG_LINE_MAX - already) {
        size_t at = fold_at(line, already);
        if (at == 0)
            return false;
        if (writer != NULL) {
            sg_writer_add(writer, sg_line_trim(sg_span_first(line, at)));
            sg_writer_add_text(writer, "\r\n");
        }
        line = sg_span_from(line, at);
        already = 0;
    }
    if (writer != NULL) {
        sg_writer_add(writer, line);
        sg_writer_add_text(writer, "\r\n");
    }
    return true;
}

static bool copy_value(struct sg_writer *writer, const struct sg_header *header)
{
    struct signet_span rest = header->value;
    size_t already = header->name.len + 1;
    bool first = true, good = true;
    for (bool ended; good && (first || rest.len > 0); first = false) {
        struct signet_span line = sg_line_trim(sg_line_take(&rest, &ended));
        /* A line of blanks would look like the end of the header. */
        if (first || line.len > 0)
            good = copy_line(writer, line, first ? already : 0);
    }
    return good;
}

bool sg_field_can_copy(const struct sg_header *header)
{
    struct signet_span rest = header->value;
    bool good = header->name.len < SG_LINE_MAX / 2 &&
                (rest.len == 0 || memchr(rest.ptr, '\0', rest.len) == NULL);
    for (bool ended; good && rest.len > 0;) {
        struct signet_span line = sg_line_take(&rest, &ended);
        good = line.len == 0 || memchr(line.ptr, '\r', line.len) == NULL;
    }
    return good && copy_value(NULL, header);
}

void sg_field_copy(struct sg_writer *writer, const struct sg_header *header)
{
    sg_writer_add(writer, header->name);
    sg_writer_add_byte(writer, ':');
    (void)copy_value(writer, header);
}
