/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What came of many signatures, in words.
 */
#ifndef CLI_PROOF_COUNTS_H
#define CLI_PROOF_COUNTS_H

#include <signet/intake.h>
#include <signet/report.h>

/* On a line of standard output; nothing where there were none. */
void proof_counts_say(const size_t proofs[SIGNET_NUM_PROOFS]);

/* So many members of a JSON object. */
#define PROOF_COUNTS_MEMBERS SIGNET_NUM_PROOFS
void proof_counts_members(const size_t proofs[SIGNET_NUM_PROOFS],
                          struct signet_report_member members[PROOF_COUNTS_MEMBERS]);

#endif
