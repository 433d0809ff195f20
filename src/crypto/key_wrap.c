/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key_wrap.h"

#include "base/span.h"
#include "crypto/context.h"

#include <openssl/err.h>
#include <string.h>

/* The longest key that is wrapped here, with what wrapping adds. */
#define MAX_LEN 128

static const struct wrap_row {
    enum sg_oid oid;
    const char *library_name;
    size_t key_len;
} rows[] = {
    {SG_OID_AES128_WRAP, "AES-128-WRAP", 16},
    {SG_OID_AES192_WRAP, "AES-192-WRAP", 24},
    {SG_OID_AES256_WRAP, "AES-256-WRAP", 32},
    {SG_OID_ALG_3DES_WRAP, "DES3-WRAP", 24},
};

static const struct wrap_row *find(enum sg_oid oid)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].oid == oid)
            return &rows[i];
    }
    return NULL;
}

size_t sg_key_wrap_len(enum sg_oid wrap)
{
    const struct wrap_row *row = find(wrap);
    return row == NULL ? 0 : row->key_len;
}

/* *LEN: the octets of OUT that were written. False: libcrypto failed, or IN is no wrapped key. */
static bool run(struct sg_key_library *library, const struct wrap_row *row, struct signet_span kek,
                struct signet_span in, bool wrapping, uint8_t out[MAX_LEN], size_t *len)
{
    int written = 0;
    EVP_CIPHER *method = EVP_CIPHER_fetch(library->context, row->library_name, NULL);
    EVP_CIPHER_CTX *context = method == NULL ? NULL : EVP_CIPHER_CTX_new();
    if (context != NULL)
        EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    bool done = context != NULL &&
                EVP_CipherInit_ex2(context, method, kek.ptr, NULL, wrapping, NULL) == 1 &&
                EVP_CipherUpdate(context, out, &written, in.ptr, (int)in.len) == 1;
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(method);
    *len = done && written > 0 ? (size_t)written : 0;
    return done;
}

enum sg_key_answer sg_key_wrap(struct sg_key_library *library, enum sg_oid wrap,
                               struct signet_span kek, struct signet_span key,
                               struct sg_buffer *wrapped)
{
    const struct wrap_row *row = find(wrap);
    uint8_t out[MAX_LEN];
    size_t len;
    if (row == NULL || kek.len != row->key_len || key.len > MAX_LEN - 32)
        return SG_KEY_CANNOT;
    if (!run(library, row, kek, key, true, out, &len))
        return sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
    sg_buffer_add(wrapped, sg_span(out, len));
    return SG_KEY_DONE;
}

enum sg_key_answer sg_key_unwrap(struct sg_key_library *library, enum sg_oid wrap,
                                 struct signet_span kek, struct signet_span wrapped, size_t key_len,
                                 struct sg_secret *key)
{
    const struct wrap_row *row = find(wrap);
    uint8_t out[MAX_LEN] = {0};
    size_t len = 0;
    if (row == NULL || kek.len != row->key_len || key_len > MAX_LEN)
        return SG_KEY_CANNOT;
    if (!sg_secret_new(key_len, key))
        return SG_KEY_NEEDS_MEMORY;
    if (!sg_key_library_random(library, key->ptr, key_len)) {
        sg_secret_free(key);
        return SG_KEY_FAILED;
    }
    bool done = wrapped.len <= MAX_LEN && run(library, row, kek, wrapped, false, out, &len);
    bool no_memory = !done && ERR_peek_error() != 0 && sg_crypto_drain();
    if (done && len == key_len)
        memcpy(key->ptr, out, key_len);
    sg_wipe(out, sizeof out);
    if (!no_memory)
        return SG_KEY_DONE;
    sg_secret_free(key);
    return SG_KEY_NEEDS_MEMORY;
}
