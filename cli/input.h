/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading files: large ones are mapped where possible, so a message of any size costs no memory of
 * its own.
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include <signet/base.h>

/* Up to this, files are read. In bytes. */
#define INPUT_MAX_READ ((size_t)1 << 20)

struct backing;

struct input {
    struct signet_span bytes;
    struct backing *backing; /* what has BYTES; NULL: they are from malloc */
};

/* Opens FILE ("-" is standard input) and reads all of it. False: standard error says why. What came
 * of a large one counts only if input_is_unchanged says so afterwards. Of what has no size, such as
 * a pipe, there is a maximum (stream.h). */
bool input_open(struct input *input, const char *file);
/* The same for keys, and for what is going to be encrypted: no octet is written to a file. */
bool input_open_secret(struct input *input, const char *file);
/* The same into memory of its own, for what is kept: whatever is done to the file later, these
 * octets stay as they are. */
bool input_read(struct input *input, const char *file);
/* The same for who asks whether it is unchanged each time before he relies on it: a file that
 * others may write to, or that was written just now, gets memory of its own. */
bool input_keep(struct input *input, const char *file);
/* The octets are still those that were judged. False: it is told that FILE was changed. */
bool input_is_unchanged(const struct input *input, const char *file);
/* The same, without a word. */
bool input_stands(const struct input *input);
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
