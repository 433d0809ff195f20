/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/base64_run.h"

#include "base/span.h"

enum { P = SG_BASE64_PAD, B = SG_BASE64_BLANK, X = SG_BASE64_OTHER };

/* clang-format off */
const int8_t sg_base64_kinds[256] = {
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

/* What a store of six octets may write behind them. */
enum { STORE_SLACK = 2 };

static inline uint64_t place(uint8_t octet, unsigned shift)
{
    return (uint64_t)sg_base64_kinds[octet] << shift;
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

/* Two groups at a time. */
void sg_base64_run_portably(struct sg_base64_run *run)
{
    const uint8_t *in = run->in, *end = run->in_end;
    uint8_t *out = run->out;
    uint64_t group;
    size_t break_len;
    do {
        for (; end - in >= 8 && run->out_end - out >= 6 + STORE_SLACK; in += 8, out += 6) {
            group = read_four(in) << 24 | read_four(in + 4);
            if (has_other(group))
                break;
            write_six(out, group);
        }
        group = end - in >= 4 && run->out_end - out >= 3 ? read_four(in) : UINT64_MAX;
        if (!has_other(group)) {
            write_three(out, group);
            in += 4;
            out += 3;
        }
        break_len = sg_base64_break_len(in, end);
        in += break_len;
    } while (break_len > 0);
    run->in = in;
    run->out = out;
}
