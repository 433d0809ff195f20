/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/boundary.h"
#include "mime/part.h"

/* A part that is yet to be looked into. */
struct job {
    struct job *next;
    struct sg_part *part;
    const char *prefix; /* what its children's paths begin with; "" at the top */
    size_t depth;
};

/* Parts wait in a queue instead of on the stack: upper levels first, and no nesting is too deep for
 * it. */
struct tree {
    const struct sg_mime_limits *limits;
    struct sg_arena *arena;
    size_t num_parts;
    struct job *first;
    struct job **end;
};

static bool enqueue(struct tree *tree, struct sg_part *part, const char *prefix, size_t depth)
{
    struct job *job = sg_arena_alloc(tree->arena, sizeof(*job));
    if (job == NULL)
        return false;
    *job = (struct job){NULL, part, prefix, depth};
    *tree->end = job;
    tree->end = &job->next;
    return true;
}

/* PREFIX "1.2" and NUMBER 3 give "1.2.3". NULL: memory is out. */
static const char *join_path(struct tree *tree, const char *prefix, size_t number)
{
    return sg_arena_printf(tree->arena, "%s%s%zu", prefix, *prefix != '\0' ? "." : "", number);
}

/* The text of the boundary, {…,0} when there is none to search for. RFC 2046 5.1.1: never ends in a
 * blank; what RFC 2231 can write into it, a line break, stands in no line. */
static struct signet_span boundary_text(const struct sg_part *part)
{
    struct signet_span text = {NULL, 0};
    if (sg_part_is(part, "multipart", NULL))
        text = sg_mime_param_find(&part->type, "boundary");
    while (text.len > 0 && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t'))
        text.len--;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\r' || text.ptr[i] == '\n')
            return (struct signet_span){NULL, 0};
    }
    return text;
}

static bool is_boundary_ambiguous(const struct sg_part *part, struct signet_span text)
{
    struct signet_span written = sg_mime_param_find(&part->type, "boundary");
    if (text.len == 0 || text.len != written.len ||
        sg_mime_param_count(&part->type, "boundary") > 1)
        return true;
    for (size_t i = 0; i < part->type.num_params; i++) {
        if (part->type.params[i].value.ptr == written.ptr)
            return part->type.params[i].extended;
    }
    return true;
}

/* The message itself, or one inside a part whose children's paths begin with PREFIX. */
static bool read_message(struct tree *tree, struct sg_part *part, const char *prefix, size_t depth)
{
    tree->num_parts++;
    if (!sg_part_read(part, false, tree->arena))
        return false;
    bool is_multipart = boundary_text(part).len > 0;
    part->path = join_path(tree, prefix, is_multipart ? 0 : 1);
    return part->path != NULL && enqueue(tree, part, is_multipart ? prefix : part->path, depth);
}

struct pieces {
    struct signet_span *items;
    size_t num;
    size_t cap;
};

static bool add_piece(struct tree *tree, struct pieces *pieces, struct signet_span piece)
{
    void *items = pieces->items;
    if (!sg_arena_grow(tree->arena, &items, &pieces->cap, pieces->num, sizeof(piece)))
        return false;
    pieces->items = items;
    pieces->items[pieces->num++] = piece;
    return true;
}

/* Cuts the body of PART at its delimiters. False: memory is out. */
static bool split_body(struct tree *tree, struct sg_part *part, struct sg_boundary *boundary,
                       struct pieces *out)
{
    struct signet_span body = part->body;
    struct sg_delimiter delimiter;
    bool found = sg_boundary_find(boundary, body, 0, &delimiter);
    part->preamble = sg_span_first(body, found ? delimiter.content_end : body.len);
    while (found && !delimiter.closing) {
        if (tree->num_parts + out->num >= tree->limits->max_parts) {
            part->too_deep = true;
            return true;
        }
        size_t start = delimiter.next;
        found = sg_boundary_find(boundary, body, start, &delimiter);
        size_t end = found ? delimiter.content_end : body.len;
        bool adjoining = end < start;
        part->ambiguous = part->ambiguous || adjoining;
        struct signet_span piece = sg_span_from(body, start);
        if (!add_piece(tree, out, sg_span_first(piece, adjoining ? 0 : end - start)))
            return false;
    }
    part->unterminated = !found;
    if (found)
        part->epilogue = sg_span_from(body, delimiter.next);
    return true;
}

static bool read_children(struct tree *tree, const struct job *job, const struct pieces *pieces)
{
    struct sg_part *part = job->part;
    bool in_digest = sg_part_is(part, "multipart", "digest");
    part->children = sg_arena_array(tree->arena, pieces->num, sizeof(*part->children));
    if (part->children == NULL)
        return false;
    part->num_children = pieces->num;
    tree->num_parts += pieces->num;
    for (size_t i = 0; i < pieces->num; i++) {
        struct sg_part *child = &part->children[i];
        child->parent = part;
        child->raw = pieces->items[i];
        child->path = join_path(tree, job->prefix, i + 1);
        if (child->path == NULL || !sg_part_read(child, in_digest, tree->arena) ||
            !enqueue(tree, child, child->path, job->depth + 1))
            return false;
    }
    return true;
}

static bool open_multipart(struct tree *tree, const struct job *job)
{
    struct signet_span text = boundary_text(job->part);
    job->part->ambiguous = job->part->ambiguous || is_boundary_ambiguous(job->part, text);
    if (text.len == 0)
        return true;
    if (job->depth >= tree->limits->max_depth) {
        job->part->too_deep = true;
        return true;
    }
    struct sg_boundary boundary;
    struct pieces pieces = {0};
    if (!sg_boundary_init(&boundary, text, tree->arena) ||
        !split_body(tree, job->part, &boundary, &pieces))
        return false;
    job->part->ambiguous = job->part->ambiguous || boundary.ambiguous;
    return read_children(tree, job, &pieces);
}

/* Decoding PART's body is left out where it could take most of the memory that remains. */
static bool is_too_large(const struct tree *tree, const struct sg_part *part)
{
    return part->encoding != SG_ENCODING_IDENTITY &&
           part->body.len > (tree->arena->max - tree->arena->used) / 2;
}

static bool open_message(struct tree *tree, const struct job *job)
{
    struct sg_part *part = job->part;
    if (job->depth >= tree->limits->max_depth || tree->num_parts >= tree->limits->max_parts ||
        is_too_large(tree, part)) {
        part->too_deep = true;
        return true;
    }
    struct sg_part *message = sg_arena_alloc(tree->arena, sizeof(*message));
    bool clean;
    if (message == NULL || !sg_part_decode(part, tree->arena, &message->raw, &clean))
        return false;
    message->parent = part;
    part->children = message;
    part->num_children = 1;
    return read_message(tree, message, job->prefix, job->depth + 1);
}

static bool open_part(struct tree *tree, const struct job *job)
{
    if (sg_part_is(job->part, "multipart", NULL))
        return open_multipart(tree, job);
    if (sg_part_holds_message(job->part))
        return open_message(tree, job);
    return true;
}

bool sg_part_parse(struct signet_span message, const struct sg_mime_limits *limits,
                   struct sg_arena *arena, struct sg_part **out)
{
    struct tree tree = {.limits = limits, .arena = arena, .end = &tree.first};
    struct sg_part *root = sg_arena_alloc(arena, sizeof(*root));
    if (root == NULL)
        return false;
    root->raw = message;
    if (!read_message(&tree, root, "", 0))
        return false;
    for (const struct job *job = tree.first; job != NULL; job = job->next) {
        if (!open_part(&tree, job))
            return false;
    }
    *out = root;
    return true;
}
