/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What outlives a judgement: that this key made the signature on this object. Both are told by
 * digests of all that went into the arithmetic, so a fact stays true whoever judges, when, and
 * under which policy. Only signatures that hold are remembered. A fact is no verdict: validity,
 * revocation, names and uses are judged each time (RFC 3850 4.1).
 *
 * As much is kept as fits; an old fact that makes place for a new one costs its computation again.
 */
#ifndef SG_PATH_FACT_MEMORY_H
#define SG_PATH_FACT_MEMORY_H

#include "signet/base.h"

/* Of the object's DER, and of SubjectPublicKeyInfo followed by the parameters that it inherits. */
struct sg_remembered {
    uint8_t object[32], key[32];
};

/* The name of a key: SPKI and PARAMETERS, {NULL,0} for a key that inherits none. False: memory is
 * out. */
SIGNET_MUST_CHECK bool sg_remembered_key(struct signet_span spki, struct signet_span parameters,
                                         uint8_t key[32]);

struct sg_fact_memory;

/* The most facts that one holds. */
#define SG_FACT_MEMORY_MAX ((size_t)4096)

/* NULL: memory is out. */
SIGNET_MUST_CHECK struct sg_fact_memory *sg_fact_memory_new(void);
void sg_fact_memory_free(struct sg_fact_memory *memory); /* NULL is legal */

bool sg_fact_memory_has(const struct sg_fact_memory *memory, const struct sg_remembered *fact);

/* KNOWN: whoever keeps facts has it already, and need not be told of it. */
void sg_fact_memory_add(struct sg_fact_memory *memory, const struct sg_remembered *fact,
                        bool known);

/*
 * Walks what was learned: facts that nobody keeps yet. *PLACE is 0 at first; NULL at the end.
 * Borrowed until the next change.
 */
const struct sg_remembered *sg_fact_memory_next(const struct sg_fact_memory *memory, size_t *place);
/* All that was learned so far is kept now. */
void sg_fact_memory_settle(struct sg_fact_memory *memory);

#endif
