/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Content ciphers at work.
 */
#include "base/span.h"
#include "crypto/cipher.h"
#include "crypto/context.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <stdlib.h>

/* The crypto library counts in int. */
#define PIECE_LEN ((size_t)1 << 14)

struct sg_encryption {
    EVP_CIPHER_CTX *context;
    size_t tag_len;
};

static enum sg_key_answer failure(void)
{
    return sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_FAILED;
}

static EVP_CIPHER_CTX *begin(struct sg_key_library *library, const struct sg_cipher *cipher,
                             struct signet_span key, struct signet_span authenticated,
                             bool encrypting)
{
    int len;
    if (key.len != cipher->kind->key_len || authenticated.len > INT32_MAX ||
        (cipher->kind->legacy && !sg_key_library_load_legacy(library)))
        return NULL;
    EVP_CIPHER *method = EVP_CIPHER_fetch(library->context, cipher->kind->library_name, NULL);
    EVP_CIPHER_CTX *context = method == NULL ? NULL : EVP_CIPHER_CTX_new();
    bool ready = context != NULL &&
                 EVP_CipherInit_ex2(context, method, key.ptr, cipher->iv, encrypting, NULL) == 1 &&
                 EVP_CIPHER_CTX_set_padding(context, encrypting) == 1 &&
                 (authenticated.len == 0 || EVP_CipherUpdate(context, NULL, &len, authenticated.ptr,
                                                             (int)authenticated.len) == 1);
    EVP_CIPHER_free(method);
    if (ready)
        return context;
    EVP_CIPHER_CTX_free(context);
    return NULL;
}

enum sg_key_answer sg_encryption_new(struct sg_key_library *library, const struct sg_cipher *cipher,
                                     struct signet_span key, struct signet_span authenticated,
                                     struct sg_encryption **encryption)
{
    *encryption = NULL;
    if (cipher->kind->legacy)
        return SG_KEY_CANNOT;
    EVP_CIPHER_CTX *context = begin(library, cipher, key, authenticated, true);
    if (context == NULL)
        return failure();
    *encryption = malloc(sizeof **encryption);
    if (*encryption != NULL) {
        **encryption = (struct sg_encryption){context, cipher->tag_len};
        return SG_KEY_DONE;
    }
    EVP_CIPHER_CTX_free(context);
    return SG_KEY_NEEDS_MEMORY;
}

void sg_encryption_free(struct sg_encryption *encryption)
{
    if (encryption != NULL)
        EVP_CIPHER_CTX_free(encryption->context);
    free(encryption);
}

static bool give(const struct signet_sink *sink, const uint8_t *octets, int len)
{
    return len <= 0 || sink->write(sink->context, sg_span(octets, (size_t)len));
}

enum signet_status sg_encryption_add(struct sg_encryption *encryption, struct signet_span plain,
                                     const struct signet_sink *sink)
{
    uint8_t out[PIECE_LEN + EVP_MAX_BLOCK_LENGTH];
    while (plain.len > 0) {
        struct signet_span piece =
            sg_span_first(plain, plain.len < PIECE_LEN ? plain.len : PIECE_LEN);
        int len = 0;
        if (EVP_CipherUpdate(encryption->context, out, &len, piece.ptr, (int)piece.len) != 1)
            return failure() == SG_KEY_NEEDS_MEMORY ? SIGNET_ERR_MEMORY : SIGNET_ERR_CRYPTO;
        if (!give(sink, out, len))
            return SIGNET_ERR_IO;
        plain = sg_span_from(plain, piece.len);
    }
    return SIGNET_OK;
}

enum signet_status sg_encryption_finish(struct sg_encryption *encryption,
                                        const struct signet_sink *sink,
                                        uint8_t tag[SG_CIPHER_MAX_TAG_LEN])
{
    uint8_t out[EVP_MAX_BLOCK_LENGTH];
    int len = 0;
    if (EVP_CipherFinal_ex(encryption->context, out, &len) != 1 ||
        (encryption->tag_len > 0 && EVP_CIPHER_CTX_ctrl(encryption->context, EVP_CTRL_AEAD_GET_TAG,
                                                        (int)encryption->tag_len, tag) != 1))
        return failure() == SG_KEY_NEEDS_MEMORY ? SIGNET_ERR_MEMORY : SIGNET_ERR_CRYPTO;
    return give(sink, out, len) ? SIGNET_OK : SIGNET_ERR_IO;
}

/* OUT has room for all of CIPHERTEXT: without padding no more comes out than goes in. */
static bool decrypt_all(EVP_CIPHER_CTX *context, struct sg_octets ciphertext, uint8_t *out,
                        size_t *done)
{
    struct signet_span rest;
    *done = 0;
    while (sg_octets_next(&ciphertext, &rest)) {
        while (rest.len > 0) {
            size_t step = rest.len < PIECE_LEN ? rest.len : PIECE_LEN;
            int len = 0;
            if (EVP_CipherUpdate(context, out + *done, &len, rest.ptr, (int)step) != 1)
                return false;
            *done += (size_t)len;
            rest = sg_span_from(rest, step);
        }
    }
    return true;
}

/*
 * RFC 5652 6.3: N octets of value N at the end, 1 <= N <= BLOCK_LEN. 0 for padding that is wrong,
 * else N; all of the last block is looked at, whatever is in it.
 */
static size_t padding_of(const uint8_t *end, size_t block_len)
{
    unsigned claimed = end[-1], wrong = 0;
    for (unsigned i = 1; i <= block_len; i++) {
        unsigned within = ((i - claimed - 1u) >> 8) & 0xffu; /* 0xff for i <= claimed */
        wrong |= within & (end[-(ptrdiff_t)i] ^ claimed);
    }
    wrong |= ((claimed - 1u) >> 8) & 0xffu;                  /* 0 */
    wrong |= (((unsigned)block_len - claimed) >> 8) & 0xffu; /* over a block */
    unsigned keep = ~(0u - ((wrong | (0u - wrong)) >> 31));  /* all ones when right */
    return claimed & keep;
}

static bool end(EVP_CIPHER_CTX *context, const struct sg_cipher *cipher, struct signet_span tag,
                struct sg_secret *plain)
{
    uint8_t rest[EVP_MAX_BLOCK_LENGTH];
    int len = 0;
    size_t block_len = cipher->kind->block_len;
    if (cipher->kind->authenticated)
        return tag.len == cipher->tag_len &&
               EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)tag.len,
                                   (void *)(uintptr_t)tag.ptr) == 1 &&
               EVP_CipherFinal_ex(context, rest, &len) == 1;
    if (plain->len == 0 || plain->len % block_len != 0)
        return false;
    size_t padding = padding_of(plain->ptr + plain->len, block_len);
    plain->len -= padding;
    return padding > 0;
}

enum sg_key_answer sg_cipher_decrypt(struct sg_key_library *library, const struct sg_cipher *cipher,
                                     struct signet_span key, struct signet_span authenticated,
                                     const struct sg_octets *ciphertext, struct signet_span tag,
                                     struct sg_secret *plain, bool *intact)
{
    size_t done;
    *plain = (struct sg_secret){.ptr = NULL};
    *intact = false;
    EVP_CIPHER_CTX *context = begin(library, cipher, key, authenticated, false);
    if (context == NULL)
        return cipher->kind->legacy && library->legacy == NULL ? SG_KEY_CANNOT : failure();
    if (!sg_secret_new(ciphertext->len + EVP_MAX_BLOCK_LENGTH, plain)) {
        EVP_CIPHER_CTX_free(context);
        return SG_KEY_NEEDS_MEMORY;
    }
    bool ran = decrypt_all(context, *ciphertext, plain->ptr, &done);
    plain->len = done;
    *intact = ran && done == ciphertext->len && end(context, cipher, tag, plain);
    EVP_CIPHER_CTX_free(context);
    if (*intact)
        return SG_KEY_DONE;
    sg_secret_free(plain);
    /* A wrong tag leaves no error behind, and an empty queue would be taken for want of memory. */
    return ERR_peek_error() != 0 && sg_crypto_drain() ? SG_KEY_NEEDS_MEMORY : SG_KEY_DONE;
}
