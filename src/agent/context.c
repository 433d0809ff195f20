/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/context.h"

#include <stdlib.h>

enum signet_status signet_context_new(struct signet_context **context)
{
    struct signet_context *made = calloc(1, sizeof *made);
    enum signet_status status;

    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    made->memory = sg_fact_memory_new();
    status = made->memory != NULL ? sg_crypto_new(&made->crypto) : SIGNET_ERR_MEMORY;
    if (status != SIGNET_OK) {
        sg_fact_memory_free(made->memory);
        free(made);
        return status;
    }
    *context = made;
    return SIGNET_OK;
}

void signet_context_free(struct signet_context *context)
{
    if (context == NULL)
        return;
    sg_crypto_free(context->crypto);
    sg_fact_memory_free(context->memory);
    free(context);
}
