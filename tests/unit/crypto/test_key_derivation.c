/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/key_derivation.h"
#include "test.h"

/* NIST's vectors of X9.63 for SHA-1 and SHA-256, the example of RFC 2631 2.1.6, RFC 5869 A.3. */
static const struct {
    enum sg_derivation derivation;
    enum sg_digest_type digest;
    const char *secret, *info;
    size_t counter_at;
    const char *key;
} vectors[] = {
    {SG_DERIVE_X963, SG_DIGEST_SHA1, "1c7d7b5f0597b03d06a018466ed1a93e30ed4b04dc64ccdd", "", 0,
     "bf71dffd8f4d99223936beb46fee8ccc"},
    {SG_DERIVE_X963, SG_DIGEST_SHA256, "96c05619d56c328ab95fe84b18264b08725b85e33fd34f08", "", 0,
     "443024c3dae66b95e6f5670601558f71"},
    {SG_DERIVE_X942, SG_DIGEST_SHA1, "000102030405060708090a0b0c0d0e0f10111213",
     "301d 3013 060b2a864886f70d0109100306 0404 00000000 a206 0404 000000c0", 19,
     "a09661392376f7044d9052a397883246b67f5f1ef63eb5fb"},
    {SG_DERIVE_HKDF, SG_DIGEST_SHA256, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", 0,
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
};

static void derives_as_published(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    (void)state;
    for (size_t i = 0; i < SG_NUM(vectors); i++) {
        struct signet_span wanted = hex(vectors[i].key);
        struct sg_secret key;
        assert_int_equal(sg_key_derive(library, vectors[i].derivation, vectors[i].digest,
                                       hex(vectors[i].secret), hex(vectors[i].info),
                                       vectors[i].counter_at, wanted.len, &key),
                         SG_KEY_DONE);
        assert_span_equal(sg_secret_span(&key), wanted);
        sg_secret_free(&key);
    }
    sg_key_library_unref(library);
}

static void refuses_what_cannot_be(void **state)
{
    struct sg_key_library *library = sg_key_library_new();
    struct signet_span secret = text_bytes("secret"), info = text_bytes("information");
    struct sg_secret key;
    (void)state;
    assert_int_equal(
        sg_key_derive(library, SG_DERIVE_X963, SG_DIGEST_NONE, secret, info, 0, 16, &key),
        SG_KEY_CANNOT);
    assert_int_equal(
        sg_key_derive(library, SG_DERIVE_X963, SG_DIGEST_SHA256, secret, info, 0, 65, &key),
        SG_KEY_CANNOT);
    assert_int_equal(
        sg_key_derive(library, SG_DERIVE_X942, SG_DIGEST_SHA1, secret, info, 8, 16, &key),
        SG_KEY_CANNOT);
    assert_int_equal(sg_key_derive(library, SG_DERIVE_X963, SG_DIGEST_SHA256, secret,
                                   repeat(info, 0, 70000), 0, 16, &key),
                     SG_KEY_CANNOT);
    assert_null(key.ptr);
    sg_key_library_unref(library);
}

SG_TEST_MAIN(SG_TEST("C-ENV-2 C-ENV-3", derives_as_published), SG_TEST("", refuses_what_cannot_be))
