/* SPDX-License-Identifier: Apache-2.0 */
#include "mapping.h"

#include "message.h"
#include "verb.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* Each keeps its file open: as many as leave room for others. */
enum { MAX_MAPPINGS = 64 };

/* Beyond what file systems and their clocks round times to. In seconds. */
enum { SETTLED = 2 };

struct mapping {
    struct mapping *next;
    void *memory;
    int fd;
    struct stat status;
    char *last_words; /* a line for standard error */
    size_t last_words_len;
};

/* All that there are: a signal handler has no other way to know them. */
static struct mapping *mappings;
static size_t num_mappings;

/* --- the end */

static bool has(const struct mapping *mapping, const void *address)
{
    uintptr_t first = (uintptr_t)mapping->memory, at = (uintptr_t)address;

    return at >= first && at - first < (size_t)mapping->status.st_size;
}

/* Raised by reading an octet, so the list is not being changed. */
static void end(int number, siginfo_t *info, void *context)
{
    (void)context;
    for (const struct mapping *mapping = mappings; mapping != NULL; mapping = mapping->next) {
        if (!has(mapping, info->si_addr))
            continue;
        (void)!write(STDERR_FILENO, mapping->last_words, mapping->last_words_len);
        _exit(EXIT_TROUBLE);
    }
    signal(number, SIG_DFL); /* the octet is read again */
}

static void catch_end(void)
{
    const struct sigaction action = {.sa_sigaction = end, .sa_flags = SA_SIGINFO};

    sigaction(SIGBUS, &action, NULL);
}

static bool prepare_last_words(struct mapping *mapping, const char *name)
{
    FILE *out = open_memstream(&mapping->last_words, &mapping->last_words_len);

    if (out == NULL)
        return false;
    fputs("signet: ", out);
    message_write_safe(out, name);
    fputs(": became shorter while it was read, or the disk has an error\n", out);
    return fclose(out) == 0;
}

/* --- mapping */

static bool map(struct mapping *mapping, int fd)
{
    void *memory;

    mapping->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (mapping->fd < 0)
        return false;
    memory = mmap(NULL, (size_t)mapping->status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    mapping->memory = memory == MAP_FAILED ? NULL : memory;
    return mapping->memory != NULL;
}

static void discard(struct mapping *mapping)
{
    if (mapping->memory != NULL)
        munmap(mapping->memory, (size_t)mapping->status.st_size);
    if (mapping->fd >= 0)
        close(mapping->fd);
    free(mapping->last_words);
    free(mapping);
}

struct mapping *mapping_new(int fd, const struct stat *status, const char *name)
{
    struct mapping *mapping;

    if (num_mappings == MAX_MAPPINGS || status->st_size <= 0)
        return NULL;
    mapping = malloc(sizeof *mapping);
    if (mapping == NULL)
        return NULL;
    *mapping = (struct mapping){.next = mappings, .fd = -1, .status = *status};
    if (!prepare_last_words(mapping, name) || !map(mapping, fd)) {
        discard(mapping);
        return NULL;
    }
    if (num_mappings++ == 0)
        catch_end();
    mappings = mapping;
    return mapping;
}

void mapping_free(struct mapping *mapping)
{
    struct mapping **link = &mappings;

    if (mapping == NULL)
        return;
    while (*link != mapping)
        link = &(*link)->next;
    *link = mapping->next;
    num_mappings--;
    discard(mapping);
}

struct signet_span mapping_bytes(const struct mapping *mapping)
{
    return (struct signet_span){mapping->memory, (size_t)mapping->status.st_size};
}

bool mapping_exists(void)
{
    return mappings != NULL;
}

/* --- relying on it */

static bool same_time(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool mapping_is_unchanged(const struct mapping *mapping)
{
    const struct stat *before = &mapping->status;
    struct stat now;

    return fstat(mapping->fd, &now) == 0 && now.st_size == before->st_size &&
           same_time(&now.st_mtim, &before->st_mtim) && same_time(&now.st_ctim, &before->st_ctim);
}

/* A time to come is none to go by. */
static bool is_settled(const struct timespec *changed, const struct timespec *now)
{
    return changed->tv_sec < now->tv_sec && now->tv_sec - changed->tv_sec > SETTLED;
}

/* Others, such as FUSE or NFS, may have owners and times that somebody else makes up. */
static bool is_kept_by_kernel(int fd)
{
    static const unsigned long kinds[] = {EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC,
                                          F2FS_SUPER_MAGIC, TMPFS_MAGIC,     OVERLAYFS_SUPER_MAGIC,
                                          0x2fc12fc1 /* ZFS */};
    struct statfs system;

    if (fstatfs(fd, &system) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((unsigned long)system.f_type == kinds[i])
            return true;
    return false;
}

bool mapping_is_safe(int fd, const struct stat *status)
{
    struct timespec now;

    return (status->st_uid == geteuid() || status->st_uid == 0) &&
           (status->st_mode & (S_IWGRP | S_IWOTH)) == 0 && is_kept_by_kernel(fd) &&
           clock_gettime(CLOCK_REALTIME, &now) == 0 && is_settled(&status->st_mtim, &now) &&
           is_settled(&status->st_ctim, &now);
}
