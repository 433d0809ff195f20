/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"

#include <stdlib.h>

void sg_spool_begin_at(struct sg_spool *spool, uint8_t *room, size_t len)
{
    *spool = (struct sg_spool){.start = room, .room = len};
}

/* One for all spools of ARENA, one after the other: it stays in the cache, and is not made ready
 * anew for each. */
static uint8_t *take_piece(struct sg_arena *arena)
{
    uint8_t *piece = arena->piece;
    arena->piece = NULL;
    return piece != NULL ? piece : malloc(SG_SPOOL_PIECE_LEN);
}

static void give_piece_back(struct sg_arena *arena, uint8_t *piece)
{
    if (arena->piece == NULL)
        arena->piece = piece;
    else
        free(piece);
}

/* A file, and memory that is written to it whenever it is full. */
static bool begin_file(struct sg_spool *spool, size_t max_len)
{
    void *file = sg_arena_file_open(spool->arena);
    if (file == NULL)
        return false;
    spool->start = take_piece(spool->arena);
    if (spool->start == NULL) {
        sg_arena_file_discard(spool->arena, file);
        return false;
    }
    spool->file = file;
    spool->room = SG_SPOOL_PIECE_LEN;
    spool->left = max_len - SG_SPOOL_PIECE_LEN;
    return true;
}

bool sg_spool_begin(struct sg_spool *spool, struct sg_arena *arena, size_t max_len)
{
    *spool = (struct sg_spool){.arena = arena};
    if (max_len >= SIGNET_SCRATCH_MIN_LEN && begin_file(spool, max_len))
        return true;
    spool->start = sg_arena_alloc(arena, max_len);
    if (spool->start != NULL)
        spool->room = max_len;
    return spool->start != NULL;
}

/* All that there is and may come is from now on at START: memory of the arena with LEN octets in
 * it. NULL: memory is out, which the arena tells. */
static bool leave_file(struct sg_spool *spool, uint8_t *start, size_t len, size_t room)
{
    struct sg_arena *arena = spool->arena;
    give_piece_back(arena, spool->start);
    sg_arena_file_discard(arena, spool->file);
    *spool = (struct sg_spool){.arena = arena, .start = start};
    if (start == NULL)
        return false;
    spool->len = len;
    spool->room = room;
    return true;
}

/* What the file has; NULL: it cannot be had, which is latched. */
static const uint8_t *map(struct sg_spool *spool)
{
    const struct signet_scratch *scratch = spool->arena->scratch;
    const uint8_t *octets = scratch->map(scratch->context, spool->file);
    if (octets == NULL)
        sg_arena_refuse(spool->arena, false);
    return octets;
}

/* The disk is full. */
static bool go_on_in_memory(struct sg_spool *spool)
{
    size_t len = spool->in_file + spool->len, room = spool->room + spool->left;
    const uint8_t *written = spool->in_file > 0 ? map(spool) : NULL;
    uint8_t *start = sg_arena_alloc(spool->arena, len + room);
    if (start != NULL && spool->in_file > 0)
        memcpy(start, written, spool->in_file);
    if (start != NULL)
        memcpy(start + spool->in_file, spool->start, spool->len);
    return leave_file(spool, start, len, room);
}

/* There are octets at START. */
static bool write_piece(struct sg_spool *spool)
{
    const struct signet_scratch *scratch = spool->arena->scratch;
    if (!scratch->append(scratch->context, spool->file, sg_span(spool->start, spool->len)))
        return go_on_in_memory(spool);
    spool->in_file += spool->len;
    spool->left += spool->room;
    spool->len = 0;
    spool->room = spool->left < SG_SPOOL_PIECE_LEN ? spool->left : SG_SPOOL_PIECE_LEN;
    spool->left -= spool->room;
    return true;
}

bool sg_spool_reserve(struct sg_spool *spool, size_t wanted)
{
    if (spool->room >= wanted || spool->left == 0)
        return spool->start != NULL;
    return write_piece(spool);
}

bool sg_spool_add(struct sg_spool *spool, struct signet_span octets)
{
    for (;;) {
        struct signet_span taken = sg_span_first(octets, spool->room);
        if (taken.len > 0)
            memcpy(sg_spool_next(spool), taken.ptr, taken.len);
        sg_spool_count(spool, taken.len);
        octets = sg_span_from(octets, taken.len);
        if (octets.len == 0 || spool->left == 0)
            return spool->start != NULL;
        if (!write_piece(spool))
            return false;
    }
}

/* The octets never filled a piece. */
static bool keep_few(struct sg_spool *spool)
{
    struct signet_span few = sg_arena_copy(spool->arena, sg_span(spool->start, spool->len));
    return leave_file(spool, (uint8_t *)(uintptr_t)few.ptr, few.len, 0);
}

bool sg_spool_finish(struct sg_spool *spool, struct signet_span *out)
{
    *out = (struct signet_span){NULL, 0};
    if (spool->file != NULL && spool->in_file == 0 && !keep_few(spool))
        return false;
    if (spool->file != NULL && spool->len > 0 && !write_piece(spool))
        return false;
    if (spool->file == NULL) {
        if (spool->start != NULL)
            *out = sg_span(spool->start, spool->len);
        return out->ptr != NULL;
    }
    const uint8_t *octets = map(spool);
    if (octets != NULL)
        *out = sg_span(octets, spool->in_file);
    give_piece_back(spool->arena, spool->start);
    *spool = (struct sg_spool){.arena = spool->arena};
    return octets != NULL;
}
