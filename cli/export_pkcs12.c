/* SPDX-License-Identifier: Apache-2.0 */
#include "export_pkcs12.h"

#include "message.h"
#include "output.h"
#include "own_key.h"

#include <stdlib.h>

struct packing {
    const struct collection *collection;
    struct own_keys keys;
    struct passphrase passphrase;
    struct signet_pkcs12_own *own; /* with references */
    size_t num;
    const struct signet_certificate *certificate; /* whose key is being opened */
    struct signet_span pkcs8;
    struct signet_key *key;
};

static enum signet_status open_stored(void *context, struct signet_span passphrase,
                                      enum signet_key_trouble *trouble)
{
    struct packing *packing = context;

    return signet_key_read(packing->pkcs8, passphrase, &packing->key, trouble);
}

/* One key, of a certificate that packing->pkcs8 stands for. */
static enum signet_status open_and_add(struct packing *packing,
                                       const struct signet_certificate *certificate)
{
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    struct signet_pkcs12_own *grown = realloc(packing->own, (packing->num + 1) * sizeof *grown);
    enum signet_status status;

    if (grown == NULL)
        return SIGNET_ERR_MEMORY;
    packing->own = grown;
    status = own_key_open(&packing->keys, open_stored, packing, &trouble);
    if (status == SIGNET_OK)
        grown[packing->num++] =
            (struct signet_pkcs12_own){.key = packing->key, .certificate = certificate};
    else if (!packing->keys.failed)
        message_error("private key: %s", signet_key_trouble_text(trouble));
    packing->keys.failed = packing->keys.failed || status != SIGNET_OK;
    return status;
}

static enum signet_status take_key(void *context, const struct signet_stored_key *stored)
{
    struct packing *packing = context;

    if (stored->pkcs8.ptr == NULL) {
        message_warning("a private key is in a token, and cannot be exported");
        return SIGNET_OK;
    }
    packing->pkcs8 = stored->pkcs8;
    return open_and_add(packing, packing->certificate);
}

/* Those that came along as issuers have no keys here. */
static enum signet_status open_keys(struct packing *packing)
{
    const struct collection *collection = packing->collection;
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < collection->num_certificates && status == SIGNET_OK; i++) {
        packing->certificate = collection->certificates[i];
        status =
            signet_store_keys(collection->database->store,
                              signet_certificate_sha256(packing->certificate), take_key, packing);
    }
    return status;
}

static enum signet_status write_packed(struct packing *packing, const struct signet_sink *sink)
{
    const struct collection *collection = packing->collection;
    const struct signet_pkcs12_content content = {
        .own = packing->own,
        .num_own = packing->num,
        .certificates = (const struct signet_certificate *const *)collection->certificates,
        .num_certificates = collection->num_certificates,
    };
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status =
        signet_pkcs12_write(&content, passphrase_span(&packing->passphrase), sink, &trouble);

    if (status == SIGNET_ERR_ARGUMENT)
        message_error("export: %s", trouble == SIGNET_KEY_FINE
                                        ? "this passphrase cannot be one of a PKCS #12 file"
                                        : signet_key_trouble_text(trouble));
    else
        output_told("export", status);
    return status;
}

enum signet_status export_pkcs12(const struct options *options, const struct collection *collection,
                                 const struct signet_sink *sink)
{
    struct packing packing = {.collection = collection};
    enum signet_status status;

    packing.keys = (struct own_keys){.options = options,
                                     .database = collection->database,
                                     .passphrase = &packing.passphrase,
                                     .file = "the private key in the database"};
    status = open_keys(&packing);
    if (status == SIGNET_OK && packing.num == 0) {
        message_error("export: none of these certificates has its private key in the database");
        status = SIGNET_ERR_ARGUMENT;
    } else if (status == SIGNET_OK) {
        status = write_packed(&packing, sink);
    } else if (!packing.keys.failed) {
        database_told(collection->database, status);
    }
    for (size_t i = 0; i < packing.num; i++)
        signet_key_unref((struct signet_key *)(uintptr_t)packing.own[i].key);
    free(packing.own);
    passphrase_free(&packing.passphrase);
    return status;
}
