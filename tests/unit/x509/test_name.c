/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

static void assert_pairs(const char *group, bool equal)
{
    const struct sg_sample *one = NULL;
    while ((one = sample_next(group, one)) != NULL) {
        const struct sg_sample *other = sample_next(group, one);
        struct sg_name a = canonical_name(sg_sample_octets(one));
        struct sg_name b = canonical_name(sg_sample_octets(other));
        if (sg_name_equal(&a, &b) != equal || sg_name_equal(&b, &a) != equal)
            fail_msg("%s", one->name);
        assert_true(sg_name_equal(&a, &a) && sg_name_equal(&b, &b));
        assert_true(sg_name_within(&a, &a));
        one = other;
    }
}

static void prepares_by_rfc_4518(void **state)
{
    (void)state;
    assert_pairs("equal B-DN-4", true);
}

static void refuses_what_rfc_4518_prohibits_but_for_the_same_octets(void **state)
{
    (void)state;
    assert_pairs("different B-DN-4", false);
    assert_pairs("equal B-DN-4 octets", true);
}

static void matches_across_directory_string_types(void **state)
{
    (void)state;
    assert_pairs("equal B-DN-5", true);
    assert_pairs("different B-DN-5", false);
}

static void takes_an_rdn_as_a_set_and_a_name_as_a_sequence(void **state)
{
    (void)state;
    assert_pairs("equal B-DN-6", true);
    assert_pairs("different B-DN-6", false);
}

static void folds_text_of_unknown_types_and_compares_all_else_by_octets(void **state)
{
    (void)state;
    assert_pairs("equal B-DN-7", true);
    assert_pairs("different B-DN-7", false);
}

static void folds_domain_components_and_addresses(void **state)
{
    (void)state;
    assert_pairs("equal B-DN-8", true);
    assert_pairs("different B-DN-8", false);
}

static void compares_deceiving_text_by_octets(void **state)
{
    (void)state;
    assert_pairs("equal B-DN-10", true);
    assert_pairs("different B-DN-10", false);
}

static void finds_a_name_within_a_base_at_rdn_borders_only(void **state)
{
    static const struct {
        const char *name, *base;
        bool within;
    } rows[] = {
        {"name:within", "name:base", true},
        {"name:within", "name:empty", true},
        {"name:empty", "name:empty", true},
        {"name:base", "name:base", true},
        {"name:base", "name:within", false},
        {"name:within", "name:sibling", false},
        {"name:within", "name:beginning of an RDN", false},
        {"name:part of an RDN", "name:base", false},
        {"name:empty", "name:base", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_name name = canonical_name(sample(rows[i].name));
        struct sg_name base = canonical_name(sample(rows[i].base));
        assert_int_equal(sg_name_within(&name, &base), rows[i].within);
    }
}

static void appends_a_relative_name_to_a_form(void **state)
{
    (void)state;
    struct sg_name base = canonical_name(sample("name:base"));
    struct sg_name whole = canonical_name(sample("name:within")), relative = {0};
    struct sg_name_iterator attributes;
    struct sg_attribute attribute;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(sample("name:relative"), &error), rdns, set;
    struct sg_buffer form;

    assert_true(sg_der_enter(&der, SG_TAG_SEQUENCE, &rdns, "") &&
                sg_der_enter(&rdns, SG_TAG_SET, &set, ""));
    struct signet_span rdn = sg_span(set.ptr, (size_t)(set.end - set.ptr));
    sg_buffer_init(&form, 4096);
    sg_buffer_add(&form, base.canonical);
    assert_true(sg_rdn_add_canonical(rdn, &form));
    sg_name_set_canonical(&relative, sg_buffer_span(&form));
    assert_true(sg_name_equal(&relative, &whole));
    sg_buffer_free(&form);

    attributes = sg_rdn_begin(rdn);
    assert_true(sg_name_next(&attributes, &attribute));
    assert_span_text(attribute.value, "Alice");
    assert_false(sg_name_next(&attributes, &attribute));
}

static void walks_attributes_in_order(void **state)
{
    static const struct {
        size_t rdn;
        enum sg_oid type;
        const char *value;
    } rows[] = {
        {0, SG_OID_AT_ORGANIZATION, "Example"},
        {1, SG_OID_AT_LOCALITY, "Here"},
        {1, SG_OID_AT_ORGANIZATIONAL_UNIT, "Mail"},
        {2, SG_OID_AT_COMMON_NAME, "Alice"},
    };
    (void)state;
    struct sg_name name = canonical_name(sample("name:part of an RDN"));
    struct sg_name_iterator attributes = sg_name_begin(&name);
    struct sg_attribute attribute;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_true(sg_name_next(&attributes, &attribute));
        assert_int_equal(attribute.rdn, rows[i].rdn);
        assert_int_equal(sg_oid_find(attribute.type), rows[i].type);
        assert_int_equal(attribute.tag, SG_TAG_UTF8_STRING);
        assert_span_text(attribute.value, rows[i].value);
        assert_int_equal(attribute.full.len, attribute.value.len + 2);
    }
    assert_false(sg_name_next(&attributes, &attribute));
    assert_false(sg_name_next(&attributes, &attribute));
}

static void tells_an_rdn_that_is_not_in_order(void **state)
{
    (void)state;
    struct sg_name sorted = canonical_name(sample("equal B-DN-6:another order and another type:1"));
    struct sg_name unsorted = canonical_name(sample("equal B-DN-6:another order in the RDN:2"));
    assert_false(sorted.set_unordered);
    assert_true(unsorted.set_unordered);
}

static void refuses_what_is_no_name(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("broken name", one)) != NULL) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(sg_sample_octets(one), &error);
        struct sg_name name;
        if (sg_name_parse(&der, &name, "a Name"))
            fail_msg("%s", one->name);
        assert_non_null(error.expected);
        assert_true(error.offset <= one->len);
    }
}

/* A name RDN by RDN, none of which is taken for plain; its form in FORM. */
static bool read_rdns(struct signet_span bytes, struct sg_buffer *form,
                      struct signet_parse_error *error)
{
    struct sg_der der = sg_der_begin(bytes, error), rdns, set;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &rdns, "a name"))
        return false;
    while (!sg_der_done(&rdns)) {
        bool unordered = false;
        if (!sg_der_enter(&rdns, SG_TAG_SET, &set, "a RelativeDistinguishedName"))
            return false;
        struct signet_span content = sg_span(set.ptr, (size_t)(set.end - set.ptr));
        if (!sg_rdn_parse(&set, &unordered))
            return false;
        assert_true(sg_rdn_add_canonical(content, form));
    }
    return sg_der_end(&der);
}

static void assert_read_alike(struct signet_span bytes)
{
    struct signet_parse_error one = {0}, other = {0};
    struct sg_der der = sg_der_begin(bytes, &one);
    struct sg_name name;
    struct sg_buffer form, expected;
    sg_buffer_init(&form, 1 << 20);
    sg_buffer_init(&expected, 1 << 20);
    bool read = sg_name_parse(&der, &name, "a name") && sg_der_end(&der);
    assert_int_equal(read, read_rdns(bytes, &expected, &other));
    if (read) {
        assert_true(sg_name_add_canonical(&name, &form));
        assert_span_equal(sg_buffer_span(&form), sg_buffer_span(&expected));
    } else if (one.expected != other.expected) {
        assert_string_equal(one.expected, other.expected);
    }
    assert_int_equal(one.offset, other.offset);
    sg_buffer_free(&form);
    sg_buffer_free(&expected);
}

/* With any octet changed, with any cut, the steps that plain names are spared change nothing. */
static void reads_plain_names_as_all_others(void **state)
{
    static const char *const names[] = {"name:within", "equal B-DN-8:domain components:1",
                                        "equal B-DN-8:emailAddress:1"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_span bytes = sample(names[i]);
        uint8_t *octets = (uint8_t *)(uintptr_t)sg_test_copy(bytes.ptr, bytes.len).ptr;
        assert_read_alike(bytes);
        for (size_t at = 0; at < bytes.len; at++) {
            for (unsigned value = 0; value <= 0xff; value++) {
                octets[at] = (uint8_t)value;
                assert_read_alike(sg_span(octets, bytes.len));
            }
            octets[at] = bytes.ptr[at];
            if (at >= 2 && octets[1] < 0x80) {
                uint8_t *shorter = malloc(at);
                memcpy(shorter, octets, at);
                shorter[1] = (uint8_t)(at - 2);
                assert_read_alike(sg_span(shorter, at));
                free(shorter);
            }
        }
    }
}

static void knows_the_empty_name(void **state)
{
    (void)state;
    struct sg_name empty = canonical_name(sample("name:empty"));
    struct sg_name other = canonical_name(sample("name:base"));
    assert_true(sg_name_is_empty(&empty));
    assert_int_equal(empty.canonical.len, 0);
    assert_false(sg_name_is_empty(&other));
    assert_false(sg_name_equal(&empty, &other));
}

SG_TEST_MAIN(SG_TEST("B-DN-4 E-22", prepares_by_rfc_4518),
             SG_TEST("B-DN-4 E-22", refuses_what_rfc_4518_prohibits_but_for_the_same_octets),
             SG_TEST("B-DN-3 B-DN-5 E-22", matches_across_directory_string_types),
             SG_TEST("B-DN-6", takes_an_rdn_as_a_set_and_a_name_as_a_sequence),
             SG_TEST("B-DN-7", folds_text_of_unknown_types_and_compares_all_else_by_octets),
             SG_TEST("B-DN-8", folds_domain_components_and_addresses),
             SG_TEST("B-DN-10", compares_deceiving_text_by_octets),
             SG_TEST("B-DN-6", finds_a_name_within_a_base_at_rdn_borders_only),
             SG_TEST("B-CDP-1", appends_a_relative_name_to_a_form),
             SG_TEST("B-DN-1 B-DN-2", walks_attributes_in_order),
             SG_TEST("B-DN-6", tells_an_rdn_that_is_not_in_order),
             SG_TEST("B-ENC-7 B-DN-6", reads_plain_names_as_all_others),
             SG_TEST("B-ENC-7", refuses_what_is_no_name), SG_TEST("A-3-14", knows_the_empty_name))
