/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/field.h"

#include "address/mailbox.h"
#include "base/time.h"
#include "compose/field_line.h"
#include "compose/survey.h"

#include <stdio.h>

enum signet_status sg_field_add_text(struct sg_writer *writer, const char *name,
                                     struct signet_span value, enum sg_field_charset charset,
                                     struct sg_compose_error *error)
{
    const char *why = sg_field_why_unfit(value);
    if (why != NULL)
        return sg_field_refuse(error, name, why);
    struct sg_field_line line = sg_field_line_begin(writer, name);
    value = sg_span_trim(value);
    struct signet_span encoded = sg_field_to_encode(value, charset);
    if (encoded.len == 0) {
        sg_field_line_add_words(&line, value);
        return sg_field_line_end(writer);
    }
    sg_field_line_add_words(&line, sg_span_first(value, (size_t)(encoded.ptr - value.ptr)));
    sg_field_line_add_encoded(&line, encoded);
    struct signet_span after = sg_span_from(value, (size_t)(encoded.ptr - value.ptr) + encoded.len);
    sg_field_line_add_words(&line, after);
    return sg_field_line_end(writer);
}

enum signet_status sg_field_add_date(struct sg_writer *writer, const char *name, signet_time time,
                                     struct sg_compose_error *error)
{
    static const char days[] = "ThuFriSatSunMonTueWed";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    /* 1900-01-01, the first year of RFC 5322 3.3, to 9999-12-31. */
    if (time < INT64_C(-2208988800) || time > SG_TIME_NO_END)
        return sg_field_refuse(error, name, "its time is unknown or out of range");
    struct sg_civil civil;
    sg_time_to_civil(time, &civil);
    int64_t day = (time >= 0 ? time : time - 86399) / 86400;
    int weekday = (int)((day % 7 + 7) % 7);
    char text[64];
    int len = snprintf(text, sizeof(text), "%.3s, %d %.3s %04d %02d:%02d:%02d +0000",
                       days + (ptrdiff_t)3 * weekday, civil.day,
                       months + (ptrdiff_t)3 * (civil.month - 1), civil.year, civil.hour,
                       civil.minute, civil.second);
    struct sg_field_line line = sg_field_line_begin(writer, name);
    sg_field_line_add_word(&line, sg_span(text, (size_t)len));
    return sg_field_line_end(writer);
}

/* dot-atom-text, or on the right a domain literal without blanks. */
static bool is_id_side(struct signet_span side, bool right)
{
    bool literal = right && side.len > 2 && side.ptr[0] == '[' && side.ptr[side.len - 1] == ']';
    bool good = side.len > 0;
    for (size_t i = literal ? 1 : 0; good && i < side.len - (literal ? 1 : 0); i++) {
        uint8_t byte = side.ptr[i];
        bool dot = byte == '.' && i > 0 && i + 1 < side.len && side.ptr[i - 1] != '.';
        good = byte < 0x80 && (dot || sg_mailbox_is_atext(byte) || (literal && byte == ':'));
    }
    return good;
}

enum signet_status sg_field_add_message_id(struct sg_writer *writer, const char *name,
                                           struct signet_span id, struct sg_compose_error *error)
{
    const uint8_t *at = id.len > 0 ? memchr(id.ptr, '@', id.len) : NULL;
    size_t left = at != NULL ? (size_t)(at - id.ptr) : 0;
    if (at == NULL || id.len > SG_LINE_MAX - 32 || !is_id_side(sg_span_first(id, left), false) ||
        !is_id_side(sg_span_from(id, left + 1), true))
        return sg_field_refuse(error, name, "it is no message identifier");
    struct sg_field_line line = sg_field_line_begin(writer, name);
    line.column += line.column + id.len + 3 > SG_FOLD_MAX ? SG_FOLD_MAX : 0;
    sg_writer_add_text(writer, line.column > SG_FOLD_MAX ? "\r\n <" : " <");
    sg_writer_add(writer, id);
    sg_writer_add_byte(writer, '>');
    return sg_field_line_end(writer);
}
