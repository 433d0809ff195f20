/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A TCP connection to a host by its name, to addresses that may be gone to only.
 */
#ifndef SG_FETCHER_DIAL_H
#define SG_FETCHER_DIAL_H

#include "signet/fetch.h"

enum { SG_DIAL_MAX_REASON = 512 };

/*
 * A connected, blocking socket; all addresses of HOST are tried within TIMEOUT_MS. -1: *OUTCOME and
 * REASON tell why.
 */
SIGNET_MUST_CHECK int sg_dial(const char *host, int port, bool allow_private, int timeout_ms,
                              enum signet_fetch_outcome *outcome, char reason[SG_DIAL_MAX_REASON]);

#endif
