/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room for large messages: temporary files without a name, in TMPDIR or /var/tmp. Memory in use
 * stays small whatever the size of a message. For what was received, never for what was decrypted.
 */
#ifndef CLI_SCRATCH_H
#define CLI_SCRATCH_H

#include <signet/scratch.h>

/* Has no state. A file is open while it is written and mapped after that. Where none can be made,
 * or the disk is full, the heap is used. */
extern const struct signet_scratch scratch_file;

#endif
