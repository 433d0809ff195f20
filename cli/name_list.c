/* SPDX-License-Identifier: Apache-2.0 */
#include "name_list.h"

#include "message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* The name that ITEM, LEN octets with or without the separator behind them, is; NULL: it is none.
 */
static const char *name_of(char *item, size_t len, char separator)
{
    if (len > 0 && item[len - 1] == separator)
        item[--len] = '\0';
    if (memchr(item, '\0', len) != NULL)
        return NULL;
    return strcmp(item, "-") == 0 ? "./-" : item;
}

static bool read_names(FILE *in, const char *shown, char separator,
                       bool (*take)(void *context, const char *name), void *context)
{
    char *item = NULL;
    size_t size = 0;
    ssize_t len;
    bool good = true;

    errno = 0;
    while (good && (len = getdelim(&item, &size, separator, in)) > 0) {
        const char *name = name_of(item, (size_t)len, separator);

        if (name == NULL)
            message_error("%s: there is a NUL in a name; --null reads a list whose names end so",
                          shown);
        good = name != NULL && (*name == '\0' || take(context, name));
        errno = 0;
    }
    if (good && !feof(in)) {
        message_error("%s: %s", shown, strerror(errno));
        good = false;
    }
    free(item);
    return good;
}

bool name_list_read(const char *list, bool nuls, bool (*take)(void *context, const char *name),
                    void *context)
{
    bool standard = strcmp(list, "-") == 0, good;
    FILE *in = standard ? stdin : fopen(list, "rbe");

    if (in == NULL) {
        message_error("%s: %s", list, strerror(errno));
        return false;
    }
    good = read_names(in, standard ? "standard input" : list, nuls ? '\0' : '\n', take, context);
    if (!standard)
        fclose(in);
    return good;
}
