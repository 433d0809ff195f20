/* SPDX-License-Identifier: Apache-2.0 */
#include "compose/separator.h"

#include "base/span.h"

#include <inttypes.h>
#include <stdio.h>

#define MAX_ATTEMPTS 8

/* Looks for NEEDLE in octets that come in pieces (Knuth, Morris and Pratt). */
struct scan {
    const char *needle;
    size_t len;
    size_t matched;
    size_t fallback[SG_SEPARATOR_SIZE]; /* by matched: the longest beginning that is also its end */
    bool found;
};

static struct scan begin_scan(const char *needle)
{
    struct scan scan = {.needle = needle, .len = strlen(needle)};
    size_t k = 0;
    for (size_t i = 1; i < scan.len; i++) {
        while (k > 0 && needle[i] != needle[k])
            k = scan.fallback[k];
        k += needle[i] == needle[k];
        scan.fallback[i + 1] = k;
    }
    return scan;
}

static bool scan_piece(void *context, struct signet_span bytes)
{
    struct scan *scan = context;
    for (size_t i = 0; i < bytes.len && !scan->found; i++) {
        /* Most octets begin nothing. */
        if (scan->matched == 0) {
            const uint8_t *next = memchr(bytes.ptr + i, scan->needle[0], bytes.len - i);
            if (next == NULL)
                return true;
            i = (size_t)(next - bytes.ptr);
        }
        while (scan->matched > 0 && bytes.ptr[i] != (uint8_t)scan->needle[scan->matched])
            scan->matched = scan->fallback[scan->matched];
        scan->matched += bytes.ptr[i] == (uint8_t)scan->needle[scan->matched];
        scan->found = scan->matched == scan->len;
    }
    return !scan->found; /* what was found once needs no further look */
}

enum signet_status sg_separator_choose(const struct sg_content *content, struct signet_span seed,
                                       char separator[SG_SEPARATOR_SIZE])
{
    for (uint64_t attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        snprintf(separator, SG_SEPARATOR_SIZE, "=_%016" PRIx64 "%016" PRIx64,
                 sg_span_hash(seed, 2 * attempt), sg_span_hash(seed, 2 * attempt + 1));
        struct scan scan = begin_scan(separator);
        struct signet_sink sink = {scan_piece, &scan};
        struct sg_writer writer;
        sg_writer_init(&writer, &sink);
        sg_content_write(content, &writer);
        if (sg_writer_finish(&writer) == SIGNET_OK)
            return SIGNET_OK;
    }
    return SIGNET_ERR_LIMIT;
}
