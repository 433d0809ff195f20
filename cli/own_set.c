/* SPDX-License-Identifier: Apache-2.0 */
#include "own_set.h"

#include "bundle_file.h"
#include "input.h"
#include "message.h"
#include "named_object.h"

#include <stdlib.h>
#include <string.h>

static enum signet_status add(struct own_set *set, const struct signet_certificate *certificate)
{
    struct signet_span sha256 = signet_certificate_sha256(certificate);

    for (size_t i = 0; i < set->num; i++)
        if (memcmp(signet_certificate_sha256(set->items[i]).ptr, sha256.ptr, sha256.len) == 0)
            return SIGNET_OK;
    if (set->num == set->cap) {
        size_t cap = set->cap == 0 ? 8 : 2 * set->cap;
        const struct signet_certificate **grown =
            realloc((void *)set->items, cap * sizeof(*set->items));

        if (grown == NULL)
            return SIGNET_ERR_MEMORY;
        set->items = grown;
        set->cap = cap;
    }
    set->items[set->num++] = signet_certificate_ref(certificate);
    return SIGNET_OK;
}

/* --- files */

struct reading {
    struct own_set *set;
    struct signet_span bytes;
};

static enum signet_status read_key(void *context, struct signet_span passphrase,
                                   enum signet_key_trouble *trouble)
{
    struct reading *reading = context;

    return signet_key_read(reading->bytes, passphrase, &reading->set->key, trouble);
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct own_set *set = context;

    return set->key != NULL && signet_key_matches(set->key, certificate)
               ? add(set, certificate)
               : signet_pool_add_certificate(set->material->pool, certificate);
}

static enum signet_status
take_packed_certificate(void *context, struct signet_certificate *certificate, const char *name)
{
    struct own_set *set = context;

    (void)name;
    return signet_pool_add_certificate(set->material->pool, certificate);
}

/* Of several keys the first one that has a certificate. */
static enum signet_status take_packed_key(void *context, struct signet_key *key,
                                          struct signet_certificate *certificate, const char *name)
{
    struct own_set *set = context;

    (void)name;
    if (set->key != NULL || certificate == NULL)
        return SIGNET_OK;
    set->key = signet_key_ref(key);
    return add(set, certificate);
}

static enum signet_status read_pkcs12(void *context, struct signet_span passphrase,
                                      enum signet_key_trouble *trouble)
{
    struct reading *reading = context;
    const struct signet_pkcs12_callbacks callbacks = {
        .key = take_packed_key, .certificate = take_packed_certificate, .context = reading->set};

    return signet_pkcs12_read(reading->bytes, passphrase, &callbacks, NULL, trouble);
}

/* Says why FILE was not opened. */
static bool told(const struct own_set *set, const char *file, enum signet_status status,
                 enum signet_key_trouble trouble)
{
    if (status == SIGNET_OK)
        return true;
    if (status != SIGNET_ERR_PARSE && status != SIGNET_ERR_LIMIT)
        message_status(file, status);
    else if (!set->keys.failed)
        message_error("%s: private key: %s", file, signet_key_trouble_text(trouble));
    return false;
}

typedef enum signet_status opener(void *context, struct signet_span passphrase,
                                  enum signet_key_trouble *trouble);

static bool open_with(struct own_set *set, struct signet_span bytes, const char *name, opener *open)
{
    struct reading reading = {set, bytes};
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status;

    set->keys.file = name;
    status = own_key_open(&set->keys, open, &reading, &trouble);
    return told(set, name, status, trouble);
}

static bool open_file(struct own_set *set, const char *file, opener *open)
{
    struct input input = {{NULL, 0}, NULL};
    bool good;

    if (!own_key_is_private(file) || !input_open_secret(&input, file))
        return false;
    good = open_with(set, input.bytes, file, open);
    input_close(&input);
    return good;
}

/* --- the database */

static enum signet_status take_record(void *context, const struct signet_record *record)
{
    struct own_set *set = context;

    return set->key == NULL || signet_key_matches(set->key, record->certificate)
               ? add(set, record->certificate)
               : SIGNET_OK;
}

/* Own certificates, or with a key of one's own all that are for it. */
static bool take_stored(struct own_set *set)
{
    const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE,
                                             .own = set->key == NULL};
    struct named_object object = {.certificate = NULL};
    const struct database *database = &set->material->database;
    bool good;

    if (database->store == NULL)
        return true;
    if (set->options->signer == NULL)
        return database_told(database,
                             signet_store_find(database->store, &query, take_record, set, NULL));
    good = named_object_find(&object, database, query.kinds, set->options->signer) == NAMED_ONE;
    if (good && !object.own) {
        message_error("the private key of %s is not in the database", set->options->signer);
        good = false;
    }
    if (good && add(set, object.certificate) != SIGNET_OK) {
        message_status(set->options->signer, SIGNET_ERR_MEMORY);
        good = false;
    }
    named_object_free(&object);
    return good;
}

static enum signet_status take_stored_key(void *context, const struct signet_stored_key *stored)
{
    struct own_set *set = context;

    if (set->key != NULL || set->keys.failed)
        return SIGNET_OK;
    if (stored->pkcs8.ptr == NULL) {
        set->key = token_key_open(&set->token, set->options, stored->uri);
        set->keys.failed = set->key == NULL;
    } else if (!open_with(set, stored->pkcs8, "the private key in the database", read_key)) {
        set->keys.failed = true;
    }
    return SIGNET_OK;
}

/* --- tokens */

/* The key, and the certificates for it that the token has. */
static bool open_token(struct own_set *set, const char *uri)
{
    enum signet_status status = SIGNET_OK;

    set->key = token_key_open(&set->token, set->options, uri);
    if (set->key == NULL)
        return false;
    if (token_key_certificates(&set->token, set->options, uri, set->key, take_certificate, set,
                               &status))
        return true;
    if (status == SIGNET_ERR_MEMORY)
        message_status(uri, status);
    return false;
}

/* --- all of it */

static bool open_files(struct own_set *set)
{
    const struct options *options = set->options;

    if (options->pkcs12 != NULL && !open_file(set, options->pkcs12, read_pkcs12))
        return false;
    if (options->key != NULL && signet_token_uri_is(options->key)) {
        if (!open_token(set, options->key))
            return false;
    } else if (options->key != NULL &&
               (!open_file(set, options->key, read_key) ||
                !bundle_file_certificates(options->key, take_certificate, set, true)))
        return false;
    return options->cert == NULL ||
           bundle_file_certificates(options->cert, take_certificate, set, false);
}

bool own_set_open(struct own_set *set, const struct options *options, struct material *material)
{
    *set = (struct own_set){.options = options, .material = material};
    set->keys = (struct own_keys){
        .options = options, .database = &material->database, .passphrase = &set->passphrase};
    if (options->pkcs12 != NULL && (options->key != NULL || options->cert != NULL)) {
        message_error("--pkcs12 brings key and certificate, so --key and --cert cannot be given");
        return false;
    }
    if (options->cert != NULL && options->key == NULL) {
        message_error("--cert needs --key FILE or URI, the private key of the certificate");
        return false;
    }
    if (!open_files(set))
        return false;
    return set->num > 0 || take_stored(set);
}

struct signet_key *own_set_key(struct own_set *set, const struct signet_certificate *certificate)
{
    const struct database *database = &set->material->database;

    if (set->key != NULL)
        return signet_key_ref(set->key);
    if (!database_told(database,
                       signet_store_keys(database->store, signet_certificate_sha256(certificate),
                                         take_stored_key, set)))
        return NULL;
    if (set->key == NULL && !set->keys.failed)
        message_error("the private key is not in the database any more");
    return set->key != NULL ? signet_key_ref(set->key) : NULL;
}

void own_set_close(struct own_set *set)
{
    for (size_t i = 0; i < set->num; i++)
        signet_certificate_unref((struct signet_certificate *)(uintptr_t)set->items[i]);
    free((void *)set->items);
    signet_key_unref(set->key);
    passphrase_free(&set->passphrase);
    token_access_free(&set->token);
    *set = (struct own_set){.key = NULL};
}
