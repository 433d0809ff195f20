/* SPDX-License-Identifier: Apache-2.0 */
#include "proof_counts.h"

#include "output.h"

#include <stdio.h>

void proof_counts_members(const size_t proofs[SIGNET_NUM_PROOFS],
                          struct signet_report_member members[PROOF_COUNTS_MEMBERS])
{
    static const char *const names[SIGNET_NUM_PROOFS] = {
        [SIGNET_PROOF_VERIFIED] = "verified",
        [SIGNET_PROOF_NO_ISSUER] = "no_issuer",
        [SIGNET_PROOF_OTHER_ISSUER] = "other_issuer",
        [SIGNET_PROOF_UNSUPPORTED] = "unsupported",
        [SIGNET_PROOF_LIMIT] = "limit",
        [SIGNET_PROOF_FALSE] = "false",
    };

    for (size_t i = 0; i < SIGNET_NUM_PROOFS; i++)
        members[i] = (struct signet_report_member){names[i], NULL, (int64_t)proofs[i]};
}

/* Only what there is, beside those that hold. */
void proof_counts_say(const size_t proofs[SIGNET_NUM_PROOFS])
{
    static const char *const words[SIGNET_NUM_PROOFS] = {
        [SIGNET_PROOF_VERIFIED] = "checked",
        [SIGNET_PROOF_NO_ISSUER] = "whose issuer is not known here",
        [SIGNET_PROOF_OTHER_ISSUER] = "not by any issuer known here by that name",
        [SIGNET_PROOF_UNSUPPORTED] = "that cannot be checked here",
        [SIGNET_PROOF_LIMIT] = "left for later, as too many issuers have that name",
        [SIGNET_PROOF_FALSE] = "false",
    };
    char text[512] = "";
    size_t total = 0, len = 0;

    for (size_t i = 0; i < SIGNET_NUM_PROOFS; i++) {
        size_t num = proofs[i];

        total += num;
        if ((num > 0 || i == SIGNET_PROOF_VERIFIED) && len < sizeof text)
            len += (size_t)snprintf(text + len, sizeof text - len, "%s%zu %s", len == 0 ? "" : ", ",
                                    num, words[i]);
    }
    if (total > 0)
        output_line("signatures: %s", text);
}
