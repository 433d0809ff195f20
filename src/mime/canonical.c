/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"

#include "base/block.h"
#include "base/span.h"

/* Blocks that are looked at before a decision. */
enum { STRIDE = 4 * SG_BLOCK_LEN };

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

static inline bool has_lf(uint64_t word)
{
    const uint64_t ones = UINT64_MAX / 255;
    uint64_t lf_is_zero = word ^ ones * '\n';
    return ((lf_is_zero - ones) & ~lf_is_zero & ones * 0x80) != 0;
}

/* Writes PIECE with its line ends whole; OUT has room for twice as much. Returns the length. */
static size_t write_whole(struct signet_span piece, uint8_t last, uint8_t *out)
{
    uint8_t *start = out;
    for (size_t i = 0; i < piece.len;) {
        uint64_t word;
        if (piece.len - i >= sizeof(word)) {
            memcpy(&word, piece.ptr + i, sizeof(word));
            if (!has_lf(word)) {
                memcpy(out, &word, sizeof(word));
                out += sizeof(word);
                i += sizeof(word);
                last = out[-1];
                continue;
            }
        }
        size_t end = piece.len - i < sizeof(word) ? piece.len : i + sizeof(word);
        for (; i < end; i++) {
            *out = '\r';
            out += is_bare_lf(last, piece.ptr[i]);
            *out++ = last = piece.ptr[i];
        }
    }
    return (size_t)(out - start);
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
        *chunk = sg_span(canonical->buffer, write_whole(piece, canonical->last, canonical->buffer));
    canonical->last = piece.ptr[piece.len - 1];
    canonical->rest = sg_span_from(canonical->rest, piece.len);
    return true;
}
