/* SPDX-License-Identifier: Apache-2.0 */
#include "collection.h"

#include "message.h"

#include <stdlib.h>
#include <string.h>

/* Room for item NUM of SIZE octets. False: memory is out. */
static bool grow(void **items, size_t *cap, size_t num, size_t size)
{
    size_t wider = *cap == 0 ? 16 : *cap * 2;
    void *grown;

    if (num < *cap)
        return true;
    grown = realloc(*items, wider * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *cap = wider;
    return true;
}

static enum signet_status take_certificate(struct collection *collection,
                                           const struct signet_certificate *certificate)
{
    void *items = collection->certificates;
    struct signet_certificate *kept;
    bool new = false;

    if (!grow(&items, &collection->cap_certificates, collection->num_certificates,
              sizeof *collection->certificates))
        return SIGNET_ERR_MEMORY;
    collection->certificates = items;
    kept = signet_certificate_ref(certificate);
    if (!span_set_add(&collection->seen, signet_certificate_sha256(kept), &new) || !new) {
        signet_certificate_unref(kept);
        return new ? SIGNET_ERR_MEMORY : SIGNET_OK;
    }
    collection->certificates[collection->num_certificates++] = kept;
    return SIGNET_OK;
}

/* A stored CRL is found as a frame without its entries, which others have no use for. */
static enum signet_status take_crl(struct collection *collection, struct signet_span sha256)
{
    void *items = collection->crl_sha256;

    if (!grow(&items, &collection->cap_found_crls, collection->num_found_crls,
              sizeof *collection->crl_sha256))
        return SIGNET_ERR_MEMORY;
    collection->crl_sha256 = items;
    memcpy(collection->crl_sha256[collection->num_found_crls++], sha256.ptr,
           sizeof *collection->crl_sha256);
    return SIGNET_OK;
}

static enum signet_status
take_attribute_certificate(struct collection *collection,
                           const struct signet_attribute_certificate *certificate)
{
    void *items = collection->attribute_certificates;

    if (!grow(&items, &collection->cap_attribute_certificates,
              collection->num_attribute_certificates, sizeof *collection->attribute_certificates))
        return SIGNET_ERR_MEMORY;
    collection->attribute_certificates = items;
    collection->attribute_certificates[collection->num_attribute_certificates++] =
        signet_attribute_certificate_ref(certificate);
    return SIGNET_OK;
}

static enum signet_status take(void *context, const struct signet_record *record)
{
    struct collection *collection = context;

    if (record->certificate != NULL)
        return take_certificate(collection, record->certificate);
    return record->crl != NULL
               ? take_crl(collection, record->sha256)
               : take_attribute_certificate(collection, record->attribute_certificate);
}

bool collection_select(struct collection *collection, const struct selector *selector, size_t *num)
{
    return selector_walk(selector, collection->database, take, collection, num);
}

/* Asks for each issuer's name once. */
static bool add_of_issuers(struct collection *collection, bool crls)
{
    struct span_set asked = {NULL, 0, 0};
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < collection->num_certificates && status == SIGNET_OK; i++) {
        struct signet_span issuer = signet_certificate_issuer_name(collection->certificates[i]);
        const struct signet_store_query query = {
            .kinds = 1u << (crls ? SIGNET_RECORD_CRL : SIGNET_RECORD_CERTIFICATE),
            .issuer = crls ? issuer : (struct signet_span){NULL, 0},
            .subject = crls ? (struct signet_span){NULL, 0} : issuer,
        };
        bool new = false;

        if (!span_set_add(&asked, issuer, &new))
            status = SIGNET_ERR_MEMORY;
        else if (new)
            status = signet_store_find(collection->database->store, &query, take, collection, NULL);
    }
    span_set_free(&asked);
    return database_told(collection->database, status);
}

bool collection_add_chains(struct collection *collection)
{
    return add_of_issuers(collection, false);
}

bool collection_add_crls(struct collection *collection)
{
    return add_of_issuers(collection, true);
}

struct octets {
    uint8_t *ptr;
    size_t len, cap;
};

static enum signet_status gather(void *context, struct signet_span piece)
{
    struct octets *octets = context;

    while (octets->cap - octets->len < piece.len) {
        size_t cap = octets->cap == 0 ? 65536 : octets->cap * 2;
        uint8_t *grown = realloc(octets->ptr, cap);

        if (grown == NULL)
            return SIGNET_ERR_MEMORY;
        octets->ptr = grown;
        octets->cap = cap;
    }
    memcpy(octets->ptr + octets->len, piece.ptr, piece.len);
    octets->len += piece.len;
    return SIGNET_OK;
}

static enum signet_status read_crl(const struct collection *collection, const uint8_t sha256[32],
                                   struct signet_crl **crl)
{
    struct octets octets = {NULL, 0, 0};
    enum signet_status status =
        signet_store_read(collection->database->store, SIGNET_RECORD_CRL,
                          (struct signet_span){sha256, 32}, gather, &octets);

    if (status == SIGNET_OK)
        status = signet_crl_parse_borrowed((struct signet_span){octets.ptr, octets.len}, free,
                                           octets.ptr, crl, NULL);
    else
        free(octets.ptr);
    return status;
}

bool collection_read_crls(struct collection *collection)
{
    size_t num = collection->num_found_crls;
    enum signet_status status = SIGNET_OK;

    if (num == 0)
        return true;
    collection->crls = calloc(num, sizeof *collection->crls);
    if (collection->crls == NULL)
        status = SIGNET_ERR_MEMORY;
    for (size_t i = 0; i < num && status == SIGNET_OK; i++) {
        status = read_crl(collection, collection->crl_sha256[i], &collection->crls[i]);
        collection->num_crls += status == SIGNET_OK;
    }
    return database_told(collection->database, status);
}

void collection_free(struct collection *collection)
{
    for (size_t i = 0; i < collection->num_certificates; i++)
        signet_certificate_unref(collection->certificates[i]);
    for (size_t i = 0; i < collection->num_crls; i++)
        signet_crl_unref(collection->crls[i]);
    for (size_t i = 0; i < collection->num_attribute_certificates; i++)
        signet_attribute_certificate_unref(collection->attribute_certificates[i]);
    free(collection->certificates);
    free(collection->crls);
    free(collection->attribute_certificates);
    free(collection->crl_sha256);
    span_set_free(&collection->seen);
}
