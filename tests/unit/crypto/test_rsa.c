/* SPDX-License-Identifier: Apache-2.0 */
#include "vector.h"

#include "rsa_vectors.inc"

static void verifies_pkcs1_signatures(void **state)
{
    (void)state;
    check_vectors(rsa_rows);
}

static void verifies_md2(void **state)
{
    (void)state;
#ifdef SIGNET_MD2
    check_vectors(md2_rows);
#else
    struct vector vector = md2_rows[0];
    vector.answer = SG_SIGNATURE_UNSUPPORTED;
    sg_check_vectors(&vector, 1);
#endif
}

static void refuses_forged_blocks(void **state)
{
    (void)state;
    check_vectors(rsa_bad_rows);
}

static void refuses_what_is_no_key(void **state)
{
    (void)state;
    check_vectors(rsa_key_rows);
}

static void every_other_bit_breaks_a_signature(void **state)
{
    (void)state;
    const struct vector *vector = &rsa_rows[0];
    struct sg_crypto *crypto = new_crypto();
    struct sg_public_key *key;
    assert_int_equal(make_key(crypto, vector, &key), SG_KEY_OK);
    for (size_t bit = 0; bit < vector->signature.len * 8; bit++) {
        uint8_t octets[64];
        memcpy(octets, vector->signature.ptr, sizeof octets);
        octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_answer(crypto, vector, key, sg_span_text(MESSAGE), sg_span(octets, sizeof octets),
                      SG_SIGNATURE_INVALID, "one bit flipped");
    }
    sg_public_key_free(key);
    sg_crypto_free(crypto);
}

SG_TEST_MAIN(SG_TEST("A-4.3-2 A-4.3-3 C-SI-7 C-KEY-4 B-ALG-3 B-ALG-9 D-ALG-1 E-2 E-36",
                     verifies_pkcs1_signatures),
             SG_TEST("A-4.3-4 A-5-7 E-1", verifies_md2),
             SG_TEST("B-ALG-3 A-4.3-2 A-4.3-3", refuses_forged_blocks),
             SG_TEST("B-ALG-9 C-KEY-4 E-2", refuses_what_is_no_key),
             SG_TEST("A-4.3-2", every_other_bit_breaks_a_signature))
