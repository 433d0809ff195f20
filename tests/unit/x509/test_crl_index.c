/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"
#include "x509/crl_parts.h"

/* A list of entries that is only serial numbers: SEQUENCE { INTEGER }. */
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

/* Sorted by serial, of equal ones by offset; still the same offsets. */
static void assert_sorts(struct list *list, bool same_len)
{
    struct signet_span entries = sg_buffer_span(&list->octets);
    uint64_t sum = 0, sum_after = 0;
    for (size_t i = 0; i < list->num; i++)
        sum += (uint64_t)list->offsets[i] * 2654435761u;
    assert_true(sg_crl_index_sort(entries, list->offsets, list->num, same_len));
    for (size_t i = 0; i < list->num; i++) {
        sum_after += (uint64_t)list->offsets[i] * 2654435761u;
        if (i == 0)
            continue;
        int order = sg_crl_serial_compare(sg_crl_entry_serial(entries, list->offsets[i - 1]),
                                          sg_crl_entry_serial(entries, list->offsets[i]));
        if (order > 0 || (order == 0 && list->offsets[i - 1] >= list->offsets[i]))
            fail_msg("places %zu and %zu", i - 1, i);
    }
    assert_true(sum == sum_after);
    sg_buffer_free(&list->octets);
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

static void sorts_lists_of_every_shape_and_size(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 3, 8, 9, 100, 1023, 1024, 5000, 50000};
    (void)state;
    for (int shape = 0; shape < NUM_SHAPES; shape++) {
        for (size_t i = 0; i < SG_NUM(sizes); i++) {
            struct list list;
            uint32_t random = 7;
            uint8_t serial[64];
            begin(&list, sizes[i] + 1);
            for (uint32_t j = 0; j < sizes[i]; j++)
                add(&list, serial, make_serial((enum shape)shape, j, &random, serial));
            assert_sorts(&list, shape != LENGTHS);
        }
    }
}

static void sorts_when_lengths_are_not_known_to_be_alike(void **state)
{
    struct list list;
    uint32_t random = 9;
    uint8_t serial[64];
    (void)state;
    begin(&list, 3000);
    for (uint32_t j = 0; j < 3000; j++)
        add(&list, serial, make_serial(RANDOM, j, &random, serial));
    assert_sorts(&list, false);
}

static void sorts_very_long_serial_numbers(void **state)
{
    struct list list;
    uint8_t *serial = sg_test_keep(calloc(1, 60000));
    (void)state;
    begin(&list, 2000);
    for (uint32_t j = 0; j < 1100; j++) {
        serial[59000 + j % 7] = (uint8_t)(j * 37);
        add(&list, serial, j % 3 == 0 ? 59990 : 60000);
    }
    assert_sorts(&list, false);
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
        struct signet_span found =
            sg_crl_entry_serial(sg_buffer_span(&list.octets), list.offsets[1]);
        assert_int_equal(found.len, lengths[i]);
        assert_ptr_equal(found.ptr + found.len, list.octets.ptr + list.octets.len);
        sg_buffer_free(&list.octets);
    }
}

SG_TEST_MAIN(SG_TEST("B-CRL-22", sorts_lists_of_every_shape_and_size),
             SG_TEST("B-CRL-22", sorts_when_lengths_are_not_known_to_be_alike),
             SG_TEST("B-CRL-22 B-SER-2", sorts_very_long_serial_numbers),
             SG_TEST("B-SER-2", finds_the_serial_behind_lengths_of_every_form))
