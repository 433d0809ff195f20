/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/capability.h"

#include "test.h"

static void reads_known_and_unknown_capabilities(void **state)
{
    struct sg_capabilities list;
    struct sg_capability one;
    (void)state;
    assert_true(sg_capabilities_parse(hex("30 29"
                                          "30 0b 06 09 60 86 48 01 65 03 04 01 2a"
                                          "30 0e 06 08 2a 86 48 86 f7 0d 03 02 02 02 00 80"
                                          "30 0a 06 03 2a 03 04 04 03 01 02 03"),
                                      &list));
    assert_true(sg_capabilities_next(&list, &one));
    assert_int_equal(one.type, SG_OID_AES256_CBC);
    assert_null(one.parameters.ptr);
    assert_int_equal(sg_capability_rc2_bits(&one), 0);
    assert_true(sg_capabilities_next(&list, &one));
    assert_int_equal(one.type, SG_OID_RC2_CBC);
    assert_int_equal(sg_capability_rc2_bits(&one), 128);
    assert_true(sg_capabilities_next(&list, &one));
    assert_int_equal(one.type, SG_OID_UNKNOWN);
    assert_span_equal(one.type_octets, hex("2a 03 04"));
    assert_span_equal(one.parameters, hex("04 03 01 02 03"));
    assert_int_equal(sg_capability_rc2_bits(&one), 0);
    assert_false(sg_capabilities_next(&list, &one));
}

static void reads_an_empty_list(void **state)
{
    struct sg_capabilities list;
    struct sg_capability one;
    (void)state;
    assert_true(sg_capabilities_parse(hex("30 00"), &list));
    assert_false(sg_capabilities_next(&list, &one));
}

static void takes_only_a_number_for_the_bits_of_rc2(void **state)
{
    static const struct {
        const char *list;
        uint32_t bits;
    } rows[] = {
        {"30 0f 30 0d 06 08 2a 86 48 86 f7 0d 03 02 02 01 28", 40},
        {"30 0c 30 0a 06 08 2a 86 48 86 f7 0d 03 02", 0},
        {"30 0f 30 0d 06 08 2a 86 48 86 f7 0d 03 02 02 01 ff", 0},
        {"30 0e 30 0c 06 08 2a 86 48 86 f7 0d 03 02 05 00", 0},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_capabilities list;
        struct sg_capability one;
        assert_true(sg_capabilities_parse(hex(rows[i].list), &list));
        assert_true(sg_capabilities_next(&list, &one));
        assert_int_equal(sg_capability_rc2_bits(&one), rows[i].bits);
    }
}

static void refuses_what_is_no_list_of_capabilities(void **state)
{
    static const char *const rows[] = {
        "",
        "31 00",
        "30 00 00",
        "30 02 05 00",
        "30 02 30 00",
        "30 09 30 07 06 03 2a 03 04 05 01",
        "30 0b 30 09 06 03 2a 03 04 05 00 05 00",
        "30 07 30 05 04 03 2a 03 04",
        "30 07 30 05 06 03 2a 03 84",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_capabilities list;
        if (sg_capabilities_parse(hex(rows[i]), &list))
            fail_msg("%s was read", rows[i]);
    }
}

SG_TEST_MAIN(SG_TEST("C-AT-2", reads_known_and_unknown_capabilities),
             SG_TEST("C-AT-2", reads_an_empty_list),
             SG_TEST("C-AT-2", takes_only_a_number_for_the_bits_of_rc2),
             SG_TEST("C-AT-2", refuses_what_is_no_list_of_capabilities))
