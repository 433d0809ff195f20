/* SPDX-License-Identifier: Apache-2.0 */
#include "report/show_request.h"

#include "bundle/pem.h"
#include "maker/certification_request.h"

static bool find_pem(struct signet_span bytes, struct sg_arena *arena, struct signet_span *der)
{
    struct sg_pem pem = sg_pem_begin(bytes);
    struct sg_pem_block block;

    while (sg_pem_next(&pem, arena, &block))
        if (sg_span_is_word(block.label, "CERTIFICATE REQUEST") ||
            sg_span_is_word(block.label, "NEW CERTIFICATE REQUEST")) {
            *der = block.octets;
            return true;
        }
    return !arena->failed;
}

bool sg_show_find_request(struct signet_span bytes, struct sg_arena *arena, struct signet_span *der)
{
    struct signet_span start = sg_span_trim(sg_span_first(bytes, 4096));
    struct sg_certification_request request;
    struct signet_parse_error error;

    *der = (struct signet_span){NULL, 0};
    if (sg_span_is_word(sg_span_first(start, 11), "-----BEGIN "))
        return find_pem(bytes, arena, der);
    /* No certificate or CRL has this shape: theirs go on after the key, or have no version 0. */
    if (sg_certification_request_parse(bytes, &request, &error))
        *der = bytes;
    return true;
}

static bool show_possession(struct sg_show *show, const struct sg_certification_request *request)
{
    static const char *const words[] = {
        [SG_POSSESSION_SHOWN] = "shown: the request is signed by its key",
        [SG_POSSESSION_NOT_SHOWN] = "NOT shown: the signature is not by the request's key",
        [SG_POSSESSION_UNSUPPORTED] = "unknown: a key or signature of a kind that is not supported",
    };
    struct sg_crypto *crypto = NULL;
    enum sg_possession possession = SG_POSSESSION_UNSUPPORTED;
    enum signet_status status = sg_crypto_new(&crypto);

    if (status == SIGNET_OK)
        possession = sg_certification_request_verify(request, crypto);
    sg_crypto_free(crypto);
    if (status == SIGNET_ERR_MEMORY || possession == SG_POSSESSION_NO_MEMORY)
        return false;
    sg_dump_string(show->dump, "possession", words[possession]);
    return true;
}

bool sg_show_request(struct sg_show *show, struct signet_span der, struct signet_parse_error *error)
{
    struct sg_certification_request request;

    sg_dump_string(show->dump, "type", "certification request");
    if (!sg_certification_request_parse(der, &request, error))
        return true;
    sg_certification_request_dump(&request, show->dump);
    return show_possession(show, &request);
}
