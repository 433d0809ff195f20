/* SPDX-License-Identifier: Apache-2.0 */
#include "report/record_view.h"

#include "agent/address_match.h"
#include "agent/shown.h"
#include "x509/certificate.h"
#include "x509/policy_extensions.h"

#define TEXT_SIZE 1024

/* TEXT as a writer of the public interface gives it. */
typedef size_t text_writer(const void *object, char *text, size_t size);

static size_t write_crl_issuer(const void *object, char *text, size_t size)
{
    return signet_crl_issuer(object, text, size);
}

static size_t write_holder(const void *object, char *text, size_t size)
{
    return signet_attribute_certificate_holder(object, text, size);
}

static size_t write_attribute_issuer(const void *object, char *text, size_t size)
{
    return signet_attribute_certificate_issuer(object, text, size);
}

static const char *copy_text(text_writer *write, const void *object, struct sg_arena *arena)
{
    char *text = sg_arena_alloc(arena, TEXT_SIZE);

    return text != NULL && write(object, text, TEXT_SIZE) > 0 ? text : NULL;
}

static const char *standing_of(const struct signet_record *record)
{
    if (record->anchor != NULL && record->anchor->distrusted != SIGNET_TIME_UNKNOWN)
        return "distrusted";
    if (record->anchor != NULL)
        return "anchor";
    return record->own ? "own" : "certificate";
}

static bool view_certificate(struct sg_record_view *view, struct sg_arena *arena)
{
    const struct signet_certificate *certificate = view->record->certificate;

    view->standing = standing_of(view->record);
    view->name = sg_shown_name(&certificate->subject, arena);
    view->issuer = sg_shown_name(&certificate->issuer, arena);
    view->serial = sg_shown_integer(certificate->serial, arena);
    view->key = sg_shown_key(&certificate->spki, arena);
    view->from = certificate->not_before;
    view->until = certificate->not_after;
    view->is_ca = certificate->is_ca;
    view->sha256 = signet_certificate_sha256(certificate);
    return view->name != NULL && view->issuer != NULL && view->serial != NULL &&
           view->key != NULL &&
           sg_address_view(certificate, arena, &view->addresses, &view->num_addresses);
}

static bool view_crl(struct sg_record_view *view, struct sg_arena *arena)
{
    const struct signet_crl *crl = view->record->crl;

    view->standing = "crl";
    view->name = copy_text(write_crl_issuer, crl, arena);
    view->from = signet_crl_this_update(crl);
    view->until = signet_crl_next_update(crl);
    return view->name != NULL;
}

static bool view_attribute_certificate(struct sg_record_view *view, struct sg_arena *arena)
{
    const struct signet_attribute_certificate *certificate = view->record->attribute_certificate;

    view->standing = "attributes";
    view->name = copy_text(write_holder, certificate, arena);
    view->issuer = copy_text(write_attribute_issuer, certificate, arena);
    view->serial = sg_shown_integer(signet_attribute_certificate_serial(certificate), arena);
    view->from = signet_attribute_certificate_not_before(certificate);
    view->until = signet_attribute_certificate_not_after(certificate);
    return view->name != NULL && view->issuer != NULL && view->serial != NULL;
}

/* One subtree as "rfc822Name:example.com". */
static const char *subtree_text(const struct sg_subtree *subtree, struct sg_arena *arena)
{
    struct sg_buffer buffer;
    struct signet_span copy = {NULL, 0};

    sg_buffer_init(&buffer, TEXT_SIZE);
    sg_general_name_add_text(&buffer, &subtree->base);
    sg_buffer_add_byte(&buffer, '\0');
    if (buffer.status == SIGNET_OK)
        copy = sg_arena_copy(arena, sg_buffer_span(&buffer));
    sg_buffer_free(&buffer);
    return (const char *)copy.ptr;
}

static bool view_subtrees(struct signet_span given, struct sg_arena *arena, const char *const **out,
                          size_t *num)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der;
    struct sg_subtrees subtrees;
    struct sg_subtree subtree;
    void *items = NULL;
    size_t cap = 0;

    if (given.ptr == NULL)
        return true;
    der = sg_der_begin(given, &error);
    if (!sg_subtrees_parse(&der, &subtrees))
        return true; /* judging by them tells */
    while (sg_subtrees_next(&subtrees, &subtree)) {
        const char *text = subtree_text(&subtree, arena);

        if (text == NULL || !sg_arena_grow(arena, &items, &cap, *num, sizeof(char *)))
            return false;
        ((const char **)items)[(*num)++] = text;
    }
    *out = items;
    return true;
}

bool sg_record_view_make(const struct signet_record *record, struct sg_arena *arena,
                         struct sg_record_view *view)
{
    static bool (*const views[])(struct sg_record_view *, struct sg_arena *) = {
        [SIGNET_RECORD_CERTIFICATE] = view_certificate,
        [SIGNET_RECORD_CRL] = view_crl,
        [SIGNET_RECORD_ATTRIBUTE_CERTIFICATE] = view_attribute_certificate,
    };

    *view = (struct sg_record_view){.record = record, .sha256 = record->sha256};
    if (!views[record->kind](view, arena))
        return false;
    return record->anchor == NULL || (view_subtrees(record->anchor->terms.permitted_subtrees, arena,
                                                    &view->permitted, &view->num_permitted) &&
                                      view_subtrees(record->anchor->terms.excluded_subtrees, arena,
                                                    &view->excluded, &view->num_excluded));
}
