/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sorting the entries of a CRL by serial number. Serial numbers are random these days, so a long
 * list is sorted by distributing four octets at a time: three passes where comparing would need
 * twenty, and hardly any two have the same four octets. Short groups are merged. Serial numbers
 * that an attacker lets differ late take one more round for each four octets of theirs, so the cost
 * stays linear in the octets of the list.
 */
#include "x509/crl_parts.h"

#include <stdlib.h>

/* Below this, comparing is cheaper than counting. */
enum { MIN_DISTRIBUTED = 1024 };

enum { DIGIT_BITS = 11, NUM_DIGITS = 3, NUM_BUCKETS = 1 << DIGIT_BITS };

struct item {
    uint32_t key;
    uint32_t offset;
};

struct sorter {
    struct signet_span entries;
    struct item *items, *spare;
    uint32_t counts[NUM_DIGITS][NUM_BUCKETS];
};

static struct signet_span serial_of(const struct sorter *sorter, const struct item *item)
{
    return sg_crl_entry_serial(sorter->entries, item->offset);
}

/* The key of ROUND: first the length, then four octets at a time, with zeros at the end. */
static uint32_t key_of(struct signet_span serial, size_t round)
{
    if (round == 0)
        return (uint32_t)serial.len;
    size_t at = (round - 1) * 4;
    uint32_t key = 0;
    for (size_t i = at; i < at + 4; i++)
        key = key << 8 | (i < serial.len ? serial.ptr[i] : 0u);
    return key;
}

/* False: all keys are alike. */
static bool load_keys(const struct sorter *sorter, struct item *items, size_t num, size_t round)
{
    uint32_t differing = 0;
    for (size_t i = 0; i < num; i++) {
        items[i].key = key_of(serial_of(sorter, &items[i]), round);
        differing |= items[i].key ^ items[0].key;
    }
    return differing != 0;
}

static unsigned digit_of(const struct item *item, unsigned digit)
{
    return item->key >> digit * DIGIT_BITS & (NUM_BUCKETS - 1);
}

static void move_by_digit(const struct item *from, struct item *to, size_t num, unsigned digit,
                          uint32_t *counts)
{
    uint32_t start = 0;
    for (size_t bucket = 0; bucket < NUM_BUCKETS; bucket++) {
        uint32_t count = counts[bucket];
        counts[bucket] = start;
        start += count;
    }
    for (size_t i = 0; i < num; i++)
        to[counts[digit_of(&from[i], digit)]++] = from[i];
}

/* Stable, by key: least digit first, digits that are all alike passed over. */
static void distribute(struct sorter *sorter, size_t first, size_t num)
{
    struct item *from = sorter->items + first, *to = sorter->spare + first;
    memset(sorter->counts, 0, sizeof(sorter->counts));
    for (size_t i = 0; i < num; i++) {
        for (unsigned digit = 0; digit < NUM_DIGITS; digit++)
            sorter->counts[digit][digit_of(&from[i], digit)]++;
    }
    for (unsigned digit = 0; digit < NUM_DIGITS; digit++) {
        if (sorter->counts[digit][digit_of(&from[0], digit)] == num)
            continue;
        move_by_digit(from, to, num, digit, sorter->counts[digit]);
        struct item *moved = to;
        to = from;
        from = moved;
    }
    if (from != sorter->items + first)
        memcpy(sorter->items + first, from, num * sizeof(*from));
}

static bool is_after(const struct sorter *sorter, const struct item *a, const struct item *b)
{
    return sg_crl_serial_compare(serial_of(sorter, a), serial_of(sorter, b)) > 0;
}

/* Merges two neighbours of sorted items, FROM to MIDDLE and MIDDLE to END. Of equals the former
 * comes first. */
static void merge(const struct sorter *sorter, const struct item *from, const struct item *middle,
                  const struct item *end, struct item *to)
{
    const struct item *left = from, *right = middle;
    while (left < middle && right < end)
        *to++ = is_after(sorter, left, right) ? *right++ : *left++;
    memcpy(to, left, (size_t)(middle - left) * sizeof(*to));
    memcpy(to + (middle - left), right, (size_t)(end - right) * sizeof(*to));
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void merge_sort(const struct sorter *sorter, size_t first, size_t num)
{
    struct item *from = sorter->items + first, *to = sorter->spare + first;
    for (size_t width = 1; width < num; width *= 2) {
        for (size_t i = 0; i < num; i += 2 * width)
            merge(sorter, from + i, from + smaller(i + width, num),
                  from + smaller(i + 2 * width, num), to + i);
        struct item *merged = to;
        to = from;
        from = merged;
    }
    if (from != sorter->items + first)
        memcpy(sorter->items + first, from, num * sizeof(*from));
}

struct group {
    size_t first, num;
};

/* The run of equal keys that begins at FIRST, before END. */
static struct group find_run(const struct sorter *sorter, size_t first, size_t end)
{
    size_t next = first + 1;
    while (next < end && sorter->items[next].key == sorter->items[first].key)
        next++;
    return (struct group){first, next - first};
}

static struct group find_largest_run(const struct sorter *sorter, struct group group)
{
    struct group largest = {group.first, 0};
    for (size_t i = group.first, end = group.first + group.num; i < end;) {
        struct group run = find_run(sorter, i, end);
        if (run.num > largest.num)
            largest = run;
        i += run.num;
    }
    return largest;
}

/* Sorts GROUP, whose members have had equal keys in all rounds before ROUND. Only the largest part
 * of a group can have more than half of it, and that one is done in the loop, so the recursion goes
 * no deeper than 32. */
static void sort_group(struct sorter *sorter, struct group group, size_t round)
{
    while (group.num >= MIN_DISTRIBUTED) {
        struct signet_span any = serial_of(sorter, &sorter->items[group.first]);
        if (round > 0 && (round - 1) * 4 >= any.len)
            return; /* one and the same number */
        round++;
        if (!load_keys(sorter, sorter->items + group.first, group.num, round - 1))
            continue;
        distribute(sorter, group.first, group.num);
        struct group largest = find_largest_run(sorter, group);
        for (size_t i = group.first, end = group.first + group.num; i < end;) {
            struct group run = find_run(sorter, i, end);
            if (run.num > 1 && run.first != largest.first)
                sort_group(sorter, run, round);
            i += run.num;
        }
        group = largest;
    }
    merge_sort(sorter, group.first, group.num);
}

bool sg_crl_index_sort(struct signet_span entries, uint32_t *index, size_t num)
{
    struct sorter *sorter = malloc(sizeof(*sorter));
    struct item *items = calloc(num + 1, 2 * sizeof(*items));
    bool sorted = sorter != NULL && items != NULL;
    if (sorted) {
        sorter->entries = entries;
        sorter->items = items;
        sorter->spare = items + num;
        for (size_t i = 0; i < num; i++)
            items[i].offset = index[i];
        sort_group(sorter, (struct group){0, num}, 0);
        for (size_t i = 0; i < num; i++)
            index[i] = items[i].offset;
    }
    free(items);
    free(sorter);
    return sorted;
}
