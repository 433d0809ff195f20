/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/store.h"

const char *signet_origin_kind_name(enum signet_origin_kind kind)
{
    static const char *const names[] = {
        [SIGNET_ORIGIN_IMPORT] = "import",
        [SIGNET_ORIGIN_MESSAGE] = "message",
        [SIGNET_ORIGIN_FETCH] = "fetch",
        [SIGNET_ORIGIN_SYSTEM] = "system",
    };
    return names[kind];
}

const char *signet_binding_kind_name(enum signet_binding_kind kind)
{
    static const char *const names[] = {
        [SIGNET_BINDING_PROVED] = "proved",
        [SIGNET_BINDING_FETCHED] = "fetched",
        [SIGNET_BINDING_USER] = "user",
    };
    return names[kind];
}
