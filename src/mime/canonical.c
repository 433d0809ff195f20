/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"

#include "base/block.h"
#include "base/span.h"

/* Blocks that are looked at before a decision. */
enum { STRIDE = 4 * SG_BLOCK_LEN };

/* Octets copied together of a line: few lines are longer. */
enum { LINE_WIDTH = 80 };

/* Bare LFs in a piece, from above which on it is not looked at as lines: they are so short that
 * each would be copied many times over. */
enum { NUM_SPARSE = SG_CANONICAL_PIECE_LEN / 10 };

/* Where in a piece the bare LFs are. That all are found before anything is copied spares the
 * processor a wrong guess at the end of each line. */
struct lfs {
    size_t num;
    uint16_t at[NUM_SPARSE + STRIDE + 1]; /* room for a stride that goes over, and one to spare */
};

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

/* A bit for each of STRIDE octets, that of AT[0] lowest. */
static inline uint64_t bare_lf_bits(const uint8_t *at)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < STRIDE; i += SG_BLOCK_LEN)
        bits |= (uint64_t)sg_block_bits(bare_lfs(at + i)) << i;
    return bits;
}

/* I if IS_LF. What is written for nothing is written over by the next. */
static inline void add_lf(struct lfs *lfs, size_t i, bool is_lf)
{
    lfs->at[lfs->num] = (uint16_t)i;
    lfs->num += is_lf;
}

/* The lowest of BITS, which are those from I on; nothing if there is none. Returns the others. */
static inline uint64_t add_lowest(struct lfs *lfs, size_t i, uint64_t bits)
{
    const uint64_t highest = (uint64_t)1 << (STRIDE - 1);
    add_lf(lfs, i + (size_t)__builtin_ctzll(bits | highest), bits != 0);
    return bits & (bits - 1);
}

/* PIECE is not empty; LAST stands before it. False where there are more than NUM_SPARSE. */
static bool find_lfs(struct signet_span piece, uint8_t last, struct lfs *lfs)
{
    size_t i = 1;
    lfs->num = 0;
    add_lf(lfs, 0, is_bare_lf(last, piece.ptr[0]));
    for (; piece.len - i >= STRIDE && lfs->num <= NUM_SPARSE; i += STRIDE) {
        uint64_t bits = bare_lf_bits(piece.ptr + i);
        /* Two without asking: usual lines are longer than half a stride. */
        bits = add_lowest(lfs, i, bits);
        bits = add_lowest(lfs, i, bits);
        while (bits != 0)
            bits = add_lowest(lfs, i, bits);
    }
    for (; i < piece.len && lfs->num <= NUM_SPARSE; i++)
        add_lf(lfs, i, is_bare_lf(piece.ptr[i - 1], piece.ptr[i]));
    return lfs->num <= NUM_SPARSE;
}

/* Copies PIECE from FROM to TO; where the piece goes on, more than that. */
static inline void copy_line(struct signet_span piece, size_t from, size_t to, uint8_t *out)
{
    for (; from < to && piece.len - from >= LINE_WIDTH; from += LINE_WIDTH, out += LINE_WIDTH)
        memcpy(out, piece.ptr + from, LINE_WIDTH);
    if (from < to)
        memcpy(out, piece.ptr + from, to - from);
}

/* The functions that write a piece return how many CRs they added. OUT has room for twice the
 * piece: that is enough also for what is copied over the end of a line, because behind so many
 * octets that were read there is room for so many CRs. */

static size_t write_lines(struct signet_span piece, const struct lfs *lfs, uint8_t *out)
{
    size_t from = 0;
    for (size_t i = 0; i < lfs->num; i++) {
        copy_line(piece, from, lfs->at[i], out + from + i);
        from = lfs->at[i];
        out[from + i] = '\r';
    }
    copy_line(piece, from, piece.len, out + from + lfs->num);
    return lfs->num;
}

/* One by one. */
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

/* Behind each CR as much is copied again, one octet further on: another block of IN is there. */
static inline size_t write_block(const uint8_t *in, uint8_t *out)
{
    size_t num_crs = 0;
    memcpy(out, in, SG_BLOCK_LEN);
    for (unsigned bits = sg_block_bits(bare_lfs(in)); bits != 0; bits &= bits - 1) {
        size_t lf = (size_t)__builtin_ctz(bits);
        out[lf + num_crs++] = '\r';
        memcpy(out + lf + num_crs, in + lf, SG_BLOCK_LEN);
    }
    return num_crs;
}

static size_t write_blocks(struct signet_span piece, uint8_t last, uint8_t *out)
{
    size_t i = 1, num_crs = write_octets(sg_span_first(piece, i), last, out);
    for (; piece.len - i >= 2 * SG_BLOCK_LEN; i += SG_BLOCK_LEN)
        num_crs += write_block(piece.ptr + i, out + i + num_crs);
    struct signet_span rest = sg_span_from(piece, i);
    return num_crs + write_octets(rest, piece.ptr[i - 1], out + i + num_crs);
}

static struct signet_span write_whole(struct sg_canonical *canonical, struct signet_span piece)
{
    uint8_t *out = canonical->buffer;
    struct lfs lfs;
    size_t num_crs = find_lfs(piece, canonical->last, &lfs)
                         ? write_lines(piece, &lfs, out)
                         : write_blocks(piece, canonical->last, out);
    return sg_span(out, piece.len + num_crs);
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
