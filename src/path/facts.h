/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of the signature facts, see sg_fact_verify in judgement.h. Within src/path only.
 */
#ifndef SG_PATH_FACTS_H
#define SG_PATH_FACTS_H

#include "path/judgement.h"

/* Frees the keys of FACTS; NULL is legal. The rest goes with the arena. */
void sg_facts_clear(struct sg_fact_table *facts);

#endif
