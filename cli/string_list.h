/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts gathered in order. The texts are borrowed.
 */
#ifndef CLI_STRING_LIST_H
#define CLI_STRING_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct strings {
    const char **items;
    size_t num, cap;
};

/* Appends TEXT, borrowed. False: memory is out. */
bool strings_add(struct strings *strings, const char *text);

#endif
