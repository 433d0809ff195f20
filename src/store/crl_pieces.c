/* SPDX-License-Identifier: Apache-2.0 */
#include "store/crl_pieces.h"

#include "base/buffer.h"
#include "base/span.h"
#include "store/octets.h"
#include "x509/crl_parts.h"

#include <stdlib.h>

/*
 * A piece: its check, the first hash of the next piece, then the pairs. The first piece begins at
 * hash 0, the last ends above all of them, so that every hash has its piece.
 */
enum { NUMBER_LEN = 8, HEADER_LEN = 2 * NUMBER_LEN, PAIR_LEN = 8, HASH_LEN = 4 };
enum { MAX_PAIRS = (4000 - HEADER_LEN) / PAIR_LEN };

#define END_OF_HASHES ((uint64_t)1 << 32)

/* A pair is one number: the hash above the offset. */
enum { BUCKET_BITS = 12, NUM_BUCKETS = 1 << BUCKET_BITS, BUCKET_SHIFT = 64 - BUCKET_BITS };

uint64_t sg_crl_pieces_seed(const uint8_t sha256[32])
{
    return sg_octets_get(sha256, NUMBER_LEN);
}

static uint32_t hash_of(struct signet_span serial, uint64_t seed)
{
    return (uint32_t)(sg_span_hash(serial, seed) >> 32);
}

/* --- sorting */

struct pairs {
    const struct signet_crl *crl;
    uint64_t seed;
    uint64_t *items;
    size_t num;
    size_t ends[NUM_BUCKETS];
};

static struct signet_span serial_at(const struct signet_crl *crl, size_t i)
{
    return sg_crl_entry_serial(crl->entries, crl->index[i]);
}

/* The index of the CRL has equal numbers beside each other, the first entry first. */
static bool is_repeated(const struct signet_crl *crl, size_t i)
{
    return i > 0 && sg_span_equal(serial_at(crl, i - 1), serial_at(crl, i));
}

static uint64_t pair_of(const struct pairs *pairs, size_t i)
{
    uint64_t hash = hash_of(serial_at(pairs->crl, i), pairs->seed);
    return hash << 32 | pairs->crl->index[i];
}

static void distribute(struct pairs *pairs)
{
    size_t starts[NUM_BUCKETS] = {0}, next = 0;
    for (size_t i = 0; i < pairs->crl->num_entries; i++)
        starts[pair_of(pairs, i) >> BUCKET_SHIFT] += !is_repeated(pairs->crl, i);
    for (size_t bucket = 0; bucket < NUM_BUCKETS; bucket++) {
        size_t num = starts[bucket];
        starts[bucket] = next;
        next += num;
        pairs->ends[bucket] = next;
    }
    pairs->num = next;
    for (size_t i = 0; i < pairs->crl->num_entries; i++) {
        uint64_t pair = pair_of(pairs, i);
        if (!is_repeated(pairs->crl, i))
            pairs->items[starts[pair >> BUCKET_SHIFT]++] = pair;
    }
}

static int compare_pairs(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Hashes are spread evenly, so no bucket is large. */
static void sort(struct pairs *pairs)
{
    size_t start = 0;
    distribute(pairs);
    for (size_t bucket = 0; bucket < NUM_BUCKETS; bucket++) {
        if (pairs->ends[bucket] - start > 1)
            qsort(pairs->items + start, pairs->ends[bucket] - start, sizeof(*pairs->items),
                  compare_pairs);
        start = pairs->ends[bucket];
    }
}

/* --- writing */

static uint64_t check_of(struct signet_span octets, uint64_t first, uint64_t seed)
{
    return sg_span_hash(sg_span_from(octets, NUMBER_LEN), seed ^ first);
}

static uint64_t first_hash(const struct pairs *pairs, size_t i)
{
    if (i == pairs->num)
        return END_OF_HASHES;
    return i == 0 ? 0 : pairs->items[i] >> 32;
}

/* The first pair behind the piece that begins with pair I: equal hashes stay together. */
static size_t end_of_piece(const struct pairs *pairs, size_t i)
{
    size_t end = pairs->num - i > MAX_PAIRS ? i + MAX_PAIRS : pairs->num;
    while (end < pairs->num && pairs->items[end] >> 32 == pairs->items[end - 1] >> 32)
        end++;
    return end;
}

static enum signet_status write_piece(struct signet_store *store, int64_t object,
                                      const struct pairs *pairs, size_t i, size_t end)
{
    size_t len = HEADER_LEN + (end - i) * PAIR_LEN;
    uint64_t first = first_hash(pairs, i);
    uint8_t *octets = malloc(len);
    if (octets == NULL)
        return SIGNET_ERR_MEMORY;
    sg_octets_put(octets + NUMBER_LEN, NUMBER_LEN, first_hash(pairs, end));
    for (uint8_t *next = octets + HEADER_LEN; i < end; i++, next += PAIR_LEN)
        sg_octets_put(next, PAIR_LEN, pairs->items[i]);
    sg_octets_put(octets, NUMBER_LEN, check_of(sg_span(octets, len), first, pairs->seed));
    enum signet_status status =
        store->backend->crl_put_index(store->db, object, (int64_t)first, sg_span(octets, len));
    free(octets);
    return status;
}

enum signet_status sg_crl_pieces_write(struct signet_store *store, int64_t object,
                                       const struct signet_crl *crl, uint64_t seed)
{
    struct pairs *pairs = calloc(1, sizeof(*pairs));
    uint64_t *items = calloc(crl->num_entries + 1, sizeof(*items));
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (pairs != NULL && items != NULL) {
        *pairs = (struct pairs){.crl = crl, .seed = seed, .items = items};
        sort(pairs);
        status = SIGNET_OK;
        for (size_t i = 0, end; i < pairs->num && status == SIGNET_OK; i = end) {
            end = end_of_piece(pairs, i);
            status = write_piece(store, object, pairs, i, end);
        }
    }
    free(items);
    free(pairs);
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
    uint32_t hash = hash_of(serial, seed);
    *out = (struct sg_crl_offsets){0};
    enum signet_status status =
        store->backend->crl_find_index(store->db, object, (int64_t)hash, &octets);
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
