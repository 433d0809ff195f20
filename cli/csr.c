/* SPDX-License-Identifier: Apache-2.0 */
#include "gather.h"
#include "input.h"
#include "message.h"
#include "named_object.h"
#include "output.h"
#include "output_file.h"
#include "own_key.h"
#include "token_key.h"
#include "verb.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct requesting {
    const struct options *options;
    struct passphrase passphrase;
    struct own_keys keys; /* for opening one */
    struct token_access token;
    struct signet_span bytes;
    struct signet_key *key;
    struct signet_csr_extension *extensions; /* their values from malloc */
    size_t num_extensions;
    struct gathered der; /* the request */
};

/* --- the key */

static enum signet_status read_key(void *context, struct signet_span passphrase,
                                   enum signet_key_trouble *trouble)
{
    struct requesting *requesting = context;

    return signet_key_read(requesting->bytes, passphrase, &requesting->key, trouble);
}

static bool open_key(struct requesting *requesting, const char *name)
{
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status;

    requesting->keys.file = name;
    status = own_key_open(&requesting->keys, read_key, requesting, &trouble);
    if (status == SIGNET_ERR_PARSE || status == SIGNET_ERR_LIMIT) {
        if (!requesting->keys.failed)
            message_error("%s: private key: %s", name, signet_key_trouble_text(trouble));
    } else if (status != SIGNET_OK) {
        message_status(name, status);
    }
    return status == SIGNET_OK;
}

static bool open_key_file(struct requesting *requesting, const char *file)
{
    struct input input = {{NULL, 0}, NULL};
    bool good;

    if (!own_key_is_private(file) || !input_open_secret(&input, file))
        return false;
    requesting->bytes = input.bytes;
    good = open_key(requesting, file);
    input_close(&input);
    return good;
}

static enum signet_status take_stored(void *context, const struct signet_stored_key *stored)
{
    struct requesting *requesting = context;

    if (requesting->key != NULL || requesting->keys.failed)
        return SIGNET_OK;
    if (stored->pkcs8.ptr == NULL) {
        requesting->key = token_key_open(&requesting->token, requesting->options, stored->uri);
        requesting->keys.failed = requesting->key == NULL;
        return SIGNET_OK;
    }
    requesting->bytes = stored->pkcs8;
    if (!open_key(requesting, "the private key in the database"))
        requesting->keys.failed = true;
    return SIGNET_OK;
}

/* The key of the stored certificate whose fingerprint is TEXT. */
static bool open_stored_key(struct requesting *requesting, const char *text)
{
    struct named_object object = {.certificate = NULL};
    struct database database = {.store = NULL};
    bool good = false;

    if (database_open(&database, requesting->options, SIGNET_STORE_READ) &&
        named_object_find(&object, &database, 1u << SIGNET_RECORD_CERTIFICATE, text) == NAMED_ONE)
        good = database_told(&database, signet_store_keys(database.store,
                                                          (struct signet_span){object.sha256, 32},
                                                          take_stored, requesting));
    if (good && requesting->key == NULL && !requesting->keys.failed)
        message_error("csr: the private key of %s is not in the database", text);
    named_object_free(&object);
    database_close(&database);
    return good && requesting->key != NULL;
}

static bool make_key(struct requesting *requesting)
{
    const struct options *options = requesting->options;
    enum signet_status status;

    if (options->key_out == NULL) {
        message_error("csr: --new-key wants --key-out FILE, where the private key is kept");
        return false;
    }
    if (access(options->key_out, F_OK) == 0) {
        message_error("%s: exists already; a private key is never overwritten", options->key_out);
        return false;
    }
    status = signet_key_generate(options->new_key, &requesting->key);
    if (status == SIGNET_ERR_ARGUMENT)
        message_error("--new-key: \"%s\" is not rsa2048|rsa3072|rsa4096|p256|p384|p521|ed25519",
                      options->new_key);
    else if (status != SIGNET_OK)
        message_status("csr", status);
    return status == SIGNET_OK;
}

static bool get_key(struct requesting *requesting)
{
    const struct options *options = requesting->options;
    struct fingerprint fingerprint;

    if ((options->new_key == NULL) == (options->key == NULL)) {
        message_error("csr: give either --new-key KIND with --key-out FILE, or --key "
                      "FILE|FINGERPRINT");
        return false;
    }
    if (options->new_key != NULL)
        return make_key(requesting);
    if (signet_token_uri_is(options->key)) {
        requesting->key = token_key_open(&requesting->token, options, options->key);
        return requesting->key != NULL;
    }
    if (access(options->key, F_OK) != 0 && fingerprint_read(&fingerprint, options->key))
        return open_stored_key(requesting, options->key);
    return open_key_file(requesting, options->key);
}

static bool write_key(struct requesting *requesting, const struct signet_sink *sink)
{
    const struct signet_key_form form = {.pem = true};
    enum signet_status status = signet_key_write(
        requesting->key, passphrase_span(&requesting->passphrase), &form, sink, NULL);

    if (status == SIGNET_ERR_IO)
        message_error("%s: %s", requesting->options->key_out, strerror(errno));
    else if (status != SIGNET_OK)
        message_status("csr", status);
    return status == SIGNET_OK;
}

/* A new one, encrypted, for its owner alone. */
static bool keep_key(struct requesting *requesting)
{
    const struct options *options = requesting->options;
    struct output_file file;
    struct signet_sink sink;

    if (options->new_key == NULL)
        return true;
    if (!passphrase_get(&requesting->passphrase, options, options->key_out, true))
        return false;
    if (requesting->passphrase.len == 0) {
        message_error("%s: a private key is not written without a passphrase", options->key_out);
        return false;
    }
    if (!output_file_open(&file, options->key_out, false, true))
        return false;
    sink = output_file_sink(&file);
    if (write_key(requesting, &sink))
        return output_file_close(&file, true);
    output_file_close(&file, false);
    return false;
}

/* --- the request */

static bool add_extension(struct requesting *requesting, char *text)
{
    struct signet_csr_extension *extension = &requesting->extensions[requesting->num_extensions];
    const char *critical = "critical,";
    char *equals = strchr(text, '=');
    size_t size = strlen(text), len = 0;
    uint8_t *octets = malloc(size);

    if (octets == NULL) {
        message_status("csr", SIGNET_ERR_MEMORY);
        return false;
    }
    extension->value.ptr = octets;
    requesting->num_extensions++;
    if (equals == NULL || !hex_read(equals + 1, octets, size, &len)) {
        message_error("--extension: \"%s\" is not OID=HEX", text);
        return false;
    }
    *equals = '\0';
    extension->critical = strncmp(text, critical, strlen(critical)) == 0;
    extension->oid = text + (extension->critical ? strlen(critical) : 0);
    extension->value.len = len;
    return true;
}

/* The words of the command line are the program's to change. */
static bool read_extensions(struct requesting *requesting)
{
    const struct strings *given = &requesting->options->extensions;

    requesting->extensions = calloc(given->num + 1, sizeof *requesting->extensions);
    if (requesting->extensions == NULL) {
        message_status("csr", SIGNET_ERR_MEMORY);
        return false;
    }
    for (size_t i = 0; i < given->num; i++)
        if (!add_extension(requesting, (char *)(uintptr_t)given->items[i]))
            return false;
    return true;
}

static bool write_request(struct requesting *requesting)
{
    const struct options *options = requesting->options;
    const struct signet_csr_wish wish = {
        .key = requesting->key,
        .addresses = options->emails.items,
        .num_addresses = options->emails.num,
        .name = options->name,
        .uses = options->csr_uses,
        .address_in_name = options->address_in_name,
        .extensions = requesting->extensions,
        .num_extensions = requesting->num_extensions,
        .pem = !options->der,
    };
    const struct signet_sink sink = gathered_sink(&requesting->der);
    struct signet_csr_refusal refusal = {NULL, NULL};
    enum signet_status status = signet_csr_write(&wish, &sink, &refusal);

    if (status == SIGNET_ERR_ARGUMENT && refusal.what != NULL)
        message_error("csr: \"%s\" %s", refusal.what, refusal.why);
    else if (status == SIGNET_ERR_ARGUMENT)
        message_error("csr: %s", refusal.why == NULL ? "this cannot be asked for" : refusal.why);
    else if (status != SIGNET_OK)
        message_status("csr", status == SIGNET_ERR_IO ? SIGNET_ERR_MEMORY : status);
    return status == SIGNET_OK;
}

static bool put_out(struct requesting *requesting)
{
    const struct options *options = requesting->options;
    struct output_file file;
    struct signet_sink sink;
    bool done;

    if (!output_file_open(&file, options->output, options->force, false))
        return false;
    sink = output_file_sink(&file);
    done = sink.write(sink.context, gathered_span(&requesting->der));
    if (!done)
        message_error("%s: %s", options->output == NULL ? "standard output" : options->output,
                      strerror(errno));
    return output_file_close(&file, done) && done;
}

static void say_summary(const struct requesting *requesting)
{
    const struct options *options = requesting->options;
    const struct signet_report_member members[] = {
        {"output", options->output, 0},
        {"key", signet_key_type(requesting->key), 0},
        {"bits", NULL, (int64_t)signet_key_bits(requesting->key)},
    };

    if (!options->json || options->output == NULL || strcmp(options->output, "-") == 0)
        return;
    /* A failure stays with the stream, and is told at the end. */
    enum signet_status ignored = signet_report_members(members, 3, output_sink());

    (void)ignored;
}

/* The request is made first: what is refused leaves no key behind. */
static enum exit_status make_request(struct requesting *requesting)
{
    const struct options *options = requesting->options;

    if (!get_key(requesting) || !read_extensions(requesting) || !write_request(requesting))
        return EXIT_TROUBLE;
    if (options->address_in_name)
        message_warning(
            "the address stands in the subject, too, where RFC 3850 3 does not want it");
    if (!keep_key(requesting) || !put_out(requesting))
        return EXIT_TROUBLE;
    say_summary(requesting);
    return EXIT_DONE;
}

static enum exit_status run(struct options *options)
{
    struct requesting requesting = {.options = options};
    enum exit_status status = EXIT_TROUBLE;

    requesting.keys = (struct own_keys){.options = options, .passphrase = &requesting.passphrase};
    if (options->num_files > 0)
        message_error("csr: \"%s\" is no option; addresses are given with --email",
                      options->files[0]);
    else
        status = make_request(&requesting);
    for (size_t i = 0; i < requesting.num_extensions; i++)
        free((void *)(uintptr_t)requesting.extensions[i].value.ptr);
    free(requesting.extensions);
    gathered_free(&requesting.der);
    signet_key_unref(requesting.key);
    passphrase_free(&requesting.passphrase);
    token_access_free(&requesting.token);
    return status;
}

const struct verb verb_csr = {"csr", VERB_CSR, run, "[options] --email ADDR",
                              "ask a CA for a certificate: a PKCS #10 request, and its key"};
