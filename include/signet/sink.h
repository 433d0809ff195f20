/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where what the library writes goes: reports, bundles, keys.
 */
#ifndef SIGNET_SINK_H
#define SIGNET_SINK_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* WRITE gets the octets in pieces, in order. It returns false when it could not take them: writing
 * ends with SIGNET_ERR_IO. */
struct signet_sink {
    bool (*write)(void *context, struct signet_span bytes);
    void *context;
};

#ifdef __cplusplus
}
#endif

#endif
