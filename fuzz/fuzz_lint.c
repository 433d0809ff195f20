/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate held against all rules, alone and as its own neighbour: findings in the order of
 * the input, and whoever is there twice breaks the same rules twice. */
#include "signet/lint.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static size_t lint(const struct signet_certificate *certificate, size_t num, size_t *of_first)
{
    const struct signet_certificate *const certificates[] = {certificate, certificate};
    const struct signet_lint_input input = {
        .certificates = certificates,
        .num_certificates = num,
        .rules = SIGNET_LINT_PKIX | SIGNET_LINT_SMIME | SIGNET_LINT_BR,
    };
    struct signet_lint_result *result;
    size_t last = 0, all;
    check(signet_lint_run(&input, &result) == SIGNET_OK);
    all = signet_lint_num_findings(result);
    *of_first = 0;
    for (size_t i = 0; i < all; i++) {
        const struct signet_lint_finding *finding = signet_lint_finding(result, i);
        check(finding->index >= last && finding->index < num);
        check(finding->id != NULL && finding->text != NULL && finding->rule != NULL);
        last = finding->index;
        *of_first += finding->index == 0;
    }
    signet_lint_free(result);
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_certificate *certificate;
    struct signet_span bytes = {data, size};
    size_t alone, twice;
    if (signet_certificate_parse(bytes, &certificate, NULL) != SIGNET_OK)
        return 0;
    lint(certificate, 1, &alone);
    check(lint(certificate, 2, &twice) == 2 * twice);
    signet_certificate_unref(certificate);
    return 0;
}
