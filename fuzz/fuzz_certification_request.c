/* SPDX-License-Identifier: Apache-2.0 */
/* A certification request from octets: spans that lie within it, or an error; shown without a slip.
 */
#include "maker/certification_request.h"
#include "silent_dump.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lies_within(struct signet_span inner, struct signet_span outer)
{
    return inner.ptr == NULL ||
           (inner.ptr >= outer.ptr && inner.ptr + inner.len <= outer.ptr + outer.len);
}

static void check_spans(const struct sg_certification_request *request, struct signet_span der)
{
    check(lies_within(request->info, der) && lies_within(request->signature, der));
    check(lies_within(request->subject.der, request->info));
    check(lies_within(request->spki.full, request->info));
    check(lies_within(request->attributes, request->info));
    check(lies_within(request->extensions, request->attributes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sg_crypto *crypto;
    struct silent silent = {.dump = {&silent_writer}};
    struct sg_certification_request request;
    struct signet_parse_error error;
    if (crypto == NULL)
        check(sg_crypto_new(&crypto) == SIGNET_OK);
    if (!sg_certification_request_parse(sg_span(data, size), &request, &error)) {
        check(error.expected != NULL && error.offset <= size);
        return 0;
    }
    check(error.expected == NULL);
    check_spans(&request, sg_span(data, size));
    check(sg_certification_request_verify(&request, crypto) != SG_POSSESSION_NO_MEMORY);
    sg_certification_request_dump(&request, &silent.dump);
    check(silent.depth == 0);
    return 0;
}
