/* SPDX-License-Identifier: Apache-2.0 */
#include "store/match.h"

#include "asn1/der.h"
#include "base/text.h"
#include "store/keys.h"
#include "x509/name_prepare.h"

/* DER as a name with its canonical form. */
static enum signet_status read_name(struct signet_span der, struct sg_buffer *buffer,
                                    struct sg_name *name)
{
    struct signet_parse_error error = {0};
    struct sg_der reader = sg_der_begin(der, &error);
    if (!sg_name_parse(&reader, name, "name") || !sg_der_end(&reader))
        return SIGNET_ERR_ARGUMENT;
    return sg_name_add_canonical(name, buffer) ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

static enum signet_status read_names(struct sg_store_wanted *wanted)
{
    const struct signet_store_query *query = wanted->query;
    enum signet_status status = SIGNET_OK;
    if (query->issuer.ptr != NULL)
        status = read_name(query->issuer, &wanted->names, &wanted->issuer);
    size_t issuer_len = wanted->names.len;
    if (status == SIGNET_OK && query->subject.ptr != NULL)
        status = read_name(query->subject, &wanted->names, &wanted->subject);
    if (status != SIGNET_OK)
        return status;
    struct signet_span forms = sg_buffer_span(&wanted->names);
    sg_name_set_canonical(&wanted->issuer, sg_span_first(forms, issuer_len));
    sg_name_set_canonical(&wanted->subject, sg_span_from(forms, issuer_len));
    return SIGNET_OK;
}

enum signet_status sg_store_wanted_init(struct sg_store_wanted *wanted,
                                        const struct signet_store_query *query)
{
    *wanted = (struct sg_store_wanted){.query = query};
    wanted->kinds = query->kinds != 0 ? query->kinds & SG_STORE_ALL_KINDS : SG_STORE_ALL_KINDS;
    sg_arena_init(&wanted->arena, SG_STORE_MAX_WORK);
    sg_buffer_init(&wanted->names, SG_NAME_MAX_FORM_LEN);
    /* Only certificates have what these ask for. */
    if (query->address != NULL || query->subject.ptr != NULL || query->key_id.ptr != NULL ||
        query->anchors || query->own)
        wanted->kinds &= 1u << SIGNET_RECORD_CERTIFICATE;
    wanted->nothing = wanted->kinds == 0 || query->sha256.len > 32;
    if (query->address != NULL) {
        wanted->folded = sg_store_fold_address(sg_span_text(query->address), &wanted->arena);
        wanted->nothing |= wanted->folded == NULL;
    }
    if (wanted->arena.failed)
        return sg_arena_status(&wanted->arena);
    return read_names(wanted);
}

void sg_store_wanted_free(struct sg_store_wanted *wanted)
{
    sg_arena_clear(&wanted->arena);
    sg_buffer_free(&wanted->names);
}

static const struct sg_name *issuer_of(const struct sg_store_loaded *loaded)
{
    if (loaded->certificate != NULL)
        return &loaded->certificate->issuer;
    return loaded->crl != NULL ? &loaded->crl->issuer : &loaded->attribute_certificate->issuer.name;
}

static struct signet_span serial_of(const struct sg_store_loaded *loaded)
{
    if (loaded->certificate != NULL)
        return loaded->certificate->serial;
    return loaded->crl != NULL ? (struct signet_span){NULL, 0}
                               : loaded->attribute_certificate->serial;
}

/* What compares octets alone. */
static bool match_fields(const struct sg_store_wanted *wanted, const struct sg_store_loaded *loaded)
{
    const struct signet_store_query *query = wanted->query;
    const struct signet_certificate *certificate = loaded->certificate;
    const struct sg_name *issuer = issuer_of(loaded);
    if (!sg_span_equal(sg_span(loaded->sha256, query->sha256.len), query->sha256))
        return false;
    if (query->issuer.ptr != NULL &&
        (issuer->der.ptr == NULL || !sg_name_equal(issuer, &wanted->issuer)))
        return false;
    if (query->serial.ptr != NULL && !sg_span_equal(serial_of(loaded), query->serial))
        return false;
    if (query->subject.ptr != NULL &&
        (certificate == NULL || !sg_name_equal(&certificate->subject, &wanted->subject)))
        return false;
    return query->key_id.ptr == NULL ||
           (certificate != NULL && sg_span_equal(certificate->ski, query->key_id));
}

/* --- addresses, in the certificate and bound to it */

struct address_search {
    const char *folded; /* this address; or NULL and */
    const char *text;   /* one that contains this */
    bool found;
};

static bool contains_octets(struct signet_span hay, struct signet_span needle)
{
    for (; hay.len >= needle.len; hay = sg_span_from(hay, 1)) {
        if (sg_span_equal_ascii_case(sg_span_first(hay, needle.len), needle))
            return true;
        if (hay.len == 0)
            break;
    }
    return false;
}

/* Without regard to case: of ASCII at once, of other letters as names are compared. */
static bool contains(struct signet_span hay, const char *text)
{
    struct sg_buffer prepared, wanted;
    if (sg_text_is_ascii(sg_span_text(text)))
        return contains_octets(hay, sg_span_text(text));
    sg_buffer_init(&prepared, SG_STORE_MAX_TEXT);
    sg_buffer_init(&wanted, SG_STORE_MAX_TEXT);
    bool found =
        sg_string_prepare(SG_TAG_UTF8_STRING, sg_span_text(text), &wanted) == SG_PREPARED &&
        sg_string_prepare(SG_TAG_UTF8_STRING, hay, &prepared) == SG_PREPARED &&
        contains_octets(sg_buffer_span(&prepared), sg_span_trim(sg_buffer_span(&wanted)));
    sg_buffer_free(&prepared);
    sg_buffer_free(&wanted);
    return found;
}

static enum signet_status look_at_binding(void *context, const struct sg_store_binding *binding)
{
    struct address_search *search = context;
    if (search->folded != NULL)
        search->found |= strcmp(binding->folded, search->folded) == 0;
    else
        search->found |= contains(sg_span_text(binding->address), search->text);
    return SIGNET_OK;
}

static enum signet_status look_at_certificate(const struct signet_certificate *certificate,
                                              struct address_search *search)
{
    struct sg_mail_addresses addresses;
    struct sg_arena arena;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    if (!sg_certificate_addresses(certificate, &arena, &addresses))
        addresses.num = 0;
    for (size_t i = 0; i < addresses.num && !search->found && !arena.failed; i++) {
        const struct sg_mail_address *address = &addresses.items[i];
        const char *folded = search->folded != NULL && address->usable
                                 ? sg_store_fold_address(address->text, &arena)
                                 : NULL;
        search->found = search->folded == NULL
                            ? contains(address->text, search->text)
                            : folded != NULL && strcmp(folded, search->folded) == 0;
    }
    enum signet_status status = sg_arena_status(&arena);
    sg_arena_clear(&arena);
    return status;
}

static enum signet_status search_addresses(struct signet_store *store,
                                           const struct sg_store_loaded *loaded,
                                           struct address_search *search)
{
    if (loaded->certificate == NULL)
        return SIGNET_OK;
    enum signet_status status = look_at_certificate(loaded->certificate, search);
    if (status != SIGNET_OK || search->found)
        return status;
    return store->backend->binding_walk(store->db, search->folded, loaded->object.id,
                                        look_at_binding, search);
}

static enum signet_status match_text(struct signet_store *store, const char *text,
                                     const struct sg_store_loaded *loaded, bool *matches)
{
    struct sg_buffer names;
    sg_buffer_init(&names, SG_STORE_MAX_TEXT);
    if (issuer_of(loaded)->der.ptr != NULL)
        sg_name_add_text(&names, issuer_of(loaded));
    sg_buffer_add_byte(&names, '\n'); /* which is in no such text */
    if (loaded->certificate != NULL)
        sg_name_add_text(&names, &loaded->certificate->subject);
    else if (loaded->attribute_certificate != NULL)
        sg_attribute_certificate_add_holder(loaded->attribute_certificate, &names);
    enum signet_status status = names.status;
    *matches = status == SIGNET_OK && contains(sg_buffer_span(&names), text);
    sg_buffer_free(&names);
    if (status != SIGNET_OK || *matches)
        return status;

    struct address_search search = {.text = text};
    status = search_addresses(store, loaded, &search);
    *matches = search.found;
    return status;
}

static enum signet_status match_anchor(struct signet_store *store,
                                       const struct sg_store_loaded *loaded, bool distrusted,
                                       bool *matches)
{
    struct sg_store_anchor anchor;
    struct sg_arena arena;
    sg_arena_init(&arena, SG_STORE_MAX_WORK);
    enum signet_status status =
        store->backend->anchor_get(store->db, loaded->object.id, &arena, &anchor);
    *matches =
        anchor.object != 0 && (distrusted || anchor.anchor.distrusted == SIGNET_TIME_UNKNOWN);
    sg_arena_clear(&arena);
    return status;
}

enum signet_status sg_store_match(struct signet_store *store, const struct sg_store_wanted *wanted,
                                  const struct sg_store_loaded *loaded, bool *matches)
{
    const struct signet_store_query *query = wanted->query;
    enum signet_status status = SIGNET_OK;
    *matches = (wanted->kinds >> loaded->object.kind & 1) != 0 && match_fields(wanted, loaded);
    if (*matches && wanted->folded != NULL) {
        struct address_search search = {.folded = wanted->folded};
        status = search_addresses(store, loaded, &search);
        *matches = search.found;
    }
    if (status == SIGNET_OK && *matches && query->anchors)
        status = match_anchor(store, loaded, query->distrusted, matches);
    if (status == SIGNET_OK && *matches && query->own)
        status = store->backend->own_has(store->db, loaded->object.sha256, matches);
    if (status == SIGNET_OK && *matches && query->text != NULL)
        status = match_text(store, query->text, loaded, matches);
    return status;
}
