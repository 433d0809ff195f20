/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define ONE_BLOCK_EACH
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define ONE_BLOCK_EACH
#endif

/* Under the address sanitizer every object is a block of its own, so that running past the end of
 * one is seen instead of landing in its neighbour. */
#ifdef ONE_BLOCK_EACH
enum { ALIGNMENT = 1, FIRST_BLOCK_LEN = 1, LAST_BLOCK_LEN = 1 };
#else
enum { ALIGNMENT = alignof(max_align_t), FIRST_BLOCK_LEN = 1024, LAST_BLOCK_LEN = 256 * 1024 };
#endif

struct sg_arena_block {
    alignas(max_align_t) struct sg_arena_block *next;
};

struct sg_arena_file {
    struct sg_arena_file *next;
    void *file;
};

void sg_arena_init(struct sg_arena *arena, size_t max)
{
    *arena = (struct sg_arena){.max = max};
}

void sg_arena_clear(struct sg_arena *arena)
{
    const struct signet_scratch *scratch = arena->scratch;
    for (struct sg_arena_file *file = arena->files; file != NULL; file = file->next)
        scratch->discard(scratch->context, file->file);
    free(arena->piece);
    struct sg_arena_block *block = arena->blocks;
    while (block != NULL) {
        struct sg_arena_block *next = block->next;
        free(block);
        block = next;
    }
    sg_arena_init(arena, arena->max);
    arena->scratch = scratch;
}

enum signet_status sg_arena_status(const struct sg_arena *arena)
{
    if (!arena->failed)
        return SIGNET_OK;
    return arena->at_max ? SIGNET_ERR_LIMIT : SIGNET_ERR_MEMORY;
}

void sg_arena_refuse(struct sg_arena *arena, bool at_max)
{
    if (!arena->failed)
        arena->at_max = at_max;
    arena->failed = true;
}

static void *refuse(struct sg_arena *arena, bool at_max)
{
    sg_arena_refuse(arena, at_max);
    return NULL;
}

void *sg_arena_file_open(struct sg_arena *arena)
{
    const struct signet_scratch *scratch = arena->scratch;
    if (scratch == NULL)
        return NULL;
    struct sg_arena_file *made = sg_arena_alloc(arena, sizeof(*made));
    if (made == NULL)
        return NULL;
    made->file = scratch->open(scratch->context);
    if (made->file == NULL)
        return NULL;
    made->next = arena->files;
    arena->files = made;
    return made->file;
}

void sg_arena_file_discard(struct sg_arena *arena, void *file)
{
    struct sg_arena_file **link = &arena->files;
    while ((*link)->file != file)
        link = &(*link)->next;
    *link = (*link)->next;
    arena->scratch->discard(arena->scratch->context, file);
}

/* A block with LEN usable bytes would go over the maximum. */
static bool is_over_max(const struct sg_arena *arena, size_t len)
{
    size_t left = arena->max - arena->used;
    return left < sizeof(struct sg_arena_block) || len > left - sizeof(struct sg_arena_block);
}

/* A zeroed block with LEN usable bytes, not linked in yet. NULL, nothing latched, when out of room.
 */
static struct sg_arena_block *take_block(struct sg_arena *arena, size_t len)
{
    if (is_over_max(arena, len))
        return NULL;
    struct sg_arena_block *block = calloc(1, sizeof(*block) + len);
    if (block != NULL)
        arena->used += sizeof(*block) + len;
    return block;
}

/* An object that gets a block of its own; the newest block stays the one that is filled. */
static void *take_alone(struct sg_arena *arena, size_t len)
{
    struct sg_arena_block *block = take_block(arena, len);
    if (block == NULL)
        return refuse(arena, is_over_max(arena, len));

    if (arena->blocks == NULL) {
        arena->blocks = block;
    } else {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    }
    return block + 1;
}

/* Blocks grow with the arena, so that a small operation stays small and a large one makes few
 * calls. */
static size_t next_block_len(const struct sg_arena *arena)
{
    if (arena->used < FIRST_BLOCK_LEN)
        return FIRST_BLOCK_LEN;
    return arena->used < LAST_BLOCK_LEN ? arena->used : LAST_BLOCK_LEN;
}

void *sg_arena_alloc(struct sg_arena *arena, size_t len)
{
    if (len == 0)
        len = 1;
    if (arena->failed || len > SIZE_MAX - ALIGNMENT)
        return refuse(arena, true);
    len = (len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

    if (len > arena->room) {
        size_t block_len = next_block_len(arena);
        if (len > block_len / 4)
            return take_alone(arena, len);
        struct sg_arena_block *block = take_block(arena, block_len);
        if (block == NULL)
            return take_alone(arena, len);
        block->next = arena->blocks;
        arena->blocks = block;
        arena->next = (uint8_t *)(block + 1);
        arena->room = block_len;
    }

    void *object = arena->next;
    arena->next += len;
    arena->room -= len;
    return object;
}

void *sg_arena_array(struct sg_arena *arena, size_t num, size_t size)
{
    if (size != 0 && num > SIZE_MAX / size)
        return refuse(arena, true);
    return sg_arena_alloc(arena, num * size);
}

bool sg_arena_grow(struct sg_arena *arena, void **items, size_t *cap, size_t num, size_t size)
{
    if (num < *cap)
        return true;
    if (num > SIZE_MAX / 2 - 8)
        return refuse(arena, true) != NULL;

    size_t larger = num < 4 ? 8 : num * 2;
    void *copy = sg_arena_array(arena, larger, size);
    if (copy == NULL)
        return false;
    if (*cap > 0)
        memcpy(copy, *items, *cap * size);
    *items = copy;
    *cap = larger;
    return true;
}

struct signet_span sg_arena_copy(struct sg_arena *arena, struct signet_span bytes)
{
    uint8_t *copy = sg_arena_alloc(arena, bytes.len);
    if (copy == NULL)
        return (struct signet_span){NULL, 0};
    if (bytes.len > 0)
        memcpy(copy, bytes.ptr, bytes.len);
    return (struct signet_span){copy, bytes.len};
}

char *sg_arena_printf(struct sg_arena *arena, const char *format, ...)
{
    char start[128]; /* most texts are no longer, and are put together once */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(start, sizeof(start), format, args);
    char *text = len < 0 ? refuse(arena, false) : sg_arena_alloc(arena, (size_t)len + 1);
    if (text != NULL && (size_t)len < sizeof(start))
        memcpy(text, start, (size_t)len + 1);
    else if (text != NULL)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}
