/* SPDX-License-Identifier: Apache-2.0 */
#include "base/span.h"
#include "token/slot.h"
#include "token/trouble.h"

#define MAX_VALUE       1024
#define MAX_CERTIFICATE 65536
#define MAX_URI         ((size_t)32 << 10)

struct listing {
    struct sg_slot slot;
    signet_token_object_taker *taker;
    void *context;
    struct signet_token_report *report;
};

/* The URI of one object, in TEXT with a NUL. */
static void write_uri(struct listing *listing, const struct sg_object *object,
                      enum sg_token_uri_type type, struct signet_span label, struct sg_buffer *text)
{
    struct sg_slot *slot = &listing->slot;
    struct sg_token_uri uri = {
        .type = type, .module_path = slot->uri.module_path, .pin_source = slot->uri.pin_source};
    struct signet_span id;
    sg_slot_describe(slot, &uri);
    if (sg_object_attribute(&slot->module, object, CKA_ID, MAX_VALUE, &id) == SG_ATTRIBUTE_FOUND)
        uri.id = id;
    if (label.len > 0)
        uri.object = label;
    sg_token_uri_write(text, &uri);
    sg_buffer_add_byte(text, '\0');
}

static enum signet_status tell(struct listing *listing, const struct sg_object *object,
                               enum sg_token_uri_type type,
                               const struct signet_certificate *certificate)
{
    char label_text[SIGNET_TOKEN_TEXT_SIZE];
    struct signet_span label;
    struct sg_buffer uri;
    (void)sg_object_attribute(&listing->slot.module, object, CKA_LABEL, MAX_VALUE, &label);
    struct signet_span shown = label;
    while (shown.len > 0 && shown.ptr[shown.len - 1] == '\0') /* of a C string */
        shown.len--;
    sg_token_set_text(label_text, shown);
    sg_buffer_init(&uri, MAX_URI);
    write_uri(listing, object, type, label, &uri);
    enum signet_status status =
        uri.status != SIGNET_OK ? uri.status : sg_arena_status(&listing->slot.arena);
    const struct signet_token_object told = {
        .certificate = certificate,
        .uri = (const char *)uri.ptr,
        .token = listing->slot.label,
        .label = label_text,
    };
    if (status == SIGNET_OK) {
        listing->report->num_told++;
        status = listing->taker(listing->context, &told);
    }
    sg_buffer_free(&uri);
    return status;
}

static enum signet_status tell_certificate(struct listing *listing, const struct sg_object *object)
{
    struct signet_span der;
    struct signet_certificate *certificate = NULL;
    bool found = sg_object_attribute(&listing->slot.module, object, CKA_VALUE, MAX_CERTIFICATE,
                                     &der) == SG_ATTRIBUTE_FOUND;
    if (listing->slot.arena.failed)
        return sg_arena_status(&listing->slot.arena);
    enum signet_status status =
        found ? signet_certificate_parse(der, &certificate, NULL) : SIGNET_ERR_PARSE;
    if (status == SIGNET_ERR_MEMORY)
        return status;
    if (status != SIGNET_OK) {
        listing->report->num_passed_over++;
        return SIGNET_OK;
    }
    status = tell(listing, object, SG_TOKEN_URI_CERTIFICATE, certificate);
    signet_certificate_unref(certificate);
    return status;
}

static enum signet_status tell_all(struct listing *listing, CK_OBJECT_CLASS class_,
                                   enum sg_token_uri_type type)
{
    struct sg_slot *slot = &listing->slot;
    struct sg_object_list list = {NULL, 0, 0};
    if (slot->uri.type != SG_TOKEN_URI_ANY && slot->uri.type != type)
        return SIGNET_OK;
    enum signet_status status = sg_module_find(&slot->module, class_, &list);
    for (size_t i = 0; i < list.num && status == SIGNET_OK; i++) {
        if (!sg_slot_object_fits(slot, &list.items[i], &slot->uri))
            continue;
        status = type == SG_TOKEN_URI_CERTIFICATE ? tell_certificate(listing, &list.items[i])
                                                  : tell(listing, &list.items[i], type, NULL);
    }
    return status;
}

enum signet_status signet_token_list(const char *uri, const struct signet_token_access *access,
                                     signet_token_object_taker *taker, void *context,
                                     struct signet_token_report *report)
{
    struct listing listing = {.taker = taker, .context = context, .report = report};
    *report = (struct signet_token_report){.trouble = SIGNET_TOKEN_FINE};
    enum signet_status status = sg_slot_open(&listing.slot, uri, access);
    if (status == SIGNET_OK && access->pin != NULL)
        status = sg_slot_login(&listing.slot, false);
    if (status == SIGNET_OK)
        status = tell_all(&listing, CKO_PRIVATE_KEY, SG_TOKEN_URI_PRIVATE);
    if (status == SIGNET_OK)
        status = tell_all(&listing, CKO_CERTIFICATE, SG_TOKEN_URI_CERTIFICATE);
    size_t num_told = report->num_told, num_passed_over = report->num_passed_over;
    *report = listing.slot.report;
    report->num_told = num_told;
    report->num_passed_over = num_passed_over;
    sg_slot_close(&listing.slot);
    return status;
}
