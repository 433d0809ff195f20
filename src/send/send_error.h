/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SG_SEND_SEND_ERROR_H
#define SG_SEND_SEND_ERROR_H

#include "compose/error.h"
#include "signet/send_error.h"

/* What COMPOSING came to, escaped and cut. ERROR may be NULL. */
void sg_send_error_set(struct signet_send_error *error, const struct sg_compose_error *composing);

#endif
