/* SPDX-License-Identifier: Apache-2.0 */
#include "send/path_worth.h"

bool sg_path_worth_asking(const struct signet_path_result *result)
{
    struct signet_findings findings = signet_path_result_findings(result);
    for (size_t i = 0; i < findings.num; i++) {
        enum signet_code code = findings.items[i].code;
        if (findings.items[i].effect > SIGNET_VERDICT_WARN &&
            (code == SIGNET_CODE_KU_FORBIDS || code == SIGNET_CODE_EKU_FORBIDS ||
             code == SIGNET_CODE_CERT_EXPIRED || code == SIGNET_CODE_CERT_NOT_YET_VALID))
            return false;
    }
    return true;
}
