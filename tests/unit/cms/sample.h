/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signed objects that samples.py makes, by name.
 */
#ifndef SG_TESTS_UNIT_CMS_SAMPLE_H
#define SG_TESTS_UNIT_CMS_SAMPLE_H

#include "test.h"

#include "cms/signed_data.h"

struct sg_sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
};

static const struct sg_sample sg_samples[] = {
#include "cms_samples.inc"
};

/* The octets of a sample, with nothing readable behind them. */
static inline struct signet_span sample(const char *name)
{
    for (size_t i = 0; i < SG_NUM(sg_samples); i++) {
        if (strcmp(sg_samples[i].name, name) == 0)
            return sg_test_copy(sg_samples[i].octets, sg_samples[i].len);
    }
    fail_msg("no sample \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

#define SG_TEST_ARENA_LEN ((size_t)1 << 24)

/* The SignedData inside a sample, which must be readable. */
static inline struct sg_signed_data sample_signed_data(const char *name, struct sg_arena *arena)
{
    struct sg_content_info info;
    struct sg_signed_data signed_data;
    struct signet_parse_error error = {0};
    if (!sg_content_info_parse(sample(name), &info, &error) ||
        !sg_signed_data_parse(info.content, arena, &signed_data, &error))
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    return signed_data;
}

/* OCTETS as one span in the arena. */
static inline struct signet_span joined(const struct sg_octets *octets, struct sg_arena *arena)
{
    struct signet_span span;
    assert_true(sg_octets_join(octets, arena, &span));
    return span;
}

#endif
