/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl.h"

/* CRLReason, RFC 5280 5.3.1; 7 is not used. */
static const char *const names[] = {
    [0] = "unspecified",        [1] = "keyCompromise", [2] = "cACompromise",
    [3] = "affiliationChanged", [4] = "superseded",    [5] = "cessationOfOperation",
    [6] = "certificateHold",    [8] = "removeFromCRL", [9] = "privilegeWithdrawn",
    [10] = "aACompromise",
};
enum { NUM_NAMES = sizeof(names) / sizeof(names[0]) };

const char *sg_crl_reason_name(int reason)
{
    if (reason == SG_REASON_ABSENT)
        return names[0];
    const char *name = reason >= 0 && reason < NUM_NAMES ? names[reason] : NULL;
    return name != NULL ? name : "unknown reason";
}
