/* SPDX-License-Identifier: Apache-2.0 */
#include "scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Not /tmp, which may itself be memory. */
#define USUAL_FOLDER "/var/tmp"

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
    if (fd >= 0)
        unlink(name);
    return fd;
}

static void *take(void *context, size_t len)
{
    void *memory = MAP_FAILED;
    int fd = make_file();

    (void)context;
    if (fd < 0)
        return NULL;
    /* All of it now: a full disk later would be a SIGBUS. */
    if (posix_fallocate(fd, 0, (off_t)len) == 0)
        memory = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return memory == MAP_FAILED ? NULL : memory;
}

static void give_back(void *context, void *memory, size_t len)
{
    (void)context;
    munmap(memory, len);
}

const struct signet_scratch scratch_file = {take, give_back, NULL};
