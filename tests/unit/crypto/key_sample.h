/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Key files for the tests of this folder, see key_samples.py.
 */
#ifndef SG_TESTS_UNIT_CRYPTO_KEY_SAMPLE_H
#define SG_TESTS_UNIT_CRYPTO_KEY_SAMPLE_H

#include "base/buffer.h"
#include "crypto/private_key.h"
#include "test.h"

static const struct key_sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} key_samples[] = {
#include "key_samples.inc"
};

static inline struct signet_span key_sample(const char *name)
{
    for (size_t i = 0; i < SG_NUM(key_samples); i++) {
        if (strcmp(key_samples[i].name, name) == 0)
            return sg_test_copy(key_samples[i].octets, key_samples[i].len);
    }
    fail_msg("no key \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

/* The octets that TEXT, one block of PEM without header fields, stands for. */
static inline struct signet_span unarmour(struct signet_span text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = strchr(as_text(text), '\n');
    uint8_t *out = sg_test_keep(malloc(text.len));
    size_t len = 0, num_bits = 0;
    uint32_t bits = 0;
    for (; at != NULL && *at != '-' && *at != '='; at++) {
        const char *digit = strchr(digits, *at);
        if (*at == '\n' || digit == NULL)
            continue;
        bits = (bits << 6 | (uint32_t)(digit - digits)) & 0xffffff;
        num_bits += 6;
        if (num_bits >= 8) {
            num_bits -= 8;
            out[len++] = (uint8_t)(bits >> num_bits);
        }
    }
    return sg_test_copy(out, len);
}

static inline struct signet_key *read_key(const char *name, const char *passphrase)
{
    struct signet_key *key;
    enum signet_key_trouble trouble = SIGNET_KEY_NONE;
    struct signet_span secret = passphrase == NULL ? sg_span(NULL, 0) : text_bytes(passphrase);
    enum signet_status status = signet_key_read(key_sample(name), secret, &key, &trouble);
    if (status != SIGNET_OK)
        fail_msg("%s: %s", name, signet_key_trouble_text(trouble));
    assert_int_equal(trouble, SIGNET_KEY_FINE);
    return key;
}

static inline bool keep_octets(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

#endif
