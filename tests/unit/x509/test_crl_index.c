/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sample.h"
#include "x509/crl_index.h"
#include "x509/crl_parts.h"

/* A list of entries that are only serial numbers: SEQUENCE { INTEGER }. */
struct list {
    struct sg_buffer octets;
    uint32_t *offsets;
    size_t num;
};

static void add_header(struct sg_buffer *buffer, unsigned tag, size_t len)
{
    sg_buffer_add_byte(buffer, (uint8_t)tag);
    if (len >= 0x100)
        sg_buffer_printf(buffer, "%c%c", 0x82, (int)(len >> 8));
    else if (len >= 0x80)
        sg_buffer_add_byte(buffer, 0x81);
    sg_buffer_add_byte(buffer, (uint8_t)len);
}

static void begin(struct list *list, size_t cap)
{
    sg_buffer_init(&list->octets, (size_t)1 << 28);
    list->offsets = sg_test_keep(calloc(cap, sizeof(uint32_t)));
    list->num = 0;
}

static size_t header_len(size_t len)
{
    return len < 0x80 ? 2 : len < 0x100 ? 3 : 4;
}

static void add(struct list *list, const uint8_t *serial, size_t len)
{
    list->offsets[list->num++] = (uint32_t)list->octets.len;
    add_header(&list->octets, SG_TAG_SEQUENCE, header_len(len) + len);
    add_header(&list->octets, SG_TAG_INTEGER, len);
    sg_buffer_add(&list->octets, sg_span(serial, len));
}

static struct signet_crl crl_of_list(const struct list *list)
{
    return (struct signet_crl){.entries = sg_buffer_span(&list->octets), .num_entries = list->num};
}

static bool has(struct sg_crl_group group, uint32_t offset)
{
    for (size_t i = 0; i < group.num; i++) {
        if (group.offsets[i] == offset)
            return true;
    }
    return false;
}

/* Every entry is once in the groups, in the order of hashes and offsets. Returns the size of the
 * largest group. */
static size_t assert_groups(const struct sg_crl_index *index, const struct signet_crl *crl)
{
    size_t num = 0, largest = 0;
    uint32_t highest = 0;
    for (size_t i = 0; i < index->num_groups; i++) {
        struct sg_crl_group group = sg_crl_index_group(index, i);
        uint32_t highest_before = highest;
        for (size_t j = 0; j < group.num; j++) {
            struct signet_span serial = sg_crl_place_at(crl->entries, group.offsets[j]).serial;
            uint32_t hash = sg_crl_index_hash(serial, index->seed);
            assert_true(num + j == 0 || hash >= highest_before);
            assert_true(j == 0 || group.offsets[j - 1] < group.offsets[j]);
            highest = hash > highest ? hash : highest;
        }
        largest = group.num > largest ? group.num : largest;
        num += group.num;
    }
    assert_int_equal(num, crl->num_entries);
    return largest;
}

static size_t index_list(struct list *list)
{
    struct signet_crl crl = crl_of_list(list);
    struct sg_crl_index *index = sg_crl_index_new(&crl, 77);
    assert_non_null(index);
    size_t largest = assert_groups(index, &crl);
    for (size_t i = 0; i < list->num; i++) {
        struct signet_span serial = sg_crl_place_at(crl.entries, list->offsets[i]).serial;
        if (!has(sg_crl_index_find(index, serial), list->offsets[i]))
            fail_msg("entry %zu of %zu", i, list->num);
    }
    sg_crl_index_free(index);
    sg_buffer_free(&list->octets);
    return largest;
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

enum shape { RANDOM, LENGTHS, LATE, FEW, SAME, DOWNWARD, STAIRS, NUM_SHAPES };

static size_t make_serial(enum shape shape, uint32_t i, uint32_t *random, uint8_t serial[64])
{
    static const size_t lengths[NUM_SHAPES] = {16, 0, 40, 20, 20, 4, 64};
    size_t len = shape == LENGTHS ? 1 + next_random(random) % 40 : lengths[shape];
    memset(serial, 0x11, 64);
    if (shape == RANDOM || shape == LENGTHS) {
        for (size_t j = 0; j < len; j++)
            serial[j] = (uint8_t)next_random(random);
    }
    if (shape == LATE) {
        serial[37] = (uint8_t)next_random(random);
        serial[39] = (uint8_t)next_random(random);
    }
    if (shape == FEW)
        serial[next_random(random) % 3] = (uint8_t)(next_random(random) % 3);
    if (shape == DOWNWARD) {
        for (size_t j = 0; j < 4; j++)
            serial[j] = (uint8_t)((0x7fffffffu - i) >> (24 - 8 * j));
    }
    if (shape == STAIRS)
        serial[next_random(random) % 64] = (uint8_t)next_random(random);
    return len;
}

static void groups_lists_of_every_shape_and_size(void **state)
{
    static const size_t sizes[] = {1, 2, 3, 31, 32, 100, 1023, 1024, 20000};
    (void)state;
    for (int shape = 0; shape < NUM_SHAPES; shape++) {
        for (size_t i = 0; i < SG_NUM(sizes); i++) {
            struct list list;
            uint32_t random = 7;
            uint8_t serial[64];
            begin(&list, sizes[i] + 1);
            for (uint32_t j = 0; j < sizes[i]; j++)
                add(&list, serial, make_serial((enum shape)shape, j, &random, serial));
            index_list(&list);
        }
    }
}

/* However alike they are: all but copies of one number. */
static void spreads_serial_numbers_that_differ(void **state)
{
    static const struct {
        size_t len, at;
        bool reversed;
    } rows[] = {{4, 0, false}, {16, 0, false}, {16, 12, true}, {20, 16, false}, {120, 60, true}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct list list;
        uint8_t serial[128] = {0};
        begin(&list, 50000);
        for (uint32_t j = 0; j < 50000; j++) {
            for (unsigned k = 0; k < 4; k++)
                serial[rows[i].at + k] =
                    (uint8_t)((0x10000000u + j) >> 8 * (rows[i].reversed ? k : 3 - k));
            add(&list, serial, rows[i].len);
        }
        assert_in_range(index_list(&list), 12, 64);
    }
}

static void has_one_group_for_copies_of_one_number(void **state)
{
    struct list list;
    (void)state;
    begin(&list, 5000);
    for (size_t i = 0; i < 5000; i++)
        add(&list, (const uint8_t *)"copy", 4);
    assert_int_equal(index_list(&list), 5000);
}

static void groups_very_long_serial_numbers(void **state)
{
    struct list list;
    uint8_t *serial = sg_test_keep(calloc(1, 60000));
    (void)state;
    begin(&list, 2000);
    for (uint32_t j = 0; j < 1100; j++) {
        serial[59000 + j % 7] = (uint8_t)(j * 37);
        add(&list, serial, j % 3 == 0 ? 59990 : 60000);
    }
    index_list(&list);
}

static void tells_that_memory_is_out(void **state)
{
    struct list list;
    (void)state;
    begin(&list, 1);
    add(&list, (const uint8_t *)"one", 3);
    struct signet_crl crl = crl_of_list(&list);
    fault_begin(0);
    assert_null(sg_crl_index_new(&crl, 0));
    fault_end();
    sg_crl_index_free(NULL);
    sg_buffer_free(&list.octets);
}

static void finds_the_serial_behind_lengths_of_every_form(void **state)
{
    static const size_t lengths[] = {1, 20, 123, 124, 127, 128, 252, 253, 255, 256, 60000};
    uint8_t *serial = sg_test_keep(calloc(1, 60000));
    (void)state;
    for (size_t i = 0; i < SG_NUM(lengths); i++) {
        struct list list;
        begin(&list, 2);
        add(&list, (const uint8_t *)"\1", 1);
        add(&list, serial, lengths[i]);
        struct sg_crl_place place = sg_crl_place_at(sg_buffer_span(&list.octets), list.offsets[1]);
        struct signet_span found = place.serial;
        assert_int_equal(place.next, list.octets.len);
        assert_int_equal(found.len, lengths[i]);
        assert_ptr_equal(found.ptr + found.len, list.octets.ptr + list.octets.len);
        sg_buffer_free(&list.octets);
    }
}

SG_TEST_MAIN(SG_TEST("B-CRL-22", groups_lists_of_every_shape_and_size),
             SG_TEST("B-CRL-22 B-SER-2", spreads_serial_numbers_that_differ),
             SG_TEST("B-CRL-22", has_one_group_for_copies_of_one_number),
             SG_TEST("B-CRL-22 B-SER-2", groups_very_long_serial_numbers),
             SG_TEST("B-CRL-22", tells_that_memory_is_out),
             SG_TEST("B-SER-2", finds_the_serial_behind_lengths_of_every_form))
