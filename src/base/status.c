/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/base.h"

static const char *const status_names[] = {
    [SIGNET_OK] = "SIGNET_OK",
    [SIGNET_ERR_MEMORY] = "SIGNET_ERR_MEMORY",
    [SIGNET_ERR_ARGUMENT] = "SIGNET_ERR_ARGUMENT",
    [SIGNET_ERR_PARSE] = "SIGNET_ERR_PARSE",
    [SIGNET_ERR_LIMIT] = "SIGNET_ERR_LIMIT",
    [SIGNET_ERR_IO] = "SIGNET_ERR_IO",
    [SIGNET_ERR_CRYPTO] = "SIGNET_ERR_CRYPTO",
};

const char *signet_status_name(enum signet_status status)
{
    size_t index = (size_t)status;
    return index < sizeof(status_names) / sizeof(status_names[0]) ? status_names[index]
                                                                  : "SIGNET_ERR_UNKNOWN";
}

const char *signet_version(void)
{
    return SIGNET_VERSION;
}
