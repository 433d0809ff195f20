/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addressees by mailbox: a message may be for ten thousand, and a certificate for any of them.
 */
#ifndef SG_SEND_ADDRESSEE_INDEX_H
#define SG_SEND_ADDRESSEE_INDEX_H

#include "address/mailbox.h"
#include "path/table.h"

struct sg_addressee_index {
    struct sg_table table;
    uint64_t seed;
    bool exact; /* see sg_mailbox_equal */
};

void sg_addressee_index_init(struct sg_addressee_index *index, bool exact, struct sg_arena *arena);

/* MAILBOX is addressee NUMBER's; it must outlive the index. False: memory is out. */
SIGNET_MUST_CHECK bool sg_addressee_index_add(struct sg_addressee_index *index,
                                              const struct sg_mailbox *mailbox, size_t number);

/* The first that was added with an equal mailbox. False: nobody. */
bool sg_addressee_index_find(const struct sg_addressee_index *index,
                             const struct sg_mailbox *mailbox, size_t *number);

#endif
