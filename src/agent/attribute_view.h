/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an attribute certificate says, as results show it: escaped text in the arena.
 */
#ifndef SG_AGENT_ATTRIBUTE_VIEW_H
#define SG_AGENT_ATTRIBUTE_VIEW_H

#include "agent/attribute_issuer.h"
#include "signet/attribute.h"

/* Sets holder, issuer, serial and items of OUT. False: memory is out. */
SIGNET_MUST_CHECK bool sg_attributes_view(const struct signet_attribute_certificate *certificate,
                                          const struct sg_attribute_authority *authority,
                                          struct sg_arena *arena, struct signet_attributes *out);

#endif
