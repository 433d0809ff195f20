/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"

#include "base/span.h"
#include "mime/hex.h"

struct decoder {
    uint8_t *out;
    size_t len;
    bool clean;
};

static void write_bytes(struct decoder *decoder, struct signet_span bytes)
{
    if (bytes.len > 0)
        memcpy(decoder->out + decoder->len, bytes.ptr, bytes.len);
    decoder->len += bytes.len;
}

/* LINE without its line end and the blanks before that. */
static struct signet_span without_trailing_blanks(struct signet_span line)
{
    while (line.len > 0 && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\t'))
        line.len--;
    return line;
}

/* Returns whether LINE ends in a soft line break. What is no escape stays as it is (RFC 2045 6.7).
 */
static bool decode_line(struct decoder *decoder, struct signet_span line)
{
    while (line.len > 0) {
        const uint8_t *sign = memchr(line.ptr, '=', line.len);
        size_t plain_len = sign != NULL ? (size_t)(sign - line.ptr) : line.len;
        write_bytes(decoder, sg_span_first(line, plain_len));
        line = sg_span_from(line, plain_len);
        if (line.len == 0)
            return false;
        if (line.len == 1)
            return true;
        int octet = sg_hex_octet(line, 1);
        uint8_t byte = octet >= 0 ? (uint8_t)octet : '=';
        decoder->clean = decoder->clean && octet >= 0;
        write_bytes(decoder, sg_span(&byte, 1));
        line = sg_span_from(line, octet >= 0 ? 3 : 1);
    }
    return false;
}

bool sg_quoted_printable_decode(struct signet_span text, struct sg_arena *arena,
                                struct signet_span *out, bool *clean)
{
    struct decoder decoder = {.clean = true};
    decoder.out = sg_arena_alloc(arena, text.len);
    if (decoder.out == NULL)
        return false;

    while (text.len > 0) {
        const uint8_t *lf = memchr(text.ptr, '\n', text.len);
        size_t end = lf != NULL ? (size_t)(lf - text.ptr) : text.len;
        size_t line_len = end > 0 && lf != NULL && text.ptr[end - 1] == '\r' ? end - 1 : end;
        size_t next = lf != NULL ? end + 1 : end;
        bool soft = decode_line(&decoder, without_trailing_blanks(sg_span_first(text, line_len)));
        if (!soft)
            write_bytes(&decoder, sg_span(text.ptr + line_len, next - line_len));
        text = sg_span_from(text, next);
    }
    *out = sg_span(decoder.out, decoder.len);
    *clean = decoder.clean;
    return true;
}
