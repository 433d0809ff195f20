/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers of servers, made by retrieve_scenes.py.
 */
#ifndef SG_TESTS_RETRIEVE_SAMPLE_H
#define SG_TESTS_RETRIEVE_SAMPLE_H

#include "signet/certificate.h"
#include "test.h"

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "retrieve_scenes.inc"
};

static inline struct signet_span sample(const char *name)
{
    for (size_t i = 0; i < SG_NUM(samples); i++)
        if (strcmp(samples[i].name, name) == 0)
            return sg_test_copy(samples[i].octets, samples[i].len);
    fail_msg("no sample \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

static inline struct signet_certificate *sample_certificate(const char *name)
{
    struct signet_certificate *certificate;

    assert_int_equal(signet_certificate_parse(sample(name), &certificate, NULL), SIGNET_OK);
    return certificate;
}

#endif
