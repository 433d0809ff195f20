/* SPDX-License-Identifier: Apache-2.0 */
#include "store/crl_pieces.h"

#include "base/buffer.h"
#include "base/span.h"
#include "store/octets.h"
#include "x509/crl_index.h"
#include "x509/crl_parts.h"

#include <stdlib.h>

/*
 * A piece: its check, the first hash of the next piece, then the pairs. The first piece begins at
 * hash 0, the last ends above all of them, so that every hash has its piece.
 */
enum { NUMBER_LEN = 8, HEADER_LEN = 2 * NUMBER_LEN, PAIR_LEN = 8, HASH_LEN = 4 };
/* Four pieces to a page of SQLite's, with nothing beside it. */
enum { MAX_PAIRS = (2000 - HEADER_LEN) / PAIR_LEN };

#define END_OF_HASHES ((uint64_t)1 << 32)

uint64_t sg_crl_pieces_seed(const uint8_t sha256[32])
{
    return sg_octets_get(sha256, NUMBER_LEN);
}

/* --- pairs in their order */

/* Those that are not written yet. A pair is one number: the hash above the offset. */
struct pairs {
    const struct signet_crl *crl;
    uint64_t seed;
    uint64_t *items;
    size_t num;
    uint64_t first; /* the hash that the next piece begins with */
};

static uint32_t hash_of(uint64_t pair)
{
    return (uint32_t)(pair >> 32);
}

static struct signet_span serial_of(const struct pairs *pairs, uint64_t pair)
{
    return sg_crl_place_at(pairs->crl->entries, (uint32_t)pair).serial;
}

static int compare_pairs(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* An entry before it, which is in its place, has the serial number. Others with its hash are few.
 */
static bool is_repeated(const struct pairs *pairs, size_t first, uint64_t pair)
{
    struct signet_span serial = serial_of(pairs, pair);
    for (size_t i = pairs->num; i > first && hash_of(pairs->items[i - 1]) == hash_of(pair); i--) {
        if (sg_span_equal(serial_of(pairs, pairs->items[i - 1]), serial))
            return true;
    }
    return false;
}

/* The pairs of the next group: sorted, and of equal serial numbers only the first entry. Its
 * entries lie far apart: memory is asked for all before the first is waited for. */
static void add_group(struct pairs *pairs, struct sg_crl_group group)
{
    size_t first = pairs->num;
    uint64_t *items = pairs->items + first;
    for (size_t i = 0; i < group.num; i++)
        __builtin_prefetch(pairs->crl->entries.ptr + group.offsets[i]);
    for (size_t i = 0; i < group.num; i++) {
        items[i] = group.offsets[i];
        items[i] |= (uint64_t)sg_crl_index_hash(serial_of(pairs, items[i]), pairs->seed) << 32;
    }
    if (group.num > 1)
        qsort(items, group.num, sizeof(*items), compare_pairs);
    for (size_t i = 0; i < group.num; i++) {
        if (!is_repeated(pairs, first, items[i]))
            pairs->items[pairs->num++] = items[i];
    }
}

/* --- writing */

static uint64_t check_of(struct signet_span octets, uint64_t first, uint64_t seed)
{
    return sg_span_hash(sg_span_from(octets, NUMBER_LEN), seed ^ first);
}

/* How many pairs make up the next piece: equal hashes stay together. */
static size_t num_in_piece(const struct pairs *pairs)
{
    size_t num = pairs->num > MAX_PAIRS ? MAX_PAIRS : pairs->num;
    while (num > 0 && num < pairs->num &&
           hash_of(pairs->items[num]) == hash_of(pairs->items[num - 1]))
        num++;
    return num;
}

/* The first NUM pairs; NEXT is the hash that the piece behind them begins with. */
static enum signet_status write_piece(struct signet_store *store, int64_t object,
                                      struct pairs *pairs, size_t num, uint64_t next)
{
    size_t len = HEADER_LEN + num * PAIR_LEN;
    uint64_t first = pairs->first;
    uint8_t *octets = malloc(len);
    if (octets == NULL)
        return SIGNET_ERR_MEMORY;
    sg_octets_put(octets + NUMBER_LEN, NUMBER_LEN, next);
    for (size_t i = 0; i < num; i++)
        sg_octets_put(octets + HEADER_LEN + i * PAIR_LEN, PAIR_LEN, pairs->items[i]);
    sg_octets_put(octets, NUMBER_LEN, check_of(sg_span(octets, len), first, pairs->seed));
    enum signet_status status =
        store->backend->crl_put_index(store->db, object, (uint32_t)first, sg_span(octets, len));
    free(octets);

    pairs->num -= num;
    memmove(pairs->items, pairs->items + num, pairs->num * sizeof(*pairs->items));
    pairs->first = next;
    return status;
}

/* The pieces whose ends are known; LAST: all of them. */
static enum signet_status write_pieces(struct signet_store *store, int64_t object,
                                       struct pairs *pairs, bool last)
{
    enum signet_status status = SIGNET_OK;
    size_t num = num_in_piece(pairs);
    for (; status == SIGNET_OK && num < pairs->num; num = num_in_piece(pairs))
        status = write_piece(store, object, pairs, num, hash_of(pairs->items[num]));
    if (last && num > 0 && status == SIGNET_OK)
        status = write_piece(store, object, pairs, num, END_OF_HASHES);
    return status;
}

/* Where the last pair left no more than one piece and a group, and a group is added to them. */
static size_t max_pairs(const struct sg_crl_index *index)
{
    size_t largest = 0;
    for (size_t i = 0; i < index->num_groups; i++) {
        size_t num = sg_crl_index_group(index, i).num;
        largest = num > largest ? num : largest;
    }
    return MAX_PAIRS + 2 * largest;
}

enum signet_status sg_crl_pieces_write(struct signet_store *store, int64_t object,
                                       const struct signet_crl *crl, uint64_t seed)
{
    struct sg_crl_index *index = sg_crl_index_new(crl, seed);
    struct pairs pairs = {.crl = crl, .seed = seed};
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (index != NULL)
        pairs.items = calloc(max_pairs(index), sizeof(*pairs.items));
    if (pairs.items != NULL) {
        status = SIGNET_OK;
        for (size_t i = 0; status == SIGNET_OK && i < index->num_groups; i++) {
            add_group(&pairs, sg_crl_index_group(index, i));
            status = write_pieces(store, object, &pairs, i + 1 == index->num_groups);
        }
    }
    free(pairs.items);
    sg_crl_index_free(index);
    return status;
}

/* --- finding */

static uint32_t hash_at(const struct signet_span *pairs, size_t i)
{
    return (uint32_t)sg_octets_get(pairs->ptr + i * PAIR_LEN, HASH_LEN);
}

/* The pairs of the piece for HASH. The check needs the piece's own first hash, which is 0 for the
 * first one, else that of its first pair. */
static bool open_piece(struct signet_span octets, uint32_t hash, uint64_t seed,
                       struct signet_span *pairs)
{
    if (octets.len < HEADER_LEN + PAIR_LEN || (octets.len - HEADER_LEN) % PAIR_LEN != 0)
        return false;
    *pairs = sg_span_from(octets, HEADER_LEN);
    uint64_t check = sg_octets_get(octets.ptr, NUMBER_LEN);
    if (check != check_of(octets, hash_at(pairs, 0), seed) && check != check_of(octets, 0, seed))
        return false;
    return hash < sg_octets_get(octets.ptr + NUMBER_LEN, NUMBER_LEN);
}

/* The first pair whose hash is not below HASH. */
static size_t find_pair(const struct signet_span *pairs, uint32_t hash)
{
    size_t low = 0, high = pairs->len / PAIR_LEN;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hash_at(pairs, middle) < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum signet_status sg_crl_pieces_find(struct signet_store *store, int64_t object, uint64_t seed,
                                      struct signet_span serial, struct sg_arena *arena,
                                      struct sg_crl_offsets *out)
{
    struct signet_span octets, pairs;
    uint32_t hash = sg_crl_index_hash(serial, seed);
    *out = (struct sg_crl_offsets){0};
    enum signet_status status = store->backend->crl_find_index(store->db, object, hash, &octets);
    if (status != SIGNET_OK)
        return status;
    if (!open_piece(octets, hash, seed, &pairs))
        return SIGNET_ERR_PARSE;
    size_t first = find_pair(&pairs, hash), end = first;
    while (end < pairs.len / PAIR_LEN && hash_at(&pairs, end) == hash)
        end++;
    out->items = sg_arena_array(arena, end - first + 1, sizeof(*out->items));
    if (out->items == NULL)
        return SIGNET_ERR_MEMORY;
    for (size_t i = first; i < end; i++)
        out->items[out->num++] =
            (uint32_t)sg_octets_get(pairs.ptr + i * PAIR_LEN + HASH_LEN, PAIR_LEN - HASH_LEN);
    return SIGNET_OK;
}

/* The piece that begins with FIRST is what was written; *NEXT is where the one behind it begins. */
static bool check_piece(struct signet_span octets, uint64_t first, uint64_t seed, uint64_t *next)
{
    struct signet_span pairs;
    if (!open_piece(octets, (uint32_t)first, seed, &pairs))
        return false;
    *next = sg_octets_get(octets.ptr + NUMBER_LEN, NUMBER_LEN);
    return sg_octets_get(octets.ptr, NUMBER_LEN) == check_of(octets, first, seed);
}

/* Each piece is found by its first hash, and no other is before the next one. */
enum signet_status sg_crl_pieces_check(struct signet_store *store, int64_t object, uint64_t seed)
{
    const struct sg_store_backend *backend = store->backend;
    enum signet_status status = SIGNET_OK;
    for (uint64_t first = 0, next; first < END_OF_HASHES; first = next) {
        struct signet_span octets;
        status = backend->crl_find_index(store->db, object, (uint32_t)first, &octets);
        if (status != SIGNET_OK)
            return status;
        if (!check_piece(octets, first, seed, &next) || next > END_OF_HASHES)
            return SIGNET_ERR_PARSE;
        status = backend->crl_find_index(store->db, object, (uint32_t)(next - 1), &octets);
        if (status != SIGNET_OK)
            return status;
        if (!check_piece(octets, first, seed, &next))
            return SIGNET_ERR_PARSE;
    }
    return status;
}
