/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Large files in place of a copy in memory. What they hold is what is on the disk, also when that
 * is changed meanwhile, so whoever tells what came of it asks first whether it was. One that
 * becomes shorter ends the program with a word when an octet is missing (docs/adr/0024).
 */
#ifndef CLI_MAPPING_H
#define CLI_MAPPING_H

#include <signet/base.h>

#include <sys/stat.h>

struct mapping;

/* The regular file that is open as FD, with STATUS as it is now; NAME is how it is called. FD
 * remains the caller's. NULL: it must be read. */
struct mapping *mapping_new(int fd, const struct stat *status, const char *name);
struct signet_span mapping_bytes(const struct mapping *mapping);
/* It is what it was when it was mapped. */
bool mapping_is_unchanged(const struct mapping *mapping);
/* There is one, so that the program may end at any octet that is read. */
bool mapping_exists(void);
void mapping_free(struct mapping *mapping); /* NULL is legal */

/* Nobody but this user and the administrator can write the file, its file system tells the times of
 * changes itself, and the last one is long enough ago that the next cannot have the same. */
bool mapping_is_safe(int fd, const struct stat *status);

#endif
