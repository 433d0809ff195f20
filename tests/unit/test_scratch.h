/* SPDX-License-Identifier: Apache-2.0 */
/* Scratch for tests: its files are memory, it counts them, has an end, and looks at what it gets.
 */
#ifndef SG_TESTS_UNIT_TEST_SCRATCH_H
#define SG_TESTS_UNIT_TEST_SCRATCH_H

#include "test.h"

#include "signet/scratch.h"

struct test_scratch {
    size_t files_left;  /* that may be opened; SIZE_MAX: as many as are wanted */
    size_t octets_left; /* that may be appended */
    bool unmappable;
    struct signet_span secret; /* that must not come; empty: any may */

    size_t num_opened, num_open, num_mapped, num_appends, num_octets;
    bool has_secret;
};

struct test_scratch_file {
    uint8_t *octets;
    size_t len;
    bool mapped;
};

static void *test_scratch_open(void *context)
{
    struct test_scratch *scratch = context;
    struct test_scratch_file *file;
    if (scratch->files_left == 0)
        return NULL;
    file = calloc(1, sizeof(*file));
    if (file == NULL)
        return NULL;
    scratch->files_left -= scratch->files_left != SIZE_MAX;
    scratch->num_opened++;
    scratch->num_open++;
    return file;
}

static bool test_scratch_holds(struct signet_span octets, struct signet_span word)
{
    for (size_t at = 0; word.len > 0 && at + word.len <= octets.len; at++) {
        if (memcmp(octets.ptr + at, word.ptr, word.len) == 0)
            return true;
    }
    return false;
}

static bool test_scratch_append(void *context, void *to, struct signet_span octets)
{
    struct test_scratch *scratch = context;
    struct test_scratch_file *file = to;
    assert_false(file->mapped);
    assert_true(octets.len > 0);
    scratch->num_appends++;
    scratch->has_secret |= test_scratch_holds(octets, scratch->secret);
    uint8_t *grown =
        octets.len > scratch->octets_left ? NULL : realloc(file->octets, file->len + octets.len);
    if (grown == NULL)
        return false;
    memcpy(grown + file->len, octets.ptr, octets.len);
    file->octets = grown;
    file->len += octets.len;
    scratch->octets_left -= octets.len;
    scratch->num_octets += octets.len;
    return true;
}

static const uint8_t *test_scratch_map(void *context, void *written)
{
    struct test_scratch *scratch = context;
    struct test_scratch_file *file = written;
    assert_false(file->mapped);
    assert_true(file->len > 0);
    if (scratch->unmappable)
        return NULL;
    scratch->num_mapped++;
    file->mapped = true;
    return file->octets;
}

static void test_scratch_discard(void *context, void *whole)
{
    struct test_scratch *scratch = context;
    struct test_scratch_file *file = whole;
    scratch->num_open--;
    scratch->num_mapped -= file->mapped;
    free(file->octets);
    free(file);
}

/* As many files as are wanted. */
static inline struct test_scratch test_scratch_new(size_t octets)
{
    return (struct test_scratch){.files_left = SIZE_MAX, .octets_left = octets};
}

static inline struct signet_scratch test_scratch_of(struct test_scratch *scratch)
{
    return (struct signet_scratch){test_scratch_open, test_scratch_append, test_scratch_map,
                                   test_scratch_discard, scratch};
}

#endif
