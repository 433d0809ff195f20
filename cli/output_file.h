/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file that is written: whole or not at all, and never over another one unless that is wanted.
 */
#ifndef CLI_OUTPUT_FILE_H
#define CLI_OUTPUT_FILE_H

#include <signet/sink.h>

#include <stdio.h>

struct output_file {
    const char *name;
    char *temporary; /* from malloc; NULL: written in place */
    FILE *stream;    /* stdout for "-" and NULL */
    bool replace;
};

/* NAME NULL or "-" is standard output. PRIVATE_: for nobody else to read. False: told. */
bool output_file_open(struct output_file *file, const char *name, bool replace, bool private_);
struct signet_sink output_file_sink(struct output_file *file);
/* DONE false: what was written is taken away again. False: it could not be written (told). */
bool output_file_close(struct output_file *file, bool done);

#endif
