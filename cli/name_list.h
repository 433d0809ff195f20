/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of names of files, for more of them than a command line can hold.
 */
#ifndef CLI_NAME_LIST_H
#define CLI_NAME_LIST_H

#include <stdbool.h>

/* Who reads a list. What returns false ends it. */
struct name_list_reader {
    bool (*take)(void *context, const char *name);
    /* More may come late; returns when something can be read from FD. */
    bool (*await)(void *context, int fd);
    void *context;
};

/*
 * Gives READER each name in the file LIST ("-": standard input) while it is being read, so that a
 * list of any length costs no memory. Names stand one on a line, or with NULS each before a NUL, as
 * find -print0 writes them; empty ones are passed over. "-" is given as "./-": a name in a list is
 * always a file's. False: the list cannot be read (told), or was ended.
 */
bool name_list_read(const char *list, bool nuls, const struct name_list_reader *reader);

#endif
