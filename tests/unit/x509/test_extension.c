/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"
#include "x509/extension.h"

static struct sg_extension parsed(const struct sg_sample *one)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sg_sample_octets(one), &error);
    struct sg_extension extension = {0};
    if (!sg_extension_parse(&der, &extension) || !sg_der_end(&der))
        fail_msg("%s: %s at %zu", one->name, error.expected, error.offset);
    return extension;
}

static void reads_one_extension(void **state)
{
    struct signet_parse_error error = {0};
    struct signet_span bytes = hex("300c 0603551d13 0101ff 04023000 ff");
    struct sg_der der = sg_der_begin(bytes, &error);
    struct sg_extension extension;
    (void)state;
    assert_true(sg_extension_parse(&der, &extension));
    assert_int_equal(extension.oid, SG_OID_CE_BASIC_CONSTRAINTS);
    assert_true(extension.critical);
    assert_false(extension.default_spelled);
    assert_span_equal(extension.value, hex("3000"));
    assert_int_equal(extension.offset, 12);
    assert_int_equal(der.end - der.ptr, 1);

    der = sg_der_begin(hex("300a 06022a03 010100 0401ff"), &error);
    assert_true(sg_extension_parse(&der, &extension));
    assert_int_equal(extension.oid, SG_OID_UNKNOWN);
    assert_false(extension.critical);
    assert_true(extension.default_spelled);
}

static void refuses_what_is_no_extension(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("broken extension", one)) != NULL) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(sg_sample_octets(one), &error), before = der;
        struct sg_extension extension;
        if (sg_extension_parse(&der, &extension))
            fail_msg("%s", one->name);
        assert_non_null(error.expected);
        assert_ptr_equal(der.ptr, before.ptr);
    }
}

static void accepts_well_formed_values(void **state)
{
    const struct sg_sample *one = NULL;
    bool seen[SG_NUM_OIDS] = {false};
    (void)state;
    while ((one = sample_next("good value", one)) != NULL) {
        struct sg_extension extension = parsed(one);
        const struct sg_extension_type *type = sg_extension_type_find(extension.oid);
        struct signet_parse_error error = {0};
        struct sg_der value = sg_der_begin(extension.value, &error);
        if (type == NULL || !type->check(&value))
            fail_msg("%s: %s at %zu", one->name, error.expected, error.offset);
        for (unsigned place = SG_IN_CERTIFICATE; place <= SG_IN_CRL_ENTRY; place *= 2)
            assert_false(sg_extension_is_malformed(&extension, place, &error));
        seen[extension.oid] = true;
    }
    for (int oid = 0; oid < SG_NUM_OIDS; oid++) {
        const struct sg_extension_type *type = sg_extension_type_find((enum sg_oid)oid);
        if (type != NULL && !type->shown_only && !seen[oid])
            fail_msg("no value of %s is tried", sg_oid_name((enum sg_oid)oid));
    }
}

static void refuses_malformed_values_and_says_where(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("bad value", one)) != NULL) {
        struct sg_extension extension = parsed(one);
        const struct sg_extension_type *type = sg_extension_type_find(extension.oid);
        struct signet_parse_error error = {0};
        struct sg_der value = sg_der_begin(extension.value, &error);
        if (type == NULL || type->check(&value))
            fail_msg("%s", one->name);
        if (error.expected == NULL || error.offset > extension.value.len)
            fail_msg("%s: \"%s\" at %zu", one->name, error.expected, error.offset);
        bool malformed = sg_extension_is_malformed(
            &extension, (enum sg_extension_place)(type->places & -type->places), &error);
        assert_int_equal(malformed, !type->shown_only);
    }
}

static void survives_every_value_cut_off_or_changed(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("good value", one)) != NULL) {
        struct sg_extension extension = parsed(one);
        const struct sg_extension_type *type = sg_extension_type_find(extension.oid);
        for (size_t len = 0; len < extension.value.len; len++) {
            struct signet_parse_error error = {0};
            struct signet_span cut = sg_test_copy(extension.value.ptr, len);
            struct sg_der value = sg_der_begin(cut, &error);
            assert_false(type->check(&value));
            assert_non_null(error.expected);
        }
    }
}

static void has_a_complete_row_for_each_type(void **state)
{
    (void)state;
    assert_null(sg_extension_type_find(SG_OID_UNKNOWN));
    assert_null(sg_extension_type_find(SG_OID_AT_COMMON_NAME));
    assert_null(sg_extension_type_find(SG_NUM_OIDS));
    for (int oid = 0; oid < SG_NUM_OIDS; oid++) {
        const struct sg_extension_type *type = sg_extension_type_find((enum sg_oid)oid);
        if (type == NULL)
            continue;
        assert_int_equal(type->oid, oid);
        assert_int_not_equal(type->places, 0);
        assert_int_equal(type->processed & ~type->places, 0);
        assert_true(!type->shown_only || type->processed == 0);
        assert_non_null(type->check);
        assert_non_null(type->dump);
    }
}

static void knows_what_a_certificate_may_mark_critical(void **state)
{
    static const enum sg_oid processed[] = {
        SG_OID_CE_KEY_USAGE,
        SG_OID_CE_CERTIFICATE_POLICIES,
        SG_OID_CE_SUBJECT_ALT_NAME,
        SG_OID_CE_BASIC_CONSTRAINTS,
        SG_OID_CE_NAME_CONSTRAINTS,
        SG_OID_CE_POLICY_CONSTRAINTS,
        SG_OID_CE_EXT_KEY_USAGE,
        SG_OID_CE_INHIBIT_ANY_POLICY,
        SG_OID_CE_POLICY_MAPPINGS,
        SG_OID_CE_AUTHORITY_KEY_IDENTIFIER,
        SG_OID_CE_SUBJECT_KEY_IDENTIFIER,
    };
    static const enum sg_oid not_processed[] = {
        SG_OID_CE_ISSUER_ALT_NAME, SG_OID_CE_PRIVATE_KEY_USAGE_PERIOD,
        SG_OID_CE_REASON_CODE,     SG_OID_NETSCAPE_CERT_TYPE,
        SG_OID_PE_QC_STATEMENTS,   SG_OID_UNKNOWN,
        SG_OID_CE_CRL_NUMBER,
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(processed); i++) {
        struct sg_extension extension = {.oid = processed[i], .critical = true};
        assert_false(sg_extension_is_unknown_critical(&extension, SG_IN_CERTIFICATE));
    }
    for (size_t i = 0; i < SG_NUM(not_processed); i++) {
        struct sg_extension extension = {.oid = not_processed[i], .critical = true};
        assert_true(sg_extension_is_unknown_critical(&extension, SG_IN_CERTIFICATE));
        extension.critical = false;
        assert_false(sg_extension_is_unknown_critical(&extension, SG_IN_CERTIFICATE));
    }
}

static void walks_a_list(void **state)
{
    struct signet_span object = hex("ffff 3007 06022a03 0401aa 3007 06022a04 0401bb");
    struct sg_extensions extensions = {sg_span_from(object, 2), object.ptr};
    struct sg_extension extension;
    (void)state;
    assert_true(sg_extensions_next(&extensions, &extension));
    assert_int_equal(extension.offset, 10);
    assert_true(sg_extensions_next(&extensions, &extension));
    assert_span_equal(extension.value, hex("bb"));
    assert_int_equal(extension.offset, 19);
    assert_false(sg_extensions_next(&extensions, &extension));
}

static void remembers_as_many_oids_as_a_list_may_have(void **state)
{
    struct sg_extension_set set = {.num = 0};
    (void)state;
    for (unsigned i = 0; i < SG_MAX_EXTENSIONS; i++) {
        const uint8_t oid[] = {0x2a, (uint8_t)(i & 0x7f)};
        struct signet_span octets = sg_test_copy(oid, sizeof(oid));
        assert_false(sg_extension_set_has(&set, octets));
        assert_true(sg_extension_set_add(&set, octets));
        assert_true(sg_extension_set_has(&set, octets));
    }
    assert_false(sg_extension_set_add(&set, hex("2b01")));
}

SG_TEST_MAIN(SG_TEST("B-EXT-3", reads_one_extension),
             SG_TEST("B-ENC-7", refuses_what_is_no_extension),
             SG_TEST("A-4.4-1 A-4.4-6 B-EXT-3 B-EXT-4", accepts_well_formed_values),
             SG_TEST("A-4.4-6 B-GN-4 B-KU-3 B-PL-3 B-POL-6 B-NC-11",
                     refuses_malformed_values_and_says_where),
             SG_TEST("A-4.4-6", survives_every_value_cut_off_or_changed),
             SG_TEST("A-4.4-1", has_a_complete_row_for_each_type),
             SG_TEST("B-EXT-1 B-EXT-3 B-EXT-4", knows_what_a_certificate_may_mark_critical),
             SG_TEST("", walks_a_list),
             SG_TEST("B-ENC-5", remembers_as_many_oids_as_a_list_may_have))
