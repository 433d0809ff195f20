/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sample.h"

/* Every allocation of every kind of name fails in turn: no crash, no leak, no wrong form. */
static void assert_survives(const char *name)
{
    struct signet_span bytes = sample(name);
    struct sg_name whole = canonical_name(bytes);
    for (size_t n = 0;; n++) {
        struct sg_buffer form;
        sg_buffer_init(&form, 1 << 20);
        fault_begin(n);
        bool added = sg_name_add_canonical(&whole, &form);
        fault_end();
        if (added)
            assert_span_equal(sg_buffer_span(&form), whole.canonical);
        sg_buffer_free(&form);
        if (added)
            return;
        assert_true(n < 100);
    }
}

static void reports_that_memory_is_out(void **state)
{
    (void)state;
    assert_survives("name:within");
    assert_survives("equal B-DN-5:umlaut in BMPString:2");
    assert_survives("equal B-DN-6:another order in the RDN:2");
    assert_survives("equal B-DN-4:a run longer than any buffer:1");
    assert_survives("different B-DN-4:private use:1");
}

static void stops_at_the_maximum_of_its_buffer(void **state)
{
    (void)state;
    struct sg_name name = canonical_name(sample("name:within"));
    for (size_t max = 0; max < name.canonical.len; max++) {
        struct sg_buffer form;
        sg_buffer_init(&form, max);
        assert_false(sg_name_add_canonical(&name, &form));
        sg_buffer_free(&form);
    }
}

static void counts_octets_before_each_rdn(void **state)
{
    (void)state;
    struct sg_name name = canonical_name(sample("name:within"));
    struct signet_span rest = name.canonical;
    size_t num = 0;
    for (; rest.len > 0; num++) {
        assert_true(rest.len >= 4);
        size_t len = (size_t)rest.ptr[2] << 8 | rest.ptr[3];
        assert_true(len + 4 <= rest.len);
        rest = sg_span_from(rest, len + 4);
    }
    assert_int_equal(num, 3);
}

SG_TEST_MAIN(SG_TEST("", reports_that_memory_is_out),
             SG_TEST("", stops_at_the_maximum_of_its_buffer),
             SG_TEST("B-DN-6", counts_octets_before_each_rdn))
