/* SPDX-License-Identifier: Apache-2.0 */
/* A SubjectPublicKeyInfo, the key in it, and a signature by that key which is never right. */
#include "crypto/signature.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Long enough for every form, short enough for a fuzzer's patience. */
#define MAX_BITS 2100

static void check(bool ok)
{
    if (!ok)
        abort();
}

static bool lies_within(struct signet_span inner, struct signet_span outer)
{
    return inner.ptr == NULL ||
           (inner.ptr >= outer.ptr && inner.ptr + inner.len <= outer.ptr + outer.len);
}

static void verify(struct sg_crypto *crypto, const struct sg_spki *spki, struct sg_public_key *key)
{
    static const struct sg_signature_algorithm algorithms[SG_NUM_KEY_TYPES] = {
        [SG_KEY_RSA] = {.scheme = SG_SCHEME_RSA_PKCS1, .key_type = SG_KEY_RSA},
        [SG_KEY_RSA_PSS] = {.scheme = SG_SCHEME_RSA_PSS, .mgf_digest = SG_DIGEST_SHA1},
        [SG_KEY_DSA] = {.scheme = SG_SCHEME_DSA, .key_type = SG_KEY_DSA},
        [SG_KEY_EC] = {.scheme = SG_SCHEME_ECDSA, .key_type = SG_KEY_EC},
        [SG_KEY_ED25519] = {.scheme = SG_SCHEME_EDDSA, .key_type = SG_KEY_ED25519},
    };
    struct sg_signature_algorithm algorithm = algorithms[spki->type];
    algorithm.digest = SG_DIGEST_SHA256;
    static const uint8_t pair[] = {0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01};
    struct signet_span signature = sg_span(pair, sizeof pair);
    if (spki->type == SG_KEY_RSA || spki->type == SG_KEY_RSA_PSS)
        signature = sg_span_first(spki->full, (sg_public_key_bits(key) + 7) / 8);
    enum sg_signature_check answer =
        sg_signature_verify(crypto, &algorithm, key, spki->full, signature);
    check(answer != SG_SIGNATURE_VALID && answer != SG_SIGNATURE_NO_MEMORY);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sg_crypto *crypto;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_span(data, size), &error);
    struct sg_spki spki;
    struct sg_public_key *key;
    if (crypto == NULL)
        check(sg_crypto_new(&crypto) == SIGNET_OK);
    if (!sg_spki_parse(&der, &spki)) {
        check(error.expected != NULL && error.offset <= size && der.ptr == data);
        return 0;
    }
    check(error.expected == NULL && spki.full.ptr == data &&
          spki.full.ptr + spki.full.len == der.ptr);
    check(lies_within(spki.algorithm.parameters, spki.algorithm.full));
    check(lies_within(spki.algorithm.full, spki.full) && lies_within(spki.key_bits, spki.full));
    struct signet_span inherited = sg_span(der.ptr, (size_t)(der.end - der.ptr));
    enum sg_key_check answer = sg_public_key_new(
        crypto, &spki, inherited.len > 0 ? inherited : sg_span(NULL, 0), MAX_BITS, &key);
    check((key != NULL) == (answer == SG_KEY_OK) && answer != SG_KEY_NO_MEMORY);
    if (key != NULL) {
        check(sg_public_key_bits(key) > 0);
        check(spki.parameters_absent || sg_public_key_bits(key) == spki.bits);
        verify(crypto, &spki, key);
    }
    sg_public_key_free(key);
    return 0;
}
