/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sentence with its parameters put in.
 */
#ifndef SG_FINDING_SENTENCE_H
#define SG_FINDING_SENTENCE_H

#include "base/buffer.h"
#include "signet/finding.h"

/*
 * Appends SENTENCE, each {name} replaced by the parameter of that name as people read it, escaped.
 * A name that PARAMS does not have stays as it stands. PARAMS ends with SIGNET_PARAM_END, or is
 * NULL.
 */
void sg_sentence_add(struct sg_buffer *buffer, const char *sentence,
                     const struct signet_param *params);

#endif
