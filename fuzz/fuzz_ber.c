/* SPDX-License-Identifier: Apache-2.0 */
/* BER elements and strings in segments; normalising what is normal changes nothing. */
#include "asn1/ber.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_octets(struct sg_ber ber, uint32_t tag, struct sg_arena *arena)
{
    struct sg_octets octets;
    struct signet_span joined;
    const uint8_t *before = ber.at.ptr;
    if (!sg_ber_octets(&ber, tag, &octets, "a string")) {
        check(ber.at.ptr == before && ber.at.error->expected != NULL);
        return;
    }
    if (!sg_octets_join(&octets, arena, &joined))
        return;
    check(joined.len == octets.len && ber.at.ptr > before);
}

static void check_normal_form(struct signet_span element, struct sg_arena *arena)
{
    struct signet_parse_error error = {0};
    struct signet_span out, again;
    if (!sg_ber_normalise(element, arena, &out, &error)) {
        check(arena->failed || (error.expected != NULL && error.offset <= element.len));
        return;
    }
    struct sg_ber ber = sg_ber_begin(out, &error);
    struct sg_ber_tlv tlv;
    check(sg_ber_any(&ber, &tlv) && sg_ber_done(&ber) && !tlv.indefinite);
    check(sg_ber_normalise(out, arena, &again, &error));
    check(again.ptr == out.ptr && again.len == out.len);
}

static void walk(struct sg_ber *ber, struct sg_arena *arena)
{
    struct sg_ber_tlv tlv;
    while (!sg_ber_done(ber)) {
        const uint8_t *before = ber->at.ptr;
        struct sg_ber here = *ber, inner;
        struct signet_parse_error error = {0};
        here.at.error = &error;
        check_octets(here, SG_TAG_OCTET_STRING, arena);
        check_octets(here, SG_TAG_CONTEXT(0), arena);
        if (!sg_ber_any(ber, &tlv)) {
            check(ber->at.ptr == before && ber->at.error->expected != NULL);
            return;
        }
        check(tlv.full.ptr == before && tlv.full.ptr + tlv.full.len == ber->at.ptr);
        if ((tlv.tag & 0x20) != 0 && sg_ber_enter(&here, tlv.tag, &inner, "itself")) {
            check(inner.depth <= SG_BER_MAX_DEPTH);
            walk(&inner, arena);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct signet_parse_error error = {0};
    struct sg_arena arena;
    struct sg_ber ber = sg_ber_begin(sg_span(data, size), &error);
    sg_arena_init(&arena, (size_t)1 << 24);
    walk(&ber, &arena);
    sg_arena_clear(&arena);
    check_normal_form(sg_span(data, size), &arena);
    sg_arena_clear(&arena);
    return 0;
}
