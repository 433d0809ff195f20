/* SPDX-License-Identifier: Apache-2.0 */
#include "send/addressee_index.h"

#include "base/span.h"

struct entry {
    struct sg_mailbox mailbox;
    size_t number;
};

struct wanted {
    const struct sg_mailbox *mailbox;
    bool exact;
};

void sg_addressee_index_init(struct sg_addressee_index *index, bool exact, struct sg_arena *arena)
{
    *index = (struct sg_addressee_index){.table = {.arena = arena}, .exact = exact};
    index->seed = sg_table_seed(index);
}

/* Of the first octets with ASCII case folded: the same for all that may be equal. */
static uint64_t hash_folded(struct signet_span text, uint64_t seed)
{
    uint8_t folded[SG_MAILBOX_MAX_LEN];
    text = sg_span_first(text, sizeof(folded));
    for (size_t i = 0; i < text.len; i++)
        folded[i] = sg_ascii_lower(text.ptr[i]);
    return sg_span_hash(sg_span(folded, text.len), seed);
}

static uint64_t hash(const struct sg_addressee_index *index, const struct sg_mailbox *mailbox)
{
    return hash_folded(mailbox->local, hash_folded(mailbox->host, index->seed));
}

bool sg_addressee_index_add(struct sg_addressee_index *index, const struct sg_mailbox *mailbox,
                            size_t number)
{
    struct entry *entry = sg_arena_alloc(index->table.arena, sizeof(*entry));
    if (entry == NULL)
        return false;
    *entry = (struct entry){*mailbox, number};
    return sg_table_add(&index->table, hash(index, mailbox), entry);
}

static bool is_wanted(const void *item, const void *key)
{
    const struct entry *entry = item;
    const struct wanted *wanted = key;
    return sg_mailbox_equal(&entry->mailbox, wanted->mailbox, wanted->exact);
}

bool sg_addressee_index_find(const struct sg_addressee_index *index,
                             const struct sg_mailbox *mailbox, size_t *number)
{
    const struct wanted wanted = {mailbox, index->exact};
    const struct entry *entry =
        sg_table_find(&index->table, hash(index, mailbox), is_wanted, &wanted);
    if (entry == NULL)
        return false;
    *number = entry->number;
    return true;
}
