/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/survey.h"

#include "base/block.h"
#include "base/text.h"
#include "compose/line.h"

/* The first octets of LINE that need no look each: printing ASCII but for "=". */
static size_t plain_len(struct signet_span line)
{
    size_t len = 0;
    for (; line.len - len >= SG_BLOCK_LEN; len += SG_BLOCK_LEN) {
        sg_block block = sg_block_load(line.ptr + len);
        if (sg_block_any(sg_block_outside(block, ' ') | sg_block_has(block, '=') |
                         sg_block_has(block, 0x7f)))
            break;
    }
    return len;
}

static void survey_octets(struct sg_survey *survey, struct signet_span octets)
{
    for (size_t i = 0; i < octets.len; i++) {
        uint8_t byte = octets.ptr[i];
        survey->eight_bit |= byte >= 0x80;
        survey->unfit |= byte == '\0' || byte == '\r';
        survey->num_escapes +=
            byte == '=' || byte == 0x7f || byte >= 0x80 || (byte < 0x20 && byte != '\t');
    }
}

static void survey_line(struct sg_survey *survey, struct signet_span line)
{
    for (struct signet_span rest = line; rest.len > 0;) {
        rest = sg_span_from(rest, plain_len(rest));
        survey_octets(survey, sg_span_first(rest, SG_BLOCK_LEN));
        rest = sg_span_from(rest, SG_BLOCK_LEN);
    }
    survey->unfit |= line.len > SG_LINE_MAX;
    survey->fragile |= line.len > 0 && sg_is_blank(line.ptr[line.len - 1]);
    survey->fragile |= sg_span_begins(line, "From ");
}

struct sg_survey sg_survey_make(struct signet_span bytes)
{
    struct sg_survey survey = {.utf8 = true};
    struct signet_span rest = bytes;
    for (bool ended; rest.len > 0;)
        survey_line(&survey, sg_line_take(&rest, &ended));
    if (survey.eight_bit)
        survey.utf8 = sg_utf8_valid(bytes);
    return survey;
}
