/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/retriever.h"

#include "retrieve/rules.h"

#include <stdlib.h>

/* Texts of a configuration file. */
#define MAX_RULES_MEMORY ((size_t)16 << 20)

enum signet_status signet_retriever_new(const struct signet_retrieve_rules *rules,
                                        struct signet_fetcher *fetcher, struct signet_store *store,
                                        struct signet_retriever **retriever)
{
    struct signet_retriever *made;

    *retriever = NULL;
    if (rules->num_order > SIGNET_NUM_PLACES)
        return SIGNET_ERR_ARGUMENT;
    made = calloc(1, sizeof *made);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, MAX_RULES_MEMORY);
    made->fetcher = fetcher;
    made->store = made->memory.store = store;
    if (!sg_retrieve_rules_copy(&made->arena, rules, &made->rules)) {
        signet_retriever_free(made);
        return SIGNET_ERR_MEMORY;
    }
    *retriever = made;
    return SIGNET_OK;
}

void signet_retriever_free(struct signet_retriever *retriever)
{
    if (retriever == NULL)
        return;
    sg_source_memory_clear(&retriever->memory);
    sg_arena_clear(&retriever->arena);
    free(retriever);
}
