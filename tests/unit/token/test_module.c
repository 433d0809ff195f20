/* SPDX-License-Identifier: Apache-2.0 */
#include "fake.h"

static struct sg_arena arena;
static struct sg_module module;
static struct signet_token_report report;

static struct fake_module *open_module(const struct fake_object *objects, size_t num)
{
    struct fake_module *fake = fake_reset();
    fake_hold(fake, objects, num);
    report = (struct signet_token_report){.trouble = SIGNET_TOKEN_FINE};
    sg_arena_init(&arena, (size_t)1 << 24);
    assert_int_equal(sg_module_open(&module, FAKE_MODULE, &arena, &report), SIGNET_OK);
    return fake;
}

static void close_module(const struct fake_module *fake)
{
    sg_module_close(&module);
    assert_fake_closed(fake);
    sg_arena_clear(&arena);
}

static void reads_attributes(void **state)
{
    (void)state;
    static const struct {
        struct fake_attribute attribute;
        enum sg_attribute_state state;
    } rows[] = {
        {{CKA_ID, "abc", 3, 0, CKR_OK}, SG_ATTRIBUTE_FOUND},
        {{CKA_ID, "", 0, 0, CKR_OK}, SG_ATTRIBUTE_FOUND},
        {{CKA_ID, "abc", 3, 8, CKR_OK}, SG_ATTRIBUTE_FOUND}, /* shorter than was told */
        {{CKA_ID, "abc", 3, 9, CKR_OK}, SG_ATTRIBUTE_BROKEN},
        {{CKA_ID, "abc", 3, 2, CKR_OK}, SG_ATTRIBUTE_BROKEN},
        {{CKA_ID, "abc", 3, CK_UNAVAILABLE_INFORMATION, CKR_OK}, SG_ATTRIBUTE_ABSENT},
        {{CKA_LABEL, "abc", 3, 0, CKR_OK}, SG_ATTRIBUTE_ABSENT},
        {{CKA_ID, NULL, 0, 0, CKR_DEVICE_REMOVED}, SG_ATTRIBUTE_BROKEN},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        const struct fake_object object = {CKO_DATA, {rows[i].attribute}};
        struct fake_module *fake = open_module(&object, 1);
        struct sg_object_list list = {NULL, 0, 0};
        assert_int_equal(sg_module_find(&module, CKO_DATA, &list), SIGNET_OK);
        assert_int_equal(list.num, 1);
        struct signet_span value;
        assert_int_equal(sg_object_attribute(&module, &list.items[0], CKA_ID, 8, &value),
                         rows[i].state);
        assert_int_equal(value.ptr != NULL, rows[i].state == SG_ATTRIBUTE_FOUND);
        if (value.ptr != NULL)
            assert_span_equal(value, sg_span(rows[i].attribute.value, rows[i].attribute.len));
        close_module(fake);
    }
}

static void finds_by_class_over_many_batches(void **state)
{
    (void)state;
    static struct fake_object objects[300];
    for (size_t i = 0; i < SG_NUM(objects); i++)
        objects[i].class_ = i % 3 == 0 ? CKO_DATA : CKO_CERTIFICATE;
    struct fake_module *fake = open_module(objects, SG_NUM(objects));
    struct sg_object_list list = {NULL, 0, 0};
    assert_int_equal(sg_module_find(&module, CKO_CERTIFICATE, &list), SIGNET_OK);
    assert_int_equal(list.num, 200);
    assert_int_equal(sg_module_find(&module, CKO_DATA, &list), SIGNET_OK);
    assert_int_equal(list.num, 300);
    close_module(fake);
}

static void takes_a_module_without_tokens(void **state)
{
    (void)state;
    struct fake_module *fake = fake_reset();
    fake->num_slots = 0;
    sg_arena_init(&arena, (size_t)1 << 20);
    assert_int_equal(sg_module_open(&module, FAKE_MODULE, &arena, &report), SIGNET_OK);
    struct sg_object_list list = {NULL, 0, 0};
    assert_int_equal(sg_module_find(&module, CKO_DATA, &list), SIGNET_OK);
    assert_int_equal(list.num, 0);
    close_module(fake);
    sg_module_close(&module); /* once more is legal */
}

static void reads_so_many_slots_and_no_more(void **state)
{
    (void)state;
    static const struct {
        CK_ULONG num;
        enum signet_status status;
        size_t num_opened;
    } rows[] = {{64, SIGNET_OK, 64}, {65, SIGNET_ERR_IO, 0}};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fake_module *fake = fake_reset();
        fake->num_slots = rows[i].num;
        sg_arena_init(&arena, (size_t)1 << 20);
        assert_int_equal(sg_module_open(&module, FAKE_MODULE, &arena, &report), rows[i].status);
        assert_int_equal(fake->num_opened, rows[i].num_opened);
        close_module(fake);
    }
}

static void lists_so_many_objects_and_no_more(void **state)
{
    (void)state;
    static const struct fake_object object = {.class_ = CKO_DATA};
    static const struct {
        size_t num;
        enum signet_status status;
    } rows[] = {{65536, SIGNET_OK}, {65537, SIGNET_ERR_IO}};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fake_module *fake = open_module(&object, 1);
        fake->again = rows[i].num - 1;
        struct sg_object_list list = {NULL, 0, 0};
        assert_int_equal(sg_module_find(&module, CKO_DATA, &list), rows[i].status);
        assert_int_equal(list.num, 65536);
        assert_int_equal(strstr(report.text, "no end of objects") != NULL,
                         rows[i].status != SIGNET_OK);
        close_module(fake);
    }
}

SG_TEST_MAIN(SG_TEST("", reads_attributes), SG_TEST("", finds_by_class_over_many_batches),
             SG_TEST("", takes_a_module_without_tokens),
             SG_TEST("", reads_so_many_slots_and_no_more),
             SG_TEST("", lists_so_many_objects_and_no_more))
