/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/transfer.h"

#include "base/spool.h"
#include "mime/hex.h"

struct decoder {
    struct sg_spool out;
    bool clean;
    bool failed;
};

static void add(struct decoder *decoder, struct signet_span octets)
{
    decoder->failed |= !sg_spool_add(&decoder->out, octets);
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
        add(decoder, sg_span_first(line, plain_len));
        line = sg_span_from(line, plain_len);
        if (line.len == 0)
            return false;
        if (line.len == 1)
            return true;
        int octet = sg_hex_octet(line, 1);
        uint8_t byte = octet >= 0 ? (uint8_t)octet : '=';
        decoder->clean = decoder->clean && octet >= 0;
        add(decoder, sg_span(&byte, 1));
        line = sg_span_from(line, octet >= 0 ? 3 : 1);
    }
    return false;
}

bool sg_quoted_printable_decode(struct signet_span text, struct sg_arena *arena,
                                struct signet_span *out, bool *clean)
{
    struct decoder decoder = {.clean = true};
    decoder.failed = !sg_spool_begin(&decoder.out, arena, text.len);
    while (text.len > 0 && !decoder.failed) {
        const uint8_t *lf = memchr(text.ptr, '\n', text.len);
        size_t end = lf != NULL ? (size_t)(lf - text.ptr) : text.len;
        size_t line_len = end > 0 && lf != NULL && text.ptr[end - 1] == '\r' ? end - 1 : end;
        size_t next = lf != NULL ? end + 1 : end;
        bool soft = decode_line(&decoder, without_trailing_blanks(sg_span_first(text, line_len)));
        if (!soft)
            add(&decoder, sg_span(text.ptr + line_len, next - line_len));
        text = sg_span_from(text, next);
    }
    *clean = decoder.clean;
    return sg_spool_finish(&decoder.out, out);
}
