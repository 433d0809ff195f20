/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/key_agreement.h"

#include "asn1/der_writer.h"
#include "test.h"

static struct sg_agreement agreement_of(enum sg_oid scheme)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_algorithm algorithm;
    struct sg_agreement agreement;
    struct sg_buffer der;
    sg_buffer_init(&der, 256);
    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, scheme);
    sg_der_put_algorithm(&der, SG_OID_AES256_WRAP);
    sg_der_close(&der, whole);
    struct sg_der cursor = sg_der_begin(sg_test_copy(der.ptr, der.len), &error);
    sg_buffer_free(&der);
    assert_true(sg_algorithm_parse(&cursor, &algorithm, "algorithm"));
    assert_true(sg_agreement_read(&algorithm, &agreement));
    return agreement;
}

/* In both forms that it is put into what the key is derived from. */
static void takes_a_bounded_ukm(void **state)
{
    static const enum sg_oid schemes[] = {SG_OID_ALG_ESDH, SG_OID_DH_STD_SHA256KDF,
                                          SG_OID_DH_STD_HKDF_SHA256};
    struct sg_key_library *library = sg_key_library_new();
    (void)state;
    for (size_t i = 0; i < SG_NUM(schemes); i++) {
        struct sg_agreement agreement = agreement_of(schemes[i]);
        struct sg_secret kek;
        for (size_t len = 4096; len <= 4097; len++) {
            enum sg_key_answer answer =
                sg_agreement_derive(library, &agreement, text_bytes("a shared secret"),
                                    repeat(sg_span(NULL, 0), 'u', len), &kek);
            assert_int_equal(answer, len == 4096 ? SG_KEY_DONE : SG_KEY_CANNOT);
            if (answer == SG_KEY_DONE)
                sg_secret_free(&kek);
        }
    }
    sg_key_library_unref(library);
}

SG_TEST_MAIN(SG_TEST("E-9", takes_a_bounded_ukm))
