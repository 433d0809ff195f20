/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/content.h"

#include "base/spool.h"
#include "mime/transfer.h"

/* The first line end of BYTES is CRLF. */
static bool starts_with_crlf_line(struct signet_span bytes)
{
    const uint8_t *lf = bytes.len == 0 ? NULL : memchr(bytes.ptr, '\n', bytes.len);
    return lf != NULL && lf > bytes.ptr && lf[-1] == '\r';
}

void sg_content_set_part(struct sg_content *content, struct signet_span part)
{
    content->is_mime = true;
    content->part = part;
    content->may_be_verbatim = starts_with_crlf_line(part);
}

void sg_content_set_octets(struct sg_content *content, const struct sg_octets *octets)
{
    content->is_mime = false;
    content->octets = *octets;
}

/* A walk over the chunks of a content, whatever its kind. */
struct chunks {
    const struct sg_content *content;
    struct sg_canonical canonical;
    struct sg_octets rest;
};

static void begin_chunks(struct chunks *chunks, const struct sg_content *content,
                         enum sg_content_form form)
{
    chunks->content = content;
    chunks->rest = content->octets;
    sg_canonical_begin(&chunks->canonical, content->part);
    chunks->canonical.verbatim = form == SG_CONTENT_VERBATIM;
}

static bool next_chunk(struct chunks *chunks, struct signet_span *chunk)
{
    if (chunks->content->is_mime)
        return sg_canonical_next(&chunks->canonical, chunk);
    return sg_octets_next(&chunks->rest, chunk);
}

static bool compute_digest(const struct sg_content *content, struct sg_crypto *crypto,
                           enum sg_content_form form, enum sg_digest_type type,
                           struct sg_digest_value *value)
{
    struct chunks chunks;
    struct signet_span chunk;
    struct sg_digest *digest = sg_digest_new(crypto, type);
    if (digest == NULL)
        return false;
    begin_chunks(&chunks, content, form);
    while (next_chunk(&chunks, &chunk))
        sg_digest_update(digest, chunk);
    return sg_digest_finish(digest, value);
}

bool sg_content_digest(struct sg_content *content, struct sg_crypto *crypto,
                       enum sg_content_form form, enum sg_digest_type type,
                       const struct sg_digest_value **value)
{
    struct sg_digest_value *kept = &content->digests[form][type];
    *value = NULL;
    if (!sg_digest_supported(crypto, type))
        return true;
    if (kept->len == 0 && !compute_digest(content, crypto, form, type, kept)) {
        kept->len = 0;
        return false;
    }
    *value = kept;
    return true;
}

static bool join_part(const struct sg_content *content, enum sg_content_form form,
                      struct sg_arena *arena, struct signet_span *out)
{
    struct chunks chunks;
    struct signet_span chunk;
    size_t len = 0;
    begin_chunks(&chunks, content, form);
    while (next_chunk(&chunks, &chunk))
        len += chunk.len;
    struct sg_spool joined;
    bool added = sg_spool_begin(&joined, arena, len);
    begin_chunks(&chunks, content, form);
    while (added && next_chunk(&chunks, &chunk))
        added = sg_spool_add(&joined, chunk);
    return sg_spool_finish(&joined, out);
}

bool sg_content_join(struct sg_content *content, enum sg_content_form form, struct sg_arena *arena,
                     struct signet_span *out)
{
    static const uint8_t nothing[1];
    struct signet_span *joined = &content->joined[form];
    if (joined->ptr == NULL &&
        !(content->is_mime ? join_part(content, form, arena, joined)
                           : sg_octets_join(&content->octets, arena, joined)))
        return false;
    if (joined->ptr == NULL)
        *joined = sg_span(nothing, 0);
    *out = *joined;
    return true;
}
