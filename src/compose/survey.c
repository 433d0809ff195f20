/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/survey.h"

#include "base/text.h"
#include "compose/line.h"

static void survey_line(struct sg_survey *survey, struct signet_span line)
{
    for (size_t i = 0; i < line.len; i++) {
        uint8_t byte = line.ptr[i];
        survey->eight_bit |= byte >= 0x80;
        survey->unfit |= byte == '\0' || byte == '\r';
        survey->num_escapes +=
            byte == '=' || byte == 0x7f || byte >= 0x80 || (byte < 0x20 && byte != '\t');
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
