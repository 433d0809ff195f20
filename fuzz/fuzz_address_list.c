/* SPDX-License-Identifier: Apache-2.0 */
/* Every address read from a list is an address by itself, the same one; a list with a stray octet
 * at its end has no other addresses before it. */
#include "mime/address_list.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_address(const struct sg_address *address, struct sg_arena *arena)
{
    struct sg_mailbox again;
    struct sg_address_list alone;
    check(sg_mailbox_parse(address->text, arena, &again));
    check(sg_mailbox_equal(&again, &address->mailbox, true));
    check(sg_address_list_parse(address->text, arena, &alone));
    check(!alone.malformed && alone.num == 1 && alone.items[0].display.ptr == NULL);
    check(sg_span_equal(alone.items[0].text, address->text));
}

static void check_with_tail(struct signet_span value, const struct sg_address_list *list,
                            struct sg_arena *arena)
{
    value = sg_span_trim(value);
    uint8_t *longer = sg_arena_alloc(arena, value.len + 2);
    struct sg_address_list other;
    check(longer != NULL);
    if (value.len > 0)
        memcpy(longer, value.ptr, value.len);
    memcpy(longer + value.len, ",@", 2);
    check(sg_address_list_parse(sg_span(longer, value.len + 2), arena, &other));
    check(other.malformed);
    for (size_t i = 0; i < list->num && !list->malformed; i++)
        check(i < other.num && sg_span_equal(other.items[i].text, list->items[i].text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_arena arena;
    struct sg_address_list list;
    struct signet_span value = sg_span(data, size);
    sg_arena_init(&arena, (size_t)1 << 28);
    check(sg_address_list_parse(value, &arena, &list));
    check(list.num <= SG_ADDRESS_LIST_MAX && (list.num > 0 || list.malformed || size > 1));
    for (size_t i = 0; i < list.num; i++)
        check_address(&list.items[i], &arena);
    check_with_tail(value, &list, &arena);
    check(!arena.failed);
    sg_arena_clear(&arena);
    return 0;
}
