/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/attribute_view.h"

#include "agent/shown.h"
#include "x509/privilege.h"

/* No text of a result is longer, nor is any list; the object itself is at hand to whoever wants
 * more. */
#define MAX_TEXT_LEN ((size_t)1 << 16)
#define MAX_VALUES   256

/* The texts of one attribute as they grow. */
struct texts {
    const char **items;
    size_t num, cap;
};

/* A NUL-terminated copy of what BUFFER holds. NULL: memory is out. */
static const char *keep(struct sg_buffer *buffer, struct sg_arena *arena)
{
    sg_buffer_add_byte(buffer, '\0');
    if (buffer->status == SIGNET_ERR_LIMIT)
        return "(too long to show)";
    if (buffer->status != SIGNET_OK)
        return NULL;
    return (const char *)sg_arena_copy(arena, sg_buffer_span(buffer)).ptr;
}

static const char *
show(void (*add)(const struct signet_attribute_certificate *, struct sg_buffer *),
     const struct signet_attribute_certificate *certificate, struct sg_arena *arena)
{
    struct sg_buffer buffer;
    const char *text;

    sg_buffer_init(&buffer, MAX_TEXT_LEN);
    add(certificate, &buffer);
    text = keep(&buffer, arena);
    sg_buffer_free(&buffer);
    return text;
}

static bool add_text(struct texts *texts, struct sg_buffer *buffer, struct sg_arena *arena)
{
    void *items = texts->items;
    const char *text = keep(buffer, arena);

    if (text == NULL ||
        !sg_arena_grow(arena, &items, &texts->cap, texts->num, sizeof(*texts->items)))
        return false;
    texts->items = items;
    texts->items[texts->num++] = text;
    return true;
}

static bool view_values(const struct sg_privilege *privilege, struct sg_arena *arena,
                        struct signet_attribute *out)
{
    struct sg_privilege_texts walk = sg_privilege_texts_begin(privilege);
    struct texts texts = {NULL, 0, 0};
    bool kept = true, more = true;

    while (kept && more && texts.num < MAX_VALUES) {
        struct sg_buffer buffer;

        sg_buffer_init(&buffer, MAX_TEXT_LEN);
        more = sg_privilege_texts_next(&walk, &buffer);
        if (more)
            kept = add_text(&texts, &buffer, arena);
        sg_buffer_free(&buffer);
    }
    out->values = texts.items;
    out->num_values = texts.num;
    return kept;
}

static bool view_items(const struct signet_attribute_certificate *certificate,
                       const struct sg_attribute_authority *authority, struct sg_arena *arena,
                       struct signet_attributes *out)
{
    struct sg_privileges privileges = sg_privileges_begin(certificate->attributes);
    struct sg_privilege privilege;
    struct signet_attribute *items =
        sg_arena_array(arena, certificate->num_attributes, sizeof *items);

    if (items == NULL)
        return false;
    for (out->num = 0;
         out->num < certificate->num_attributes && sg_privileges_next(&privileges, &privilege);
         out->num++) {
        struct signet_attribute *item = &items[out->num];

        item->type = sg_shown_oid(privilege.type_octets, arena);
        item->name = sg_oid_name(privilege.type);
        item->permitted = sg_attribute_is_permitted(authority, privilege.type_octets);
        if (item->type == NULL || !view_values(&privilege, arena, item))
            return false;
    }
    out->items = items;
    return true;
}

bool sg_attributes_view(const struct signet_attribute_certificate *certificate,
                        const struct sg_attribute_authority *authority, struct sg_arena *arena,
                        struct signet_attributes *out)
{
    out->holder = show(sg_attribute_certificate_add_holder, certificate, arena);
    out->issuer = show(sg_attribute_certificate_add_issuer, certificate, arena);
    out->serial = sg_shown_integer(certificate->serial, arena);
    return out->holder != NULL && out->issuer != NULL && out->serial != NULL &&
           view_items(certificate, authority, arena, out);
}
