/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/mime_input.h"

#include "mime/part.h"

/* Deeper and more than any mail that carries certificates; what lies beyond is not looked into. */
static const struct sg_mime_limits limits = {.max_depth = 16, .max_parts = 4096};

struct walk {
    struct signet_span input;
    sg_mime_input_taker *taker;
    void *context;
    bool found;
};

static bool is_carrier_type(const struct sg_part *part)
{
    static const char *const subtypes[] = {
        "pkix-cert",
        "pkix-crl",
        "pkix-attr-cert",
        "pkcs7-mime",
        "x-pkcs7-mime",
        "pkcs7-signature",
        "x-pkcs7-signature",
        "x-pkcs7-crl",
        "x-pkcs7-certificates",
        "x-pkcs7-certreqresp",
        "x-x509-ca-cert",
        "x-x509-user-cert",
        "x-x509-email-cert",
        "x-x509-server-cert",
        "x-x509-crl",
        "x-pem-file",
        "pem-certificate-chain",
    };
    for (size_t i = 0; i < sizeof subtypes / sizeof *subtypes; i++) {
        if (sg_part_is(part, "application", subtypes[i]))
            return true;
    }
    return false;
}

static bool is_carrier_name(struct signet_span name)
{
    static const char *const suffixes[] = {".cer", ".crt", ".der", ".pem", ".crl",
                                           ".p7b", ".p7c", ".p7m", ".p7s"};
    name = sg_span_trim(name);
    for (size_t i = 0; name.len > 4 && i < sizeof suffixes / sizeof *suffixes; i++) {
        if (sg_span_is_word(sg_span_from(name, name.len - 4), suffixes[i]))
            return true;
    }
    return false;
}

static bool is_carrier(const struct sg_part *part)
{
    if (is_carrier_type(part))
        return true;
    bool says_nothing =
        sg_part_is(part, "application", "octet-stream") || sg_part_is(part, "text", "plain");
    return says_nothing && (is_carrier_name(sg_mime_param_find(&part->disposition, "filename")) ||
                            is_carrier_name(sg_mime_param_find(&part->type, "name")));
}

static size_t offset_in(struct signet_span whole, struct signet_span part)
{
    bool inside = part.ptr >= whole.ptr && part.ptr <= whole.ptr + whole.len;
    return inside ? (size_t)(part.ptr - whole.ptr) : 0;
}

/* What lies in the input stays there; octets of a message that had to be decoded do not. */
static bool lies_in(struct signet_span whole, struct signet_span part)
{
    size_t offset = offset_in(whole, part);
    return part.len <= whole.len - offset && part.ptr == whole.ptr + offset;
}

static enum signet_status take(struct walk *walk, const struct sg_part *part)
{
    struct sg_arena arena;
    struct signet_span octets;
    bool clean;
    sg_arena_init(&arena, SIZE_MAX); /* decoding makes nothing longer */
    enum signet_status status = SIGNET_ERR_MEMORY;
    walk->found = true;
    if (sg_part_decode(part, &arena, &octets, &clean))
        status = walk->taker(walk->context, octets, !lies_in(walk->input, octets),
                             offset_in(walk->input, part->body));
    sg_arena_clear(&arena);
    return status;
}

/* As deep as LIMITS let the tree be. */
static enum signet_status walk_part(struct walk *walk, const struct sg_part *part)
{
    enum signet_status status = SIGNET_OK;
    if (part->num_children == 0)
        return is_carrier(part) ? take(walk, part) : SIGNET_OK;
    for (size_t i = 0; status == SIGNET_OK && i < part->num_children; i++)
        status = walk_part(walk, &part->children[i]);
    return status;
}

/* *ROOT is NULL where BYTES are no mail. */
static bool parse(struct signet_span bytes, struct sg_arena *arena, struct sg_part **root)
{
    struct sg_headers headers;
    size_t header_len;
    *root = NULL;
    if (!sg_headers_parse(bytes, arena, &headers, &header_len))
        return false;
    if (sg_header_find(&headers, "Content-Type", 0) == NULL)
        return true;
    return sg_part_parse(bytes, &limits, arena, root);
}

enum signet_status sg_mime_input_walk(struct signet_span bytes, sg_mime_input_taker *taker,
                                      void *context, bool *found)
{
    struct walk walk = {bytes, taker, context, false};
    struct sg_arena arena;
    struct sg_part *root;
    sg_arena_init(&arena, SIZE_MAX); /* bounded by the input and the limits */
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (parse(bytes, &arena, &root))
        status = root == NULL ? SIGNET_OK : walk_part(&walk, root);
    sg_arena_clear(&arena);
    *found = walk.found;
    return status;
}
