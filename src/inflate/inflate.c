/* SPDX-License-Identifier: Apache-2.0 */
#include "inflate/inflate.h"

#include "crypto/secret.h"
#include "inflate/zlib_library.h"

#include <stdalign.h>
#include <stdlib.h>

/* Octets that are inflated before they are counted. */
#define PIECE_LEN 16384
/* zlib counts its input in unsigned int. */
#define MAX_INPUT_LEN ((size_t)1 << 30)

/* RFC 1950 2.2 */
#define METHOD_DEFLATE  8
#define MAX_WINDOW_INFO 7
#define FLAG_DICTIONARY 0x20
#define HEADER_DIVISOR  31
#define CHECKSUM_LEN    4

struct inflating {
    struct sg_zlib_library zlib;
    z_stream stream;
    struct sg_octets segments; /* that come after REST */
    struct signet_span rest;   /* of a segment, not yet given to STREAM */
    struct sg_spool *out;      /* NULL: counted only */
    size_t len, max;
    uLong checksum;
    uint8_t piece[PIECE_LEN];
};

/* --- memory, wiped when it is given back: what is compressed may have been encrypted */

struct block {
    alignas(max_align_t) size_t len;
};

static void *take_memory(void *context, unsigned num, unsigned size)
{
    (void)context;
    if (size != 0 && num > (SIZE_MAX - sizeof(struct block)) / size)
        return NULL;
    size_t len = sizeof(struct block) + (size_t)num * size;
    struct block *block = calloc(1, len);
    if (block == NULL)
        return NULL;
    block->len = len;
    return block + 1;
}

static void give_back_memory(void *context, void *memory)
{
    (void)context;
    struct block *block = (struct block *)memory - 1;
    sg_wipe(block, block->len);
    free(block);
}

/* --- input */

/* There is at least one octet before the stream. */
static bool has_input(struct inflating *inflating)
{
    while (inflating->stream.avail_in == 0) {
        if (inflating->rest.len == 0) {
            if (!sg_octets_next(&inflating->segments, &inflating->rest))
                return false;
            continue;
        }
        struct signet_span taken = sg_span_first(inflating->rest, MAX_INPUT_LEN);
        inflating->stream.next_in = taken.ptr;
        inflating->stream.avail_in = (unsigned)taken.len;
        inflating->rest = sg_span_from(inflating->rest, taken.len);
    }
    return true;
}

/* LEN octets as a number, the highest first. */
static bool read_number(struct inflating *inflating, unsigned len, uint32_t *out)
{
    *out = 0;
    for (unsigned i = 0; i < len; i++) {
        if (!has_input(inflating))
            return false;
        *out = *out << 8 | *inflating->stream.next_in++;
        inflating->stream.avail_in--;
    }
    return true;
}

/* --- the three things a stream is made of */

static enum sg_inflated read_header(struct inflating *inflating)
{
    uint32_t header;
    if (!read_number(inflating, 2, &header))
        return SG_INFLATED_TRUNCATED;
    if (header % HEADER_DIVISOR != 0 || (header >> 8 & 0x0f) != METHOD_DEFLATE ||
        header >> 12 > MAX_WINDOW_INFO)
        return SG_INFLATED_HEADER;
    return (header & FLAG_DICTIONARY) != 0 ? SG_INFLATED_DICTIONARY : SG_INFLATED_DONE;
}

static enum signet_status take_piece(struct inflating *inflating, size_t len)
{
    inflating->checksum =
        inflating->zlib.adler32(inflating->checksum, inflating->piece, (unsigned)len);
    inflating->len += len;
    if (inflating->out != NULL && !sg_spool_add(inflating->out, sg_span(inflating->piece, len)))
        return SIGNET_ERR_MEMORY;
    return SIGNET_OK;
}

/* ANSWER is zlib's. Without any progress the input is at its end. */
static bool is_over(int answer, bool progress, enum sg_inflated *result)
{
    if (answer == Z_STREAM_END)
        *result = SG_INFLATED_DONE;
    else if (answer != Z_OK && answer != Z_BUF_ERROR)
        *result = SG_INFLATED_CORRUPT;
    else
        *result = SG_INFLATED_TRUNCATED;
    return *result != SG_INFLATED_TRUNCATED || !progress;
}

static enum signet_status read_body(struct inflating *inflating, enum sg_inflated *result)
{
    z_stream *stream = &inflating->stream;
    for (;;) {
        bool progress = has_input(inflating);
        stream->next_out = inflating->piece;
        stream->avail_out = PIECE_LEN;
        int answer = inflating->zlib.inflate(stream, Z_NO_FLUSH);
        if (answer == Z_MEM_ERROR)
            return SIGNET_ERR_MEMORY;
        size_t len = PIECE_LEN - stream->avail_out;
        if (len > inflating->max - inflating->len) {
            *result = SG_INFLATED_TOO_LARGE;
            return SIGNET_OK;
        }
        if (take_piece(inflating, len) != SIGNET_OK)
            return SIGNET_ERR_MEMORY;
        if (is_over(answer, progress || len > 0, result))
            return SIGNET_OK;
    }
}

static enum sg_inflated read_end(struct inflating *inflating)
{
    uint32_t checksum;
    if (!read_number(inflating, CHECKSUM_LEN, &checksum))
        return SG_INFLATED_TRUNCATED;
    if (checksum != inflating->checksum)
        return SG_INFLATED_CHECKSUM;
    return has_input(inflating) ? SG_INFLATED_TRAILING : SG_INFLATED_DONE;
}

/* --- all of it */

/* Header and checksum are read here and not by zlib, which tells what is wrong with them in a
 * sentence alone. */
static enum signet_status read_stream(struct inflating *inflating, enum sg_inflated *result)
{
    *result = read_header(inflating);
    if (*result != SG_INFLATED_DONE)
        return SIGNET_OK;
    inflating->checksum = inflating->zlib.adler32(0, NULL, 0);
    z_stream *stream = &inflating->stream;
    if (inflating->zlib.inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, (int)sizeof(*stream)) !=
        Z_OK)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = read_body(inflating, result);
    (void)inflating->zlib.inflateEnd(stream); /* INPUT stays where it was */
    if (status == SIGNET_OK && *result == SG_INFLATED_DONE)
        *result = read_end(inflating);
    return status;
}

enum signet_status sg_inflate(const struct sg_octets *octets, size_t max, struct sg_spool *out,
                              size_t *len, enum sg_inflated *result)
{
    *len = 0;
    *result = SG_INFLATED_NO_LIBRARY;
    struct inflating *inflating = calloc(1, sizeof(*inflating));
    if (inflating == NULL)
        return SIGNET_ERR_MEMORY;
    inflating->stream = (z_stream){.zalloc = take_memory, .zfree = give_back_memory};
    inflating->segments = *octets;
    inflating->out = out;
    inflating->max = max;
    enum signet_status status = sg_zlib_library_load(&inflating->zlib);
    if (status == SIGNET_OK)
        status = read_stream(inflating, result);
    else if (status == SIGNET_ERR_IO)
        status = SIGNET_OK; /* *RESULT says it */
    *len = inflating->len;
    sg_wipe(inflating, sizeof(*inflating));
    free(inflating);
    return status;
}
