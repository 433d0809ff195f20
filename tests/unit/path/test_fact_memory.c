/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "path/fact_memory.h"

static struct sg_remembered fact_of(uint32_t object, uint8_t key)
{
    struct sg_remembered fact = {
        .object = {(uint8_t)object, (uint8_t)(object >> 8), (uint8_t)(object >> 16)}, .key = {key}};
    return fact;
}

static size_t num_learned(const struct sg_fact_memory *memory)
{
    size_t num = 0, place = 0;
    while (sg_fact_memory_next(memory, &place) != NULL)
        num++;
    return num;
}

static void tells_objects_and_keys_apart(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    struct sg_remembered one = fact_of(1, 1), other_key = fact_of(1, 2), other = fact_of(2, 1),
                         none = fact_of(0, 0);
    (void)state;
    assert_false(sg_fact_memory_has(memory, &one));
    assert_false(sg_fact_memory_has(memory, &none));
    sg_fact_memory_add(memory, &one, false);
    assert_true(sg_fact_memory_has(memory, &one));
    assert_false(sg_fact_memory_has(memory, &other_key));
    assert_false(sg_fact_memory_has(memory, &other));
    assert_false(sg_fact_memory_has(memory, &none));
    sg_fact_memory_free(memory);
    sg_fact_memory_free(NULL);
}

static void tells_what_was_learned_from_what_was_known(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    struct sg_remembered learned = fact_of(1, 1), known = fact_of(2, 1);
    size_t place = 0;
    (void)state;
    assert_int_equal(num_learned(memory), 0);
    sg_fact_memory_add(memory, &known, true);
    assert_int_equal(num_learned(memory), 0);
    sg_fact_memory_add(memory, &known, false); /* it is known already */
    assert_int_equal(num_learned(memory), 0);
    sg_fact_memory_add(memory, &learned, false);
    sg_fact_memory_add(memory, &learned, false);
    assert_int_equal(num_learned(memory), 1);
    assert_memory_equal(sg_fact_memory_next(memory, &place), &learned, sizeof(learned));
    sg_fact_memory_settle(memory);
    assert_int_equal(num_learned(memory), 0);
    assert_true(sg_fact_memory_has(memory, &learned));
    sg_fact_memory_add(memory, &learned, true);
    assert_int_equal(num_learned(memory), 0);
    sg_fact_memory_free(memory);
}

/* However many facts there are to learn, the memory stays what it is, and the latest are in it. */
static void forgets_the_oldest(void **state)
{
    struct sg_fact_memory *memory = sg_fact_memory_new();
    (void)state;
    for (uint32_t i = 0; i < 10 * SG_FACT_MEMORY_MAX; i++) {
        struct sg_remembered fact = fact_of(i, 1);
        sg_fact_memory_add(memory, &fact, i % 2 == 0);
        assert_true(sg_fact_memory_has(memory, &fact));
    }
    assert_int_equal(num_learned(memory), SG_FACT_MEMORY_MAX / 2);
    struct sg_remembered first = fact_of(0, 1);
    assert_false(sg_fact_memory_has(memory, &first));
    sg_fact_memory_settle(memory);
    assert_int_equal(num_learned(memory), 0);
    sg_fact_memory_free(memory);
}

SG_TEST_MAIN(SG_TEST("A-4.1-4", tells_objects_and_keys_apart),
             SG_TEST("A-4.1-4", tells_what_was_learned_from_what_was_known),
             SG_TEST("", forgets_the_oldest))
