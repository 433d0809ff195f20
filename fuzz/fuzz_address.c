/* SPDX-License-Identifier: Apache-2.0 */
/* An address is read from all of the text or not at all, is equal to itself, and has no octets of
 * its own; hosts compare alike in both directions, and what is shown for one is that one. */
#include "address/mailbox.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_mailbox(struct signet_span text, struct sg_arena *arena)
{
    struct sg_mailbox mailbox, again;
    if (!sg_mailbox_parse(text, arena, &mailbox))
        return;
    check(text.len <= SG_MAILBOX_MAX_LEN && memchr(text.ptr, '\0', text.len) == NULL);
    check(mailbox.local.len > 0 && mailbox.domain.len > 0);
    check(mailbox.local.len + 1 + mailbox.domain.len <= text.len);
    check(mailbox.domain.ptr + mailbox.domain.len == text.ptr + text.len);
    check(mailbox.domain.ptr[-1] == '@');
    check(mailbox.literal == (mailbox.domain.ptr[0] == '['));
    check(sg_mailbox_equal(&mailbox, &mailbox, true) &&
          sg_mailbox_equal(&mailbox, &mailbox, false));

    struct signet_span copy = sg_arena_copy(arena, text);
    check(sg_mailbox_parse(copy, arena, &again) && sg_mailbox_equal(&mailbox, &again, true));
}

static void check_hosts(struct signet_span a, struct signet_span b, struct sg_arena *arena)
{
    check(sg_host_equal(a, a, arena) && sg_host_equal(b, b, arena));
    check(sg_host_equal(a, b, arena) == sg_host_equal(b, a, arena));

    struct signet_span canonical, shown;
    check(sg_host_canonical(a, arena, &canonical) && sg_host_equal(a, canonical, arena));
    shown = sg_host_display(a, arena);
    check(shown.ptr != NULL || a.ptr == NULL);
    if (sg_host_valid_ascii(canonical))
        check(sg_host_equal(a, shown, arena));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_arena arena;
    struct signet_span text = sg_span(data, size);
    sg_arena_init(&arena, (size_t)1 << 24);
    check_mailbox(text, &arena);
    check_hosts(sg_span_first(text, size / 2), sg_span_from(text, size / 2), &arena);
    check_hosts(text, sg_span_from(text, size), &arena);
    check(!arena.failed);
    sg_arena_clear(&arena);
    return 0;
}
