/* SPDX-License-Identifier: Apache-2.0 */
#include "string_list.h"

#include <stdlib.h>

bool strings_add(struct strings *strings, const char *text)
{
    if (strings->num == strings->cap) {
        size_t cap = strings->cap == 0 ? 8 : strings->cap * 2;
        const char **items = realloc(strings->items, cap * sizeof(*items));

        if (items == NULL)
            return false;
        strings->items = items;
        strings->cap = cap;
    }
    strings->items[strings->num++] = text;
    return true;
}
