/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A context holds what is costly to set up and facts that may be remembered; verdicts are never
 * remembered (RFC 3850 4.1).
 */
#ifndef SIGNET_CONTEXT_H
#define SIGNET_CONTEXT_H

#include "signet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct signet_context;

/* One per thread; make one and judge many messages with it. SIGNET_ERR_CRYPTO when libcrypto cannot
 * be used. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status signet_context_new(struct signet_context **context);
SIGNET_API void signet_context_free(struct signet_context *context); /* NULL is legal */

#ifdef __cplusplus
}
#endif

#endif
