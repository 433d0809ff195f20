/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/lint_checks.h"

SG_LINT_CHECK(crl_version)
{
    if (subject->crl->version < 2)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(crl_next_update)
{
    if (subject->crl->next_update == SIGNET_TIME_UNKNOWN)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(crl_reversed)
{
    if (subject->crl->next_update != SIGNET_TIME_UNKNOWN &&
        subject->crl->next_update <= subject->crl->this_update)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(crl_signer_usage)
{
    const struct signet_certificate *issuer = subject->issuer;
    if (issuer != NULL && !subject->signature_wrong && issuer->has_key_usage &&
        (issuer->key_usage & SG_KU_CRL_SIGN) == 0)
        sg_lint_say(lint, row, subject, NULL);
}
