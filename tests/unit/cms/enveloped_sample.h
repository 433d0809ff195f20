/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The encrypted objects that enveloped_samples.py makes, by name.
 */
#ifndef SG_TESTS_UNIT_CMS_ENVELOPED_SAMPLE_H
#define SG_TESTS_UNIT_CMS_ENVELOPED_SAMPLE_H

#include "cms/content_info.h"
#include "cms/enveloped_data.h"
#include "test.h"

struct enveloped_sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
};

static const struct enveloped_sample enveloped_samples[] = {
#include "enveloped_samples.inc"
};

/* What is inside ContentInfo, with nothing readable behind it. */
static inline struct sg_content_info enveloped_content(const char *name)
{
    struct sg_content_info info = {0};
    struct signet_parse_error error = {0};
    for (size_t i = 0; i < SG_NUM(enveloped_samples); i++) {
        if (strcmp(enveloped_samples[i].name, name) != 0)
            continue;
        struct signet_span octets =
            sg_test_copy(enveloped_samples[i].octets, enveloped_samples[i].len);
        if (!sg_content_info_parse(octets, &info, &error))
            fail_msg("%s: %s at %zu", name, error.expected, error.offset);
        return info;
    }
    fail_msg("no sample \"%s\"", name);
    return info;
}

static inline bool enveloped_parse(const char *name, struct sg_arena *arena,
                                   struct sg_enveloped_data *out, struct signet_parse_error *error)
{
    struct sg_content_info info = enveloped_content(name);
    bool authenticated = info.type == SG_OID_CT_AUTH_ENVELOPED_DATA;
    return sg_enveloped_data_parse(info.content, authenticated, arena, out, error);
}

/* The sample must be readable. */
static inline struct sg_enveloped_data enveloped(const char *name, struct sg_arena *arena)
{
    struct sg_enveloped_data data;
    struct signet_parse_error error = {0};
    if (!enveloped_parse(name, arena, &data, &error))
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    return data;
}

#endif
