/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/rsa_padding.h"

#include "base/span.h"
#include "crypto/context.h"

/* 00 02, at least eight random octets, 00. */
enum { MIN_PKCS1_LEN = 11 };

static bool has_stock(struct sg_key_library *library, struct sg_crypto *crypto)
{
    if (crypto->num_stock == 0 &&
        sg_key_library_random(library, crypto->stock, sizeof(crypto->stock)))
        crypto->num_stock = sizeof(crypto->stock);
    return crypto->num_stock > 0;
}

/* LEN random octets of which none is zero. */
static bool make_nonzero(struct sg_key_library *library, struct sg_crypto *crypto, uint8_t *out,
                         size_t len)
{
    for (size_t done = 0; done < len;) {
        if (!has_stock(library, crypto))
            return false;
        uint8_t *taken = &crypto->stock[--crypto->num_stock];
        if (*taken != 0)
            out[done++] = *taken;
        *taken = 0;
    }
    return true;
}

enum sg_key_answer sg_rsa_pad_pkcs1(struct sg_key_library *library, struct sg_crypto *crypto,
                                    struct signet_span message, size_t len,
                                    uint8_t block[SG_RSA_MAX_OCTETS])
{
    if (len < MIN_PKCS1_LEN || message.len > len - MIN_PKCS1_LEN)
        return SG_KEY_CANNOT;
    size_t message_at = len - message.len;
    block[0] = 0;
    block[1] = 2;
    if (!make_nonzero(library, crypto, block + 2, message_at - 3))
        return SG_KEY_FAILED;
    block[message_at - 1] = 0;
    if (message.len > 0)
        memcpy(block + message_at, message.ptr, message.len);
    return SG_KEY_DONE;
}

enum sg_key_answer sg_rsa_pad_oaep(struct sg_key_library *library, struct sg_crypto *crypto,
                                   const struct sg_key_transport *transport,
                                   struct signet_span message, size_t len,
                                   uint8_t block[SG_RSA_MAX_OCTETS])
{
    static const struct signet_span label = {(const uint8_t *)"", 0};
    struct sg_digest_value label_hash;
    size_t hash_len = sg_digest_len(transport->digest);
    if (hash_len == 0 || len < 2 * hash_len + 2 || message.len > len - 2 * hash_len - 2)
        return SG_KEY_CANNOT;
    uint8_t *seed = block + 1, *data = seed + hash_len;
    size_t data_len = len - hash_len - 1;
    if (!sg_digest_compute(crypto, transport->digest, label, &label_hash))
        return SG_KEY_NEEDS_MEMORY;
    memset(block, 0, len);
    memcpy(data, label_hash.octets, hash_len);
    data[data_len - message.len - 1] = 1;
    if (message.len > 0)
        memcpy(data + data_len - message.len, message.ptr, message.len);
    if (!sg_key_library_random(library, seed, hash_len))
        return SG_KEY_FAILED;
    bool masked =
        sg_rsa_mask(crypto, transport->mgf_digest, sg_span(seed, hash_len), data, data_len) &&
        sg_rsa_mask(crypto, transport->mgf_digest, sg_span(data, data_len), seed, hash_len);
    return masked ? SG_KEY_DONE : SG_KEY_NEEDS_MEMORY;
}
