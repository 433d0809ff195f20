/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSASSA-PSS (RFC 8017 8.1.2, 9.1.2).
 */
#include "base/span.h"
#include "crypto/hash.h"
#include "crypto/rsa.h"

bool sg_rsa_mask(struct sg_crypto *crypto, enum sg_digest_type type, struct signet_span seed,
                 uint8_t *data, size_t len)
{
    uint32_t counter = 0;
    for (size_t done = 0; done < len; counter++) {
        uint8_t number[4] = {(uint8_t)(counter >> 24), (uint8_t)(counter >> 16),
                             (uint8_t)(counter >> 8), (uint8_t)counter};
        struct sg_digest digest;
        struct sg_digest_value mask;
        if (!sg_digest_begin(&digest, crypto, type))
            return false;
        sg_digest_update(&digest, seed);
        sg_digest_update(&digest, sg_span(number, sizeof number));
        if (!sg_digest_end(&digest, &mask))
            return false;
        for (size_t i = 0; i < mask.len && done < len; i++)
            data[done++] ^= mask.octets[i];
    }
    return true;
}

/* H' of 9.1.2 steps 12 and 13. */
static bool hash_salted(struct sg_crypto *crypto, const struct sg_digest_value *message,
                        struct signet_span salt, struct sg_digest_value *out)
{
    static const uint8_t zeros[8];
    struct sg_digest digest;
    if (!sg_digest_begin(&digest, crypto, message->type))
        return false;
    sg_digest_update(&digest, sg_span(zeros, sizeof zeros));
    sg_digest_update(&digest, sg_span(message->octets, message->len));
    sg_digest_update(&digest, salt);
    return sg_digest_end(&digest, out);
}

/* DB of 9.1.2 step 10: zeros, 01, salt. */
static bool padding_right(const uint8_t *db, size_t num_zeros)
{
    for (size_t i = 0; i < num_zeros; i++)
        if (db[i] != 0)
            return false;
    return db[num_zeros] == 1;
}

/* EMSA-PSS-VERIFY over the LEN octets at BLOCK, of which the leftmost NUM_SPARE bits are not part
 * of the encoded message and must be zero. BLOCK is changed. */
static enum sg_signature_check verify_block(struct sg_crypto *crypto,
                                            const struct sg_signature_algorithm *algorithm,
                                            const struct sg_digest_value *digest, uint8_t *block,
                                            size_t len, unsigned num_spare)
{
    size_t room = len < digest->len + 2 ? 0 : len - digest->len - 2;
    if (room < algorithm->salt_len || len < digest->len + 2 || block[len - 1] != 0xbc)
        return SG_SIGNATURE_INVALID;
    uint8_t spare = (uint8_t) ~(0xffu >> num_spare);
    if ((block[0] & spare) != 0)
        return SG_SIGNATURE_INVALID;
    size_t db_len = len - digest->len - 1;
    struct signet_span h = sg_span(block + db_len, digest->len);
    if (!sg_rsa_mask(crypto, algorithm->mgf_digest, h, block, db_len))
        return SG_SIGNATURE_NO_MEMORY;
    block[0] &= (uint8_t)~spare;
    if (!padding_right(block, room - algorithm->salt_len))
        return SG_SIGNATURE_INVALID;
    struct signet_span salt = sg_span(block + db_len - algorithm->salt_len, algorithm->salt_len);
    struct sg_digest_value salted;
    if (!hash_salted(crypto, digest, salt, &salted))
        return SG_SIGNATURE_NO_MEMORY;
    return sg_span_equal(h, sg_span(salted.octets, salted.len)) ? SG_SIGNATURE_VALID
                                                                : SG_SIGNATURE_INVALID;
}

enum sg_signature_check sg_rsa_pss_verify(struct sg_crypto *crypto,
                                          const struct sg_signature_algorithm *algorithm,
                                          const struct sg_public_key *key,
                                          const struct sg_digest_value *digest,
                                          struct signet_span signature)
{
    uint8_t block[SG_RSA_MAX_OCTETS];
    enum sg_signature_check check = sg_rsa_recover(crypto, &key->as.rsa, signature, block);
    if (check != SG_SIGNATURE_VALID)
        return check;
    /* The encoded message has one bit less than n. Where n has 8k + 1 bits, it is one octet shorter
     * than n and the first octet of the block must be zero. */
    unsigned num_bits = key->bits - 1;
    size_t len = (num_bits + 7) / 8;
    if (len < key->as.rsa.len && block[0] != 0)
        return SG_SIGNATURE_INVALID;
    return verify_block(crypto, algorithm, digest, block + (key->as.rsa.len - len), len,
                        (unsigned)(len * 8 - num_bits));
}
