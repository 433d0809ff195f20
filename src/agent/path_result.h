/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For whoever judges many certificates and keeps the results.
 */
#ifndef SG_AGENT_PATH_RESULT_H
#define SG_AGENT_PATH_RESULT_H

#include "signet/path.h"

/* Gives back what RESULT was found with and keeps what it shows. Another update finds out anew what
 * earlier rounds had, but for facts that the context remembers. */
void sg_path_result_settle(struct signet_path_result *result);

#endif
