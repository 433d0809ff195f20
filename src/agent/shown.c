/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/shown.h"

#include "asn1/integer.h"

/* No text of a result is longer; the objects themselves are at hand for whoever wants more. */
#define MAX_SHOWN 65536

/* What BUFFER holds as a C string in the arena; frees BUFFER. A text that is missing for want of
 * memory must not look as if there were none, so the arena has failed, too. */
static const char *finish(struct sg_buffer *buffer, struct sg_arena *arena)
{
    char *text = NULL;

    sg_buffer_add_byte(buffer, 0);
    if (buffer->status == SIGNET_OK)
        text = (char *)(uintptr_t)sg_arena_copy(arena, sg_buffer_span(buffer)).ptr;
    else if (buffer->status == SIGNET_ERR_MEMORY)
        arena->failed = true;
    sg_buffer_free(buffer);
    return text;
}

static struct signet_span cut(struct signet_span bytes)
{
    return sg_span_first(bytes, MAX_SHOWN / 16);
}

static const char *copy_text(struct signet_span text, struct sg_arena *arena)
{
    char *copy = sg_arena_alloc(arena, text.len + 1);
    if (copy != NULL && text.len > 0)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

const char *sg_shown_text(struct signet_span utf8, struct sg_arena *arena)
{
    struct sg_buffer buffer;

    if (sg_text_is_safe_ascii(cut(utf8)))
        return copy_text(cut(utf8), arena);
    sg_buffer_init(&buffer, MAX_SHOWN);
    sg_text_add_safe(&buffer, cut(utf8));
    return finish(&buffer, arena);
}

const char *sg_shown_name(const struct sg_name *name, struct sg_arena *arena)
{
    struct sg_buffer buffer;
    const char *text;

    sg_buffer_init(&buffer, MAX_SHOWN);
    sg_name_add_text(&buffer, name);
    if (buffer.status == SIGNET_ERR_LIMIT) {
        sg_buffer_free(&buffer);
        return "(a name too long to show)";
    }
    text = finish(&buffer, arena);
    return text;
}

const char *sg_shown_hex(struct signet_span bytes, struct sg_arena *arena)
{
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, MAX_SHOWN);
    sg_text_add_hex(&buffer, cut(bytes), 0);
    return finish(&buffer, arena);
}

const char *sg_shown_integer(struct signet_span octets, struct sg_arena *arena)
{
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, MAX_SHOWN);
    sg_integer_add_hex(&buffer, cut(octets));
    return finish(&buffer, arena);
}

const char *sg_shown_oid(struct signet_span octets, struct sg_arena *arena)
{
    struct sg_buffer buffer;

    sg_buffer_init(&buffer, MAX_SHOWN);
    sg_oid_add_dotted(&buffer, cut(octets));
    return finish(&buffer, arena);
}

const char *sg_shown_key(const struct sg_spki *spki, struct sg_arena *arena)
{
    const char *type = sg_key_type_name(spki->type);

    if (spki->type == SG_KEY_UNKNOWN)
        return sg_shown_algorithm(&spki->algorithm, arena);
    if (spki->type == SG_KEY_EC && spki->curve != SG_OID_UNKNOWN)
        return sg_arena_printf(arena, "%s %s", type, sg_oid_name(spki->curve));
    if (spki->bits == 0 || spki->type == SG_KEY_ED25519 || spki->type == SG_KEY_ED448 ||
        spki->type == SG_KEY_X25519 || spki->type == SG_KEY_X448)
        return type;
    return sg_arena_printf(arena, "%s %u", type, spki->bits);
}

const char *sg_shown_algorithm(const struct sg_algorithm *algorithm, struct sg_arena *arena)
{
    const char *name = sg_oid_name(algorithm->oid);

    return name != NULL ? name : sg_shown_oid(algorithm->oid_octets, arena);
}
