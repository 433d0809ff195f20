/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/pem.h"

#include "base/span.h"
#include "mime/transfer.h"

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END ";
static const char dashes[] = "-----";

struct sg_pem sg_pem_begin(struct signet_span text)
{
    return (struct sg_pem){text};
}

/* Cuts the next line off TEXT, without its line end. */
static struct signet_span take_line(struct signet_span *text)
{
    const uint8_t *lf = memchr(text->ptr, '\n', text->len);
    size_t len = lf == NULL ? text->len : (size_t)(lf - text->ptr);
    struct signet_span line = sg_span_trim(sg_span_first(*text, len));

    *text = sg_span_from(*text, lf == NULL ? len : len + 1);
    return line;
}

/* LINE is MARK, a label and dashes. */
static bool read_mark(struct signet_span line, const char *mark, struct signet_span *label)
{
    size_t mark_len = strlen(mark), dashes_len = strlen(dashes);

    if (line.len < mark_len + dashes_len || memcmp(line.ptr, mark, mark_len) != 0 ||
        memcmp(line.ptr + line.len - dashes_len, dashes, dashes_len) != 0)
        return false;
    *label = sg_span(line.ptr + mark_len, line.len - mark_len - dashes_len);
    return true;
}

static bool find_begin(struct sg_pem *pem, struct signet_span *label, const uint8_t **at)
{
    while (pem->rest.len > 0) {
        struct signet_span line;

        *at = pem->rest.ptr;
        line = take_line(&pem->rest);
        if (read_mark(line, begin_mark, label))
            return true;
    }
    return false;
}

/* "Proc-Type: 4,ENCRYPTED" and the like, up to an empty line. */
static void skip_headers(struct signet_span *text)
{
    struct signet_span rest = *text;
    struct signet_span line = take_line(&rest);

    if (line.len == 0 || memchr(line.ptr, ':', line.len) == NULL)
        return;
    while (rest.len > 0 && take_line(&rest).len > 0)
        ;
    *text = rest;
}

bool sg_pem_next(struct sg_pem *pem, struct sg_arena *arena, struct sg_pem_block *out)
{
    const uint8_t *origin = pem->rest.ptr, *at;
    struct signet_span text, end_label = {NULL, 0};
    const uint8_t *text_end;

    if (!find_begin(pem, &out->label, &at))
        return false;
    out->offset = (size_t)(at - origin);
    skip_headers(&pem->rest);
    text = pem->rest;
    text_end = pem->rest.ptr;
    while (pem->rest.len > 0) {
        struct signet_span line = take_line(&pem->rest);

        if (read_mark(line, end_mark, &end_label))
            break;
        text_end = pem->rest.ptr;
    }
    text.len = (size_t)(text_end - text.ptr);
    if (!sg_base64_decode(text, arena, &out->octets, &out->clean))
        return false;
    out->clean = out->clean && sg_span_equal(end_label, out->label);
    return true;
}
