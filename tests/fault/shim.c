/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into the program, lets one allocation of its life fail: the one whose number FAULT_AT
 * says, from 0. Without FAULT_AT it only counts. The number of allocations goes to the file that
 * FAULT_COUNT names.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The C library's own functions, by the names under which a wrapper may call them. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t num, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

/* The project hides symbols by default; these must be seen by the loader. */
#define SEEN __attribute__((visibility("default")))
SEEN void *malloc(size_t size);
SEEN void *calloc(size_t num, size_t size);
SEEN void *realloc(void *memory, size_t size);

static atomic_ulong num_allocations;
static unsigned long fail_at = (unsigned long)-1;
static atomic_bool started; /* what the loader allocates is none of the program's */

static __attribute__((constructor)) void start(void)
{
    const char *at = getenv("FAULT_AT");
    if (at != NULL)
        fail_at = strtoul(at, NULL, 10);
    atomic_store(&started, 1);
}

static __attribute__((destructor)) void stop(void)
{
    const char *file = getenv("FAULT_COUNT");
    char text[32];
    atomic_store(&started, 0);
    if (file == NULL)
        return;
    int length = snprintf(text, sizeof(text), "%lu\n", atomic_load(&num_allocations));
    int descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (descriptor < 0)
        return;
    if (write(descriptor, text, (size_t)length) != length)
        _exit(99);
    close(descriptor);
}

static int is_due(void)
{
    if (!atomic_load(&started) || atomic_fetch_add(&num_allocations, 1) != fail_at)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return is_due() ? NULL : __libc_malloc(size);
}

void *calloc(size_t num, size_t size)
{
    return is_due() ? NULL : __libc_calloc(num, size);
}

void *realloc(void *memory, size_t size)
{
    return is_due() ? NULL : __libc_realloc(memory, size);
}
