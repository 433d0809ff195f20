/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Database files from elsewhere: whatever is found in them is what its fingerprint says, nothing in
 * them runs, and checking and mending end.
 */
#include "crypto/digest.h"
#include "signet/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static enum signet_status collect(void *context, struct signet_span octets)
{
    *(size_t *)context += octets.len;
    return SIGNET_OK;
}

static enum signet_status take(void *context, const struct signet_record *record)
{
    struct signet_store *store = context;
    uint8_t sha256[32];
    size_t len = 0;
    check(record->sha256.len == sizeof(sha256));
    check(record->origin.detail != NULL && signet_origin_kind_name(record->origin.kind) != NULL);
    if (record->certificate != NULL) {
        struct signet_span der = signet_certificate_der(record->certificate);
        check(sg_sha256(der, sha256) && memcmp(sha256, record->sha256.ptr, sizeof(sha256)) == 0);
        check(der.len == record->der_len);
    }
    enum signet_status status =
        signet_store_read(store, record->kind, record->sha256, collect, &len);
    /* Another object of the same fingerprint cannot be. */
    check(status != SIGNET_OK || len == record->der_len);
    return status == SIGNET_ERR_MEMORY ? status : SIGNET_OK;
}

static enum signet_status take_binding(void *context, const struct signet_binding *binding)
{
    *(size_t *)context += strlen(binding->address) + binding->sha256.len;
    return SIGNET_OK;
}

static enum signet_status take_key(void *context, const struct signet_stored_key *key)
{
    *(size_t *)context += key->sha256.len + key->pkcs8.len;
    return SIGNET_OK;
}

static void flaw(void *context, const struct signet_store_flaw *found)
{
    *(size_t *)context += strlen(found->object) + strlen(found->text);
}

static void look(struct signet_store *store)
{
    const struct signet_span any = {NULL, 0};
    struct signet_store_query query = {0};
    struct signet_store_counts counts;
    struct signet_capabilities capabilities;
    struct signet_source source;
    size_t bad, len = 0;
    bool found;
    (void)!signet_store_find(store, &query, take, store, &bad);
    query.address = "alice@example.com";
    (void)!signet_store_find(store, &query, take, store, &bad);
    query = (struct signet_store_query){.anchors = true, .text = "ali"};
    (void)!signet_store_find(store, &query, take, store, &bad);
    (void)!signet_store_count(store, &counts);
    (void)!signet_store_bindings(store, NULL, any, take_binding, &len);
    (void)!signet_store_keys(store, any, take_key, &len);
    (void)!signet_store_capabilities(store, "alice@example.com", &capabilities, &found);
    (void)!signet_store_source(store, "http://example.com/", &source, &found);
}

static void open_and(const char *file, enum signet_store_mode mode)
{
    struct signet_store *store;
    size_t num, len = 0;
    enum signet_status status = signet_store_open(file, mode, 0, &store);
    if (status == SIGNET_OK) {
        look(store);
        status = signet_store_check(store, mode != SIGNET_STORE_READ, flaw, &len, NULL, &num);
    }
    if (status == SIGNET_ERR_IO) {
        check(signet_store_trouble(store) != SIGNET_STORE_FINE);
        check(strncmp(signet_store_trouble_text(store), file, strlen(file)) == 0);
    }
    signet_store_close(store);
}

static bool write_file(const char *file, const uint8_t *data, size_t size)
{
    FILE *out = fopen(file, "wb");
    bool ok = out != NULL && fwrite(data, 1, size, out) == size;
    return out != NULL && fclose(out) == 0 && ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const made[] = {"",        "-wal",        "-shm",        "-journal",
                                       ".mended", ".mended-wal", ".mended-shm", ".mended-journal"};
    const char *temporary = getenv("TMPDIR");
    char folder[256], file[300], name[400];
    snprintf(folder, sizeof(folder), "%s/fuzz-store-XXXXXX",
             temporary != NULL ? temporary : "/tmp");
    if (mkdtemp(folder) == NULL)
        return 0;
    snprintf(file, sizeof(file), "%s/s.db", folder);
    if (write_file(file, data, size)) {
        open_and(file, SIGNET_STORE_READ);
        open_and(file, SIGNET_STORE_WRITE);
    }
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        snprintf(name, sizeof(name), "%s%s", file, made[i]);
        (void)unlink(name);
    }
    check(rmdir(folder) == 0);
    return 0;
}
