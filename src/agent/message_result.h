/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What layers above need of a judged message beyond signet/message.h.
 */
#ifndef SG_AGENT_MESSAGE_RESULT_H
#define SG_AGENT_MESSAGE_RESULT_H

#include "path/pool.h"
#include "signet/message.h"

/* The pool of what the message brought, whose parent is the caller's; NULL when the message took
 * more memory than it may. The result's. */
const struct signet_pool *sg_message_result_pool(const struct signet_message_result *result);

#endif
