/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seccomp: the calls that a fetcher never makes, so that who takes it over finds little to do. A
 * list of what is denied, not of what is allowed: TLS libraries and resolvers are replaced under
 * us, and a call that a new one makes must not end a fetch.
 */
#ifndef SG_FETCHER_CONFINE_CALLS_H
#define SG_FETCHER_CONFINE_CALLS_H

#include "signet/base.h"

/* False: no libseccomp at build time, or the kernel refused. */
SIGNET_MUST_CHECK bool sg_confine_calls(void);

#endif
