/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/pem_key.h"

#include "base/span.h"
#include "crypto/context.h"
#include "crypto/pkcs8.h"

#include <openssl/err.h>
#include <openssl/pem.h>

enum { SALT_LEN = 8, MAX_VECTOR_LEN = 16, MAX_KEY_LEN = 32, MD5_LEN = 16 };

/* How a block is encrypted, by its DEK-Info field. */
struct cipher_row {
    const char *name;
    bool legacy;
    size_t key_len, vector_len;
};

static const struct cipher_row ciphers[] = {
    {"AES-128-CBC", false, 16, 16}, {"AES-192-CBC", false, 24, 16}, {"AES-256-CBC", false, 32, 16},
    {"DES-EDE3-CBC", false, 24, 8}, {"DES-CBC", true, 8, 8},
};

/* One block; the crypto library's memory, wiped when freed. */
struct block {
    char *name, *header;
    unsigned char *data;
    long len;
};

static void free_block(struct block *block)
{
    OPENSSL_secure_free(block->name);
    OPENSSL_secure_free(block->header);
    OPENSSL_secure_clear_free(block->data, block->len > 0 ? (size_t)block->len : 0);
    *block = (struct block){.name = NULL};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    int lower = sg_ascii_lower((uint8_t)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* "DEK-Info: NAME,HEX" in HEADER. NULL: it is not there, or not known. */
static const struct cipher_row *read_header(const char *header, uint8_t vector[MAX_VECTOR_LEN])
{
    static const char field[] = "DEK-Info: ";
    const char *name = strstr(header, field), *hex = NULL;
    const struct cipher_row *row = NULL;
    if (name == NULL)
        return NULL;
    name += sizeof field - 1;
    for (size_t i = 0; row == NULL && i < sizeof ciphers / sizeof *ciphers; i++) {
        size_t len = strlen(ciphers[i].name);
        if (strncmp(name, ciphers[i].name, len) == 0 && name[len] == ',') {
            row = &ciphers[i];
            hex = name + len + 1;
        }
    }
    for (size_t i = 0; row != NULL && i < row->vector_len; i++, hex += 2) {
        int high = hex_digit(hex[0]), low = high < 0 ? -1 : hex_digit(hex[1]);
        if (low < 0)
            return NULL;
        vector[i] = (uint8_t)(high << 4 | low);
    }
    return row;
}

/* The key is MD5 of the passphrase and the vector's first octets, then MD5 of that before them. */
static bool derive(struct sg_opening *opening, const uint8_t salt[SALT_LEN],
                   uint8_t key[MAX_KEY_LEN])
{
    struct sg_secret input;
    struct signet_span passphrase = opening->passphrase;
    if (!sg_secret_new(MD5_LEN + passphrase.len + SALT_LEN, &input))
        return false;
    if (passphrase.len > 0)
        memcpy(input.ptr + MD5_LEN, passphrase.ptr, passphrase.len);
    memcpy(input.ptr + MD5_LEN + passphrase.len, salt, SALT_LEN);
    OSSL_LIB_CTX *library = opening->library->context;
    bool made = EVP_Q_digest(library, "MD5", NULL, input.ptr + MD5_LEN, input.len - MD5_LEN, key,
                             NULL) == 1;
    memcpy(input.ptr, key, MD5_LEN);
    made =
        made && EVP_Q_digest(library, "MD5", NULL, input.ptr, input.len, key + MD5_LEN, NULL) == 1;
    sg_secret_free(&input);
    return made;
}

/* False with *BAD_END: everything was done but the padding is wrong. */
static bool decrypt(struct sg_opening *opening, const struct cipher_row *row,
                    const uint8_t vector[MAX_VECTOR_LEN], const struct block *block,
                    struct sg_secret *plain, bool *bad_end)
{
    uint8_t key[MAX_KEY_LEN];
    int len = 0, end_len = 0;
    *bad_end = false;
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(opening->library->context, row->name, NULL);
    EVP_CIPHER_CTX *context = cipher == NULL ? NULL : EVP_CIPHER_CTX_new();
    bool done = context != NULL && derive(opening, vector, key) &&
                EVP_DecryptInit_ex2(context, cipher, key, vector, NULL) == 1 &&
                EVP_DecryptUpdate(context, plain->ptr, &len, block->data, (int)block->len) == 1;
    if (done) {
        done = EVP_DecryptFinal_ex(context, plain->ptr + len, &end_len) == 1;
        *bad_end = !done;
    }
    plain->len = done ? (size_t)len + (size_t)end_len : 0;
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    sg_wipe(key, sizeof key);
    return done;
}

static enum signet_status read_decrypted(struct sg_opening *opening, const struct cipher_row *row,
                                         const uint8_t vector[MAX_VECTOR_LEN],
                                         const struct block *block, struct signet_key **key)
{
    struct sg_secret plain;
    bool bad_end;
    if (!sg_secret_new((size_t)block->len + MAX_VECTOR_LEN, &plain))
        return SIGNET_ERR_MEMORY;
    enum signet_status status;
    if (decrypt(opening, row, vector, block, &plain, &bad_end))
        status = sg_pkcs8_read_decrypted(opening, sg_secret_span(&plain), key);
    else if (sg_crypto_drain() && !bad_end)
        status = SIGNET_ERR_MEMORY;
    else
        status = sg_opening_fail(opening,
                                 bad_end ? SIGNET_KEY_PASSPHRASE_WRONG : SIGNET_KEY_UNSUPPORTED);
    sg_secret_free(&plain);
    return status;
}

static enum signet_status read_old_block(struct sg_opening *opening, const struct block *block,
                                         struct signet_key **key)
{
    uint8_t vector[MAX_VECTOR_LEN] = {0};
    struct signet_span der = sg_span(block->data, (size_t)block->len);
    if (strstr(block->header, "ENCRYPTED") == NULL)
        return sg_pkcs8_read(opening, der, key);
    const struct cipher_row *row = read_header(block->header, vector);
    if (row == NULL)
        return sg_opening_fail(opening, SIGNET_KEY_UNSUPPORTED);
    if (!opening->has_passphrase)
        return sg_opening_fail(opening, SIGNET_KEY_PASSPHRASE_NEEDED);
    if (der.len == 0 || der.len % row->vector_len != 0)
        return sg_opening_fail(opening, SIGNET_KEY_DAMAGED);
    if (row->legacy && !sg_key_library_load_legacy(opening->library))
        return sg_opening_fail(opening, SIGNET_KEY_UNSUPPORTED);
    return read_decrypted(opening, row, vector, block, key);
}

/* *IS_KEY: the block is one; else it is passed over. */
static enum signet_status read_block(struct sg_opening *opening, const struct block *block,
                                     struct signet_key **key, bool *is_key)
{
    static const char *const old[] = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY",
                                      "DSA PRIVATE KEY"};
    *is_key = true;
    if (strcmp(block->name, "ENCRYPTED PRIVATE KEY") == 0)
        return sg_pkcs8_read_encrypted(opening, sg_span(block->data, (size_t)block->len), key);
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        if (strcmp(block->name, old[i]) == 0)
            return read_old_block(opening, block, key);
    }
    *is_key = false;
    return SIGNET_OK;
}

/* False at the end of the text; *BROKEN: there was a block that cannot be read, and more may come.
 */
static bool next_block(BIO *text, struct block *block, bool *broken)
{
    *block = (struct block){.name = NULL};
    *broken = PEM_read_bio_ex(text, &block->name, &block->header, &block->data, &block->len,
                              PEM_FLAG_SECURE) != 1;
    if (!*broken)
        return true;
    unsigned long error = ERR_peek_last_error();
    bool at_end = error == 0 || (ERR_GET_LIB(error) == ERR_LIB_PEM &&
                                 ERR_GET_REASON(error) == PEM_R_NO_START_LINE);
    (void)sg_crypto_drain();
    *broken = !at_end;
    return !at_end && BIO_ctrl_pending(text) > 0;
}

static enum signet_status read_blocks(struct sg_opening *opening, BIO *text,
                                      struct signet_key **key)
{
    struct block block;
    bool broken, any_broken = false, is_key = false;
    enum signet_status status = SIGNET_OK;
    while (!is_key && next_block(text, &block, &broken)) {
        any_broken = any_broken || broken;
        if (!broken)
            status = read_block(opening, &block, key, &is_key);
        free_block(&block);
    }
    if (is_key)
        return status;
    return sg_opening_fail(opening, any_broken || broken ? SIGNET_KEY_DAMAGED : SIGNET_KEY_NONE);
}

enum signet_status sg_pem_key_read(struct sg_opening *opening, struct signet_span text,
                                   struct signet_key **key)
{
    *key = NULL;
    if (text.len > SIGNET_KEY_MAX_LEN)
        return sg_opening_fail(opening, SIGNET_KEY_TOO_COSTLY);
    if (text.len == 0)
        return sg_opening_fail(opening, SIGNET_KEY_NONE);
    BIO *source = BIO_new_mem_buf(text.ptr, (int)text.len);
    if (source == NULL) {
        (void)sg_crypto_drain();
        return SIGNET_ERR_MEMORY;
    }
    enum signet_status status = read_blocks(opening, source, key);
    BIO_free(source);
    return status;
}
