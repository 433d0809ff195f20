/* SPDX-License-Identifier: Apache-2.0 */
#include "vector.h"

#include "edwards_vectors.inc"

static void verifies_and_refuses_signatures(void **state)
{
    (void)state;
    check_vectors(edwards_rows);
}

/* RFC 8032 7.1 and 7.4. */
static const struct {
    const char *key, *algorithm, *message, *signature;
} published[] = {
    {"302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
     "300506032b6570", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"302a300506032b6570032100fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
     "300506032b6570", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
    {"3043300506032b6571033a005fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d8"
     "0e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180",
     "300506032b6571", "",
     "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d"
     "41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980"
     "ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac"
     "5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600"},
};

static void verifies_published_signatures(void **state)
{
    (void)state;
    struct sg_crypto *crypto = new_crypto();
    for (size_t i = 0; i < SG_NUM(published); i++) {
        struct sg_spki spki = parse_spki(hex(published[i].key));
        struct sg_signature_algorithm algorithm =
            parse_signature_algorithm(hex(published[i].algorithm));
        struct signet_span signature = hex(published[i].signature);
        struct sg_public_key *key;
        assert_int_equal(sg_public_key_new(crypto, &spki, sg_span(NULL, 0), 512, &key), SG_KEY_OK);
        assert_int_equal(
            sg_signature_verify(crypto, &algorithm, key, hex(published[i].message), signature),
            SG_SIGNATURE_VALID);
        assert_int_equal(sg_signature_verify(crypto, &algorithm, key, text_bytes("x"), signature),
                         SG_SIGNATURE_INVALID);
        sg_public_key_free(key);
    }
    sg_crypto_free(crypto);
}

SG_TEST_MAIN(SG_TEST("B-ALG-9 D-ALG-2 E-36", verifies_and_refuses_signatures),
             SG_TEST("B-ALG-9 D-ALG-2", verifies_published_signatures))
