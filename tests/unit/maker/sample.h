/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What samples.py has made.
 */
#ifndef SG_TESTS_UNIT_MAKER_SAMPLE_H
#define SG_TESTS_UNIT_MAKER_SAMPLE_H

#include "test.h"

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "maker_samples.inc"
};

static struct signet_span sample(const char *name)
{
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, name) == 0)
            return sg_test_copy(samples[i].octets, samples[i].len);
    }
    fail_msg("no sample \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

#endif
