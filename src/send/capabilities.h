/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this software can read, as it tells correspondents (RFC 8551 2.5.2).
 */
#ifndef SG_SEND_CAPABILITIES_H
#define SG_SEND_CAPABILITIES_H

#include "base/buffer.h"

/* Appends SMIMECapabilities, the best first. Triple DES and RC2 are read, too, but nobody is asked
 * to use them. */
void sg_own_capabilities_put(struct sg_buffer *der);

#endif
