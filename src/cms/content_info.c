/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/content_info.h"

/* ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY OPTIONAL } */
static bool parse_fields(struct sg_ber *fields, struct sg_content_info *out)
{
    if (!sg_ber_oid(fields, &out->type_octets, "contentType OBJECT IDENTIFIER"))
        return false;
    out->type = sg_oid_find(out->type_octets);
    if (sg_ber_done(fields))
        return true;

    struct sg_ber wrapping;
    struct sg_ber_tlv content;
    if (!sg_ber_enter(fields, SG_TAG_CONTEXT_CONS(0), &wrapping, "content [0]") ||
        !sg_ber_any(&wrapping, &content) || !sg_ber_end(&wrapping) || !sg_ber_end(fields))
        return false;
    out->has_content = true;
    out->content = content.full;
    return true;
}

bool sg_content_info_parse(struct signet_span bytes, struct sg_content_info *out,
                           struct signet_parse_error *error)
{
    *out = (struct sg_content_info){0};
    *error = (struct signet_parse_error){.object = "ContentInfo"};
    struct sg_ber object = sg_ber_begin(bytes, error), fields;
    if (!sg_ber_enter(&object, SG_TAG_SEQUENCE, &fields, "ContentInfo SEQUENCE") ||
        !parse_fields(&fields, out))
        return false;
    out->rest = sg_span(object.at.ptr, (size_t)(object.at.end - object.at.ptr));
    return true;
}
