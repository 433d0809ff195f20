/* SPDX-License-Identifier: Apache-2.0 */
#include "import_tally.h"
#include "input.h"
#include "message.h"
#include "output.h"
#include "own_key.h"
#include "scratch.h"
#include "token_key.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

struct importing {
    struct options *options;
    struct database database;
    struct passphrase passphrase;
    struct own_keys keys;
    struct token_access token;
    struct signet_origin origin; /* of the file under way */
    bool in_directory;           /* files of other kinds there are passed over */
    bool has_places;             /* it is one where objects lie at some octet */
    size_t place;                /* that of the object under way */
    struct signet_intake *intake;
    struct import_tally tally;
    size_t num_seen, num_before; /* objects; those of earlier files, keys included */
    size_t num_early;            /* certificates that came with their keys, and so once more */
    bool ended;                  /* the database cannot be written (told): nothing more is read */
};

static uint64_t place(const struct importing *importing)
{
    return importing->has_places ? importing->place : IMPORT_NO_PLACE;
}

static enum signet_status count(struct importing *importing, enum signet_status status, bool added,
                                size_t *num)
{
    if (status != SIGNET_OK)
        return status;
    *(added ? num : &importing->tally.num_known) += 1;
    message_count("imported", ++importing->num_seen);
    return SIGNET_OK;
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct importing *importing = context;
    bool added = false;
    enum signet_status status = signet_intake_certificate(
        importing->intake, certificate, &importing->origin, place(importing), &added);

    return count(importing, status, added, &importing->tally.num_certificates);
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct importing *importing = context;
    bool added = false;
    enum signet_status status =
        signet_intake_crl(importing->intake, crl, &importing->origin, place(importing), &added);

    return count(importing, status, added, &importing->tally.num_crls);
}

static enum signet_status take_attributes(void *context,
                                          struct signet_attribute_certificate *certificate)
{
    struct importing *importing = context;
    bool added = false;
    enum signet_status status = signet_store_add_attribute_certificate(
        importing->database.store, certificate, &importing->origin, &added);

    return count(importing, status, added, &importing->tally.num_attributes);
}

/* --- PKCS #12 */

static enum signet_status
take_named_certificate(void *context, struct signet_certificate *certificate, const char *name)
{
    (void)name;
    return take_certificate(context, certificate);
}

/* The certificate of a key may come by itself behind it, and counts as known then. */
static enum signet_status take_key(void *context, struct signet_key *key,
                                   struct signet_certificate *certificate, const char *name)
{
    struct importing *importing = context;
    enum signet_status status = SIGNET_OK;
    bool added = false;

    (void)name;
    if (certificate != NULL)
        status = signet_intake_certificate(importing->intake, certificate, &importing->origin,
                                           place(importing), &added);
    importing->tally.num_certificates += status == SIGNET_OK && added;
    importing->num_early += status == SIGNET_OK && added;
    return status == SIGNET_OK ? own_key_store(&importing->keys, key, certificate) : status;
}

struct opening {
    struct importing *importing;
    struct signet_span bytes;
    size_t num_bad;
};

static enum signet_status open_pkcs12(void *context, struct signet_span passphrase,
                                      enum signet_key_trouble *trouble)
{
    struct opening *opening = context;
    const struct signet_pkcs12_callbacks callbacks = {
        .key = take_key,
        .certificate = take_named_certificate,
        .crl = take_crl,
        .context = opening->importing,
    };

    return signet_pkcs12_read(opening->bytes, passphrase, &callbacks, &opening->num_bad, trouble);
}

static enum signet_status import_pkcs12(struct importing *importing, struct signet_span bytes,
                                        size_t *num_bad)
{
    struct opening opening = {importing, bytes, 0};
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status = own_key_open(&importing->keys, open_pkcs12, &opening, &trouble);

    *num_bad = opening.num_bad;
    if ((status != SIGNET_ERR_PARSE && status != SIGNET_ERR_LIMIT) || importing->keys.failed)
        return status;
    message_error("%s: %s", importing->keys.file, signet_key_trouble_text(trouble));
    importing->keys.failed = true;
    return SIGNET_ERR_PARSE;
}

/* --- all other files */

static bool may_hold_key(struct signet_span bytes)
{
    static const char label[] = "PRIVATE KEY-----";
    const uint8_t *at = bytes.ptr, *end = bytes.ptr + bytes.len;

    if (bytes.len > SIGNET_KEY_MAX_LEN)
        return false;
    while (at != NULL && (size_t)(end - at) >= sizeof label - 1) {
        at = memchr(at, 'P', (size_t)(end - at) - (sizeof label - 2));
        if (at != NULL && memcmp(at, label, sizeof label - 1) == 0)
            return true;
        at = at == NULL ? NULL : at + 1;
    }
    return false;
}

static enum signet_status import_bundle(struct importing *importing, struct signet_span bytes,
                                        size_t *num_bad, struct signet_parse_error *error)
{
    bool key = may_hold_key(bytes);
    const struct signet_bundle_callbacks callbacks = {
        .place = &importing->place,
        .certificate = take_certificate,
        .crl = take_crl,
        .attribute_certificate = take_attributes,
        .context = importing,
        .bytes_stay = true,
        .scratch = key ? NULL : &scratch_file,
    };
    enum signet_status status = signet_bundle_read(bytes, &callbacks, num_bad, error);
    enum signet_status key_status;
    bool found = false;

    if ((status == SIGNET_OK && !key) || (status != SIGNET_OK && status != SIGNET_ERR_PARSE) ||
        bytes.len > SIGNET_KEY_MAX_LEN || (importing->in_directory && !key))
        return status;
    key_status = own_key_read(&importing->keys, bytes, &found);
    if (key_status == SIGNET_ERR_PARSE)
        importing->keys.failed = true; /* told there */
    if (!found)
        return status;
    if (status == SIGNET_ERR_PARSE)
        *num_bad = 0; /* what is no object of a bundle was the key */
    return key_status;
}

/* The file under way held something. */
static bool has_more(const struct importing *importing)
{
    const struct own_keys *keys = &importing->keys;

    return importing->num_seen + keys->num_new + keys->num_known + keys->num_left >
           importing->num_before;
}

/* A file with nothing in it for us is no error among others in a directory. */
static bool tell_file(struct importing *importing, const char *file, enum signet_status status,
                      size_t num_bad, const struct signet_parse_error *error)
{
    if (status == SIGNET_OK)
        importing->tally.num_unreadable += num_bad;
    if (status == SIGNET_OK && num_bad > 0)
        message_error("%s: %zu of its objects cannot be read (the first: byte %zu, expected %s)",
                      file, num_bad, error->offset,
                      error->expected == NULL ? "something else" : error->expected);
    if (status == SIGNET_OK && num_bad == 0 && !has_more(importing)) {
        *(importing->in_directory ? &importing->tally.num_passed_over
                                  : &importing->tally.num_unreadable) += 1;
        if (!importing->in_directory)
            message_error("%s: holds no certificate, CRL or key", file);
    }
    if (status == SIGNET_OK)
        return true;
    if (status == SIGNET_ERR_PARSE && importing->in_directory && !importing->keys.failed) {
        importing->tally.num_passed_over++;
        return true;
    }
    if (status == SIGNET_ERR_PARSE) {
        importing->tally.num_unreadable++;
        if (!importing->keys.failed)
            message_parse_error(strcmp(file, "-") == 0 ? "standard input" : file, error);
        importing->keys.failed = false;
        return true;
    }
    importing->ended = true;
    return database_told(&importing->database, status);
}

static bool import_file(void *context, const char *file)
{
    struct importing *importing = context;
    struct signet_parse_error error = {0, NULL, NULL};
    struct input input = {{NULL, 0}, NULL};
    enum signet_status status;
    size_t num_bad = 0;
    bool done;

    if (importing->ended)
        return false;
    if (!input_keep(&input, file)) {
        importing->tally.num_unreadable++;
        return true;
    }
    importing->origin.detail = importing->keys.file = file;
    importing->keys.failed = false;
    importing->num_before = importing->num_seen + importing->keys.num_new +
                            importing->keys.num_known + importing->keys.num_left;
    importing->has_places = !signet_pkcs12_is(input.bytes);
    status = !importing->has_places ? import_pkcs12(importing, input.bytes, &num_bad)
                                    : import_bundle(importing, input.bytes, &num_bad, &error);
    done = tell_file(importing, file, status, num_bad, &error);
    if (!input_is_unchanged(&input, file))
        importing->tally.num_unreadable++;
    input_close(&input);
    return done;
}

static void import_argument(struct importing *importing, const char *file)
{
    importing->in_directory = strcmp(file, "-") != 0 && input_is_directory(file);
    if (!importing->in_directory)
        import_file(importing, file);
    else if (!input_walk(file, true, import_file, importing) && !importing->ended)
        importing->tally.num_unreadable++;
}

/* --- a key in a token */

/* Stored is where the key is, for the certificates that are there for it: the token's and those in
 * the database. False: told. */
static bool import_token(struct importing *importing, const char *uri)
{
    struct options *options = importing->options;
    struct signet_key *key = token_key_open(&importing->token, options, uri);
    enum signet_status status = SIGNET_ERR_IO;
    bool good = false;

    if (key == NULL)
        return false;
    importing->origin.detail = importing->keys.file = importing->keys.uri = uri;
    if (token_key_certificates(&importing->token, options, uri, key, take_certificate, importing,
                               &status)) {
        status = own_key_store(&importing->keys, key, NULL);
        good = database_told(&importing->database, status);
    } else if (status != SIGNET_ERR_IO) {
        database_told(&importing->database, status);
    }
    importing->keys.uri = NULL;
    signet_key_unref(key);
    return good;
}

static void show_progress(void *context, size_t done, size_t total)
{
    (void)context;
    message_progress("signatures", done, total);
}

/* The signatures that waited for issuers which came later. False: told. */
static bool check_signatures(struct importing *importing)
{
    struct signet_intake_counts checked;

    message_progress_end();
    if (!database_told(&importing->database, signet_intake_finish(importing->intake, &checked)))
        return false;
    message_progress_end();
    import_tally_check(&importing->tally, &checked);
    return true;
}

static enum exit_status conclude(struct importing *importing)
{
    const struct own_keys *keys = &importing->keys;
    struct import_tally *tally = &importing->tally;
    enum signet_status status = SIGNET_OK;

    tally->num_keys = keys->num_new;
    tally->num_known += keys->num_known - importing->num_early;
    tally->num_unreadable += keys->num_left;
    if (importing->options->json)
        status = import_tally_write_json(tally);
    else
        import_tally_say(tally);
    return status == SIGNET_OK && !import_tally_is_short(tally) ? EXIT_DONE : EXIT_TROUBLE;
}

static enum exit_status import(struct importing *importing)
{
    struct options *options = importing->options;

    if (!database_told(&importing->database, signet_store_begin(importing->database.store)))
        return EXIT_TROUBLE;
    if (options->key != NULL && !import_token(importing, options->key)) {
        message_error("nothing was imported");
        return EXIT_TROUBLE;
    }
    for (size_t i = 0; i < options->num_files && !importing->ended; i++)
        import_argument(importing, options->files[i]);
    message_progress_end();
    if (!importing->ended && check_signatures(importing) &&
        database_told(&importing->database, signet_store_commit(importing->database.store)))
        return conclude(importing);
    message_error("nothing was imported");
    return EXIT_TROUBLE;
}

static bool is_asked_well(const struct options *options)
{
    bool has_uri = options->key != NULL && signet_token_uri_is(options->key);

    if (options->key != NULL && !has_uri)
        message_error("--key: \"%s\" is no PKCS#11 URI, as pkcs11:token=…; a key in a file is "
                      "imported by the file's name alone",
                      options->key);
    else if (options->num_files == 0 && !has_uri)
        message_error("import: no input given; usage: signet import %s", verb_import.usage);
    else
        return true;
    return false;
}

/* The database is open. */
static enum exit_status import_all(struct importing *importing)
{
    static const struct signet_store_progress progress = {show_progress, NULL};
    const struct signet_intake_terms terms = {
        .keep_false = importing->tally.keeps_false,
        .tell_false = import_tally_tell_false,
        .context = &importing->tally,
        .progress = &progress,
    };
    enum signet_status status =
        signet_intake_new(importing->database.store, &terms, &importing->intake);
    enum exit_status exits = EXIT_TROUBLE;

    if (database_told(&importing->database, status))
        exits = import(importing);
    signet_intake_free(importing->intake);
    return exits;
}

static enum exit_status run(struct options *options)
{
    struct importing importing = {.options = options, .tally = {.keeps_false = options->force}};
    enum exit_status status = EXIT_TROUBLE;

    if (!is_asked_well(options))
        return EXIT_TROUBLE;
    importing.origin = (struct signet_origin){SIGNET_ORIGIN_IMPORT, "", database_now(options)};
    importing.keys = (struct own_keys){.options = options,
                                       .database = &importing.database,
                                       .passphrase = &importing.passphrase,
                                       .since = importing.origin.since};
    if (database_open(&importing.database, options, SIGNET_STORE_CREATE))
        status = import_all(&importing);
    passphrase_free(&importing.passphrase);
    token_access_free(&importing.token);
    database_close(&importing.database);
    return status;
}

const struct verb verb_import = {
    "import", VERB_IMPORT, run, "[options] FILE...",
    "put certificates, CRLs and own keys into the database; nothing becomes trusted"};
