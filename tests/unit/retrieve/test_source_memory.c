/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "retrieve/source_memory.h"
#include "test.h"

static struct signet_source source(const char *url, signet_time fetched, signet_time failed)
{
    return (struct signet_source){.url = url,
                                  .etag = "",
                                  .last_modified = "",
                                  .fetched = fetched,
                                  .failed = failed,
                                  .reason = failed == SIGNET_TIME_UNKNOWN ? "" : "it burned down"};
}

static void remembers_without_a_store(void **state)
{
    struct sg_source_memory *memory = sg_test_keep(calloc(1, sizeof *memory));
    struct signet_source found, put = source("http://a/", 5, SIGNET_TIME_UNKNOWN);
    bool any;
    (void)state;
    assert_int_equal(sg_source_memory_find(memory, "http://a/", &found, &any), SIGNET_OK);
    assert_false(any);
    assert_int_equal(sg_source_memory_put(memory, &put), SIGNET_OK);
    put = source("http://a/", 5, 9);
    assert_int_equal(sg_source_memory_put(memory, &put), SIGNET_OK);
    assert_int_equal(sg_source_memory_find(memory, "http://a/", &found, &any), SIGNET_OK);
    assert_true(any);
    assert_int_equal(found.fetched, 5);
    assert_int_equal(found.failed, 9);
    assert_string_equal(found.reason, "it burned down");
    assert_int_equal(memory->next, 1);
    sg_source_memory_clear(memory);
}

static void forgets_the_oldest_and_does_not_grow(void **state)
{
    struct sg_source_memory *memory = sg_test_keep(calloc(1, sizeof *memory));
    struct signet_source found;
    char url[32];
    bool any;
    (void)state;
    for (int i = 0; i < SG_SOURCES_KEPT + 3; i++) {
        snprintf(url, sizeof url, "http://%d/", i);
        struct signet_source put = source(url, i, SIGNET_TIME_UNKNOWN);
        assert_int_equal(sg_source_memory_put(memory, &put), SIGNET_OK);
    }
    assert_int_equal(sg_source_memory_find(memory, "http://2/", &found, &any), SIGNET_OK);
    assert_false(any);
    assert_int_equal(sg_source_memory_find(memory, "http://3/", &found, &any), SIGNET_OK);
    assert_true(any);
    sg_source_memory_clear(memory);
}

static void tells_when_memory_is_out(void **state)
{
    struct sg_source_memory *memory = sg_test_keep(calloc(1, sizeof *memory));
    struct signet_source put = source("http://a/", 5, SIGNET_TIME_UNKNOWN);
    (void)state;
    fault_begin(0);
    enum signet_status status = sg_source_memory_put(memory, &put);
    fault_end();
    assert_int_equal(status, SIGNET_ERR_MEMORY);
    assert_int_equal(sg_source_memory_put(memory, &put), SIGNET_OK);
    sg_source_memory_clear(memory);
}

SG_TEST_MAIN(SG_TEST("E-32", remembers_without_a_store),
             SG_TEST("E-32", forgets_the_oldest_and_does_not_grow),
             SG_TEST("", tells_when_memory_is_out))
