/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/part.h"

#include "mime/lexer.h"
#include "mime/transfer.h"

static const struct {
    const char *name;
    enum sg_encoding encoding;
} encodings[] = {
    {"7bit", SG_ENCODING_IDENTITY},
    {"8bit", SG_ENCODING_IDENTITY},
    {"binary", SG_ENCODING_IDENTITY},
    {"base64", SG_ENCODING_BASE64},
    {"quoted-printable", SG_ENCODING_QUOTED_PRINTABLE},
};

static bool is_mechanism(uint8_t byte)
{
    return byte > ' ' && byte < 0x7f && byte != '(' && byte != ';';
}

/* The value of Content-Transfer-Encoding (RFC 2045 6.1). False: memory is out. */
static bool parse_encoding(const struct sg_header *header, struct sg_arena *arena,
                           enum sg_encoding *out)
{
    *out = SG_ENCODING_IDENTITY;
    if (header == NULL)
        return true;
    struct signet_span value = sg_span_first(header->value, SG_HEADER_MAX_LEN);
    struct sg_lexer lexer = {.rest = sg_header_unfold(value, arena)};
    if (lexer.rest.ptr == NULL)
        return false;
    sg_lexer_skip_cfws(&lexer);
    struct signet_span mechanism = sg_lexer_run(&lexer, is_mechanism);
    if (mechanism.len == 0)
        return true;
    *out = SG_ENCODING_UNKNOWN;
    for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++) {
        if (sg_span_is_word(mechanism, encodings[i].name))
            *out = encodings[i].encoding;
    }
    return true;
}

/* Content-Type, or the default of RFC 2045 5.2 and RFC 2046 5.1.5 where it is absent or no type can
 * be read from it. False: memory is out. */
static bool read_type(struct sg_part *part, bool in_digest, struct sg_arena *arena)
{
    const struct sg_header *header = sg_header_find(&part->headers, "Content-Type", 0);
    if (header != NULL && !sg_mime_value_parse(header->value, arena, &part->type))
        return false;
    if (part->type.type.len > 0 && part->type.subtype.len > 0)
        return true;
    part->type.type = sg_span_text(in_digest ? "message" : "text");
    part->type.subtype = sg_span_text(in_digest ? "rfc822" : "plain");
    part->ambiguous = header != NULL;
    return true;
}

static bool read_disposition(struct sg_part *part, struct sg_arena *arena)
{
    const struct sg_header *header = sg_header_find(&part->headers, "Content-Disposition", 0);
    return header == NULL || sg_mime_value_parse(header->value, arena, &part->disposition);
}

static bool is_ambiguous(const struct sg_part *part)
{
    if (part->headers.malformed || sg_header_count(&part->headers, "Content-Type") > 1 ||
        sg_header_count(&part->headers, "Content-Transfer-Encoding") > 1)
        return true;
    bool is_multipart = sg_part_is(part, "multipart", NULL);
    return (is_multipart || sg_part_holds_message(part)) &&
           (part->type.malformed || part->encoding != SG_ENCODING_IDENTITY);
}

bool sg_part_read(struct sg_part *part, bool in_digest, struct sg_arena *arena)
{
    size_t header_len;
    if (!sg_headers_parse(part->raw, arena, &part->headers, &header_len))
        return false;
    part->body = sg_span_from(part->raw, header_len);

    const struct sg_header *encoding =
        sg_header_find(&part->headers, "Content-Transfer-Encoding", 0);
    if (!read_type(part, in_digest, arena) || !read_disposition(part, arena) ||
        !parse_encoding(encoding, arena, &part->encoding))
        return false;
    part->ambiguous = part->ambiguous || is_ambiguous(part);
    return true;
}

bool sg_part_holds_message(const struct sg_part *part)
{
    return sg_part_is(part, "message", "rfc822") || sg_part_is(part, "message", "global");
}

bool sg_part_is(const struct sg_part *part, const char *type, const char *subtype)
{
    return sg_span_is_word(part->type.type, type) &&
           (subtype == NULL || sg_span_is_word(part->type.subtype, subtype));
}

struct signet_span sg_part_filename(const struct sg_part *part)
{
    struct signet_span name = sg_mime_param_find(&part->disposition, "filename");
    return name.ptr != NULL ? name : sg_mime_param_find(&part->type, "name");
}

bool sg_part_decode(const struct sg_part *part, struct sg_arena *arena, struct signet_span *out,
                    bool *clean)
{
    if (part->encoding == SG_ENCODING_BASE64)
        return sg_base64_decode(part->body, arena, out, clean);
    if (part->encoding == SG_ENCODING_QUOTED_PRINTABLE)
        return sg_quoted_printable_decode(part->body, arena, out, clean);
    *out = part->body;
    *clean = part->encoding == SG_ENCODING_IDENTITY;
    return true;
}
