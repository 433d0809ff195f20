/* SPDX-License-Identifier: Apache-2.0 */
/* An AlgorithmIdentifier as a signature algorithm, of a certificate and of a SignerInfo. */
#include "crypto/signature.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_error(const struct signet_parse_error *error,
                        const struct sg_algorithm *algorithm)
{
    check(error->expected != NULL && error->offset <= algorithm->full.len);
}

static void check_read(const struct sg_signature_algorithm *read)
{
    check(read->scheme <= SG_SCHEME_UNSIGNED && read->digest < SG_NUM_DIGESTS);
    check(read->key_type < SG_NUM_KEY_TYPES && read->mgf_digest < SG_NUM_DIGESTS);
    check(read->scheme == SG_SCHEME_UNKNOWN || read->name != NULL);
    check(read->scheme == SG_SCHEME_RSA_PSS || read->salt_len == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_parse_error error = {0}, cms_error = {0};
    struct sg_der der = sg_der_begin(sg_span(data, size), &error);
    struct sg_algorithm algorithm;
    struct sg_signature_algorithm read, read_cms;
    bool differs;
    if (!sg_algorithm_parse(&der, &algorithm, "AlgorithmIdentifier")) {
        check(error.expected != NULL && error.offset <= size && der.ptr == data);
        return 0;
    }
    bool ok = sg_signature_algorithm_parse(&algorithm, &read, &error);
    bool ok_cms = sg_signature_algorithm_parse_cms(&algorithm, SG_DIGEST_SHA256, &read_cms,
                                                   &differs, &cms_error);
    if (ok)
        check_read(&read);
    else
        check_error(&error, &algorithm);
    if (ok_cms)
        check_read(&read_cms);
    else
        check_error(&cms_error, &algorithm);
    /* What a certificate may name, CMS may name as well, and it means the same there. */
    check(!ok || read.scheme == SG_SCHEME_UNKNOWN || (ok_cms && read_cms.digest == read.digest));
    return 0;
}
