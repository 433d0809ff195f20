/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SignedData and all that is read of a signer without a key: a refusal has a reason, what is handed
 * out lies in the input, sorting attributes twice changes nothing, and whatever could be read can
 * be checked and shown.
 */
#include "counting_dump.h"

#include "cms/key_preference.h"
#include "cms/signer.h"
#include "cms/signing_certificate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_order(const struct sg_signer_info *signer, struct sg_arena *arena)
{
    struct signet_span again;
    struct sg_cms_attributes attributes;
    struct signet_parse_error error = {0};
    if (!signer->has_signed_attributes)
        return;
    check(signer->signed_attributes_sorted.len == signer->signed_attributes_der.len);
    if (!sg_cms_attributes_sort(signer->signed_attributes_sorted, arena, &again))
        return;
    check(again.ptr == signer->signed_attributes_sorted.ptr);
    struct sg_der der = sg_der_begin(again, &error);
    struct signet_span content;
    check(sg_der_value(&der, SG_TAG_SET, &content, "SET") && sg_der_end(&der));
    check(sg_cms_attributes_parse(content, arena, &attributes, &error) || arena->failed);
    check(arena->failed || attributes.num == signer->signed_attributes.num);
}

static void check_signer(const struct sg_signed_data *signed_data,
                         const struct sg_signer_info *signer, struct sg_arena *arena,
                         bool countersignature)
{
    const struct sg_digest_value digest = {SG_DIGEST_SHA256, 32, {0}};
    struct sg_findings findings;
    const struct sg_signer_content content = {
        .type = countersignature ? SG_OID_UNKNOWN : signed_data->content.type,
        .type_octets =
            countersignature ? (struct signet_span){NULL, 0} : signed_data->content.type_octets,
        .digest = &digest,
        .octets = signer->signature,
        .is_countersignature = countersignature,
    };
    sg_findings_init(&findings, arena);
    bool usable =
        sg_signer_check(countersignature ? NULL : signed_data, signer, &content, &findings);
    check(usable || findings.num > 0 || findings.failed);
    sg_signer_check_strength(signer, &findings);
    (void)sg_signer_claimed_time(signer);
    check(sg_signer_algorithm_text(signer, arena) != NULL || arena->failed || signer->malformed);
}

static void check_signers(const struct sg_signed_data *signed_data, struct sg_arena *arena)
{
    for (size_t i = 0; i < signed_data->num_signers; i++) {
        const struct sg_signer_info *signer = &signed_data->signers[i];
        check(signer->malformed == (signer->error.expected != NULL));
        check_signer(signed_data, signer, arena, false);
        if (signer->malformed)
            continue;
        check_order(signer, arena);
        struct sg_countersignatures walk = sg_countersignatures_begin(signer);
        struct signet_span element;
        struct sg_signer_info counter;
        while (sg_countersignatures_next(&walk, &element) &&
               sg_signer_info_parse(element, arena, &counter))
            check_signer(signed_data, &counter, arena, true);
    }
}

static void check_objects(struct sg_cms_objects objects, struct signet_span input)
{
    struct sg_cms_object object;
    while (sg_cms_objects_next(&objects, &object))
        check(object.full.ptr >= input.ptr && object.full.len >= 2 &&
              object.full.ptr + object.full.len <= input.ptr + input.len);
    check(objects.num == 0 && objects.elements.len == 0);
}

static void check_signed_data(struct signet_span content)
{
    struct sg_arena arena;
    struct sg_signed_data signed_data;
    struct signet_parse_error error;
    sg_arena_init(&arena, (size_t)1 << 26);
    if (sg_signed_data_parse(content, &arena, &signed_data, &error)) {
        struct sg_findings findings;
        struct counter counter = {.dump = {&writer}};
        check_objects(signed_data.certificates, content);
        check_objects(signed_data.crls, content);
        sg_findings_init(&findings, &arena);
        sg_signed_data_check(&signed_data, &findings);
        check_signers(&signed_data, &arena);
        sg_signed_data_dump(&signed_data, &counter.dump);
        check(counter.depth == 0);
    } else {
        check(arena.failed ? error.expected == NULL
                           : error.expected != NULL && error.offset <= content.len);
    }
    sg_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_content_info info;
    struct signet_parse_error error;
    struct signet_span input = sg_span(data, size);
    if (sg_content_info_parse(input, &info, &error)) {
        check(info.rest.len <= size);
        if (info.has_content)
            check_signed_data(info.content);
    } else {
        check(error.expected != NULL && error.offset <= size);
    }
    check_signed_data(input);
    return 0;
}
