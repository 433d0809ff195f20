/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"

#include "base/block.h"
#include "base/span.h"

/* Blocks that are looked at before a decision. */
enum { STRIDE = 4 * SG_BLOCK_LEN };

/* Bare LFs in one stride, from above which on the next is better written in blocks. */
enum { NUM_DENSE = 8 };

void sg_canonical_begin(struct sg_canonical *canonical, struct signet_span bytes)
{
    canonical->rest = bytes;
    canonical->verbatim = false;
    canonical->last = '\n';
}

static inline bool is_bare_lf(uint8_t before, uint8_t octet)
{
    return (octet == '\n') & (before != '\r');
}

static inline sg_block bare_lfs(const uint8_t *at)
{
    return sg_block_has(sg_block_load(at), '\n') & ~sg_block_has(sg_block_load(at - 1), '\r');
}

/* Among STRIDE octets. AT[-1] is looked at, too. */
static inline bool any_bare_lf(const uint8_t *at)
{
    return sg_block_any(bare_lfs(at) | bare_lfs(at + SG_BLOCK_LEN) |
                        bare_lfs(at + 2 * SG_BLOCK_LEN) | bare_lfs(at + 3 * SG_BLOCK_LEN));
}

/* PIECE is not empty; LAST stands before it. */
static bool has_bare_lf(struct signet_span piece, uint8_t last)
{
    bool found = is_bare_lf(last, piece.ptr[0]);
    size_t i = 1;
    for (; piece.len - i >= STRIDE && !found; i += STRIDE)
        found = any_bare_lf(piece.ptr + i);
    for (; i < piece.len && !found; i++)
        found = is_bare_lf(piece.ptr[i - 1], piece.ptr[i]);
    return found;
}

/* A bit for each of LEN octets, that of AT[0] lowest. LEN is of whole blocks, at most four. */
static inline uint64_t find_bare_lfs(const uint8_t *at, size_t len)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < len; i += SG_BLOCK_LEN)
        bits |= (uint64_t)sg_block_bits(bare_lfs(at + i)) << i;
    return bits;
}

/* The functions that write return how many CRs they added. */

/* Of every octet, one by one. LAST stands before them. */
static size_t write_octets(struct signet_span octets, uint8_t last, uint8_t *out)
{
    size_t num_crs = 0;
    for (size_t i = 0; i < octets.len; i++) {
        out[i + num_crs] = '\r';
        num_crs += is_bare_lf(last, octets.ptr[i]);
        out[i + num_crs] = last = octets.ptr[i];
    }
    return num_crs;
}

/* Of LEN octets, as find_bare_lfs takes them. Behind each CR as many are copied again, one octet
 * further on, because to know where the next line ends would cost more: so another LEN octets of IN
 * are there to be read, and room for them to be written. */
static inline size_t write_run(const uint8_t *in, size_t len, uint8_t *out)
{
    size_t num_crs = 0;
    memcpy(out, in, len);
    for (uint64_t lfs = find_bare_lfs(in, len); lfs != 0; lfs &= lfs - 1) {
        size_t lf = (size_t)__builtin_ctzll(lfs);
        out[lf + num_crs++] = '\r';
        memcpy(out + lf + num_crs, in + lf, len);
    }
    return num_crs;
}

static inline size_t write_blocks(const uint8_t *in, uint8_t *out)
{
    size_t num_crs = 0;
    for (size_t i = 0; i < STRIDE; i += SG_BLOCK_LEN)
        num_crs += write_run(in + i, SG_BLOCK_LEN, out + i + num_crs);
    return num_crs;
}

/* Of PIECE, which is not empty; OUT has room for twice as much. */
static size_t write_piece(struct signet_span piece, uint8_t last, uint8_t *out)
{
    size_t num_crs = write_octets(sg_span_first(piece, 1), last, out), num_before = 0, i = 1;
    for (; piece.len - i >= 2 * STRIDE; i += STRIDE) {
        const uint8_t *in = piece.ptr + i;
        bool dense = num_before > NUM_DENSE;
        uint8_t *end = out + i + num_crs;
        num_before = dense ? write_blocks(in, end) : write_run(in, STRIDE, end);
        num_crs += num_before;
    }
    struct signet_span rest = sg_span_from(piece, i);
    return num_crs + write_octets(rest, piece.ptr[i - 1], out + i + num_crs);
}

static struct signet_span write_whole(struct sg_canonical *canonical, struct signet_span piece)
{
    uint8_t *out = canonical->buffer;
    return sg_span(out, piece.len + write_piece(piece, canonical->last, out));
}

bool sg_canonical_next(struct sg_canonical *canonical, struct signet_span *chunk)
{
    struct signet_span piece = canonical->rest;
    if (piece.len == 0)
        return false;
    if (!canonical->verbatim)
        piece = sg_span_first(piece, SG_CANONICAL_PIECE_LEN);
    *chunk = piece;
    if (!canonical->verbatim && has_bare_lf(piece, canonical->last))
        *chunk = write_whole(canonical, piece);
    canonical->last = piece.ptr[piece.len - 1];
    canonical->rest = sg_span_from(canonical->rest, piece.len);
    return true;
}
