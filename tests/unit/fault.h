/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lets allocations fail on purpose: every one of an operation in turn. A test that includes this is
 * linked with fault_dep, and says
 *
 *   for (size_t n = 0; fault_begin(n), operation(…) != SIGNET_OK; n++)
 *       …what must hold after a failure…
 *   fault_end();
 */
#ifndef SG_TESTS_UNIT_FAULT_H
#define SG_TESTS_UNIT_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t num, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t num, size_t size);
void *__wrap_realloc(void *memory, size_t size);

static size_t fault_countdown = SIZE_MAX;

/* The first N allocations from now on succeed, all further ones fail. */
static inline void fault_begin(size_t n)
{
    fault_countdown = n;
}

/* Nothing fails any more. */
static inline void fault_end(void)
{
    fault_countdown = SIZE_MAX;
}

static bool fault_now(void)
{
    if (fault_countdown == SIZE_MAX)
        return false;
    if (fault_countdown == 0)
        return true;
    fault_countdown--;
    return false;
}

void *__wrap_malloc(size_t size)
{
    return fault_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t num, size_t size)
{
    return fault_now() ? NULL : __real_calloc(num, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fault_now() ? NULL : __real_realloc(memory, size);
}

#endif
