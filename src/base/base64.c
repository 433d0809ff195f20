/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include "base/block.h"
#include "base/span.h"

/* Octets and characters that are worked on together. */
enum { IN_LEN = 12, GROUPS = IN_LEN / 3 };

/* GNU extensions, as in block.h. */
typedef uint64_t words __attribute__((vector_size(SG_BLOCK_LEN)));

/* Both ways between a number and its octets, highest first. */
static uint64_t big_endian(uint64_t value)
{
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap64(value) : value;
}

static uint64_t load(const uint8_t *octets)
{
    uint64_t value;
    memcpy(&value, octets, sizeof(value));
    return big_endian(value);
}

/* The 48 lower bits as eight digits of six, an octet each: halves are moved apart thrice. */
static uint64_t spread(uint64_t bits)
{
    bits = (bits & 0xffffff000000) << 8 | (bits & 0xffffff);
    bits = (bits & 0x00fff00000fff000) << 4 | (bits & 0x00000fff00000fff);
    return (bits & 0x0fc00fc00fc00fc0) << 2 | (bits & 0x003f003f003f003f);
}

/* RFC 4648 table 1, which is five runs of neighbours. */
static sg_block characters(sg_block digits)
{
    return digits + (uint8_t)('/' - 63) - (sg_block_outside(digits, 63) & 3) +
           (sg_block_outside(digits, 62) & 15) + (sg_block_outside(digits, 52) & 75) -
           (sg_block_outside(digits, 26) & 6);
}

static void encode_blocks(const uint8_t *in, size_t num, uint8_t *out)
{
    for (; num > 0; num--, in += IN_LEN, out += SG_BLOCK_LEN) {
        const words digits = {big_endian(spread(load(in) >> 16)),
                              big_endian(spread(load(in + IN_LEN - 8)))};
        sg_block block = characters((sg_block)digits);
        memcpy(out, &block, sizeof(block));
    }
}

void sg_base64_encode(const uint8_t *in, size_t num, uint8_t *out)
{
    size_t blocks = num / GROUPS, left = num % GROUPS;
    encode_blocks(in, blocks, out);
    if (left == 0)
        return;
    uint8_t last_in[IN_LEN] = {0}, last_out[SG_BLOCK_LEN];
    memcpy(last_in, in + blocks * IN_LEN, left * 3);
    encode_blocks(last_in, 1, last_out);
    memcpy(out + blocks * SG_BLOCK_LEN, last_out, left * 4);
}

/* All of OCTETS, padded. Returns how many characters. */
static size_t encode(struct signet_span octets, uint8_t *out)
{
    size_t num = octets.len / 3, left = octets.len % 3;
    uint8_t last[3] = {0};
    sg_base64_encode(octets.ptr, num, out);
    if (left == 0)
        return num * 4;
    memcpy(last, octets.ptr + num * 3, left);
    sg_base64_encode(last, 1, out + num * 4);
    memset(out + num * 4 + left + 1, '=', 3 - left);
    return num * 4 + 4;
}

struct sg_base64_writer sg_base64_writer_begin(const struct signet_sink *sink, const char *line_end)
{
    return (struct sg_base64_writer){.sink = sink, .line_end = line_end};
}

static bool write_line(struct sg_base64_writer *writer)
{
    uint8_t text[SG_BASE64_LINE_OCTETS / 3 * 4 + 2];
    size_t len = encode(sg_span(writer->line, writer->line_len), text);
    for (const char *end = writer->line_end; *end != '\0'; end++)
        text[len++] = (uint8_t)*end;
    writer->line_len = 0;
    return writer->sink->write(writer->sink->context, sg_span(text, len));
}

bool sg_base64_writer_add(struct sg_base64_writer *writer, struct signet_span octets)
{
    while (octets.len > 0) {
        struct signet_span fitting =
            sg_span_first(octets, SG_BASE64_LINE_OCTETS - writer->line_len);
        memcpy(writer->line + writer->line_len, fitting.ptr, fitting.len);
        writer->line_len += fitting.len;
        octets = sg_span_from(octets, fitting.len);
        if (writer->line_len == SG_BASE64_LINE_OCTETS && !write_line(writer))
            return false;
    }
    return true;
}

bool sg_base64_writer_finish(struct sg_base64_writer *writer)
{
    return writer->line_len == 0 || write_line(writer);
}
