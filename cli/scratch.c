/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Not /tmp, which may itself be memory. */
#define USUAL_FOLDER "/var/tmp"

struct file {
    int fd; /* -1: mapped */
    size_t len;
    void *memory; /* NULL: not mapped */
};

static int make_file(void)
{
    const char *folder = getenv("TMPDIR");
    char name[4096];
    int len = snprintf(name, sizeof name, "%s/signet-XXXXXX",
                       folder != NULL && folder[0] == '/' ? folder : USUAL_FOLDER);
    int fd;

    if (len < 0 || (size_t)len >= sizeof name)
        return -1;
    fd = mkstemp(name);
    if (fd < 0)
        return -1;
    unlink(name);
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC); /* nobody who is started has to do with mail */
    return fd;
}

static void *begin(void *context)
{
    struct file *file = malloc(sizeof *file);

    (void)context;
    if (file == NULL)
        return NULL;
    *file = (struct file){.fd = make_file()};
    if (file->fd >= 0)
        return file;
    free(file);
    return NULL;
}

/* At a place of its own, so that what was written in part is written over, or not there. */
static bool append(void *context, void *to, struct signet_span octets)
{
    struct file *file = to;
    size_t done = 0;

    (void)context;
    while (done < octets.len) {
        ssize_t len =
            pwrite(file->fd, octets.ptr + done, octets.len - done, (off_t)(file->len + done));
        if (len < 0 && errno == EINTR)
            continue;
        if (len <= 0)
            return false;
        done += (size_t)len;
    }
    file->len += octets.len;
    return true;
}

static const uint8_t *map(void *context, void *written)
{
    struct file *file = written;
    void *memory = mmap(NULL, file->len, PROT_READ, MAP_PRIVATE, file->fd, 0);

    (void)context;
    if (memory == MAP_FAILED)
        return NULL;
    close(file->fd);
    file->fd = -1;
    file->memory = memory;
    return memory;
}

static void discard(void *context, void *whole)
{
    struct file *file = whole;

    (void)context;
    if (file->memory != NULL)
        munmap(file->memory, file->len);
    if (file->fd >= 0)
        close(file->fd);
    free(file);
}

const struct signet_scratch scratch_file = {begin, append, map, discard, NULL};
