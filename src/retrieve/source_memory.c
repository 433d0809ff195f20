/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/source_memory.h"

#include "base/span.h"

#include <stdio.h>
#include <stdlib.h>

void sg_source_memory_clear(struct sg_source_memory *memory)
{
    for (size_t i = 0; i < SG_SOURCES_KEPT; i++)
        free(memory->sources[i].url);
}

static struct sg_source *find(struct sg_source_memory *memory, const char *url)
{
    for (size_t i = 0; i < SG_SOURCES_KEPT; i++)
        if (memory->sources[i].url != NULL && strcmp(memory->sources[i].url, url) == 0)
            return &memory->sources[i];
    return NULL;
}

enum signet_status sg_source_memory_find(struct sg_source_memory *memory, const char *url,
                                         struct signet_source *source, bool *found)
{
    const struct sg_source *known = find(memory, url);

    *found = false;
    if (memory->store != NULL) {
        enum signet_status status = signet_store_source(memory->store, url, source, found);

        if (status == SIGNET_ERR_MEMORY)
            return status;
        if (status == SIGNET_OK && *found)
            return SIGNET_OK;
    }
    *found = known != NULL;
    if (*found)
        *source = (struct signet_source){.url = known->url,
                                         .etag = "",
                                         .last_modified = "",
                                         .fetched = known->fetched,
                                         .failed = known->failed,
                                         .reason = known->reason};
    return SIGNET_OK;
}

enum signet_status sg_source_memory_put(struct sg_source_memory *memory,
                                        const struct signet_source *source)
{
    struct sg_source *known = find(memory, source->url);

    if (known == NULL) {
        size_t size = strlen(source->url) + 1;
        char *url = malloc(size);

        if (url == NULL)
            return SIGNET_ERR_MEMORY;
        memcpy(url, source->url, size);
        known = &memory->sources[memory->next];
        memory->next = (memory->next + 1) % SG_SOURCES_KEPT;
        free(known->url);
        known->url = url;
    }
    known->fetched = source->fetched;
    known->failed = source->failed;
    snprintf(known->reason, sizeof known->reason, "%s", source->reason);
    if (memory->store != NULL &&
        signet_store_set_source(memory->store, source) == SIGNET_ERR_MEMORY)
        return SIGNET_ERR_MEMORY;
    return SIGNET_OK;
}
