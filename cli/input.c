/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"

#include "mapping.h"
#include "message.h"
#include "stream.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Directories deeper than any Maildir. Links to directories are not followed: two in a circle would
 * be walked two to the power of this often. */
#define MAX_WALK_DEPTH 32

#define STANDARD_INPUT "standard input"

/* One of the two. */
struct backing {
    struct mapping *mapping;
    struct stream stream;
};

static bool fail(const char *file)
{
    message_error("%s: %s", file, strerror(errno));
    return false;
}

/* Pages of two megabytes for what is large: seven thousand small ones cost as much as reading. */
static void *make_buffer(size_t size)
{
    enum { LARGE = 4 << 20, HUGE_PAGE = 2 << 20 };
    void *buffer = NULL;

    if (size < LARGE)
        return malloc(size);
    if (posix_memalign(&buffer, HUGE_PAGE, size) != 0)
        return NULL;
    (void)madvise(buffer, size, MADV_HUGEPAGE);
    return buffer;
}

/* Reads to the end; SIZE octets are likely to come. */
static bool read_all(struct input *input, int fd, size_t size, const char *file)
{
    size_t cap = size < SIZE_MAX / 2 ? size + 1 : 65536, len = 0;
    uint8_t *buffer = make_buffer(cap);

    while (buffer != NULL) {
        ssize_t got = read(fd, buffer + len, cap - len);

        if (got == 0) {
            *input = (struct input){{buffer, len}, NULL};
            return true;
        }
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        len += (size_t)got;
        if (len == cap) {
            uint8_t *grown = cap > SIZE_MAX / 2 ? NULL : realloc(buffer, cap * 2);

            if (grown == NULL)
                break;
            buffer = grown;
            cap *= 2;
        }
    }
    fail(file);
    free(buffer);
    return false;
}

/* --- opening */

/* Whether a regular file may be mapped. */
typedef bool map_rule(int fd, const struct stat *status);

static bool map_large(int fd, const struct stat *status)
{
    (void)fd;
    return (uintmax_t)status->st_size > INPUT_MAX_READ && (uintmax_t)status->st_size < SIZE_MAX;
}

static bool map_large_and_safe(int fd, const struct stat *status)
{
    return map_large(fd, status) && mapping_is_safe(fd, status);
}

static bool map_none(int fd, const struct stat *status)
{
    (void)fd;
    (void)status;
    return false;
}

static void drop_backing(struct backing *backing)
{
    mapping_free(backing->mapping);
    stream_free(&backing->stream);
}

/* Takes over what BACKING has, also when it fails. */
static bool take_backing(struct input *input, struct backing backing, struct signet_span bytes,
                         const char *file)
{
    struct backing *kept = malloc(sizeof *kept);

    if (kept == NULL) {
        fail(file);
        drop_backing(&backing);
        return false;
    }
    *kept = backing;
    *input = (struct input){bytes, kept};
    return true;
}

static bool read_stream(struct input *input, int fd, enum stream_place place, const char *file)
{
    struct stream stream;

    *input = (struct input){{NULL, 0}, NULL};
    return stream_read(&stream, fd, place, file) &&
           take_backing(input, (struct backing){.stream = stream}, stream.bytes, file);
}

static bool read_descriptor(struct input *input, int fd, map_rule *may_map, enum stream_place place,
                            const char *file)
{
    struct mapping *mapping;
    struct stat status;

    if (fstat(fd, &status) != 0)
        return fail(file);
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return fail(file);
    }
    if (!S_ISREG(status.st_mode))
        return read_stream(input, fd, place, file);
    mapping = may_map(fd, &status) ? mapping_new(fd, &status, file) : NULL;
    if (mapping == NULL)
        return read_all(input, fd, (size_t)status.st_size, file);
    return take_backing(input, (struct backing){.mapping = mapping}, mapping_bytes(mapping), file);
}

static bool open_file(struct input *input, map_rule *may_map, enum stream_place place,
                      const char *file)
{
    bool done;
    int fd;

    if (strcmp(file, "-") == 0)
        return read_descriptor(input, STDIN_FILENO, may_map, place, STANDARD_INPUT);
    fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(file);
    done = read_descriptor(input, fd, may_map, place, file);
    close(fd);
    return done;
}

bool input_open(struct input *input, const char *file)
{
    return open_file(input, map_large, STREAM_ANYWHERE, file);
}

bool input_open_secret(struct input *input, const char *file)
{
    return open_file(input, map_large, STREAM_IN_MEMORY, file);
}

bool input_read(struct input *input, const char *file)
{
    return open_file(input, map_none, STREAM_ANYWHERE, file);
}

bool input_keep(struct input *input, const char *file)
{
    return open_file(input, map_large_and_safe, STREAM_ANYWHERE, file);
}

bool input_stands(const struct input *input)
{
    const struct mapping *mapping = input->backing != NULL ? input->backing->mapping : NULL;

    return mapping == NULL || mapping_is_unchanged(mapping);
}

bool input_is_unchanged(const struct input *input, const char *file)
{
    if (input_stands(input))
        return true;
    message_error("%s: was changed while it was read",
                  strcmp(file, "-") == 0 ? STANDARD_INPUT : file);
    return false;
}

void input_close(struct input *input)
{
    struct backing *backing = input->backing;

    if (backing == NULL) {
        free((void *)(uintptr_t)input->bytes.ptr);
    } else {
        drop_backing(backing);
        free(backing);
    }
    *input = (struct input){{NULL, 0}, NULL};
}

bool input_is_directory(const char *file)
{
    struct stat status;

    return stat(file, &status) == 0 && S_ISDIR(status.st_mode);
}

struct walk {
    bool deep;
    bool (*take)(void *context, const char *file);
    void *context;
};

static int skip_dots(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool walk_directory(const struct walk *walk, const char *directory, unsigned depth);

static bool walk_entry(const struct walk *walk, const char *directory, const char *name,
                       unsigned depth)
{
    struct stat link, status;
    size_t size = strlen(directory) + strlen(name) + 2;
    char *file = malloc(size);
    bool done = true;

    if (file == NULL)
        return fail(directory);
    snprintf(file, size, "%s/%s", directory, name);
    if (lstat(file, &link) != 0 || stat(file, &status) != 0)
        done = fail(file);
    else if (S_ISREG(status.st_mode))
        done = walk->take(walk->context, file);
    else if (S_ISDIR(link.st_mode) && walk->deep && strcmp(name, "tmp") != 0)
        done = walk_directory(walk, file, depth + 1);
    free(file);
    return done;
}

static bool walk_directory(const struct walk *walk, const char *directory, unsigned depth)
{
    struct dirent **entries;
    int num;
    bool done = true;

    if (depth > MAX_WALK_DEPTH) {
        message_error("%s: directories are nested too deep", directory);
        return false;
    }
    num = scandir(directory, &entries, skip_dots, alphasort);
    if (num < 0)
        return fail(directory);
    for (int i = 0; i < num; i++) {
        if (!walk_entry(walk, directory, entries[i]->d_name, depth))
            done = false;
        free(entries[i]);
    }
    free(entries);
    return done;
}

bool input_walk(const char *directory, bool deep, bool (*take)(void *context, const char *file),
                void *context)
{
    const struct walk walk = {deep, take, context};

    return walk_directory(&walk, directory, 0);
}
