/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/sentence.h"

#include "asn1/oid.h"
#include "base/span.h"
#include "base/text.h"

#include <inttypes.h>

/* What a line still shows with sense; the finding's parameters hold more. */
enum { MAX_TEXT_LEN = 200, MAX_HEX_LEN = 64 };

static const char ellipsis[] = "\xe2\x80\xa6";

static void add_number(struct sg_buffer *buffer, const struct signet_param *param)
{
    sg_buffer_printf(buffer, "%" PRId64, param->value.number);
}

static void add_time(struct sg_buffer *buffer, const struct signet_param *param)
{
    char text[SIGNET_TIME_TEXT_SIZE];
    signet_time_format(param->value.time, text);
    sg_buffer_add_text(buffer, text);
}

static void add_text(struct sg_buffer *buffer, const struct signet_param *param)
{
    struct signet_span shown = sg_text_cut(param->value.bytes, MAX_TEXT_LEN);
    sg_text_add_safe(buffer, shown);
    if (shown.len < param->value.bytes.len)
        sg_buffer_add_text(buffer, ellipsis);
}

static void add_escaped(struct sg_buffer *buffer, const struct signet_param *param)
{
    struct signet_span shown = sg_text_cut(param->value.bytes, MAX_TEXT_LEN);
    sg_buffer_add(buffer, shown);
    if (shown.len < param->value.bytes.len)
        sg_buffer_add_text(buffer, ellipsis);
}

static void add_hex(struct sg_buffer *buffer, const struct signet_param *param)
{
    sg_text_add_hex(buffer, sg_span_first(param->value.bytes, MAX_HEX_LEN), 0);
    if (param->value.bytes.len > MAX_HEX_LEN)
        sg_buffer_add_text(buffer, ellipsis);
}

static void add_oid(struct sg_buffer *buffer, const struct signet_param *param)
{
    const char *name = sg_oid_name(sg_oid_find(param->value.bytes));
    if (name != NULL)
        sg_buffer_add_text(buffer, name);
    else
        sg_oid_add_dotted(buffer, param->value.bytes);
}

static void add_nothing(struct sg_buffer *buffer, const struct signet_param *param)
{
    (void)buffer;
    (void)param;
}

static void add_param(struct sg_buffer *buffer, const struct signet_param *param)
{
    static void (*const add[])(struct sg_buffer *, const struct signet_param *) = {
        [SIGNET_PARAM_END] = add_nothing,     [SIGNET_PARAM_NUMBER] = add_number,
        [SIGNET_PARAM_TIME] = add_time,       [SIGNET_PARAM_TEXT] = add_text,
        [SIGNET_PARAM_HEX] = add_hex,         [SIGNET_PARAM_OID] = add_oid,
        [SIGNET_PARAM_ESCAPED] = add_escaped,
    };
    add[param->type](buffer, param);
}

static const struct signet_param *find_param(const struct signet_param *params,
                                             struct signet_span name)
{
    for (; params != NULL && params->type != SIGNET_PARAM_END; params++) {
        if (sg_span_equal(sg_span_text(params->name), name))
            return params;
    }
    return NULL;
}

/* SENTENCE starts with "{". Appends what the braces stand for and returns what follows them. */
static const char *add_field(struct sg_buffer *buffer, const char *sentence,
                             const struct signet_param *params)
{
    size_t len = strcspn(sentence, "}");
    bool closed = sentence[len] == '}';
    const struct signet_param *param =
        closed ? find_param(params, sg_span(sentence + 1, len - 1)) : NULL;
    if (closed)
        len++;
    if (param != NULL)
        add_param(buffer, param);
    else
        sg_buffer_add(buffer, sg_span(sentence, len));
    return sentence + len;
}

void sg_sentence_add(struct sg_buffer *buffer, const char *sentence,
                     const struct signet_param *params)
{
    while (*sentence != '\0') {
        size_t len = strcspn(sentence, "{");
        sg_buffer_add(buffer, sg_span(sentence, len));
        sentence += len;
        if (*sentence == '{')
            sentence = add_field(buffer, sentence, params);
    }
}
