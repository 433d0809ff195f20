/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"

#include "base/spool.h"

/* What an octet is: a digit, or one of these, all below zero: moved to any place in a group of
 * digits, they leave the group's highest bit set. */
enum { P = -1 /* padding */, B = -2 /* blank or line break */, X = -3 /* nothing */ };

/* clang-format off */
static const int8_t digits[256] = {
     X,  X,  X,  X,  X,  X,  X,  X,  X,  B,  B,  X,  X,  B,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     B,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X, 62,  X,  X,  X, 63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61,  X,  X,  X,  P,  X,  X,
     X,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,  X,  X,  X,  X,  X,
     X, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
     X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X,
};
/* clang-format on */

/* What a store of six octets may write behind them, and the room that is worth beginning with. */
enum { STORE_SLACK = 2, ROOM = 64 };

struct decoder {
    struct signet_span rest;
    struct sg_spool *out;
    uint32_t bits;       /* digits not yet written */
    unsigned num_digits; /* of them, 0 to 3 */
    bool clean;
};

static inline uint64_t place(uint8_t octet, unsigned shift)
{
    return (uint64_t)digits[octet] << shift;
}

/* Four digits as 24 bits; the highest bit of all is set when one of them is none. */
static inline uint64_t read_four(const uint8_t *in)
{
    return place(in[0], 18) | place(in[1], 12) | place(in[2], 6) | place(in[3], 0);
}

static inline bool has_other(uint64_t group)
{
    return group >> 63 != 0;
}

static inline void write_three(uint8_t *out, uint64_t group)
{
    out[0] = (uint8_t)(group >> 16);
    out[1] = (uint8_t)(group >> 8);
    out[2] = (uint8_t)group;
}

static inline uint64_t big_endian(uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return __builtin_bswap64(word);
#else
    return word;
#endif
}

/* In one store, whose last two octets are room for what comes next. */
static inline void write_six(uint8_t *out, uint64_t group)
{
    uint64_t word = big_endian(group << 16);
    memcpy(out, &word, sizeof(word));
}

static size_t line_break_len(const uint8_t *in, const uint8_t *end)
{
    if (in < end && *in == '\n')
        return 1;
    return end - in >= 2 && in[0] == '\r' && in[1] == '\n' ? 2 : 0;
}

/* Whole lines of whole groups of four digits, two groups at a time, for as long as nothing but line
 * breaks stands between them, and there is room. */
static void decode_groups(struct decoder *decoder)
{
    const uint8_t *in = decoder->rest.ptr;
    const uint8_t *end = in + decoder->rest.len;
    uint8_t *start = sg_spool_next(decoder->out), *out = start;
    const uint8_t *out_end = out + decoder->out->room;
    uint64_t group;
    size_t break_len;
    do {
        for (; end - in >= 8 && out_end - out >= 6 + STORE_SLACK; in += 8, out += 6) {
            group = read_four(in) << 24 | read_four(in + 4);
            if (has_other(group))
                break;
            write_six(out, group);
        }
        group = end - in >= 4 && out_end - out >= 3 ? read_four(in) : UINT64_MAX;
        if (!has_other(group)) {
            write_three(out, group);
            in += 4;
            out += 3;
        }
        break_len = line_break_len(in, end);
        in += break_len;
    } while (break_len > 0);
    sg_spool_count(decoder->out, (size_t)(out - start));
    decoder->rest = sg_span(in, (size_t)(end - in));
}

static void write_octet(struct decoder *decoder, uint32_t octet)
{
    *sg_spool_next(decoder->out) = (uint8_t)octet;
    sg_spool_count(decoder->out, 1);
}

static void add_digit(struct decoder *decoder, uint32_t digit)
{
    decoder->bits = decoder->bits << 6 | digit;
    if (++decoder->num_digits < 4)
        return;
    write_octet(decoder, decoder->bits >> 16);
    write_octet(decoder, decoder->bits >> 8);
    write_octet(decoder, decoder->bits);
    decoder->bits = 0;
    decoder->num_digits = 0;
}

/* The next octet, whatever it is. False, nothing done, when it is padding. */
static bool decode_octet(struct decoder *decoder)
{
    int kind = digits[decoder->rest.ptr[0]];
    if (kind == P)
        return false;
    if (kind >= 0)
        add_digit(decoder, (uint32_t)kind);
    else if (kind != B)
        decoder->clean = false;
    decoder->rest = sg_span_from(decoder->rest, 1);
    return true;
}

/* The digits of a last, incomplete group; the bits that no octet takes must be zero (RFC 4648 3.5).
 */
static void write_tail(struct decoder *decoder)
{
    static const struct {
        unsigned unused_bits;
        unsigned num_octets;
    } tails[4] = {{0, 0}, {6, 0}, {4, 1}, {2, 2}};
    unsigned unused = tails[decoder->num_digits].unused_bits;
    uint32_t bits = decoder->bits >> unused;

    if (tails[decoder->num_digits].num_octets == 2)
        write_octet(decoder, bits >> 8);
    if (tails[decoder->num_digits].num_octets > 0)
        write_octet(decoder, bits);
    if (decoder->num_digits == 1 || (decoder->bits & ((1U << unused) - 1)) != 0)
        decoder->clean = false;
}

/* REST starts with the first padding: nothing but the right number of it may follow. Padding is the
 * end of the data (RFC 2045 6.8). */
static void check_padding(struct decoder *decoder)
{
    unsigned wanted = decoder->num_digits == 2 ? 2 : 1;
    bool possible = decoder->num_digits >= 2;
    unsigned found = 0;
    bool junk = false;
    for (size_t i = 0; i < decoder->rest.len; i++) {
        int kind = digits[decoder->rest.ptr[i]];
        found += kind == P && found <= wanted;
        junk = junk || (kind != P && kind != B);
    }
    decoder->clean = decoder->clean && possible && found == wanted && !junk;
}

/* False: memory is out. */
static bool decode(struct decoder *decoder)
{
    bool padded = false;
    while (decoder->rest.len > 0 && !padded) {
        if (!sg_spool_reserve(decoder->out, ROOM))
            return false;
        if (decoder->num_digits == 0)
            decode_groups(decoder);
        padded = decoder->rest.len > 0 && !decode_octet(decoder);
    }
    if (padded)
        check_padding(decoder);
    else if (decoder->num_digits > 0)
        decoder->clean = false;
    write_tail(decoder);
    return true;
}

bool sg_base64_decode(struct signet_span text, struct sg_arena *arena, struct signet_span *out,
                      bool *clean)
{
    struct sg_spool spool;
    struct decoder decoder = {.rest = text, .out = &spool, .clean = true};
    bool decoded =
        sg_spool_begin(&spool, arena, text.len / 4 * 3 + 3 + STORE_SLACK) && decode(&decoder);
    *clean = decoder.clean;
    return sg_spool_finish(&spool, out) && decoded;
}
