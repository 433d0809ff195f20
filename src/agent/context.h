/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SG_AGENT_CONTEXT_H
#define SG_AGENT_CONTEXT_H

#include "crypto/crypto.h"
#include "path/fact_memory.h"
#include "signet/context.h"

struct signet_context {
    struct sg_crypto *crypto;
    struct sg_fact_memory *memory;
};

#endif
