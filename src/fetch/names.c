/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/fetch.h"

const char *signet_fetch_outcome_name(enum signet_fetch_outcome outcome)
{
    static const char *const names[] = {
        [SIGNET_FETCH_DONE] = "done",           [SIGNET_FETCH_UNCHANGED] = "unchanged",
        [SIGNET_FETCH_ABSENT] = "absent",       [SIGNET_FETCH_REFUSED] = "refused",
        [SIGNET_FETCH_TOO_LARGE] = "too-large", [SIGNET_FETCH_TIMED_OUT] = "timed-out",
        [SIGNET_FETCH_UNPROVEN] = "unproven",   [SIGNET_FETCH_FAILED] = "failed",
        [SIGNET_FETCH_GONE] = "gone",
    };
    return names[outcome];
}
