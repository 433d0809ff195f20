/* SPDX-License-Identifier: Apache-2.0 */
#include "own_key.h"

#include "message.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* How often a person may mistype. */
enum { MAX_TRIES = 3 };

static bool is_asked(const struct options *options)
{
    return options->passphrase_fd < 0 && options->passphrase_file == NULL &&
           config_text(&options->config, KEY_PASSPHRASE_COMMAND)[0] == '\0';
}

static bool needs_another(enum signet_status status, enum signet_key_trouble trouble)
{
    return status == SIGNET_ERR_PARSE &&
           (trouble == SIGNET_KEY_PASSPHRASE_NEEDED || trouble == SIGNET_KEY_PASSPHRASE_WRONG);
}

enum signet_status own_key_open(struct own_keys *keys,
                                enum signet_status (*open)(void *context,
                                                           struct signet_span passphrase,
                                                           enum signet_key_trouble *trouble),
                                void *context, enum signet_key_trouble *trouble)
{
    int tries = is_asked(keys->options) ? MAX_TRIES : 1;
    enum signet_status status = open(context, passphrase_span(keys->passphrase), trouble);

    while (needs_another(status, *trouble) && tries-- > 0) {
        if (is_asked(keys->options)) {
            if (keys->passphrase->text != NULL && *trouble == SIGNET_KEY_PASSPHRASE_WRONG)
                message_error("%s: %s", keys->file, signet_key_trouble_text(*trouble));
            passphrase_free(keys->passphrase);
        }
        if (!passphrase_get(keys->passphrase, keys->options, keys->file, false)) {
            keys->failed = true;
            return SIGNET_ERR_PARSE;
        }
        status = open(context, passphrase_span(keys->passphrase), trouble);
    }
    return status;
}

/* --- storing */

struct bytes {
    uint8_t *ptr;
    size_t len;
};

static bool gather(void *context, struct signet_span span)
{
    struct bytes *bytes = context;
    uint8_t *grown = realloc(bytes->ptr, bytes->len + span.len);

    if (grown == NULL)
        return false;
    memcpy(grown + bytes->len, span.ptr, span.len);
    bytes->ptr = grown;
    bytes->len += span.len;
    return true;
}

static enum signet_status see_key(void *context, const struct signet_stored_key *key)
{
    (void)key;
    *(bool *)context = true;
    return SIGNET_OK;
}

static enum signet_status encrypt_and_add(struct own_keys *keys, const struct signet_key *key,
                                          struct signet_span sha256)
{
    struct bytes bytes = {NULL, 0};
    const struct signet_sink sink = {gather, &bytes};
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status =
        signet_key_write(key, passphrase_span(keys->passphrase), NULL, &sink, &trouble);

    if (status == SIGNET_OK) {
        const struct signet_stored_key stored = {
            .sha256 = sha256, .pkcs8 = {bytes.ptr, bytes.len}, .since = keys->since};

        status = signet_store_add_key(keys->database->store, &stored);
    } else if (status == SIGNET_ERR_ARGUMENT || status == SIGNET_ERR_IO) {
        status = SIGNET_ERR_MEMORY;
    }
    free(bytes.ptr);
    return status;
}

static enum signet_status add_uri(struct own_keys *keys, struct signet_span sha256)
{
    const struct signet_stored_key stored = {
        .sha256 = sha256, .uri = keys->uri, .since = keys->since};

    return signet_store_add_key(keys->database->store, &stored);
}

/* Keys are only ever stored encrypted, so one from an open file needs a passphrase as well. */
static bool has_passphrase(struct own_keys *keys)
{
    if (keys->passphrase->text != NULL && keys->passphrase->len == 0)
        passphrase_free(keys->passphrase);
    if (!passphrase_get(keys->passphrase, keys->options, keys->file, true))
        return false;
    if (keys->passphrase->len > 0)
        return true;
    message_error("%s: a private key is not stored without a passphrase", keys->file);
    return false;
}

static enum signet_status store_for(struct own_keys *keys, const struct signet_key *key,
                                    const struct signet_certificate *certificate)
{
    struct signet_span sha256 = signet_certificate_sha256(certificate);
    bool known = false;
    enum signet_status status = signet_store_keys(keys->database->store, sha256, see_key, &known);

    if (status != SIGNET_OK)
        return status;
    if (known) {
        keys->num_known++;
        return SIGNET_OK;
    }
    if (keys->uri == NULL && !has_passphrase(keys)) {
        keys->failed = true;
        return SIGNET_ERR_PARSE;
    }
    status = keys->uri != NULL ? add_uri(keys, sha256) : encrypt_and_add(keys, key, sha256);
    keys->num_new += status == SIGNET_OK;
    return status;
}

/* --- which certificates a key is for */

struct fitting {
    const struct signet_key *key;
    struct signet_certificate **items; /* references */
    size_t num;
};

static enum signet_status take_fitting(void *context, const struct signet_record *record)
{
    struct fitting *fitting = context;
    struct signet_certificate **grown;

    if (!signet_key_matches(fitting->key, record->certificate))
        return SIGNET_OK;
    grown = realloc(fitting->items, (fitting->num + 1) * sizeof(*grown));
    if (grown == NULL)
        return SIGNET_ERR_MEMORY;
    fitting->items = grown;
    fitting->items[fitting->num++] = signet_certificate_ref(record->certificate);
    return SIGNET_OK;
}

enum signet_status own_key_store(struct own_keys *keys, const struct signet_key *key,
                                 const struct signet_certificate *certificate)
{
    static const struct signet_store_query query = {.kinds = 1u << SIGNET_RECORD_CERTIFICATE};
    struct fitting fitting = {key, NULL, 0};
    enum signet_status status;

    if (certificate != NULL)
        return store_for(keys, key, certificate);
    status = signet_store_find(keys->database->store, &query, take_fitting, &fitting, NULL);
    for (size_t i = 0; i < fitting.num; i++) {
        if (status == SIGNET_OK)
            status = store_for(keys, key, fitting.items[i]);
        signet_certificate_unref(fitting.items[i]);
    }
    free(fitting.items);
    if (status == SIGNET_OK && fitting.num == 0) {
        message_error("%s: no certificate in the database or the file is for this private key; "
                      "import the certificate first",
                      keys->file);
        keys->num_left++;
    }
    return status;
}

/* --- files */

bool own_key_is_private(const char *file)
{
    struct stat status;

    if (strcmp(file, "-") == 0 || stat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
        (status.st_mode & (S_IROTH | S_IWOTH)) == 0)
        return true;
    message_error("%s: everybody on this machine can read or change this private key; make it "
                  "your own with 'chmod 600 %s'",
                  file, file);
    return false;
}

struct reading {
    struct signet_span bytes;
    struct signet_key *key;
};

static enum signet_status open_key(void *context, struct signet_span passphrase,
                                   enum signet_key_trouble *trouble)
{
    struct reading *reading = context;

    return signet_key_read(reading->bytes, passphrase, &reading->key, trouble);
}

enum signet_status own_key_read(struct own_keys *keys, struct signet_span bytes, bool *found)
{
    struct reading reading = {bytes, NULL};
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status = own_key_open(keys, open_key, &reading, &trouble);

    *found = !(status == SIGNET_ERR_PARSE && trouble == SIGNET_KEY_NONE);
    if (!*found)
        return SIGNET_OK;
    if ((status == SIGNET_ERR_PARSE || status == SIGNET_ERR_LIMIT) && !keys->failed)
        message_error("%s: private key: %s", keys->file, signet_key_trouble_text(trouble));
    if (status != SIGNET_OK)
        return status == SIGNET_ERR_LIMIT ? SIGNET_ERR_PARSE : status;
    status = own_key_store(keys, reading.key, NULL);
    signet_key_unref(reading.key);
    return status;
}
