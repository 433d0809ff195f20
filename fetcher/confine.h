/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the process gives up. It speaks with strangers and needs little for that: sockets that it
 * opens itself, and a few files to read. Where the system cannot take a thing away, the process
 * runs without that protection; --check says so.
 */
#ifndef SG_FETCHER_CONFINE_H
#define SG_FETCHER_CONFINE_H

#include "signet/fetch.h"

enum sg_confinement {
    SG_CONFINED_PRIVILEGES, /* no new ones, no core dumps */
    SG_CONFINED_LIMITS,     /* no file is written, memory and descriptors are bounded */
    SG_CONFINED_FILES,      /* Landlock: nothing written or run, only system files read */
    SG_CONFINED_CALLS,      /* seccomp: no other program, no tracing, no listening */
    SG_NUM_CONFINEMENTS
};

extern const char *const sg_confinement_names[SG_NUM_CONFINEMENTS];

/* Of every confinement whether it holds; from the least to what no library misses later. Files
 * that RULES name stay readable. */
void sg_confine(const struct signet_fetch_rules *rules, bool held[SG_NUM_CONFINEMENTS]);

/* Closes every descriptor above standard error and forgets the environment. */
void sg_confine_inheritance(void);

#endif
