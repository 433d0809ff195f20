/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Workers: processes for transports whose library waits while it connects or shakes hands. They are
 * not forked from the process that talks to the client, which has threads of libcurl's and
 * libunbound's, but from one that was forked before there was any, and does nothing else.
 */
#ifndef SG_FETCHER_NURSERY_H
#define SG_FETCHER_NURSERY_H

#include "fetch/frame.h"

/* The socket to ask; -1: there can be no workers. It ends when that is closed. RULES stay. */
SIGNET_MUST_CHECK int sg_nursery_open(const struct signet_fetch_rules *rules);
/*
 * A worker for START, a whole frame. The socket on which it answers in frames; closing it ends the
 * worker, whatever it does. -1: none could be had.
 */
SIGNET_MUST_CHECK int sg_nursery_ask(int nursery, struct signet_span start);

#endif
