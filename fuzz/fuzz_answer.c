/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers of servers: whatever they are, there is either something of what was asked for, or a
 * reason.
 */
#include "retrieve/answer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

/* SEQUENCE {}: the empty Name. */
static const uint8_t name[] = {0x30, 0x00};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum signet_need_kind kinds[] = {SIGNET_NEED_ISSUER, SIGNET_NEED_CRL,
                                                  SIGNET_NEED_SIGNER};
    const struct signet_fetch_value value = {"body", {data, size}};
    struct sg_arena arena;
    struct sg_catch catch;

    sg_arena_init(&arena, (size_t)1 << 20);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct signet_need need = {
            .kind = kinds[i], .name = {name, sizeof name}, .serial = {name, 1}};
        struct sg_wanted wanted;
        enum signet_status status;

        check(sg_wanted_init(&wanted, &arena, &need));
        status = sg_catch_read(&catch, &wanted, &value, 1);
        if (status == SIGNET_OK && catch.num_certificates + catch.num_crls == 0)
            check(strlen(catch.reason) > 0);
        check(kinds[i] == SIGNET_NEED_CRL ? catch.num_certificates == 0 : catch.num_crls == 0);
        sg_catch_free(&catch);
    }
    (void)!sg_catch_certificates(&catch, &value, 1);
    check(catch.num_crls == 0 && catch.num_certificates <= SG_CATCH_MAX_CERTIFICATES);
    sg_catch_free(&catch);
    sg_arena_clear(&arena);
    return 0;
}
