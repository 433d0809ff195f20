/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/layer.h"

#include "agent/harvest.h"
#include "agent/smime_type.h"

/* Where the walk stands. */
struct place {
    const struct sg_headers *headers; /* of the message around */
    const char *prefix;  /* path of the opaque part that holds this tree; "" for none */
    bool whole;          /* all that a reader is shown is in here */
    size_t depth;        /* parts and CMS layers around */
    size_t outer;        /* number + 1 of the signed layer around; 0 for none */
    bool is_signed_part; /* what stands here is what that layer signed, not a part of it */
};

static void walk(struct sg_layers *layers, const struct sg_part *part, struct place place);

static void fail(struct sg_layers *layers, enum signet_status status)
{
    if (layers->status == SIGNET_OK)
        layers->status = status;
}

/* The path of a multipart that is the whole body has no number that a reader would know. */
static const char *part_name(const char *path)
{
    if (path[0] == '\0')
        return "the input";
    return strcmp(path, "0") == 0 ? "0 (the whole body)" : path;
}

static void tell(struct sg_layers *layers, enum sg_kind kind, const char *part)
{
    sg_finding_add(layers->findings, kind, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_string("part", part_name(part))));
}

static size_t left_of(size_t max, size_t used)
{
    return used < max ? max - used : 0;
}

struct sg_mime_limits sg_layers_mime_limits(const struct signet_policy *policy, size_t depth,
                                            size_t num_parts)
{
    size_t max_depth = policy->limits.max_mime_depth;
    if (max_depth > SG_MAX_NESTING)
        max_depth = SG_MAX_NESTING;
    return (struct sg_mime_limits){left_of(max_depth, depth),
                                   left_of(policy->limits.max_mime_parts, num_parts)};
}

/* PATH as seen from the outside. "" when memory is out, and the walk fails. */
static const char *full_path(struct sg_layers *layers, const struct place *place, const char *path)
{
    const char *full;

    if (place->prefix[0] == '\0')
        return path;
    if (strcmp(path, "0") == 0)
        return place->prefix;
    full = sg_arena_printf(layers->arena, "%s.%s", place->prefix, path);
    if (full == NULL)
        fail(layers, SIGNET_ERR_MEMORY);
    return full == NULL ? "" : full;
}

static struct sg_layer *add_layer(struct sg_layers *layers)
{
    void *items = layers->items;

    if (!sg_arena_grow(layers->arena, &items, &layers->cap, layers->num, sizeof *layers->items)) {
        fail(layers, SIGNET_ERR_MEMORY);
        return NULL;
    }
    layers->items = items;
    return &layers->items[layers->num++];
}

static void tell_unreadable(struct sg_layers *layers, const char *part,
                            const struct signet_parse_error *error)
{
    sg_finding_add(layers->findings, SG_KIND_CMS_UNREADABLE, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_string("part", part_name(part)),
                             sg_number("offset", (int64_t)error->offset),
                             sg_string("expected", error->expected)));
}

/* What else than SignedData a ContentInfo may hold, and what is told of it. */
static const struct {
    enum sg_oid type;
    enum sg_kind kind;
    bool encrypted;
} other_contents[] = {
    {SG_OID_CT_ENVELOPED_DATA, SG_KIND_PART_ENCRYPTED, true},
    {SG_OID_CT_AUTH_ENVELOPED_DATA, SG_KIND_PART_ENCRYPTED, true},
    {SG_OID_CT_ENCRYPTED_DATA, SG_KIND_PART_ENCRYPTED, true},
    {SG_OID_CT_SIGNED_AND_ENVELOPED, SG_KIND_PART_ENCRYPTED, true},
    {SG_OID_CT_COMPRESSED_DATA, SG_KIND_PART_NOT_SIGNED_DATA,
     false}, /* where a signature should be */
    {SG_OID_CT_DIGESTED_DATA, SG_KIND_PART_NOT_SIGNED_DATA, false},
    {SG_OID_CT_AUTH_DATA, SG_KIND_PART_NOT_SIGNED_DATA, false},
    {SG_OID_CT_DATA, SG_KIND_PART_NOT_SIGNED_DATA, false},
};

static bool is_encrypted(enum sg_oid type)
{
    for (size_t i = 0; i < sizeof other_contents / sizeof *other_contents; i++)
        if (other_contents[i].type == type)
            return other_contents[i].encrypted;
    return false;
}

/* What an encrypted object's sender sent along is of use without a key (RFC 5652 6.1, C-CC-3). */
static void harvest_enveloped(struct sg_layers *layers, const char *part,
                              const struct sg_content_info *info)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_enveloped_data data;
    bool authenticated = info->type == SG_OID_CT_AUTH_ENVELOPED_DATA;
    if (sg_enveloped_data_parse(info->content, authenticated, layers->arena, &data, &error)) {
        enum signet_status status = sg_harvest_originator(&data, layers->pool, layers->findings);
        if (status != SIGNET_OK)
            fail(layers, status);
    } else if (error.expected == NULL) {
        fail(layers, SIGNET_ERR_MEMORY);
    } else {
        sg_finding_add(layers->findings, SG_KIND_ENVELOPED_UNREADABLE, sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_string("part", part_name(part)),
                                 sg_number("offset", (int64_t)error.offset),
                                 sg_string("expected", error.expected)));
    }
}

static void tell_other_content(struct sg_layers *layers, const char *part,
                               const struct sg_content_info *info)
{
    enum sg_kind kind = SG_KIND_PART_UNKNOWN_CONTENT;

    for (size_t i = 0; i < sizeof other_contents / sizeof *other_contents; i++)
        if (other_contents[i].type == info->type)
            kind = other_contents[i].kind;
    layers->encrypted |= is_encrypted(info->type);
    if (info->has_content &&
        (info->type == SG_OID_CT_ENVELOPED_DATA || info->type == SG_OID_CT_AUTH_ENVELOPED_DATA))
        harvest_enveloped(layers, part, info);
    sg_finding_add(
        layers->findings, kind, sg_at(SIGNET_OBJECT_MESSAGE),
        SG_PARAMS(sg_string("part", part_name(part)), sg_oid_param("type", info->type_octets)));
}

/* Reads what kind of object CMS is, which the part at PATH holds. */
static bool read_content_info(struct sg_layers *layers, struct signet_span cms, const char *path,
                              struct sg_content_info *info)
{
    struct signet_parse_error error = {0, NULL, NULL};
    bool read = sg_content_info_parse(cms, info, &error);
    if (!read)
        tell_unreadable(layers, path, &error);
    return read;
}

/* True when INFO is a SignedData: *OUT is set and its objects are harvested. Else it is told what
 * it is. */
static bool take_signed_data(struct sg_layers *layers, const char *path,
                             const struct sg_content_info *info, struct sg_signed_data *out)
{
    struct signet_parse_error error = {0, NULL, NULL};
    enum signet_status status;

    if (info->type != SG_OID_CT_SIGNED_DATA) {
        tell_other_content(layers, path, info);
        return false;
    }
    if (!sg_signed_data_parse(info->content, layers->arena, out, &error)) {
        if (layers->arena->failed)
            fail(layers, SIGNET_ERR_MEMORY);
        else
            tell_unreadable(layers, path, &error);
        return false;
    }
    status = sg_harvest(out, layers->pool, layers->findings);
    if (status != SIGNET_OK)
        fail(layers, status);
    if (sg_span_trim(info->rest).len != 0)
        tell(layers, SG_KIND_CMS_TRAILING_OCTETS, path);
    return status == SIGNET_OK;
}

static bool is_too_deep(const struct sg_layers *layers, const struct place *place)
{
    struct sg_mime_limits limits =
        sg_layers_mime_limits(layers->policy, place->depth, layers->num_parts);
    return limits.max_depth == 0 || limits.max_parts == 0;
}

/* A MIME entity that came out of the CMS object at PATH: walked in turn. */
static void walk_entity(struct sg_layers *layers, struct signet_span entity, const char *path,
                        struct place place)
{
    struct sg_mime_limits limits =
        sg_layers_mime_limits(layers->policy, place.depth, layers->num_parts);
    struct sg_part *root;

    if (!sg_part_parse(entity, &limits, layers->arena, &root)) {
        fail(layers, SIGNET_ERR_MEMORY);
        return;
    }
    if (place.is_signed_part)
        layers->items[place.outer - 1].signed_part = root;
    place.prefix = path;
    walk(layers, root, place);
}

static void read_object(struct sg_layers *layers, const struct sg_part *part, const char *path,
                        const struct sg_content_info *info, struct place place);

/* *INSIDE has content only when INFO was opened. */
static void open_compressed(struct sg_layers *layers, const char *path,
                            const struct sg_content_info *info, const struct place *place,
                            struct sg_content_info *inside)
{
    *inside = (struct sg_content_info){0};
    if (is_too_deep(layers, place)) {
        tell(layers, SG_KIND_NESTED_TOO_DEEP, path);
        return;
    }
    enum signet_status status = sg_compressed_open(
        info, part_name(path), layers->arena, &layers->uncompressing, layers->findings, inside);
    if (status != SIGNET_OK)
        fail(layers, status);
    if (sg_span_trim(info->rest).len != 0)
        tell(layers, SG_KIND_CMS_TRAILING_OCTETS, path);
}

/* RFC 8551 3.6: another form of what is inside and no more, so nothing of PLACE changes but the
 * depth. */
static void read_compressed(struct sg_layers *layers, const char *path,
                            const struct sg_content_info *info, struct place place)
{
    struct sg_content_info inside;

    open_compressed(layers, path, info, &place, &inside);
    place.depth++;
    if (inside.has_content && inside.type == SG_OID_CT_DATA)
        walk_entity(layers, inside.content, path, place);
    else if (inside.has_content)
        read_object(layers, NULL, path, &inside, place);
}

/* What an opaque SignedData signed is a MIME entity of its own, or that compressed. */
static void walk_opaque_content(struct sg_layers *layers, size_t layer_index, struct place place)
{
    const struct sg_signed_data *signed_data = &layers->items[layer_index].signed_data;
    const char *path = layers->items[layer_index].part;
    struct sg_content_info info = {.type = signed_data->content.type,
                                   .type_octets = signed_data->content.type_octets,
                                   .has_content = true};

    if (info.type != SG_OID_CT_DATA &&
        (info.type != SG_OID_CT_COMPRESSED_DATA || signed_data->content.not_octets))
        return;
    if (is_too_deep(layers, &place)) {
        tell(layers, SG_KIND_NESTED_TOO_DEEP, path);
        return;
    }
    if (!sg_octets_join(&signed_data->content.octets, layers->arena, &info.content)) {
        fail(layers, SIGNET_ERR_MEMORY);
        return;
    }
    place.outer = layer_index + 1;
    place.is_signed_part = true;
    if (info.type == SG_OID_CT_DATA)
        walk_entity(layers, info.content, path, place);
    else
        read_compressed(layers, path, &info, place);
}

/* What stands here is what the only signature around signed: with another one around that, a signed
 * message lies between it and the ciphertext. */
static bool signs_ciphertext_alone(const struct sg_layers *layers, const struct place *place)
{
    return place->outer != 0 && layers->items[place->outer - 1].outer == 0;
}

static void read_opaque(struct sg_layers *layers, const char *path,
                        const struct sg_signed_data *signed_data, struct place place)
{
    struct sg_layer *layer;

    if (signed_data->num_signers == 0) {
        tell(layers, SG_KIND_NO_SIGNERS, path);
        return;
    }
    layer = add_layer(layers);
    if (layer == NULL)
        return;
    *layer = (struct sg_layer){.kind = SG_LAYER_OPAQUE,
                               .part = path,
                               .signed_data = *signed_data,
                               .has_content = signed_data->content.present,
                               .headers = place.headers,
                               .outer = place.outer,
                               .covers_message = place.whole && signed_data->content.present};
    sg_content_set_octets(&layer->content, &signed_data->content.octets);
    if (signed_data->content.present)
        walk_opaque_content(layers, layers->num - 1, place);
}

/* PART holds an object of TYPE; NULL: that is within another object. */
static void tell_lie(struct sg_layers *layers, const struct sg_part *part, const char *path,
                     enum sg_oid type, bool has_signers)
{
    if (part != NULL && type != SG_OID_UNKNOWN && sg_smime_type_lies(part, type, has_signers))
        tell(layers, SG_KIND_TYPE_LIES, path);
}

/* One CMS object at PATH: an opaque signature, certificates only, something compressed or
 * encrypted. PART as in tell_lie. */
static void read_object(struct sg_layers *layers, const struct sg_part *part, const char *path,
                        const struct sg_content_info *info, struct place place)
{
    struct sg_signed_data signed_data;

    if (info->type == SG_OID_CT_COMPRESSED_DATA) {
        tell_lie(layers, part, path, info->type, false);
        read_compressed(layers, path, info, place);
    } else if (take_signed_data(layers, path, info, &signed_data)) {
        tell_lie(layers, part, path, info->type, signed_data.num_signers > 0);
        read_opaque(layers, path, &signed_data, place);
    } else {
        tell_lie(layers, part, path, info->type, false);
        if (signs_ciphertext_alone(layers, &place) && is_encrypted(info->type))
            tell(layers, SG_KIND_SIGNED_CIPHERTEXT, path);
    }
}

/* A part that holds one CMS object. */
static void read_cms_part(struct sg_layers *layers, const struct sg_part *part, struct place place)
{
    const char *path = full_path(layers, &place, part->path);
    struct sg_content_info info;
    struct signet_span cms;
    bool clean;

    if (!sg_part_decode(part, layers->arena, &cms, &clean))
        fail(layers, SIGNET_ERR_MEMORY);
    else if (read_content_info(layers, cms, path, &info))
        read_object(layers, part, path, &info, place);
}

/* The two parts, the signed one and its signature, are all that is there to see. */
static bool is_signed_and_signature(const struct sg_part *part)
{
    return part->num_children == 2 && !sg_smime_signature_lies(&part->children[1]);
}

static void add_clear_layer(struct sg_layers *layers, const struct sg_part *part,
                            const struct place *place, const struct sg_signed_data *signed_data)
{
    struct sg_layer *layer = add_layer(layers);

    if (layer == NULL)
        return;
    if (sg_smime_signature_lies(&part->children[1]))
        tell(layers, SG_KIND_TYPE_LIES, full_path(layers, place, part->children[1].path));
    if (sg_smime_protocol_lies(part))
        tell(layers, SG_KIND_TYPE_LIES, full_path(layers, place, part->path));
    *layer = (struct sg_layer){.kind = SG_LAYER_CLEAR,
                               .part = full_path(layers, place, part->children[0].path),
                               .signed_data = *signed_data,
                               .has_content = true,
                               .headers = place->headers,
                               .outer = place->outer,
                               .signed_part = &part->children[0],
                               .micalg = sg_mime_param_find(&part->type, "micalg"),
                               .covers_message = place->whole && is_signed_and_signature(part)};
    sg_content_set_part(&layer->content, part->children[0].raw);
    if (signed_data->content.present)
        tell(layers, SG_KIND_CONTENT_IN_DETACHED, layer->part);
}

/* multipart/signed (RFC 1847, RFC 8551 3.5.3): the signature is over the MIME part, never over
 * content inside the CMS object. */
static void read_clear_signed(struct sg_layers *layers, const struct sg_part *part,
                              struct place place)
{
    const char *path = full_path(layers, &place, part->path), *signature;
    struct sg_content_info info;
    struct sg_signed_data signed_data;
    struct signet_span cms;
    bool clean;

    if (part->num_children != 2 && !part->too_deep)
        tell(layers, SG_KIND_CLEAR_SIGNED_PARTS, path);
    if (part->unterminated)
        tell(layers, SG_KIND_MULTIPART_UNTERMINATED, path);
    if (part->num_children < 2)
        return;
    if (!sg_part_decode(&part->children[1], layers->arena, &cms, &clean)) {
        fail(layers, SIGNET_ERR_MEMORY);
        return;
    }
    signature = full_path(layers, &place, part->children[1].path);
    if (!read_content_info(layers, cms, signature, &info) ||
        !take_signed_data(layers, signature, &info, &signed_data)) {
        tell(layers, SG_KIND_CLEAR_SIGNED_NO_SIGNATURE, path);
        return;
    }
    if (signed_data.num_signers == 0)
        tell(layers, SG_KIND_NO_SIGNERS, path);
    else
        add_clear_layer(layers, part, &place, &signed_data);
}

/* The signed part is walked as what its signature covers, parts beyond the two as what it does not.
 */
static void walk_clear_signed(struct sg_layers *layers, const struct sg_part *part,
                              struct place place)
{
    struct place inside = place;
    size_t num = layers->num;

    read_clear_signed(layers, part, place);
    inside.whole = place.whole && is_signed_and_signature(part);
    inside.is_signed_part = layers->num > num;
    if (inside.is_signed_part)
        inside.outer = layers->num;
    if (part->num_children > 0)
        walk(layers, &part->children[0], inside);
    place.whole = false;
    place.is_signed_part = false;
    for (size_t i = 2; i < part->num_children; i++)
        walk(layers, &part->children[i], place);
}

static void walk_children(struct sg_layers *layers, const struct sg_part *part, struct place place)
{
    if (sg_part_holds_message(part) && part->num_children == 1)
        place.headers = &part->children[0].headers;
    for (size_t i = 0; i < part->num_children; i++)
        walk(layers, &part->children[i], place);
}

/* The recursion is bounded: trees within trees share one limit of depth. */
static void walk(struct sg_layers *layers, const struct sg_part *part, struct place place)
{
    enum sg_smime smime = sg_part_smime(part);

    if (layers->status != SIGNET_OK)
        return;
    layers->num_parts++;
    place.depth++;
    if (part->too_deep)
        tell(layers, SG_KIND_NESTED_TOO_DEEP, full_path(layers, &place, part->path));
    if (part->ambiguous)
        tell(layers, SG_KIND_PART_AMBIGUOUS, full_path(layers, &place, part->path));
    if (smime == SG_SMIME_MULTIPART) {
        walk_clear_signed(layers, part, place);
        return;
    }
    if (smime != SG_SMIME_NONE) {
        read_cms_part(layers, part, place);
        return;
    }
    if (sg_part_is(part, "multipart", "signed"))
        tell(layers, SG_KIND_OTHER_PROTOCOL, full_path(layers, &place, part->path));
    place.whole = false;
    place.is_signed_part = false;
    walk_children(layers, part, place);
}

void sg_layers_read_mail(struct sg_layers *layers, const struct sg_part *root)
{
    walk(layers, root,
         (struct place){&root->headers, "", true, layers->num_uncompressed, 0, false});
}

static void read_bare(struct sg_layers *layers, const struct sg_content_info *info,
                      struct signet_span content)
{
    struct sg_signed_data signed_data;
    struct sg_layer *layer;

    if (!take_signed_data(layers, "", info, &signed_data))
        return;
    if (signed_data.num_signers == 0) {
        tell(layers, SG_KIND_NO_SIGNERS, "the input");
        return;
    }
    layer = add_layer(layers);
    if (layer == NULL)
        return;
    *layer = (struct sg_layer){.kind = SG_LAYER_BARE,
                               .part = "",
                               .signed_data = signed_data,
                               .has_content = signed_data.content.present,
                               .covers_message = true};
    sg_content_set_octets(&layer->content, &signed_data.content.octets);
    if (content.ptr == NULL)
        return;
    const struct sg_octets detached = sg_octets_of(content);
    layer->has_content = true;
    sg_content_set_octets(&layer->content, &detached);
}

struct signet_span sg_layers_read_cms(struct sg_layers *layers, struct signet_span cms,
                                      struct signet_span content)
{
    static const struct signet_span none = {NULL, 0};
    struct sg_content_info info, inside;

    if (!read_content_info(layers, cms, "", &info))
        return none;
    while (info.type == SG_OID_CT_COMPRESSED_DATA) {
        struct place place = {.depth = layers->num_uncompressed++};
        open_compressed(layers, "", &info, &place, &inside);
        if (!inside.has_content)
            return none;
        if (inside.type == SG_OID_CT_DATA)
            return inside.content;
        info = inside;
    }
    read_bare(layers, &info, content);
    return none;
}
