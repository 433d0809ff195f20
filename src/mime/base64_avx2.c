/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Thirty-two digits at a time. An octet is looked up by its two halves: each upper half is of one
 * class, each lower half has the classes in which it makes a digit, and what is no digit has no bit
 * in common. What is to be added to a digit to have its value depends on the upper half alone,
 * except between "+" and "/".
 */
#if defined(__x86_64__)
#include "mime/base64_run.h"

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/* Classes: where "+" and "/", the numbers, the first and the second half of the letters stand. */
enum { SIGNS = 1, NUMBERS = 2, LETTERS_1 = 4, LETTERS_2 = 8, LETTERS = LETTERS_1 | LETTERS_2 };

enum { NUM_DIGITS = 32, NUM_OCTETS = 24 };

/* One table for all sixteen halves of an octet, in both halves of the register. */
AVX2 static inline __m256i table(__m128i sixteen)
{
    return _mm256_broadcastsi128_si256(sixteen);
}

struct tables {
    __m256i classes_of_upper;
    __m256i classes_of_lower;
    __m256i to_value; /* by the upper half; one below that of "+" for "/" */
    __m256i order;    /* the octets of each group, and none between groups */
};

AVX2 static inline struct tables make_tables(void)
{
    enum { S = SIGNS, N = NUMBERS, A = LETTERS_1, L = LETTERS_2, NL = N | LETTERS, SA = S | A };
    return (struct tables){
        table(_mm_setr_epi8(0, 0, S, N, A, L, A, L, 0, 0, 0, 0, 0, 0, 0, 0)),
        table(_mm_setr_epi8(N | L, NL, NL, NL, NL, NL, NL, NL, NL, NL, LETTERS, SA, A, A, A, SA)),
        table(_mm_setr_epi8(0, 63 - '/', 62 - '+', 52 - '0', 0 - 'A', 0 - 'A', 26 - 'a', 26 - 'a',
                            0, 0, 0, 0, 0, 0, 0, 0)),
        table(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1)),
    };
}

/* A bit for each octet, set where it is no digit. */
AVX2 static inline uint32_t find_others(const struct tables *tables, __m256i text, __m256i upper)
{
    /* An octet above 127 gives no class by its highest bit, whatever its lower half is. */
    __m256i lower = _mm256_shuffle_epi8(tables->classes_of_lower, text);
    __m256i both = _mm256_and_si256(lower, _mm256_shuffle_epi8(tables->classes_of_upper, upper));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, _mm256_setzero_si256()));
}

/* What 32 digits say, as 24 octets and eight of no meaning. */
AVX2 static inline __m256i decode(const struct tables *tables, __m256i text, __m256i upper)
{
    __m256i slashes = _mm256_cmpeq_epi8(text, _mm256_set1_epi8('/'));
    __m256i to_value = _mm256_shuffle_epi8(tables->to_value, _mm256_add_epi8(upper, slashes));
    __m256i values = _mm256_add_epi8(text, to_value);
    /* Two digits are 12 bits, two of these 24: the first counts 64 times, and 4096 times. */
    __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi16(1 << 8 | 64));
    __m256i groups = _mm256_madd_epi16(pairs, _mm256_set1_epi32(1 << 16 | 4096));
    __m256i octets = _mm256_shuffle_epi8(groups, tables->order);
    return _mm256_permutevar8x32_epi32(octets, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7));
}

/* Also of the digits before something else all whole groups are taken, so that the end of a line
 * costs one step and no more. */
AVX2 void sg_base64_run_by_avx2(struct sg_base64_run *run)
{
    const struct tables tables = make_tables();
    const uint8_t *in = run->in;
    uint8_t *out = run->out;
    while (run->in_end - in >= NUM_DIGITS && run->out_end - out >= NUM_DIGITS) {
        __m256i text = _mm256_loadu_si256((const __m256i_u *)(const void *)in);
        __m256i upper = _mm256_and_si256(_mm256_srli_epi16(text, 4), _mm256_set1_epi8(0x0f));
        uint32_t others = find_others(&tables, text, upper);
        _mm256_storeu_si256((__m256i_u *)(void *)out, decode(&tables, text, upper));
        if (others == 0) {
            in += NUM_DIGITS;
            out += NUM_OCTETS;
            continue;
        }
        unsigned num_digits = (unsigned)__builtin_ctz(others) / 4 * 4;
        in += num_digits;
        out += num_digits / 4 * 3;
        size_t break_len = sg_base64_break_len(in, run->in_end);
        if (break_len == 0)
            break;
        in += break_len;
    }
    run->in = in;
    run->out = out;
}
#endif
