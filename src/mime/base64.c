/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/base64.h"

#include "base/spool.h"
#include "mime/base64_run.h"

struct decoder {
    struct signet_span rest;
    struct sg_spool *out;
    uint32_t bits;       /* digits not yet written */
    unsigned num_digits; /* of them, 0 to 3 */
    bool clean;
    enum sg_base64_form form;
};

bool sg_base64_form_exists(enum sg_base64_form form)
{
#if defined(__x86_64__)
    if (form == SG_BASE64_AVX2)
        return __builtin_cpu_supports("avx2") != 0;
#endif
    return form == SG_BASE64_PORTABLE;
}

/* The next octet is the first of a group. What a faster form leaves at the end of the input, or of
 * the room, is the portable one's. */
static void decode_run(struct decoder *decoder)
{
    uint8_t *start = sg_spool_next(decoder->out);
    struct sg_base64_run run = {decoder->rest.ptr, decoder->rest.ptr + decoder->rest.len, start,
                                start + decoder->out->room};
#if defined(__x86_64__)
    if (decoder->form == SG_BASE64_AVX2)
        sg_base64_run_by_avx2(&run);
#endif
    sg_base64_run_portably(&run);
    decoder->rest = sg_span(run.in, (size_t)(run.in_end - run.in));
    sg_spool_count(decoder->out, (size_t)(run.out - start));
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
    int kind = sg_base64_kinds[decoder->rest.ptr[0]];
    if (kind == SG_BASE64_PAD)
        return false;
    if (kind >= 0)
        add_digit(decoder, (uint32_t)kind);
    else if (kind != SG_BASE64_BLANK)
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
        int kind = sg_base64_kinds[decoder->rest.ptr[i]];
        found += kind == SG_BASE64_PAD && found <= wanted;
        junk = junk || (kind != SG_BASE64_PAD && kind != SG_BASE64_BLANK);
    }
    decoder->clean = decoder->clean && possible && found == wanted && !junk;
}

/* False: memory is out. */
static bool decode(struct decoder *decoder)
{
    bool padded = false;
    while (decoder->rest.len > 0 && !padded) {
        if (!sg_spool_reserve(decoder->out, SG_BASE64_ROOM))
            return false;
        if (decoder->num_digits == 0)
            decode_run(decoder);
        padded = decoder->rest.len > 0 && !decode_octet(decoder);
    }
    if (padded)
        check_padding(decoder);
    else if (decoder->num_digits > 0)
        decoder->clean = false;
    write_tail(decoder);
    return true;
}

bool sg_base64_decode_as(enum sg_base64_form form, struct signet_span text, struct sg_arena *arena,
                         struct signet_span *out, bool *clean)
{
    struct sg_spool spool;
    struct decoder decoder = {.rest = text, .out = &spool, .clean = true, .form = form};
    bool decoded =
        sg_spool_begin(&spool, arena, text.len / 4 * 3 + SG_BASE64_ROOM) && decode(&decoder);
    *clean = decoder.clean;
    return sg_spool_finish(&spool, out) && decoded;
}

bool sg_base64_decode(struct signet_span text, struct sg_arena *arena, struct signet_span *out,
                      bool *clean)
{
    enum sg_base64_form form =
        sg_base64_form_exists(SG_BASE64_AVX2) ? SG_BASE64_AVX2 : SG_BASE64_PORTABLE;
    return sg_base64_decode_as(form, text, arena, out, clean);
}
