/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One LDAP request in a process of its own, because libldap waits while it shakes hands for TLS,
 * and reads what a stranger's server sends.
 */
#ifndef SG_FETCHER_WORKER_H
#define SG_FETCHER_WORKER_H

#include "fetch/frame.h"

/* Answers START on CHANNEL, a blocking socket, in frames. */
void sg_worker_run(int channel, const struct signet_fetch_rules *rules,
                   const struct sg_frame *start);

#endif
