/* SPDX-License-Identifier: Apache-2.0 */
#include "name_list.h"

#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_SIZE = 64 << 10 };

struct list {
    const struct name_list_reader *reader;
    const char *shown;
    int fd;
    char separator;
    char *octets;
    size_t size;       /* of OCTETS, without the one for a NUL behind them */
    size_t start, len; /* of what was read and not given yet */
};

static bool fail(const struct list *list)
{
    message_error("%s: %s", list->shown, strerror(errno));
    return false;
}

/* --- names */

/* NAME has LEN octets and is followed by one that belongs to nothing. */
static bool give(const struct list *list, char *name, size_t len)
{
    const struct name_list_reader *reader = list->reader;

    name[len] = '\0';
    if (memchr(name, '\0', len) != NULL) {
        message_error("%s: there is a NUL in a name; --null reads a list whose names end so",
                      list->shown);
        return false;
    }
    return len == 0 || reader->take(reader->context, strcmp(name, "-") == 0 ? "./-" : name);
}

/* The names that end within what was read. SEARCHED octets hold no separator. */
static bool give_whole(struct list *list, size_t searched)
{
    char *octets = list->octets + list->start, *end;

    while ((end = memchr(octets + searched, list->separator, list->len - searched)) != NULL) {
        size_t len = (size_t)(end - octets);

        if (!give(list, octets, len))
            return false;
        list->start += len + 1;
        list->len -= len + 1;
        octets = end + 1;
        searched = 0;
    }
    return true;
}

/* --- reading */

/* Room behind what was read. */
static bool make_room(struct list *list)
{
    size_t size = list->size == 0 ? FIRST_SIZE : list->size * 2;
    char *grown;

    if (list->start > 0)
        memmove(list->octets, list->octets + list->start, list->len);
    list->start = 0;
    if (list->len < list->size)
        return true;
    grown = realloc(list->octets, size + 1);
    if (grown == NULL)
        return false;
    list->octets = grown;
    list->size = size;
    return true;
}

static bool await(const struct list *list)
{
    struct pollfd end = {list->fd, POLLIN, 0};

    return poll(&end, 1, 0) > 0 || list->reader->await(list->reader->context, list->fd);
}

static bool read_names(struct list *list)
{
    for (;;) {
        size_t len = list->len;
        ssize_t got;

        if (!make_room(list))
            return fail(list);
        if (!await(list))
            return false;
        got = read(list->fd, list->octets + len, list->size - len);
        if (got == 0)
            return give(list, list->octets, len);
        if (got < 0 && errno != EINTR)
            return fail(list);
        list->len += got > 0 ? (size_t)got : 0;
        if (!give_whole(list, len))
            return false;
    }
}

bool name_list_read(const char *list, bool nuls, const struct name_list_reader *reader)
{
    bool standard = strcmp(list, "-") == 0, good;
    struct list reading = {.reader = reader,
                           .shown = standard ? "standard input" : list,
                           .separator = nuls ? '\0' : '\n'};

    reading.fd = standard ? STDIN_FILENO : open(list, O_RDONLY | O_CLOEXEC);
    if (reading.fd < 0)
        return fail(&reading);
    good = read_names(&reading);
    free(reading.octets);
    if (!standard)
        close(reading.fd);
    return good;
}
