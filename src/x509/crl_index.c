/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sorting the entries of a CRL by serial number. Serial numbers are random these days, so a long
 * list is sorted by distributing it over the first 22 bits that differ: two passes where comparing
 * would need twenty, after which hardly any group has more than one member. Short groups are
 * merged. What all of a group have in common is passed over once, so the cost stays linear in the
 * octets of the list for serial numbers that an attacker has chosen, too.
 */
#include "x509/crl_parts.h"

#include <stdlib.h>

/* Below this, comparing is cheaper than counting. */
enum { MIN_DISTRIBUTED = 1024 };
/* Up to this, nothing is cheaper than moving. */
enum { MAX_INSERTED = 8 };

enum { DIGIT_BITS = 11, NUM_BUCKETS = 1 << DIGIT_BITS, MAX_BITS = 2 * DIGIT_BITS };

struct item {
    uint32_t key;
    uint32_t offset;
};

struct sorter {
    struct signet_span entries;
    struct item *items, *spare;
    uint32_t counts[2][NUM_BUCKETS];
};

static struct signet_span serial_of(const struct sorter *sorter, const struct item *item)
{
    return sg_crl_entry_serial(sorter->entries, item->offset);
}

/* What a group is sorted by: the length first, then four octets at a time. */
struct place {
    bool octets; /* else the length */
    size_t at;   /* the first of them */
};

static uint32_t key_of(struct signet_span serial, struct place place)
{
    if (!place.octets)
        return (uint32_t)serial.len;
    uint32_t key = 0;
    for (size_t i = place.at; i < place.at + 4; i++)
        key = key << 8 | (i < serial.len ? serial.ptr[i] : 0u);
    return key;
}

/* Returns the bits in which any two keys differ. */
static uint32_t load_keys(const struct sorter *sorter, struct item *items, size_t num,
                          struct place place)
{
    uint32_t differing = 0;
    for (size_t i = 0; i < num; i++) {
        items[i].key = key_of(serial_of(sorter, &items[i]), place);
        differing |= items[i].key ^ items[0].key;
    }
    return differing;
}

static uint32_t digit_of(const struct item *item, unsigned shift)
{
    return item->key >> shift & (NUM_BUCKETS - 1);
}

static void move_by_digit(const struct item *from, struct item *to, size_t num, unsigned shift,
                          uint32_t *counts)
{
    uint32_t start = 0;
    for (size_t bucket = 0; bucket < NUM_BUCKETS; bucket++) {
        uint32_t count = counts[bucket];
        counts[bucket] = start;
        start += count;
    }
    for (size_t i = 0; i < num; i++)
        to[counts[digit_of(&from[i], shift)]++] = from[i];
}

/* Stable, by the 22 bits of the keys from SHIFT on; above them all keys are alike. */
static void distribute(struct sorter *sorter, size_t first, size_t num, unsigned shift)
{
    struct item *items = sorter->items + first, *spare = sorter->spare + first;
    unsigned high = shift + DIGIT_BITS;
    memset(sorter->counts, 0, sizeof(sorter->counts));
    for (size_t i = 0; i < num; i++) {
        sorter->counts[0][digit_of(&items[i], shift)]++;
        sorter->counts[1][digit_of(&items[i], high)]++;
    }
    move_by_digit(items, spare, num, shift, sorter->counts[0]);
    move_by_digit(spare, items, num, high, sorter->counts[1]);
}

/* Both have keys of the same place, and no difference before it. */
static bool is_after(const struct sorter *sorter, const struct item *a, const struct item *b)
{
    if (a->key != b->key)
        return a->key > b->key;
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

static void insertion_sort(const struct sorter *sorter, struct item *items, size_t num)
{
    for (size_t i = 1; i < num; i++) {
        struct item item = items[i];
        size_t at = i;
        for (; at > 0 && is_after(sorter, &items[at - 1], &item); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static void merge_sort(const struct sorter *sorter, size_t first, size_t num)
{
    if (num <= MAX_INSERTED) {
        insertion_sort(sorter, sorter->items + first, num);
        return;
    }
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

/* The run of items from FIRST on, before END, whose keys are alike from bit SHIFT up. */
static struct group find_run(const struct sorter *sorter, size_t first, size_t end, unsigned shift)
{
    uint32_t key = sorter->items[first].key >> shift;
    size_t next = first + 1;
    while (next < end && sorter->items[next].key >> shift == key)
        next++;
    return (struct group){first, next - first};
}

static unsigned count_bits(uint32_t number)
{
    unsigned bits = 0;
    for (; number != 0; number >>= 1)
        bits++;
    return bits;
}

static void sort_group(struct sorter *sorter, struct group group, struct place place);

/* Sorts the runs of GROUP, but leaves the largest to the caller. */
static struct group sort_runs(struct sorter *sorter, struct group group, unsigned shift,
                              struct place next)
{
    struct group largest = {group.first, 0};
    for (size_t i = group.first, end = group.first + group.num; i < end;) {
        struct group run = find_run(sorter, i, end, shift), other = run;
        i += run.num;
        if (run.num > largest.num) {
            other = largest;
            largest = run;
        }
        if (other.num > 1)
            sort_group(sorter, other, next);
    }
    return largest;
}

/* The first octet from FROM on, before END, in which A and B differ; else END. */
static size_t find_difference(struct signet_span a, struct signet_span b, size_t from, size_t end)
{
    while (from < end && a.ptr[from] == b.ptr[from])
        from++;
    return from;
}

/* The place after PLACE, at which all of GROUP are alike, where they begin to differ. */
static struct place skip_common(const struct sorter *sorter, struct group group, struct place place)
{
    if (!place.octets)
        return (struct place){true, 0};
    const struct item *items = sorter->items + group.first;
    struct signet_span first = serial_of(sorter, &items[0]);
    size_t next = place.at + 4, at = first.len;
    for (size_t i = 1; i < group.num && at > next; i++)
        at = find_difference(first, serial_of(sorter, &items[i]), next, at);
    return (struct place){true, at > next ? at : next};
}

/*
 * Sorts GROUP, whose members do not differ before PLACE. All runs but the largest have half of a
 * group or less, and that one is done in the loop, so the recursion goes no deeper than 32.
 */
static void sort_group(struct sorter *sorter, struct group group, struct place place)
{
    while (group.num >= MIN_DISTRIBUTED) {
        struct item *items = sorter->items + group.first;
        if (place.octets && place.at >= serial_of(sorter, items).len)
            return; /* one and the same number */
        unsigned bits = count_bits(load_keys(sorter, items, group.num, place));
        if (bits == 0) {
            place = skip_common(sorter, group, place);
            continue;
        }
        unsigned shift = bits > MAX_BITS ? bits - MAX_BITS : 0;
        distribute(sorter, group.first, group.num, shift);
        if (shift == 0)
            place = (struct place){true, place.octets ? place.at + 4 : 0};
        group = sort_runs(sorter, group, shift, place);
    }
    merge_sort(sorter, group.first, group.num);
}

bool sg_crl_index_sort(struct signet_span entries, uint32_t *index, size_t num, bool same_len)
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
        sort_group(sorter, (struct group){0, num}, (struct place){same_len, 0});
        for (size_t i = 0; i < num; i++)
            index[i] = items[i].offset;
    }
    free(items);
    free(sorter);
    return sorted;
}
