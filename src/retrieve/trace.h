/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of all sources: used, failed, refused, left out. What a message can make us fetch is
 * there to be read.
 */
#ifndef SG_RETRIEVE_TRACE_H
#define SG_RETRIEVE_TRACE_H

#include "base/arena.h"
#include "signet/retrieve.h"

/* More rows than these are not kept: a message may name any number of locations. */
enum { SG_TRACE_MAX_ROWS = 512 };

struct sg_trace {
    struct sg_arena *arena;
    struct signet_retrieved *rows;
    size_t num, cap;
};

/* Copies URL and ROW's reason, escaped. Returns the row's number, SIZE_MAX where none was made. */
size_t sg_trace_add(struct sg_trace *trace, const char *url, const struct signet_retrieved *row);

/* What became of row NUMBER (SIZE_MAX: of none). REASON is copied, escaped. */
void sg_trace_conclude(struct sg_trace *trace, size_t number, enum signet_retrieve_outcome outcome,
                       const char *reason, size_t bytes);

/* Counts NUM objects that the database had for a need of KIND. */
void sg_trace_database(struct sg_trace *trace, enum signet_need_kind kind, size_t num);

/* What the fetcher's outcome is called here. */
enum signet_retrieve_outcome sg_outcome_of_fetch(enum signet_fetch_outcome outcome);

#endif
