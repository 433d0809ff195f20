/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/attribute.h"

#include "test.h"

#define CONTENT_TYPE   "30 18 06 09 2a864886f70d010903 31 0b 06 09 2a864886f70d010701"
#define MESSAGE_DIGEST "30 11 06 09 2a864886f70d010904 31 04 04 02 ab cd"
#define TWO_VALUES     "30 0d 06 03 2a 03 04 31 06 02 01 01 02 01 02"
#define NO_VALUE       "30 07 06 03 2a 03 04 31 00"

static struct sg_cms_attributes parse(const char *text, struct sg_arena *arena)
{
    struct sg_cms_attributes attributes;
    struct signet_parse_error error = {0};
    if (!sg_cms_attributes_parse(hex(text), arena, &attributes, &error))
        fail_msg("%s: %s", text, error.expected);
    return attributes;
}

static void reads_attributes_and_counts_values(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    struct sg_cms_attributes attributes =
        parse(CONTENT_TYPE MESSAGE_DIGEST TWO_VALUES NO_VALUE, &arena);
    static const struct {
        enum sg_oid type;
        size_t num_values;
        const char *value;
    } rows[] = {
        {SG_OID_AA_CONTENT_TYPE, 1, "06 09 2a864886f70d010701"},
        {SG_OID_AA_MESSAGE_DIGEST, 1, "04 02 ab cd"},
        {SG_OID_UNKNOWN, 2, "02 01 01"},
        {SG_OID_UNKNOWN, 0, ""},
    };
    assert_int_equal(attributes.num, SG_NUM(rows));
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_int_equal(attributes.items[i].type, rows[i].type);
        assert_int_equal(attributes.items[i].num_values, rows[i].num_values);
        assert_span_equal(attributes.items[i].value, hex(rows[i].value));
    }
    assert_null(attributes.items[3].value.ptr);
    assert_int_equal(parse("", &arena).num, 0);
    sg_arena_clear(&arena);
}

static void finds_the_first_and_the_number(void **state)
{
    struct sg_arena arena;
    size_t count;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    struct sg_cms_attributes attributes =
        parse(TWO_VALUES MESSAGE_DIGEST CONTENT_TYPE MESSAGE_DIGEST, &arena);
    assert_ptr_equal(sg_cms_attribute_find(&attributes, SG_OID_AA_MESSAGE_DIGEST, &count),
                     &attributes.items[1]);
    assert_int_equal(count, 2);
    assert_null(sg_cms_attribute_find(&attributes, SG_OID_AA_SIGNING_TIME, &count));
    assert_int_equal(count, 0);
    assert_ptr_equal(sg_cms_attribute_find(&attributes, SG_OID_AA_CONTENT_TYPE, NULL),
                     &attributes.items[2]);
    sg_arena_clear(&arena);
}

static void walks_values(void **state)
{
    struct sg_arena arena;
    struct signet_span value;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    struct sg_cms_attributes attributes = parse(TWO_VALUES NO_VALUE, &arena);
    struct sg_cms_values values = sg_cms_values_begin(&attributes.items[0]);
    assert_true(sg_cms_values_next(&values, &value));
    assert_span_equal(value, hex("02 01 01"));
    assert_true(sg_cms_values_next(&values, &value));
    assert_span_equal(value, hex("02 01 02"));
    assert_false(sg_cms_values_next(&values, &value));
    values = sg_cms_values_begin(&attributes.items[1]);
    assert_false(sg_cms_values_next(&values, &value));
    sg_arena_clear(&arena);
}

static void refuses_what_is_no_attribute(void **state)
{
    static const struct {
        const char *input;
        size_t offset;
        const char *words;
    } rows[] = {
        {"31 00", 0, "Attribute SEQUENCE"},
        {"30 00", 2, "attrType"},
        {"30 05 04 03 2a 03 04", 2, "attrType"},
        {"30 05 06 03 2a 03 04", 7, "attrValues SET"},
        {"30 07 06 03 2a 03 04 30 00", 7, "attrValues SET"},
        {"30 09 06 03 2a 03 04 31 02 02 01", 10, "length"},
        {"30 09 06 03 2a 03 04 31 00 05 00", 9, "the end"},
        {"30 80 06 03 2a 03 04 31 00 00 00", 1, "length"},
        {TWO_VALUES "30 01", 15, ""},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_cms_attributes attributes;
        struct signet_parse_error error = {0};
        sg_arena_init(&arena, 1 << 16);
        if (sg_cms_attributes_parse(hex(rows[i].input), &arena, &attributes, &error))
            fail_msg("%s was read", rows[i].input);
        if (*rows[i].words != '\0')
            assert_parse_error(&error, rows[i].offset, rows[i].words);
        assert_int_equal(attributes.num, 0);
        sg_arena_clear(&arena);
    }
}

static void tells_missing_memory_apart_from_bad_octets(void **state)
{
    struct sg_arena arena;
    struct sg_cms_attributes attributes;
    struct signet_parse_error error = {0};
    (void)state;
    sg_arena_init(&arena, 1);
    assert_false(sg_cms_attributes_parse(hex(CONTENT_TYPE), &arena, &attributes, &error));
    assert_null(error.expected);
    assert_true(arena.failed);
    sg_arena_clear(&arena);
}

static void knows_the_shape_of_a_set_of_attributes(void **state)
{
    static const struct {
        const char *input;
        bool valid;
    } rows[] = {
        {"31 1a " CONTENT_TYPE, true},
        {"31 2d " MESSAGE_DIGEST CONTENT_TYPE, true}, /* order is no matter */
        {"31 09 " NO_VALUE, true},
        {"31 00", false},
        {"30 1a " CONTENT_TYPE, false},
        {"31 1a " CONTENT_TYPE "00", false},
        {"31 03 02 01 05", false},
        {"31 80 " CONTENT_TYPE "00 00", false},
        {"31", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        if (sg_cms_attributes_valid(hex(rows[i].input)) != rows[i].valid)
            fail_msg("%s", rows[i].input);
    }
    assert_false(sg_cms_attributes_valid((struct signet_span){NULL, 0}));
}

SG_TEST_MAIN(SG_TEST("C-SI-4 C-AT-6", reads_attributes_and_counts_values),
             SG_TEST("C-SI-4", finds_the_first_and_the_number), SG_TEST("C-AT-6", walks_values),
             SG_TEST("C-SI-4", refuses_what_is_no_attribute),
             SG_TEST("", tells_missing_memory_apart_from_bad_octets),
             SG_TEST("C-SI-6", knows_the_shape_of_a_set_of_attributes))
