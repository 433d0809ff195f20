/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One arena per operation: everything an operation allocates dies with it, at once.
 * An arena has a maximum, so no input can make an operation grow without bound.
 */
#ifndef SG_BASE_ARENA_H
#define SG_BASE_ARENA_H

#include "signet/scratch.h"

struct sg_arena_block;
struct sg_arena_file;

struct sg_arena {
    struct sg_arena_block *blocks; /* newest first */
    uint8_t *next;                 /* first free byte of the newest block */
    size_t room;                   /* free bytes there */
    size_t used;                   /* bytes taken from malloc so far */
    size_t max;                    /* never take more than this */
    bool failed;                   /* an allocation was refused: latched for the operation's end */
    bool at_max;                   /* the refusal was for the maximum, not for want of memory */
    const struct signet_scratch *scratch; /* where large octets go (base/spool.h), or NULL */
    struct sg_arena_file *files;          /* of SCRATCH, newest first */
    void *piece; /* from malloc, beside MAX: what is written to files goes through it */
};

/* No allocation happens before the first use. MAX in bytes. */
void sg_arena_init(struct sg_arena *arena, size_t max);

/* Frees all that came from ARENA, and discards its files. A zeroed arena is legal. The arena can be
 * used again. */
void sg_arena_clear(struct sg_arena *arena);

/* SIGNET_OK, or why an allocation was refused: SIGNET_ERR_LIMIT for the maximum, else
 * SIGNET_ERR_MEMORY. */
enum signet_status sg_arena_status(const struct sg_arena *arena);

/* Latches a refusal that .failed and sg_arena_status tell of; what comes after the first one is
 * refused for the same reason. */
void sg_arena_refuse(struct sg_arena *arena, bool at_max);

/* A new file of .scratch, which dies with the arena; NULL when there is none. */
SIGNET_MUST_CHECK void *sg_arena_file_open(struct sg_arena *arena);
/* FILE, which came from there, dies now. */
void sg_arena_file_discard(struct sg_arena *arena, void *file);

/* Zeroed, aligned for any object. NULL when memory or the maximum is out, and .failed is set. */
SIGNET_MUST_CHECK void *sg_arena_alloc(struct sg_arena *arena, size_t len);

/* NUM zeroed items of SIZE bytes, overflow checked. */
SIGNET_MUST_CHECK void *sg_arena_array(struct sg_arena *arena, size_t num, size_t size);

/*
 * Makes room for item *NUM (not yet counted) in an array of items of SIZE bytes that lives in the
 * arena: *ITEMS and *CAP are updated. The old array stays behind in the arena, so growth doubles.
 * Returns false, nothing changed, when memory is out.
 */
SIGNET_MUST_CHECK bool sg_arena_grow(struct sg_arena *arena, void **items, size_t *cap, size_t num,
                                     size_t size);

/* A copy of BYTES. An empty span gives a non-NULL pointer. {NULL,0} with .failed when out of
 * memory. */
SIGNET_MUST_CHECK struct signet_span sg_arena_copy(struct sg_arena *arena,
                                                   struct signet_span bytes);

/* printf into the arena; NUL-terminated. NULL when memory is out. */
SIGNET_MUST_CHECK char *sg_arena_printf(struct sg_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
