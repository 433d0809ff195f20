/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Landlock: no file is written, made, removed or run; read are only those of the system, which the
 * resolver and TLS need, and those that the rules name. The certificate database is not among them.
 */
#ifndef SG_FETCHER_CONFINE_FILES_H
#define SG_FETCHER_CONFINE_FILES_H

#include "signet/fetch.h"

/* False: the kernel does not know Landlock, or has it switched off. */
SIGNET_MUST_CHECK bool sg_confine_files(const struct signet_fetch_rules *rules);

#endif
