/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A spool: octets that are written in order, and of which it is known how many there may be at the
 * most; in the end one span. Few of them lie in the arena from the start; many go to a file of its
 * scratch, through a piece of memory that stays in the processor's cache.
 */
#ifndef SG_BASE_SPOOL_H
#define SG_BASE_SPOOL_H

#include "base/arena.h"
#include "base/span.h"

/* What is written to a file at once. */
#define SG_SPOOL_PIECE_LEN ((size_t)1 << 18)

struct sg_spool {
    struct sg_arena *arena; /* NULL: the memory was given */
    uint8_t *start;         /* of the memory that is written to: for all of it, or a piece */
    size_t len;             /* octets there */
    size_t room;            /* for so many more */
    size_t left;            /* octets that may still come when that is full */
    void *file;             /* of the arena's scratch; NULL: none, or not any more */
    size_t in_file;         /* octets there, before those at START */
};

/*
 * Room for MAX_LEN octets. From then on the spool is written to and finished, whatever happens in
 * between. False when there is none (arena->failed): then there is nothing to finish, but that is
 * legal.
 */
SIGNET_MUST_CHECK bool sg_spool_begin(struct sg_spool *spool, struct sg_arena *arena,
                                      size_t max_len);
/* The same in memory of the caller's, which nothing is allocated beside: LEN octets at ROOM. */
void sg_spool_begin_at(struct sg_spool *spool, uint8_t *room, size_t len);

/*
 * Makes room for WANTED octets (at most SG_SPOOL_PIECE_LEN), or for all that may still come where
 * these are fewer: they are written behind the first spool->len at spool->start, and counted with
 * sg_spool_count. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_spool_reserve(struct sg_spool *spool, size_t wanted);

static inline uint8_t *sg_spool_next(const struct sg_spool *spool)
{
    return spool->start + spool->len;
}

/* LEN octets were written at sg_spool_next: at most spool->room. */
static inline void sg_spool_count(struct sg_spool *spool, size_t len)
{
    spool->len += len;
    spool->room -= len;
}

/* Of what goes over the maximum nothing is taken: the input may lie in a file that somebody writes
 * to. False: memory is out. */
SIGNET_MUST_CHECK bool sg_spool_add(struct sg_spool *spool, struct signet_span octets);

/* All octets, which live as long as the arena; never NULL. False, *OUT {NULL,0}, when memory is
 * out, or was out before. */
SIGNET_MUST_CHECK bool sg_spool_finish(struct sg_spool *spool, struct signet_span *out);

#endif
