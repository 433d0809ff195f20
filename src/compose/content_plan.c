/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/content_plan.h"

#include "compose/content_header.h"
#include "compose/line.h"
#include "compose/survey.h"

static const char too_deep[] = "its parts are nested too deep, or are too many";

struct planner {
    struct sg_arena *arena;
    struct sg_compose_error *error;
};

bool sg_content_is_dropped(const struct sg_header *header)
{
    return sg_span_is_word(header->name, "MIME-Version") ||
           sg_span_is_word(header->name, "Content-Length");
}

bool sg_content_is_inner(const struct sg_header *header)
{
    static const char prefix[] = "content-";
    struct signet_span start = sg_span_first(header->name, sizeof(prefix) - 1);
    return sg_span_is_word(start, prefix) && !sg_content_is_dropped(header);
}

bool sg_content_keeps_filler(struct signet_span filler)
{
    struct sg_survey survey = sg_survey_make(filler);
    return sg_survey_is_safe(&survey);
}

static enum signet_status refuse(const struct planner *planner, const struct sg_part *part,
                                 const char *why)
{
    return sg_compose_fail(planner->error, part->path, why, SIGNET_ERR_PARSE);
}

bool sg_content_is_labelled_wide(const struct sg_part *part, const char **label)
{
    static const char *const labels[] = {"8bit", "binary"};
    const struct sg_header *header = sg_header_find(&part->headers, "Content-Transfer-Encoding", 0);
    *label = NULL;
    for (size_t i = 0; header != NULL && i < sizeof(labels) / sizeof(labels[0]); i++) {
        if (sg_span_is_word(sg_span_trim(header->value), labels[i]))
            *label = labels[i];
    }
    return *label != NULL;
}

static struct signet_span header_block(const struct sg_part *part)
{
    return sg_span_first(part->raw, part->raw.len - part->body.len);
}

/* A part that must stay as it is: it cannot be re-encoded, or that would break what is inside. */
static enum signet_status plan_untouched(const struct planner *planner, const struct sg_part *part,
                                         struct sg_content_part *out, const char *why)
{
    /* The message's own header is written anew. */
    struct sg_survey survey = sg_survey_make(part->parent == NULL ? part->body : part->raw);
    out->form = SG_CONTENT_AS_IS;
    return sg_survey_is_7bit(&survey) ? SIGNET_OK : refuse(planner, part, why);
}

static enum sg_content_form form_of_octets(const struct sg_part *part,
                                           const struct sg_survey *survey, bool binary)
{
    if (!sg_part_is(part, "text", NULL))
        return binary ? SG_CONTENT_BASE64 : SG_CONTENT_BASE64_LINES;
    /* Quoted-printable can be read as it is; base64 is shorter from one escape in six on. */
    return survey->num_escapes > part->body.len / 6 ? SG_CONTENT_BASE64_LINES
                                                    : SG_CONTENT_QUOTED_PRINTABLE;
}

static const char *charset_for(const struct sg_part *part, const struct sg_survey *survey)
{
    if (!sg_part_is(part, "text", NULL) || part->encoding != SG_ENCODING_IDENTITY ||
        sg_mime_param_find(&part->type, "charset").ptr != NULL || part->type.malformed)
        return NULL;
    if (!survey->eight_bit)
        return "us-ascii";
    return survey->utf8 ? "utf-8" : "unknown-8bit"; /* RFC 1428 */
}

static enum signet_status plan_leaf(const struct planner *planner, const struct sg_part *part,
                                    struct sg_content_part *out)
{
    struct sg_survey header = sg_survey_make(header_block(part));
    struct sg_survey body = sg_survey_make(part->body);
    const char *label;
    bool wide = sg_content_is_labelled_wide(part, &label), safe = sg_survey_is_safe(&body);
    bool binary = wide && strcmp(label, "binary") == 0;
    if (part->encoding == SG_ENCODING_UNKNOWN && !sg_survey_is_7bit(&body))
        return refuse(planner, part, "its transfer encoding is not known, and it is not 7 bit");

    if (body.eight_bit || part->parent == NULL)
        out->charset = charset_for(part, &body);
    if (part->encoding == SG_ENCODING_UNKNOWN)
        safe = true;
    /* Line ends in binary content are content, unless it is text. */
    if (binary && !sg_part_is(part, "text", NULL))
        safe = false;
    if (!safe)
        out->form = part->encoding == SG_ENCODING_IDENTITY ? form_of_octets(part, &body, binary)
                                                           : SG_CONTENT_MEND;
    else if (wide || !sg_survey_is_safe(&header) || out->charset != NULL)
        out->form = SG_CONTENT_BODY_AS_IS;
    else
        out->form = SG_CONTENT_AS_IS;
    return SIGNET_OK;
}

static enum signet_status plan_part(const struct planner *planner, const struct sg_part *part,
                                    size_t depth, struct sg_content_part *out);

/* CHILDREN, or AS_IS when no child needs a change and nothing of PART itself does. */
static enum signet_status plan_children(const struct planner *planner, const struct sg_part *part,
                                        size_t depth, struct sg_content_part *out)
{
    out->children = sg_arena_array(planner->arena, part->num_children, sizeof(*out->children));
    if (out->children == NULL)
        return sg_arena_status(planner->arena);
    struct sg_survey header = sg_survey_make(header_block(part));
    const char *label;
    bool changes = sg_content_is_labelled_wide(part, &label) || !sg_survey_is_safe(&header) ||
                   !sg_content_keeps_filler(part->preamble) ||
                   !sg_content_keeps_filler(part->epilogue) || part->unterminated;
    for (size_t i = 0; i < part->num_children; i++) {
        enum signet_status status =
            plan_part(planner, &part->children[i], depth + 1, &out->children[i]);
        if (status != SIGNET_OK)
            return status;
        changes = changes || out->children[i].form != SG_CONTENT_AS_IS;
    }
    out->form = changes ? SG_CONTENT_CHILDREN : SG_CONTENT_AS_IS;
    return SIGNET_OK;
}

/* A message's own header cannot be re-encoded: with octets over 127 the message goes wrapped. So
 * does one with a part that cannot be changed. */
static enum signet_status plan_message(const struct planner *planner, const struct sg_part *part,
                                       size_t depth, struct sg_content_part *out)
{
    const struct planner quiet = {planner->arena, NULL};
    struct sg_survey header = sg_survey_make(header_block(&part->children[0]));
    enum signet_status status = SIGNET_ERR_PARSE;
    if (sg_survey_is_7bit(&header))
        status = plan_children(&quiet, part, depth, out);
    if (status == SIGNET_ERR_LIMIT)
        return sg_compose_fail(planner->error, part->path, too_deep, status);
    if (status != SIGNET_ERR_PARSE)
        return status;
    out->form = SG_CONTENT_WRAPPED;
    return SIGNET_OK;
}

/* The parts inside are somebody else's signature or cipher text. */
static bool is_sealed(const struct sg_part *part)
{
    return sg_part_is(part, "multipart", "signed") || sg_part_is(part, "multipart", "encrypted");
}

static enum signet_status plan_form(const struct planner *planner, const struct sg_part *part,
                                    size_t depth, struct sg_content_part *out)
{
    *out = (struct sg_content_part){.part = part, .form = SG_CONTENT_AS_IS};
    if (part->too_deep || depth > SG_CONTENT_MAX_DEPTH)
        return sg_compose_fail(planner->error, part->path, too_deep, SIGNET_ERR_LIMIT);
    if (is_sealed(part))
        return plan_untouched(planner, part, out,
                              "it is signed or encrypted already, and is not 7 bit: to change it "
                              "would break it");
    bool multipart = sg_part_is(part, "multipart", NULL);
    if (part->ambiguous || (multipart && part->num_children == 0))
        return plan_untouched(planner, part, out,
                              "mail programs differ about what is in it, and it is not 7 bit");
    if (multipart)
        return plan_children(planner, part, depth, out);
    if (sg_part_holds_message(part) && part->num_children == 1)
        return plan_message(planner, part, depth, out);
    return plan_leaf(planner, part, out);
}

static enum signet_status plan_part(const struct planner *planner, const struct sg_part *part,
                                    size_t depth, struct sg_content_part *out)
{
    enum signet_status status = plan_form(planner, part, depth, out);
    if (status != SIGNET_OK || (out->form == SG_CONTENT_AS_IS && part->parent != NULL))
        return status;
    return sg_content_plan_header(out, planner->arena, planner->error);
}

enum signet_status sg_content_plan(struct sg_content *content, struct sg_arena *arena,
                                   struct sg_compose_error *error)
{
    const struct planner planner = {arena, error};
    return plan_part(&planner, content->message, 0, &content->root);
}
