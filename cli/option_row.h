/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of options: one row each; a row may be of several verbs, and a name of several rows
 * where verbs mean different things by it.
 */
#ifndef CLI_OPTION_ROW_H
#define CLI_OPTION_ROW_H

#include "options.h"

enum option_kind {
    OPTION_FLAG, /* sets the bool at OFFSET */
    OPTION_TEXT, /* the const char * at OFFSET */
    OPTION_LIST, /* appends to the struct strings at OFFSET */
    OPTION_VALUE /* SET takes it */
};

struct option_row {
    const char *name;
    char letter;          /* the short form, 0 for none */
    const char *argument; /* as --help names it; NULL for a flag */
    unsigned verbs;
    enum option_kind kind;
    size_t offset; /* in struct options */
    /* False: ARGUMENT (NULL for a flag) is not acceptable; the row's ARGUMENT says what would be.
     */
    bool (*set)(struct options *options, const char *argument);
    const char *help;
};

enum { MAX_OPTION_ROWS = 192 };

extern const struct option_row option_rows[];
extern const size_t num_option_rows;

#endif
