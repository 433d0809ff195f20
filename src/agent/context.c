/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/context.h"

#include <stdlib.h>

enum signet_status signet_context_new(struct signet_context **context)
{
    struct signet_context *made = calloc(1, sizeof *made);
    enum signet_status status;

    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    status = sg_crypto_new(&made->crypto);
    if (status != SIGNET_OK) {
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
    free(context);
}
