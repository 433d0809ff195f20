/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/finding.h"

#include "base/buffer.h"
#include "base/span.h"
#include "base/text.h"
#include "finding/kind.h"
#include "finding/sentence.h"

#include <string.h>

/* A sentence cannot reach this: each of its few fields is cut. */
enum { MAX_SENTENCE_LEN = 65536 };

/* Octets of one parameter that a finding keeps; the object itself is at hand to whoever wants more.
 */
enum { MAX_PARAM_LEN = 1024 };

struct sg_dropped_finding {
    uint16_t kind;
    uint16_t cap;
};

struct signet_param sg_string(const char *name, const char *text)
{
    return sg_text(name, sg_span_text(text != NULL ? text : ""));
}

void sg_findings_init(struct sg_findings *list, struct sg_arena *arena)
{
    *list = (struct sg_findings){.arena = arena};
}

static bool is_text(enum signet_param_type type)
{
    return type == SIGNET_PARAM_TEXT || type == SIGNET_PARAM_ESCAPED;
}

static bool has_bytes(enum signet_param_type type)
{
    return type == SIGNET_PARAM_HEX || type == SIGNET_PARAM_OID || is_text(type);
}

static void copy_params(struct sg_arena *arena, const struct signet_param *params,
                        struct signet_finding *finding)
{
    size_t num = 0;
    while (params != NULL && num < SIGNET_MAX_PARAMS && params[num].type != SIGNET_PARAM_END) {
        struct signet_param *copy = &finding->params[num];
        *copy = params[num++];
        if (is_text(copy->type))
            copy->value.bytes = sg_text_cut(copy->value.bytes, MAX_PARAM_LEN);
        if (has_bytes(copy->type))
            copy->value.bytes =
                sg_arena_copy(arena, sg_span_first(copy->value.bytes, MAX_PARAM_LEN));
    }
    finding->num_params = num;
}

static uint64_t hash_finding(enum sg_kind kind, struct sg_where where, struct signet_span text)
{
    uint64_t seed =
        (uint64_t)kind << 40 ^ (uint64_t)where.object << 32 ^ (uint32_t)where.certificate;
    return sg_span_hash(text, seed);
}

/* Items with unlike caps are unlike: one is settled, the other stands. */
static bool is_same(const struct sg_finding_item *a, const struct sg_finding_item *b)
{
    return a->hash == b->hash && a->kind == b->kind && a->cap == b->cap &&
           a->finding.object == b->finding.object &&
           a->finding.certificate == b->finding.certificate &&
           strcmp(a->finding.text, b->finding.text) == 0;
}

static bool is_repeated(const struct sg_findings *list, const struct sg_finding_item *item,
                        size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (is_same(&list->items[i], item))
            return true;
    }
    return false;
}

static void drop(struct sg_findings *list, enum sg_kind kind, enum signet_verdict cap)
{
    void *dropped = list->dropped;
    if (!sg_arena_grow(list->arena, &dropped, &list->dropped_cap, list->num_dropped,
                       sizeof(*list->dropped))) {
        list->failed = true;
        return;
    }
    list->dropped = dropped;
    list->dropped[list->num_dropped++] = (struct sg_dropped_finding){(uint16_t)kind, (uint16_t)cap};
}

/* Adds ITEM, all of whose pointers may still be borrowed, unless it repeats another. */
static void keep(struct sg_findings *list, const struct sg_finding_item *item,
                 const struct signet_param *params)
{
    if (is_repeated(list, item, list->num))
        return;

    void *items = list->items;
    char *text = sg_arena_printf(list->arena, "%s", item->finding.text);
    if (text == NULL || !sg_arena_grow(list->arena, &items, &list->cap, list->num, sizeof(*item))) {
        list->failed = true;
        return;
    }
    list->items = items;
    struct sg_finding_item *kept = &list->items[list->num++];
    *kept = *item;
    kept->finding.text = text;
    copy_params(list->arena, params, &kept->finding);
    list->failed |= list->arena->failed;
}

/* A finding of KIND that borrows its text from BUFFER; false when memory is out. */
static bool make_item(struct sg_buffer *buffer, enum sg_kind kind, struct sg_where where,
                      const struct signet_param *params, struct sg_finding_item *item)
{
    const struct sg_kind_row *row = sg_kind_get(kind);
    sg_sentence_add(buffer, row->sentence, params);
    size_t text_len = buffer->len;
    sg_buffer_add_byte(buffer, '\0');
    if (buffer->status != SIGNET_OK)
        return false;
    struct signet_span text = {buffer->ptr, text_len};

    *item = (struct sg_finding_item){
        .finding = {.code = row->code,
                    .object = where.object,
                    .certificate = where.certificate,
                    .rule = row->rule,
                    .text = (const char *)buffer->ptr},
        .kind = kind,
        .cap = SIGNET_VERDICT_BAD,
        .hash = hash_finding(kind, where, text),
    };
    return true;
}

void sg_finding_add(struct sg_findings *list, enum sg_kind kind, struct sg_where where,
                    const struct signet_param *params)
{
    if (list->num >= SG_MAX_FINDINGS) {
        drop(list, kind, SIGNET_VERDICT_BAD);
        return;
    }
    struct sg_buffer buffer;
    struct sg_finding_item item;
    sg_buffer_init(&buffer, MAX_SENTENCE_LEN);
    if (make_item(&buffer, kind, where, params, &item))
        keep(list, &item, params);
    else
        list->failed = true;
    sg_buffer_free(&buffer);
}

static void append_item(struct sg_findings *list, const struct sg_finding_item *item)
{
    if (list->num >= SG_MAX_FINDINGS) {
        drop(list, item->kind, item->cap);
        return;
    }
    struct signet_param params[SIGNET_MAX_PARAMS + 1] = {{0}};
    memcpy(params, item->finding.params, item->finding.num_params * sizeof(params[0]));
    keep(list, item, params);
}

void sg_findings_append(struct sg_findings *list, const struct sg_findings *from)
{
    size_t num = from->num, num_dropped = from->num_dropped; /* LIST may be FROM itself */
    list->failed |= from->failed;
    for (size_t i = 0; i < num && !list->failed; i++)
        append_item(list, &from->items[i]);
    for (size_t i = 0; i < num_dropped && !list->failed; i++)
        drop(list, from->dropped[i].kind, from->dropped[i].cap);
}

void sg_findings_cap(struct sg_findings *list, struct sg_findings_mark since,
                     enum signet_verdict cap)
{
    for (size_t i = since.num; i < list->num; i++) {
        if (list->items[i].cap > cap)
            list->items[i].cap = cap;
    }
    for (size_t i = since.num_dropped; i < list->num_dropped; i++) {
        if (list->dropped[i].cap > cap)
            list->dropped[i].cap = (uint16_t)cap;
    }
}

static enum signet_severity severity_of(enum signet_verdict effect)
{
    if (effect <= SIGNET_VERDICT_GOOD)
        return SIGNET_SEVERITY_INFO;
    return effect == SIGNET_VERDICT_WARN ? SIGNET_SEVERITY_WARNING : SIGNET_SEVERITY_ERROR;
}

static enum signet_verdict smaller(enum signet_verdict a, enum signet_verdict b)
{
    return a < b ? a : b;
}

static enum signet_verdict larger(enum signet_verdict a, enum signet_verdict b)
{
    return a > b ? a : b;
}

/* What another source has settled leaves nothing to do, so it comes without advice. */
static void conclude_item(struct sg_finding_item *item, const struct signet_policy *policy)
{
    enum signet_verdict effect = sg_kind_effect(item->kind, policy);
    struct signet_finding *finding = &item->finding;
    finding->effect = smaller(effect, item->cap);
    finding->severity = severity_of(finding->effect);
    finding->advice = finding->effect < effect ? NULL : signet_code_advice(finding->code);
}

enum signet_verdict sg_findings_conclude(struct sg_findings *list,
                                         const struct signet_policy *policy)
{
    enum signet_verdict worst = SIGNET_VERDICT_GOOD;
    for (size_t i = 0; i < list->num; i++) {
        conclude_item(&list->items[i], policy);
        worst = larger(worst, list->items[i].finding.effect);
    }
    for (size_t i = 0; i < list->num_dropped; i++) {
        enum signet_verdict effect = sg_kind_effect(list->dropped[i].kind, policy);
        worst = larger(worst, smaller(effect, (enum signet_verdict)list->dropped[i].cap));
    }
    return worst;
}

bool sg_findings_have(const struct sg_findings *list, enum signet_code code)
{
    for (size_t i = 0; i < list->num; i++) {
        if (list->items[i].finding.code == code)
            return true;
    }
    for (size_t i = 0; i < list->num_dropped; i++) {
        if (sg_kind_get(list->dropped[i].kind)->code == code)
            return true;
    }
    return false;
}

/* Tells how many findings are not listed, in the place after the last. */
static bool add_dropped_note(struct sg_findings *list, struct signet_finding *out)
{
    struct sg_buffer buffer;
    struct sg_finding_item item;
    const struct signet_param *params = SG_PARAMS(sg_number("number", (int64_t)list->num_dropped));
    sg_buffer_init(&buffer, MAX_SENTENCE_LEN);
    bool ok =
        make_item(&buffer, SG_KIND_FINDINGS_DROPPED, sg_at(SIGNET_OBJECT_MESSAGE), params, &item);
    if (ok) {
        *out = item.finding;
        out->effect = SIGNET_VERDICT_GOOD;
        out->text = sg_arena_printf(list->arena, "%s", item.finding.text);
        copy_params(list->arena, params, out);
    }
    sg_buffer_free(&buffer);
    return ok && !list->arena->failed;
}

struct signet_findings sg_findings_view(struct sg_findings *list)
{
    struct signet_finding *view = sg_arena_array(list->arena, list->num + 1, sizeof(*view));
    size_t num = 0;
    for (size_t i = 0; view != NULL && i < list->num; i++) {
        if (!is_repeated(list, &list->items[i], i))
            view[num++] = list->items[i].finding;
    }
    if (view != NULL && list->num_dropped > 0 && add_dropped_note(list, &view[num]))
        num++;
    list->failed |= list->arena->failed;
    return list->failed ? (struct signet_findings){NULL, 0} : (struct signet_findings){view, num};
}

struct signet_findings sg_findings_view_in(struct sg_findings *list, struct sg_arena *arena)
{
    struct sg_findings copy;
    if (list->arena == arena)
        return sg_findings_view(list);
    sg_findings_init(&copy, arena);
    sg_findings_append(&copy, list);
    struct signet_findings view = sg_findings_view(&copy);
    list->failed |= copy.failed;
    return view;
}
