/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/protected_header.h"

#include "mime/address_list.h"

/* The fields inside: of the signed part itself, or of the message that it wraps (RFC 8551 3.1). */
static const struct sg_headers *inner_headers(const struct sg_part *part)
{
    if (sg_part_is(part, "message", "rfc822") && part->num_children == 1)
        return &part->children[0].headers;
    return &part->headers;
}

/* Two addresses lists name the same mailboxes in the same order. */
static bool same_addresses(struct signet_span a, struct signet_span b, struct sg_arena *arena)
{
    struct sg_address_list left, right;

    if (!sg_address_list_parse(a, arena, &left) || !sg_address_list_parse(b, arena, &right))
        return false;
    if (left.malformed || right.malformed || left.num != right.num)
        return false;
    for (size_t i = 0; i < left.num; i++)
        if (!sg_mailbox_equal(&left.items[i].mailbox, &right.items[i].mailbox, false))
            return false;
    return true;
}

/* As text with encoded words decoded: an outer field may be encoded in another way. */
static bool same_text(struct signet_span a, struct signet_span b, struct sg_arena *arena)
{
    return sg_span_equal(sg_header_display(a, arena), sg_header_display(b, arena));
}

static const struct {
    const char *field;
    bool (*same)(struct signet_span a, struct signet_span b, struct sg_arena *arena);
    enum sg_kind kind;
} compared[] = {
    {"From", same_addresses, SG_KIND_HEADER_DIFFERS},
    {"Subject", same_text, SG_KIND_HEADER_DIFFERS},
    {"Date", same_text, SG_KIND_HEADER_DATE_DIFFERS}, /* mail systems rewrite it: told, no more */
};

bool sg_protected_header_check(const struct sg_layer *layer, struct sg_arena *arena,
                               struct sg_findings *findings)
{
    const struct sg_headers *inner;

    if (layer->signed_part == NULL || layer->headers == NULL)
        return true;
    inner = inner_headers(layer->signed_part);
    for (size_t i = 0; i < sizeof compared / sizeof *compared; i++) {
        const struct sg_header *a = sg_header_find(inner, compared[i].field, 0);
        const struct sg_header *b = sg_header_find(layer->headers, compared[i].field, 0);
        struct signet_span outer = b == NULL ? (struct signet_span){0} : b->value;

        if (a == NULL || compared[i].same(a->value, outer, arena))
            continue;
        sg_finding_add(findings, compared[i].kind, sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_string("field", compared[i].field),
                                 sg_text("inner", sg_header_display(a->value, arena)),
                                 sg_text("outer", sg_header_display(outer, arena))));
    }
    return !arena->failed;
}
