/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/trace.h"

#include "base/span.h"
#include "base/text.h"

#include <stdio.h>

/* TEXT made fit for showing; "" where memory is out, which the arena latches. */
static const char *escape(struct sg_arena *arena, const char *text)
{
    struct sg_buffer buffer;
    struct signet_span copy = {NULL, 0};

    sg_buffer_init(&buffer, (size_t)64 << 10);
    sg_text_add_safe(&buffer, sg_text_cut(sg_span_text(text), (size_t)8 << 10));
    sg_buffer_add_byte(&buffer, 0);
    if (buffer.status == SIGNET_OK)
        copy = sg_arena_copy(arena, sg_buffer_span(&buffer));
    else
        arena->failed = true;
    sg_buffer_free(&buffer);
    return copy.ptr == NULL ? "" : (const char *)copy.ptr;
}

size_t sg_trace_add(struct sg_trace *trace, const char *url, const struct signet_retrieved *row)
{
    void *rows = trace->rows;

    if (trace->num == SG_TRACE_MAX_ROWS ||
        !sg_arena_grow(trace->arena, &rows, &trace->cap, trace->num, sizeof *trace->rows))
        return SIZE_MAX;
    trace->rows = rows;
    trace->rows[trace->num] = *row;
    trace->rows[trace->num].url = escape(trace->arena, url);
    trace->rows[trace->num].reason = row->reason == NULL ? "" : escape(trace->arena, row->reason);
    return trace->num++;
}

void sg_trace_conclude(struct sg_trace *trace, size_t number, enum signet_retrieve_outcome outcome,
                       const char *reason, size_t bytes)
{
    if (number >= trace->num)
        return;
    trace->rows[number].outcome = outcome;
    trace->rows[number].reason = escape(trace->arena, reason);
    trace->rows[number].bytes = bytes;
}

/* One row for each kind, whose number grows from round to round. */
void sg_trace_database(struct sg_trace *trace, enum signet_need_kind kind, size_t num)
{
    struct signet_retrieved row = {.need = kind,
                                   .outcome =
                                       num > 0 ? SIGNET_RETRIEVE_FOUND : SIGNET_RETRIEVE_ABSENT,
                                   .from = SIGNET_FROM_DATABASE};

    for (size_t i = 0; i < trace->num; i++) {
        if (trace->rows[i].from != SIGNET_FROM_DATABASE || trace->rows[i].need != kind)
            continue;
        if (num > 0)
            trace->rows[i].outcome = SIGNET_RETRIEVE_FOUND;
        return;
    }
    sg_trace_add(trace, "database", &row);
}

enum signet_retrieve_outcome sg_outcome_of_fetch(enum signet_fetch_outcome outcome)
{
    static const enum signet_retrieve_outcome outcomes[] = {
        [SIGNET_FETCH_DONE] = SIGNET_RETRIEVE_FOUND,
        [SIGNET_FETCH_UNCHANGED] = SIGNET_RETRIEVE_UNCHANGED,
        [SIGNET_FETCH_ABSENT] = SIGNET_RETRIEVE_ABSENT,
        [SIGNET_FETCH_REFUSED] = SIGNET_RETRIEVE_REFUSED,
        [SIGNET_FETCH_TOO_LARGE] = SIGNET_RETRIEVE_TOO_LARGE,
        [SIGNET_FETCH_TIMED_OUT] = SIGNET_RETRIEVE_TIMED_OUT,
        [SIGNET_FETCH_UNPROVEN] = SIGNET_RETRIEVE_UNPROVEN,
        [SIGNET_FETCH_FAILED] = SIGNET_RETRIEVE_FAILED,
        [SIGNET_FETCH_GONE] = SIGNET_RETRIEVE_FAILED,
    };
    return outcomes[outcome];
}
