/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles: a refusal has a reason, and what is read is the same when it is read alone.
 */
#include "signet/bundle.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    size_t *num = context;
    struct signet_span der = signet_certificate_der(certificate);
    struct signet_certificate *again = NULL;
    if (signet_certificate_parse(der, &again, NULL) == SIGNET_OK) {
        struct signet_span same = signet_certificate_der(again);
        check(same.len == der.len && memcmp(same.ptr, der.ptr, der.len) == 0);
        signet_certificate_unref(again);
    }
    (*num)++;
    return SIGNET_OK;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    size_t *num = context;
    check(signet_crl_der(crl).len > 0);
    (*num)++;
    return SIGNET_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t num = 0, num_bad = 0;
    struct signet_parse_error error = {0};
    const struct signet_bundle_callbacks callbacks = {
        .certificate = take_certificate, .crl = take_crl, .context = &num};
    enum signet_status status =
        signet_bundle_read((struct signet_span){data, size}, &callbacks, &num_bad, &error);
    if (status == SIGNET_ERR_PARSE)
        check(num == 0 && error.expected != NULL);
    if (num_bad > 0)
        check(error.expected != NULL);
    return 0;
}
