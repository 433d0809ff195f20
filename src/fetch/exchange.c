/* SPDX-License-Identifier: Apache-2.0 */
#include "fetch/exchange.h"

#include "base/span.h"
#include "fetch/rules.h"

#include <stdlib.h>

/* Texts and the list of values. Each value counts VALUE_COST octets against the answer's maximum,
 * so that values without octets have an end too. */
enum { MAX_TEXTS = 256 * 1024, VALUE_COST = 64 };

static size_t arena_max(size_t max_bytes)
{
    return max_bytes < SIZE_MAX / 16 ? MAX_TEXTS + max_bytes * 8 : SIZE_MAX;
}

static void copy_request(struct sg_fetch_exchange *exchange,
                         const struct signet_fetch_request *request, size_t max_bytes)
{
    struct sg_arena *arena = &exchange->arena;
    exchange->request = (struct signet_fetch_request){
        .kind = request->kind,
        .url = sg_fetch_text_copy(arena, request->url),
        .address = sg_fetch_text_copy(arena, request->address),
        .etag = sg_fetch_text_copy(arena, request->etag),
        .last_modified = sg_fetch_text_copy(arena, request->last_modified),
        .max_bytes = request->max_bytes > 0 ? request->max_bytes : max_bytes,
        .own_place = request->own_place,
    };
}

struct sg_fetch_exchange *sg_fetch_exchange_new(const struct signet_fetch_request *request,
                                                size_t max_bytes)
{
    struct sg_fetch_exchange *exchange = calloc(1, sizeof(*exchange));
    if (exchange == NULL)
        return NULL;
    sg_arena_init(&exchange->arena,
                  arena_max(request->max_bytes > 0 ? request->max_bytes : max_bytes));
    copy_request(exchange, request, max_bytes);
    if (!exchange->arena.failed)
        return exchange;
    sg_fetch_exchange_free(exchange);
    return NULL;
}

static void drop_values(struct sg_fetch_exchange *exchange)
{
    for (size_t i = 0; i < exchange->num_values; i++)
        sg_buffer_free(&exchange->octets[i]);
    exchange->num_values = 0;
}

void sg_fetch_exchange_free(struct sg_fetch_exchange *exchange)
{
    if (exchange == NULL)
        return;
    drop_values(exchange);
    sg_arena_clear(&exchange->arena);
    free(exchange);
}

bool sg_fetch_exchange_same(const struct sg_fetch_exchange *a, const struct sg_fetch_exchange *b)
{
    const struct signet_fetch_request *x = &a->request, *y = &b->request;
    return x->kind == y->kind && x->max_bytes == y->max_bytes && x->own_place == y->own_place &&
           strcmp(x->url, y->url) == 0 && strcmp(x->address, y->address) == 0 &&
           strcmp(x->etag, y->etag) == 0 && strcmp(x->last_modified, y->last_modified) == 0;
}

void sg_fetch_exchange_conclude(struct sg_fetch_exchange *exchange,
                                enum signet_fetch_outcome outcome, const char *reason)
{
    drop_values(exchange);
    exchange->end = (struct sg_frame_end){outcome, reason, "", "", "", ""};
    exchange->done = true;
}

static void out_of_memory(struct sg_fetch_exchange *exchange)
{
    sg_fetch_exchange_conclude(exchange, SIGNET_FETCH_FAILED, "memory is out");
}

static bool count(struct sg_fetch_exchange *exchange, size_t len)
{
    if (len > exchange->request.max_bytes - exchange->num_bytes)
        return false;
    exchange->num_bytes += len;
    return true;
}

static bool take_value(struct sg_fetch_exchange *exchange, struct signet_span body)
{
    struct sg_arena *arena = &exchange->arena;
    size_t num = exchange->num_values;
    const char *label;
    if (!sg_frame_read_value(body, &label) || (num > 0 && !count(exchange, VALUE_COST)))
        return false;
    label = sg_fetch_text_copy(arena, label);
    if (label == NULL ||
        !sg_arena_grow(arena, (void **)&exchange->octets, &exchange->cap_octets, num,
                       sizeof(*exchange->octets)) ||
        !sg_arena_grow(arena, (void **)&exchange->values, &exchange->cap_values, num,
                       sizeof(*exchange->values))) {
        out_of_memory(exchange);
        return true;
    }
    sg_buffer_init(&exchange->octets[num], exchange->request.max_bytes);
    exchange->values[num] = (struct signet_fetch_value){label, {(const uint8_t *)"", 0}};
    exchange->num_values++;
    return true;
}

static bool take_data(struct sg_fetch_exchange *exchange, struct signet_span body)
{
    if (exchange->num_values == 0 || body.len == 0 || !count(exchange, body.len))
        return false;
    struct sg_buffer *octets = &exchange->octets[exchange->num_values - 1];
    sg_buffer_add(octets, body);
    if (octets->status != SIGNET_OK)
        out_of_memory(exchange);
    return true;
}

/* An answer that is not done has no values: what came before it failed proves nothing. */
static bool take_end(struct sg_fetch_exchange *exchange, struct signet_span body)
{
    struct sg_arena *arena = &exchange->arena;
    struct sg_frame_end end;
    if (!sg_frame_read_end(body, &end))
        return false;
    exchange->end = (struct sg_frame_end){
        .outcome = end.outcome,
        .reason = sg_fetch_text_copy(arena, end.reason),
        .final_url = sg_fetch_text_copy(arena, end.final_url),
        .content_type = sg_fetch_text_copy(arena, end.content_type),
        .etag = sg_fetch_text_copy(arena, end.etag),
        .last_modified = sg_fetch_text_copy(arena, end.last_modified),
    };
    exchange->done = true;
    if (arena->failed)
        out_of_memory(exchange);
    else if (end.outcome != SIGNET_FETCH_DONE)
        drop_values(exchange);
    for (size_t i = 0; i < exchange->num_values; i++) {
        if (exchange->octets[i].len > 0)
            exchange->values[i].octets = sg_buffer_span(&exchange->octets[i]);
    }
    return true;
}

bool sg_fetch_exchange_take(struct sg_fetch_exchange *exchange, const struct sg_frame *frame)
{
    static bool (*const take[])(struct sg_fetch_exchange *, struct signet_span) = {
        [SG_FRAME_VALUE] = take_value,
        [SG_FRAME_DATA] = take_data,
        [SG_FRAME_END] = take_end,
    };
    return take[frame->type] != NULL && take[frame->type](exchange, frame->body);
}
