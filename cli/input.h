/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading files: mapped where possible, so a message of any size costs no memory of its own.
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <signet/base.h>

struct input {
    struct signet_span bytes;
    void *mapped; /* NULL: BYTES is from malloc */
};

/* Opens FILE ("-" is standard input) and reads all of it. False: standard error says why. */
bool input_open(struct input *input, const char *file);
/* The same into memory of its own, for what is kept: whatever is done to the file later, these
 * octets stay as they are. */
bool input_read(struct input *input, const char *file);
void input_close(struct input *input); /* a zeroed input is legal */

/* FILE is a directory. */
bool input_is_directory(const char *file);

/*
 * Calls TAKE for each regular file directly in DIRECTORY, or with DEEP in everything below it (a
 * Maildir's tmp, names beginning with a dot and links to directories left out), in the order of
 * names. False: something cannot be read (told), or TAKE returned false; the rest was walked all
 * the same.
 */
bool input_walk(const char *directory, bool deep, bool (*take)(void *context, const char *file),
                void *context);

#endif
