/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room for large messages that is backed by a temporary file without a name, in TMPDIR or /var/tmp:
 * memory in use stays small whatever the size of a message.
 */
#ifndef CLI_SCRATCH_H
#define CLI_SCRATCH_H

#include <signet/scratch.h>

/* Has no state. Where no such file can be made, the heap is used. */
extern const struct signet_scratch scratch_file;

#endif
