/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sets of places in a path, the target's being 0. The search blames such a set when it finds that a
 * path cannot be right: whatever else is changed, with these certificates in these places it fails.
 */
#ifndef SG_PATH_POSITIONS_H
#define SG_PATH_POSITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t sg_positions;

enum { SG_LAST_POSITION = 63 }; /* stands for all that follow, too */

/* The target is part of every path, so nobody blames it; its bit means that the number of
 * certificates below matters: with fewer of them it might work. */
#define SG_POSITIONS_COUNT ((sg_positions)1)

static inline sg_positions sg_position(size_t place)
{
    if (place == 0)
        return 0;
    return (sg_positions)1 << (place < SG_LAST_POSITION ? place : SG_LAST_POSITION);
}

/* SET but for PLACE; the last bit stays, as it stands for others, too. */
static inline sg_positions sg_positions_without(sg_positions set, size_t place)
{
    return place < SG_LAST_POSITION ? set & ~sg_position(place) : set;
}

/* All from FIRST to LAST. */
static inline sg_positions sg_positions_between(size_t first, size_t last)
{
    sg_positions all = 0;
    for (size_t place = first; place <= last && place <= SG_LAST_POSITION; place++)
        all |= sg_position(place);
    return last >= SG_LAST_POSITION ? all | sg_position(SG_LAST_POSITION) : all;
}

/* The highest of SET; 0 for none. */
static inline size_t sg_positions_highest(sg_positions set)
{
    size_t place = SG_LAST_POSITION;
    while (place > 0 && (set >> place & 1) == 0)
        place--;
    return place;
}

#endif
