/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/md2.h"
#include "test.h"

/* RFC 1319 A.5. */
static const struct {
    const char *message, *digest;
} suite[] = {
    {"", "8350e5a3e24c153df2275c9f80692773"},
    {"a", "32ec01ec4a6dac72c0ab96fb34c0b5d1"},
    {"abc", "da853b0d3f88d99b30283a69e6ded6bb"},
    {"message digest", "ab4f496bfb2a530b219ff33031fe06b0"},
    {"abcdefghijklmnopqrstuvwxyz", "4e8ddff3650292ab5a4108c3aa47940b"},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
     "da33def2a42df13975352846c30338cd"},
    {"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
     "d5976f79d83d3a0dc9806c3c66f3efd8"},
};

static void computes_the_test_suite(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(suite); i++) {
        uint8_t digest[SG_MD2_LEN];
        struct sg_md2 md2;
        sg_md2_init(&md2);
        sg_md2_update(&md2, text_bytes(suite[i].message));
        sg_md2_finish(&md2, digest);
        assert_span_equal(sg_span(digest, sizeof digest), hex(suite[i].digest));
    }
}

SG_TEST_MAIN(SG_TEST("A-4.3-4 A-5-7 E-1", computes_the_test_suite))
