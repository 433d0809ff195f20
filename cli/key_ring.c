/* SPDX-License-Identifier: Apache-2.0 */
#include "key_ring.h"

#include "bundle_file.h"
#include "input.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>

struct ring_key {
    uint8_t *pkcs8; /* from malloc, encrypted; NULL: the key is open, or elsewhere */
    size_t len;
    char *uri; /* from malloc, of the key in a token; NULL: it is in none */
    bool tried;
};

/* Adds a place for one more; NULL when memory is out. */
static struct signet_own_key *add(struct key_ring *ring)
{
    if (ring->num == ring->cap) {
        size_t cap = ring->cap == 0 ? 8 : 2 * ring->cap;
        struct signet_own_key *items = realloc(ring->items, cap * sizeof(*items));
        struct ring_key *stored;

        if (items == NULL)
            return NULL;
        ring->items = items;
        stored = realloc(ring->stored, cap * sizeof(*stored));
        if (stored == NULL)
            return NULL;
        ring->stored = stored;
        ring->cap = cap;
    }
    ring->items[ring->num] = (struct signet_own_key){NULL, NULL};
    ring->stored[ring->num] = (struct ring_key){NULL, 0, NULL, false};
    return &ring->items[ring->num++];
}

static enum signet_status add_open(struct key_ring *ring, const struct signet_key *key,
                                   const struct signet_certificate *certificate)
{
    struct signet_own_key *added = add(ring);

    if (added == NULL)
        return SIGNET_ERR_MEMORY;
    added->key = signet_key_ref(key);
    added->certificate = certificate == NULL ? NULL : signet_certificate_ref(certificate);
    return SIGNET_OK;
}

/* --- files */

struct reading {
    struct key_ring *ring;
    struct signet_span bytes;
    struct signet_key **key;
};

typedef enum signet_status opener(void *context, struct signet_span passphrase,
                                  enum signet_key_trouble *trouble);

static enum signet_status read_key(void *context, struct signet_span passphrase,
                                   enum signet_key_trouble *trouble)
{
    struct reading *reading = context;

    return signet_key_read(reading->bytes, passphrase, reading->key, trouble);
}

static enum signet_status take_packed(void *context, struct signet_key *key,
                                      struct signet_certificate *certificate, const char *name)
{
    (void)name;
    return add_open(context, key, certificate);
}

static enum signet_status pass_certificate(void *context, struct signet_certificate *certificate,
                                           const char *name)
{
    struct key_ring *ring = context;

    (void)name;
    return signet_pool_add_certificate(ring->material->pool, certificate);
}

static enum signet_status read_pkcs12(void *context, struct signet_span passphrase,
                                      enum signet_key_trouble *trouble)
{
    struct reading *reading = context;
    const struct signet_pkcs12_callbacks callbacks = {
        .key = take_packed, .certificate = pass_certificate, .context = reading->ring};

    return signet_pkcs12_read(reading->bytes, passphrase, &callbacks, NULL, trouble);
}

static bool open_with(struct key_ring *ring, struct reading *reading, const char *name,
                      opener *open)
{
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status;

    ring->keys.file = name;
    status = own_key_open(&ring->keys, open, reading, &trouble);
    if (status == SIGNET_OK)
        return true;
    if (status != SIGNET_ERR_PARSE && status != SIGNET_ERR_LIMIT)
        message_status(name, status);
    else if (!ring->keys.failed)
        message_error("%s: private key: %s", name, signet_key_trouble_text(trouble));
    return false;
}

static bool open_file(struct key_ring *ring, const char *file, opener *open)
{
    struct input input = {{NULL, 0}, NULL};
    struct reading reading = {ring, {NULL, 0}, &ring->file_key};
    bool good;

    if (!own_key_is_private(file) || !input_open_secret(&input, file))
        return false;
    reading.bytes = input.bytes;
    good = open_with(ring, &reading, file, open);
    input_close(&input);
    return good;
}

/* All certificates of the key, and whatever else may help. */
static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct key_ring *ring = context;

    if (signet_key_matches(ring->file_key, certificate))
        return add_open(ring, ring->file_key, certificate);
    return signet_pool_add_certificate(ring->material->pool, certificate);
}

/* --- the database */

static enum signet_status take_record(void *context, const struct signet_record *record)
{
    const struct signet_certificate **found = context;

    if (*found == NULL)
        *found = signet_certificate_ref(record->certificate);
    return SIGNET_OK;
}

/* With --key also the certificates in the database that it is for. */
static enum signet_status take_fitting(void *context, const struct signet_record *record)
{
    struct key_ring *ring = context;

    return signet_key_matches(ring->file_key, record->certificate)
               ? add_open(ring, ring->file_key, record->certificate)
               : SIGNET_OK;
}

/* Where the key is: its octets, or its URI. */
static bool copy_stored(struct ring_key *stored, const struct signet_stored_key *key)
{
    if (key->pkcs8.ptr == NULL) {
        stored->uri = strdup(key->uri);
        return stored->uri != NULL;
    }
    stored->pkcs8 = malloc(key->pkcs8.len);
    if (stored->pkcs8 == NULL)
        return false;
    memcpy(stored->pkcs8, key->pkcs8.ptr, key->pkcs8.len);
    stored->len = key->pkcs8.len;
    return true;
}

static enum signet_status take_stored(void *context, const struct signet_stored_key *key)
{
    struct key_ring *ring = context;
    struct signet_own_key *added = add(ring);

    if (added == NULL || !copy_stored(&ring->stored[ring->num - 1], key))
        return SIGNET_ERR_MEMORY;
    const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE,
                                             .sha256 = key->sha256};

    return signet_store_find(ring->material->database.store, &query, take_record,
                             &added->certificate, NULL);
}

static bool open_database(struct key_ring *ring)
{
    const struct database *database = &ring->material->database;
    const struct signet_span any = {NULL, 0};
    const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE};

    if (database->store == NULL)
        return true;
    if (ring->file_key != NULL)
        return database_told(database,
                             signet_store_find(database->store, &query, take_fitting, ring, NULL));
    return database_told(database, signet_store_keys(database->store, any, take_stored, ring));
}

/* --- tokens */

/* The key, and the certificates for it that the token has. */
static bool open_token(struct key_ring *ring, const char *uri)
{
    enum signet_status status = SIGNET_OK;

    ring->file_key = token_key_open(&ring->token, ring->options, uri);
    if (ring->file_key == NULL)
        return false;
    if (token_key_certificates(&ring->token, ring->options, uri, ring->file_key, take_certificate,
                               ring, &status))
        return true;
    if (status == SIGNET_ERR_MEMORY)
        message_status(uri, status);
    return false;
}

static bool open_key(struct key_ring *ring, const char *name)
{
    return signet_token_uri_is(name)
               ? open_token(ring, name)
               : open_file(ring, name, read_key) &&
                     bundle_file_certificates(name, take_certificate, ring, true);
}

/* --- all of it */

bool key_ring_open(struct key_ring *ring, const struct options *options, struct material *material)
{
    *ring = (struct key_ring){.options = options, .material = material};
    ring->keys = (struct own_keys){
        .options = options, .database = &material->database, .passphrase = &ring->passphrase};
    if (options->cert != NULL && options->key == NULL) {
        message_error("--cert needs --key FILE or URI, the private key of the certificate");
        return false;
    }
    if (options->pkcs12 != NULL && !open_file(ring, options->pkcs12, read_pkcs12))
        return false;
    if (options->key != NULL && !open_key(ring, options->key))
        return false;
    if (options->cert != NULL &&
        !bundle_file_certificates(options->cert, take_certificate, ring, false))
        return false;
    if (ring->num == 0 && options->pkcs12 == NULL && !open_database(ring))
        return false;
    if (ring->num == 0 && ring->file_key != NULL &&
        add_open(ring, ring->file_key, NULL) != SIGNET_OK) {
        message_status(options->key, SIGNET_ERR_MEMORY);
        return false;
    }
    return true;
}

static const struct signet_key *unlock(void *context, size_t index)
{
    struct key_ring *ring = context;
    struct ring_key *stored = &ring->stored[index];
    struct signet_key *key = NULL;
    struct reading reading = {ring, {stored->pkcs8, stored->len}, &key};

    if (ring->items[index].key != NULL || stored->tried || ring->keys.failed)
        return ring->items[index].key;
    stored->tried = true;
    if (stored->pkcs8 != NULL &&
        open_with(ring, &reading, "the private key in the database", read_key))
        ring->items[index].key = key;
    if (stored->uri != NULL)
        ring->items[index].key = token_key_open(&ring->token, ring->options, stored->uri);
    ring->locked |= ring->items[index].key == NULL;
    return ring->items[index].key;
}

struct signet_own_keys key_ring_keys(struct key_ring *ring)
{
    return (struct signet_own_keys){ring->items, ring->num, unlock, ring};
}

void key_ring_close(struct key_ring *ring)
{
    for (size_t i = 0; i < ring->num; i++) {
        signet_key_unref((struct signet_key *)(uintptr_t)ring->items[i].key);
        signet_certificate_unref(
            (struct signet_certificate *)(uintptr_t)ring->items[i].certificate);
        free(ring->stored[i].pkcs8);
        free(ring->stored[i].uri);
    }
    free(ring->items);
    free(ring->stored);
    signet_key_unref(ring->file_key);
    passphrase_free(&ring->passphrase);
    token_access_free(&ring->token);
    *ring = (struct key_ring){.items = NULL};
}
