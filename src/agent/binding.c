/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/binding.h"

/* The next one that the user made; NULL behind the last. */
static const struct sg_binding *next_of_user(struct sg_pool_cursor *cursor)
{
    const struct sg_binding *binding;
    while ((binding = sg_pool_binding_next(cursor)) != NULL) {
        if (binding->kind == SIGNET_BINDING_USER)
            return binding;
    }
    return NULL;
}

bool sg_binding_list(const struct signet_pool *pool, const struct signet_certificate *certificate,
                     struct sg_arena *arena, struct sg_mail_addresses *out)
{
    struct sg_pool_cursor cursor = sg_pool_bindings(pool, certificate);
    const struct sg_binding *binding;
    size_t cap = 0;
    *out = (struct sg_mail_addresses){0};
    while ((binding = next_of_user(&cursor)) != NULL) {
        void *items = out->items;
        if (!sg_arena_grow(arena, &items, &cap, out->num, sizeof(*out->items)))
            return false;
        out->items = items;
        out->items[out->num++] = (struct sg_mail_address){.text = binding->address, .usable = true};
    }
    return true;
}

static const struct sg_address *find(const struct sg_address_list *list,
                                     const struct sg_mailbox *mailbox, bool exact)
{
    for (size_t i = 0; i < list->num; i++) {
        if (sg_mailbox_equal(&list->items[i].mailbox, mailbox, exact))
            return &list->items[i];
    }
    return NULL;
}

bool sg_binding_find(const struct signet_pool *pool, const struct signet_certificate *certificate,
                     const struct sg_address_list *list, bool exact, struct sg_arena *arena,
                     const struct sg_address **out)
{
    struct sg_pool_cursor cursor = sg_pool_bindings(pool, certificate);
    const struct sg_binding *binding;
    *out = NULL;
    while (*out == NULL && (binding = next_of_user(&cursor)) != NULL) {
        struct sg_mailbox mailbox;
        if (sg_mailbox_parse(binding->address, arena, &mailbox))
            *out = find(list, &mailbox, exact);
    }
    return !arena->failed;
}
