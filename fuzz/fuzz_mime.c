/* SPDX-License-Identifier: Apache-2.0 */
/* Parts lie within their parents, in order; the canonical form of the canonical form is itself; an
 * address that was read from a header field is read again from its text. Little memory and low
 * limits change nothing but how far the tree goes. Base64 is the same by whatever instructions. */
#include "base/buffer.h"
#include "mime/address_list.h"
#include "mime/base64.h"
#include "mime/part.h"
#include "mime/smime.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sg_mime_limits limits = {20, 200};

static void check(bool ok)
{
    if (!ok)
        abort();
}

static bool is_within(struct signet_span inner, struct signet_span outer)
{
    return inner.len == 0 ||
           (inner.ptr >= outer.ptr && inner.ptr + inner.len <= outer.ptr + outer.len);
}

static void write_canonical(struct signet_span bytes, struct sg_buffer *out)
{
    struct sg_canonical chunks;
    sg_canonical_begin(&chunks, bytes);
    struct signet_span chunk;
    while (sg_canonical_next(&chunks, &chunk)) {
        check(chunk.len > 0);
        sg_buffer_add(out, chunk);
    }
}

/* CANONICAL is TEXT with a CR before each LF that had none. */
static void check_line_ends(struct signet_span text, struct signet_span canonical)
{
    size_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n' && (i == 0 || text.ptr[i - 1] != '\r'))
            check(at < canonical.len && canonical.ptr[at++] == '\r');
        check(at < canonical.len && canonical.ptr[at++] == text.ptr[i]);
    }
    check(at == canonical.len);
}

static void check_canonical(struct signet_span bytes)
{
    struct sg_buffer once, twice;
    sg_buffer_init(&once, 2 * bytes.len + 1);
    sg_buffer_init(&twice, 2 * bytes.len + 1);
    write_canonical(bytes, &once);
    write_canonical(sg_buffer_span(&once), &twice);
    check(once.status != SIGNET_ERR_LIMIT && twice.status != SIGNET_ERR_LIMIT);
    if (once.status == SIGNET_OK)
        check_line_ends(bytes, sg_buffer_span(&once));
    if (once.status == SIGNET_OK && twice.status == SIGNET_OK)
        check(sg_span_equal(sg_buffer_span(&once), sg_buffer_span(&twice)));
    sg_buffer_free(&once);
    sg_buffer_free(&twice);
}

static void check_addresses(struct signet_span value, struct sg_arena *arena)
{
    struct sg_address_list list;
    check(sg_address_list_parse(value, arena, &list));
    for (size_t i = 0; i < list.num; i++) {
        struct sg_mailbox again;
        check(sg_mailbox_parse(list.items[i].text, arena, &again));
        check(sg_mailbox_equal(&again, &list.items[i].mailbox, true));
        check(list.items[i].display.ptr == NULL || list.items[i].display.len <= value.len);
    }
}

static void check_headers(const struct sg_part *part, struct sg_arena *arena)
{
    size_t header_len = part->raw.len - part->body.len;
    struct signet_span block = sg_span_first(part->raw, header_len);
    for (size_t i = 0; i < part->headers.num; i++) {
        const struct sg_header *header = &part->headers.items[i];
        check(header->name.len > 0 && is_within(header->name, block));
        check(is_within(header->value, block));
        check(sg_header_unfold(header->value, arena).len <= header->value.len);
        check(sg_header_display(header->value, arena).len <= 2 * header->value.len);
        check_addresses(header->value, arena);
    }
}

static void check_children(const struct sg_part *part)
{
    bool in_arena = sg_part_holds_message(part) && part->encoding != SG_ENCODING_IDENTITY;
    const uint8_t *end = part->body.ptr;
    check(is_within(part->preamble, part->body) && is_within(part->epilogue, part->body));
    for (size_t i = 0; i < part->num_children; i++) {
        const struct sg_part *child = &part->children[i];
        check(child->parent == part && child->raw.len <= part->body.len);
        if (in_arena || child->raw.len == 0)
            continue;
        check(is_within(child->raw, part->body) && child->raw.ptr >= end);
        end = child->raw.ptr + child->raw.len;
    }
}

/* Returns the number of parts from PART downward. */
static size_t check_part(const struct sg_part *part, size_t depth, struct sg_arena *arena)
{
    struct signet_span decoded;
    bool clean;
    size_t num = 1;
    check(depth <= limits.max_depth && part->path != NULL);
    check(is_within(part->body, part->raw));
    check(sg_part_decode(part, arena, &decoded, &clean) && decoded.len <= part->body.len);
    check_canonical(part->raw);
    check_headers(part, arena);
    check_children(part);
    (void)sg_part_smime(part);
    (void)sg_micalg_names(sg_mime_param_find(&part->type, "micalg"), "sha-256");
    for (size_t i = 0; i < part->num_children; i++)
        num += check_part(&part->children[i], depth + 1, arena);
    return num;
}

/* All forms of the decoder have the same to say of TEXT. */
static void check_base64(struct signet_span text)
{
    struct sg_arena arena;
    struct signet_span usual, out;
    bool usual_clean, clean;
    sg_arena_init(&arena, (size_t)1 << 28);
    check(sg_base64_decode(text, &arena, &usual, &usual_clean));
    for (unsigned form = 0; form < SG_NUM_BASE64_FORMS; form++) {
        if (!sg_base64_form_exists((enum sg_base64_form)form))
            continue;
        check(sg_base64_decode_as((enum sg_base64_form)form, text, &arena, &out, &clean));
        check(sg_span_equal(out, usual) && clean == usual_clean);
    }
    sg_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_arena arena;
    struct sg_part *part;
    sg_arena_init(&arena, (size_t)1 << 28);
    check(sg_part_parse(sg_span(data, size), &limits, &arena, &part));
    check(check_part(part, 0, &arena) <= limits.max_parts);
    check(!arena.failed);
    sg_arena_clear(&arena);

    sg_arena_init(&arena, size / 2);
    check(sg_part_parse(sg_span(data, size), &limits, &arena, &part) == !arena.failed);
    sg_arena_clear(&arena);
    check_base64(sg_span(data, size));
    return 0;
}
