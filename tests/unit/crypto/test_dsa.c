/* SPDX-License-Identifier: Apache-2.0 */
#include "vector.h"

#include "dsa_vectors.inc"

static void verifies_and_refuses_signatures(void **state)
{
    (void)state;
    check_vectors(dsa_rows);
}

static void checks_parameters_before_use(void **state)
{
    (void)state;
    check_vectors(dsa_key_rows);
}

/* RFC 6979 A.2.1: DSA with 1024 bits over "sample". */
static const char key_1024[] =
    "308201b63082012b06072a8648ce3804013082011e0281810086f5ca03dcfeb225063ff830a0c769b9dd9d61"
    "53ad91d7ce27f787c43278b447e6533b86b18bed6e8a48b784a14c252c5be0dbf60b86d6385bd2f12fb763ed"
    "8873abfd3f5ba2e0a8c0a59082eac056935e529daf7c610467899c77adedfc846c881870b7b19b2b58f9be05"
    "21a17002e3bdd6b86685ee90b3d9a1b02b782b1779021500996f967f6c8e388d9e28d01e205fba957a5698b1"
    "02818007b0f92546150b62514bb771e2a0c0ce387f03bda6c56b505209ff25fd3c133d89bbcd97e904e09114"
    "d9a7defdeadfc9078ea544d2e401aeecc40bb9fbbf78fd87995a10a1c27cb7789b594ba7efb5c4326a9fe59a"
    "070e136db77175464adca417be5dce2f40d10a46a3a3943f26ab7fd9c0398ff8c76ee0a56826a8a88f1dbd03"
    "8184000281805df5e01ded31d0297e274e1691c192fe5868fef9e19a84776454b100cf16f65392195a38b905"
    "23e2542ee61871c0440cb87c322fc4b4d2ec5e1e7ec766e1be8d4ce935437dc11c3c8fd426338933ebfe739c"
    "b3465f4d3668c5e473508253b1e682f65cbdc4fae93c2ea212390e54905a86e2223170b44eaa7da5dd9ffcfb"
    "7f3b";

static const struct {
    const char *algorithm, *signature;
} published[] = {
    {"300906072a8648ce380403",
     "302c02142e1a0c2562b2912caaf89186fb0f42001585da55021429efb6b0aff2d7a68eb70ca313022253b9a8"
     "8df5"},
    {"300706052b0e03021b",
     "302c02142e1a0c2562b2912caaf89186fb0f42001585da55021429efb6b0aff2d7a68eb70ca313022253b9a8"
     "8df5"},
    {"300b0609608648016503040301",
     "302c02144bc3b686aea70145856814a6f1bb53346f02101e0214410697b92295d994d21edd2f4ada85566f6f"
     "94c1"},
    {"300b0609608648016503040302",
     "302d02150081f2f5850be5bc123c43f71a3033e9384611c54502144cdd914b65eb6c66a8aaad27299bee6b03"
     "5f5e89"},
    {"300b0609608648016503040303",
     "302c021407f2108557ee0e3921bc1774f1ca9b410b4ce65a021454df70456c86fac10fab47c1949ab83f2c6f"
     "7595"},
    {"300b0609608648016503040304",
     "302c021416c3491f9b8c3fbbdd5e7a7b667057f0d8ee8e1b021402c36a127a7b89edbb72e4ffbc71dabc7d4f"
     "c69c"},
};

static void verifies_published_signatures(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(published); i++) {
        struct vector vector = {.what = published[i].algorithm,
                                .spki = hex(key_1024),
                                .algorithm = hex(published[i].algorithm),
                                .signature = hex(published[i].signature),
                                .max_bits = 1024};
        sg_check_vectors(&vector, 1);
    }
}

/* The bits are those of the group that is used, wherever it comes from. */
static void counts_the_bits_of_inherited_parameters(void **state)
{
    (void)state;
    struct sg_crypto *crypto = new_crypto();
    struct vector vector = {.spki = hex(key_1024), .max_bits = 4096};
    struct sg_spki full = parse_spki(vector.spki);
    struct sg_spki bare = full;
    struct sg_public_key *key;
    bare.algorithm.parameters = sg_span(NULL, 0);
    bare.parameters_absent = true;
    bare.bits = 0;
    assert_int_equal(full.bits, 1024);
    assert_int_equal(sg_public_key_new(crypto, &bare, full.algorithm.parameters, 4096, &key),
                     SG_KEY_OK);
    assert_int_equal(sg_public_key_bits(key), 1024);
    sg_public_key_free(key);
    sg_crypto_free(crypto);
}

SG_TEST_MAIN(SG_TEST("A-4.3-1 B-ALG-1 B-ALG-2 B-614cf C-SI-7 E-36 E-37",
                     verifies_and_refuses_signatures),
             SG_TEST("B-ALG-1 B-614cf E-37", checks_parameters_before_use),
             SG_TEST("A-4.3-1 B-ALG-2 D-ALG-4", verifies_published_signatures),
             SG_TEST("B-ALG-1 B-614cf", counts_the_bits_of_inherited_parameters))
